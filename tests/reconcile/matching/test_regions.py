"""States and provinces tell towns and counties of one name apart."""

from __future__ import annotations

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
        (PostalAddress(city="Aurora, CO"), PostalAddress(city="Aurora", region="Colorado", country="US")),
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
        PostalAddress(),
    ],
)
def test_what_one_list_calls_a_region_and_another_a_county_says_nothing(address: PostalAddress) -> None:
    """Of such no two records could be told apart."""
    assert regions_of(address) == ()


def test_the_state_behind_a_town_is_no_part_of_the_town() -> None:
    """Aurora, CO is Aurora in Colorado, and "Paris, Cedex" is in no state."""
    assert town_of(PostalAddress(city="Aurora, CO")) == "Aurora"
    assert town_of(PostalAddress(city="Paris, Cedex")) == "Paris, Cedex"


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=10))
def test_any_text_is_taken(city: str, region: str, country: str) -> None:
    """Whatever stands in an address is read without an error."""
    address = PostalAddress(city=city, region=region, country=country)
    assert all(found[2] == "-" for found in regions_of(address))
    assert town_of(address) in city


def test_a_town_in_another_state_is_another_town() -> None:
    """Springfield in Ohio is no Springfield in Illinois, and says so of both columns."""
    places = (PostalAddress(city="Springfield", region="OH"), PostalAddress(city="Springfield, Illinois"))
    profiles = [
        Profile(key=str(number), source=str(number), name="City of Springfield", addresses=(place,))
        for number, place in enumerate(places)
    ]
    told = field_features(read_records(profiles).columns, np.array([0]), np.array([1]))
    codes = {name: int(code[0]) for name, code in columns_of(FIELD_FEATURES, told).items()}
    assert (codes["city"], codes["region"]) == (1, 1)
    sentences = {reason.sentence for reason in match(profiles).explain("0", "1")[1]}
    assert "state or province differs" in sentences
