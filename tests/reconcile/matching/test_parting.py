"""A person who says that two accounts of a house are two parts it into no more than that takes, whatever the night."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.reconcile.matching import MatchResult, Profile, match, shipped_model
from aggregator.reconcile.matching.houses.houses import find_houses
from aggregator.reconcile.matching.houses.parting import parted, word_on
from tests.reconcile.matching.test_houses import LUNDQVIST, REGIONS, accounts, others

HOUSE = accounts("x", "Lundqvist", 14, phone="+46 8 701 01 01", person="Anna Berg")
JEWELLERS = accounts("y", "Lundqvist Jewelry", 8, phone="+46 8 701 01 01", person="Anna Berg")
"""A sister that shares domain, switchboard and contact."""


def clusters_of(result: MatchResult) -> set[frozenset[str]]:
    """Who is who."""
    return {frozenset(cluster) for cluster in result.clusters}


def pieces(before: MatchResult, after: MatchResult, key: str) -> list[int]:
    """How many records are in each piece of what was the partner of a key, the largest first."""
    whole = next(cluster for cluster in clusters_of(before) if key in cluster)
    home = {one: number for number, cluster in enumerate(after.clusters) for one in cluster}
    return sorted(Counter(home[one] for one in whole).values(), reverse=True)


WHOLE = match([*LUNDQVIST, *others()])
TOGETHER = match([*HOUSE, *JEWELLERS, *others()])


@pytest.mark.parametrize("place", range(12))
@pytest.mark.parametrize("other", ["x-a13", "x-b7"])
def test_of_two_accounts_of_one_name_only_one_leaves(place: int, other: str) -> None:
    """The names tell nothing of the two but a region: the house stays whole without one of them."""
    assert pieces(WHOLE, match([*LUNDQVIST, *others()], cannot_link=[(f"x-a{place}", other)]), other)[1:] == [1]


def test_what_has_nothing_to_do_with_it_stays() -> None:
    """No other partner is touched, though the two are rivals from then on."""
    after = match([*LUNDQVIST, *others()], cannot_link=[("x-a0", "x-a5")])
    untouched = {cluster for cluster in clusters_of(WHOLE) if not any(key.startswith("x-") for key in cluster)}
    assert untouched
    assert untouched <= clusters_of(after)


@pytest.mark.parametrize(("one", "other"), [("y-a0", "x-a0"), ("y-b3", "x-a5"), ("x-b2", "y-b2")])
def test_a_sister_leaves_with_the_one_that_is_named(one: str, other: str) -> None:
    """One word parts two sisters that were held for one house: those leave that are called as the one account is."""
    after = match([*HOUSE, *JEWELLERS, *others()], cannot_link=[(one, other)])
    home = {key: cluster for cluster in clusters_of(after) for key in cluster}
    assert len([key for key in home["y-a0"] if key.startswith("y")]) == 16
    assert not any(key.startswith("x") for key in home["y-a0"])


def test_sisters_are_held_for_one_house() -> None:
    """Else the test above tells nothing."""
    whole = max(TOGETHER.clusters, key=len)
    assert Counter(key[0] for key in whole if "-" in key) == {"x": 26, "y": 16}


@st.composite
def houses(draw: st.DrawFn) -> list[Profile]:
    """Accounts of a house on up to three platforms, and perhaps of its sisters, with whatever columns are filled."""
    rng = draw(st.randoms(use_true_random=False))
    full = draw(st.sampled_from((0.4, 0.7, 1.0)))
    sisters = draw(st.sampled_from((("",), ("", "", " Jewelry"), ("", "", " & Söner", " Jewelry"))))

    def some(value: str) -> tuple[str, ...]:
        return (value,) if rng.random() < full else ()

    made = [
        Profile(
            key=f"{place:02}",
            source=rng.choice("aabbc"),
            name=f"Lundqvist{rng.choice(sisters)} {rng.choice(REGIONS)}",
            websites=some("lundqvist.se"),
            phones=some("+46 8 701 01 01"),
            emails=some("anna@lundqvist.se"),
        )
        for place in range(draw(st.integers(8, 36)))
    ]
    return [*made, *others()]


def whole_houses(result: MatchResult) -> list[list[str]]:
    """The partners of which columns tell that they are one house, and nothing else."""
    told = find_houses(result.weighed, shipped_model().within)
    number = {key: place for place, key in enumerate(result.keys)}
    found = []
    for cluster in map(list, result.clusters):
        held = [number[key] for key in cluster]
        if told.large[held].all() and len(set(told.house[held].tolist())) == 1:
            found.append(cluster)
    return found


@settings(max_examples=40, deadline=None)
@given(records=houses(), data=st.data())
def test_a_house_falls_into_no_more_pieces_than_decisions_take(records: list[Profile], data: st.DataObject) -> None:
    """One more with each, in whatever order the records come; what was kept apart is apart, what was joined is one."""
    before = match(records)
    for house in whole_houses(before)[:1]:
        pairs = st.sampled_from(list(combinations(house, 2)))
        cannot = data.draw(st.lists(pairs, min_size=1, max_size=2, unique=True))
        must = data.draw(st.lists(pairs, max_size=1)) if len(cannot) == 1 else []
        must = [pair for pair in must if pair not in cannot]
        after = match(records, cannot_link=cannot, must_link=must)
        home = {key: cluster for cluster in clusters_of(after) for key in cluster}
        assert len(pieces(before, after, house[0])) <= 1 + len(cannot)
        assert all(home[one] != home[other] for one, other in cannot)
        assert all(home[one] == home[other] for one, other in must)
        shuffled = Random(7).sample(records, len(records))
        assert clusters_of(match(shuffled, cannot_link=cannot[::-1], must_link=must)) == clusters_of(after)


def test_an_account_that_is_kept_apart_from_two_leaves() -> None:
    """Else two would have to."""
    after = match([*LUNDQVIST, *others()], cannot_link=[("x-a4", "x-a0"), ("x-a4", "x-b1")])
    assert frozenset({"x-a4"}) in clusters_of(after)


@pytest.mark.parametrize("key", ["w-a0", "z-a0"], ids=["first by key", "last by key"])
def test_the_one_leaves_that_its_columns_deny(key: str) -> None:
    """An account that says another switchboard, beside one that says what the others do."""
    stray = Profile(key=key, source="a", name="Lundqvist EU", websites=("lundqvist.se",), phones=("+46 8 909 09 09",))
    records = [*LUNDQVIST, stray, *others()]
    assert any({key, "x-a0"} <= cluster for cluster in clusters_of(match(records)))
    left = next(cluster for cluster in clusters_of(match(records, cannot_link=[(key, "x-a0")])) if key in cluster)
    assert left == {key}


@pytest.mark.parametrize("joined", ["x-b9", "a3"], ids=["an account", "a stranger"])
def test_what_a_person_joined_leaves_together(joined: str) -> None:
    """An account leaves with what is the same by a person's word, and a no about that counts for it too."""
    after = match(
        [*LUNDQVIST, *others()], must_link=[("x-a4", joined)], cannot_link=[(joined, "x-a0"), ("x-a4", "x-b1")]
    )
    left = next(cluster for cluster in clusters_of(after) if joined in cluster)
    assert {key for key in left if key.startswith("x-")} == {"x-a4", joined} & {one.key for one in LUNDQVIST}


def test_houses_that_a_person_joined_part_as_one() -> None:
    """A no between two houses that a yes joins elsewhere takes the smaller out again, but for what the yes is about."""
    smaller = accounts("y", "Pemberton", 20, site="pemberton.example", phone="+61 2 9374 4000", person="Lucy Ward")
    after = match([*LUNDQVIST, *smaller, *others()], must_link=[("x-a4", "y-a4")], cannot_link=[("x-a0", "y-a1")])
    found = [Counter(key[0] for key in cluster if "-" in key) for cluster in clusters_of(after)]
    assert [one for one in found if one["x"]] == [{"x": 60, "y": 1}]
    assert [one for one in found if one["y"] > 1] == [{"y": 39}]


def test_a_word_about_other_records_parts_nothing() -> None:
    """Records that no house holds together are apart anyway."""
    house = np.array([0, 0, 0, 3, 3, 5])
    assert word_on(house, [(1, 5)], [(0, 3), (3, 5)]) == word_on(house, [], [])
    assert parted(WHOLE.weighed, house, word_on(house, [], [(0, 3)])) is house
