"""What kind of pair it is, and what backs or denies it."""

import attrs
import numpy as np
import pytest

from aggregator.reconcile.matching import Ground, Profile, match
from aggregator.reconcile.matching.comparison import read_records
from aggregator.reconcile.matching.evidence.sentences import context_sentence
from aggregator.reconcile.matching.features.circumstance_codes import CIRCUMSTANCES, FIELD_CIRCUMSTANCES
from aggregator.reconcile.matching.features.circumstances import field_circumstances, kind_of_names
from aggregator.reconcile.matching.features.field_features import FIELD_FEATURES
from aggregator.reconcile.matching.features.name_features import NAME_FEATURES, name_features
from aggregator.reconcile.matching.model.additive import columns_of
from aggregator.reconcile.matching.profile import Person
from aggregator.reconcile.matching.reading.folded_names import fold_names
from tests.reconcile.matching.examples import FILLER, listed, pair_of, together


def kind(left: str, right: str) -> int:
    """The kind of two names."""
    records = read_records([Profile(key="a", source="a", name=left), Profile(key="b", source="b", name=right)])
    matrix = name_features(records.names, records.lexicon, np.array([0]), np.array([1]))
    return int(kind_of_names(columns_of(NAME_FEATURES, matrix))[0])


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Lundqvist Chemicals Inc.", "LUNDQVIST CHEMICALS", 0),
        ("Lundqvist", "Lundqvist Group", 1),
        ("Lundqvist", "Lundqvist Zephyrine", 2),
        ("Lundqvist Group", "Lundqvist Holdings", 3),
        ("Lundqvist Zephyrine", "Lundqvist Wolkenstein", 5),
        ("Zephyrine", "Wolkenstein", 6),
    ],
)
def test_a_pair_of_names_is_of_one_kind_either_way_round(left: str, right: str, expected: int) -> None:
    """The words left over on one side or both, and whether they are generic, say the kind."""
    assert kind(left, right) == kind(right, left) == expected


@pytest.mark.parametrize(
    ("codes", "site", "reserve", "backing"),
    [
        ({}, 0, 0, 0),
        ({"domain": 7}, 5, 0, 0),
        ({"domain": 6, "phone": 1}, 4, 0, 1),
        ({"domain": 5, "phone": 3}, 0, 0, 0),
        ({"domain": 3, "phone": 1}, 3, 0, 1),
        ({"domain": 1, "phone": 5}, 1, 0, 3),
        ({"domain": 2, "phone": 5, "identifier": 1}, 2, 0, 2),
        ({"nation": 1, "city": 3}, 0, 0, 1),
        ({"street": 4, "postcode": 3}, 0, 1, 3),
        ({"street": 4, "phone": 1}, 0, 1, 2),
        ({"street": 4, "phone": 5}, 0, 0, 3),
        ({"identifier": 2}, 0, 0, 3),
        ({"identifier": 4}, 0, 0, 0),
        ({"person": 2}, 0, 1, 3),
        ({"person": 2, "phone": 5}, 0, 0, 3),
        ({"identifier": 6, "registered": 1}, 0, 2, 2),
    ],
)
def test_columns_are_for_a_pair_or_against_it(codes: dict[str, int], site: int, reserve: int, backing: int) -> None:
    """The web domain is told apart from the columns that one business has for itself; what many have is neither."""
    columns = {name: np.array([codes.get(name, 0)], np.float32) for name in FIELD_FEATURES}
    abroad = int(codes.get("nation") == 1)
    town = min(codes.get("city", 0), 2)
    assert field_circumstances(columns).tolist() == [[len(codes), site, town, 0, abroad, reserve, backing]]
    assert FIELD_CIRCUMSTANCES == ("told", "site", "town", "quarter", "abroad", "reserve", "backing")


def test_an_account_opened_again_under_another_name_is_not_hidden_by_the_first() -> None:
    """Domain, phone and contact speak for both records of a business that a platform has twice."""
    ours = Profile(
        key="ours",
        source="a",
        name="Zephyrine LLC",
        websites=("zephyrine.com",),
        phones=("+15035977570",),
        people=(Person(name="Ada Bradbridge"),),
    )
    theirs = [attrs.evolve(ours, key=name, source="b", name=name) for name in ("Zephyrine", "Wolkenstein LLC")]
    result = match([ours, *theirs, *listed("a", *FILLER[:5]), *listed("b", *FILLER[5:])])
    assert together(result, "ours", "Zephyrine")
    second = pair_of(result, "ours", "Wolkenstein LLC")
    assert second is not None
    assert second.decision in {"review", "match"}


def test_a_zero_among_letters_is_an_o() -> None:
    """What was scanned or mistyped is read as meant, and numbers stay numbers."""
    assert fold_names(["Th0rnlow Audi0", "0utdoor"]) == ["thornlow audio", "outdoor"]
    assert fold_names(["B20 100 20th 3M0 H2O"]) == ["b20 100 20th 3m0 h2o"]
    assert fold_names(["Park n Sons", "A n B"]) == ["park and sons", "a n b"]


def told(kind: int, backing: int, habit: int = 0) -> tuple[int, ...]:
    """The circumstances of a pair of which nothing else is known."""
    codes = dict.fromkeys(CIRCUMSTANCES, 0) | {"kind": kind, "backing": backing, "habit": habit}
    return tuple(codes.values())


def test_what_a_pair_is_taken_as_is_said_in_words() -> None:
    """The sentence names the kind, others like it and the backing."""
    assert context_sentence(told(5, 1)) == (
        "compared with the other candidates, as names that each have a word of their own, "
        "against which another column speaks"
    )
    assert context_sentence(told(1, 0, habit=3)) == (
        "compared with the other candidates, as names of which one has a generic word more, "
        "the same as in three more pairs"
    )
    assert context_sentence(told(0, 0), likeness=-1).endswith(", no more alike than others of one list")
    assert context_sentence(told(0, 0), likeness=4).endswith(", as alike as hardly two of one list")


def test_nothing_is_said_to_speak_against_a_pair_that_is_as_good_as_certain() -> None:
    """Reasons that add up to more than any pair deserves are taken back, and that is how it is told."""
    held = context_sentence(told(0, 3), weight=-9.0, logit=5.0)
    assert held == "held no surer than pairs as good proved to be where the truth is known"
    assert context_sentence(told(0, 3), weight=-9.0, logit=0.5).startswith("compared with the other candidates")


EVERYTHING = [
    Profile(
        key=source,
        source=source,
        name="Arrow Eagle Coffee Inc.",
        phones=("+1 212 555 0101",),
        emails=("jo@arroweagle.com",),
        websites=("arroweagle.com",),
    )
    for source in "ab"
]
"""Two records that have all in common."""


def test_a_pair_with_everything_in_common_is_told_so() -> None:
    """The heaviest reason against it is no rival and no column."""
    _, evidence = match(EVERYTHING).explain("a", "b")
    worst = min(evidence, key=lambda one: one.weight)
    assert worst.sentence.startswith("held no surer")


def test_reasons_tell_what_they_rest_on() -> None:
    """What other records make of a pair is told from what the two say, and both from a person's word."""
    _, evidence = match(EVERYTHING).explain("a", "b")
    assert [one.sentence[:13] for one in evidence if one.ground is Ground.OTHERS] == ["held no surer"]
    assert {one.ground for one in evidence} == {Ground.RECORDS, Ground.OTHERS}
    _, (word,) = match(EVERYTHING, must_link=[("a", "b")]).explain("a", "b")
    assert word.ground is Ground.SAID
