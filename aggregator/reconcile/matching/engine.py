"""The matcher: profiles in, scored and explained pairs and businesses out."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.additive import columns_of
from aggregator.reconcile.matching.assignment import Links, assign, check_decisions
from aggregator.reconcile.matching.comparison import Compared, Records, compare, find_candidates, read_records
from aggregator.reconcile.matching.evidence import explain_pairs
from aggregator.reconcile.matching.prior import prior_shift
from aggregator.reconcile.matching.result import MatchResult, PairTable
from aggregator.reconcile.matching.rivals import CONTEXT_FEATURES, context_features
from aggregator.reconcile.matching.shipped import Model, shipped_model

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from aggregator.reconcile.matching.profile import Profile

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

KEPT: Final = 0.05
"""Probability below which a pair is not worth keeping."""


@attrs.define(slots=True, kw_only=True, eq=False)
class Scored:
    """Candidate pairs with their calibrated log-odds.

    Args:
        compared: what names and columns say.
        logit: calibrated log-odds.
        twins: pairs of records of one source that are duplicates.
    """

    compared: Compared
    logit: Floats
    twins: frozenset[tuple[int, int]]


def match(
    profiles: Iterable[Profile],
    *,
    model: Model | None = None,
    must_link: Iterable[tuple[str, str]] = (),
    cannot_link: Iterable[tuple[str, str]] = (),
) -> MatchResult:
    """Say which profiles are one business, with a calibrated probability and the reasons for every pair.

    The order of the profiles never matters.

    Args:
        profiles: the records of any number of sources.
        model: other coefficients than the shipped ones.
        must_link: pairs of keys that a person has said are one business; they always win.
        cannot_link: pairs of keys that a person has said are two; they always win.

    Raises:
        ContradictionError: the decisions cannot all hold.
        ValueError: two profiles share a key.
        KeyError: a decision names a key that no profile has.
    """
    model = model or shipped_model()
    records = read_records(_distinct(profiles))
    must, cannot = _numbered(records, must_link, cannot_link)
    scored = score(records, model, frozenset(cannot))
    return _result(records, scored, model, must, frozenset(cannot))


def _distinct(profiles: Iterable[Profile]) -> list[Profile]:
    listed = list(profiles)
    if len({profile.key for profile in listed}) < len(listed):
        keys = Counter(profile.key for profile in listed)
        twice = sorted(key for key, count in keys.items() if count > 1)
        raise ValueError(f"{len(twice)} keys are used by more than one profile, the first is {twice[0]!r}")
    return listed


def _numbered(
    records: Records, must_link: Iterable[tuple[str, str]], cannot_link: Iterable[tuple[str, str]]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    must, cannot = list(must_link), list(cannot_link)
    if not must and not cannot:
        return [], []
    check_decisions(must, cannot)
    number = {profile.key: place for place, profile in enumerate(records.profiles)}

    def numbers(pairs: list[tuple[str, str]]) -> list[tuple[int, int]]:
        return [(min(number[a], number[b]), max(number[a], number[b])) for a, b in pairs if a != b]

    return numbers(must), numbers(cannot)


def score(records: Records, model: Model, cannot: frozenset[tuple[int, int]] = frozenset()) -> Scored:
    """Score every candidate pair of the records.

    Args:
        records: the records.
        model: the coefficients.
        cannot: pairs a person kept apart; of one source, they are rivals and no duplicates.
    """
    compared = compare(records, find_candidates(records), model.names, model.fields)
    base = compared.name_logit + compared.field_logit
    inside = records.source[compared.left] == records.source[compared.right]
    logit = base.copy()
    logit[inside] += model.within
    doubles = np.flatnonzero(inside & (logit >= 0))
    alike = zip(compared.left[doubles].tolist(), compared.right[doubles].tolist(), strict=True)
    twins = frozenset(alike) - cannot
    across = np.flatnonzero(~inside)
    context = context_features(
        compared.left[across],
        compared.right[across],
        base[across],
        records.source,
        twin_groups(len(records.source), twins),
        compared.told[across],
    )
    logit[across] = model.context.logit(columns_of(CONTEXT_FEATURES, context), across.size)
    _shift_priors(records, compared, logit, model)
    return Scored(compared=compared, logit=logit, twins=twins)


def _shift_priors(records: Records, compared: Compared, logit: Floats, model: Model) -> None:
    lists = records.source[compared.left].astype(np.int64) * len(records.sources) + records.source[compared.right]
    for pair in np.unique(lists).tolist():
        if pair // len(records.sources) == pair % len(records.sources):
            continue
        here = np.flatnonzero(lists == pair)
        logit[here] += prior_shift(compared.left[here], compared.right[here], logit[here], model.matched_share)


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


def _result(
    records: Records, scored: Scored, model: Model, must: list[tuple[int, int]], cannot: frozenset[tuple[int, int]]
) -> MatchResult:
    probability = 1 / (1 + np.exp(-np.clip(scored.logit, -40, 40)))
    links = Links(
        left=scored.compared.left,
        right=scored.compared.right,
        probability=probability,
        logit=scored.logit,
        source=records.source,
        twins=scored.twins,
        must=tuple(must),
        cannot=cannot,
        doubted=scored.compared.doubted,
    )
    home = assign(links, model.match)
    keys = tuple(profile.key for profile in records.profiles)
    return MatchResult(
        keys=keys,
        sources=tuple(profile.source for profile in records.profiles),
        table=_table(links, home, model),
        clusters=_clusters(keys, home),
        explain=partial(explain_pairs, records, scored, model, frozenset(must), cannot),
    )


def _table(links: Links, home: Ints, model: Model) -> PairTable:
    left, right, probability = _decided(links)
    together = home[left] == home[right]
    decision = np.where(together, 2, np.where(probability >= model.review, 1, 0)).astype(np.int8)
    if links.cannot:
        apart = np.fromiter(
            ((a, b) in links.cannot for a, b in zip(left.tolist(), right.tolist(), strict=True)), bool, left.size
        )
        decision[apart] = 0
    kept = np.flatnonzero((probability >= KEPT) | (decision == 2))
    order = kept[np.lexsort((right[kept], left[kept], -probability[kept]))]
    return PairTable(left=left[order], right=right[order], probability=probability[order], decision=decision[order])


def _decided(links: Links) -> tuple[Ints, Ints, Floats]:
    """The scored pairs with a person's decisions put in: 1 or 0, and joined pairs that were no candidates added."""
    decided = sorted(set(links.must) | links.cannot)
    if not decided:
        return links.left, links.right, links.probability
    codes = (links.left << 32) | links.right
    said = np.array([(a << 32) | b for a, b in decided], np.int64)
    other = np.flatnonzero(~np.isin(codes, said))
    return (
        np.r_[links.left[other], said >> 32],
        np.r_[links.right[other], said & 0xFFFFFFFF],
        np.r_[links.probability[other], np.array([float(pair not in links.cannot) for pair in decided])],
    )


def _clusters(keys: tuple[str, ...], home: Ints) -> tuple[tuple[str, ...], ...]:
    order = np.lexsort((np.arange(home.size), home))
    found: dict[int, list[str]] = {}
    for record, cluster in zip(order.tolist(), home[order].tolist(), strict=True):
        found.setdefault(cluster, []).append(keys[record])
    return tuple(map(tuple, found.values()))
