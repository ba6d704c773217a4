"""Account, tax and other numbers of a business as they are compared, however they are written.

Each reading forgives what its use can bear. All pass over case, and blanks and marks beside letters.

==================  =============  ============  ============  ============  =============
reading             A 7, A-007     1-12, 112     1-12, 11-2    LI-20, 20     LI-420, AR-420
==================  =============  ============  ============  ============  =============
`unparted`          two            one           two           two           two
`bare_identifier`   one            one           two           two           one
`plain_number`      one            two           two           two           two
`numbers_agree`     one            one           two           one           one
==================  =============  ============  ============  ============  =============

- `unparted` is the number as it was given, which weighs the most where two records share it.
- `bare_identifier` is what is left of it after many hands, and still weighs as proof.
- `plain_number` says that two partners have one number, which is called an error: no more is forgiven than what hardly
  ever tells numbers apart.
- `numbers_agree` says that the numbers of one partner do not contradict. A warning rests on it if they do, so that
  whatever may be a habit of writing is forgiven.

The first two are compared as texts, by which "112" cannot be one with "1-12" and "11-2", and these be two: `kept_apart`
says which numbers are to be told apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final
from unicodedata import category, decimal, normalize

from aggregator.reconcile.matching.reading.placeholders import is_rounded, says_nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Identifier = tuple[str, str]
"""A scheme, and a number in it."""


def unparted(value: str) -> str:
    """Return a number without what parts its digits: "DE 123 456 789" is "DE123456789"."""
    return re.sub(r"[\s./-]", "", value).upper() or value.strip()


_TAX: Final = re.compile(r"(?<=\d)(?:mwst|mva|tva|iva|vat|btw|moms)$")
"""What some countries write behind the number of a business that owes the tax: "CHE-123.456.788 MWST"."""

_TELLING_DIGITS: Final = 3
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
    bare = _TAX.sub("", _marked(value).replace("-", ""))
    digits = _IN_FRONT.sub("", bare)
    told = digits if len(digits) >= _TELLING_DIGITS or bare.isdecimal() else _LEADING_ZEROS.sub(r"\1", bare)
    return f"{scheme}:{told}" if told else ""


_IN_FRONT: Final = re.compile(r"^\D*[0-]*")
_LEADING_ZEROS: Final = re.compile(r"^(\D*)0+(?=\d)")
_BESIDE_LETTERS: Final = re.compile(r"(?<!\d)-|-(?!\d)")


def plain_number(value: str) -> str:
    """Return a number without leading zeros, with a hyphen wherever its digits are parted: "a7", "1-12"."""
    return _LEADING_ZEROS.sub(r"\1", _BESIDE_LETTERS.sub("", _marked(value)))


def numbers_agree(one: str, other: str) -> bool:
    """Whether two plain numbers may be one: letters in front, or what parts the digits, may be missing from either.

    Where both have letters in front, they may be each list's way of writing it, but of a short number: "LI-20" is no
    "AR-20".
    """
    if not ("-" in one and "-" in other):
        one, other = (_LEADING_ZEROS.sub(r"\1", number.replace("-", "")) for number in (one, other))
    bare, bare_other = (re.sub(r"^\D+", "", number) for number in (one, other))
    same = bare == bare_other and bare != ""
    return one == other or (same and (len(bare.replace("-", "")) >= _TELLING_DIGITS or bare in {one, other}))


def _marked(value: str) -> str:
    """A number in lower case, in any script, with one hyphen for all that stands between its letters and digits."""
    if value.isascii():  # nearly all are
        return re.sub(r"[^a-z0-9]+", "-", value.lower())
    # Full-width letters are the usual ones, and every script may have digits of its own.
    plain = normalize("NFKC", normalize("NFKC", value).casefold())
    return re.sub("-+", "-", "".join(map(_told, plain)))


def _told(one: str) -> str:
    if one.isdecimal():
        return str(decimal(one))
    # Without its vowel signs, which are marks, a word in Hindi is another.
    return one if one.isalnum() or category(one).startswith("M") else "-"


_OF_ONE_LENGTH: Final = frozenset({"vat", "tax_id", "duns", "gln", "lei"})
"""Numbers of registers have as many digits as they have, and run together to no other, wherever they are parted."""


def parted_digits(scheme: str, value: str) -> str:
    """Return where the digits of a number are parted, such as "1-12"; "" if nowhere, or where it does not matter."""
    if scheme in _OF_ONE_LENGTH or _PARTED.search(value) is None:
        return ""
    digits = _IN_FRONT.sub("", _BESIDE_LETTERS.sub("", _marked(value)))
    return digits if "-" in digits else ""


_PARTED: Final = re.compile(r"\d[\W_]+\d")


def parted_otherwise(scheme: str, one: str, other: str) -> bool:
    """Whether the digits of two numbers are parted, each elsewhere: "1-12" is no "11-2"."""
    mine = parted_digits(scheme, one)
    return mine != "" and parted_digits(scheme, other) not in {"", mine}


def kept_apart(numbers: Iterable[Identifier], read: Callable[[str, str], str]) -> Callable[[str, str], tuple[str, ...]]:
    """Return what reads a number as all that it may be, so that two which run together to one have nothing in common.

    Where lists hold both "1-12" and "11-2", each is itself alone, and "112" may be either; all others are one text.

    Args:
        numbers: all that are compared.
        read: how a number is read that runs together.
    """
    parted: dict[str, set[str]] = defaultdict(set)
    for scheme, value in numbers:
        if way := parted_digits(scheme, value):
            parted[read(scheme, value)].add(way)
    forked = {number: sorted(ways) for number, ways in parted.items() if len(ways) > 1}
    return lambda scheme, value: _may_be(forked, read(scheme, value), scheme, value)


def _may_be(forked: Mapping[str, list[str]], number: str, scheme: str, value: str) -> tuple[str, ...]:
    ways = forked.get(number)
    if ways is None:
        return (number,)
    mine = parted_digits(scheme, value)
    return (f"{number} {mine}",) if mine else (number, *(f"{number} {way}" for way in ways))


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
