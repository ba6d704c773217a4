"""What the names of many pairs have in common and where they differ, in few words and quickly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from aggregator.reconcile.facts.likeness import likenesses_in_words, listed
from aggregator.reconcile.folding import folded_words
from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.known_names import known_by_two_names

_SAME_NAME: Final = "same name"
_READ: Final = 200
"""Words of a name that are compared; a longer one is no name."""


def compare_names(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """Return what the two names of each pair share and where they differ."""
    told = list(map(_compare, folded_words(one), folded_words(other)))
    doubtful = [place for place, words in enumerate(told) if words is None]
    closely = compare_closely([one[place] for place in doubtful], [other[place] for place in doubtful])
    return [next(closely) if words is None else words for words in told]


def compare_closely(one: Sequence[str], other: Sequence[str], *, may_join: bool = True) -> Iterator[str]:
    """Yield the same by the names as the matcher reads them, which takes longer.

    Args:
        one: The first name of each pair.
        other: The second.
        may_join: Whether several words may be one.
    """
    mine, theirs = (map(_words_of, names, fold_names(names)) for names in (one, other))
    return likenesses_in_words(mine, theirs, may_join=may_join)


def with_known(told: list[str], one: Sequence[str], other: Sequence[str]) -> list[str]:
    """Return what is told of each pair, and of a well-known business by two of its names that it is that one."""
    unlike = [place for place, words in enumerate(told) if words != _SAME_NAME]
    known = known_by_two_names(*([names[place] for place in unlike] for names in (one, other)))
    for number, business in known.items():
        told[unlike[number]] = f"both are known as {business}; {told[unlike[number]]}"
    return told


def _words_of(name: str, folded_name: str) -> list[str]:
    """The words of a name as the matcher folds it, Korean forms as they are called in Korea: they share their signs."""
    if not name.isascii() and _KOREAN.search(name):
        for japanese, korean in _FORMS_IN_KOREA.items():
            folded_name = folded_name.replace(japanese, korean)
    return folded_name.split()


_KOREAN: Final = re.compile(r"[\uac00-\ud7a3]")
_FORMS_IN_KOREA: Final = {"kabushiki kaisha": "jusik hoesa", "yugen kaisha": "yuhan hoesa"}


def _compare(one: list[str], other: list[str]) -> str | None:
    """Say what two names have in common; None if each has words of its own, so that a closer look is due."""
    if one == other:
        return _SAME_NAME
    return _compare_words(list(dict.fromkeys(one))[:_READ], list(dict.fromkeys(other))[:_READ])


def _compare_words(one: list[str], other: list[str]) -> str | None:
    if one == other:
        return _SAME_NAME
    shared = [word for word in one if word in other]
    if len(shared) == len(one) == len(other):
        return "same name in another order"
    if not shared or len(one) > len(shared) < len(other):
        return None
    only = [word for word in (*one, *other) if word not in shared]
    return f"{listed('same words', shared)}; {listed('only left' if len(one) > len(shared) else 'only right', only)}"
