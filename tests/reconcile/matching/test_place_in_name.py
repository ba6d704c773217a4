"""A name that says the town of its record is compared without it, but only with records of that town."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.reconcile.matching import PostalAddress, Profile, match
from aggregator.reconcile.matching.reading.place_in_name import as_country, without_place
from tests.reconcile.matching.examples import FILLER, listed, pair_of, together

DE = as_country("de")


def bare(name: str, address: PostalAddress) -> tuple[str, str] | None:
    """A name without the place of its record."""
    return without_place(name, Profile(key="a", source="a", name=name, addresses=(address,)))


@pytest.mark.parametrize(
    ("name", "address", "expected"),
    [
        ("BOMGAARS STORM LAKE", PostalAddress(city="Storm Lake", region="IA"), ("BOMGAARS", "storm lake")),
        ("Lundqvist - Bolivar, MO", PostalAddress(city="Bolivar", region="MO"), ("Lundqvist", "bolivar")),
        ("LUNDQVIST OF AMES", PostalAddress(city="Ames"), ("LUNDQVIST", "ames")),
        ("Mercy Hospital (St. Louis)", PostalAddress(city="Saint Louis"), ("Mercy Hospital", "saint louis")),
        ("Mercy St Louis", PostalAddress(city="St. Louis"), ("Mercy", "saint louis")),
        ("CARTHAGE LUMBER-JOPLIN", PostalAddress(city="Joplin"), ("CARTHAGE LUMBER", "joplin")),
        ("County of Orange NY", PostalAddress(region="New York"), ("County of Orange", "us-ny")),
        ("Miami University (Ohio)", PostalAddress(region="OH"), ("Miami University", "us-oh")),
        ("Lundqvist New Hampshire", PostalAddress(region="NH"), ("Lundqvist", "us-nh")),
        ("Lundqvist Magyarország Zrt.", PostalAddress(country="HU"), ("Lundqvist Zrt.", as_country("hu"))),
        ("Lundqvist Polska Sp. z o.o.", PostalAddress(country="Poland"), ("Lundqvist Sp. z o.o.", as_country("pl"))),
        ("Lundqvist (Deutschland) GmbH & Co. KG", PostalAddress(country="DE"), ("Lundqvist GmbH & Co. KG", DE)),
        ("Lundqvist United Kingdom", PostalAddress(country="UK"), ("Lundqvist", as_country("gb"))),
    ],
)
def test_the_place_of_its_record_is_left_out_of_a_name(
    name: str, address: PostalAddress, expected: tuple[str, str]
) -> None:
    """Whatever stands around the place, and however it is written."""
    assert bare(name, address) == expected


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Springfield", PostalAddress(city="Springfield")),
        ("Salemann Foods", PostalAddress(city="Salem")),
        ("Lundqvist Bolivar", PostalAddress(city="Joplin", region="MO")),
        ("Ohio Lumber", PostalAddress(region="OH")),
        ("Lundqvist Polska", PostalAddress(country="DE")),
        ("Lundqvist IT", PostalAddress(country="IT")),
        ("Canada Wholesale", PostalAddress(country="CA")),
        ("Canada Inc.", PostalAddress(country="CA")),
        ("Lundqvist", PostalAddress()),
        ("", PostalAddress(city="Rome", region="NY")),
    ],
)
def test_a_name_that_says_no_place_or_nothing_else_is_as_it_is(name: str, address: PostalAddress) -> None:
    """Nor is a state left out that stands before the name, where it is the name's."""
    assert bare(name, address) is None


@given(st.text(max_size=30), st.text(max_size=20), st.text(max_size=10), st.sampled_from(["", "DE", "uk", "Kenya"]))
def test_any_name_is_read_without_any_place(name: str, city: str, region: str, country: str) -> None:
    """What is left of a name is never nothing."""
    found = bare(f"{name} {country}", PostalAddress(city=city, region=region, country=country))
    assert found is None or found[0].strip()


def in_town(source: str, *rows: tuple[str, str]) -> list[Profile]:
    """Records of a name and a town each."""
    return [
        Profile(key=f"{source}{place}", source=source, name=name, addresses=(PostalAddress(city=city),))
        for place, (name, city) in enumerate(rows)
    ]


