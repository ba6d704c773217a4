"""Which pairs are put to a person, and in which order: the ones whose answers teach most come first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from math import log2
from typing import Final

from attrs import frozen

from aggregator.reconcile import Reconciliation
from aggregator.reconcile.matching import Decision, ScoredPair

DOUBTED_BELOW: Final = 0.99
"""Matches less likely than this are put to a person too, after the pairs that the matcher left open."""

Pair = tuple[str, str]


@frozen(kw_only=True)
class Question:
    """A pair that a person should look at.

    Attributes:
        pair: The keys of the two entries.
        probability: That they are one business.
        joined: Whether they are joined as things stand.
        teaches: In bits: the doubt about the pair itself, and the doubt about other pairs that its answer settles.
    """

    pair: Pair
    probability: float
    joined: bool
    teaches: float


def questions(reconciliation: Reconciliation, decided: Collection[Pair] = ()) -> tuple[Question, ...]:
    """Return the questions that are open, the one that teaches most first.

    Args:
        reconciliation: How things stand.
        decided: Pairs, sorted, that a person has answered.
    """
    doubted = (pair for pair in reconciliation.matches if pair.probability < DOUBTED_BELOW)
    pairs = [pair for pair in (*reconciliation.review, *doubted) if sorted_pair(pair) not in decided]
    touching: dict[str, list[ScoredPair]] = defaultdict(list)
    for pair in pairs:
        touching[pair.left].append(pair)
        touching[pair.right].append(pair)
    found = [
        Question(
            pair=(pair.left, pair.right),
            probability=pair.probability,
            joined=pair.decision is Decision.MATCH,
            teaches=_teaches(pair, touching),
        )
        for pair in pairs
    ]
    return tuple(sorted(found, key=lambda one: (-one.teaches, one.pair)))


def sorted_pair(pair: ScoredPair) -> Pair:
    """Return the keys of a pair in the order in which decisions compare them."""
    return (min(pair.left, pair.right), max(pair.left, pair.right))


def doubt(probability: float) -> float:
    """Return the entropy of a yes or no, in bits: 1 where both are as likely, 0 where one is sure."""
    if probability <= 0 or probability >= 1:
        return 0.0
    return -probability * log2(probability) - (1 - probability) * log2(1 - probability)


def _teaches(pair: ScoredPair, touching: Mapping[str, list[ScoredPair]]) -> float:
    """A yes (as likely as the pair) also settles the pairs that share one of its records."""
    rivals = {id(one): one for key in (pair.left, pair.right) for one in touching[key] if one is not pair}
    return doubt(pair.probability) + pair.probability * sum(doubt(one.probability) for one in rivals.values())
