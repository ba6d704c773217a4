"""What two records have in common and where they differ, in few words and quickly: for files with very many pairs.

The weights of the evidence are worked out pair by pair, by `explain`; here stands what they rest on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import define, field

from aggregator.reconcile.facts.fields import Values, compare_values, says_more, values_of
from aggregator.reconcile.facts.likeness import likenesses_in_words, listed
from aggregator.reconcile.folding import folded_words
from aggregator.reconcile.matching import Profile
from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.known_names import known_by_two_names

_SAME_NAME: Final = "same name"
_READ: Final = 200
"""Words of a name that are compared; a longer one is no name."""


@define
class Facts:
    """What pairs of these records have in common.

    Attributes:
        profiles: The records, by number.
    """

    profiles: Sequence[Profile]
    _read: dict[int, Mapping[str, Values]] = field(factory=dict)

    def of(self, left: Sequence[int], right: Sequence[int]) -> list[str]:
        """Return what the two records of each pair share and where they differ, parted by semicolons."""
        first = list(map(_compare_names, self._words(left), self._words(right)))
        doubtful = [place for place, words in enumerate(first) if words is None]
        closely = self._closely([left[place] for place in doubtful], [right[place] for place in doubtful])
        told = [next(closely) if words is None else words for words in first]
        unlike = [place for place, words in enumerate(told) if words != _SAME_NAME]
        known = known_by_two_names(*(self._names([side[place] for place in unlike]) for side in (left, right)))
        for number, business in known.items():
            told[unlike[number]] = f"both are known as {business}; {told[unlike[number]]}"
        for place, (one, other) in enumerate(zip(left, right, strict=True)):
            mine = self._values(one)
            if mine and (theirs := self._values(other)):
                told[place] = "; ".join((told[place], *compare_values(mine, theirs)))
        return told

    def _names(self, numbers: Sequence[int]) -> list[str]:
        return [self.profiles[number].name for number in numbers]

    def _words(self, numbers: Sequence[int]) -> list[list[str]]:
        return folded_words(self._names(numbers))

    def _closely(self, left: Sequence[int], right: Sequence[int]) -> Iterator[str]:
        """Compare names as the matcher reads them, which takes longer."""
        sides = map(self._names, (left, right))
        return likenesses_in_words(*(map(_words_of, names, fold_names(names)) for names in sides))

    def _values(self, number: int) -> Mapping[str, Values]:
        """What the other fields of a record say, read once for all of its pairs."""
        found = self._read.get(number)
        if found is None:
            profile = self.profiles[number]
            if not says_more(profile):
                return _NO_VALUES
            found = self._read[number] = values_of(profile)
        return found


def _words_of(name: str, folded_name: str) -> list[str]:
    """The words of a name as the matcher folds it, Korean forms as they are called in Korea: they share their signs."""
    if not name.isascii() and _KOREAN.search(name):
        for japanese, korean in _FORMS_IN_KOREA.items():
            folded_name = folded_name.replace(japanese, korean)
    return folded_name.split()


_KOREAN: Final = re.compile(r"[\uac00-\ud7a3]")
_FORMS_IN_KOREA: Final = {"kabushiki kaisha": "jusik hoesa", "yugen kaisha": "yuhan hoesa"}


_NO_VALUES: Final[Mapping[str, Values]] = {}


def _compare_names(one: list[str], other: list[str]) -> str | None:
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
