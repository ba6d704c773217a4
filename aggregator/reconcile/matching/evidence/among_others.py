"""What the other records make of a pair: its rivals, its house, and how many records of its two lists match."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import attrs
import numpy as np

from aggregator.reconcile.matching.evidence.sentences import (
    HALF_THE_DOUBT,
    ONLY_A_PERSON,
    context_sentence,
    house_sentence,
)
from aggregator.reconcile.matching.features.circumstance_codes import CIRCUMSTANCES
from aggregator.reconcile.matching.features.circumstances import all_circumstances
from aggregator.reconcile.matching.features.left_to_a_person import (
    at_half_the_doubt,
    left_to_a_person,
    taken_at_half_the_doubt,
)
from aggregator.reconcile.matching.model.additive import columns_of, probability_of
from aggregator.reconcile.matching.result import Evidence, Ground

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.in_context import InContext
    from aggregator.reconcile.matching.weighed import Weighed


@attrs.frozen(slots=True, kw_only=True)
class AmongOthers:
    """How a pair stands among the other records.

    Attributes:
        circumstances: One for each of CIRCUMSTANCES; None of a pair inside one source.
        logit: Its log-odds.
        added: What the other records add to these, all told.
        lift: How much of that is for its house, or for a record that vouches for both.
        share: What its two lists say of how many of their records match.
        likeness: How telling its likeness is beside that of pairs of one list.
        vouched: Whether a record of another list vouches for both.
        left_by_lists: Whether its two lists leave it to a person.
    """

    circumstances: tuple[int, ...] | None
    logit: float
    added: float = 0.0
    lift: float = 0.0
    share: float = 0.0
    likeness: int = 0
    vouched: bool = False
    left_by_lists: bool = False


def among_others(weighed: Weighed, context: InContext, places: npt.NDArray[np.int64]) -> list[AmongOthers]:
    """Return how the pairs at some places stand among the other records."""
    told = map(tuple, all_circumstances(weighed, places).tolist())
    inside = (weighed.source[weighed.left[places]] == weighed.source[weighed.right[places]]).tolist()
    columns = (
        context.logit[places],
        context.logit[places] - weighed.base[places],
        context.lift_of(places),
        context.share[places].astype(np.float64),
        context.likeness[places],
        np.isin(places, context.houses.vouched),
        weighed.left_by_lists[places],
    )
    return [
        AmongOthers(
            circumstances=None if of_one else circumstances,
            logit=logit,
            added=added,
            lift=lift,
            share=share,
            likeness=likeness,
            vouched=vouched,
            left_by_lists=left_by_lists,
        )
        for of_one, circumstances, logit, added, lift, share, likeness, vouched, left_by_lists in zip(
            inside, told, *(column.tolist() for column in columns), strict=True
        )
    ]


def reasons_of_others(pair: AmongOthers, match: float) -> tuple[Evidence, ...]:
    """Return what the other records make of a pair, in words.

    Args:
        pair: how it stands among them.
        match: the probability from which pairs are joined without a person.
    """
    rivals = pair.added - pair.lift
    told = context_sentence(pair.circumstances, rivals, pair.logit, share=pair.share, likeness=pair.likeness)
    return (
        Evidence(sentence=told + _left_out(pair, match), weight=rivals, ground=Ground.OTHERS),
        Evidence(sentence=house_sentence(vouched=pair.vouched), weight=pair.lift, ground=Ground.OTHERS),
    )


def _left_out(pair: AmongOthers, match: float) -> str:
    """Why a pair is not joined without a person though it is likely; empty if nothing but its probability decides."""
    if pair.circumstances is None or pair.logit <= 0:
        return ""
    asked, halved = _kept_from(pair.circumstances)
    if asked or pair.left_by_lists:
        return ONLY_A_PERSON
    return HALF_THE_DOUBT if halved and match <= _probability(pair.logit) < at_half_the_doubt(match) else ""


@cache
def _kept_from(circumstances: tuple[int, ...]) -> tuple[bool, bool]:
    told = columns_of(CIRCUMSTANCES, np.array([circumstances], np.float32))
    return bool(left_to_a_person(told)[0]), bool(taken_at_half_the_doubt(told)[0])


def _probability(logit: float) -> float:
    return float(probability_of(np.array([logit]))[0])
