"""Lists on their side, and forms that are set out downwards: the headings stand in the first column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final

from adapters.table.headings.columns import has_a_name, looks_like
from adapters.table.row import Row

_MOST: Final = 60
"""A list of more rows has no heading in each of them."""

_FEWEST: Final = 3


def upright(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows; the columns as rows where most cells of the first column are headings and the first row is none.

    Args:
        rows: All rows of a table.
    """
    stream = iter(rows)
    begun = list(islice(stream, _MOST + 1))
    filled = [row for row in begun if any(cell.strip() for cell in row.cells)]
    if len(begun) > _MOST or not _is_on_its_side(filled):
        return chain(begun, stream)
    width = max(len(row.cells) for row in filled)
    cells = [[*row.cells, *[""] * (width - len(row.cells))] for row in filled]
    turned = (Row(number, list(column)) for number, column in enumerate(zip(*cells, strict=True), start=1))
    return (row for row in turned if any(cell.strip() for cell in row.cells))


def _is_on_its_side(rows: list[Row]) -> bool:
    if len(rows) < _FEWEST or any(row.error or row.unsolved or len(row.cells) < 2 for row in rows):
        return False
    first = [row.cells[0].strip().rstrip(":") for row in rows if row.cells[0].strip()]
    known = [heading for heading in first if looks_like([heading])]
    across = [cell.strip() for cell in rows[0].cells if cell.strip()]
    return (
        len(set(known)) >= _FEWEST
        and len(known) * 10 >= len(first) * 6
        and has_a_name(known)
        and looks_like(across) <= 1
        and len(across) > 1
    )
