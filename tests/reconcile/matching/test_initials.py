"""Names that are initials, and the names that they may stand for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from aggregator.reconcile.matching import match
from aggregator.reconcile.matching.comparison import find_candidates, read_records
from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.initials import packed_words
from aggregator.reconcile.matching.reading.names import read_names
from tests.reconcile.matching.examples import FILLER, listed


def _stands_for(short: str, name: str) -> bool:
    initials = read_names([short, name], np.arange(2, dtype=np.int32)).initials
    return bool((initials.names[1] == initials.begins[0]).any())


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("IBM", "International Business Machines Corp."),
        ("EPFL", "École Polytechnique Fédérale de Lausanne"),
        ("HZDR", "Helmholtz-Zentrum Dresden-Rossendorf"),
        ("USGS", "U.S. Geological Survey"),
        ("CRUK", "Cancer Research UK"),
        ("HMRC", "HM Revenue & Customs"),
        ("UFRJ", "Universidade Federal do Rio de Janeiro"),
        ("UNSW", "University of New South Wales"),
        ("USGS", "United States Geological Survey"),
        ("BD", "Becton Dickinson and Company"),
        ("P&G", "Procter & Gamble"),
        ("S&P", "Standard & Poor's"),
        ("PG&E", "Pacific Gas & Electric"),
        ("PG and E", "Pacific Gas & Electric"),
        ("BB&T Corporation", "Branch Banking & Trust"),
        ("W & H Lengerich", "Windmöller & Hölscher KG"),
        ("CNR Italy", "Consiglio Nazionale delle Ricerche"),
        ("BHEL", "Bharat Heavy Electricals Limited"),
        ("TSMC", "Taiwan Semiconductor Manufacturing Company Limited"),
        ("FDIC", "Federal Deposit Insurance Corp."),
        ("JAE", "Japan Aviation Electronics Ind"),
        ("KEPCO", "Korea Electric Power Corporation"),
        ("TECO", "Tampa Electric Company"),
        ("CVNE", "Compañía Vinícola del Norte de España"),
    ],
)
def test_initials_are_of_words_as_they_are_written(short: str, name: str) -> None:
    """An "école" is read as a school, and its letter is an e; small words may count or not; "US" and "UK" are whole."""
    assert _stands_for(short, name)
    records = read_records([*listed("a", short, *FILLER[:5]), *listed("b", name, *FILLER[5:])])
    low, high = find_candidates(records)
    keys = [profile.key for profile in records.profiles]
    assert ("a0", "b0") in {(keys[one], keys[other]) for one, other in zip(low.tolist(), high.tolist(), strict=True)}


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("DHL", "Delta Holdings Ltd"),
        ("DCO", "Delta Company"),
        ("IBN", "International Business Machines"),
        ("P&H", "Procter & Gamble"),
        ("PG&D", "Pacific Gas & Electric"),
    ],
)
def test_another_letter_stands_for_another_name(short: str, name: str) -> None:
    """Every letter counts."""
    assert not _stands_for(short, name)


@pytest.mark.parametrize("short", ["Harringtons (IPN Ltd)", "Quillby IPN"])
def test_an_acronym_inside_a_name_finds_whom_it_may_stand_for(short: str) -> None:
    """It makes candidates of the two and no more: a name may have such a word for many reasons."""
    records = read_records([*listed("a", short, *FILLER[:5]), *listed("b", "Inspired Pet Nutrition", *FILLER[5:])])
    low, high = find_candidates(records)
    keys = [profile.key for profile in records.profiles]
    assert ("a0", "b0") in {(keys[one], keys[other]) for one, other in zip(low.tolist(), high.tolist(), strict=True)}


def test_two_names_that_may_have_one_acronym_are_no_candidates_for_it() -> None:
    """Only who is called so is paired with them: of a hundred thousand names very many have the same three letters."""
    names = ("Zephyrine Optical Works", "Zanzibar Oyster Wholesale")
    records = read_records([*listed("a", "ZOW", names[0]), *listed("b", names[1])])
    found = zip(*(side.tolist() for side in find_candidates(records)), strict=True)
    keys = [profile.key for profile in records.profiles]
    assert {(keys[one], keys[other]) for one, other in found} == {("a0", "a1"), ("a0", "b0")}


@pytest.mark.parametrize(
    ("one", "other"), [("SB Dako", "SB Bank"), ("L & H Editions", "L & H Linguex"), ("AB Foods", "AB Bakery")]
)
def test_what_both_names_have_is_the_initials_of_neither(one: str, other: str) -> None:
    """A word stands in both, and not for "SB Bank" in one of them."""
    sentences = {reason.sentence for reason in match([*listed("a", one), *listed("b", other)]).explain("a0", "b0")[1]}
    assert not [sentence for sentence in sentences if "initials" in sentence]


@given(some.lists(some.text(alphabet="abyz1", max_size=12), max_size=8))
def test_words_have_one_code_exactly_where_they_have_the_same_letters(words: list[str]) -> None:
    """Two words of letters are packed alike only if they are equal; what has digits or too many letters has no code."""
    codes = dict(zip(words, packed_words(words).tolist(), strict=True))
    able = {word for word in words if word.isalpha() and len(word) <= 10}
    assert {word for word, code in codes.items() if code > 0} == able
    assert len({codes[word] for word in able}) == len(able)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("S & D Coffee", ["s", "d", "coffee"]),
        ("The E & J Gallo", ["e", "j", "gallo"]),
        ("A Energy", ["a", "energy"]),
        ("D'Angelo", ["dangelo"]),
        ("A/S Norske Shell", ["norske", "shell"]),
        ("Team A Foods", ["team", "foods"]),
        ("A", ["a"]),
        ("", []),
    ],
)
def test_letters_that_a_name_begins_with_are_initials(name: str, words: list[str]) -> None:
    """An "a" or an "s" is a small word behind another, and an initial at the beginning; a legal form stays one."""
    names = read_names([name], np.zeros(1, np.int32))
    assert [names.words[number] for number in names.grid[0].tolist() if number >= 0] == words


@pytest.mark.parametrize("written", ["AT&T Inc.", "AT and T Inc.", "AT&T"])
def test_initials_with_an_and_among_them_are_one_word(written: str) -> None:
    assert fold_names([written])[0].split()[0] == "att"


@pytest.mark.parametrize("written", ["ABB and Hitachi", "A and B", "Marks and S"])
def test_an_and_between_words_or_before_one_parts_them(written: str) -> None:
    assert " and " in fold_names([written])[0]
