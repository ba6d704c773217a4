"""Which sheets of a workbook hold the list of partners, where none is named."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final, Protocol

from attrs import frozen

from adapters.table.cells.status_words import BLOCKED, DELETED, ENDED, INACTIVE
from adapters.table.fields import OWN_NUMBERS
from adapters.table.headings.columns import has_a_name, looks_like
from adapters.table.headings.heading_rows import DEEPEST, likeliest, meanings
from adapters.table.headings.partners import ORGANIZATIONS, PARTNERS, PLURALS, RETAILERS, SUPPLIERS, one_of
from adapters.table.headings.words import plain
from adapters.table.row import trimmed
from adapters.table.rows.groups import is_region

_ABOUT: Final = frozenset(map(plain, (
    "readme", "read me", "instructions", "instruction", "anleitung", "hinweise", "index", "contents", "cover", "title",
    "legend", "legende", "notes", "help", "settings", "config", "configuration", "setup", "parameters", "lookup",
    "lookups", "lists", "dropdowns", "values", "codes", "pivot", "summary", "overview", "übersicht", "dashboard",
    "chart", "charts", "team", "users", "owners", "changelog", "change log", "history", "version", "versions",
    "template", "templates", "example", "examples", "sample",
    "vorlage", "beispiel", "muster",
    "definitions", "glossary", "data dictionary", "fields", "mapping", "totals", "statistics", "stats", "report",
)))  # fmt: skip
"""What a sheet is called that holds no list of partners, but says something about one."""

_LIST: Final = PLURALS | ORGANIZATIONS | {
    "list", "data", "export", "master", "sheet", "tabelle", "feuil", "hoja", "foglio", "blad", "daten", "liste"
}  # fmt: skip
"""Words of what a sheet is called that holds a list, or of what programs call any sheet."""

_DEALINGS: Final = frozenset(map(plain, (
    "orders", "order", "purchase orders", "po", "invoices", "invoice", "products", "product", "items", "articles",
    "catalog", "catalogue", "prices", "price list", "transactions", "payments", "spend", "deliveries", "shipments",
    "contacts", "people", "employees", "staff", "accounts", "requests", "new requests", "bestellungen", "rechnungen",
    "artikel", "produkte", "preise", "kontakte", "mitarbeiter", "commandes", "factures", "produits", "pedidos",
    "facturas", "productos", "contactos", "ordini", "fatture", "prodotti",
)))  # fmt: skip
"""What a sheet is called that names partners only as far as something was dealt with them, or their people."""

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_PART: Final = re.compile(r"(?:part|page|teil|seite|partie|parte) \d+|[a-z](?: (?:to |bis )?[a-z])?")
# "Baja" is a part of Mexico, and a "close" partner a good one.
_OVER: Final = re.compile(
    rf"\b({one_of({*map(plain, (*INACTIVE, *DELETED, *ENDED, *BLOCKED))} - {'baja', 'close'})}"
    r"|archives?|archiv|old|obsolete|removed|inactivos|cessati)\b"
)
_OF_NEW_ONES: Final = re.compile(r"\b(onboarded|since|new|added|joined|from|neue?|ab|seit)\b")
_NUMBERS: Final = OWN_NUMBERS | {"code"}
_ALIKE: Final = 0.6
"""Share of the headings that two sheets of one list have in common at least."""

_FEW_ROWS: Final = 4


class Sheet(Protocol):
    """A sheet of a workbook, as openpyxl has it."""

    title: str
    sheet_state: str

    def iter_rows(self, *, max_row: int, values_only: bool) -> Iterable[tuple[object, ...]]:
        """Return the first rows."""


@frozen(kw_only=True)
class Choice:
    """Which sheets hold the list.

    Attributes:
        titles: What the sheets are called, in their order.
        said: Why these, and what else there is; None if there is nothing to say.
        lacking: Why they may not be the whole list; None if they are.
    """

    titles: Sequence[str]
    said: str | None = None
    lacking: str | None = None


@frozen(kw_only=True)
class _Look:
    """What the first rows of a sheet say.

    Attributes:
        title: What it is called.
        headings: Its headings as they are compared, without case, each in its column; empty if it has none of a name.
        known: How many of them are known.
        given: Whether a heading that was given is there.
        few: Whether there are hardly any rows.
    """

    title: str
    headings: tuple[str, ...]
    known: int
    given: bool
    few: bool

    @property
    def is_guide(self) -> bool:
        """Whether it is called as a guide to a list, or as what is made of one."""
        return plain(self.title) in _ABOUT

    @property
    def is_about(self) -> bool:
        """Whether it only says something about a list."""
        words = plain(self.title).rstrip("0123456789 ").split()
        return self.is_guide or (self.known < 2 and self.few and _LIST.isdisjoint(words))

    @property
    def is_over(self) -> bool:
        """Whether it is called as what is no more."""
        return _OVER.search(plain(self.title)) is not None

    @property
    def place(self) -> str:
        """What is left of what it is called without the words that any list has: "EMEA" of "Suppliers EMEA"."""
        return " ".join(word for word in plain(self.title).split() if word not in _LIST)

    @property
    def meanings(self) -> frozenset[str]:
        """What the headings mean, one word each, however they put it."""
        found = (min(meanings(one), default=one) for one in self.headings if one)
        return frozenset("number" if one in _NUMBERS else one for one in found)

    def is_other(self, of: _Look) -> bool:
        """Whether it is a list of the other side: customers beside suppliers."""
        mine, theirs = (frozenset(plain(one.title).split()) for one in (self, of))
        sides = ((SUPPLIERS, RETAILERS), (RETAILERS, SUPPLIERS))
        return any(mine & one and theirs & other for one, other in sides)

    def is_like(self, other: _Look) -> bool:
        """Whether most of the headings are the same."""
        one, two = self.meanings, other.meanings
        return bool(one and two) and len(one & two) >= _ALIKE * len(one | two)


def choose_sheets(seen: Sequence[Sheet], given: Collection[str]) -> Choice:
    """Return the sheets that hold the list, in their order, and in words why these and what else there is.

    It is the first, unless that is a cover, a guide or a summary ("README", "Pivot", or a few rows below headings of
    which only the name's is known), or called as dealings or people ("Orders", "Contacts"), and another is not. Sheets
    of the same headings are one list where each is called as a region, a country, a letter or a part; of one list a
    year, the latest is it. Where others have the same headings, it is open whether the list is whole: what one calls
    inactive, or a month, may or may not be part of it.

    Args:
        seen: The sheets that are not hidden.
        given: Headings that the list is known to have.
    """
    if len(seen) == 1:
        return Choice(titles=[seen[0].title])
    looks = [_look(one, given) for one in seen]
    named = [at for at, look in enumerate(looks) if look.headings or look.given]
    lists = [at for at in named if looks[at].given] or [at for at in named if not looks[at].is_about] or named
    live = [at for at in lists if not looks[at].is_over] or lists
    own = [at for at in live if plain(looks[at].title) not in _DEALINGS] or live
    first = own[0] if own else 0
    like = [at for at in named if looks[at].is_like(looks[first]) and not looks[at].is_guide]
    alike = [at for at in like if not looks[at].is_other(looks[first])]
    chosen, left = _of_one_list(looks, alike, first)
    shown = ", ".join(repr(looks[at].title) for at in left)
    lacking = f"its sheets {shown} have the same headings and were not read: --read sheet=NAME" if left else None
    said = _said([look.title for look in looks], chosen, only=len(named) == 1)
    return Choice(titles=[looks[at].title for at in chosen], said=said, lacking=lacking)


def _look(sheet: Sheet, given: Collection[str]) -> _Look:
    try:
        rows = [
            ["" if cell is None else str(cell).strip() for cell in row]
            for row in sheet.iter_rows(max_row=DEEPEST, values_only=True)
        ]
    except Exception:  # noqa: BLE001 - whatever is amiss with a sheet is told when it is read
        rows = []
    filled = [row for row in rows if any(row)]
    cells = filled[likeliest(filled, set(given))] if filled else []
    said = [cell for cell in cells if cell]
    is_list = len(said) > 1 and has_a_name(said)
    return _Look(
        title=sheet.title,
        headings=tuple(map(plain, trimmed(cells))) if is_list else (),
        known=looks_like(said) if is_list else 0,
        given=not set(given).isdisjoint(said),
        few=len(filled) <= _FEW_ROWS,
    )


def _of_one_list(looks: Sequence[_Look], alike: Sequence[int], first: int) -> tuple[list[int], list[int]]:
    """Return which of the sheets of the same headings are one list, and which may be part of it and are not read."""
    same = [at for at in alike if looks[at].headings == looks[first].headings]
    places = {at: looks[at].place for at in same}
    years = {at: set(_YEAR.findall(place)) for at, place in places.items()}
    bare = {at: " ".join(_YEAR.sub(" ", place).split()) for at, place in places.items()}
    # "Suppliers 2025" and "Brands 2026" are two lists.
    whose = {PARTNERS.intersection(plain(looks[at].title).split()) for at in same}
    is_one = len(same) > 1 and len(whose) == 1 and len(set(bare.values())) == 1
    chosen = [first]
    if is_one and all(len(one) == 1 for one in years.values()):
        stem = next(iter(bare.values()))
        if not (_OF_NEW_ONES.search(stem) or any(map(str.isdigit, stem))) and len(same) == len(alike):
            return [max(same, key=lambda at: (max(years[at]), -at))], []
    elif len(set(map(frozenset, years.values()))) == 1:
        regions = [at for at in same if is_region(bare[at]) or _PART.fullmatch(bare[at])]
        chosen = regions if first in regions else chosen
    return chosen, [at for at in alike if at not in chosen]


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
