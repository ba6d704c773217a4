"""A table read into columns: cells cleaned, rows numbered, and those that cannot be used set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import define, field

from adapters.table.columns import choose_columns
from adapters.table.text import Row
from aggregator.errors import ConfigurationError
from aggregator.model import Rejected

# What people and programs write where there is nothing to say; a name or an id may well be such a word.
_NOTHING: Final = frozenset({"-", "--", "n/a", "na", "#n/a", "null", "none", "nan", "unknown", "?"})


@define(kw_only=True)
class Grid:
    """The usable rows of a table, column by column.

    Attributes:
        columns: The cells of each field, in the order of the rows; "" where nothing is said.
        lines: The line each row begins on, from 1.
        keys: What tells each row from the others: its id, with its line where an id stands on several rows.
        headings: The table's own headings, without repetition.
        chosen: The column number of each field.
        raw: Every cell of each row; None unless asked for.
        rejected: Rows that cannot be used.
        blank: Rows without any text, which are passed over.
        repeated: Rows whose id an earlier row has.
    """

    columns: dict[str, list[str]]
    lines: list[int]
    keys: list[str] = field(factory=list)
    headings: list[str]
    chosen: Mapping[str, int]
    raw: list[list[str]] | None
    rejected: list[Rejected]
    blank: int
    repeated: int = 0

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, name: str) -> Sequence[str]:
        """Return a column; blanks if the table does not have it."""
        return self.columns.get(name) or [""] * len(self)


def read_grid(rows: Iterable[Row], given: Mapping[str, str], where: str, *, keep_raw: bool) -> Grid:
    """Read rows into columns; the first that is not blank holds the headings.

    Args:
        rows: The rows.
        given: Field and heading, for columns that are not to be guessed.
        where: The table's name, for messages.
        keep_raw: Whether to keep every cell.

    Raises:
        ConfigurationError: There are no rows, or no column that looks like a name.
    """
    stream = iter(rows)
    headings = _headings(stream, where)
    chosen = choose_columns(headings, given, where)
    sorter = _Sorter(width=len(headings), chosen=chosen, where=where)
    kept = list(sorter.usable(stream))
    columns = {name: _column([row.cells[at] for row in kept], name) for name, at in chosen.items()}
    grid = Grid(
        columns=columns,
        lines=[row.line for row in kept],
        headings=headings,
        chosen=chosen,
        raw=[row.cells for row in kept] if keep_raw else None,
        rejected=sorter.rejected,
        blank=sorter.blank,
    )
    _number(grid)
    return grid


def _headings(stream: Iterator[Row], where: str) -> list[str]:
    for row in stream:
        if any(cell.strip() for cell in row.cells):
            if row.error is not None:
                raise ConfigurationError(f"{where}, line {row.line}: {row.error}.", hint="It should hold the headings.")
            return _told_apart([cell.strip() for cell in row.cells])
    raise ConfigurationError(f"{where} is empty.", hint="Its first row must be headings, one of them 'name'.")


def _told_apart(headings: list[str]) -> list[str]:
    while headings and not headings[-1]:
        headings.pop()
    seen: Counter[str] = Counter()
    for at, heading in enumerate(headings):
        name = heading or f"column {at + 1}"
        seen[name] += 1
        headings[at] = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return headings


def _column(cells: list[str], name: str) -> list[str]:
    bare = [cell.strip() for cell in cells]
    if name in {"id", "name"}:
        return bare
    return ["" if cell.casefold() in _NOTHING else cell for cell in bare]


def _number(grid: Grid) -> None:
    """Give each row its key. Ids that are not unique lose nothing: the line tells their rows apart."""
    if "id" not in grid.chosen:
        grid.columns["id"] = [str(line) for line in grid.lines]
    seen: set[str] = set()
    for record_id, line in zip(grid.columns["id"], grid.lines, strict=True):
        repeated = record_id in seen
        grid.repeated += repeated
        key = f"{record_id} (line {line})" if repeated else record_id
        grid.keys.append(key)
        seen.add(key)


@define(kw_only=True)
class _Sorter:
    """Parts usable rows from blank and broken ones."""

    width: int
    chosen: Mapping[str, int]
    where: str
    rejected: list[Rejected] = field(factory=list)
    blank: int = 0

    def usable(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield rows of the right width that have an id."""
        width, record_id = self.width, self.chosen.get("id")
        for row in rows:
            cells = row.cells
            odd = len(cells) != width or row.error is not None or not cells[0].strip()
            if odd and not self._mended(row):
                continue
            if record_id is not None and not cells[record_id].strip():
                self._reject(row, f"no id in the column {record_id + 1}")
                continue
            yield row

    def _mended(self, row: Row) -> bool:
        """Whether a row can be used after all: trailing blanks do not count."""
        if row.error is not None:
            self._reject(row, row.error)
            return False
        cells = row.cells
        if not any(cell.strip() for cell in cells):
            self.blank += 1
            return False
        if any(cell.strip() for cell in cells[self.width :]):
            self._reject(row, f"it has {len(cells)} cells, the headings are {self.width}")
            return False
        del cells[self.width :]
        cells.extend([""] * (self.width - len(cells)))
        return True

    def _reject(self, row: Row, why: str) -> None:
        self.rejected.append(
            Rejected(
                page=1,
                request=f"READ {self.where}",
                pointer=f"/line/{row.line}",
                errors=(f"line {row.line}: {why}",),
                raw=row.cells,
            )
        )
