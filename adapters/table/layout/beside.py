"""Two lists side by side on one sheet, with an empty column between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from attrs import frozen

from adapters.table.headings.columns import choose_columns, has_a_name, shortened, told_apart
from adapters.table.headings.partners import PARTNERS
from adapters.table.headings.words import plain
from adapters.table.row import Row

_LACKING: Final = (
    "another list stands beside it, from {} in column {} on, and was not read: give it a sheet or a file of its own"
)


_NONE: Final = -1
_MOST: Final = 20
"""Where more columns are empty, they stand beside each other one, and part no lists."""


@frozen(kw_only=True)
class First:
    """The first of several lists that stand side by side.

    Attributes:
        headings: Its headings.
        below: Its rows.
        lacking: What stands beside it and is not read, in words; None if there is nothing.
    """

    headings: list[str]
    below: Iterator[Row]
    lacking: str | None = None


def first_of_several(headings: Sequence[str], below: Iterator[Row], given: Mapping[str, str]) -> First:
    """Return the list on the left alone if there is another on the right.

    That is one of partners too: its name has the same heading, or that of a partner, and so have most others. Nobody
    knows whether it goes on with the first, or is about somebody else.

    Args:
        headings: The headings of both.
        below: The rows below them.
        given: Field and heading, for columns that are not to be guessed.
    """
    ends = _ends(headings, given)
    if not ends:
        return First(headings=list(headings), below=below)
    rows = list(below)
    for end, begin in ends:
        texts = [cell for row in rows for cell in row.cells[begin:] if cell.strip()]
        is_gap = not any(cell.strip() for row in rows for cell in row.cells[end:begin])
        if texts and is_gap and not _are_the_same(rows, _name(headings[:end]), begin + _name(headings[begin:])):
            for row in rows:
                del row.cells[end:]
            other = shortened(next(filter(None, headings[begin:])))
            return First(headings=list(headings[:end]), below=iter(rows), lacking=_LACKING.format(other, begin + 1))
    return First(headings=list(headings), below=iter(rows))


def _ends(headings: Sequence[str], given: Mapping[str, str]) -> list[tuple[int, int]]:
    """Return where the first list may end and the second begin: at an empty column, or where headings come again."""
    named = [at for at, heading in enumerate(headings) if heading and has_a_name([heading])]
    if len(named) < 2:
        return []
    filled = [at for at, heading in enumerate(headings) if heading]
    gaps = [(one + 1, other) for one, other in pairwise(filled) if other > one + 1 and named[0] <= one < named[-1]]
    half = len(headings) // 2
    again = half > 1 and [*map(plain, headings[:half])] == [*map(plain, headings[half:])]
    several = [*gaps[:_MOST], (half, half)] if again else gaps[:_MOST]
    return [(end, begin) for end, begin in several if _are_lists(headings[:end], headings[begin:], given)]


def _are_lists(left: Sequence[str], right: Sequence[str], given: Mapping[str, str]) -> bool:
    means_the_other = not set(given.values()).isdisjoint({*right} - {*left})
    if means_the_other or _NONE in {_name(left), _name(right)}:
        return False
    names = [plain(several[_name(several)]) for several in (left, right)]
    one, other = ({plain(heading) for heading in several if heading} for several in (left, right))
    partners = all(name.split()[0] in PARTNERS for name in names)
    return partners or (names[0] == names[1] and (len(one & other) > 1 or len(other) == 1))


def _name(headings: Sequence[str]) -> int:
    """Return the number of the column of names; `_NONE` if there is none."""
    return choose_columns(told_apart(headings), {}, "").get("name", _NONE)


def _are_the_same(rows: Sequence[Row], name: int, other: int) -> bool:
    """Whether most rows say one name twice: who is billed, and to whom is delivered."""
    pairs = [
        (row.cells[name].strip().casefold(), row.cells[other].strip().casefold())
        for row in rows
        if other < len(row.cells)
    ]
    both = [(one, two) for one, two in pairs if one and two]
    return 2 * sum(one == two for one, two in both) > len(both)
