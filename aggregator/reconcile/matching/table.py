"""Scored pairs with what became of them: a person's decisions put in, and what is not worth keeping left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.batches import batches
from aggregator.reconcile.matching.linked_groups import groups_of_pairs, two_columns
from aggregator.reconcile.matching.pair_codes import packed, packed_each, packed_either_way, unpacked
from aggregator.reconcile.matching.result import Decision, PairTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from aggregator.reconcile.matching.links import Links
    from aggregator.reconcile.matching.model.shipped import Model

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

KEPT: Final = 0.05
"""Probability below which a pair is not worth keeping."""

_NO, _REVIEW, _MATCH = (np.int8(one.code) for one in (Decision.NO, Decision.REVIEW, Decision.MATCH))


def pair_table(links: Links, home: Ints, model: Model) -> PairTable:
    """Return the pairs worth knowing of, likeliest first.

    Args:
        links: scored pairs and decisions.
        home: the cluster of each record.
        model: the thresholds.
    """
    left, right, probability = _decided(links)
    decision = np.where(probability >= model.review, _REVIEW, _NO)
    for here in batches(decision.size):
        decision[here][home[left[here]] == home[right[here]]] = _MATCH
    if links.cannot:
        decision[kept_apart(left, right, links)] = _NO
    kept = np.flatnonzero((probability >= KEPT) | (decision == _MATCH))
    order = kept[np.lexsort((right[kept], left[kept], -probability[kept]))]
    return PairTable(left=left[order], right=right[order], probability=probability[order], decision=decision[order])


def kept_apart(left: Ints, right: Ints, links: Links) -> npt.NDArray[np.bool_]:
    """Say of pairs whether a person keeps them apart: the two records, or others that the person joined with them.

    Args:
        left: record of each pair.
        right: record of each pair.
        links: with the decisions.
    """
    group = groups_of_pairs(len(links.source), links.must)
    one, other = two_columns(links.cannot)
    return np.isin(packed_either_way(group[left], group[right]), packed_either_way(group[one], group[other]))


def _decided(links: Links) -> tuple[Ints, Ints, Floats]:
    """The scored pairs with a person's decisions put in: 1 or 0, and joined pairs that were no candidates added."""
    said = _said({*links.must, *links.cannot})
    if not said.size:
        return links.left, links.right, links.probability
    other = np.flatnonzero(~np.isin(packed(links.left, links.right), said))
    one, another = unpacked(said)
    return (
        np.r_[links.left[other], one],
        np.r_[links.right[other], another],
        np.r_[links.probability[other], (~np.isin(said, _said(links.cannot))).astype(float)],
    )


def _said(pairs: Iterable[tuple[int, int]]) -> Ints:
    return np.sort(packed_each(pairs))
