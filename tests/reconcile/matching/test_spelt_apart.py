"""Two names that are read as one are two businesses where both lists have both."""

from __future__ import annotations

import attrs
import pytest

from aggregator.reconcile.matching import Profile, match
from tests.reconcile.matching.examples import FILLER, listed, together

_SPELLINGS = (
    ("One Stop", "1st Stop"),
    ("Tetra Tech", "Tetra Technologies, Inc."),
    ("FedEx", "Federal Express Corporation"),
)


def _lists(*names: str) -> tuple[list[Profile], list[Profile]]:
    return listed("a", *names, *FILLER[:5]), listed("b", *map(str.upper, names), *FILLER[5:])


@pytest.mark.parametrize(("one", "other"), _SPELLINGS)
def test_two_spellings_that_both_lists_have_are_two(one: str, other: str) -> None:
    """Each is joined with the one that is spelt so, none with the other, and neither list holds a duplicate."""
    left, right = _lists(one, other)
    result = match([*left, *right])
    assert together(result, "a0", "b0")
    assert together(result, "a1", "b1")
    assert not together(result, "a0", "b1")
    assert not together(result, "a0", "a1")
    for pair in (("a0", "b1"), ("a0", "a1")):
        probability, evidence = result.explain(*pair)
        assert probability < 0.05
        assert "both lists have both names, each spelt so" in {reason.sentence for reason in evidence}


@pytest.mark.parametrize(("one", "other"), _SPELLINGS)
def test_two_spellings_are_one_business_where_each_list_has_one(one: str, other: str) -> None:
    """Nothing says then that they are two."""
    left, right = listed("a", one, *FILLER[:5]), listed("b", other, *FILLER[5:])
    assert together(match([*left, *right]), "a0", "b0")


def test_two_spellings_that_a_phone_joins_are_duplicates() -> None:
    """What one business has for itself says more than that both lists have both."""
    phones = ("+49 30 9012345",) * 2 + tuple(f"+49 30 90{place}2346" for place in range(10, 20))
    several = [
        [attrs.evolve(profile, phones=(phone,)) for profile, phone in zip(profiles, phones, strict=False)]
        for profiles in _lists("Tetra Tech", "Tetra Technologies")
    ]
    result = match([profile for profiles in several for profile in profiles])
    assert together(result, "a0", "a1")
    assert together(result, "a0", "b1")


def test_legal_forms_are_no_other_spelling() -> None:
    """A list that has a business twice, once with its legal form in full, has a duplicate as before."""
    left, right = _lists("Quokka Paddles Co.", "Quokka Paddles Company")
    assert together(match([*left, *right]), "a0", "a1")
