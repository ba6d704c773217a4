"""A record whose name another list has exactly, and nearly so a second time: "A1 Gaming" beside "A1 Games"."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.features.circumstance_codes import (
    BACKING,
    SITE,
    TOWN,
    Backing,
    Site,
    Town,
)
from aggregator.reconcile.matching.houses.houses import placed
from aggregator.reconcile.matching.pair_codes import packed, packed_either_way, places_of
from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.vocabulary import is_legal_form

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
    loose = placed(told)
    fits = ~_denied(told) & (exact > 0)
    codes = packed(weighed.left[inside], weighed.right[inside])
    order = np.argsort(codes)
    codes, inside = codes[order], inside[order]
    found: set[int] = set()
    for mine, theirs in ((weighed.left, weighed.right), (weighed.right, weighed.left)):
        seats: dict[tuple[int, int], list[int]] = defaultdict(list)
        seated = zip(theirs[across].tolist(), weighed.source[mine[across]].tolist(), strict=True)
        for place, seat in enumerate(seated):
            seats[seat].append(place)
        for several in seats.values():
            best = max((int(exact[place]) for place in several if fits[place]), default=0)
            first = np.array([place for place in several if fits[place] and exact[place] == best], np.int64)
            second = [place for place in several if exact[place] < best and loose[place]]
            for place in second:
                rows = np.full(first.size, mine[across[place]])
                beside = places_of(packed_either_way(mine[across[first]], rows), codes)
                beside = inside[beside[beside >= 0]]
                if placed(weighed.circumstances[beside]).all():
                    found.update((int(across[place]), *beside.tolist()))
    return np.array(sorted(found), np.int64)


def _contended(weighed: Weighed, across: Ints) -> Mask:
    """Say of pairs whether one of the two has another likely partner in the list of the other."""
    sources = int(weighed.source.max(initial=0)) + 1
    several = np.zeros(across.size, bool)
    for mine, theirs in ((weighed.left, weighed.right), (weighed.right, weighed.left)):
        seat = mine[across] * sources + weighed.source[theirs[across]]
        _, where, count = np.unique(seat, return_inverse=True, return_counts=True)
        several |= count[where] > 1
    return several


def _denied(told: npt.NDArray[np.int8]) -> Mask:
    """Say of pairs whether a column keeps the two apart."""
    elsewhere = (told[:, SITE] == Site.DIFFERENT) | (told[:, TOWN] == Town.DIFFERENT)
    return np.asarray(elsewhere | (told[:, BACKING] == Backing.AGAINST))


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
    return [word for word in words if not is_legal_form([word])] or words
