"""Columns that hold the day from which a partner is inactive: "Inactive from", "Terminated on", "Fecha de baja"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Final

from adapters.table.cells.nothing import said
from adapters.table.headings.words import plain

_INACTIVE: Final = (
    "deactivated on", "deactivated at", "inactive from", "inactive since", "inactive date", "inaktiv ab",
    "inaktiv seit", "fecha de baja", "deleted at", "deleted on", "geloscht am",
)  # fmt: skip
_ENDED: Final = ("relationship end", "terminated on", "termination date")

_STATUSES: Final[Mapping[str, str]] = {**dict.fromkeys(_INACTIVE, "inactive"), **dict.fromkeys(_ENDED, "ended")}
"""A day below "Valid until", "End date", "Closed on" or "Locked since" is that of a certificate, a price list, a sale
or a login as often as the partner's, and says nothing."""

_CONTRACTS: Final = frozenset(
    ("contract", "contracts", "agreement", "agreements", "project", "vertrag", "vertragsnummer", "vertragsnr",
     "contrat", "contrato", "contratto")
)  # fmt: skip
"""Words of other headings by which it is a contract that was terminated."""

_OTHERS: Final = frozenset(("user", "login", "reactivated", "employee", "mitarbeiter"))
"""Words of other headings by which it is a person who is inactive, or a partner who came back."""

_TIME: Final = r"(?:[T ]\s*\d[\d:.]*\s*(?:Z|UTC|[AaPp]\.?[Mm]\.?|[+-]\d\d:?\d\d)?)?"
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}})(?:([-/.])(\d\d?)\2(\d\d?)|(\d\d)(\d\d)){_TIME}")
_YEAR_LAST: Final = re.compile(rf"(\d\d?)([-/.])(\d\d?)\2(\d{{4}}){_TIME}")

_NO_DAY: Final = date(1970, 1, 1)
"""Programs write it, or the first day of 1900, 1753 or the year 1, where there is none: no partner's day is so old."""


def ending(heading: str, headings: Collection[str]) -> str:
    """Return the status that a past day below a heading means among these; empty if it means none."""
    status = _STATUSES.get(plain(heading), "")
    if not status:
        return ""  # before the other headings are looked at: there may be a hundred
    told = " ".join(map(plain, headings))
    again = "active from" in told.replace("inactive from", "")
    others = _OTHERS | _CONTRACTS if plain(heading) in _ENDED else _OTHERS
    return "" if again or not others.isdisjoint(told.split()) else status


def read_ends(cells: Collection[str], status: str, today: date) -> dict[str, str] | None:
    """Return the status that each of the different cells of a column means; None if they are no such days.

    A column in which every day is past says nothing of the relation: so are the days to which yearly certificates are
    valid. Which number is the month must be shown by one of the days, or not matter.
    """
    orders = (True, False) if any(cell and not cell[:4].isdigit() for cell in cells) else (True,)  # else years go first
    several = (_past(cells, today, day_first=day_first) for day_first in orders)
    read = [past for past in several if past is not None]
    if not any(map(_is_said, cells)) or not read or read[0] != read[-1] or len(read[0]) == len(cells):
        return None
    return {cell: status if cell in read[0] else "" for cell in cells}


def _past(cells: Iterable[str], today: date, *, day_first: bool) -> set[str] | None:
    """Return the cells with a day in the past; None if one of them is no day."""
    found = set()
    for cell in filter(_is_said, cells):
        day = _day(cell.strip(), day_first=day_first)
        if day is None:
            return None
        if _NO_DAY < day < today:
            found.add(cell)
    return found


def _is_said(cell: str) -> bool:
    return bool(said(cell).strip("0./- "))


def _day(text: str, *, day_first: bool) -> date | None:
    if found := _YEAR_FIRST.fullmatch(text):
        parts = (found[1], found[3] or found[5], found[4] or found[6])
    elif found := _YEAR_LAST.fullmatch(text):
        first = day_first or found[2] == "."
        parts = (found[4], found[3] if first else found[1], found[1] if first else found[3])
    else:
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        return None
