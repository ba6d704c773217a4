"""Account, tax and other numbers of a business as they are compared, however they are written."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category, decimal, normalize

from aggregator.reconcile.matching.reading.placeholders import is_rounded, says_nothing


def unparted(value: str) -> str:
    """Return a number without what parts its digits: "DE 123 456 789" is "DE123456789"."""
    return re.sub(r"[\s./-]", "", value).upper() or value.strip()


_TAX: Final = re.compile(r"(?<=\d)(?:mwst|mva|tva|iva|vat|btw|moms)$")
"""What some countries write behind the number of a business that owes the tax: "CHE-123.456.788 MWST"."""

TELLING_DIGITS: Final = 3
"""So many digits are a number by themselves; of fewer, the letters in front are a part: "V-1" is no "K-1"."""

_FILLED_UP: Final = 5
"""So many digits that are all the same fill up a field; "777" and "9999" may be numbers."""


def is_filler(value: str) -> bool:
    """Whether a number is none, but what somebody typed to get on: "n/a", "000", "99999999"; or lost its digits."""
    plain = value.strip().lower()
    letters = set(plain) - set(" -./")
    filled = letters <= {"0"} or (len(letters) == 1 and len(plain) >= _FILLED_UP)
    return filled or not any(map(str.isalnum, plain)) or is_rounded(plain) or says_nothing(value)


def bare_identifier(scheme: str, value: str) -> str:
    """Return a number without its prefix letters, separators and leading zeros, with its scheme; "" if that is all."""
    bare = _TAX.sub("", _letters_and_digits(value))
    digits = re.sub(r"^\D*0*", "", bare)
    told = digits if len(digits) >= TELLING_DIGITS or bare.isdecimal() else bare
    return f"{scheme}:{told}" if told else ""


def _letters_and_digits(value: str) -> str:
    """What a number is made of, in any script, in lower case: all else may be written or not."""
    if value.isascii():  # nearly all are
        return re.sub(r"[^a-z0-9]", "", value.lower())
    # Full-width letters are the usual ones, and every script may have digits of its own.
    plain = normalize("NFKC", normalize("NFKC", value).casefold())
    return "".join(str(decimal(one)) if one.isdecimal() else one for one in plain if _is_told(one))


def _is_told(one: str) -> bool:
    """Whether it is a letter, a digit, or a mark on one: without its vowel signs, a word in Hindi is another."""
    return one.isalnum() or category(one).startswith("M")


_OF_A_COUNTRY: Final = re.compile(r"[A-Z]{2}(?=[A-Z]?\d)")
"""The letters of a country that a VAT number begins with: "DE811569869", "ATU12345678"."""


def registered_number(scheme: str, value: str) -> str:
    """Return a number of which a business has one alone, with who gave it; "" for any other.

    Those are an LEI, and the VAT number of a country. A tax number is of one office or another, DUNS and GLN of a site.
    """
    number = unparted(value)
    if scheme == "lei":
        return f"lei:{number}"
    country = _OF_A_COUNTRY.match(number) if scheme == "vat" else None
    return f"vat {country[0]}:{bare_identifier(scheme, value)}" if country else ""
