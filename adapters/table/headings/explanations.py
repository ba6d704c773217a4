"""A row below the headings that explains them: in other words, by what is to be filled in, or with an example."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from adapters.table.headings.heading_rows import meanings
from adapters.table.headings.loosely import REMARKS
from adapters.table.headings.words import plain

_EXAMPLE: Final = re.compile(r"(?i)(example|beispiel|exemple|ejemplo|esempio)\s*:|e\. ?g\. |z\. ?b\. ")
_OF_A_FORM: Final = re.compile(
    r"(required|mandatory|optional|text|string|(n?var)?char|integer|int|number|numeric|decimal|float|boolean|bool|date"
    r"|datetime|timestamp|e ?mail|url|phone|iso( ?\d*)*|alpha ?numeric|free text|drop ?down|select|yes no|y n|a i"
    r"|open ended response|response)( (max|up to))?( \d+)?( (chars?|characters|digits|zeichen))?( (required|mandatory"
    r"|optional))?"
)
_OF_A_DATABASE: Final = re.compile(
    r"string|n?varchar|char|integer|int\b|numeric|decimal|float|bool|datetime|timestamp|alpha"
)
"""Words that no two partners' cells are: "Number, Phone" may be a partner that is reached by phone."""

_OF_AMOUNTS: Final = re.compile(
    r"FY ?(19|20)?\d\d|(19|20)\d\d|[QH][1-4]|[A-Z]{3}"
    r"|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|plan|actual|budget|%)"
)
"""Years, quarters and currencies of amounts, in a row of their own below a heading that is merged above them."""

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def explains_headings(cells: Sequence[str], headings: Sequence[str], name: int) -> bool:
    """Whether a row explains the headings above it, and is no partner.

    Args:
        cells: The cells of the row.
        headings: The headings.
        name: The number of the column that holds names.
    """
    return _says_what_to_fill_in(cells, name) or _says_headings(cells, headings)


def _says_what_to_fill_in(cells: Sequence[str], name: int) -> bool:
    """Whether a row below the headings says what the columns are to hold: "[required]", "varchar(80)", "Example: Acme".

    So do the letters or numbers of the columns themselves.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) < 2:
        return False
    if _EXAMPLE.match(cells[name].strip()) or _EXAMPLE.match(filled[0]):
        return True
    if not cells[name].strip() and all(map(_OF_AMOUNTS.fullmatch, filled)):
        return True
    bare = [plain(cell) for cell in filled]
    if all(_OF_A_FORM.fullmatch(cell) or cell in REMARKS for cell in bare):
        return len(bare) > 2 or any(_OF_A_DATABASE.match(cell) or cell in REMARKS for cell in bare)
    count = len(filled)
    return count > 2 and bare in ([*_LETTERS[:count]], [str(number + 1) for number in range(count)])


def _says_headings(cells: Sequence[str], headings: Sequence[str]) -> bool:
    """Whether a row holds the headings in other words: nothing but words that are known, several of their own column.

    "Manufacturer, Supplier" below "Name, Role" is a partner of an odd name.
    """
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) < 2 or not all(map(meanings, filled)):
        return False
    pairs = zip(cells, headings, strict=False)
    return sum(bool(meanings(cell) & meanings(heading)) for cell, heading in pairs) >= 2
