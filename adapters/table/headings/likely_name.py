"""Which column holds names where no known heading says so: one that speaks of partners, and whose cells are names."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from adapters.table.fields import OWN_NUMBERS
from adapters.table.headings.columns import looks_like, naming, shortened
from adapters.table.headings.naming import holds_names
from adapters.table.headings.partners import ACCOUNTS, BRANDS, ORGANIZATIONS, PARTNERS, SINGULARS, STAFF, one_of
from adapters.table.headings.words import ROW_LABELS, plain
from adapters.table.row import Row, filled_cells

# Whoever is called a buyer may be one's own; "marketing" begins as a German brand does.
_BEGINNINGS: Final = (
    *(SINGULARS - STAFF - BRANDS), "brand", *ORGANIZATIONS,
    "compan", "manufactur", "distribut", "producer", "agenc", "organi", "org", "supp", "unternehm", "kredit", "debit",
    "betrieb", "raison", "razon", "ragione", "fornit", "bedrij", "leveranc", "naam", "nom", "nombre", "nome", "name",
    "nm", "leverand", "leverant", "dostawc", "nazwa", "nazev", "isim", "tedarik",
)  # fmt: skip
"""How words begin that speak of partners or of names, without accents."""

_WRITTEN: Final = re.compile("社名|会社|公司|企业|供应商|客户|取引先|仕入先|회사|업체|거래처|名称")
_WHOLE: Final = ROW_LABELS | frozenset(
    ("particulars", "description", "bezeichnung", "descrizione", "descripcion", "designation", "co", "tp", "sup")
)  # fmt: skip
"""Headings of pivots and ledgers, which hold a name if their cells do; and short words for partners."""

_OTHERS: Final = re.compile(
    r"\b(contact|kontakt|ansprech|owner|manager|person|user|type|typ|categor|kategor|status|id|code|number|nummer|no|nr"
    r"|group|gruppe|parent|holding|city|ort|stadt|street|strasse|e ?mail|mail|phone|tel|country|land|pays|date|datum"
    r"|note|comment|product|produkt|item|artikel|bank|iban|tax|vat|terms|currency|url|web|role|title|department|first"
    r"|last|vorname|nachname|surname|lead|sales|rep|assigned|created|by|since|count|sum|amount|industry|segment|level"
    r"|class|risk|how|why|which|describe|hear|make|(in)?active|blocked|estado|stato|etat|state"
    r"|region|zip|reason|your name|(file|sheet|folder|host|server|tab|table|field|app|device) ?name\b)"
)
"""What else than a partner a heading may speak of; "reason" is no "raison"."""

_ASKS_FOR_NAMES: Final = re.compile(
    r"\b(names?|named|called|naam|nom|nombre|nome|razon|raison|ragione|heisst|firm\w*)\b"
)
"""What a sentence says that asks for a name: "How did you hear about our company?" does not."""

_TWO_LETTERS: Final = re.compile(r"[^\W\d_]{2}")
# A brand may be the shop's own, and an account a ledger's: what stands beside their numbers is no name of a partner.
_PARTNERS: Final = re.compile(rf"{one_of(PARTNERS - STAFF - BRANDS - ACCOUNTS)}|name")
_SENTENCE: Final = 4
_ARTICLES: Final = frozenset(
    ("list", "our", "all", "of", "the", "liste", "unsere", "alle", "nos", "s", "and", "approved", "active", "current",
     "new", "preferred", "strategic", "aktuelle", "aktive", "neue")
)  # fmt: skip
_NAME: Final = re.compile(r"(?=.*[^\W\d_]{2})(?!.*@)(?!https?:)\S.{0,119}")
_CODE: Final = re.compile(r"[A-Z\d]{1,4}")
_NEARLY_ALL: Final = 0.8
_SAMPLE: Final = 1_000
"""So many rows show whether a column holds numbers; there may be a million."""

_ANYBODYS: Final = frozenset({"name", "full name"})
"""Headings of a form that may ask who answers it."""

_FEW_WORDS: Final = 14


def with_a_name(
    chosen: Mapping[str, int], headings: Sequence[str], rows: Sequence[Row], done: list[str]
) -> dict[str, int]:
    """Choose a column of names by what its cells are, where no heading says so, or where that holds numbers alone.

    Args:
        chosen: The column number of each field, as their headings say.
        headings: All headings.
        rows: All usable rows.
        done: Where to say what was chosen so.
    """
    others = {at for field, at in chosen.items() if field not in {"name", *OWN_NUMBERS}}  # an "Account" may be a name
    numbers = chosen.get("name")
    if numbers is not None:
        asked = _asked_for(headings, rows, others) if plain(headings[numbers]) in _ANYBODYS else None
        if asked is not None:
            return {"contact": numbers, **chosen, "name": asked}
        if not _are_numbers_of_partners(numbers, headings, rows, others):
            return dict(chosen)
        others.add(numbers)
    found = _likely_name(headings, rows, others)
    if found is None:
        return dict(chosen)
    done.append(f"the name is taken from {shortened(headings[found])} for what it holds")
    rest = {field: at for field, at in chosen.items() if at not in {found, numbers}} | {"name": found}
    if numbers is not None:
        rest.setdefault("account_number", numbers)
    return rest


def may_hold_names(headings: Sequence[str], rows: Sequence[Row], taken: Collection[int]) -> str:
    """Return the heading of the column whose cells are most likely different names; empty if there is none.

    Names of several words go before words, and these before what may be short codes. Where no heading is known, the row
    may be the first partner of a list without any: nothing is said then.
    """
    if not looks_like(headings):
        return ""
    found = [at for at in range(len(headings)) if at not in taken and _holds_different_names(rows, at)]
    if not found:
        return ""
    cells = {at: filled_cells(rows, at) for at in found}
    return headings[min(found, key=lambda at: (_hold_codes(cells[at]), not holds_names(cells[at])))]


def beside_an_empty(headings: Sequence[str], known: Sequence[str], rows: Sequence[Row], name: int) -> int | None:
    """Return the column without a heading that holds the names, where the one that is headed so is empty.

    Args:
        headings: All headings, those that say nothing by their place.
        known: Those that stand there.
        rows: All usable rows.
        name: The column whose heading says that it holds the names.
    """
    if not rows or any(row.cells[name].strip() for row in rows):
        return None
    bare = (at for at in range(len(headings)) if at >= len(known) or not known[at])
    return next((at for at in bare if _holds_different_names(rows, at)), None)


def _likely_name(headings: Sequence[str], rows: Sequence[Row], taken: Collection[int]) -> int | None:
    """Return the number of the column that most likely holds the names; None if none does."""
    # Where no heading is known, the row may be the first partner of a list without any: "Partner Foods GmbH".
    unsure = not looks_like(headings)
    for at, heading in enumerate(headings):
        speaks = _speaks_of_partners(heading) and not (unsure and not _says_nothing_else(heading))
        may_be = at not in taken and (speaks or plain(heading).rstrip("0123456789 ") in _WHOLE)
        if may_be and _holds_different_names(rows, at):
            return at
    return None


def _asked_for(headings: Sequence[str], rows: Sequence[Row], taken: Collection[int]) -> int | None:
    """Return the number of the column in which a form asks in a sentence what a partner is called, if one does."""
    short = {at for at, heading in enumerate(headings) if len(plain(heading).split()) <= _SENTENCE}
    return _likely_name(headings, rows, short.union(taken))


def _are_numbers_of_partners(
    column: int, headings: Sequence[str], rows: Sequence[Row], others: Collection[int]
) -> bool:
    """Whether the column of names holds a number for each partner, and no other heading is known for a name.

    Of accounts or transactions, a description is no name.
    """
    if not _holds_numbers(filled_cells(rows[:_SAMPLE], column)):
        return False
    if any(at not in others and at != column for at in naming(headings)):
        return False  # `with_names` chooses among those
    numbers = filled_cells(rows, column)
    return _PARTNERS.search(plain(headings[column])) is not None and len(set(numbers)) >= _NEARLY_ALL * len(numbers)


def hold_names(rows: Sequence[Row], column: int) -> bool:
    """Whether nearly all rows fill a column, and nearly all its cells may be names; in a list without rows they do."""
    cells = filled_cells(rows, column)
    names = sum(_NAME.fullmatch(cell) is not None for cell in cells)
    return len(cells) >= _NEARLY_ALL * len(rows) and names >= _NEARLY_ALL * len(cells)


def _holds_different_names(rows: Sequence[Row], column: int) -> bool:
    """Whether a column holds names, and nearly all of them are different."""
    cells = filled_cells(rows, column)
    return bool(cells) and hold_names(rows, column) and len(set(cells)) >= _NEARLY_ALL * len(cells)


def _hold_codes(cells: Sequence[str]) -> bool:
    """Whether most cells are short codes in capitals: "BA", "LHR"."""
    return 2 * sum(_CODE.fullmatch(cell) is not None for cell in cells) > len(cells)


def _holds_numbers(cells: Sequence[str]) -> bool:
    """Whether nearly all cells are numbers of partners, and no names: digits, and no two letters side by side."""
    numbers = sum(any(map(str.isdigit, cell)) and not _TWO_LETTERS.search(cell) for cell in cells)
    return bool(cells) and numbers * 10 >= len(cells) * 9


def _speaks_of_partners(heading: str) -> bool:
    if _WRITTEN.search(heading):
        return True
    text = plain(heading)
    words = text.split()
    if len(words) > _FEW_WORDS or _OTHERS.search(text) or (len(words) > _SENTENCE and not _ASKS_FOR_NAMES.search(text)):
        return False
    return any(word.startswith(_BEGINNINGS) or _is_misspelt(word) for word in words)


def _is_misspelt(word: str) -> bool:
    return len(word) > 5 and bool(get_close_matches(word, ("supplier", "vendors", "customer", "company"), 1, 0.85))


def _says_nothing_else(heading: str) -> bool:
    """Whether a heading is a question or a sentence, or every word of it is of partners and names."""
    words = plain(heading).split()
    return len(words) > _SENTENCE or all(word.startswith(_BEGINNINGS) or word in _ARTICLES for word in words)
