"""How alike two words are: a typo, a plural, an abbreviation, or different words."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np
from rapidfuzz.distance import OSA, LCSseq, Prefix
from rapidfuzz.process import cpdist

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

_LEAST: Final = 0.66
_MOST_EDITS: Final = 3
_BITS: Final = np.full(128, 1 << 36, np.uint64)
"""The bit of each ASCII character: one of its own for a letter or digit, none for the space."""
_BITS[[ord(letter) for letter in "abcdefghijklmnopqrstuvwxyz0123456789 "]] = [*(1 << place for place in range(36)), 0]
# No typing mistake comes to any of these, so that they say what a word lacks of the other.
_PLURAL: Final = 0.93
_ENDING: Final = 0.91
_LONGER_ENDING: Final = 0.89
_SHORTENED: Final = 0.71
_SKELETON: Final = 0.61
OF_AN_INITIAL: Final = 0.35
"""What a single letter is worth, which is no likeness of words."""


@attrs.frozen(slots=True, kw_only=True, eq=False)
class Letters:
    """What can be said of words without comparing them letter by letter.

    Attributes:
        masks: The letters and digits of each word as bits; all other characters share one.
        sizes: Letters of each word.
        first: Code of the first letter of each word, that of a space of an empty one.
    """

    masks: npt.NDArray[np.uint64]
    sizes: npt.NDArray[np.float32]
    first: npt.NDArray[np.uint8]

    def may_be_alike(self, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Say which pairs of words `word_credit` could give anything; it gives nothing to any other.

        An edit takes away at most one letter that only one of the words has, and a shortened word has no letter of its
        own.

        Args:
            left: numbers of words.
            right: numbers of as many words.
        """
        mine, theirs = self.masks[left], self.masks[right]
        own, own_other = mine & ~theirs, theirs & ~mine
        size, size_other = self.sizes[left], self.sizes[right]
        edits = np.maximum(np.maximum(_bits(own), _bits(own_other)), np.abs(size - size_other))
        typo = (edits <= _MOST_EDITS) & (edits <= (1.001 - _LEAST) * np.maximum(size, size_other))
        return np.asarray(typo | ((self.first[left] == self.first[right]) & ((own == 0) | (own_other == 0))))


def read_letters(words: Sequence[str]) -> Letters:
    """Read the letters of each word."""
    # Each word ends in a space, which has no bit, so that an empty one stands for something too.
    text = np.frombuffer(" ".join([*words, ""]).encode("ascii", "replace"), np.uint8)
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    start = np.cumsum(np.r_[0, sizes + 1])[:-1]
    return Letters(
        masks=np.bitwise_or.reduceat(_BITS[text], start) if len(words) else np.zeros(0, np.uint64),
        sizes=sizes.astype(np.float32),
        first=text[start],
    )


def _bits(masks: npt.NDArray[np.uint64]) -> npt.NDArray[np.int8]:
    """How many bits are set, counted to one more than the most edits."""
    count, left = np.zeros(masks.size, np.int8), masks
    for _ in range(_MOST_EDITS + 1):
        count += left != 0
        left = left & (left - np.uint64(1))
    return count


def word_credit(left: Sequence[str], right: Sequence[str]) -> npt.NDArray[np.float32]:
    """Say for each pair of different words how far one stands for the other, 0 to 1.

    Args:
        left: words.
        right: as many words.
    """
    if not left:
        return np.zeros(0, np.float32)
    one, other = list(left), list(right)
    edits = cpdist(one, other, scorer=OSA.distance, dtype=np.int32)
    begin = cpdist(one, other, scorer=Prefix.similarity, dtype=np.int32)
    sizes = [np.fromiter(map(len, words), np.int32, len(words)) for words in (one, other)]
    short, long = np.minimum(*sizes), np.maximum(*sizes)
    alike = 1 - edits / np.maximum(long, 1)
    typo = (alike >= _LEAST) & (edits <= _MOST_EDITS) & (long >= 4)
    credit = np.where(typo, 2 * alike - 1, 0.0)
    inside = begin == short
    # A skeleton keeps the first letter and drops others in order: "svcs", "mgmt", "grp".
    skeleton = (begin >= 1) & (short >= 3) & (short <= 0.7 * long) & (edits > 2)
    skeleton[skeleton] = _in_order(list(compress(one, skeleton)), list(compress(other, skeleton))) == short[skeleton]
    credit = np.where(skeleton, np.maximum(credit, _SKELETON), credit)
    credit = np.where(inside & (short == 1), OF_AN_INITIAL, credit)
    credit = np.where(inside & (short >= 3), np.maximum(credit, _SHORTENED), credit)
    ended = np.flatnonzero(inside & (short >= 4) & (edits <= 2))
    pairs = ((one[place], other[place]) for place in ended.tolist())
    plural = np.fromiter((a == f"{b}s" or b == f"{a}s" for a, b in pairs), bool, ended.size)
    ending = np.select([plural, edits[ended] == 1], [_PLURAL, _ENDING], _LONGER_ENDING)
    credit[ended] = np.maximum(credit[ended], ending)
    return credit.astype(np.float32)


def _in_order(one: list[str], other: list[str]) -> npt.NDArray[np.int32]:
    """How many letters each two words have in common in one order."""
    return cpdist(one, other, scorer=LCSseq.similarity, dtype=np.int32)


def cut(credit: npt.NDArray[np.float32]) -> npt.NDArray[np.int8]:
    """Say of the credit of words what one lacks of the other, the gravest by the highest code.

    0 nothing, or they are mistyped or strangers; 1 a last s; 2 another last letter; 3 two; 4 letters inside; 5 all
    after its beginning.
    """
    codes = np.zeros(credit.shape, np.int8)
    for code, step in enumerate((_PLURAL, _ENDING, _LONGER_ENDING, _SKELETON, _SHORTENED), start=1):
        codes[credit == np.float32(step)] = code
    return codes
