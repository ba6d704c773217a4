"""Headings of groups that no word shows: what a row lacks, and where it stands, does."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import Enum
from typing import Final

from adapters.table.row import Row

_FEWEST: Final = 2
"""A single row that says little is a partner of which little is known; and so may be one that lacks a single thing."""

_ON_EACH: Final = 2
"""Below so few headings on the average, they may as well be partners without a number."""


class Band(Enum):
    """What rows are that stand above others and say one thing each."""

    HEADING = "every partner has a name and a number, and these rows have one of the two"
    DOUBTFUL = "every partner says more, but nothing that no partner lacks"


def bands(
    rows: Sequence[Row], alone: Mapping[int, int], wide: Sequence[Row], name: int, numbered: Collection[int]
) -> dict[int, Band]:
    """Return what the rows are that say one thing each, where they set out the others in groups.

    One stands above all others, and there are several; below each stand rows that all say more, and the same of it. A
    list that begins with a partner of which nothing is known but the name, and that knows all of the others, is hardly
    met twice.

    Args:
        rows: All usable rows.
        alone: The places of rows that say one thing, with the column of each.
        wide: The rows that say more.
        name: The column of names.
        numbered: Columns that may hold the number of a row.
    """
    column = alone.get(0)
    places = [at for at, place in alone.items() if place == column]
    parted = len(places) >= _FEWEST and {at + 1 for at in places}.isdisjoint({*places, len(rows)})
    if column is None or not parted or not wide:
        return {}
    always = {at for at in range(len(rows[0].cells)) if at != column and all(row.cells[at].strip() for row in wide)}
    if column == name and len(always) >= _FEWEST:
        sure = not always.isdisjoint(numbered) and len(wide) >= _ON_EACH * len(places)
        return dict.fromkeys(places, Band.HEADING if sure else Band.DOUBTFUL)
    sure = column in numbered and name in always and len(wide) >= _ON_EACH * len(places)
    return dict.fromkeys(places, Band.HEADING) if sure else {}
