"""The cells of each column as they are meant: without what programs add, and without words for nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Final

from adapters.table.cells.bare import with_bare_cells
from adapters.table.cells.nothing import said
from adapters.table.cells.other_names import with_other_names
from adapters.table.cells.places import part_places, with_house_numbers
from adapters.table.fields import REGISTERED
from adapters.table.row import Row
from aggregator.reconcile.wording import counted

_BREAKS: Final = "\r\n\t"
_BREAK: Final = re.compile(r"\s*[\r\n\t]\s*")
"""A name that was broken to fit its cell is the same name."""

_ENTITY: Final = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|[A-Za-z]+\d*);")
_WRITTEN_FOR_PAGES: Final = frozenset({"name", "aliases", "contact", "street", "street2", "city"})
"""Shops keep such texts as web pages need them: "Caf&eacute;"."""

_NO_NAME: Final = frozenset({"N/A", "n/a", "#N/A", "NULL", "null"})
"""What no business is called; two of them are not one."""

_MARKS: Final = re.compile(r"[\W_]+")
_ALL_ALIKE: Final = re.compile(r"(?:[A-Za-z]{2})?(?:0+|(\d)\1{4,})|[Xx]+")
_ZEROS: Final = re.compile(r"0+")
_NOBODYS: Final = {
    **dict.fromkeys(REGISTERED, _ALL_ALIKE),
    **dict.fromkeys(("account_number", "reference", "phone"), _ZEROS),
}
"""What is typed where a number must be given and is not known: "000000000", "DE999999999", "XXXXX"."""

_FLOAT: Final = re.compile(r"\d+\.0")
_DIGITS: Final = frozenset({"account_number", "reference", "phone", "postal_code", *REGISTERED})
"""A column of whole numbers with blanks among them is written as 1001.0 by data frames, and put to another's rows."""

_DECIMAL: Final = re.compile(r"\d\.(?!0$)\d", re.MULTILINE)
_MAY_BE_DECIMAL: Final = frozenset({"account_number", "reference"})
"""Whoever counts partners may put 12.1 behind 12.0; nobody dials or posts by tenths."""

_CUT: Final = re.compile(r"\d(?:[.,]\d+)?[Ee]\+\d{2,}")
"""What Excel writes for a number of twelve digits or more, all of which but the first few are lost: 1.00012E+11."""


def cleaned_columns(
    rows: Sequence[Row], chosen: Mapping[str, int], further: Mapping[str, Sequence[int]], done: list[str]
) -> dict[str, list[str]]:
    """Return the cells of each field, those of several columns put together; what was done to them is said."""
    columns = {name: _column([row.cells[at] for row in rows], name, done) for name, at in chosen.items()}
    columns = with_bare_cells(columns, done)
    more = {
        name: [_column([row.cells[at] for row in rows], name, done) for at in several]
        for name, several in further.items()
    }
    for at, numbers in zip(further.get("street", ()), more.get("street", ()), strict=True):
        columns["street"] = with_house_numbers(columns["street"], numbers, before=at < chosen["street"])
    return with_other_names(part_places(columns, chosen), more)


def _column(cells: list[str], name: str, done: list[str]) -> list[str]:
    bare = [cell.strip() for cell in cells]
    if name in _WRITTEN_FOR_PAGES and _ENTITY.search("".join(bare)):  # looked through once, for few lists have any
        bare = [unescape(cell) for cell in bare]
    if name == "name":
        whole = "".join(bare)
        bare = [_BREAK.sub(" ", cell) for cell in bare] if any(one in whole for one in _BREAKS) else bare
        return ["" if cell in _NO_NAME else cell for cell in bare]
    if name == "id":
        return bare
    if name in _DIGITS:
        bare = _numbers(bare, name, done)
    bare = list(map(said, bare))
    if name in _NOBODYS:
        bare = ["" if _NOBODYS[name].fullmatch(_MARKS.sub("", cell)) else cell for cell in bare]
    return bare


def _numbers(cells: list[str], name: str, done: list[str]) -> list[str]:
    """Return cells of numbers without what data frames and spreadsheets made of them."""
    whole = "\n".join(cells)  # looked through once, for few columns have any
    # Decimals show that 12.0 is a number of its own.
    if ".0" in whole and not (name in _MAY_BE_DECIMAL and _DECIMAL.search(whole)):
        cells = [cell.removesuffix(".0") if _FLOAT.fullmatch(cell) else cell for cell in cells]
    return _without_cut(cells, name, done) if "E+" in whole or "e+" in whole else cells


def _without_cut(cells: list[str], name: str, done: list[str]) -> list[str]:
    """Return cells without numbers that have lost their digits: those of others look the same."""
    cut = [cell for cell in cells if _CUT.fullmatch(cell)]
    if not cut:
        return cells
    done.append(f"{name}: a spreadsheet cut the digits of {counted(len(cut), 'number')} ({cut[0]}), read as blank")
    return ["" if _CUT.fullmatch(cell) else cell for cell in cells]
