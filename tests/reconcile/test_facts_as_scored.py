"""What a file of pairs says of two names is said of those that were scored, and is nothing that the score denies."""

from __future__ import annotations

import pytest

from aggregator.reconcile.facts.facts import Facts
from aggregator.reconcile.matching import MatchResult, Profile, match


def _matched(one: Profile, other: Profile) -> MatchResult:
    return match([one, other])


def _profile(side: str, name: str, *aliases: str) -> Profile:
    return Profile(key=f"{side}:1", source=side, name=name, aliases=aliases)


def _told(result: MatchResult, *, turned: bool = False) -> str:
    number = [result.keys.index(key) for key in ("left:1", "right:1")]
    (told,) = Facts(result.profiles, result.called).of(*([one] for one in (number[::-1] if turned else number)))
    return told


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (("John Hardy Ltd",), ("", "John Hardy"), "same words: john hardy; only left: ltd"),
        (("L'Oréal USA", "Lancôme"), ("LANCOME",), "left is also called Lancôme; same name"),
        (("LANCOME",), ("L'Oréal USA", "Lancôme"), "right is also called Lancôme; same name"),
        (("L'Oréal USA", "Lancôme"), ("L'Oreal USA",), "same name"),
    ],
)
def test_the_names_that_fit_best_are_told(left: tuple[str, ...], right: tuple[str, ...], said: str) -> None:
    """A pair that is one by another name is not said to have no word in common, and that name is told."""
    assert _told(_matched(_profile("left", *left), _profile("right", *right))) == said


def test_left_is_the_record_that_is_asked_for_first() -> None:
    """Whichever way round a pair is asked for, the name is that of its own side."""
    result = _matched(_profile("left", "L'Oréal USA", "Lancôme"), _profile("right", "Lancome"))
    assert _told(result, turned=True) == "right is also called Lancôme; same name"


def test_initials_without_the_small_words_are_told() -> None:
    """As the matcher reads them, which is not by every word."""
    result = _matched(_profile("left", "Société nationale des chemins de fer"), _profile("right", "SNCF"))
    assert _told(result) == "initials: sncf"


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ("Dongguan Yi Da Plastic", "Dongguan Yida Plastic", "in one word or in several: yida/yi+da"),
        ("Zebra Good Will Ltd", "Zebra Goodwill", "in one word or in several: goodwill/good+will; only left: ltd"),
    ],
)
def test_words_are_told_as_one_where_the_score_takes_them_for_one(left: str, right: str, said: str) -> None:
    """As "Da" is a word of a Chinese name, and no small one of Europe."""
    assert _told(_matched(_profile("left", left), _profile("right", right))).endswith(said)


def test_a_pair_that_was_never_compared_is_told_by_the_names_said_first() -> None:
    """A person may join any two."""
    result = _matched(_profile("left", "Zebra Foods", "Quagga"), _profile("right", "Harbor Textiles"))
    assert _told(result).startswith("no word in common; only left: zebra foods")


def test_the_reasons_name_another_name_that_was_compared() -> None:
    """A person sees why records of unlike names are one."""
    result = _matched(_profile("left", "L'Oréal USA", "Lancôme"), _profile("right", "Lancome"))
    sentences = [reason.sentence for reason in result.explain("left:1", "right:1")[1]]
    assert any(sentence.endswith("by the other name 'Lancôme'") for sentence in sentences)
