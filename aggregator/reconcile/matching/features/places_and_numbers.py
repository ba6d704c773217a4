"""Whether the places and the numbers in two names agree, or which of them a name lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.features.alignment import LEAST_CREDIT
from aggregator.reconcile.matching.reading.vocabulary import NUMBER, PLACE

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.features.alignment import Alignment
    from aggregator.reconcile.matching.features.lexicon import Lexicon


def _lacking(
    lexicon: Lexicon, aligned: Alignment, kind: int
) -> tuple[npt.NDArray[np.bool_], list[npt.NDArray[np.bool_]]]:
    """Whether either side has a word of the kind; and for each side, (words, n), which of these the other lacks."""
    mine, theirs = (lexicon.kind[words] == kind for words in (aligned.left, aligned.right))
    lacks = [of_kind & (credit < LEAST_CREDIT) for of_kind, credit in zip((mine, theirs), aligned.credit, strict=True)]
    return mine.any(axis=0) | theirs.any(axis=0), lacks


def relation_of_places(
    lexicon: Lexicon,
    aligned: Alignment,
    left: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
    abbreviated: npt.NDArray[np.bool_],
) -> npt.NDArray[np.int8]:
    """0 neither side has a place, 1 all agree, 2 one side has more, 3 each has one that the other lacks.

    4 says of them that a direction is among those that are lacking: "Saint Francis Hospital South".

    Args:
        lexicon: the words.
        aligned: the pairs.
        left: (n,) the names of one side.
        right: (n,) those of the other.
        abbreviated: (n,) whether one name is nothing but the initials of the other.
    """
    some, (mine, theirs) = _lacking(lexicon, aligned, PLACE)
    sides = ((aligned.left, aligned.credit[0], mine, left), (aligned.right, aligned.credit[1], theirs, right))
    way = np.logical_or.reduce([_other_way(lexicon, *side, abbreviated) for side in sides])
    found = np.where(some, 1 + mine.any(axis=0).astype(np.int8) + theirs.any(axis=0), 0)
    return np.where(way, 4, found).astype(np.int8)


def _other_way(
    lexicon: Lexicon,
    words: npt.NDArray[np.int32],
    credit: npt.NDArray[np.float32],
    lacks: npt.NDArray[np.bool_],
    rows: npt.NDArray[np.int64],
    abbreviated: npt.NDArray[np.bool_],
) -> npt.NDArray[np.bool_]:
    """Whether the other side lacks a direction other than a region's or an account's.

    "Acme North America" and "Acme US West" say where Acme sells, and "Acme Inc. West" which account it is; "Saint
    Francis Hospital South" is another hospital. "SAB" lacks no direction of "South African Breweries", whose initials
    it is; that of a last word may be missing among these.

    Args:
        lexicon: the words.
        words: (words, n) those of this side.
        credit: (words, n) how far each finds its like.
        lacks: (words, n) which of these are places that the other side lacks.
        rows: (n,) the names.
        abbreviated: (n,) whether one name is nothing but the initials of the other.
    """
    way = lacks & lexicon.compass[words]
    way[:-1] &= ~abbreviated | (words[1:] < 0)
    region = lexicon.parted[words] & (credit < LEAST_CREDIT)
    way[:-1] &= ~region[1:]
    way[1:] &= ~region[:-1]
    return way.any(axis=0) & ~lexicon.account[rows]


_LONG: Final = 3
"""Digits of a number that stands for a shop or a site more often than for one of a series."""


def relation_of_numbers(
    lexicon: Lexicon, aligned: Alignment, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]
) -> npt.NDArray[np.int8]:
    """0 no numbers, 1 all agree, 2 one side has that of a shop more, 3 another one more, 4 each has one of its own."""
    some, lacking = _lacking(lexicon, aligned, NUMBER)
    mine, theirs = (lacks.any(axis=0) for lacks in lacking)
    short = [
        (lacks & (lexicon.letters.sizes[words] < _LONG)).any(axis=0) & ~lexicon.branch[rows]
        for words, lacks, rows in zip((aligned.left, aligned.right), lacking, (left, right), strict=True)
    ]
    known = [~some, mine & theirs, short[0] | short[1], mine | theirs]
    return np.select(known, [0, 4, 3, 2], 1).astype(np.int8)
