"""What two lists say, without labels, of how many of their records match."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aggregator.reconcile.matching import Profile, match
from aggregator.reconcile.matching.model.prior import prior_shift, shifts_of_pairs

if TYPE_CHECKING:
    import numpy.typing as npt

SHARE = 0.42


def shifts(best: float, records: int, *, against: bool = False) -> npt.NDArray[np.float64]:
    numbers = np.arange(records, dtype=np.int64)
    shift = prior_shift(numbers, numbers + records, np.full(records, best), SHARE)
    return shifts_of_pairs(shift, np.full(records, 8.0), np.full(records, against))


def test_where_nearly_every_record_has_a_good_pair_the_others_are_likelier() -> None:
    assert shifts(6.0, 60).min() > 0.8
    assert shifts(-6.0, 60).max() < -0.8


def test_a_pair_that_something_speaks_against_is_no_likelier_and_may_be_less_likely() -> None:
    assert shifts(6.0, 60, against=True).max() == 0
    assert shifts(-6.0, 60, against=True).max() < -0.8


def test_a_list_of_a_few_records_says_little_of_its_share() -> None:
    assert abs(shifts(6.0, 2).max() - shifts(-6.0, 2).max()) < 0.4


def test_a_pair_whose_records_have_better_ones_is_no_likelier_for_a_larger_share() -> None:
    left, right = np.array([0, 0, 1, 2, 3]), np.array([10, 11, 12, 13, 14])
    logit, lead = np.array([5.0, 1.0, 5.0, 5.0, 5.0]), np.array([4.0, -4.0, 8.0, 8.0, 8.0])
    found = shifts_of_pairs(prior_shift(left, right, logit, SHARE), lead, np.zeros(5, bool))
    assert found[1] == 0
    assert (found[[0, 2, 3, 4]] > 0).all()


def test_ties_are_moved_alike_so_that_neither_wins_by_the_prior() -> None:
    left, right = np.array([0, 0, 1]), np.array([10, 11, 12])
    shift = prior_shift(left, right, np.array([3.0, 3.0, 6.0]), SHARE)
    found = shifts_of_pairs(shift, np.array([0.0, 0.0, 8.0]), np.zeros(3, bool))
    assert found[0] == found[1]


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
    assert "many records of the two lists have, or may be expected to have, a partner" in told


def test_lists_without_a_pair_say_nothing_of_their_share() -> None:
    none = np.zeros(0, np.int64)
    assert prior_shift(none, none, np.zeros(0), SHARE) == 0
