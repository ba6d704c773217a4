"""Houses as a person's word parts them: one account leaves, with those that are called as it is, and the rest stays.

Houses are told without asking what a person said of two of their accounts, and are parted then. A house that gathers
anew gathers around both, and falls into as many pieces as chance has it, other ones every night.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING

import attrs
import numpy as np
from scipy import sparse

from aggregator.reconcile.matching.houses.houses import agreed, denied
from aggregator.reconcile.matching.linked_groups import groups_of_pairs, linked_groups, two_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy.typing as npt

    from aggregator.reconcile.matching.weighed import Weighed

    Ints = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]
    Pairs = frozenset[tuple[int, int]]


@attrs.frozen(slots=True, kw_only=True)
class Word:
    """What a person said that parts houses.

    Attributes:
        must: Pairs of records that are one business.
        cannot: Pairs of records that are two.
    """

    must: Pairs = frozenset()
    cannot: Pairs = frozenset()


def word_on(house: Ints, must: Iterable[tuple[int, int]], cannot: Iterable[tuple[int, int]]) -> Word:
    """Return what of a person's decisions parts houses: what keeps two apart that one house holds, or joined houses.

    Args:
        house: the house of each record.
        must: pairs that the person joined.
        cannot: pairs that the person kept apart.
    """
    apart = tuple(cannot)
    if not apart:
        return Word()
    joined = tuple(must)
    held = _held(house, joined)
    parting = frozenset(pair for pair in apart if held[pair[0]] == held[pair[1]])
    touched = {int(held[one]) for one, _ in parting}
    return Word(must=frozenset(pair for pair in joined if int(held[pair[0]]) in touched), cannot=parting)


def parted(weighed: Weighed, house: Ints, word: Word) -> Ints:
    """Return the house of each record as a person's word leaves it.

    Of two accounts that are kept apart that one leaves which is kept apart from more, else the one with which fewer
    leave, else the one whose columns deny more of the others than they back, else the later by key: none of that
    changes with every account that is opened or closed. Those leave with it that are called as it is but for a
    region or a channel, where the one that it is kept apart from is not. What a person joined stays joined.

    Args:
        weighed: the scored pairs.
        house: the house of each record.
        word: what `word_on` returned of these houses.
    """
    if not word.cannot:
        return house
    held, unit = _held(house, word.must), groups_of_pairs(house.size, word.must)
    touched = np.unique([held[one] for one, _ in word.cannot])
    places = np.flatnonzero(held[weighed.left] == held[weighed.right])
    places = places[np.isin(held[weighed.left[places]], touched)]
    side = np.zeros(house.size, np.int64)
    for one in touched.tolist():
        members, here = np.flatnonzero(held == one), places[held[weighed.left[places]] == one]
        units, local = np.unique(unit[members], return_inverse=True)
        apart = [np.searchsorted(units, unit[list(pair)]).tolist() for pair in word.cannot if held[pair[0]] == one]
        left, right = (np.searchsorted(units, unit[records[here]]) for records in (weighed.left, weighed.right))
        among = _Among.of(units.size, left, right, weighed.circumstances[here], weighed.suffixed[here])
        side[members] = among.sides(_around(apart))[local]
    return _named(house, side)


def _around(pairs: Iterable[list[int]]) -> Mapping[int, frozenset[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return {one: frozenset(others) for one, others in found.items()}


def _held(house: Ints, must: Iterable[tuple[int, int]]) -> Ints:
    """Number what is held together by houses, and by houses that a person joined."""
    _, first, group = np.unique(house, return_index=True, return_inverse=True)
    one, other = two_columns(must)
    records = np.arange(house.size)
    return linked_groups(house.size, np.r_[records, one], np.r_[first[group], other])


def _named(house: Ints, side: Ints) -> Ints:
    """Give each side that left a house a number of its own, by its lowest record."""
    left = np.flatnonzero(side)
    _, first, group = np.unique(np.stack([house[left], side[left]]), axis=1, return_index=True, return_inverse=True)
    named = house.copy()
    named[left] = int(house.max(initial=0)) + 1 + left[first[group.ravel()]]
    return named


@attrs.frozen(slots=True, kw_only=True, eq=False)
class _Among:
    """What is said between the accounts of a house; those that a person joined are one.

    Attributes:
        outcast: Whether the columns of each deny more of the others than they back.
        akin: Whether the names of two are known to be equal but for a region or a channel, by row and column; 1 or 0.
    """

    outcast: Mask
    akin: sparse.csr_array

    @classmethod
    def of(cls, size: int, left: Ints, right: Ints, told: npt.NDArray[np.int8], suffixed: Mask) -> _Among:
        """Return what pairs say of the accounts."""
        balance = denied(told).astype(int) - agreed(told)
        themselves = np.arange(size)
        one, other = np.r_[left[suffixed], themselves], np.r_[right[suffixed], themselves]
        akin = sparse.csr_array((np.ones(2 * one.size), (np.r_[one, other], np.r_[other, one])), shape=(size, size))
        akin.data[:] = 1
        return cls(outcast=np.bincount(left, balance, size) + np.bincount(right, balance, size) > 0, akin=akin)

    def sides(self, kept_apart: Mapping[int, frozenset[int]]) -> Ints:
        """Give each account its side: 0 for what stays, and a number of its own for each that leaves."""
        side = np.zeros(self.outcast.size, np.int64)
        for number in itertools.count(1):
            staying = {one for one in kept_apart if side[one] == 0}
            against = {one: kept_apart[one] & staying for one in staying if kept_apart[one] & staying}
            if not against:
                break
            most = max(map(len, against.values()))
            follow = {one: self._followers(one, others, side) for one, others in against.items() if len(others) == most}
            leaver = min(follow, key=lambda one: (len(follow[one]), not self.outcast[one], -one))
            side[leaver] = number
            for one in follow[leaver]:
                if not any(side[other] == number for other in kept_apart.get(one, ())):
                    side[one] = number
        return side

    def _followers(self, leaver: int, others: Iterable[int], side: Ints) -> list[int]:
        """Those of what stays that are called as an account is, and not as those that it leaves."""
        follows = self._called_as(leaver) & (side == 0)
        for other in others:
            as_other = self._called_as(other)
            follows &= ~as_other & ~as_other[leaver]
        return np.flatnonzero(follows).tolist()

    def _called_as(self, one: int) -> Mask:
        """Which accounts are called as one is: not of every two is it known, but of most that are called so."""
        akin = self.akin[[one]].toarray().ravel()
        known = self.akin.sum(axis=1)
        return np.asarray((akin > 0) | (2 * (self.akin @ akin) > np.minimum(known, akin.sum())))
