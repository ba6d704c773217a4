"""Cells of CSV files that cannot become formulas: partner names are anybody's input."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import IO, Final

# Full-width signs count: spreadsheets set to Chinese or Japanese take them for the plain ones.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_GUARD: Final = "'"
_SUSPECT: Final = frozenset((*_FORMULA, _GUARD))

# A file is opened with a semicolon where the comma is the decimal sign; quotes within such a cell then hold nothing
# together, so that a line end begins a row.
_SPLIT: Final = re.compile(r"[;|\t\r\n]")
_RUNS: Final = r"""'*+[ \u00a0"]*+[-=+@\uff1d\uff0b\uff0d\uff20]"""
_BARE: Final = re.compile(rf"(?<={_SPLIT.pattern})(?={_RUNS})")
_GUARDED: Final = re.compile(rf"(?<={_SPLIT.pattern})'(?={_RUNS})")


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
    """Return a cell that no spreadsheet takes for a formula: an apostrophe goes in front of what begins like one.

    So it does within the cell behind a mark that parts cells where the comma does not: there, a cell of its own begins.
    """
    if _SPLIT.search(cell):
        cell = _BARE.sub(_GUARD, cell)
    return f"{_GUARD}{cell}" if _would_run(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell as it was before `harmless`."""
    cell = cell[1:] if cell.startswith(_GUARD) and _would_run(cell) else cell
    return _GUARDED.sub("", cell) if _GUARD in cell else cell


def _would_run(cell: str) -> bool:
    """Whether a cell begins like a formula, or like one that is guarded already, so that no guard is taken for text."""
    return cell[:1] in _SUSPECT and cell.lstrip(_GUARD).startswith(_FORMULA)
