"""Which pairs are put to a person, and in which order: the ones whose answers teach most come first."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from attrs import frozen

from aggregator.reconcile.matching import Decision, PairTable
from aggregator.reconcile.matching.linked_groups import groups_of_pairs
from aggregator.reconcile.matching.links import Links
from aggregator.reconcile.matching.pair_codes import packed_each, packed_either_way
from aggregator.reconcile.matching.table import kept_apart

DOUBTED_BELOW: Final = 0.99
"""Matches less likely than this are put to a person too, after the pairs that the matcher left open."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@frozen(kw_only=True, eq=False)
class Questions:
    """Pairs that a person should look at, as columns, the one that teaches most first.

    Attributes:
        left: The record number of each pair.
        right: The other.
        teaches: In bits: the doubt about the pair itself, and the doubt about other pairs that its answer settles.
    """

    left: Ints
    right: Ints
    teaches: Floats

    @classmethod
    def none(cls) -> Questions:
        """No questions."""
        return cls(left=np.zeros(0, np.int64), right=np.zeros(0, np.int64), teaches=np.zeros(0))

    def __len__(self) -> int:
        return int(self.left.size)

    def pair(self, place: int) -> tuple[int, int]:
        """The record numbers of one question."""
        return int(self.left[place]), int(self.right[place])


def open_questions(table: PairTable, links: Links, unsure: frozenset[tuple[int, int]]) -> Questions:
    """Return the questions that are open.

    What follows from decisions is not asked: two records that are joined by way of a third, or kept apart by it.

    Args:
        table: The scored pairs as things stand.
        links: With the decisions.
        unsure: Pairs of record numbers that a person has looked at in vain.
    """
    looked_at = np.isin(packed_either_way(table.left, table.right), packed_each(unsure))
    left_open, matched = (table.decision == decision.code for decision in (Decision.REVIEW, Decision.MATCH))
    open_ones = left_open | (matched & (table.probability < DOUBTED_BELOW)) | looked_at
    places = np.flatnonzero(open_ones & ~_settled(table, links))
    left, right, probability = table.left[places], table.right[places], table.probability[places]
    teaches = _teaches(left, right, probability, len(links.source))
    order = np.lexsort((right, left, -teaches))
    return Questions(left=left[order], right=right[order], teaches=teaches[order])


def _settled(table: PairTable, links: Links) -> npt.NDArray[np.bool_]:
    """Which pairs decisions settle: both records are of one group that a person made, or of two kept apart."""
    group = groups_of_pairs(len(links.source), links.must)
    joined = group[table.left] == group[table.right]
    return np.asarray(joined | kept_apart(table.left, table.right, links))


def doubt(probability: Floats) -> Floats:
    """Return the entropy of a yes or no, in bits: 1 where both are as likely, 0 where one is sure."""
    likely = np.clip(probability, 1e-12, 1 - 1e-12)
    return np.asarray(-likely * np.log2(likely) - (1 - likely) * np.log2(1 - likely))


def _teaches(left: Ints, right: Ints, probability: Floats, records: int) -> Floats:
    """A yes (as likely as the pair) also settles the pairs that share one of its records."""
    doubts = doubt(probability)
    around = np.bincount(left, doubts, records) + np.bincount(right, doubts, records)
    return np.asarray(doubts + probability * (around[left] + around[right] - 2 * doubts))
