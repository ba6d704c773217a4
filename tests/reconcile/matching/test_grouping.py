"""Clusters that follow a person's decisions one by one are those of a run from the start."""

from __future__ import annotations

from itertools import combinations

import attrs
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aggregator.reconcile.matching.assignment import Grouping
from aggregator.reconcile.matching.clusters import Clusters
from aggregator.reconcile.matching.links import Links

RECORDS = 9
PAIRS = tuple(combinations(range(RECORDS), 2))

pairs = st.sampled_from(PAIRS)
decided = st.tuples(st.frozensets(pairs, max_size=3), st.frozensets(pairs, max_size=3))


@st.composite
def scored(draw: st.DrawFn) -> Links:
    """Some pairs of records of three sources, with any scores."""
    chosen = sorted(draw(st.frozensets(pairs, min_size=4, max_size=20)))
    grades = [draw(st.sampled_from([-5.0, 0.5, 2.5, 3.0, 4.0, 6.0])) for _ in chosen]
    source = np.arange(RECORDS, dtype=np.int32) % 3
    logit = np.array(grades)
    return Links(
        left=np.array([one for one, _ in chosen]),
        right=np.array([other for _, other in chosen]),
        probability=1 / (1 + np.exp(-logit)),
        logit=logit,
        asked=np.array([draw(st.booleans()) for _ in chosen], bool),
        halved=np.array([draw(st.booleans()) for _ in chosen], bool),
        tied=np.array([draw(st.booleans()) for _ in chosen], bool),
        source=source,
        house=np.array([draw(st.integers(0, 2)) for _ in range(RECORDS)]),
        twin=np.array([draw(st.integers(0, 2)) for _ in range(RECORDS)]),
        large=np.array([draw(st.booleans()) for _ in range(RECORDS)]),
        must=(),
        cannot=frozenset(),
    )


@given(links=scored(), steps=st.lists(decided, min_size=1, max_size=5))
def test_decisions_one_by_one_come_to_the_same_as_all_at_once(
    links: Links, steps: list[tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]]]]
) -> None:
    """However often decisions were added and taken back before, only those that stand count."""
    grouping = Grouping(links, 0.9)
    for must, cannot in steps:
        grouping.decide(must, cannot)
        fresh = attrs.evolve(links, must=tuple(must), cannot=cannot)
        assert grouping.home.tolist() == Grouping(fresh, 0.9).home.tolist()


def only_a_person(links: Links, crossing: list[tuple[int, int]]) -> bool:
    """Whether only a person may join a pair of them, neither of which has a tie with another of the other cluster."""
    pairs = zip(links.left.tolist(), links.right.tolist(), links.asked.tolist(), links.tied.tolist(), strict=True)
    told = {(one, other): (asked, tied) for one, other, asked, tied in pairs if (one, other) in crossing}
    bound = {record for pair, (asked, tied) in told.items() if tied and not asked for record in pair}
    return any(asked and bound.isdisjoint(pair) for pair, (asked, _) in told.items())


def may_join_plainly(links: Links, mine: set[int], theirs: set[int], probability: float) -> bool:
    """Whether two clusters may be one business, looked at pair by pair."""
    known = dict(zip(zip(links.left.tolist(), links.right.tolist(), strict=True), links.probability, strict=True))
    crossing = [(min(one, other), max(one, other)) for one in mine for other in theirs]
    if only_a_person(links, crossing):
        return False
    duplicates = [(one, other) for one, other in crossing if links.source[one] == links.source[other]]
    if any(links.house[one] != links.house[other] for one, other in duplicates):
        return False
    alike = [known[pair] for pair in duplicates if pair in known]
    likely = [score for score in alike if score >= 0.5]
    if duplicates and len(likely) < max(1, 2 * (len(alike) - len(likely))):
        return False
    scores = [known[pair] for pair in crossing if pair in known]
    likely, against = [score for score in scores if score >= 0.5], [score for score in scores if score < 0.02]
    if len(against) > min(len(likely), len(crossing) / 2):
        return False
    return probability >= 0.97 or len(likely) > len(crossing) / 2


@given(
    links=scored(),
    mine=st.frozensets(st.integers(0, RECORDS - 1), min_size=2, max_size=RECORDS - 1),
    likely=st.booleans(),
)
def test_clusters_may_join_as_they_may_pair_by_pair(links: Links, mine: frozenset[int], likely: bool) -> None:
    """Two clusters may be one business where their pairs, looked at one by one, say so."""
    links.large[:] = False
    theirs, clusters, probability = frozenset(range(RECORDS)) - mine, Clusters(links), 0.98 if likely else 0.9
    for several in (sorted(mine), sorted(theirs)):
        for record in several[1:]:
            clusters.join(several[0], record)
    expected = may_join_plainly(links, set(mine), set(theirs), probability)
    assert clusters.may_join(min(mine), min(theirs), probability) == expected


def test_what_a_decision_cannot_touch_is_not_looked_at_again() -> None:
    """Of two chains of records, a decision on one leaves the other alone."""
    links = Links(
        left=np.array([0, 2]),
        right=np.array([1, 3]),
        probability=np.array([0.99, 0.99]),
        logit=np.array([4.6, 4.6]),
        asked=np.zeros(2, bool),
        halved=np.zeros(2, bool),
        tied=np.zeros(2, bool),
        source=np.array([0, 1, 0, 1], np.int32),
        house=np.arange(4),
        twin=np.arange(4),
        large=np.zeros(4, bool),
        must=(),
        cannot=frozenset(),
    )
    grouping = Grouping(links, 0.9)
    assert grouping._reach({0}, ()) == {0, 1}
    grouping.decide((), frozenset({(0, 1)}))
    assert grouping.home.tolist() == [0, 1, 2, 2]


def test_what_only_a_person_joins_no_third_record_joins() -> None:
    """Of three records of which two are for a person, one is left out, unless a person joined it with the third."""
    links = Links(
        left=np.array([0, 0, 1]),
        right=np.array([1, 2, 2]),
        probability=np.array([0.99, 0.8, 0.98]),
        logit=np.array([4.6, 1.4, 3.9]),
        asked=np.array([False, True, False]),
        halved=np.zeros(3, bool),
        tied=np.zeros(3, bool),
        source=np.array([0, 1, 1], np.int32),
        house=np.array([0, 1, 1]),
        twin=np.array([0, 1, 1]),
        large=np.zeros(3, bool),
        must=(),
        cannot=frozenset(),
    )
    grouping = Grouping(links, 0.9)
    assert grouping.home.tolist() == [0, 0, 2]
    grouping.decide([(1, 2)], frozenset())
    assert grouping.home.tolist() == [0, 0, 0]
    tied = attrs.evolve(links, tied=np.array([True, False, True]), must=())
    assert Grouping(tied, 0.9).home.tolist() == [0, 0, 0]
