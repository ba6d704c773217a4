"""Rows that begin with a number for which there is no heading, as R writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Final

from adapters.table.headings.columns import choose_columns, told_apart
from adapters.table.row import Row

_LOOKED_AT: Final = 20
_FEWEST: Final = 2
_NUMBER: Final = re.compile(r"\s*\d{1,9}\s*")
_WORD: Final = re.compile(r"[^\W\d_]{2}")

SAID: Final = "each row begins with a number of its own, as R writes it, below no heading"


def with_row_names(
    headings: Sequence[str], below: Iterator[Row], given: Mapping[str, str], done: list[str], where: str
) -> tuple[list[str], Iterator[Row]]:
    """Return headings and rows with a heading more, that says nothing, if each row has a cell more, its number.

    A cell more may as well be the last, or half of a name with a comma in it. So the names must show it: where they
    would be, numbers stand, and words beside them.

    Args:
        headings: The headings.
        below: The rows below them.
        given: Field and heading, for columns that are not to be guessed.
        done: Where to say so.
        where: The table's name, for messages.

    Raises:
        ConfigurationError: A field or heading that was given is not known.
    """
    begun = list(islice(below, _LOOKED_AT))
    rows = chain(begun, below)
    known = list(headings)
    filled = [row for row in begun if any(cell.strip() for cell in row.cells)]
    wide = [row for row in filled if _is_wider(row, len(known))]
    name = choose_columns(told_apart(known), given, where).get("name")
    if name is None or len(wide) < _FEWEST or len(wide) * 3 < len(filled) * 2:
        return known, rows
    if any(_WORD.search(row.cells[name]) or not _WORD.search(row.cells[name + 1]) for row in wide):
        return known, rows
    done.append(SAID)
    return ["", *known], (_whole(row, len(known) + 1) for row in rows)


def _is_wider(row: Row, width: int) -> bool:
    return row.error is None and len(row.cells) == width + 1 and _NUMBER.fullmatch(row.cells[0]) is not None


def _whole(row: Row, width: int) -> Row:
    """Return a row; one of fewer cells would have each below another heading."""
    if row.error is None and 1 < len(row.cells) < width and any(cell.strip() for cell in row.cells):
        return row._replace(error=f"it has {len(row.cells)} cells, the others have {width}")
    return row
