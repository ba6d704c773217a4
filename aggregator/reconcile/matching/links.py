"""Scored pairs and decisions, as the assignment takes them, and the pairs that chance would have to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.features.circumstances import circumstances_by_name
from aggregator.reconcile.matching.features.left_to_a_person import (
    left_to_a_person,
    taken_at_half_the_doubt,
    tied_firmly,
)
from aggregator.reconcile.matching.model.additive import probability_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from aggregator.reconcile.matching.in_context import InContext
    from aggregator.reconcile.matching.weighed import Weighed

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]
    Mask = npt.NDArray[np.bool_]

_TIE: Final = 0.05
"""Candidates whose log-odds are this close are as good as each other."""

LIKELY: Final = 0.5


@attrs.define(slots=True, kw_only=True, eq=False)
class Links:
    """What the assignment starts from.

    Attributes:
        left: Record of each scored pair.
        right: Record of each scored pair.
        probability: Of each pair.
        logit: Of each pair; finer than the probability near 1.
        asked: Of each pair whether only a person may join it.
        halved: Of each pair whether half the usual doubt keeps it from being joined without a person.
        tied: Of each pair whether something is the same that a business hardly shares with its neighbours.
        source: Source number of each record.
        house: Number of each record's house; records of one source that are one business share it.
        twin: The same, but that accounts of a house of which columns tell share it though a person parted them.
        large: Whether a record is of a house of which columns tell.
        must: Pairs a person joined.
        cannot: Pairs a person kept apart.
    """

    left: Ints
    right: Ints
    probability: Floats
    logit: Floats
    asked: Mask
    halved: Mask
    tied: Mask
    source: npt.NDArray[np.int32]
    house: Ints
    twin: Ints
    large: npt.NDArray[np.bool_]
    must: tuple[tuple[int, int], ...]
    cannot: frozenset[tuple[int, int]]


def linked(
    weighed: Weighed, context: InContext, must: Iterable[tuple[int, int]], cannot: frozenset[tuple[int, int]]
) -> Links:
    """Return scored pairs and decisions as the assignment takes them."""
    told = circumstances_by_name(weighed)
    return Links(
        left=weighed.left,
        right=weighed.right,
        probability=probability_of(context.logit),
        logit=context.logit,
        asked=left_to_a_person(told) | weighed.left_by_lists,
        halved=taken_at_half_the_doubt(told),
        tied=tied_firmly(told),
        source=weighed.source,
        house=context.house,
        twin=context.twin,
        large=context.houses.large,
        must=tuple(must),
        cannot=cannot,
    )


def tied(links: Links) -> npt.NDArray[np.bool_]:
    """Say which pairs have a rival as good as themselves that is another business: chance must not choose."""
    tie = np.zeros(links.left.size, bool)
    # Of two that are as good, both are as likely as not, or neither could be chosen.
    likely = np.flatnonzero(links.probability >= LIKELY)
    across = likely[links.source[links.left[likely]] != links.source[links.right[likely]]]
    for mine, theirs in ((links.left[across], links.right[across]), (links.right[across], links.left[across])):
        seat = mine * (int(links.source.max(initial=0)) + 1) + links.source[theirs]
        order = np.lexsort((theirs, -links.logit[across], seat))
        seats, scores = seat[order], links.logit[across][order]
        close = (seats[1:] == seats[:-1]) & (np.abs(scores[1:] - scores[:-1]) < _TIE)
        one, other = order[:-1][close], order[1:][close]
        apart = links.twin[theirs[one]] != links.twin[theirs[other]]
        tie[across[one[apart]]] = tie[across[other[apart]]] = True
    return tie
