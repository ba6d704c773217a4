"""Pairs of record numbers are packed and unpacked without loss."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aggregator.reconcile.matching.pair_codes import packed, packed_each, packed_either_way, places_of, unpacked

PAIRS = st.lists(st.tuples(st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1)), max_size=20)


@given(PAIRS)
def test_what_is_packed_comes_out_again_in_the_order_of_the_pairs(pairs: list[tuple[int, int]]) -> None:
    """Unpacking gives the pairs, and codes sort as the pairs do."""
    codes = np.sort(packed_each(pairs))
    assert list(zip(*(side.tolist() for side in unpacked(codes)), strict=True)) == sorted(pairs)
    assert [packed(left, right) for left, right in sorted(pairs)] == codes.tolist()


@given(PAIRS)
def test_a_pair_has_one_code_whichever_record_comes_first(pairs: list[tuple[int, int]]) -> None:
    """The lower number is packed first, and what was given is left as it was."""
    one, other = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    before = one.copy()
    codes = packed_either_way(one, other)
    assert codes.tolist() == packed_either_way(other, one).tolist() == [packed(min(p), max(p)) for p in pairs]
    assert one.tolist() == before.tolist()


def test_codes_are_found_among_others_and_strangers_are_told() -> None:
    known = np.array([2, 5, 9], np.int64)
    assert places_of(np.array([9, 1, 2, 10, 5], np.int64), known).tolist() == [2, -1, 0, -1, 1]
    assert places_of(np.array([4], np.int64), known[:0]).tolist() == [-1]
