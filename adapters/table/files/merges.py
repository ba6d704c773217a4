"""Which cells of a sheet are merged: its XML says so behind all rows, where nobody who reads row by row hears it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Final, NamedTuple

from adapters.table.row import Merged, Row

_BEGIN: Final = b"mergeCells"
_CELLS: Final = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^<>]*?\bref=["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']"""
)
_BLOCK: Final = 1 << 20


class Merge(NamedTuple):
    """Cells that are one.

    Attributes:
        top: The line of the first.
        left: Its column, from 0.
        bottom: The line of the last.
        right: Its column.
    """

    top: int
    left: int
    bottom: int
    right: int


def merged_cells(sheet: IO[bytes]) -> list[Merge]:
    """Return which cells are merged in the XML of a sheet, from above."""
    found = _CELLS.finditer(_tail(sheet))
    return sorted(Merge(int(one[2]), column(one[1]), int(one[4]), column(one[3])) for one in found)


def column(letters: bytes | str) -> int:
    """Return the number of a column by its letters, from 0."""
    number = 0
    for letter in letters if isinstance(letters, bytes) else letters.encode():
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def with_merges(rows: Iterable[Row], merges: Sequence[Merge]) -> Iterator[Row]:
    """Yield the rows of a sheet, each with its cells that are merged with others.

    Where several say that they hold a column, as no spreadsheet program writes it, the last that begins counts.
    """
    return _with(rows, merges) if merges else iter(rows)


def _with(rows: Iterable[Row], merges: Sequence[Merge]) -> Iterator[Row]:
    coming, open_ones = 0, dict[int, Merge]()
    for row in rows:
        while coming < len(merges) and merges[coming].top <= row.line:
            open_ones[merges[coming].left] = merges[coming]
            coming += 1
        for ended in [at for at, one in open_ones.items() if one.bottom < row.line]:
            del open_ones[ended]
        here = tuple(
            Merged(at, row.line - one.top, one.bottom - row.line, one.right - at + 1) for at, one in open_ones.items()
        )
        yield row._replace(merged=here) if here else row


def _tail(sheet: IO[bytes]) -> bytes:
    """Return what stands behind the rows, from where cells are said to be merged."""
    text = b""
    while block := sheet.read(_BLOCK):
        text += block
        at = text.find(_BEGIN)
        if at >= 0:
            return text[at:] + sheet.read()
        text = text[-len(_BEGIN) :]
    return b""
