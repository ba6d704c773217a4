"""Invariants of the matcher that hold for any input, however hostile."""

import math
from itertools import combinations
from random import Random

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.reconcile.matching import ContradictionError, MatchResult, Profile, match
from tests.reconcile.matching.examples import FILLER

WORDS = (
    "acme",
    "foods",
    "lundqvist",
    "ltd",
    "GmbH",
    "north",
    "3",
    "III",
    "группа",
    "公司",
    "&",
    "(UK)",
    "",
    "\x00",
    "😀",
)

hostile = st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
    st.sampled_from(
        ("", " ", "x", "😀", "x" * 10_000, "a b " * 3_000, "\n\t\r\u2028", "S.A.", "Limited", "\u200b", "ﷺ")
    ),
)


@st.composite
def profiles(draw: st.DrawFn) -> list[Profile]:
    """A few records of up to three sources."""
    names = draw(st.lists(hostile, max_size=9))
    sources = draw(st.lists(st.sampled_from("abc"), min_size=len(names), max_size=len(names)))
    return [
        Profile(
            key=f"{place}",
            source=source,
            name=name,
            websites=draw(st.sampled_from(((), ("acme.com",), (name[:40],), ("http://[", "a..b", "acme.co.uk")))),
            phones=draw(st.sampled_from(((), ("+44 20 7946 0018",), (name[:40],)))),
        )
        for place, (name, source) in enumerate(zip(names, sources, strict=True))
    ]


@st.composite
def house_profiles(draw: st.DrawFn) -> list[Profile]:
    """Accounts of two houses that share a domain, on up to three platforms, with whatever columns are filled."""
    count = draw(st.integers(6, 16))
    said = st.booleans()
    records = []
    for place in range(count):
        house = draw(st.sampled_from((0, 0, 0, 1)))
        name = ("Lundqvist", "Lundqvist Jewelry")[house]
        records.append(
            Profile(
                key=f"{place}",
                source=draw(st.sampled_from("aabbc")),
                name=f"{name} {draw(st.sampled_from(('', 'EU', 'US', '- Dropship', '(Test)')))}",
                websites=("lundqvist.se",) if draw(said) else (),
                phones=(("+46 8 701 01 01", "+46 8 702 02 02")[house],) if draw(said) else (),
                emails=(("anna@lundqvist.se", "per@lundqvist.se")[house],) if draw(said) else (),
            )
        )
    return [*records, *(Profile(key=f"{s}{n}", source=s, name=name) for s in "ab" for n, name in enumerate(FILLER[:4]))]


anything = st.one_of(profiles(), house_profiles())


def outcome(result: MatchResult) -> tuple[set[frozenset[str]], dict[frozenset[str], tuple[float, str]]]:
    """What a match came to, without any order."""
    pairs = {frozenset((p.left, p.right)): (p.probability, p.decision.value) for p in result.pairs()}
    return {frozenset(cluster) for cluster in result.clusters}, pairs


@settings(max_examples=40, deadline=None)
@given(records=anything, seed=st.integers(0, 99))
def test_order_never_matters(records: list[Profile], seed: int) -> None:
    """The same records in another order come to the same pairs, probabilities and clusters."""
    shuffled = Random(seed).sample(records, len(records))
    assert outcome(match(records)) == outcome(match(shuffled))


@settings(max_examples=40, deadline=None)
@given(records=anything)
def test_no_record_is_lost_or_invented(records: list[Profile]) -> None:
    """Every key is in exactly one cluster, and every probability is a probability."""
    result = match(records)
    assert sorted(key for cluster in result.clusters for key in cluster) == sorted(p.key for p in records)
    assert all(0 <= pair.probability <= 1 for pair in result.pairs())


@settings(max_examples=40, deadline=None)
@given(records=anything)
def test_a_pair_has_no_direction(records: list[Profile]) -> None:
    """Swapping the names of the sources changes no probability."""
    swapped = [attrs.evolve(p, source={"a": "b", "b": "a"}.get(p.source, p.source)) for p in records]
    before, after = outcome(match(records))[1], outcome(match(swapped))[1]
    assert before.keys() == after.keys()
    assert all(abs(before[pair][0] - after[pair][0]) < 1e-9 for pair in before)


