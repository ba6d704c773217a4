"""A house with dozens of accounts on each platform is one partner, and its sisters and namesakes are none of it."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations, islice, product
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from aggregator.reconcile.matching import Decision, MatchResult, Person, Profile, match, shipped_model
from aggregator.reconcile.matching.comparison import read_records
from aggregator.reconcile.matching.houses.houses import MOST
from aggregator.reconcile.matching.in_context import in_context
from aggregator.reconcile.matching.suffixes import suffixed
from tests.reconcile.matching.examples import FILLER, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

REGIONS = ("EU", "US", "UK", "APAC", "DACH", "LATAM", "West", "East", "- Wholesale", "- Dropship", "(Test)", "Canada")


def accounts(
    house: str,
    name: str,
    count: int,
    *,
    site: str = "lundqvist.se",
    phone: str = "",
    person: str = "",
    full: float = 0.7,
) -> list[Profile]:
    """Accounts of a house on the platforms "a" and "b", called by region or channel, with unevenly filled columns."""
    rng = Random(house)

    def some(value: str) -> tuple[str, ...]:
        return (value,) if value and rng.random() < full else ()

    return [
        Profile(
            key=f"{house}-{source}{place}",
            source=source,
            name=f"{name} {REGIONS[place % len(REGIONS)]}",
            websites=some(site),
            phones=some(phone),
            emails=some(f"{person.split(maxsplit=1)[0].lower()}@{site}" if person else ""),
            people=tuple(Person(name=one) for one in some(person)),
        )
        for source in "ab"
        for place in range(count)
    ]


def others() -> list[Profile]:
    """Businesses that have nothing to do with any house."""
    return [*listed("a", *FILLER), *listed("b", *FILLER)]


def houses_in(result: MatchResult) -> list[Counter[str]]:
    """How many accounts of each house each partner has, for the partners that have one at all."""
    counted = (Counter(key.split("-")[0] for key in cluster if "-" in key) for cluster in result.clusters)
    return [counter for counter in counted if counter]


LUNDQVIST = accounts("x", "Lundqvist", 30, phone="+46 8 701 01 01", person="Anna Berg")


def test_a_house_of_sixty_accounts_is_one_partner() -> None:
    """Nearly all of its accounts are one partner, whose pairs are as likely as such pairs turn out to be true."""
    result = match([*LUNDQVIST, *others()])
    largest = max(houses_in(result), key=Counter.total)
    assert largest["x"] >= 57
    crossing = [pair for pair in result.pairs() if pair.left_source != pair.right_source and "-" in pair.left]
    accepted = [pair for pair in crossing if pair.decision is Decision.MATCH]
    assert len(accepted) >= 0.9 * 30 * 30
    assert min(pair.probability for pair in accepted) > 0.99


@pytest.mark.parametrize("name", ["Lundqvist Jewelry", "Lundqvist Logistics", "Lundqvist Food Services"])
@pytest.mark.parametrize("phone", ["+46 8 702 02 02", "+46 8 701 01 01"], ids=["of its own", "of the house"])
@pytest.mark.parametrize("count", [1, 4, 30])
def test_a_sister_stays_outside(name: str, phone: str, count: int) -> None:
    """A sister with the domain of the house, and even its switchboard, is another partner, whatever its size."""
    sister = accounts("y", name, count, phone=phone, person="Per Ek", full=1.0)
    found = houses_in(match([*LUNDQVIST, *sister, *others()]))
    assert not any(counter["x"] and counter["y"] for counter in found)


def test_a_namesake_stays_outside() -> None:
    """A house of the same name elsewhere, with a domain, a phone and a contact of its own, is another partner."""
    namesake = accounts(
        "y", "Lundqvist", 30, site="lundqvist.com.au", phone="+61 2 9374 4000", person="Lucy Ward", full=1.0
    )
    full = accounts("x", "Lundqvist", 30, phone="+46 8 701 01 01", person="Anna Berg", full=1.0)
    found = houses_in(match([*full, *namesake, *others()]))
    assert not any(counter["x"] and counter["y"] for counter in found)
    assert max(counter["y"] for counter in found) == 60


@pytest.mark.parametrize("region", ["UK", "- Outlet", "North America"])
def test_an_account_with_the_contact_of_its_house_and_the_site_of_an_agency_is_of_it(region: str) -> None:
    """An agency's domain and a free mailbox do not make another business of an account that is called as its house."""
    account = Profile(
        key="y-b0",
        source="b",
        name=f"Lundqvist {region}",
        websites=("shopagency.io",),
        phones=("+46 8 701 01 01",),
        emails=("anna.lundqvist@gmail.com",),
        people=(Person(name="Anna Berg"),),
    )
    found = houses_in(match([*LUNDQVIST, account, *others()]))
    assert any(counter["y"] and counter["x"] >= 57 for counter in found)


