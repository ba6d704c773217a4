"""Columns that may hold a town, a branch or a whole address: what their cells look like decides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from adapters.table.headings.loosely import loosened
from adapters.table.headings.naming import says_one
from adapters.table.headings.words import NO_TOWNS, NO_TOWNS_ALONE, PLACES, plain, written
from adapters.table.row import Row, filled_cells
from aggregator.reconcile.matching.reading.places import plain_country
from aggregator.reconcile.matching.reading.regions import regions_called

_WORDS: Final = re.compile(r"[^\W\d_][^\d@:;|]{0,39}")
_MOST_PARTS: Final = 3
"""A town, its state and its country: "Austin, TX, USA"."""

_MOST_WORDS: Final = 5
_NEARLY_ALL: Final = 0.9
_LETTERS: Final = 2
"""So many letters may be a state's or a country's: "CA", "DE"."""


def with_towns(chosen: dict[str, int], headings: Sequence[str], rows: Sequence[Row]) -> dict[str, int]:
    """Choose a column such as "Location" for the town, where no other holds one and nearly all cells look like towns.

    It holds the country too, where some say one behind the town and no other column does.
    """
    if "city" in chosen:
        return chosen
    for at, heading in enumerate(headings):
        if at in chosen.values() or not _is_place(heading):
            continue
        cells = filled_cells(rows, at)
        if _look_like_towns(cells):
            says_country = any(_parted(cell)[1] for cell in set(cells))
            return {**chosen, "city": at} | ({"country": chosen.get("country", at)} if says_country else {})
    return chosen


def part_towns(
    columns: Mapping[str, list[str]], chosen: Mapping[str, int], headings: Sequence[str]
) -> dict[str, list[str]]:
    """Return the columns, the country parted from the town in one such as "Location": "Rome, Italy".

    A state behind a town stays there, for the matcher reads it so.
    """
    at = chosen.get("city")
    if at is None or at == chosen.get("postal_code") or not _is_place(headings[at]):
        return dict(columns)
    parted = {cell: _parted(cell) for cell in set(columns["city"])}  # there may be a million, of few towns
    said = {"country": [parted[cell][1] for cell in columns["city"]]} if chosen.get("country") == at else {}
    return {**columns, "city": [parted[cell][0] for cell in columns["city"]], **said}


def _is_place(heading: str) -> bool:
    return written(heading) in PLACES or loosened(heading) in PLACES


def _look_like_towns(cells: Sequence[str]) -> bool:
    """Whether nearly all cells may be towns, and not all are one word or most of them states: "Kitchen", "Texas"."""
    times = Counter(cells)
    towns = sum(count for cell, count in times.items() if _may_be_town(cell))
    states = sum(count for cell, count in times.items() if regions_called(cell))
    is_one = says_one(cells) and "," not in cells[0]
    return bool(towns) and towns >= _NEARLY_ALL * len(cells) and 2 * states <= len(cells) and not is_one


def _may_be_town(cell: str) -> bool:
    """Whether a cell may be a town, or one with its state and country; a country or a branch is none."""
    parts = [part.strip() for part in cell.split(",")]
    words = plain(parts[0]).split()
    if not 0 < len(words) <= _MOST_WORDS or len(parts) > _MOST_PARTS or not all(map(_WORDS.fullmatch, parts)):
        return False
    if " ".join(words) in NO_TOWNS_ALONE or words[-1] in NO_TOWNS or (words[0] in NO_TOWNS and words[0] != "st"):
        return False
    return len(parts) > 1 or (len(parts[0]) > _LETTERS and not _is_country(parts[0]))


def _parted(cell: str) -> tuple[str, str]:
    """Return the town of a cell, and the country that stands behind it; one that a state is called as is none.

    Where a state stands between the two, all three are the town, for the matcher reads them so.
    """
    town, *behind = [part.strip() for part in cell.split(",")]
    if town and behind and len(behind) < _MOST_PARTS and _is_country(behind[-1]) and not regions_called(behind[0]):
        return town, behind[-1]
    return cell, ""


def _is_country(text: str) -> bool:
    """Whether a text is the name of a country; its two letters may be a state's."""
    return len(text) > _LETTERS and len(plain_country(text)) == _LETTERS and not regions_called(text)
