"""Divisions of one house, and namesakes of one town, are joined each with its own."""

from __future__ import annotations

import attrs

from aggregator.reconcile.matching import PostalAddress, Profile, match
from tests.reconcile.matching.examples import FILLER, listed, together

_WHERE = PostalAddress(street="8740 Columbus Blvd", city="Tucson", region="AZ", postcode="85707")


def test_divisions_that_share_all_but_a_word_are_joined_each_with_its_own() -> None:
    """One address and one web domain join "Penrose Honda" with no "Penrose Ford", where both lists have both."""
    divisions = ("Penrose Honda", "Penrose Mercedes-Benz", "Penrose Ford")
    lists = {"a": [*divisions, *FILLER[:5]], "b": [*(f"{name} of Tucson".upper() for name in divisions), *FILLER[5:]]}
    profiles = [
        attrs.evolve(one, websites=("penroseauto.com",), addresses=(_WHERE,)) if "penrose" in one.name.lower() else one
        for source, names in lists.items()
        for one in listed(source, *names)
    ]
    result = match(profiles)
    joined = {(place, other) for place in range(3) for other in range(3) if together(result, f"a{place}", f"b{other}")}
    assert joined == {(0, 0), (1, 1), (2, 2)}
    assert not together(result, "a0", "a1")


def test_namesakes_of_one_town_are_joined_by_the_phone_of_each() -> None:
    """Two of one name and one town are two where both lists have both with a phone each."""
    phones = ("309-618-0212", "309-822-5921")
    profiles = [
        Profile(
            key=f"{source}{place}",
            source=source,
            name="Reid Auto Repair",
            phones=(phone,),
            addresses=(PostalAddress(city="Peoria", region="IL"),),
            country="US",
        )
        for source in "ab"
        for place, phone in enumerate(phones)
    ]
    others = [attrs.evolve(one, key=f"other {one.key}") for source in "ab" for one in listed(source, *FILLER[:5])]
    result = match([*profiles, *others])
    assert together(result, "a0", "b0")
    assert together(result, "a1", "b1")
    assert not together(result, "a0", "b1")
    assert not together(result, "a0", "a1")