def test_names_alone_make_no_house() -> None:
    """Without a column that agrees, no pair is likelier for the others."""
    bare = [*accounts("x", "Lundqvist", 12, site=""), *others()]
    assert not any("of one house" in reason.sentence for pair in match(bare).pairs() for reason in pair.evidence)


def test_a_house_says_so() -> None:
    """A pair that is likelier for its house is told why, and its reasons still sum to its log-odds."""
    result = match([*LUNDQVIST, *others()])
    told = result.explain_all((pair.left, pair.right) for pair in result.pairs())
    lifted = [one for one in told if any("of one house" in reason.sentence for reason in one[1])]
    assert len(lifted) > 100
    for probability, evidence in lifted:
        odds = math.log(probability / (1 - probability))
        assert sum(reason.weight for reason in evidence) == pytest.approx(odds, abs=0.02)


@pytest.mark.parametrize(("one", "other"), [("x-a0", "x-a12"), ("x-a0", "x-b12"), ("x-a3", "x-b3")])
def test_a_person_parts_accounts_of_a_house(one: str, other: str) -> None:
    """Two accounts that a person keeps apart are apart, and the others of the house stay together."""
    result = match([*LUNDQVIST, *others()], cannot_link=[(one, other)])
    home = {key: number for number, cluster in enumerate(result.clusters) for key in cluster}
    assert home[one] != home[other]
    assert max(houses_in(result), key=Counter.total)["x"] >= 50


def test_a_person_joins_a_stranger_to_a_house() -> None:
    """What a person joined is joined, and the house is not the smaller for it."""
    result = match([*LUNDQVIST, *others()], must_link=[("x-a0", "b3")])
    home = {key: cluster for cluster in result.clusters for key in cluster}
    assert home["x-a0"] == home["b3"]
    assert max(houses_in(result), key=Counter.total)["x"] >= 57


def test_a_stranger_in_many_names_is_compared_with_every_account() -> None:
    """The search for candidates keeps ten of a name in a list; of a house, every pair is known."""
    result = match([*LUNDQVIST, *others()])
    scored = {frozenset((pair.left, pair.right)) for pair in result.pairs()}
    home = max(result.clusters, key=len)
    crossing = [pair for pair in product(home, home) if pair[0][2] == "a" and pair[1][2] == "b"]
    assert len(crossing) > 700
    assert all(frozenset(pair) in scored for pair in crossing)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Acme Foods EU", "Acme Foods - Dropship", True),
        ("Acme Foods", "Acme Foods Canada", True),
        ("Acme Foods Ltd", "Acme Foods Limited (Test)", True),
        ("Acme Foods EU", "Acme Logistics EU", False),
        ("Acme EU", "Acme Logistics", False),
        ("Europe", "UK", False),
        ("Acme EU", "Bolt EU", False),
    ],
)
def test_what_is_but_a_region_or_a_channel(left: str, right: str, *, same: bool) -> None:
    """A region or a channel is for an account; any other word may be another business."""
    records = read_records([*listed("a", left), *listed("b", right)])
    rows: Sequence[bool] = suffixed(records, np.array([0, 1]), np.array([1, 0])).tolist()
    assert rows == [same, same]


def test_a_no_that_parts_no_house_changes_nothing() -> None:
    """A review need not score anew for it: only a house is another after a no, and accounts that are held for one."""
    result = match([*LUNDQVIST, *accounts("y", "Lundqvist Jewelry", 8, person="Per Ek", full=1.0), *others()])
    weighed, model = result.weighed, shipped_model()
    before = in_context(weighed, model)
    house = before.houses.house
    every = list(combinations(range(house.size), 2))
    apart = [pair for pair in every if house[pair[0]] != house[pair[1]]]
    after = in_context(weighed, model, (), apart)
    assert after.logit.tolist() == before.logit.tolist()
    parted = next(pair for pair in every if house[pair[0]] == house[pair[1]])
    assert in_context(weighed, model, (), [parted]).logit.tolist() != before.logit.tolist()


def test_more_accounts_than_a_house_has_are_still_matched() -> None:
    """So many records of one name and one domain are not gathered, and none is lost."""
    crowd = [Profile(key=f"{n}", source="ab"[n % 2], name="Acme", websites=("acme.com",)) for n in range(2 * MOST + 20)]
    result = match(crowd)
    assert sum(map(len, result.clusters)) == len(crowd)
    assert not any("of one house" in reason.sentence for pair in islice(result.pairs(), 9) for reason in pair.evidence)
