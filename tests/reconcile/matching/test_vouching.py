"""Two accounts of one business in a list are known as that by the record that the business has in another."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from aggregator.reconcile.matching import Profile, match
from tests.reconcile.matching.examples import FILLER, listed, pair_of, together

if TYPE_CHECKING:
    from aggregator.reconcile.matching import MatchResult

SITE, PHONE = "tannhauser.de", "+49 89 7651304"


def record(key: str, name: str, *, site: str = "", phone: str = "", email: str = "") -> Profile:
    """A record whose key begins with its source."""
    return Profile(key=key, source=key[0], name=name, websites=(site,), phones=(phone,), emails=(email,))


def matched(*profiles: Profile, apart: tuple[str, str] | None = None) -> MatchResult:
    """The match of some records among others of both lists."""
    kept_apart = () if apart is None else (apart,)
    return match([*profiles, *listed("a", *FILLER), *listed("b", *FILLER)], cannot_link=kept_apart)


FIRST = record("a-first", "Tannhauser Optik GmbH", site=SITE)
SECOND = record("a-second", "Tannhauser Optik Wholesale", phone=PHONE)
BOTH = record("b-both", "Tannhäuser Optik GmbH", site=SITE, phone=PHONE)


def test_two_accounts_that_share_nothing_are_one_by_the_record_that_says_what_both_do() -> None:
    """One account says the web domain and one the phone; neither is left without its partner."""
    result = matched(FIRST, SECOND, BOTH)
    assert ("a-first", "a-second", "b-both") in result.clusters


def test_it_does_not_matter_in_which_list_the_two_are() -> None:
    """Of two lists neither is preferred for coming first."""
    turned = {"a": "b", "b": "a"}
    profiles = [
        record(turned[one.key[0]] + one.key[1:], one.name, site="".join(one.websites), phone="".join(one.phones))
        for one in (FIRST, SECOND, BOTH)
    ]
    assert ("a-both", "b-first", "b-second") in matched(*profiles).clusters


@pytest.mark.parametrize(
    "second",
    [
        record("a-second", "Tannhauser Optik Wholesale"),
        record("a-second", "Tannhauser Optik Wholesale", site="tannhauser-wholesale.de"),
        record("a-second", "Tannhauser Logistik GmbH", site=SITE, phone=PHONE),
    ],
    ids=["names alone", "another domain", "a sister"],
)
def test_nothing_vouches_for_names_alone_nor_for_a_sister(second: Profile) -> None:
    """A word more makes no account of a business, and a sister that answers the same phone is none."""
    result = matched(FIRST, second, BOTH)
    assert together(result, "a-first", "b-both")
    assert not together(result, "a-first", "a-second")


def test_accounts_whose_columns_deny_each_other_are_two() -> None:
    """Where each account has a phone of its own, a record that says both phones vouches for neither."""
    first = record("a-first", "Tannhauser Optik GmbH", site=SITE, phone="+49 30 1234567")
    assert not together(matched(first, SECOND, BOTH), "a-first", "a-second")


def test_a_person_keeps_such_accounts_apart() -> None:
    """Two accounts that a person keeps apart are rivals for the record that is like both."""
    result = matched(FIRST, SECOND, BOTH, apart=("a-first", "a-second"))
    assert together(result, "a-first", "b-both")
    assert not together(result, "a-first", "a-second")
    apart, known = (pair_of(one, "a-second", "b-both") for one in (result, matched(FIRST, SECOND, BOTH)))
    assert apart is not None
    assert known is not None
    assert apart.probability < known.probability


def test_an_account_whose_partner_a_person_took_away_joins_nothing() -> None:
    """Two accounts that a record vouches for are as likely one business as not, by themselves."""
    result = matched(FIRST, SECOND, BOTH, apart=("a-second", "b-both"))
    assert ("a-first", "b-both") in result.clusters
    assert ("a-second",) in result.clusters


def test_it_is_told_why_two_accounts_are_one() -> None:
    """The reasons of the two say that a record speaks for both, and still sum to their log-odds."""
    second = record("a-second", "Tannhauser Optik Wholesale Ltd", phone=PHONE)
    probability, evidence = matched(FIRST, second, BOTH).explain("a-first", "a-second")
    assert any("speaks for both" in reason.sentence for reason in evidence)
    odds = math.log(probability / (1 - probability))
    assert sum(reason.weight for reason in evidence) == pytest.approx(odds, abs=0.02)
