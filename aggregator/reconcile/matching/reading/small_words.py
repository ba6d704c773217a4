"""Small words of names, which count for nothing, and those that look like such and tell names apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.reading.particles import telling_particles
from aggregator.reconcile.matching.reading.pinyin import telling_syllables
from aggregator.reconcile.matching.reading.vocabulary import STOP, vocabulary
from aggregator.reconcile.matching.reading.word_numbers import listed_kinds

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from aggregator.reconcile.matching.reading.flat_words import FlatWords
    from aggregator.reconcile.matching.reading.word_numbers import Index

TELLING_MARK: Final = "\N{PILCROW SIGN}"
"""Stands before a word that is no small one where it stands, until its kind is told."""

_BEFORE_INITIALS: Final = ("and", "the")
_TELLING_AT_FIRST: Final = ("am", "at", "au", "by", "im", "in", "on", "to")
"""Small words that tell a name which begins with them from others: "AM General", "AU Optronics", "ON Semiconductor"."""


def with_telling_marked(
    words: FlatWords,
    written: npt.NDArray[np.int32],
    spelt: Sequence[str],
    index: Index,
    in_china: npt.NDArray[np.bool_],
) -> FlatWords:
    """The words, of which those are marked that look like small ones and are none where they stand.

    "S & A Coffee" has an s, "Terminal A" an a, "AM General" an am, "Hangzhou Li Da" a da, and "Kraft Van Lines" a van.

    Args:
        words: the words, as they are read.
        written: the number of each as it is written; -1 for a phrase.
        spelt: every word as it is written.
        index: the words as they are read; takes new ones.
        in_china: of each name, whether its record is Chinese.
    """
    letters = np.fromiter((len(word) == 1 and word.isalpha() for word in spelt), bool, len(spelt))
    letter = np.r_[letters, False][written]
    opening = words.first & _among(words, _TELLING_AT_FIRST, index) & (written >= 0)
    small = (listed_kinds(index, vocabulary()) == STOP)[words.number]
    last = letter & words.last & ~words.first
    syllables = telling_syllables(words, written, spelt, small, in_china)
    particles = telling_particles(words, written, spelt)
    marked = np.flatnonzero((_initials(words, letter, index) | last | opening | syllables | particles) & small)
    numbers, place = np.unique(written[marked], return_inverse=True)
    number = words.number.copy()
    number[marked] = np.array([index[TELLING_MARK + spelt[one]] for one in numbers.tolist()], np.int32)[place]
    return attrs.evolve(words, number=number)


def _initials(words: FlatWords, letter: npt.NDArray[np.bool_], index: Index) -> npt.NDArray[np.bool_]:
    """Which single letters a name begins with, with nothing but "and" and "the" before and between them."""
    first = words.first
    other = ~(letter | _among(words, _BEFORE_INITIALS, index))
    others = np.cumsum(other)
    before = np.asarray(others - other)[first][np.cumsum(first) - 1]
    return np.asarray(letter & (others == before))


def _among(words: FlatWords, listed: Sequence[str], index: Index) -> npt.NDArray[np.bool_]:
    return np.isin(words.number, [index.get(word, -1) for word in listed])


def telling_words(words: FlatWords, kind: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Say which words count: all but the small ones, and those too where a name has nothing else.

    Args:
        words: the words.
        kind: of each word, by its number.
    """
    telling: npt.NDArray[np.bool_] = kind[words.number] != STOP
    if not telling.size:
        return telling
    count = np.bincount(words.row, weights=telling, minlength=int(words.row[-1]) + 1)
    return np.asarray(telling | (count[words.row] == 0))
