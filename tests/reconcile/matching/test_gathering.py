"""Groups join where all that is said between them is for it on the whole."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from aggregator.reconcile.matching.houses.gathering import Gathering, Votes

MEMBERS = 7
PAIRS = tuple(combinations(range(MEMBERS), 2))
SIZES = dict.fromkeys(range(MEMBERS), 1)

said = st.dictionaries(st.sampled_from(PAIRS), st.integers(-8, 8).map(float), max_size=len(PAIRS))


def gathered_plainly(
    scores: dict[tuple[int, int], float], sizes: dict[int, int], least: int, first: frozenset[tuple[int, int]]
) -> set[frozenset[int]]:
    """The groups that come of it when all pairs of groups are looked at anew before each join."""
    members = {group: frozenset({group}) for group in sizes}

    def between(one: int, other: int) -> list[float]:
        pairs = ((min(a, b), max(a, b)) for a in members[one] for b in members[other])
        return [scores[pair] for pair in pairs if pair in scores]

    def may_join(one: int, other: int) -> bool:
        said = between(one, other)
        begun = (one, other) in first or max(len(members[one]), len(members[other])) > 1
        size = max(sum(sizes[member] for member in members[group]) for group in (one, other))
        return begun and size >= least and bool(said) and sum(said) >= 0

    while open_pairs := [pair for pair in combinations(sorted(members), 2) if may_join(*pair)]:
        one, other = min(open_pairs, key=lambda pair: (-sum(between(*pair)) / len(between(*pair)), pair))
        known = {group: sum(bool(between(group, third)) for third in members if third != group) for group in members}
        if known[one] < known[other]:
            one, other = other, one
        members[one] |= members.pop(other)
    return set(members.values())


def gathered(scores: dict[tuple[int, int], float]) -> set[frozenset[int]]:
    """The groups that come of single records with these scores between them."""
    votes = {pair: Votes(score, 1) for pair, score in scores.items()}
    return {frozenset(group) for group in Gathering(votes, SIZES).join(votes)}


@given(scores=said)
def test_every_member_is_in_one_group(scores: dict[tuple[int, int], float]) -> None:
    """None is lost and none is in two."""
    groups = gathered(scores)
    assert sorted(member for group in groups for member in group) == list(range(MEMBERS))


@given(scores=said)
def test_a_group_is_held_by_what_is_said_within_it(scores: dict[tuple[int, int], float]) -> None:
    """Of each group the scores inside it come to no less than nothing, and no two groups are left that should join."""
    groups = gathered(scores)
    for group in groups:
        assert sum(score for pair, score in scores.items() if set(pair) <= group) >= 0
    for one, other in combinations(groups, 2):
        between = [
            score for (a, b), score in scores.items() if {a in one, b in one} == {True, False} and {a, b} <= one | other
        ]
        assert not between or sum(between) < 0


def test_a_chain_holds_nothing_together() -> None:
    """Two groups of three that one strong pair links stay apart, if the other pairs between them deny it."""
    inside = dict.fromkeys([(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)], 6.0)
    between = {(one, other): -3.0 for one in (0, 1, 2) for other in (3, 4, 5)}
    assert gathered({**inside, **between, (2, 3): 5.0}) >= {frozenset({0, 1, 2}), frozenset({3, 4, 5})}


def test_small_groups_wait_for_a_large_one() -> None:
    """Two single records do not join where only a house may, and one that a house holds does."""
    votes = {(0, 1): Votes(5.0, 1), (1, 2): Votes(4.0, 3)}
    groups = Gathering(votes, {0: 1, 1: 1, 2: 3}, least=3).join(votes)
    assert {frozenset(group) for group in groups} == {frozenset({0, 1, 2})}
    assert len(Gathering(votes, {0: 1, 1: 1, 2: 2}, least=3).join(votes)) == 3


@given(
    scores=said,
    sizes=st.fixed_dictionaries({group: st.integers(1, 3) for group in range(MEMBERS)}),
    least=st.integers(1, 4),
    first=st.frozensets(st.sampled_from(PAIRS)),
)
def test_what_is_offered_once_need_not_be_offered_again(
    scores: dict[tuple[int, int], float], sizes: dict[int, int], least: int, first: frozenset[tuple[int, int]]
) -> None:
    """The groups are those of looking at all pairs anew before each join."""
    votes, first = {pair: Votes(score, 1) for pair, score in scores.items()}, first & scores.keys()
    groups = {frozenset(group) for group in Gathering(votes, sizes, least).join(first)}
    assert groups == gathered_plainly(scores, sizes, least, first)
