"""What stands between the rows of a list that is set out in groups: their headings, their sums, and further lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from adapters.table.cells.status_words import BLOCKED, STATUSES
from adapters.table.fields import REGISTERED
from adapters.table.headings.partners import BRANDS, PARTNERS, one_of
from adapters.table.headings.words import plain
from adapters.table.row import Row
from adapters.table.rows.bands import Band, bands
from adapters.table.rows.remarks import COUNTED
from adapters.table.rows.sums import is_sum_by_number, is_sum_of_a_group, is_sum_of_the_above
from aggregator.reconcile.matching.reading.places import plain_country

_OF_MANY: Final = frozenset({"city", "region", "country", "role", "status"})
"""Fields by which a list may be set out in groups; the others are a partner's own."""

_IDENTIFYING: Final = ("website", "aliases", *REGISTERED)
"""Fields by which a partner without a name may be known."""

_REGIONS: Final = frozenset(
    ("emea", "apac", "amer", "americas", "latam", "na", "north america", "south america", "latin america", "europe",
     "asia", "africa", "oceania", "middle east", "dach", "benelux", "nordics", "rest of world", "row", "domestic",
     "international", "overseas", "north", "south", "east", "west", "other", "others", "europa", "asien", "afrika",
     "inland", "ausland", "sonstige")
)  # fmt: skip
# A partner may be called "New Brand".
_GROUP: Final = re.compile(
    rf"({one_of(map(plain, (*STATUSES, *BLOCKED)))}|in progress|to do|done|aktive|inaktive|gesperrte|neue)"
    rf"( ({one_of(PARTNERS - BRANDS)}))?"
)
_CALLED: Final = re.compile(
    r"(?i)(category|group|region|country|type|kategorie|gruppe|land|groupe|pays)\s*:.+"
    rf"|{COUNTED}|(region|territory|district|zone) \S.*|.*\S (region|territory|district|zone)"
)

_BEYOND: Final = 3
"""A country is called by more letters: a partner may be called "IT"."""


class Groups(NamedTuple):
    """A list without what sets it out in groups.

    Attributes:
        rows: The rows that are left.
        passed: How many are headings and sums of groups.
        doubtful: Those that may be headings, or partners of which nothing is known but the name.
        headings: What the headings say that are none by their words.
    """

    rows: list[Row]
    passed: int
    doubtful: list[Row]
    headings: list[str]


def without_groups(
    rows: Sequence[Row],
    chosen: Mapping[str, int],
    numbered: Collection[int],
    *,
    headed: Collection[int],
    blanks: Collection[int],
    summed: bool,
) -> Groups:
    """Take headings and sums of groups, which are no partners, from the rows.

    A heading stands alone in its row: in a column that no partner fills, one of them above them all ("North" above the
    suppliers there); among names, if it is a country, a letter or the like; among numbers, where it is none; right
    above headings that are repeated; or where every partner says more (`bands`). A sum says so outside the names
    ("Subtotal North, 2"), or of the name above it ("Acme Total"), and has nothing else but amounts.

    Args:
        rows: All usable rows.
        chosen: The column number of each field.
        numbered: Columns that may hold the number of a row.
        headed: Lines on which the headings stand once more.
        blanks: Lines on which nothing stands.
        summed: Whether sums stood below them all.
    """
    name = chosen["name"]
    alone = {at: place for at, row in enumerate(rows) if (place := _alone(row)) is not None}
    wide = [row for at, row in enumerate(rows) if at not in alone and not is_sum_of_a_group(row, name)] if alone else []
    passed = _headings(rows, alone, wide, chosen, numbered) if alone else set()
    found = {at: band for at, band in bands(rows, alone, wide, name, numbered).items() if at not in passed}
    headings = [at for at, band in found.items() if band is Band.HEADING]
    doubtful = {at for at, band in found.items() if band is Band.DOUBTFUL}
    passed.update(headings)
    # Above headings that come again, what is set off, or said as of a group, is no last partner of the list above.
    again = frozenset(headed)
    set_off = again.union(blanks)
    repeated = [at for at in alone if rows[at].line + 1 in again]
    passed |= {at for at in repeated if rows[at].line - 1 in set_off or _is_group(rows[at].cells[alone[at]])}
    # Looked through for sums only where there may be some: there may be a million rows.
    last = len(rows) - 1
    if passed or summed or (rows and (not rows[last].cells[name].strip() or _is_sum(rows, last, chosen, numbered))):
        passed |= {at for at, row in enumerate(rows) if not row.unsolved and _is_sum(rows, at, chosen, numbered)}
    out = passed | doubtful
    return Groups(
        rows=[row for at, row in enumerate(rows) if at not in out] if out else list(rows),
        passed=len(passed),
        doubtful=[rows[at] for at in sorted(doubtful)],
        headings=[rows[at].cells[alone[at]].strip() for at in headings],
    )


