"""Numbers that are written in several words are one number."""

from __future__ import annotations

import numpy as np
import pytest

from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.names import read_names


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Twenty-First Century Fox", "21st Century Fox"), ("Route Sixty-Six Diner", "ROUTE 66 DINER"),
        ("Studio Fifty Four", "Studio 54"), ("Forever Twenty-One", "Forever 21"), ("Forever TwentyOne", "Forever 21"),
        ("Zero Gravity Labs", "0 Gravity Labs"), ("Bar Ninety  Nine", "Bar 99"), ("Section 125th", "Section 125"),
        ("Sixty Lofts", "60 Lofts"), ("Triple A Roofing", "AAA Roofing"), ("The Triple-A", "AAA"),
        ("Double D Ranch", "DD Ranch"),
    ],
)  # fmt: skip
def test_a_number_is_the_same_in_words_and_in_digits(left: str, right: str) -> None:
    """Tens and units that follow each other are one number, of ordinals too, and letters are as many as is said."""
    names = read_names([left, right], np.arange(2, dtype=np.int32))
    assert names.grid[0].tolist() == names.grid[1].tolist()


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Section 20 1", "section 20 1"),
        ("Beauty One", "beauty one"),
        ("City First Bank", "city first bank"),
        ("Twenty Oneida Row", "twenty oneida row"),
        ("Ninety Hundred", "ninety hundred"),
        ("Bar Double D", "bar double d"),
        ("Double Eagle", "double eagle"),
        ("Doubleday", "doubleday"),
        ("Triplet A", "triplet a"),
    ],
)
def test_what_is_no_number_of_tens_and_units_stays(name: str, folded: str) -> None:
    assert fold_names([name]) == [folded]
