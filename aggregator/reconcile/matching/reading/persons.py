"""Names of persons with a degree or a title: "SMITH, JOHN A MD" and "Dr. John A. Smith" are one person."""

from __future__ import annotations

import re
from typing import Final

import attrs
from rapidfuzz.distance import JaroWinkler

_DEGREES: Final = frozenset(
    {"md", "do", "dds", "dmd", "dpm", "np", "pa", "pac", "od", "phd", "esq", "dvm", "dc", "rn", "pc", "dr"}
)
"""What says that a name is a person's, or that one practises alone, and nothing of which."""

_TITLE: Final = re.compile(r"^dr\.? ", re.IGNORECASE)
_DEGREE: Final = re.compile(
    r"[ ,](?:m\.?d|d\.?o|d\.?d\.?s|d\.?m\.?d|d\.?p\.?m|n\.?p|p\.?a-c|o\.?d|ph\.?d|esq)\.?(?:[ ,]+p\.?[ac]\.?)?$",
    re.IGNORECASE,
)
"""At the end of a name, where "Banco do Brasil" has none."""

_ENDS: Final = frozenset(
    {"md", "do", "ds", "pm", "np", "ac", "od", "hd", "sq", "pa", "pc", ".d", ".o", ".s", ".m", ".p", ".a", ".c", "-c"}
)
"""The last two signs of what a degree may be, by which most names are passed over without a search."""

_LONGEST: Final = 3
"""Words of a person's name: more are those of a practice."""

_ALIKE: Final = 0.9
"""Likeness from which on a surname is misspelt, and no other."""

_SHORT: Final = {
    "bill": "william", "billy": "william", "will": "william", "bob": "robert", "bobby": "robert", "rob": "robert",
    "mike": "michael", "steve": "stephen", "steven": "stephen", "jim": "james", "jimmy": "james", "jack": "john",
    "jon": "john", "dick": "richard", "rick": "richard", "liz": "elizabeth", "beth": "elizabeth", "betty": "elizabeth",
    "peggy": "margaret", "maggie": "margaret", "kathy": "katherine", "cathy": "katherine", "kate": "katherine",
    "tony": "anthony", "ted": "edward", "chuck": "charles", "sue": "susan", "jenny": "jennifer", "peg": "margaret",
}  # fmt: skip


@attrs.frozen(slots=True, kw_only=True)
class PersonName:
    """A person as a register of practitioners names one.

    Attributes:
        surname: In small letters.
        given: The first given name, or its initial.
        sure: Whether a degree says that it is a person: "Dr. Falk Pharma" is none.
    """

    surname: str
    given: str
    sure: bool


def person_of(name: str) -> PersonName | None:
    """Return whom a name with a degree or a title names; None of any other name."""
    name = name.strip()
    if name.rstrip(".")[-2:].lower() not in _ENDS and name[:2].lower() != "dr":
        return None
    sure = bool(_DEGREE.search(name))
    if not sure and not _TITLE.search(name):
        return None
    parts = [_words(part) for part in name.split(",")]
    parts = [part for part in parts if part]
    words = [word for part in parts for word in part]
    if not 1 < len(words) <= _LONGEST or not all(word.isalpha() for word in words):
        return None
    turned = (len(parts) > 1 and len(parts[0]) == 1) or len(words[-1]) == 1
    surname, given = (words[0], words[1]) if turned else (words[-1], words[0])
    return PersonName(surname=surname, given=given, sure=sure)


def _words(text: str) -> list[str]:
    """Return the words of a part of a name that are no degree."""
    words = text.lower().replace(".", "").replace("-", "").split()
    return [word for word in words if word not in _DEGREES]


def are_two(one: PersonName, other: PersonName) -> bool:
    """Say whether two names are those of two persons, by surname or by given name."""
    one_name = _one_surname(one.surname, other.surname) and _one_given_name(one.given, other.given)
    return (one.sure or other.sure) and not one_name


def _one_surname(one: str, other: str) -> bool:
    return one in other or other in one or JaroWinkler.normalized_similarity(one, other) >= _ALIKE


def _one_given_name(one: str, other: str) -> bool:
    short, long = sorted((_SHORT.get(one, one), _SHORT.get(other, other)), key=len)
    stem = short[:-1] if len(short) > 2 else short
    return long.startswith(stem) and (len(short) < len(long) or short == long)
