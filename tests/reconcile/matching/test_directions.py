"""North, south, east and west part sisters, and are written as letters."""

from __future__ import annotations

import pytest

from aggregator.reconcile.matching import PostalAddress, Profile, match
from aggregator.reconcile.matching.reading.folded_names import fold_names
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
    assert fold_names([written, FILLER[0], written])[::2] == [read, read]


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


@pytest.mark.parametrize("more", ["North America", "US West", "Inc. West", "GmbH, Süd", "South Africa"])
def test_a_region_and_an_account_are_no_direction_more(more: str) -> None:
    """Tannhauser North America sells there, and is no other Tannhauser than the one beside it."""
    names = ("Quillby Tannhauser", f"Quillby Tannhauser {more}")
    pair = [
        Profile(key=side, source=side, name=name, websites=("quillby.com",))
        for side, name in zip("ab", names, strict=True)
    ]
    explained = match([*pair, *listed("a", *FILLER), *listed("b", *FILLER)]).explain("a", "b")[1]
    assert not any("a direction" in reason.sentence for reason in explained)


@pytest.mark.parametrize("names", [("Bank of Texas", "Bank of South Texas"), ("Quillby", "Quillby West")])
def test_a_direction_of_a_place_that_both_say_is_one_more(names: tuple[str, str]) -> None:
    pair = [Profile(key=side, source=side, name=name) for side, name in zip("ab", names, strict=True)]
    explained = match([*pair, *listed("a", *FILLER), *listed("b", *FILLER)]).explain("a", "b")[1]
    assert any("a direction" in reason.sentence for reason in explained)


@pytest.mark.parametrize(
    ("names", "asked"),
    [
        (("South African Breweries", "SAB"), False),
        (("Northern Tool and Equipment", "NTE"), False),
        (("Saint Francis Hospital South", "SFH"), True),
    ],
)
def test_a_direction_that_the_initials_stand_for_is_not_lacking(names: tuple[str, str], *, asked: bool) -> None:
    """That of a last word may be, for initials are written without it, too."""
    pair = [Profile(key=side, source=side, name=name) for side, name in zip("ab", names, strict=True)]
    explained = match([*pair, *listed("a", *FILLER), *listed("b", *FILLER)]).explain("a", "b")[1]
    assert any("a direction" in reason.sentence for reason in explained) == asked
