"""Which rows of a table can be used, and which are set aside or passed over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from attrs import define, field

from adapters.table.row import SAVE_IT, Row, trimmed
from adapters.table.rows.sums import says_much, says_whose
from aggregator.model import Rejected

_DRAWN: Final = "-=_+: "
_SHORTEST_LINE: Final = 3

_MANY: Final = 10
"""One row in so many."""


def _is_drawn(cells: Iterable[str]) -> bool:
    """Whether a row holds nothing but a line, drawn below the headings or around the table."""
    said = "".join(cells).strip()
    return len(said) >= _SHORTEST_LINE and not said.strip(_DRAWN)


@define(kw_only=True)
class Sorter:
    """Parts usable rows from blank and broken ones."""

    width: int
    where: str
    headings: Sequence[str]
    rejected: list[Rejected] = field(factory=list)
    blanks: list[int] = field(factory=list)
    headed: list[int] = field(factory=list)

    def usable(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield rows of the right width."""
        width, heading = self.width, self.headings[0]
        for row in rows:
            cells = row.cells
            odd = len(cells) != width or row.error is not None or not (first := cells[0].strip())
            if not (odd or first == heading or first[0] in _DRAWN) or self._mended(row):
                yield row

    def identified(self, rows: Iterable[Row], column: int, name: int, heading: str) -> list[Row]:
        """Return rows that have an id, and those without that are a partner's all the same.

        A few rows without an id are sums and headings of groups, unless they say a name and more, as a new partner's
        do; where many have none, it is a number that partners have or lack, such as another system's.
        """
        several = list(rows)
        without = [row for row in several if not row.cells[column].strip()]
        many = len(without) > 1 and len(without) * _MANY > len(several)
        lost = {row.line for row in without if not (says_much(row, name) or (many and says_whose(row, self.width)))}
        for row in without:
            if row.line in lost:
                self.set_aside(row, f"no id in the column {heading}")
        return [row for row in several if row.line not in lost] if lost else several

    def solved(self, rows: Iterable[Row], columns: Collection[int]) -> list[Row]:
        """Return rows without those that hold a formula without a result in one of these columns."""
        kept = []
        for row in rows:
            lacking = next((one for one in row.unsolved if one.column in columns), None) if row.unsolved else None
            if lacking is None:
                kept.append(row)
            else:
                self.set_aside(row, f"the cell {lacking.cell} holds a formula without a result; {SAVE_IT}")
        return kept

    def _mended(self, row: Row) -> bool:
        """Whether a row can be used after all: trailing blanks do not count."""
        if row.error is not None:
            self.set_aside(row, row.error)
            return False
        cells = row.cells
        if not (row.unsolved or any(cell.strip() for cell in cells)) or _is_drawn(cells):
            self.blanks.append(row.line)
            return False
        if trimmed(cells) == self.headings:  # exports that were put one behind the other
            self.headed.append(row.line)
            return False
        if any(cell.strip() for cell in cells[self.width :]):
            self.set_aside(row, f"it has {len(cells)} cells, the headings are {self.width}")
            return False
        del cells[self.width :]
        cells.extend([""] * (self.width - len(cells)))
        return True

    def set_aside(self, row: Row, why: str) -> None:
        """Note a row that cannot be used, and why."""
        self.rejected.append(
            Rejected(
                page=1,
                request=f"READ {self.where}",
                pointer=f"/line/{row.line}",
                errors=(f"line {row.line}: {why}",),
                raw=row.cells,
            )
        )
