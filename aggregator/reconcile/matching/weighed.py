"""Candidate pairs as names and columns weigh them, and what their rivals and their lists make of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.prior import prior_shift
from aggregator.reconcile.matching.rivals import context_columns, standings

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from aggregator.reconcile.matching.shipped import Model

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]
    Twins = frozenset[tuple[int, int]]

_BLOCK: Final = 65_536
"""Pairs placed among their rivals at a time, which bounds the memory."""


@attrs.frozen(slots=True, kw_only=True, eq=False)
class Weighed:
    """Candidate pairs before they are placed among their rivals: all that it takes to tell businesses apart anew.

    Args:
        source: source number of each record.
        left: record of each pair, the lower number.
        right: record of each pair.
        base: log-odds by names and columns.
        names: log-odds by the names alone.
        circumstances: what kind of pair it is, one column for each of CIRCUMSTANCES.
    """

    source: npt.NDArray[np.int32]
    left: Ints
    right: Ints
    base: Floats
    names: npt.NDArray[np.floating]
    circumstances: npt.NDArray[np.int8]


def in_context(weighed: Weighed, model: Model, cannot: Twins = frozenset()) -> tuple[Floats, Twins]:
    """Return the calibrated log-odds of each pair, and the pairs of records of one source that are duplicates.

    Args:
        weighed: the pairs.
        model: the coefficients.
        cannot: pairs a person kept apart; of one source, they are rivals and no duplicates.
    """
    inside = weighed.source[weighed.left] == weighed.source[weighed.right]
    logit = weighed.base.copy()
    logit[inside] += model.within
    twins = _doubles(weighed, inside, logit) - cannot
    across = np.flatnonzero(~inside)
    left, right, base = weighed.left[across], weighed.right[across], weighed.base[across]
    standing = standings(left, right, base, weighed.source, twin_groups(len(weighed.source), twins))
    for start in range(0, across.size, _BLOCK):
        here = across[start : start + _BLOCK]
        placed = standing[:, start : start + _BLOCK]
        columns = context_columns(weighed.base[here], placed, weighed.names[here], weighed.circumstances[here])
        logit[here] = model.context.logit(columns, here.size)
    _shift_priors(weighed, logit, model)
    return logit, twins


def likely_twins(weighed: Weighed, model: Model) -> Twins:
    """Return the pairs of records of one source that are duplicates, unless a person keeps them apart."""
    inside = weighed.source[weighed.left] == weighed.source[weighed.right]
    return _doubles(weighed, inside, weighed.base + model.within)


def _doubles(weighed: Weighed, inside: npt.NDArray[np.bool_], logit: Floats) -> Twins:
    doubles = np.flatnonzero(inside & (logit >= 0))
    return frozenset(zip(weighed.left[doubles].tolist(), weighed.right[doubles].tolist(), strict=True))


def _shift_priors(weighed: Weighed, logit: Floats, model: Model) -> None:
    sources = int(weighed.source.max(initial=0)) + 1
    lists = weighed.source[weighed.left] * sources + weighed.source[weighed.right]
    for pair in np.flatnonzero(np.bincount(lists)).tolist():
        if pair // sources == pair % sources:
            continue
        here = np.flatnonzero(lists == pair)
        logit[here] += prior_shift(weighed.left[here], weighed.right[here], logit[here], model.matched_share)


def twin_groups(records: int, twins: Iterable[tuple[int, int]]) -> Ints:
    """Number the groups that duplicates form; a record without one is its own group."""
    group = np.arange(records, dtype=np.int64)

    def find(record: int) -> int:
        while group[record] != record:
            record = int(group[record])
        return record

    for one, other in sorted(twins):
        first, second = sorted((find(one), find(other)))
        group[second] = first
    for record in {record for pair in twins for record in pair}:
        group[record] = find(record)
    return group
