"""Names with their number in one cell, as SAP and NetSuite show them: "Acme Foods Ltd (100230)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

_FEWEST: Final = 3
_NEARLY_ALL: Final = 0.9

_SAMPLE: Final = 50
"""Of a million names, so many show whether it is worth looking at the others."""

_NUMBER: Final = r"#?(?P<number>(?P<letters>[A-Z]{0,3})-?\d{4,})"
_FORMS: Final = (
    re.compile(rf"(?P<name>\S.*?)\s*\({_NUMBER}\)", re.DOTALL),  # "Acme Foods Ltd (100230)"
    re.compile(rf"(?P<name>\S.*?)\s+\[{_NUMBER}\]", re.DOTALL),  # "Acme Foods Ltd [100230]", and no footnote
    re.compile(rf"(?P<name>\S.*?)\s+[-\u2013\u2014|/]\s+{_NUMBER}", re.DOTALL),  # "Acme Foods Ltd - 100230"
    re.compile(rf"[(\[]{_NUMBER}[)\]]\s*(?P<name>\S.*)", re.DOTALL),  # "(100230) Acme Foods Ltd"
    re.compile(rf"{_NUMBER}(?:\s+[-\u2013\u2014|/]|\s*:)\s+(?P<name>\S.*)", re.DOTALL),  # "100230 - Acme Foods Ltd"
)
_UNPARTED: Final = re.compile(
    r"#?(?P<number>(?P<letters>[A-Z]{0,3})-?\d{5,})\s+(?P<name>[^\s\u2013\u2014|/-].*)", re.DOTALL
)  # "V100230 Acme Foods Ltd"
"""Without a mark between them, a number may be the name's: "1200 Broadway"."""

_LETTER: Final = re.compile(r"[^\W\d_]")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")

# "1234567 Ontario Inc.": its number is all that such a company is called
_CALLED_BY_NUMBER: Final = re.compile(
    r"(?:ontario|canada|alberta|qu[eé]bec|manitoba|saskatchewan|b\.? ?c\.?|british columbia|nova scotia|new brunswick"
    r"|newfoundland.*|yukon|p\.?e\.?i\.?)\s+(?:inc|ltd|ltée|ltee|limited|limitée|corp|corporation|incorporated|ulc)\.?",
    re.IGNORECASE,
)


class _Parted(NamedTuple):
    name: str
    number: str
    letters: str


def without_numbers(columns: Mapping[str, list[str]], done: list[str]) -> dict[str, list[str]]:
    """Return the columns with names without a number, where nearly all have one and each another.

    The number is the account number, as "Vendor No." is, unless a column holds that: it is lost only where it is said.

    Args:
        columns: The cells of each field.
        done: Where to say what was done.
    """
    names = columns["name"]
    parted = _all_parted(names)
    if not parted or not _is_said_elsewhere(parted, columns):
        return dict(columns)
    read = {**columns, "name": [parted[cell].name if cell in parted else cell for cell in names]}
    said = "names are read without the number in them"
    if "account_number" not in columns:
        read["account_number"] = [parted[cell].number if cell in parted else "" for cell in names]
        said += ", which is the account number"
    done.append(said)
    return read


def _is_said_elsewhere(parted: Mapping[str, _Parted], columns: Mapping[str, Sequence[str]]) -> bool:
    """Whether the numbers are those of the column of account numbers, if there is one: a shop's number is another."""
    numbers = columns.get("account_number")
    if numbers is None:
        return True
    pairs = [
        (parted[name].number, number) for name, number in zip(columns["name"], numbers, strict=True) if name in parted
    ]
    return sum(one == other for one, other in pairs) * 2 > len(pairs)


def _all_parted(names: Sequence[str]) -> Mapping[str, _Parted]:
    """Return the name and number of each cell; nothing where a list only has a few such names ("3M 2000")."""
    few = list(islice(filter(None, names), _SAMPLE))
    for form in (*_FORMS, _UNPARTED):
        if 2 * len(_read(form, few)) <= len(set(few)):
            continue
        cells = set(filter(None, names))
        parted = _read(form, cells)
        if len(parted) >= max(_FEWEST, _NEARLY_ALL * len(cells)) and _number_them(parted.values(), form):
            return parted
    return {}


def _read(form: re.Pattern[str], cells: Iterable[str]) -> dict[str, _Parted]:
    found = ((cell, form.fullmatch(cell)) for cell in dict.fromkeys(cells))
    return {
        cell: _Parted(one["name"], one["number"], one["letters"])
        for cell, one in found
        if one is not None and _LETTER.search(one["name"]) and not _CALLED_BY_NUMBER.fullmatch(one["name"])
    }


def _number_them(parted: Iterable[_Parted], form: re.Pattern[str]) -> bool:
    """Whether numbers are those that somebody gave to partners: no years, no houses, no branches of a chain."""
    several = list(parted)
    numbers = {one.number for one in several}
    if len(numbers) < len(several) or all(map(_YEAR.fullmatch, numbers)):
        return False
    if 2 * len({one.name.casefold() for one in several}) <= len(several):  # "Walmart (1001)", "Walmart (1002)"
        return False
    letters = {one.letters for one in several}
    alike = letters != {""} or len(set(map(len, numbers))) == 1
    return form is not _UNPARTED or (len(letters) == 1 and alike)
