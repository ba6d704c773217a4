"""Businesses of one town whose names are a letter apart are several, and what all records say is no evidence."""

from __future__ import annotations

import attrs
import pytest

from aggregator.reconcile.matching import PostalAddress, Profile, match
from tests.reconcile.matching.examples import FILLER, listed, together

_NAMESAKES = (
    ("Kfz-Service Lange", "Kfz-Service Lang", "Gera"),
    ("Hansen Murermester ApS", "Jensen Murermester ApS", "Odense"),
    ("Metzgerei Maier", "Metzgerei Meier", "Ulm"),
    ("Weingut Müller", "Weingut Möller", "Mainz"),
    ("Petersen & Sohn GmbH", "Pedersen & Sohn GmbH", "Flensburg"),
)


def _in_town(profiles: list[Profile], towns: list[str]) -> list[Profile]:
    return [
        attrs.evolve(profile, addresses=(PostalAddress(city=town),))
        for profile, town in zip(profiles, towns, strict=True)
    ]


@pytest.mark.parametrize(("one", "other", "town"), _NAMESAKES)
@pytest.mark.parametrize("both", [True, False])
def test_namesakes_of_one_town_are_two(one: str, other: str, town: str, *, both: bool) -> None:
    """Both lists have both, or one list has one of them: a town makes no duplicate of a misspelt name."""
    towns = [town, town, *(f"{name} City" for name in FILLER[:5])]
    left = _in_town(listed("a", one, other, *FILLER[:5]), towns)
    right = _in_town(listed("b", one.upper(), other.upper(), *FILLER[5:10]), towns)
    result = match([*(left if both else left[:1] + left[2:]), *right])
    assert together(result, "a0", "b0")
    assert not together(result, "a0", "b1")
    assert not both or (together(result, "a1", "b1") and not together(result, "a1", "b0"))


@pytest.mark.parametrize(("one", "other"), [("Monticello", "Sheldon"), ("Hexham", "Bodmin")])
def test_two_of_one_name_in_two_towns_are_two_if_both_lists_have_both(one: str, other: str) -> None:
    """Neither list holds a duplicate, and each is joined with that of its own town alone."""
    towns = [one, other, *(f"{name} City" for name in FILLER[:5])]
    left = _in_town(listed("a", "Citizens State Bank", "Citizens State Bank", *FILLER[:5]), towns)
    right = _in_town(listed("b", "CITIZENS STATE BANK", "CITIZENS STATE BANK", *FILLER[5:10]), towns)
    result = match([*left, *right])
    assert together(result, "a0", "b0")
    assert together(result, "a1", "b1")
    assert not together(result, "a0", "a1")
    assert not together(result, "a0", "b1")


@pytest.mark.parametrize("column", ["country", "city"])
def test_what_most_records_say_is_no_evidence(column: str) -> None:
    """A list of one country says of no two records that they are one business."""
    names = [f"{name} {trade}" for name in FILLER[:10] for trade in ("Lamps", "Boats")]
    one, other = "Andersson Måleri", "Anderson Mölleri"
    profiles = [*listed("a", one, *names[:10]), *listed("b", other, *names[10:])]
    said = {"country": "SE", "city": "Lund"}
    placed = [attrs.evolve(profile, addresses=(PostalAddress(**{column: said[column]}),)) for profile in profiles]
    told = {reason.sentence for reason in match(placed).explain("a0", "b0")[1]}
    assert not {sentence for sentence in told if "same" in sentence and "words" not in sentence}
    assert match(placed).explain("a0", "b0")[0] == match(profiles).explain("a0", "b0")[0]


def _of_two(one: tuple[str, PostalAddress], other: tuple[str, PostalAddress]) -> list[Profile]:
    """Two records of two lists, and others that have nothing to do with them."""
    pair = [
        Profile(key=side, source=side, name=name, addresses=(address,))
        for side, (name, address) in zip("ab", (one, other), strict=True)
    ]
    return [*pair, *listed("a", *FILLER[:5]), *listed("b", *FILLER[:5])]


_MADRID, _VALENCIA = PostalAddress(city="Madrid"), PostalAddress(city="Valencia")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("VICTORIA SPORT SL", "Sport Victoria"),
        ("MUELLER AUTOTEILE GMBH", "Autoteile Müller GmbH"),
        ("JOHANSEN FISK", "Johansen & Sønn Fisk"),
    ],
)
def test_common_names_in_two_towns_are_left_to_a_person(one: str, other: str) -> None:
    """That the two lists are short makes no word of theirs a rare one."""
    assert not together(match(_of_two((one, _MADRID), (other, _VALENCIA))), "a", "b")


def test_a_name_that_hardly_another_has_may_be_in_two_towns() -> None:
    """A house has its office in one town and its works in another."""
    assert together(match(_of_two(("Zephyrine Sport SL", _MADRID), ("Zephyrine Sport", _VALENCIA))), "a", "b")


def test_a_word_more_of_a_common_name_at_another_address_is_left_to_a_person() -> None:
    """It may be the parish of the next town that has its mail sent to this one."""
    first = PostalAddress(street="111 W Monument Ave", city="Dayton", region="OH", postcode="45402")
    next_town = PostalAddress(street="3939 Swigart Rd", city="Dayton", region="OH", postcode="45440")
    both = _of_two(("First Baptist Church", first), ("First Baptist Church of Kettering", next_town))
    assert not together(match(both), "a", "b")
