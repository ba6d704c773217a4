"""In what two lists differ time and again: "Technical Institute of Sfax" and "Institut Supérieur Technique de Sfax".

A word more on one side is a doubt. Where the best pairs of two lists differ in the very same words several times over,
each time beside another name, it is how the lists write, and no other business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.batches import by_batches
from aggregator.reconcile.matching.features.alignment import LEAST_CREDIT, align
from aggregator.reconcile.matching.features.circumstances import CIRCUMSTANCES
from aggregator.reconcile.matching.pair_codes import mixed
from aggregator.reconcile.matching.reading.vocabulary import NUMBER, PLACE

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.features.alignment import Lexicon
    from aggregator.reconcile.matching.reading.names import Names

    Ints = npt.NDArray[np.int64]
    Codes = npt.NDArray[np.uint64]
    Floats = npt.NDArray[np.float64]

HABIT: Final = CIRCUMSTANCES.index("habit")
"""The column of the circumstances that says how many pairs differ likewise."""

_MOST: Final = 5
"""More other pairs than these say no more."""


@attrs.frozen(slots=True, kw_only=True, eq=False)
class Differences:
    """In what the names of some pairs differ.

    Attributes:
        words: The words of either side that the other lacks, as a code; 0 where there are none, or where they are no
            habit: numbers, and a place on both sides.
        rest: The words that both have, as a code; 0 where they have none.
    """

    words: Codes
    rest: Codes

    def at(self, places: Ints) -> Differences:
        """Those of some of the pairs."""
        return Differences(words=self.words[places], rest=self.rest[places])


def differences(names: Names, lexicon: Lexicon, left: Ints, right: Ints) -> Differences:
    """Say in what the names of each pair differ.

    Args:
        names: the names.
        lexicon: what their words are.
        left: row of each pair.
        right: row of each pair.
    """
    code = np.r_[mixed(np.arange(len(names.words), dtype=np.uint64)), np.uint64(0)]
    words, rest = np.zeros(left.size, np.uint64), np.zeros(left.size, np.uint64)

    def look(here: Ints) -> None:
        aligned = align(names, lexicon, left[here], right[here])
        sides = list(zip((aligned.left, aligned.right), aligned.credit, strict=True))
        lacking = [np.where((side >= 0) & (credit < LEAST_CREDIT), side, -1) for side, credit in sides]
        one, other = (code[side].sum(axis=0, dtype=np.uint64) for side in lacking)
        kinds = [lexicon.kind[side] for side in lacking]
        numbers = np.any([(kind == NUMBER).any(axis=0) for kind in kinds], axis=0)
        places = np.all([(kind == PLACE).any(axis=0) for kind in kinds], axis=0)
        told = ((one > 0) | (other > 0)) & ~numbers & ~places
        words[here] = np.where(told, mixed(one, other), np.uint64(0))
        rest[here] = sum(code[side].sum(axis=0, dtype=np.uint64) for side, _ in sides) - one - other

    by_batches(names, left, right, look)
    return Differences(words=words, rest=rest)


def leading(left: Ints, right: Ints, base: Floats, source: npt.NDArray[np.int32]) -> Ints:
    """Places of the pairs that are the best of both their records in the list of the other.

    Args:
        left: record of each pair; of another list than the right one.
        right: record of each pair.
        base: log-odds by names and columns.
        source: list of each record.
    """
    lists = int(source.max(initial=0)) + 1
    found = np.ones(left.size, bool)
    for mine, theirs in ((left, right), (right, left)):
        seat = mine * lists + source[theirs]
        best = np.full(source.size * lists, -np.inf)
        np.maximum.at(best, seat, base)
        found &= base == best[seat]
    return np.flatnonzero(found)


def likewise(told: Differences, left: Ints, right: Ints, source: npt.NDArray[np.int32]) -> npt.NDArray[np.int8]:
    """Count, for each of some leading pairs, the others of its two lists that differ in the same words; at most 5.

    Names that have the same rest count once: two records of one business are no habit.

    Args:
        told: in what they differ.
        left: record of each pair.
        right: record of each pair.
        source: list of each record.
    """
    usable = np.flatnonzero((told.words > 0) & (told.rest > 0))
    lists = source[left[usable]].astype(np.int64) * (int(source.max(initial=0)) + 1) + source[right[usable]]
    habit = mixed(told.words[usable], lists.astype(np.uint64))
    _, number = np.unique(habit, return_inverse=True)
    _, once = np.unique(mixed(habit, told.rest[usable]), return_index=True)
    counts = np.zeros(left.size, np.int8)
    counts[usable] = np.minimum(np.bincount(number[once])[number] - 1, _MOST) if usable.size else 0
    return counts
