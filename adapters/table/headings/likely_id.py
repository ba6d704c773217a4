"""A column that holds ids by what stands in it, where no heading says of any that it does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from adapters.table.fields import OWN_NUMBERS
from adapters.table.headings.columns import shortened
from adapters.table.headings.id_column import counts
from adapters.table.headings.loosely import FIELDS, loosened, resembled
from adapters.table.headings.words import HEADINGS, HOUSE_NUMBERS, NO_IDS, written
from adapters.table.row import Row, filled_cells

_FEWEST: Final = 10
"""Of fewer partners, terms of payment and head counts may all differ by chance."""

_NEARLY_ALL: Final = 0.9
"""So many rows must have a code, and one of their own: one that is met twice, or left out, changes no other's id."""

_OF_DIGITS: Final = re.compile(r"[0-9]{3,8}|000[0-9]{4,9}")
"""Longer ones may be telephones; SAP fills its own with zeros."""

_MIXED: Final = re.compile(r"(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9]+(?:[-_/][A-Za-z0-9]+)*")
_LONGEST: Final = 40

_NO_CODE: Final = re.compile(
    r"(?:AT|BE|BG|CH|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|NO|PL|PT|RO|SE|SI|SK)[A-Z]?[0-9]{7,12}"
    r"|[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}|[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}|[A-Z][0-9][A-Z][0-9][A-Z][0-9]"
    r"|[0-9]{4}[A-Z]{2}|[0-9]{1,4}[-/][A-Za-z]{3,9}[-/][0-9]{2,4}|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]"
)
"""Numbers for value added tax, of bank accounts, postal codes and days."""

_OTHER_THAN: Final = OWN_NUMBERS | {"code"}


def with_likely_id(
    chosen: Mapping[str, int], headings: Sequence[str], rows: Sequence[Row], done: list[str]
) -> dict[str, int]:
    """Return the columns with one for ids, where no heading is known for a number and nearly every row has a code.

    The first such column is taken, for lists begin with what tells their rows apart.

    Args:
        chosen: The column number of each field.
        headings: All headings.
        rows: The partners' rows.
        done: Where to say that it is guessed.
    """
    if len(rows) < _FEWEST or not OWN_NUMBERS.isdisjoint(chosen):
        return dict(chosen)
    free = (at for at in range(len(headings)) if at not in chosen.values() and _may_be_id(headings[at]))
    at = next((one for one in free if _holds_codes(one, rows)), None)
    if at is None:
        return dict(chosen)
    shown = shortened(headings[at])
    done.append(f"{shown} is taken for the id, for nearly every row has a code of its own there")
    return {"id": at, **chosen}


def _may_be_id(heading: str) -> bool:
    """Whether a heading says nothing that is no number of a partner."""
    words = {written(heading), loosened(heading)}
    meant = frozenset[str]().union(*(FIELDS.get(word, frozenset()) for word in words))
    return (
        meant <= _OTHER_THAN
        and words.isdisjoint(HOUSE_NUMBERS)
        and NO_IDS.isdisjoint(written(heading).split())
        and resembled(heading, HEADINGS) is None
    )


def _holds_codes(column: int, rows: Sequence[Row]) -> bool:
    cells = filled_cells(rows, column)
    enough = _NEARLY_ALL * len(rows)
    distinct = set(cells)
    if len(distinct) < enough or sum(map(_is_code, distinct)) < enough or counts(rows, column):
        return False
    digits = [cell for cell in distinct if cell.isdigit()]
    return 2 * len(digits) < len(distinct) or _are_codes_of_digits(digits, column)


def _are_codes_of_digits(cells: Sequence[str], column: int) -> bool:
    """Whether numbers are no amounts or head counts: nearly all are of one length, or they stand first."""
    (_, often), *_ = Counter(map(len, cells)).most_common(1)
    return column == 0 or often >= _NEARLY_ALL * len(cells)


def _is_code(cell: str) -> bool:
    if len(cell) > _LONGEST or _NO_CODE.fullmatch(cell):
        return False
    return (_OF_DIGITS if cell.isdigit() else _MIXED).fullmatch(cell) is not None
