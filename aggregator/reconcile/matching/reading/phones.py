"""Telephone numbers as they are compared, however they are written, and several of them in one field."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import decimal

from aggregator.reconcile.matching.reading.placeholders import is_rounded

_CACHED: Final = 1 << 16

_FEWEST_DIGITS: Final = 6
"""Fewer are an extension, an area code or a fragment."""

_BETWEEN_PHONES: Final = re.compile(r"\s*[;|,\n\r]\s*|\s+&\s+|\s*/\s*")

_AREA_CODE: Final = re.compile(r"\D*(?:(?:\+|00)\d{1,3}[\s.-]*)?(?:\(0\)\s*)?\(?0?\d{1,5}\)?")
"""An area code, with a country code or the trunk zero in front: "+49 33203" and "033203" have six digits and more."""

_INTERNATIONAL: Final = re.compile(r"^\D*00\s*(?=[1-9])")

_REMARK: Final = re.compile(r"((?:\d[^\w#]*){7,}?)(?:[^\W\d_]|#).*", re.DOTALL)
"""Seven digits and a letter: a remark, an extension. Vanity numbers ("1-800-FLOWERS") have fewer before the letters."""

_READ_OF_A_PHONE: Final = 60
_READ_OF_A_FIELD: Final = 1000

# Whoever must fill in a field and knows no number counts up or down. Numbers 555-0100 to 555-0199 are kept for stories
# and forms; with an area code in front they stand in samples and test systems, where they do tell partners apart.
_COUNTED: Final = ("1234567890", "9876543210")
_MADE_UP: Final = re.compile(r"55501\d\d|5551234|5551212")
_OF_AMERICA: Final = frozenset({"", "1"})
"""In Iceland, numbers of seven digits with 555 in front are somebody's."""


def phone_parts(text: str) -> tuple[str, ...]:
    """Return the numbers in one field, as they are written: "030 / 7654321" is one, for an area code is no number."""
    text = text[:_READ_OF_A_FIELD]
    parts: list[str] = []
    start = 0
    for mark in _BETWEEN_PHONES.finditer(text):
        if _parts_numbers(text[start : mark.start()], mark[0], text[mark.end() :]):
            parts.append(text[start : mark.start()])
            start = mark.end()
    return tuple(part for part in (one.strip() for one in (*parts, text[start:])) if part)


def _parts_numbers(before: str, mark: str, behind: str) -> bool:
    if _digits_in(before) < _FEWEST_DIGITS:
        return False
    if "/" not in mark:
        return True
    of_its_own = behind[:1] in {"0", "+", "("}
    if mark == "/" and _digits_in(_BETWEEN_PHONES.split(behind, maxsplit=1)[0]) < _FEWEST_DIGITS:
        return False
    return of_its_own or _AREA_CODE.fullmatch(before.strip()) is None


def _digits_in(text: str) -> int:
    return sum(map(str.isdigit, text))


@lru_cache(maxsize=_CACHED)
def phone_digits(text: str, country: str | None) -> tuple[str, str]:
    """Return the country's calling code, "" where nobody says it, and the number within the country.

    Args:
        text: One number, as it was written; a remark or an extension behind it is not read.
        country: Two letters of the country that a number without a calling code is in.

    Returns:
        Two empty texts if this is no number, or one that stands where none is known.
    """
    if is_rounded(text):
        return _NO_PHONE
    bare = _REMARK.sub(r"\1", text[:_READ_OF_A_PHONE])
    if _digits_in(bare) < _FEWEST_DIGITS and not any(map(str.isalpha, bare)):
        return _NO_PHONE
    code, number = _parsed(_INTERNATIONAL.sub("+", bare), country) or ("", _plain_digits(bare))
    return _NO_PHONE if _tells_nothing(code, number) else (code, number)


_NO_PHONE: Final = ("", "")


def _parsed(text: str, country: str | None) -> tuple[str, str] | None:
    import phonenumbers  # noqa: PLC0415 - heavy, and most lists have no telephone numbers

    region = country.upper() if country and len(country) == 2 else None
    try:
        found = phonenumbers.parse(text, "GB" if region == "UK" else region)
    except phonenumbers.NumberParseException:
        return None
    return str(found.country_code), str(found.national_number)


def _plain_digits(text: str) -> str:
    return "".join(str(decimal(letter)) for letter in re.findall(r"\d", text)).lstrip("0")


def _tells_nothing(code: str, number: str) -> bool:
    return (
        len(number) < _FEWEST_DIGITS
        or len(set(number)) == 1
        or any(counted.startswith(digits) for counted in _COUNTED for digits in (number, code + number))
        or (code in _OF_AMERICA and _MADE_UP.fullmatch(number) is not None)
    )
