"""North, south, east and west part sisters, and are written as letters."""

from __future__ import annotations

import pytest

from aggregator.reconcile.matching import PostalAddress, Profile, match
from aggregator.reconcile.matching.reading.folding import fold
from tests.reconcile.matching.examples import FILLER, listed, together


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("UNIV S FLORIDA", "univ south florida"),
        ("N. Dakota Mill", "north dakota mill"),
        ("E Kentucky Power", "east kentucky power"),
        ("Bank of N Carolina", "bank of north carolina"),
        ("J W Texas Inc", "j w texas inc"),
        ("S & W Texas Oil", "s and w texas oil"),
        ("W. Neudorff KG", "w neudorff kg"),
        ("Rock n Roll Records", "rock and roll records"),
        ("N Texas n Sons", "north texas and sons"),
    ],
)
def test_a_letter_before_a_place_is_a_direction_unless_it_is_an_initial(written: str, read: str) -> None:
    assert fold([written, FILLER[0], written])[::2] == [read, read]


def test_a_university_of_the_south_is_not_the_other_one() -> None:
    """An index that writes directions as letters finds the sister that is meant."""
    left = listed("a", "University of Florida", "University of South Florida", *FILLER)
    result = match([*left, *listed("b", "UNIV FLORIDA", "UNIV S FLORIDA", *FILLER)])
    assert together(result, "a0", "b0")
    assert together(result, "a1", "b1")


@pytest.mark.parametrize("town", ["", "Tulsa"])
def test_a_direction_more_is_left_to_a_person(town: str) -> None:
    """Saint Quillby South may be another house of Saint Quillby, in one town too."""
    names = ("Saint Quillby Hospital", "St. Quillby Hospital South")
    pair = [
        Profile(key=side, source=side, name=name, addresses=(PostalAddress(city=town),) if town else ())
        for side, name in zip("ab", names, strict=True)
    ]
    assert not together(match([*pair, *listed("a", *FILLER), *listed("b", *FILLER)]), "a", "b")
