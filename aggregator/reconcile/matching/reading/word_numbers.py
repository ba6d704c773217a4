"""One number for each word of the names, whichever of its spellings a name has."""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
from rapidfuzz.distance import OSA

from aggregator.reconcile.matching.reading.numerals import digits_of
from aggregator.reconcile.matching.reading.vocabulary import CORE, Vocabulary, vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Sequence

    import numpy.typing as npt

_LONG: Final = 8
"""Letters of a listed word that is told even when it is misspelt; a shorter one is too near to other words."""
_LONG_FORM: Final = 7
"""The same of a legal form: "Copmany", "Limitted"."""
_BEGUN: Final = 10
_LACKED: Final = 3
"""Fewest letters of the beginning of a listed spelling that is told, and of what it lacks: "Telekommunik"."""
_ALIKE: Final = 6
"""Letters, from which on a word begins as its listed one does, and is compared with it as it stands."""
_BEFORE: Final = 3
_ENDING: Final = 6
"""Fewest letters of a listed word at the end of another, and of what stands before it."""
_INFLECTION: Final = 2
_INITIALS: Final = 2
"""Letters of an abbreviation that stands in front of a word as initials do: "WH", "St"."""
# "Müller" is folded to "muller", and many write "Mueller"; "Aarhus" is "Århus".
_DIGRAPH: Final = re.compile("(?<=[aou])e|(?<=a)a")
_DIGRAPH_LEAST: Final = 5


