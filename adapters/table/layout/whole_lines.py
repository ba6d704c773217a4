"""Lists whose whole lines stand in one cell each, as files are that were quoted twice or pasted into a workbook."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from adapters.table.headings.columns import are_headings
from adapters.table.row import Row

_DELIMITERS: Final = ",;\t|"
_LINE_BREAK: Final = re.compile(r"\r\n?|\n")


def parted(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows, their only cells parted if the first that is not blank holds headings with marks between them.

    Args:
        rows: All rows of a table, which may be `"id,name,city"` or, in column A of a workbook, `id;name;city`.
    """
    stream = iter(rows)
    begun: list[Row] = []
    for row in stream:
        begun.append(row)
        if any(cell.strip() for cell in row.cells):
            break
    delimiter = _delimiter(begun[-1].cells) if begun else None
    everything = chain(begun, stream)
    return everything if delimiter is None else (_parted(row, delimiter) for row in everything)


def _delimiter(cells: list[str]) -> str | None:
    """Return the mark between headings that stand in one cell; None if that is one heading, or there are several."""
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) != 1:
        return None
    several = {one: _parts(filled[0], one) for one in _DELIMITERS if one in filled[0]}
    known = (one for one, headings in several.items() if are_headings(headings))
    return next(known, None)


def _parted(row: Row, delimiter: str) -> Row:
    filled = [cell for cell in row.cells if cell.strip()]
    if len(filled) != 1:
        return row
    return row._replace(cells=_parts(filled[0], delimiter))


def _parts(text: str, delimiter: str) -> list[str]:
    """Return the parts of a whole line; a name that is broken within it is one all the same."""
    return next(csv.reader([_LINE_BREAK.sub(" ", text)], delimiter=delimiter), [])
