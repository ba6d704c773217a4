"""Some pairs are left to a person for what else their lists hold."""

from __future__ import annotations

import attrs
import pytest

from aggregator.reconcile.matching import Decision, MatchResult, PostalAddress, match
from tests.reconcile.matching.examples import FILLER, listed, pair_of, together

_ONLY_A_PERSON = "only a person joins such"


def _joined(result: MatchResult) -> set[tuple[str, str]]:
    return {
        (pair.left, pair.right)
        for pair in result.pairs()
        if pair.decision is Decision.MATCH and pair.left_source != pair.right_source
    }


@pytest.mark.parametrize(("ours", "theirs"), [(3, 1), (2, 2), (12, 8)])
def test_rows_that_nothing_tells_apart_are_left_to_a_person(ours: int, theirs: int) -> None:
    """Of one name three times in a list, or twice in both, nobody could say which is which."""
    left, right = listed("a", *["First National Bank"] * ours, *FILLER), listed("b", *["FIRST NATIONAL BANK"] * theirs)
    result = match([*left, *right])
    assert not _joined(result)
    asked = [pair for pair in result.pairs() if pair.left_source != pair.right_source]
    assert {pair.decision for pair in asked} == {Decision.REVIEW}
    assert all(_ONLY_A_PERSON in str(reason) for pair in asked for reason in pair.evidence if "compared" in str(reason))


def test_one_row_beside_two_of_its_name_is_a_duplicate() -> None:
    """A business that was opened again has both."""
    result = match([*listed("a", "Quokka Paddles", *FILLER), *listed("b", "Quokka Paddles", "QUOKKA PADDLES")])
    assert together(result, "a0", "b0")
    assert together(result, "a0", "b1")


def test_rows_that_a_phone_ties_together_are_one_business() -> None:
    """Three accounts that answer one phone are joined with the record that has it."""
    phone = ("+49 30 9012345",)
    profiles = [*listed("a", *["Quokka Paddles"] * 3, *FILLER[:5]), *listed("b", "QUOKKA PADDLES", *FILLER[5:])]
    result = match([attrs.evolve(one, phones=phone) if "okka" in one.name.lower() else one for one in profiles])
    assert all(together(result, f"a{place}", "b0") or place > 2 for place in range(3))


@pytest.mark.parametrize(
    ("exact", "loose", "theirs"),
    [
        ("A1 Gaming", "A1 Games", "A1-Gaming"),
        ("R & D Masonry", "D and R Masonry", "R&D Masonry"),
        ("University of York", "York University", "University of York"),
        ("Anderson Brothers Contracting", "Anderson Brothers Construction", "ANDERSON BROTHERS CONTRACTING"),
    ],
)
def test_beside_an_exacter_name_a_looser_one_is_left_to_a_person(exact: str, loose: str, theirs: str) -> None:
    """A record that has its name in the other list is joined with that one alone."""
    result = match([*listed("a", exact, loose, *FILLER[:5]), *listed("b", theirs, *FILLER[5:])])
    assert together(result, "a0", "b0")
    assert not together(result, "a1", "b0")
    pair = pair_of(result, "a1", "b0")
    assert pair is None or pair.decision is not Decision.MATCH


def test_what_ties_two_rows_together_makes_the_looser_name_a_duplicate() -> None:
    """Rows that have one web domain are one business, however the second is called."""
    left, right = listed("a", "A1 Gaming", "A1 Games", *FILLER[:5]), listed("b", "A1-Gaming", *FILLER[5:])
    sited = [attrs.evolve(one, websites=("a1gaming.com",)) for one in left[:2]]
    result = match([*sited, *left[2:], *right])
    assert together(result, "a0", "b0")
    assert together(result, "a1", "b0")


def test_a_name_with_a_word_more_at_another_street_and_phone_is_left_to_a_person() -> None:
    """A restaurant and the one next door are two, however rare the word is that they share."""
    where = {"Nobu": ("1836 Park Lane", "212-724-2320"), "Nobu Next Door": ("4164 Kirby Boulevard", "212-724-3496")}
    profiles = [
        attrs.evolve(
            one,
            phones=(where[one.name][1],),
            addresses=(PostalAddress(street=where[one.name][0], city="New York", region="NY"),),
            country="US",
        )
        if one.name in where
        else one
        for one in (*listed("a", "Nobu", *FILLER[:5]), *listed("b", "Nobu Next Door", *FILLER[5:]))
    ]
    assert not together(match(profiles), "a0", "b0")
