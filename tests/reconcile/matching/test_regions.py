"""States and provinces tell towns and counties of one name apart."""

from __future__ import annotations

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.reconcile.matching import PostalAddress, Profile, match
from aggregator.reconcile.matching.comparison import read_records
from aggregator.reconcile.matching.features.field_features import FIELD_FEATURES, field_features
from aggregator.reconcile.matching.model.additive import columns_of
from aggregator.reconcile.matching.reading.regions import regions_of, town_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PostalAddress(region="CO"), PostalAddress(region="Colorado")),
        (PostalAddress(region="WA", country="AU"), PostalAddress(region="Western Australia")),
        (PostalAddress(region="Québec"), PostalAddress(region="PQ", country="Canada")),
        (PostalAddress(region="São Paulo"), PostalAddress(region="SP", country="BR")),
        (PostalAddress(city="Aurora, CO, USA"), PostalAddress(city="Aurora", region="Colo.", country="US")),
        (PostalAddress(city="Aurora, CO 80012", country="USA"), PostalAddress(region="Colorado")),
        (PostalAddress(region="US-TX"), PostalAddress(region="Texas")),
        (PostalAddress(region="CA-ON", country="CA"), PostalAddress(region="Ontario")),
        (PostalAddress(region="N.Y."), PostalAddress(city="Albany, NY")),
        (PostalAddress(region="Mich."), PostalAddress(region="MI")),
        (PostalAddress(region="Distrito Federal", country="MX"), PostalAddress(region="CDMX")),
        (PostalAddress(region="NSW"), PostalAddress(region="New South Wales")),
        (PostalAddress(region="Bayern"), PostalAddress(region="Bavaria", country="Germany")),
    ],
)
def test_a_state_is_one_whatever_it_is_called(one: PostalAddress, other: PostalAddress) -> None:
    """Its letters, its name, and its name in another language are one."""
    assert set(regions_of(one)) & set(regions_of(other))


@pytest.mark.parametrize(
    "address",
    [
        PostalAddress(region="Essex", country="GB"),
        PostalAddress(region="Lombardia"),
        PostalAddress(region="MI", country="IT"),
        PostalAddress(city="Springfield"),
        PostalAddress(city="Berlin, DE"),
        PostalAddress(city="Toronto, CA"),
        PostalAddress(),
    ],
)
def test_what_one_list_calls_a_region_and_another_a_county_says_nothing(address: PostalAddress) -> None:
    """Of such no two records could be told apart."""
    assert regions_of(address) == ()


def test_the_state_behind_a_town_is_no_part_of_the_town() -> None:
    """Aurora, CO is Aurora in Colorado, and "Paris, Cedex" is in no state."""
    assert town_of(PostalAddress(city="Aurora, CO 80012")) == town_of(PostalAddress(city="Aurora, CO, USA")) == "Aurora"
    assert town_of(PostalAddress(city="Paris, Cedex")) == "Paris, Cedex"


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=10))
def test_any_text_is_taken(city: str, region: str, country: str) -> None:
    """Whatever stands in an address is read without an error."""
    address = PostalAddress(city=city, region=region, country=country)
    assert all(found[2] == "-" for found in regions_of(address))
    assert town_of(address) in city


def _codes(*profiles: Profile) -> dict[str, int]:
    told = field_features(read_records(profiles).columns, np.array([0]), np.array([1]))
    return {name: int(code[0]) for name, code in columns_of(FIELD_FEATURES, told).items()}


def _placed(*places: PostalAddress) -> list[Profile]:
    return [
        Profile(key=str(number), source=str(number), name="City of Springfield", addresses=(place,))
        for number, place in enumerate(places)
    ]


def test_a_town_in_another_state_is_another_town() -> None:
    """Springfield in Ohio is no Springfield in Illinois, and that their postal codes differ is no news."""
    profiles = _placed(
        PostalAddress(city="Springfield", region="OH", postcode="45501"),
        PostalAddress(city="Springfield, Illinois", postcode="62701"),
    )
    codes = _codes(*profiles)
    assert (codes["city"], codes["region"], codes["postcode"]) == (0, 1, 0)
    assert "state or province differs" in {reason.sentence for reason in match(profiles).explain("0", "1")[1]}


@pytest.mark.parametrize(
    "box", ["PO Box 77", "29390 NETWORK PLACE", "Lockbox 776402", "NW 7114 PO BOX 1450", "P.O. Drawer 9"]
)
def test_a_box_denies_no_address(box: str) -> None:
    """Bills go to a box, which may be a bank's in another state; that two towns are one still says something."""
    remitted = PostalAddress(street=box, city="Chicago", region="IL", postcode="60673")
    ordered = PostalAddress(street="1 Main St", city="Pittsburgh", region="PA", postcode="15251")
    told = _codes(*_placed(remitted, ordered))
    assert [told[name] for name in ("street", "city", "region", "postcode")] == [0, 0, 0, 0]
    near = _codes(*_placed(remitted, attrs.evolve(ordered, city="Chicago", region="IL")))
    assert near["city"] > 2
    other = _codes(*_placed(attrs.evolve(remitted, street="9 Oak Ave"), ordered))
    assert other["street"] == other["region"] == 1


@pytest.mark.parametrize("box", ["PO Box 77", "P O BOX 77", "Postfach 10 20", "Apartado 5"])
def test_a_box_at_the_post_office_denies_no_street(box: str) -> None:
    """Bills go to a box, and goods to the street."""
    assert _codes(*_placed(PostalAddress(street=box), PostalAddress(street="1 Main St")))["street"] == 0
    assert _codes(*_placed(PostalAddress(street=box), PostalAddress(street=box)))["street"] == 4
