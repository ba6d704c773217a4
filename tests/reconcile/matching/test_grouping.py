"""Clusters that follow a person's decisions one by one are those of a run from the start."""

from __future__ import annotations

from itertools import combinations

import attrs
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aggregator.reconcile.matching.assignment import Grouping, Links

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


def test_what_a_decision_cannot_touch_is_not_looked_at_again() -> None:
    """Of two chains of records, a decision on one leaves the other alone."""
    links = Links(
        left=np.array([0, 2]),
        right=np.array([1, 3]),
        probability=np.array([0.99, 0.99]),
        logit=np.array([4.6, 4.6]),
        asked=np.zeros(2, bool),
        halved=np.zeros(2, bool),
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
