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
from aggregator.reconcile.matching.pair_codes import mixed
from aggregator.reconcile.matching.reading.vocabulary import NUMBER, PLACE

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.features.lexicon import Lexicon
    from aggregator.reconcile.matching.reading.names import Names

    Ints = npt.NDArray[np.int64]
    Numbers = npt.NDArray[np.int32]
    Codes = npt.NDArray[np.uint64]
    Floats = npt.NDArray[np.float64]
    Mask = npt.NDArray[np.bool_]

_MOST: Final = 5
"""More other pairs than these say no more."""

_TIMES: Final = 10
"""How many times as many pairs must differ so as names of either list have the words of the other: where one list has
both high schools and elementary schools, the one is not how the other list calls the other."""


@attrs.frozen(slots=True, kw_only=True, eq=False)
class Differences:
    """In what the names of some pairs differ.

    Attributes:
        words: The words of either side that the other lacks, as a code; 0 where there are none, or where they are no
            habit of writing: numbers, single letters, places and directions.
        rest: The words that both have, as a code; 0 where they have none.
        foreign: Names of either list that have the words which the other list has in their place, at the most.
    """

    words: Codes
    rest: Codes
    foreign: Numbers

    def at(self, places: Ints) -> Differences:
        """Those of some of the pairs."""
        return Differences(words=self.words[places], rest=self.rest[places], foreign=self.foreign[places])


def differences(names: Names, lexicon: Lexicon, source: Numbers, left: Ints, right: Ints) -> Differences:
    """Say in what the names of each pair differ.

    Args:
        names: the names.
        lexicon: what their words are.
        source: list of each record.
        left: row of each pair.
        right: row of each pair; of another list than the left one.
    """
    code = np.r_[mixed(np.arange(len(names.words), dtype=np.uint64)), np.uint64(0)]
    never = _never_habits(names, lexicon)
    found = Differences(
        words=np.zeros(left.size, np.uint64),
        rest=np.zeros(left.size, np.uint64),
        foreign=np.zeros(left.size, np.int32),
    )

    def look(here: Ints) -> None:
        aligned = align(names, lexicon, left[here], right[here])
        sides = list(zip((aligned.left, aligned.right), aligned.credit, strict=True))
        mine, theirs = (np.where((side >= 0) & (credit < LEAST_CREDIT), side, -1) for side, credit in sides)
        one, other = (code[side].sum(axis=0, dtype=np.uint64) for side in (mine, theirs))
        habit = ((one > 0) | (other > 0)) & ~(never[mine].any(axis=0) | never[theirs].any(axis=0))
        found.words[here] = np.where(habit, mixed(one, other), np.uint64(0))
        found.rest[here] = sum(code[side].sum(axis=0, dtype=np.uint64) for side, _ in sides) - one - other
        lists = (source[names.owner[rows[here]]] for rows in (right, left))
        held = [_held(lexicon.holders, side, there) for side, there in zip((mine, theirs), lists, strict=True)]
        found.foreign[here] = np.where((one > 0) & (other > 0), np.maximum(*held), 0)

    by_batches(names, left, right, look)
    return found


def _never_habits(names: Names, lexicon: Lexicon) -> Mask:
    """Words that tell businesses apart, however often one is where the other is; and one more, where there is none."""
    single = np.fromiter((len(word) == 1 for word in names.words), bool, len(names.words))
    return np.asarray(np.r_[single, False] | np.isin(lexicon.kind, (NUMBER, PLACE)) | lexicon.compass)


def _held(holders: npt.NDArray[np.int32], words: Numbers, lists: Numbers) -> npt.NDArray[np.int32]:
    """In how many names of a list the rarest of some words is: those that have all of them are no more."""
    counts = np.where(words >= 0, holders[lists[None], words], np.iinfo(np.int32).max)
    return np.asarray(counts.min(axis=0))


def leading(left: Ints, right: Ints, base: Floats, source: Numbers) -> Ints:
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


def likewise(told: Differences, left: Ints, right: Ints, source: Numbers) -> npt.NDArray[np.int8]:
    """Count, for each of some leading pairs, the others of its two lists that differ in the same words; at most 5.

    Names that have the same rest count once: two records of one business are no habit. Nor is it one where either list
    has the words of the other as well, of more than a tenth as many names.

    Args:
        told: in what they differ.
        left: record of each pair.
        right: record of each pair.
        source: list of each record.
    """
    counts = np.zeros(left.size, np.int8)
    usable = np.flatnonzero((told.words > 0) & (told.rest > 0))
    lists = source[left[usable]].astype(np.int64) * (int(source.max(initial=0)) + 1) + source[right[usable]]
    habit = mixed(told.words[usable], lists.astype(np.uint64))
    _, number = np.unique(habit, return_inverse=True)
    _, once = np.unique(mixed(habit, told.rest[usable]), return_index=True)
    times = np.bincount(number[once])[number] if usable.size else number
    counts[usable] = np.where(times >= _TIMES * told.foreign[usable], np.minimum(times - 1, _MOST), 0)
    return counts
