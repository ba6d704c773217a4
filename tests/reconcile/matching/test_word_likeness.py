"""Ruling out at a glance words that cannot be alike."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.reconcile.matching.reading.word_likeness import cut, read_letters, word_credit

WORDS = st.text("abcs-1", max_size=9)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=30))
def test_no_pair_of_words_that_earns_credit_is_ruled_out(pairs: list[tuple[str, str]]) -> None:
    """A pair of words ruled out by its letters alone would have been given no credit."""
    left, right = (list(words) for words in zip(*pairs, strict=True))
    places = np.arange(len(pairs))
    maybe = read_letters([*left, *right]).may_be_alike(places, places + len(pairs))
    assert not word_credit(left, right)[~maybe].any()


def test_words_without_a_letter_in_common_are_ruled_out() -> None:
    """What is ruled out is most of what is compared, else it would save nothing."""
    letters = read_letters(["lundqvist", "lunqvist", "foods", "services", "svcs"])
    maybe = letters.may_be_alike(np.array([0, 0, 2, 3]), np.array([1, 2, 3, 4]))
    assert maybe.tolist() == [True, False, False, True]


@pytest.mark.parametrize(
    ("short", "long", "code"),
    [
        ("farm", "farms", 1),
        ("stein", "steine", 2),
        ("rossi", "rossini", 3),
        ("mgmt", "management", 4),
        ("tech", "technologies", 5),
        ("meyer", "meier", 0),
        ("hansen", "hanssen", 0),
        ("foods", "tools", 0),
    ],
)
def test_what_one_word_lacks_of_another_is_told_from_a_typing_mistake(short: str, long: str, code: int) -> None:
    assert cut(word_credit([short, long], [long, short])).tolist() == [code, code]


@given(st.integers(0, 3), st.integers(4, 60))
def test_no_typing_mistake_passes_for_a_missing_ending(edits: int, letters: int) -> None:
    """The credit of so many wrong letters in a word of such a length is no code of its own."""
    assert cut(np.array([2 * (1 - edits / letters) - 1], np.float32)).tolist() == [0]
