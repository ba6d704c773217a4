"""A well-known business is itself under each of its names, and nobody else is."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.reconcile.facts.facts import Facts
from aggregator.reconcile.matching import match
from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.known_names import known_businesses, usual_names
from aggregator.reconcile.matching.reading.vocabulary import load_list
from tests.reconcile.matching.examples import FILLER, listed, together

BUSINESSES: list[list[str]] = load_list("known_names.json")["businesses"]


@pytest.mark.parametrize(
    ("name", "usual"),
    [
        ("FEDEX CORP", "FedEx"),
        ("Federal Express Corporation", "FedEx"),
        ("The Procter and Gamble Co.", "P&G"),
        ("International Business Machines, Inc.", "IBM"),
        ("Commonwealth Edison Company", "ComEd"),
        ("PT Sumber Alfaria Trijaya", "Alfamart"),
        ("NV Energy, Inc.", "NV Energy"),
        ("松下電器産業株式会社", "Panasonic"),
    ],
)
def test_a_name_is_known_with_its_legal_form_and_without(name: str, usual: str) -> None:
    assert known_businesses([name]) == {0: usual}


@pytest.mark.parametrize(
    "name", ["PG Inc", "FedEx Freight", "Energy NV", "Big Blue", "", "!", "Express, Federal", "GmbH"]
)
def test_a_name_that_is_none_of_its_names_is_not_known(name: str) -> None:
    assert known_businesses([name]) == {}
    assert usual_names([name]) == {}


def test_two_names_of_a_business_are_one_and_the_evidence_says_why() -> None:
    left, right = listed("a", "FedEx Corp.", *FILLER), listed("b", "Federal Express", *FILLER)
    result = match([*left, *right])
    assert together(result, "a0", "b0")
    assert any("'Federal Express' is also called" in reason.sentence for reason in result.explain("a0", "b0")[1])
    assert Facts([*left, *right]).of([0], [len(left)]) == [
        "both are known as FedEx; no word in common; only left: fedex corp; only right: federal express"
    ]


def test_a_part_of_a_known_business_is_not_the_whole() -> None:
    """FedEx Freight has its own account."""
    result = match([*listed("a", "FedEx Freight", *FILLER), *listed("b", "Federal Express", *FILLER)])
    assert not together(result, "a0", "b0")


def test_every_shipped_name_is_known_and_of_one_business() -> None:
    usual = chain.from_iterable([first] * (1 + len(others)) for first, *others in BUSINESSES)
    assert known_businesses(list(chain.from_iterable(BUSINESSES))) == dict(enumerate(usual))


def test_the_shipped_names_are_in_order_and_none_is_there_twice() -> None:
    folded = fold_names(list(chain.from_iterable(BUSINESSES)))
    assert [name for name, times in Counter(folded).items() if times > 1] == []
    assert sorted(BUSINESSES, key=lambda names: names[0].casefold()) == BUSINESSES
    assert all(len(names) > 1 for names in BUSINESSES)


@given(st.lists(st.text(max_size=12) | st.sampled_from(list(chain.from_iterable(BUSINESSES[:40])))))
def test_only_names_that_are_there_are_told(names: list[str]) -> None:
    assert set(usual_names(names)) <= set(known_businesses(names)) <= set(range(len(names)))
