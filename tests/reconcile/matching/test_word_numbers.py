"""Spellings that are one word: misspelt common words, umlauts written as two letters, a place and what is of it."""

import numpy as np
import pytest

from aggregator.reconcile.matching import match
from aggregator.reconcile.matching.features.lexicon import read_lexicon
from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.names import Names, read_names
from tests.reconcile.matching.examples import FILLER, listed, pair_of, together


def _read(*texts: str) -> Names:
    return read_names(texts, np.arange(len(texts), dtype=np.int32))


@pytest.mark.parametrize(
    ("right", "misspelt"),
    [
        ("Hughes Aircraft Company", "Hughes Aircraft Copmany"),
        ("Exeter University", "Exeter Univerity"),
        ("Wexcombe Incorporated", "Wexcombe Incoporated"),
        ("Wexcombe Laboratories", "Wexcombe Laborotories"),
    ],
)
def test_a_misspelt_common_word_is_read_as_it_was_meant(right: str, misspelt: str) -> None:
    """One letter more, less or other, or two exchanged, makes no other word of a listed one."""
    names = _read(right, misspelt)
    assert names.grid[0].tolist() == names.grid[1].tolist()
    assert names.forms[0] == names.forms[1]


@pytest.mark.parametrize(
    ("word", "near"),
    [("Technica", "Technical"), ("Generali", "General"), ("Rational", "National"), ("Univers", "Universe")],
)
def test_a_word_of_its_own_is_not_read_as_a_common_one(word: str, near: str) -> None:
    """Another ending or another beginning makes another word, and a short word has too many near it."""
    names = _read(f"Wexcombe {word}", f"Wexcombe {near}")
    assert names.grid[0].tolist() != names.grid[1].tolist()


@pytest.mark.parametrize(
    ("left", "right"),
    [("Müller GmbH", "Mueller GmbH"), ("Århus Tiles A/S", "Aarhus Tiles A/S"), ("Bröhmer", "Broehmer")],
)
def test_an_umlaut_written_as_two_letters_is_the_same_letter(left: str, right: str) -> None:
    """Where the lists have both spellings, they are one word, and the pair is accepted."""
    result = match([*listed("a", left, *FILLER[:5]), *listed("b", right, *FILLER[5:])])
    assert together(result, "a0", "b0")


def test_two_letters_that_no_other_name_writes_as_one_stay() -> None:
    """A word is not rewritten for what it might be."""
    assert "bauer" in _read("Bauer Tools").words
    assert "bloehm" in _read("Bloehm Tools").words


def test_a_place_and_what_is_of_it_are_nearly_one_word() -> None:
    """Names: "Rose America" and "Rose American" are likelier one business than two; "Rose Canadian" is another."""
    result = match(
        [*listed("a", "Rose America Corporation"), *listed("b", "Rose American Corp.", "Rose Canadian Corp.")]
    )
    said = {right: pair.probability for right in ("b0", "b1") if (pair := pair_of(result, "a0", right))}
    assert said["b0"] > 0.5 > said.get("b1", 0.0)


def test_two_lists_of_one_name_each_are_compared() -> None:
    """With nothing to tell common letters from rare ones, a misspelt name still finds its like."""
    assert pair_of(match([*listed("a", "Wallmart Inc."), *listed("b", "Walmart Inc.")]), "a0", "b0") is not None


@pytest.mark.parametrize(
    ("left", "right"),
    [("Graham Technologies Co.", "GrahamTechnologies Co."), ("Wexcombe Biotechnologies", "Wexcombe Biotechnology")],
)
def test_a_listed_word_inside_another_is_read_in_its_listed_number(left: str, right: str) -> None:
    """A space more or less costs nothing, whichever number the listed word is in."""
    names = _read(left, right)
    assert names.spelling[0] == names.spelling[1]


def test_an_abbreviation_of_two_words_is_near_both() -> None:
    """The word "Assoc." may be an association or associates: neither is missing for it."""
    result = match(
        [*listed("a", "Hioly Organics Assoc. Sp. z o.o."), *listed("b", "Hioly Organics Associates Sp. z o.o.")]
    )
    pair = pair_of(result, "a0", "b0")
    assert pair is not None
    assert pair.probability > 0.5


@pytest.mark.parametrize(
    ("apart", "joined"),
    [
        ("Game Stop", "GameStop"),
        ("WH Smith plc", "WHSmith"),
        ("First Energy Corp.", "FirstEnergy"),
        ("Capital One", "CapitalOne"),
        ("St Gobain", "StGobain"),
        ("Wexcombe Co-operative", "Wexcombe Coop"),
    ],
)
def test_a_listed_word_is_found_in_a_name_written_as_one_word(apart: str, joined: str) -> None:
    """A "game" is read as "games" and "first" as a 1; where another name has both words as one, they are that word."""
    result = match([*listed("a", apart, *FILLER[:5]), *listed("b", joined, *FILLER[5:])])
    assert together(result, "a0", "b0")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Northwestern Lamps", "Northeastern Lamps"),
        ("Nordic Wood", "Nordic Wool"),
        ("Pioneer Foods", "Pioneer Goods"),
        ("Lake Shore Tools", "Lake Short Tools"),
    ],
)
def test_an_everyday_word_is_no_other_misspelt(left: str, right: str) -> None:
    """Whoever means wood writes no wool: two such names are never accepted, and a person is asked at the most."""
    found = pair_of(match([*listed("a", left, *FILLER[:5]), *listed("b", right, *FILLER[5:])]), "a0", "b0")
    assert found is None or found.decision != "match"


@pytest.mark.parametrize(
    ("begun", "whole"),
    [("Telekommunik", "Telekommunikation"), ("Telekommunikat", "Telecommunications"), ("Versicherung", "Versicherung")],
)
def test_the_beginning_of_a_long_listed_spelling_is_its_word(begun: str, whole: str) -> None:
    """A list that cuts its names has no more of it."""
    names = _read(f"Wexcombe {begun}", f"Wexcombe {whole}")
    assert names.grid[0].tolist() == names.grid[1].tolist()


@pytest.mark.parametrize("word", ["Telekom", "Technolog", "Manufactur", "Internation", "Transporta"])
def test_a_short_beginning_or_one_of_the_listed_word_itself_stays(word: str) -> None:
    """How far it stands for that is told where the two are compared."""
    assert word.lower() in _read(f"Wexcombe {word}").words


def test_a_word_made_of_abbreviations_is_a_name() -> None:
    """Or every "MedTech" would be the "Medical Technology" of the other list."""
    names = _read("MedTech", "Medical Technology")
    assert not read_lexicon(names, np.zeros(2, np.int32), ["MedTech", "Medical Technology"]).joins.any()


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("TheVitaminShopper", "the vitaminshopper"),
        ("The Vitamin Shopper", "the vitamin shopper"),
        ("TherapyWorks", "therapyworks"),
        ("THEOS", "theos"),
        ("TheO", "theo"),
        ("OnTheGo", "onthego"),
    ],
)
def test_an_article_that_is_joined_to_a_name_is_read_apart(name: str, folded: str) -> None:
    """Where capitals show it: "TheVitaminShopper" is "Vitamin Shopper, The"."""
    assert fold_names([name]) == [folded]
