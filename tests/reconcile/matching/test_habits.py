"""In what the best pairs of two lists differ time and again is how the lists write."""

from __future__ import annotations

import numpy as np
import pytest

from aggregator.reconcile.matching import Decision, MatchResult, Profile, match
from aggregator.reconcile.matching.comparison import read_records
from aggregator.reconcile.matching.habits import differences, leading, likewise
from tests.reconcile.matching.examples import listed

RESTS = ("Tannhauser", "Lundqvist", "Okonkwo", "Zrinski", "Vandermeer", "Pashkov")


def counted(pairs: list[tuple[str, str]]) -> list[int]:
    """What `likewise` says of pairs of names that all lead."""
    sides = [(side, pair[place]) for place, side in enumerate("ab") for pair in pairs]
    records = read_records(
        Profile(key=f"{side}{number:03}", source=side, name=name) for number, (side, name) in enumerate(sides)
    )
    left = np.arange(len(pairs))
    right = left + len(pairs)
    told = differences(
        records.names, records.lexicon, records.source, records.first_name[left], records.first_name[right]
    )
    return list(likewise(told, left, right, records.source))


def matched(ours: list[str], theirs: list[str]) -> MatchResult:
    return match([*listed("a", *ours), *listed("b", *theirs)])


def test_pairs_that_differ_in_the_same_words_are_counted_but_for_the_pair_itself() -> None:
    pairs = [(f"{rest} Gymnasium", f"{rest} Grammar") for rest in RESTS[:4]]
    assert counted([*pairs, ("Pashkov Gymnasium", "Pashkov Vocational")]) == [3, 3, 3, 3, 0]


def test_more_than_five_others_say_no_more() -> None:
    pairs = [(f"{rest}{ending} Gymnasium", f"{rest}{ending} Grammar") for rest in RESTS for ending in ("ova", "ides")]
    assert counted(pairs) == [5] * len(pairs)


def test_two_records_of_one_business_are_no_habit() -> None:
    assert counted([("Tannhauser Gymnasium", "Tannhauser Grammar")] * 3) == [0, 0, 0]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("{}", "{}"),
        ("{} Fund 2", "{} Fund 3"),
        ("{} Bavaria", "{} Saxony"),
        ("{} Europe", "{}"),
        ("{} North", "{}"),
        ("{} Series A", "{} Series B"),
    ],
    ids=["no difference", "another number", "another place", "a place more", "a direction", "another letter"],
)
def test_what_may_always_be_another_business_is_no_habit(ours: str, theirs: str) -> None:
    assert counted([(ours.format(rest), theirs.format(rest)) for rest in RESTS]) == [0] * len(RESTS)


def test_what_a_list_has_both_of_is_no_habit() -> None:
    """A list of high schools and elementary schools does not call the ones the others."""
    pairs = [(f"{rest} High School", f"{rest} Elementary School") for rest in RESTS]
    assert counted(pairs) == [5] * 6
    assert counted([*pairs, ("Ashford Elementary School", "Ashford Elementary School")]) == [0] * 7


def test_names_that_share_nothing_are_no_habit() -> None:
    assert counted([("Gymnasium", "Grammar"), ("Gymnasium", "Grammar"), ("Gymnasium", "Grammar")]) == [0, 0, 0]


def test_a_pair_leads_that_is_the_best_of_both_its_records() -> None:
    left, right, source = np.array([0, 0, 1]), np.array([2, 3, 3]), np.array([0, 0, 1, 1], np.int32)
    assert leading(left, right, np.array([1.0, 2.0, 3.0]), source).tolist() == [2]
    assert leading(left, right, np.array([3.0, 2.0, 3.0]), source).tolist() == [0, 2]


def test_a_column_that_denies_a_pair_leaves_it_to_a_person() -> None:
    ours, theirs = (
        [
            Profile(
                key=f"{side}{place}",
                source=side,
                name=f"{rest} Quartier {word}",
                phones=(f"+4930{number + place}",),
            )
            for place, rest in enumerate(RESTS)
        ]
        for side, word, number in (("a", "Gymnasium", 5551200), ("b", "Lyzeum", 6661300))
    )
    result = match([*ours, *theirs])
    assert all(len(cluster) == 1 for cluster in result.clusters)


def test_what_two_more_pairs_have_likewise_keeps_no_pair_from_being_joined() -> None:
    ours = [f"{rest} Quartier Gymnasium" for rest in RESTS]
    theirs = [f"{rest} Quartier Lyzeum" for rest in RESTS]
    alone, together = matched(ours[:1], theirs[:1]), matched(ours, theirs)
    one, several = (result.explain("a0", "b0") for result in (alone, together))
    assert alone.pair(0).decision is not Decision.MATCH
    assert "the same as in five more pairs or more" in " ".join(reason.sentence for reason in several[1])
    assert "only a person" in " ".join(reason.sentence for reason in one[1])
    assert "only a person" not in " ".join(reason.sentence for reason in several[1])
    assert several[0] > one[0]