@settings(max_examples=40, deadline=None)
@given(records=anything)
def test_matching_again_changes_nothing(records: list[Profile]) -> None:
    """What was joined, given back as decisions, is joined again and joins nothing more that was kept apart."""
    first = match(records)
    links = [(cluster[0], key) for cluster in first.clusters for key in cluster[1:]]
    again = match(records, must_link=links)
    assert {frozenset(cluster) for cluster in again.clusters} == {frozenset(cluster) for cluster in first.clusters}


@settings(max_examples=40, deadline=None)
@given(records=anything, data=st.data())
def test_decisions_are_respected(records: list[Profile], data: st.DataObject) -> None:
    """Must-links are together and cannot-links apart, or the contradiction is an error."""
    keys = [profile.key for profile in records] or ["0"]
    several = st.lists(st.tuples(st.sampled_from(keys), st.sampled_from(keys)), max_size=4)
    must, cannot = (data.draw(several.map(_distinct)) if records else [] for _ in range(2))
    try:
        result = match(records, must_link=must, cannot_link=cannot)
    except ContradictionError as error:
        assert set(error.pairs[:1]) <= set(cannot)  # noqa: PT017 - either outcome is right
        return
    home = {key: cluster for cluster in result.clusters for key in cluster}
    assert all(home[one] == home[other] for one, other in must)
    assert all(home[one] != home[other] for one, other in cannot)


def _distinct(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [pair for pair in pairs if pair[0] != pair[1]]


def test_a_thousand_equal_names_are_no_blow_up() -> None:
    """Names that are all equal tell nothing apart, and are not all joined by chance."""
    records = [Profile(key=f"{n}", source="ab"[n % 2], name="Acme Foods") for n in range(1_000)]
    result = match(records)
    assert sum(map(len, result.clusters)) == len(records)
    assert len(result) < 50_000


def test_a_new_record_leaves_the_others_as_they_were() -> None:
    """An unrelated record changes no cluster of the others."""
    records = [Profile(key=f"{s}{n}", source=s, name=name) for s in "ab" for n, name in enumerate(FILLER)]
    more = [*records, Profile(key="new", source="b", name="Xylophonic Gearboxes KK")]
    assert outcome(match(more))[0] - {frozenset({"new"})} == outcome(match(records))[0]


@settings(max_examples=25, deadline=None)
@given(records=house_profiles(), data=st.data())
def test_evidence_sums_to_the_log_odds(records: list[Profile], data: st.DataObject) -> None:
    """Whatever a house adds is among the reasons, and nothing is counted twice."""
    keys = [profile.key for profile in records if profile.key.isdigit()]
    apart = data.draw(st.lists(st.tuples(st.sampled_from(keys), st.sampled_from(keys)), max_size=2).map(_distinct))
    result = match(records, cannot_link=apart)
    pairs = [(pair.left, pair.right) for pair in result.pairs()]
    for probability, evidence in result.explain_all(pairs):
        if 0 < probability < 1:
            odds = math.log(probability / (1 - probability))
            assert abs(sum(item.weight for item in evidence) - odds) < 0.02


@settings(max_examples=30, deadline=None)
@given(
    records=anything,
    said=st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.booleans()), max_size=3),
    seed=st.integers(0, 99),
)
def test_a_pair_is_explained_alike_alone_and_among_others(
    records: list[Profile], said: list[tuple[int, int, bool]], seed: int
) -> None:
    """Every pair, candidates, strangers and decided ones, has the same words and the same figures to the last bit."""
    keys = {profile.key for profile in records}
    there = [(str(one), str(other), same) for one, other, same in said if {str(one), str(other)} <= keys]
    decided = {True: [pair[:2] for pair in there if pair[2]], False: [pair[:2] for pair in there if not pair[2]]}
    try:
        result = match(records, must_link=decided[True], cannot_link=decided[False])
    except ContradictionError:
        return
    # Strangers are compared one by one, at some milliseconds each: some of each list, and every decided pair.
    some = Random(seed)
    scored = list(result.pairs())
    strangers = [(one.key, other.key) for one, other in combinations(records, 2)]
    asked = [pair[:2] for pair in there if pair[0] != pair[1]] + some.sample(strangers, min(len(strangers), 10))
    pairs = [*asked, *((pair.left, pair.right) for pair in scored)]
    together = result.explain_all([*pairs, *((right, left) for left, right in pairs)])
    assert together[: len(pairs)] == together[len(pairs) :]
    assert together[: len(asked)] == [result.explain(*pair) for pair in asked]
    told = dict(zip(pairs, together, strict=False))
    for pair in some.sample(scored, min(len(scored), 10)):
        assert pair.evidence == told[pair.left, pair.right][1]
