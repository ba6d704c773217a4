"""What two lists say, without labels, of how many of their records match."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.reconcile.matching import Profile, match
from aggregator.reconcile.matching.model.prior import told_share

SHARE = 0.42


def told(best: float, records: int) -> float:
    """What two lists say of their share, each record of which has one pair that is so likely."""
    numbers = np.arange(records, dtype=np.int64)
    return told_share(numbers, numbers + records, np.full(records, best), SHARE)


def test_lists_say_that_many_of_their_records_match_or_few() -> None:
    assert told(6.0, 60) > 0.8
    assert told(-6.0, 60) < -0.8


def test_a_list_of_a_few_records_says_little_of_its_share() -> None:
    assert abs(told(6.0, 2) - told(-6.0, 2)) < 0.4


def test_a_record_with_many_pairs_counts_once() -> None:
    left, right, logit = np.array([0, 0, 0, 1, 2, 3]), np.array([10, 11, 12, 13, 14, 15]), np.full(6, 5.0)
    assert told_share(left, right, logit, SHARE) == told(5.0, 4)


@given(st.integers(1, 500), st.floats(-9, 9))
def test_what_is_told_is_in_steps_and_within_bounds(records: int, best: float) -> None:
    """In steps, so that the tables cannot know a list by the last digit of its share."""
    share = told(best, records)
    assert (4 * share).is_integer()
    assert abs(share) <= 2


@pytest.mark.parametrize("best", [-6.0, 6.0])
def test_a_pair_that_is_compared_alone_is_of_no_lists(best: float) -> None:
    assert told(best, 1) == 0


def test_the_same_pair_is_likelier_between_lists_that_share_most_of_their_names() -> None:
    def explained(others: list[tuple[str, str]]) -> tuple[float, str]:
        names = [("Lundqvist Mobler", "L. Mobler"), *others]
        profiles = [
            Profile(key=f"{side}{number}", source=side, name=name)
            for number, pair in enumerate(names)
            for side, name in zip("ab", pair, strict=True)
        ]
        probability, evidence = match(profiles).explain("a0", "b0")
        return probability, str(evidence)

    heads = ("Tannhauser", "Okonkwo", "Brightwell", "Castellano", "Vandermeer", "Halvorsen", "Quispe", "Aldridge")
    tails = ("Papadakis", "Szymanski", "Ferreira", "Goldstein", "Iwasaki", "Rasmussen", "Thibault", "Zeballos")
    same = [(f"{head} Foods", f"{head} Foods") for head in heads]
    apart = [(f"{head} Foods", f"{tail} Tools") for head, tail in zip(heads, tails, strict=True)]
    (likelier, told), (likely, _) = explained(same), explained(apart)
    assert likelier > likely + 0.01
    assert "in lists of which many records match" in told


def test_lists_without_a_pair_say_nothing_of_their_share() -> None:
    none = np.zeros(0, np.int64)
    assert told_share(none, none, np.zeros(0), SHARE) == 0
