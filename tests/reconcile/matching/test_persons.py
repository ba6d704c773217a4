"""Names of practitioners are read as those of persons, and two of one practice are two."""

from __future__ import annotations

import attrs
import pytest

from aggregator.reconcile.matching import PostalAddress, match
from aggregator.reconcile.matching.reading.persons import are_two, person_of
from tests.reconcile.matching.examples import FILLER, listed, together

_WHERE = PostalAddress(street="2828 Main Road", city="Austin", region="TX", postcode="78734")


@pytest.mark.parametrize(
    ("one", "other", "two"),
    [
        ("SMITH, JOHN A MD", "Dr. John A. Smith", False),
        ("DAVIS, JOSEPH F DDS", "Joe F. Davis, DDS", False),
        ("SINGH, WILLIAM R DDS", "Bill Singh DDS", False),
        ("BROWN, JOSEPH B, DPM", "J. Brown, DPM PA", False),
        ("GUTIERREZ M MD", "Marisela Gutierrez, M.D., P.A.", False),
        ("CHEN, DAVID D MD", "Daniel D. Chen, MD", True),
        ("PATEL, DAVID S DDS", "Dr. Linda Patel", True),
        ("MILLER, AHMED G, PA-C", "Ahmed S. Nguyen, DO", True),
    ],
)
def test_two_given_names_or_surnames_are_two_persons(one: str, other: str, *, two: bool) -> None:
    """Degrees, titles, initials and short forms of given names tell no persons apart."""
    first, second = person_of(one), person_of(other)
    assert first is not None
    assert second is not None
    assert are_two(first, second) == two


@pytest.mark.parametrize("name", ["Banco do Brasil", "Faculdade Serra do Carmo", "Smith Dental Group of Austin, DDS"])
def test_names_of_businesses_are_no_persons(name: str) -> None:
    """What has no degree at its end, or more words than a person has, is a business."""
    assert person_of(name) is None


def test_a_title_alone_makes_no_person_of_a_brand() -> None:
    """There is no Dr. Falk beside Dr. Pharma."""
    one, other = person_of("Dr. Falk Pharma"), person_of("Dr. Falk GmbH")
    assert one is None or other is None or not are_two(one, other)


def test_doctors_of_one_practice_are_joined_each_with_its_own() -> None:
    """One address and one phone join nobody with whoever is next door, nor make a house of them."""
    doctors = {
        "a": ("PATEL, DAVID S DDS", "PATEL, WILLIAM J NP", "PATEL, LINDA F DPM"),
        "b": ("Dr. David Patel", "William J. Patel, NP", "Dr. Linda Patel, DPM"),
    }
    practice = [
        attrs.evolve(one, phones=("512-568-3707",), addresses=(_WHERE,), country="US")
        for source, names in doctors.items()
        for one in listed(source, *names)
    ]
    others = [attrs.evolve(one, key=f"other {one.key}") for source in "ab" for one in listed(source, *FILLER[:5])]
    result = match([*practice, *others])
    assert not any(together(result, f"a{one}", f"b{other}") for one in range(3) for other in range(3) if one != other)
