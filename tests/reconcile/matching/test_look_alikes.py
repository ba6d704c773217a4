"""What is alike within a list is two businesses, and tells how much likeness between two lists is worth."""

from __future__ import annotations

import itertools

import attrs
import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from aggregator.reconcile.matching import Profile, match
from aggregator.reconcile.matching.features.circumstance_codes import KIND, PAIR_CIRCUMSTANCES
from aggregator.reconcile.matching.look_alikes import telling
from aggregator.reconcile.matching.weighed import Weighed
from tests.reconcile.matching.examples import listed

RECORDS = 40
"""Of each of two lists."""

Pair = tuple[int, int, float, int]
PAIRS = some.lists(
    some.tuples(
        some.integers(0, 2 * RECORDS - 1), some.integers(0, 2 * RECORDS - 1), some.floats(-12, 12), some.integers(0, 6)
    ),
    min_size=1,
    max_size=60,
    unique_by=lambda pair: frozenset(pair[:2]),
)


def weighed(pairs: list[Pair], *, swapped: bool = False) -> Weighed:
    """Pairs of two lists of the same length; swapped, the second list is the first."""
    turn = RECORDS if swapped else 0
    left, right, base, kind = zip(*pairs, strict=True)
    ends = [(np.array(side) + turn) % (2 * RECORDS) for side in (left, right)]
    told = np.zeros((len(pairs), len(PAIR_CIRCUMSTANCES)), np.int8)
    told[:, KIND] = kind
    logit = np.array(base)
    return Weighed(
        source=np.repeat(np.arange(2, dtype=np.int32), RECORDS),
        left=np.minimum(*ends),
        right=np.maximum(*ends),
        base=logit,
        names=logit,
        circumstances=told,
        habits=np.zeros(len(pairs), np.int8),
        suffixed=np.zeros(len(pairs), bool),
        left_by_lists=np.zeros(len(pairs), bool),
    )


def told_of(pairs: list[Pair], *, swapped: bool = False) -> list[int]:
    told: list[int] = telling(weighed(pairs, swapped=swapped), np.arange(2 * RECORDS)).tolist()
    return told


def across(kind: int) -> list[Pair]:
    """Every record of the one list with one of the other, as alike as those of any other test."""
    return [(place, RECORDS + place, 1.0, kind) for place in range(RECORDS)]


def within(kind: int) -> list[Pair]:
    """Two and two records of the first list."""
    return [(place, place + 1, 1.0, kind) for place in range(0, RECORDS, 2)]


def test_likeness_is_worth_more_where_no_list_has_it() -> None:
    assert min(told_of(across(2))) > 0
    assert max(told_of([*across(2), *within(2)])) < min(told_of(across(2)))


def test_names_that_differ_in_another_way_say_nothing_of_it() -> None:
    assert told_of([*across(2), *within(5)])[:RECORDS] == told_of(across(2))


def test_records_of_one_business_are_no_look_alikes() -> None:
    pairs = [*across(2), *within(2)]
    twins = np.arange(2 * RECORDS)
    twins[1:RECORDS:2] -= 1
    assert telling(weighed(pairs), twins).tolist()[:RECORDS] == told_of(across(2))


def test_a_few_records_say_little() -> None:
    assert told_of(across(2)[:1]) == [0]


@given(PAIRS, some.randoms())
def test_neither_the_order_of_pairs_nor_of_lists_matters(pairs: list[Pair], random: object) -> None:
    told = dict(zip(pairs, told_of(pairs), strict=True))
    shuffled = sorted(pairs, key=lambda pair: hash((random, pair)))
    assert dict(zip(shuffled, told_of(shuffled), strict=True)) == told
    assert dict(zip(pairs, told_of(pairs, swapped=True), strict=True)) == told


def test_a_word_more_is_a_doubt_where_one_list_has_both() -> None:
    """Parts of a house that are listed beside it are no other spelling of it."""
    names = [
        "".join(parts)
        for parts in itertools.product(("Zeph", "Tann", "Quil", "Wolk"), ("yrine", "auser", "enbad", "orvik"))
    ]
    ours, theirs = [*listed("a", *names)], [*listed("b", *(f"{name} Seating" for name in names))]
    others = [name.replace("Z", "B").replace("T", "D").replace("Q", "M").replace("W", "G") for name in names]
    beside = Profile(key="", source="a", name="")
    houses = [
        attrs.evolve(beside, key=f"{kind}{place}", name=f"{name}{kind}")
        for place, name in enumerate(others)
        for kind in ("", " Seating")
    ]
    alone, crowded = (match([*ours, *theirs, *more]).explain("a0", "b0")[0] for more in ([], houses))
    assert alone > crowded
