"""Pairs of houses that the search for candidates passed by: it keeps ten of a name in a list, a house has dozens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.candidates.keys import find_neighbours
from aggregator.reconcile.matching.houses.houses import LEAST, agreed, find_houses, votes
from aggregator.reconcile.matching.linked_groups import linked_groups
from aggregator.reconcile.matching.pair_codes import counted_within, packed, packed_either_way, places_of, unpacked

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.candidates.search import Pairs
    from aggregator.reconcile.matching.reading.columns import Columns
    from aggregator.reconcile.matching.weighed import Weighed

    Ints = npt.NDArray[np.int64]

_MOST: Final = 10_000
"""Pairs of two groups that are compared: of two houses with a hundred accounts each, all."""

_MOST_OF_ALL: Final = 1_000_000
"""Pairs added at a time, those of the smallest groups first."""


def pairs_of_crowds(weighed: Weighed, columns: Columns) -> Pairs:
    """Unscored pairs that link the many holders of one value, of which the search for candidates pairs none.

    Each pair once, in order, with the lower record first.

    Args:
        weighed: the scored pairs, in order.
        columns: the columns of the records.
    """
    return _new(weighed, find_neighbours(columns))


def near_houses(weighed: Weighed, within: float) -> npt.NDArray[np.bool_]:
    """Say of each pair whether a record of it may be of a house."""
    return _near(weighed, _linked(weighed, within))


def _near(weighed: Weighed, group: Ints) -> npt.NDArray[np.bool_]:
    held = np.bincount(group, minlength=1)[group] >= LEAST
    return np.asarray(held[weighed.left] | held[weighed.right])


def _linked(weighed: Weighed, within: float) -> Ints:
    inside = np.flatnonzero(weighed.inside)
    doubles = inside[weighed.base[inside] + within >= 0]
    return linked_groups(len(weighed.source), weighed.left[doubles], weighed.right[doubles])


def pairs_of_likely_houses(weighed: Weighed, within: float) -> Pairs:
    """Unscored pairs inside groups that may be houses, and between those and groups with which a column agrees.

    Each pair once, in order, with the lower record first.

    Args:
        weighed: the scored pairs, in order.
        within: log-odds added to a pair inside one list.
    """
    group = _linked(weighed, within)
    near = np.flatnonzero(_near(weighed, group))
    near = near[agreed(weighed.circumstances[near])]
    near = near[votes(weighed, near, within) >= 0]
    left, right = group[weighed.left[near]], group[weighed.right[near]]
    codes = np.unique(packed_either_way(left, right))
    large = np.bincount(group, minlength=1) >= LEAST
    themselves = np.unique(np.r_[unpacked(codes)])
    themselves = themselves[large[themselves]]
    return _unscored(weighed, group, np.unique(np.r_[codes, packed(themselves, themselves)]))


def pairs_of_houses(weighed: Weighed, within: float) -> Pairs:
    """Unscored pairs inside the houses that were found, so that a house is held together by all that can be said.

    Args:
        weighed: the scored pairs, in order.
        within: log-odds added to a pair inside one list.
    """
    houses = find_houses(weighed, within)
    themselves = np.unique(houses.house[houses.large])
    return _unscored(weighed, houses.house, packed(themselves, themselves))


def _unscored(weighed: Weighed, group: Ints, between: Ints) -> Pairs:
    size = np.bincount(group)
    one, other = unpacked(between)
    cells = size[one] * size[other]
    few = cells <= _bound(cells)
    return _new(weighed, _all_pairs(group, size, one[few], other[few]))


def _new(weighed: Weighed, codes: Ints) -> Pairs:
    return unpacked(codes[places_of(codes, packed(weighed.left, weighed.right)) < 0])


def _bound(cells: Ints) -> int:
    """How many pairs two groups may have, so that all groups together have no more than may be added."""
    ordered = np.sort(cells)
    beyond = np.flatnonzero(np.cumsum(ordered) > _MOST_OF_ALL)
    return min(_MOST, int(ordered[beyond[0]]) - 1) if beyond.size else _MOST


def _all_pairs(group: Ints, size: Ints, one: Ints, other: Ints) -> Ints:
    order = np.argsort(group, kind="stable")
    begin = np.cumsum(np.r_[0, size])
    cells = size[one] * size[other]
    pair = np.repeat(np.arange(one.size), cells)
    cell = counted_within(cells)
    mine = order[begin[one[pair]] + cell // size[other[pair]]]
    theirs = order[begin[other[pair]] + cell % size[other[pair]]]
    apart = mine != theirs
    return np.unique(packed_either_way(mine[apart], theirs[apart]))
