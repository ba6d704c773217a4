"""Cells of CSV files that cannot become formulas: partner names are anybody's input."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import IO, Final

# Full-width signs count: spreadsheets set to Chinese or Japanese take them for the plain ones.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_GUARD: Final = "'"
_SUSPECT: Final = frozenset((*_FORMULA, _GUARD))


class CsvWriter:
    """Writes rows whose lines end in a line feed.

    The standard writer quotes a cell for the line end it writes itself, so that a carriage return in a name would begin
    a row of its own, and a formula in it.
    """

    def __init__(self, file: IO[str]) -> None:
        self._plain = csv.writer(file, lineterminator="\n")
        self._quoted = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)

    def writerow(self, cells: Iterable[str]) -> None:
        """Write one row; its cells stay as they are."""
        row = list(cells)
        writer = self._quoted if any("\r" in cell for cell in row) else self._plain
        writer.writerow(row)

    def writerows(self, rows: Iterable[Sequence[str]]) -> None:
        """Write several rows; their cells stay as they are."""
        several = list(rows)
        if any("\r" in "".join(row) for row in several):
            for row in several:
                self.writerow(row)
        else:
            self._plain.writerows(several)


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: one that begins like it gets an apostrophe in front."""
    return f"{_GUARD}{cell}" if _would_run(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell as it was before `harmless`."""
    return cell[1:] if cell.startswith(_GUARD) and _would_run(cell) else cell


def _would_run(cell: str) -> bool:
    """Whether a cell begins like a formula, or like one that is guarded already, so that no guard is taken for text."""
    return cell[:1] in _SUSPECT and cell.lstrip(_GUARD).startswith(_FORMULA)
