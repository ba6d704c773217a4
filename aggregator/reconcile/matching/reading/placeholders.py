"""What is written where there is nothing to say: "n/a", "-", "TBD", a number that has lost its digits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.vocabulary import load_list

_ONLY_X: Final = re.compile("x*")
_DIGIT: Final = re.compile("[1-9]")
"""But for a zero, which is also typed for an O, no placeholder has one."""
_LONGEST_PLACEHOLDER: Final = 24


@cache
def placeholders() -> Mapping[str, frozenset[str]]:
    """Return what is written where there is nothing to say, folded, by what it stands in the place of."""
    lists = load_list("placeholders.json")
    return {kind: frozenset(lists[kind]) for kind in ("words", "desks", "mailboxes", "domains")}


def says_nothing(text: str) -> bool:
    """Whether a field holds what platforms and people write where they know nothing: "n/a", "-", "TBD", "x"."""
    if len(text) > _LONGEST_PLACEHOLDER or _DIGIT.search(text):
        return False
    (words,) = fold_names([text])
    return words in placeholders()["words"] or _ONLY_X.fullmatch(words) is not None


_ROUNDED: Final = re.compile(r"\s*\d[.,]\d+e\+?\d+\s*", re.IGNORECASE)


def is_rounded(number: str) -> bool:
    """Whether a long number is as spreadsheets write it ("4.01E+12"): its digits are lost, as those of others are."""
    return _ROUNDED.fullmatch(number) is not None
