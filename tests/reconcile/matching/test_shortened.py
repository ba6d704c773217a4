"""What lists show to be short for several words is read as these."""

from __future__ import annotations

import numpy as np
import pytest

from aggregator.reconcile.matching import MatchResult, match
from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.names import read_names
from aggregator.reconcile.matching.reading.shortened import stretch_of
from tests.reconcile.matching.examples import listed

WORDS = "Instituição de Pagamento"
BRANDS = ("Pagprime", "Kiwify", "Casas Bahia Pay", "Zurepay", "Moveltrix")


def read(*lists: list[str]) -> list[list[str]]:
    """The words of each name of some lists, as they are compared."""
    texts = [name for names in lists for name in names]
    source = np.repeat(np.arange(len(lists), dtype=np.int32), [len(names) for names in lists])
    names = read_names(texts, np.arange(len(texts), dtype=np.int32), source=source)
    return [[names.words[word] for word in row if word >= 0] for row in names.grid.tolist()]


def matched(ours: list[str], theirs: list[str]) -> MatchResult:
    return match([*listed("a", *ours), *listed("b", *theirs)])


def test_letters_stand_for_the_words_that_another_list_has_beside_the_same_rest_three_times() -> None:
    names = read([f"{brand} {WORDS} S.A." for brand in BRANDS], [f"{brand} IP" for brand in BRANDS[:3]])
    assert names[0] == ["pagprime", "ip"]
    assert names[:3] == names[5:]
    assert names[4] == ["moveltrix", "ip"]


def test_two_names_alike_but_for_the_letters_teach_nothing() -> None:
    names = read([f"{brand} {WORDS}" for brand in BRANDS[:2]], [f"{brand} IP" for brand in BRANDS[:2]])
    assert "ip" not in names[0]


def test_words_that_seldom_have_the_letters_on_the_other_side_are_left_as_they_are() -> None:
    others = [f"Brand{'abcdefghijklmnopqrst'[number]}x {WORDS}" for number in range(20)]
    names = read([*(f"{brand} {WORDS}" for brand in BRANDS[:3]), *others], [f"{brand} IP" for brand in BRANDS[:3]])
    assert "ip" not in names[0]


def test_a_list_that_has_the_words_and_the_letters_beside_one_rest_means_two_businesses() -> None:
    ours = [f"{brand} {words}" for brand in BRANDS for words in (WORDS, "IP")]
    assert "ip" not in read(ours, [f"{brand} IP" for brand in BRANDS])[0]


def test_one_list_alone_teaches_nothing() -> None:
    assert "ip" not in read([f"{brand} {words}" for brand in BRANDS for words in (WORDS, "IP")])[0]


def test_small_words_between_are_passed_over_and_of_two_stretches_the_longer_counts() -> None:
    long, short = "Sociedade de Crédito, Financiamento e Investimento", "Crédito, Financiamento e Investimento"
    ours = [*(f"{brand} {long}" for brand in BRANDS), *(f"{brand}s {short}" for brand in BRANDS)]
    theirs = [*(f"{brand} SCFI" for brand in BRANDS), *(f"{brand}s CFI" for brand in BRANDS)]
    names = read(ours, theirs)
    assert names[:5] == [[*row[:-1], "scfi"] for row in names[10:15]]
    assert names[5][-1] == "cfi"


def test_a_name_with_the_words_matches_one_with_the_letters_and_the_evidence_says_what_stands_for_what() -> None:
    ours, theirs = [f"{brand} {WORDS} S.A." for brand in BRANDS], [f"{brand} IP S.A." for brand in BRANDS]
    result = matched(ours, theirs)
    assert set(result.clusters) == {(f"a{number}", f"b{number}") for number in range(len(BRANDS))}
    assert any("'ip' for 'instituicao de pagamento'" in reason.sentence for reason in result.explain("a0", "b0")[1])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ivory palm instituicao de pagamento sa", "instituicao de pagamento"),
        ("pagamento instituicao e pagamento", "instituicao e pagamento"),
        ("ivory palm sa", ""),
        ("instituicao de", ""),
        ("", ""),
    ],
)
def test_the_words_are_found_again_in_the_name_as_it_is_written(name: str, words: str) -> None:
    assert stretch_of(("instituicao", "pagamento"), [(word, word) for word in name.split()]) == words


def test_letters_that_another_list_has_two_meanings_for_are_read_as_neither() -> None:
    towns = ("Ashford", "Pelham", "Zurich", "Moveltrix", "Lundq", "Okonk")
    theirs = [f"{town} {sport} Club" for town, sport in zip(towns, ["Rugby"] * 3 + ["Rowing"] * 3, strict=True)]
    names = read([*(f"{town} RC" for town in towns), "Tann Rowing Club"], [*theirs, "Tann Rugby Club"])
    assert not any("rc" in row for row in names[6:])


def test_a_meaning_that_is_shown_once_does_not_keep_the_letters_from_the_other() -> None:
    towns = ("Ashford", "Pelham", "Zurich", "Moveltrix")
    theirs = [f"{town} {sport} Club" for town, sport in zip(towns, ["Rugby"] * 3 + ["Rowing"], strict=True)]
    assert read([f"{town} RC" for town in towns], theirs)[4] == ["ashford", "rc"]


def test_a_place_or_a_direction_is_never_read_as_letters() -> None:
    ours = [f"{brand} {coast} Coast" for brand in BRANDS for coast in ("West", "East")]
    theirs = [f"{brand} {coast}C" for brand in BRANDS for coast in ("W", "E")]
    assert not any(letters in row for row in read(ours, theirs)[:10] for letters in ("wc", "ec"))


def test_letters_that_stand_for_words_are_no_initials_of_a_brand() -> None:
    ours = [f"{brand} {WORDS}" for brand in (*BRANDS, "Ivory Palm")]
    theirs = [f"{brand} IP" for brand in BRANDS]
    result = matched(ours, [*theirs, "Ivory Palm Kft"])
    told = result.explain("a5", "b5")[1]
    assert not any("initials" in reason.sentence for reason in told)
    assert any("'instituicao de pagamento'" in reason.sentence for reason in told)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("FIRST ST BK, PEORIA", "first state bk peoria"), ("ST BK OF PANA", "state bk of pana"),
        ("Ohio St Univ", "ohio state univ"), ("Boise St. U", "boise state u"), ("St Univ", "state univ"),
        ("Main St Bank", "main st bank"), ("5th St Bank", "5th st bank"), ("Bank St College", "bank st college"),
        ("St. U", "st u"), ("St Johns University", "st johns university"), ("St Bankside", "st bankside"),
    ],
)  # fmt: skip
def test_what_is_neither_a_saint_nor_a_street_is_a_state(name: str, folded: str) -> None:
    """Before a bank, a university or a college, unless a street goes before."""
    assert fold_names([name]) == [folded]
