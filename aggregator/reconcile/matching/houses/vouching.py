"""Two accounts that a business has in one list, told by the record that it has in another.

One account says its phone, the other its web domain, and neither says what the other does: only the record of the other
list, which says both, tells that they are one business. Without it they are rivals for that record, and one is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.features.circumstance_codes import BACKING, KIND, Backing, KindOfNames
from aggregator.reconcile.matching.houses.houses import denied
from aggregator.reconcile.matching.pair_codes import packed, packed_either_way, places_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.houses.houses import Houses
    from aggregator.reconcile.matching.weighed import Weighed

    Ints = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]

_LEAST: Final = 1.0
"""Log-odds that the second account has with the first and with the record that vouches for it, in sum."""

_SURE: Final = 4.0
"""Log-odds from which on a record is the first account's, so that what it says of the second is said of both."""


def with_vouched(weighed: Weighed, houses: Houses, within: float) -> Houses:
    """Return the houses, and in one those accounts that a record of another list vouches for.

    Of two accounts that stand alone in their list, both have that record for their likeliest partner: the one beyond
    doubt, the other backed by a column that one business has for itself. Names alone vouch for nobody: "Acme" and "Acme
    Foods" are as like each other as either is to a third. Nor does a column vouch for "Acme Foods" and "Acme Tools",
    since sisters often answer one phone.

    Args:
        weighed: the scored pairs, in order.
        houses: what the lists say by themselves.
        within: log-odds added to a pair inside one list.
    """
    across = ~weighed.inside
    backing = np.flatnonzero(across & _backed(weighed.circumstances) & _alike(weighed.circumstances))
    if not backing.size:
        return houses
    between, backing = _triangles(weighed, np.flatnonzero(across), backing)
    heard = weighed.base[between] + within + weighed.base[backing]
    size = np.bincount(houses.house)
    alone = (size[houses.house[weighed.left[between]]] == 1) & (size[houses.house[weighed.right[between]]] == 1)
    told = weighed.circumstances[between]
    fits = alone & (heard >= _LEAST) & _alike(told) & ~denied(told)
    vouched = _one_each(weighed, between[fits], heard[fits])
    house = houses.house.copy()
    house[weighed.right[vouched]] = house[weighed.left[vouched]]
    return attrs.evolve(houses, house=house, vouched=vouched)


def _backed(circumstances: npt.NDArray[np.int8]) -> Mask:
    """Say of pairs whether a column that one business has for itself backs them, if another denies them or not."""
    return np.asarray(circumstances[:, BACKING] >= Backing.DISPUTED)


def _alike(circumstances: npt.NDArray[np.int8]) -> Mask:
    return np.asarray(circumstances[:, KIND] <= KindOfNames.GENERIC_ON_ONE)


def _triangles(weighed: Weighed, across: Ints, backing: Ints) -> tuple[Ints, Ints]:
    """Return the places of the pairs of two accounts, and of the pairs of the second with the record of both."""
    likeliest = _likeliest(weighed, across)
    found = []
    for second, record in ((weighed.left, weighed.right), (weighed.right, weighed.left)):
        one, both = second[backing], record[backing]
        there, here = weighed.source[both], weighed.source[one]
        surer = likeliest[both, here]
        first = weighed.left[surer] + weighed.right[surer] - both
        fits = (likeliest[one, there] == backing) & (likeliest[first, there] == surer) & (first != one)
        fits &= weighed.base[surer] >= _SURE
        between = places_of(packed_either_way(first[fits], one[fits]), packed(weighed.left, weighed.right))
        found.append((between[between >= 0], backing[fits][between >= 0]))
    places, by = (np.concatenate(side) for side in zip(*found, strict=True))
    return places, by


def _likeliest(weighed: Weighed, across: Ints) -> Ints:
    """Place of the likeliest pair of each record in each source, the first of several; 0 where it has none."""
    seats = weighed.source.size, int(weighed.source.max()) + 1
    odds, place = np.full(seats, -np.inf), np.zeros(seats, np.int64)
    sides = ((weighed.left, weighed.right), (weighed.right, weighed.left))
    for mine, theirs in sides:
        np.maximum.at(odds, (mine[across], weighed.source[theirs[across]]), weighed.base[across])
    for mine, theirs in sides:
        best = across[weighed.base[across] == odds[mine[across], weighed.source[theirs[across]]]][::-1]
        place[mine[best], weighed.source[theirs[best]]] = best
    return place


def _one_each(weighed: Weighed, places: Ints, heard: npt.NDArray[np.float64]) -> Ints:
    """Of the pairs of accounts, best first, those of which no account is in one already."""
    taken: set[int] = set()
    chosen = []
    for place in places[np.lexsort((places, -heard))].tolist():
        pair = {int(weighed.left[place]), int(weighed.right[place])}
        if taken.isdisjoint(pair):
            taken |= pair
            chosen.append(place)
    return np.array(sorted(chosen), np.int64)
