"""Cells of a workbook that hold a formula and no result: programs write them so, and leave the reckoning to others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import IO, Final

from adapters.table.row import Unsolved

_CELL: Final = re.compile(
    rb"<c\b(?P<about>[^<>]*)>\s*<f\b[^<>]*?(?:/>|>[^<]*</f>)\s*(?P<result><v\s*/>|<v>\s*</v>|<v[ >]|</c>)"
)
_PLACE: Final = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_BEGIN: Final = b"<c"
_BLOCK: Final = 1 << 20
_LONGEST: Final = 16 * _BLOCK
"""No cell is so long: Excel keeps 32,767 letters in one."""


def unsolved_cells(sheet: IO[bytes]) -> Mapping[int, tuple[Unsolved, ...]]:
    """Return the formulas without a result in the XML of a sheet, by line; a text that is empty is a result."""
    found: dict[int, list[Unsolved]] = defaultdict(list)
    for letters, line in _places(sheet):
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - ord("A") + 1
        found[line].append(Unsolved(column=column - 1, cell=f"{letters}{line}"))
    return {line: tuple(several) for line, several in found.items()}


def _places(sheet: IO[bytes]) -> Iterator[tuple[str, int]]:
    text = b""
    while block := sheet.read(_BLOCK):
        text += block
        end = text.rfind(_BEGIN)  # a cell may go on in the next block
        if end > 0:
            yield from _unsolved(text[:end])
        # What is no cell is not kept: there may be gigabytes of it.
        text = text[end if end >= 0 and len(text) - end <= _LONGEST else 1 - len(_BEGIN) :]
    yield from _unsolved(text)


def _unsolved(text: bytes) -> Iterator[tuple[str, int]]:
    for cell in _CELL.finditer(text):
        place = _PLACE.search(cell["about"])
        is_text = b't="str"' in cell["about"] and cell["result"] != b"</c>"
        is_blank = cell["result"] == b"</c>" or cell["result"].endswith((b"/>", b"</v>"))
        if place is not None and is_blank and not is_text:
            yield place[1].decode(), int(place[2])
