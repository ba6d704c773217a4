"""A record whose name another list has exactly, and nearly so a second time: "A1 Gaming" beside "A1 Games"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.houses.houses import denied_by_columns, placed
from aggregator.reconcile.matching.pair_codes import (
    counted_within,
    each_with_inverse,
    packed,
    packed_either_way,
    places_of,
)
from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.vocabulary import without_forms

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.comparison import Compared, Records
    from aggregator.reconcile.matching.weighed import Weighed

    Ints = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]

_SAME_WORDS: Final = 1
_SAME_NAME: Final = 2
"""How exact a name is that has the words of the other, and one that has them in their order."""


def looser(records: Records, compared: Compared, weighed: Weighed, inside: Ints, across: Ints) -> Ints:
    """Return the places of the pairs of which one list has the name of the other's record exacter.

    A column that one business has for itself, or a web domain, makes the two rows one nevertheless. So does it where it
    is the same in the looser pair, and where one differs in the exacter.

    Args:
        records: the records.
        compared: the pairs, and the names by which they were compared.
        weighed: the pairs.
        inside: places of pairs of one list.
        across: places of pairs of two lists.
    """
    across = across[_contended(weighed, across)]
    exact = _exactness(records, compared, across)
    told = weighed.circumstances[across]
    loose, fits = placed(told), ~denied_by_columns(told) & (exact > 0)
    codes = packed(weighed.left[inside], weighed.right[inside])
    order = np.argsort(codes)
    codes, inside = codes[order], inside[order]
    found = [across[:0]]
    for mine, theirs in ((weighed.left, weighed.right), (weighed.right, weighed.left)):
        seat, count = _seats(weighed, theirs[across], mine[across])
        best = np.zeros(count, np.int8)
        np.maximum.at(best, seat[fits], exact[fits])
        first = np.flatnonzero(fits & (exact == best[seat]))
        second = np.flatnonzero(loose & (exact < best[seat]))
        one, other = _of_one_seat(seat, first, second)
        places = places_of(packed_either_way(mine[across[first[one]]], mine[across[second[other]]]), codes)
        beside, other = inside[places[places >= 0]], other[places >= 0]
        firm = np.zeros(second.size, bool)
        firm[other[~placed(weighed.circumstances[beside])]] = True
        found += [across[second[~firm]], beside[~firm[other]]]
    return np.unique(np.concatenate(found))


def _seats(weighed: Weighed, records: Ints, others: Ints) -> tuple[Ints, int]:
    """Number what may be taken once: a record together with the list of the others; and say how many there are."""
    sources = int(weighed.source.max(initial=0)) + 1
    seats, numbers = each_with_inverse(records * sources + weighed.source[others])
    return numbers, seats.size


def _of_one_seat(seat: Ints, first: Ints, second: Ints) -> tuple[Ints, Ints]:
    """Return each combination of two places that have one seat, by their numbers among the first and the second."""
    order = np.argsort(seat[first], kind="stable")
    begin, end = (np.searchsorted(seat[first[order]], seat[second], side) for side in ("left", "right"))
    other = np.repeat(np.arange(second.size), end - begin)
    return order[begin[other] + counted_within(end - begin)], other


def _contended(weighed: Weighed, across: Ints) -> Mask:
    """Say of pairs whether one of the two has another likely partner in the list of the other."""
    several = np.zeros(across.size, bool)
    for mine, theirs in ((weighed.left, weighed.right), (weighed.right, weighed.left)):
        seat, _ = _seats(weighed, mine[across], theirs[across])
        several |= np.bincount(seat)[seat] > 1
    return several


def _exactness(records: Records, compared: Compared, places: Ints) -> npt.NDArray[np.int8]:
    """How exactly the names of pairs are the same, legal forms and blanks apart."""
    sides = [
        [_words(name) for name in fold_names([records.spelled[row] for row in rows[places].tolist()])]
        for rows in (compared.left_name, compared.right_name)
    ]
    grades = [
        _SAME_NAME if "".join(one) == "".join(other) else _SAME_WORDS * (sorted(one) == sorted(other))
        for one, other in zip(*sides, strict=True)
    ]
    return np.array(grades, np.int8)


def _words(name: str) -> list[str]:
    """Return the words of a folded name without its legal forms."""
    words = name.split()
    return without_forms(words) or words