class Index(dict[str, int]):
    """The number of each word, in the order in which they are first asked for."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


def numbers_of(words: Sequence[str]) -> npt.NDArray[np.int32]:
    """Return the number of each of very many words, in the order in which they first stand."""
    number = {word: place for place, word in enumerate(dict.fromkeys(words))}
    return np.fromiter(map(number.__getitem__, words), np.int32, len(words))


def among(words: Collection[str], known: Container[str]) -> npt.NDArray[np.bool_]:
    """Say which of very many words are known."""
    return np.fromiter(map(known.__contains__, words), bool, len(words))


def listed_kinds(words: Collection[str], shipped: Vocabulary) -> npt.NDArray[np.uint8]:
    """Return the kind that each word is listed with."""
    return np.fromiter(map(shipped.kinds.get, words, itertools.repeat(CORE)), np.uint8, len(words))


class Spellings(dict[str, int]):
    """The number of each word by any of its spellings, looked up once for each.

    Args:
        index: takes the words.
        known: words that are spelt rightly, and so are no other word misspelt.
    """

    def __init__(self, index: Index, known: Container[str]) -> None:
        super().__init__()
        self._index, self._same, self._known = index, vocabulary().same, known

    def __missing__(self, word: str) -> int:
        self[word] = number = self._index[self._listed(word)]
        return number

    def _listed(self, word: str) -> str:
        same = self._same.get(word)
        if same is not None or word in self._known or word in _words_of_phrases():
            return same or word
        if word[0] == "0" and word.isdigit():  # "Store 01723" is "Store #1723"
            return word.lstrip("0") or "0"
        return digits_of(word) or _meant(word) or _begun(word) or self._inflected(word)

    def _inflected(self, word: str) -> str:
        """The word with a listed one at its end in its listed number: "Biotechnologies" is "Biotechnology"."""
        for begin in range(_BEFORE, len(word) - _ENDING + 1):
            ending = word[begin:]
            listed = self._same.get(ending, ending)
            # Not another language's, and no abbreviation's: "Lebensversicherung" is not "Lebensinsurance".
            if listed != ending and _inflected(listed, ending, _ENDING - 1):
                return word[:begin] + listed
        return word


def _inflected(listed: str, word: str, opening: int) -> bool:
    """Whether two spellings open alike and have as good as the same length, so that neither abbreviates the other."""
    return abs(len(listed) - len(word)) <= _INFLECTION and listed.startswith(word[:opening])


@cache
def spellings_in_one() -> dict[str, tuple[str, ...]]:
    """Other spellings of each listed word that stand in a word made of two: "GameStop", "FirstData", "WHSmith".

    Longer abbreviations do not: "MedTech" is a name, and no "Medical Technology".
    """
    found: dict[str, tuple[str, ...]] = {}
    for word, listed in sorted(vocabulary().same.items()):
        if len(word) == _INITIALS or listed.isdigit() or _inflected(listed, word, len(word) - 1):
            found[listed] = (*found.get(listed, ()), word)
    return found


def _meant(word: str) -> str | None:
    """The listed word that a word is a misspelling of: one letter more, less, other, or two exchanged.

    The first two letters and the last are right: "Technica" is a brand, and no misspelt "Technical".
    """
    near = _misspelt().get(_edges(word), {})
    for shorter in _shorter(word) if near else ():
        for meant in near.get(shorter, ()):
            if OSA.distance(word, meant, score_cutoff=1) <= 1:
                return vocabulary().same.get(meant, meant)
    return None


def _begun(word: str) -> str | None:
    """The one listed word that begins as another word does in one of its spellings, and not in its own.

    "Telekommunik", which its list cut, is no beginning of "Telecommunications".
    """
    behind = _long_spellings().get(word[:_BEGUN], ())
    long = (one for one in behind if one.startswith(word) and len(one) >= len(word) + _LACKED)
    found = {vocabulary().same[one] for one in long}
    listed = found.pop() if len(found) == 1 else word
    return None if listed.startswith(word[:_ALIKE]) else listed


@cache
def _long_spellings() -> dict[str, tuple[str, ...]]:
    """The long spellings of listed words by what they begin with."""
    found: dict[str, tuple[str, ...]] = {}
    for word in vocabulary().same:
        if word.isalpha() and len(word) >= _BEGUN + _LACKED:
            found[word[:_BEGUN]] = (*found.get(word[:_BEGUN], ()), word)
    return found


def _shorter(word: str) -> Iterable[str]:
    """The word, and the word less any one letter but the first two."""
    return dict.fromkeys((word, *(word[:place] + word[place + 1 :] for place in range(2, len(word)))))


def _edges(word: str) -> str:
    """The first two letters of a word and the last."""
    return word[:2] + word[-1]


@cache
def _words_of_phrases() -> frozenset[str]:
    """Words of listed phrases, which are spelt rightly: "limitata" of an Italian form is no misspelt "limitada"."""
    return frozenset(word for phrase in vocabulary().phrases for word in phrase)


@cache
def _misspelt() -> dict[str, dict[str, tuple[str, ...]]]:
    """By its edges, which are seldom wrong, each long listed word under itself less any one letter."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for word in _long_words(vocabulary()):
        here = found.setdefault(_edges(word), {})
        for shorter in _shorter(word):
            here[shorter] = (*here.get(shorter, ()), word)
    return found


def _long_words(shipped: Vocabulary) -> list[str]:
    forms = {word for word in shipped.forms if word.isalpha() and len(word) >= _LONG_FORM}
    canonical = {word for word in shipped.same.values() if word.isalpha() and len(word) >= _LONG}
    return sorted(forms | canonical)


def without_digraphs(word: str) -> str:
    """Return a word with each umlaut that is spelled out as the one letter that it is folded to."""
    return _DIGRAPH.sub("", word)


def unumlauted(index: Index, known: Container[str]) -> npt.NDArray[np.int32] | None:
    """For each word number the number of its spelling without digraphs, where the lists have that too, else None.

    Args:
        index: the words of the lists.
        known: words that are spelt rightly.
    """
    forms = vocabulary().forms
    meant = np.arange(len(index), dtype=np.int32)
    bare_words = without_digraphs("\n".join(index)).split("\n")  # as one, for that is far quicker
    for (word, number), bare in zip(index.items(), bare_words, strict=False):
        if len(bare) < len(word) and len(word) > _DIGRAPH_LEAST and word not in known and word not in forms:
            meant[number] = index.get(bare, number)
    return meant if (meant != np.arange(len(index))).any() else None
