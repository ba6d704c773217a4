"""Numbers that names write in several words or in letters as one word: "Twenty-First", "Sixty Six", "Triple A"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_TENS: Final = {
    "twenty": "2", "thirty": "3", "forty": "4", "fourty": "4", "fifty": "5", "sixty": "6", "seventy": "7",
    "eighty": "8", "ninety": "9",
}  # fmt: skip
_UNITS: Final = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8",
    "ninth": "9",
}  # fmt: skip

# Their last letters go first, by which the search can jump from one to the next.
_BETWEEN: Final = re.compile(
    "ty(?:" + "|".join(rf"(?<=\b{ten})" for ten in _TENS) + ")[ -]+(?=(?:" + "|".join(_UNITS) + ")(?![a-z0-9]))"
)
# "Triple A Roofing" is "AAA Roofing", and "The Double D" is "DD".
_TIMES: Final = tuple(
    (times, re.compile(rf"{word}(?:(?<=\n{word})|(?<=\nthe {word}))[ -]([a-z])(?= |\n)"))
    for word, times in (("double", 2), ("triple", 3))
)
_ORDINAL: Final = re.compile(r"(\d+)(?:st|nd|rd|th)")


def with_numerals_joined(lines: str) -> str:
    """Return lower-case names, one a line, with tens and units as one word, and letters as often as they are said."""
    joined = f"\n{_BETWEEN.sub('ty', lines)}\n"
    for times, letter in _TIMES:
        joined = letter.sub(r"\1" * times, joined)
    return joined[1:-1]


def digits_of(word: str) -> str | None:
    """Return the digits of a number of tens and units in one word, or of an ordinal; None if it is neither."""
    ordinal = _ORDINAL.fullmatch(word) if word[0].isdigit() else None
    return _spelt().get(word) if ordinal is None else ordinal[1]


@cache
def _spelt() -> Mapping[str, str]:
    return {ten + unit: tens + units for ten, tens in _TENS.items() for unit, units in _UNITS.items()}
