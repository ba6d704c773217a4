"""Which sheets of a workbook hold the list of partners, where none is named."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any, Final

from attrs import frozen

from adapters.table.columns import MOST_TITLES, has_a_name, looks_like
from adapters.table.heading_rows import likeliest
from adapters.table.headings import plain

_LOOKED_AT: Final = MOST_TITLES + 1

_ABOUT: Final = frozenset(map(plain, (
    "readme", "read me", "instructions", "instruction", "anleitung", "hinweise", "index", "contents", "cover", "title",
    "legend", "legende", "notes", "help", "settings", "config", "configuration", "setup", "parameters", "lookup",
    "lookups", "lists", "dropdowns", "values", "codes", "pivot", "summary", "overview", "übersicht", "dashboard",
    "chart", "charts", "team", "users", "owners", "changelog", "change log", "history", "version", "versions",
    "definitions", "glossary", "data dictionary", "fields", "mapping", "totals", "statistics", "stats", "report",
)))  # fmt: skip
"""What a sheet is called that holds no list of partners, but says something about one."""

_LIST: Final = frozenset(map(plain, (
    "list", "data", "export", "master", "sheet", "tabelle", "feuil", "hoja", "foglio", "blad", "suppliers", "vendors",
    "customers", "partners", "brands", "retailers", "merchants", "dealers", "accounts", "companies", "organizations",
    "lieferanten", "kunden", "kreditoren", "debitoren", "firmen", "daten", "liste", "fournisseurs", "clients",
    "proveedores", "clientes", "fornitori", "clienti", "leveranciers", "klanten",
)))  # fmt: skip
"""Words of what a sheet is called that holds a list, or of what programs call any sheet."""

_OVER: Final = re.compile(
    r"(?i)\b(inactive|ended|terminated|closed|blocked|archived?|old|former|deleted|obsolete|removed|copy|backup|draft|test"
    r"|inaktiv|gesperrt|alt|gelöscht|archiv|kopie|inactif|inactivos?|cessati|copie|copia)\b"
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@frozen(kw_only=True)
class _Look:
    """What the first rows of a sheet say.

    Attributes:
        title: What it is called.
        headings: Its headings as they are compared, without case; empty if it has none of a name.
        known: How many of them are known.
        given: Whether a heading that was given is there.
    """

    title: str
    headings: tuple[str, ...]
    known: int
    given: bool

    @property
    def is_about(self) -> bool:
        """Whether it only says something about a list."""
        title = plain(self.title)
        return title in _ABOUT or (self.known < 2 and _LIST.isdisjoint(title.rstrip("0123456789 ").split()))


def choose_sheets(seen: Sequence[Any], given: Collection[str]) -> tuple[list[Any], str | None]:
    """Return the sheets that hold the list, in their order, and in words why these and what else there is.

    It is the first, unless that is a cover, a guide or a summary ("README", "Pivot", or headings of which only the
    name's is known) and another is not. Sheets with the same headings, one for a region say, are one list; but for
    those that are called as what is over ("Inactive", "Archive"), and of years the latest alone.

    Args:
        seen: The sheets that are not hidden.
        given: Headings that the list is known to have.
    """
    if len(seen) == 1:
        return list(seen), None
    looks = [_look(one, given) for one in seen]
    named = [at for at, look in enumerate(looks) if look.headings or look.given]
    lists = [at for at in named if looks[at].given] or [at for at in named if not looks[at].is_about] or named
    first = lists[0] if lists else 0
    alike = [at for at in named if looks[at].headings and looks[at].headings == looks[first].headings]
    chosen = _of_one_list([looks[at].title for at in alike], alike, first)
    return [seen[at] for at in chosen], _said([one.title for one in seen], chosen, only=len(named) == 1)


def _look(sheet: Any, given: Collection[str]) -> _Look:  # noqa: ANN401 - openpyxl has no types
    try:
        rows = [
            ["" if cell is None else str(cell).strip() for cell in row]
            for row in sheet.iter_rows(max_row=_LOOKED_AT, values_only=True)
        ]
    except Exception:  # noqa: BLE001 - whatever is amiss with a sheet is told when it is read
        rows = []
    filled = [row for row in rows if any(row)]
    cells = filled[likeliest(filled, set(given))] if filled else []
    said = [cell for cell in cells if cell]
    is_list = len(said) > 1 and has_a_name(said)
    return _Look(
        title=sheet.title,
        headings=tuple(map(plain, said)) if is_list else (),
        known=looks_like(said) if is_list else 0,
        given=not set(given).isdisjoint(said),
    )


def _of_one_list(titles: Sequence[str], alike: Sequence[int], first: int) -> list[int]:
    """Return which of the sheets with the same headings are one list, the first among them if it is not over."""
    if len(alike) < 2:
        return [first]
    years = {at: max(found) for title, at in zip(titles, alike, strict=True) if (found := _YEAR.findall(title))}
    if len(years) == len(alike):
        return [max(alike, key=lambda at: (years[at], -at))]
    going = [at for title, at in zip(titles, alike, strict=True) if not _OVER.search(title)]
    return going or [first]


def _said(titles: Sequence[str], chosen: Sequence[int], *, only: bool) -> str:
    shown = ", ".join(repr(titles[at]) for at in chosen)
    if len(chosen) > 1:
        which = f"the sheets {shown}, of the same headings, read as one list"
    elif only and chosen[0]:
        which = f"the only sheet with a heading for a name, {shown}"
    else:
        which = f"the {'likeliest' if chosen[0] else 'first'} sheet, {shown}"
    others = ", ".join(repr(title) for at, title in enumerate(titles) if at not in chosen)
    return f"{which}; there are also {others}: --read sheet=NAME" if others else which