def _headings(
    rows: Sequence[Row],
    alone: Mapping[int, int],
    wide: Sequence[Row],
    chosen: Mapping[str, int],
    numbered: Collection[int],
) -> set[int]:
    """Return the places of rows that are headings of groups, of those that say one thing, by the column of each."""
    name = chosen["name"]
    own = {name, *numbered, *_own(chosen)}
    passed = {*_in_its_own_column(alone, wide, own), *_merged(rows, alone, wide, own)}
    if len(wide) * 2 < len(rows):
        return passed
    # One stands above all partners, and there are several: a single "Jordan" or "X" is a partner.
    groups = {at for at, place in alone.items() if place == name and _is_group(rows[at].cells[name])}
    if len(groups) > 1 and 0 in groups and groups.isdisjoint(at + 1 for at in groups):
        passed |= groups
    for column in set(alone.values()).intersection(numbered) - {name}:
        if wide and all(any(map(str.isdigit, row.cells[column])) for row in wide):
            words = (at for at, place in alone.items() if place == column)
            passed |= {at for at in words if not any(map(str.isdigit, rows[at].cells[column]))}
    return passed


def without_further_lines(rows: Sequence[Row], chosen: Mapping[str, int], numbered: Collection[int]) -> list[Row]:
    """Return the rows without those that go on with the partner above: its other contacts, or the rest of its address.

    Such a row has neither name nor number, and it names a person, lacks what every row with a name says, or says
    nothing in a column that is known. What has another name, a tax number, or a web or e-mail address of its own may
    be a partner.

    Args:
        rows: All usable rows.
        chosen: The column number of each field.
        numbered: Columns that may hold the number of a row.
    """
    columns = {chosen["name"], *numbered}
    going = {at for at, row in enumerate(rows) if not any(_holds(row, one) for one in columns)}
    if not going:
        return list(rows)
    named = [row for at, row in enumerate(rows) if at not in going and row.cells[chosen["name"]].strip()]
    always = [
        at for at in range(len(rows[0].cells)) if at != chosen["name"] and all(row.cells[at].strip() for row in named)
    ]
    own = [chosen[field] for field in _IDENTIFYING if field in chosen]
    contact, email = chosen.get("contact"), chosen.get("email")
    passed, host = set(), ""
    for at, row in enumerate(rows):
        here = "" if email is None else row.cells[email].strip().rpartition("@")[2].casefold()
        if at not in going:
            host = here
            continue
        if row.unsolved or any(row.cells[one].strip() for one in own) or (here and here != host):
            continue
        says_nothing = not any(row.cells[one].strip() for one in chosen.values())
        names_a_person = contact is not None and bool(row.cells[contact].strip())
        if says_nothing or (at and (names_a_person or any(not row.cells[one].strip() for one in always))):
            passed.add(at)
    return [row for at, row in enumerate(rows) if at not in passed]


def _holds(row: Row, column: int) -> bool:
    """Whether a cell holds something of its own, and not only what it is merged with above."""
    return bool(row.cells[column].strip()) and not any(one.above and one.column == column for one in row.merged)


def _alone(row: Row) -> int | None:
    """Return the column of the only cell in which anything stands; None if there are several or none."""
    found = None
    for at, cell in enumerate(row.cells):
        if cell and not cell.isspace():
            if found is not None:
                return None
            found = at
    return None if row.unsolved else found


def _in_its_own_column(alone: Mapping[int, int], wide: Sequence[Row], others: Collection[int]) -> Iterator[int]:
    """Yield the places of headings in a column of their own, of which the first stands above all partners."""
    column = alone.get(0)
    if column is None or column in others or any(row.cells[column].strip() for row in wide):
        return
    yield from (at for at, place in alone.items() if place == column)


def _merged(
    rows: Sequence[Row], alone: Mapping[int, int], wide: Sequence[Row], others: Collection[int]
) -> Iterator[int]:
    """Yield the places of headings by how their cells are merged: over columns that partners fill, or with rows below.

    In a column of `others`, what is merged with rows below is a partner's own.
    """
    filled = {at for row in wide for at, cell in enumerate(row.cells) if cell.strip()} if alone else set()
    spans = Counter[int]()
    for row in wide:
        for one in row.merged:
            spans[one.column] = max(spans[one.column], one.width)
    for at, place in alone.items():
        cell = next((one for one in rows[at].merged if one.column == place and not one.above), None)
        if cell is not None:
            over = filled.intersection(range(place, place + cell.width))
            if (len(over) > 1 and cell.width > spans[place]) or (cell.below and place not in others):
                yield at


def _own(chosen: Mapping[str, int]) -> Iterator[int]:
    return (at for field, at in chosen.items() if field not in _OF_MANY)


def _is_sum(rows: Sequence[Row], at: int, chosen: Mapping[str, int], numbered: Collection[int]) -> bool:
    row, above, name = rows[at], rows[at - 1], chosen["name"]
    if is_sum_of_a_group(row, name):
        return True
    return at > 0 and (is_sum_of_the_above(row, above, name) or is_sum_by_number(row, above, chosen, numbered))


def is_region(text: str) -> bool:
    """Whether a text is the name of a country or a part of the world."""
    word = plain(text)
    return word in _REGIONS or (len(word) > 1 and not any(map(str.isdigit, word)) and _is_country(text))


def _is_group(cell: str) -> bool:
    text = plain(cell)
    if text in _REGIONS or _GROUP.fullmatch(text) or _CALLED.fullmatch(cell.strip()):
        return True
    if len(text) == 1:
        return text.isalpha() and cell.strip().isupper()
    return len(text) > _BEYOND and _is_country(cell)


def _is_country(text: str) -> bool:
    """Whether a text is a country, or two letters that may be one: of what is known, the letters come back."""
    return len(plain_country(text)) == len("gb")
