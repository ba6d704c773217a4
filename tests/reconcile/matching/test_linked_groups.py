"""Records that pairs lead to are one group."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aggregator.reconcile.matching.linked_groups import groups_of_pairs

RECORDS = 12
PAIRS = st.lists(st.tuples(st.integers(0, RECORDS - 1), st.integers(0, RECORDS - 1)), max_size=20)


@given(PAIRS)
def test_groups_are_what_pairs_lead_to_and_are_numbered_by_their_lowest_record(pairs: list[tuple[int, int]]) -> None:
    """So they are where there are no pairs, which is told without scipy's graphs."""
    expected = {record: {record} for record in range(RECORDS)}
    for one, other in pairs:
        joined = expected[one] | expected[other]
        expected |= dict.fromkeys(joined, joined)
    lowest = [min(expected[record]) for record in range(RECORDS)]
    assert groups_of_pairs(RECORDS, pairs).tolist() == [sorted(set(lowest)).index(one) for one in lowest]
    assert groups_of_pairs(RECORDS, []).tolist() == list(range(RECORDS))
