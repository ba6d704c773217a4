"""The matcher: profiles in, scored and explained pairs and businesses out."""

from __future__ import annotations

from collections import Counter
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

import attrs
import numpy as np

from aggregator.reconcile.matching.assignment import assign
from aggregator.reconcile.matching.comparison import Compared, Records, compare, find_candidates, read_records
from aggregator.reconcile.matching.contradictions import check_decisions
from aggregator.reconcile.matching.evidence.compared_names import ComparedNames
from aggregator.reconcile.matching.evidence.reasons import explain_pairs
from aggregator.reconcile.matching.habits import differences, leading, likewise
from aggregator.reconcile.matching.houses.completion import (
    near_houses,
    pairs_of_crowds,
    pairs_of_houses,
    pairs_of_likely_houses,
)
from aggregator.reconcile.matching.in_context import Scored, in_context
from aggregator.reconcile.matching.left_by_lists.rules import with_left_by_lists
from aggregator.reconcile.matching.left_by_lists.two_persons import with_two_persons
from aggregator.reconcile.matching.links import linked
from aggregator.reconcile.matching.model.shipped import Model, shipped_model
from aggregator.reconcile.matching.result import MatchResult
from aggregator.reconcile.matching.spelt_apart import with_spelt_apart
from aggregator.reconcile.matching.suffixes import suffixed
from aggregator.reconcile.matching.table import pair_table
from aggregator.reconcile.matching.weighed import Weighed

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from aggregator.reconcile.matching.candidates.search import Pairs
    from aggregator.reconcile.matching.profile import Profile


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
    scored = score(records, model, must, cannot)
    return _result(records, scored, model, must, frozenset(cannot))


def _distinct(profiles: Iterable[Profile]) -> list[Profile]:
    listed = list(profiles)
    if len(set(map(attrgetter("key"), listed))) < len(listed):
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


def score(
    records: Records,
    model: Model,
    must: Iterable[tuple[int, int]] = (),
    cannot: Iterable[tuple[int, int]] = (),
) -> Scored:
    """Score every candidate pair of the records.

    Args:
        records: the records.
        model: the coefficients.
        must: pairs a person joined.
        cannot: pairs a person kept apart; of one source, they are rivals and no duplicates.
    """
    compared = compare(records, find_candidates(records), model.names, model.fields)
    if not records.columns.empty:  # names alone make no house
        compared = _with_houses(records, compared, model)
    weighed = weigh(records, compared)
    weighed = attrs.evolve(weighed, habits=_habits(records, compared, weighed))
    weighed = with_two_persons(records, with_spelt_apart(records, weighed))
    context = in_context(weighed, model, must, cannot)
    weighed = with_left_by_lists(records, compared, weighed, context)
    return Scored(compared=compared, weighed=weighed, context=context)


def _habits(records: Records, compared: Compared, weighed: Weighed) -> npt.NDArray[np.int8]:
    """For each leading pair, how many others of its lists differ in the same words; 0 for any other."""
    across = np.flatnonzero(~weighed.inside)
    left, right = weighed.left[across], weighed.right[across]
    best = leading(left, right, weighed.base[across], records.source)
    places = across[best]
    rows = (rows[places].astype(np.int64) for rows in (compared.left_name, compared.right_name))
    told = differences(records.names, records.lexicon, records.source, *rows)
    habits = np.zeros_like(weighed.habits)
    habits[places] = likewise(told, left[best], right[best], records.source)
    return habits


def _with_houses(records: Records, compared: Compared, model: Model) -> Compared:
    """The pairs, and those that it takes to tell houses."""
    compared = _completed(records, compared, model, pairs_of_crowds(weigh(records, compared), records.columns))
    near = np.flatnonzero(near_houses(weigh(records, compared), model.within))
    if not near.size:
        return compared
    known = compared.suffixed.copy()
    known[near] = _suffixed(records, compared, near)
    compared = attrs.evolve(compared, suffixed=known)
    for unscored in (pairs_of_likely_houses, pairs_of_houses):
        compared = _completed(records, compared, model, unscored(weigh(records, compared), model.within))
    return compared


def _completed(records: Records, compared: Compared, model: Model, pairs: Pairs) -> Compared:
    if not pairs[0].size:
        return compared
    more = compare(records, pairs, model.names, model.fields)
    return compared.merged(attrs.evolve(more, suffixed=_suffixed(records, more)))


def _suffixed(
    records: Records, compared: Compared, places: npt.NDArray[np.int64] | slice = slice(None)
) -> npt.NDArray[np.bool_]:
    """Say of some pairs whether their names are equal but for a region or a channel."""
    one, other = (rows[places].astype(np.int64) for rows in (compared.left_name, compared.right_name))
    return suffixed(records, one, other)


def weigh(records: Records, compared: Compared) -> Weighed:
    """Return compared pairs in one figure each, without the records."""
    return Weighed(
        source=records.source,
        left=compared.left,
        right=compared.right,
        base=compared.name_logit if records.columns.empty else compared.name_logit + compared.field_logit,
        names=compared.name_logit,
        circumstances=compared.circumstances,
        habits=np.zeros(compared.left.size, np.int8),
        suffixed=compared.suffixed,
        left_by_lists=np.zeros(compared.left.size, bool),
    )


def _result(
    records: Records, scored: Scored, model: Model, must: list[tuple[int, int]], cannot: frozenset[tuple[int, int]]
) -> MatchResult:
    links = linked(scored.weighed, scored.context, must, cannot)
    home = assign(links, model.match)
    return MatchResult(
        keys=tuple(map(attrgetter("key"), records.profiles)),
        sources=tuple(map(attrgetter("source"), records.profiles)),
        profiles=records.profiles,
        table=pair_table(links, home, model),
        home=home,
        weighed=scored.weighed,
        explain=partial(explain_pairs, records, scored, model, frozenset(must), cannot),
        called=ComparedNames(records=records, compared=scored.compared),
    )