def test_a_company_that_is_called_after_its_country_is_found_there() -> None:
    """In Hungary, "Lundqvist" is "Lundqvist Magyarország Zrt.", and none of the other countries'."""

    def placed(source: str, *rows: tuple[str, str]) -> list[Profile]:
        profiles = listed(source, *(name for name, _ in rows))
        return [
            attrs.evolve(profile, addresses=(PostalAddress(country=code),))
            for profile, (_, code) in zip(profiles, rows, strict=True)
        ]

    ours = placed("a", ("Lundqvist", "HU"), ("Lundqvist", "PL"), *((name, "US") for name in FILLER[:5]))
    named = (("Lundqvist Polska Sp. z o.o.", "PL"), ("Lundqvist Magyarország Zrt.", "HU"))
    result = match([*ours, *placed("b", *named, *((name, "US") for name in FILLER[5:]))])
    for own, right, wrong in (("a0", "b1", "b0"), ("a1", "b0", "b1")):
        found, other = pair_of(result, own, right), pair_of(result, own, wrong)
        assert found is not None
        assert found.probability > 0.9
        assert other is None or other.probability < 0.05


def test_a_shop_that_is_called_after_its_town_is_found_there() -> None:
    """Of Storm Lake, "Lundqvist Supply" is "Lundqvist Storm Lake", and none of the other towns' shops."""
    ours = in_town("a", ("Lundqvist Supply", "Storm Lake"), ("Lundqvist Supply", "Norfolk"))
    theirs = in_town("b", ("LUNDQVIST STORM LAKE", "Storm Lake"), ("LUNDQVIST OF NORFOLK", "Norfolk"))
    result = match([*ours, *listed("a", *FILLER[:5])[2:], *theirs, *listed("b", *FILLER[5:])[2:]])
    for own, other in (("a0", "b1"), ("a1", "b0")):
        right, wrong = pair_of(result, own, f"b{own[1]}"), pair_of(result, own, other)
        assert right is not None
        assert right.probability > 0.5
        assert wrong is None or wrong.probability < 0.2


def test_a_name_that_is_nothing_without_its_town_keeps_it() -> None:
    """Of "Salem Supply Company" nothing that tells is left: it is no other supply company of Salem."""
    ours, theirs = in_town("a", ("Salem Supply Company", "Salem")), in_town("b", ("Harbour Supply Company", "Salem"))
    found = pair_of(match([*ours, *theirs]), "a0", "b0")
    assert found is None or found.decision != "match"


def test_a_town_that_says_nothing_is_no_place() -> None:
    """Whoever types "TBC" for a town may be called so; and nobody else says a town at all."""
    result = match([*in_town("a", ("TBC Foods", "TBC")), *listed("b", "TBC Foods")])
    assert ("a0", "b0") in result.clusters


def _shop(key: str, name: str, postcode: str) -> Profile:
    address = PostalAddress(city="Lodi", postcode=postcode)
    return Profile(key=key, source=key[0], name=name, addresses=(address,))


def test_a_number_more_of_the_only_shop_there_needs_no_person() -> None:
    """Neither list has another of that name, and town and postal code are the same."""
    both = [_shop("a", "Lundqvist Supply Co #14", "95240"), _shop("b", "Lundqvist Supply Company", "95240")]
    assert together(match([*both, *listed("a", *FILLER[:5]), *listed("b", *FILLER[5:])]), "a", "b")


@pytest.mark.parametrize(
    "other", [_shop("b", "Lundqvist Supply", "95999"), _shop("another", "Lundqvist Supply Co #15", "95999")]
)
def test_a_number_more_of_one_shop_of_several_is_left_to_a_person(other: Profile) -> None:
    """The other may be its house, or another shop."""
    both = [_shop("a", "Lundqvist Supply Co #14", "95240"), _shop("b", "Lundqvist Supply Company", "95240")]
    pair = [profile for profile in both if profile.key != other.key]
    assert not together(match([*pair, other, *listed("a", *FILLER[:5]), *listed("b", *FILLER[5:])]), "a", "b")
