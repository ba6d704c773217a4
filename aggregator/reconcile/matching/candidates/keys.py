"""Candidate pairs by what is the same: a spelling, initials, a value of a column, or a word in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.candidates.grams import BEST
from aggregator.reconcile.matching.pair_codes import counted_within, each_once, packed, packed_either_way, unpacked
from aggregator.reconcile.matching.reading.vocabulary import CORE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from aggregator.reconcile.matching.features.lexicon import Lexicon
    from aggregator.reconcile.matching.reading.columns import Columns
    from aggregator.reconcile.matching.reading.initials import Initials
    from aggregator.reconcile.matching.reading.names import Names

_LARGEST_GROUP: Final = 40
_NEXT: Final = 2
"""Of a value that more hold, each holder is paired with so many that come after it: enough to find a house."""

_BESIDE: Final = 2
"""Words, at the most, that stand behind an acronym of a name that is looked up by it: "CNR Italy"."""

_ACRONYM: Final = 3
"""Letters, at the least, of such an acronym, unless they are written apart: "W & H Lengerich"."""

_MOST_MEANT: Final = 40
"""Names, at the most, that an acronym may stand for to be paired with them: of more, it says too little."""

_FEW_MEANT: Final = 10
"""The same of a word that may be an acronym wherever it stands in a name."""

_INSIDE: Final = 5
"""Letters, at the most, of such a word; of longer ones most are words."""


def by_acronym(names: Names, lexicon: Lexicon) -> list[npt.NDArray[np.int64]]:
    """Return pairs of name rows where one is, begins with or has an acronym that may stand for the other."""
    meant = _meant(names.initials)
    return [
        _pairs_across(*_leading(names), *meant, most=_MOST_MEANT),
        _pairs_across(*_inside(names, lexicon), *meant, most=_FEW_MEANT),
    ]


def _leading(names: Names) -> tuple[npt.NDArray[np.integer], npt.NDArray[np.int64]]:
    """The acronyms that names are, or begin with; and these names."""
    initials = names.initials
    behind = names.grid[:, _BESIDE + 1] < 0
    told = initials.single | (initials.size[initials.begins] >= _ACRONYM)
    asked = initials.whole | (behind & told)
    rows = np.flatnonzero(asked & (initials.begins >= 0))
    return initials.begins[rows], rows


def _inside(names: Names, lexicon: Lexicon) -> tuple[npt.NDArray[np.integer], npt.NDArray[np.int64]]:
    """The short words that may be acronyms, for hardly any name has them: "Quillby (IPN Ltd)"; and the names."""
    size = lexicon.letters.sizes
    able = lexicon.coined & ~lexicon.known & (size >= _ACRONYM) & (size <= _INSIDE) & (names.initials.words >= 0)
    rows, place = np.nonzero(able[names.grid])
    return names.initials.words[names.grid[rows, place]], rows


def _meant(initials: Initials) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Every acronym that may stand for a name, once for each name, in order; and the names."""
    names, way = np.nonzero(initials.names >= 0)
    codes = each_once([packed(initials.names[names, way].astype(np.int64), names)])
    return unpacked(codes)


def _pairs_across(
    keys: npt.NDArray[np.integer],
    holders: npt.NDArray[np.int64],
    others: npt.NDArray[np.int64],
    meant: npt.NDArray[np.int64],
    *,
    most: int,
) -> npt.NDArray[np.int64]:
    """All pairs of a holder of a key and one whom it may mean; two of those who hold it, or are meant, are no pair.

    Args:
        keys: some keys.
        holders: who holds each.
        others: the same keys, in order.
        meant: whom each of these means.
        most: how many, at the most, a key may mean.
    """
    first, end = np.searchsorted(others, keys), np.searchsorted(others, keys, side="right")
    size = end - first
    size[size > most] = 0
    one = np.repeat(holders, size)
    place = counted_within(size) + np.repeat(first, size)
    return packed_either_way(one, meant[place])


def by_whole_name(names: Names) -> npt.NDArray[np.int64]:
    """Return pairs of name rows that are spelt alike but for spaces, legal forms and small words."""
    spelt = np.flatnonzero(names.grid[:, 0] >= 0)
    return _group_pairs(names.spelling[spelt].astype(np.int64), spelt)


def find_neighbours(columns: Columns) -> npt.NDArray[np.int64]:
    """Return pairs of records that follow each other among the very many that hold one value, packed and in order."""
    found = [np.zeros(0, np.int64)]
    for values, records in _held(columns):
        order = np.lexsort((records, values))
        keys, holders = values[order], records[order]
        _, where, sizes = np.unique(keys, return_inverse=True, return_counts=True)
        for shift in range(1, _NEXT + 1):
            here = np.flatnonzero((keys[:-shift] == keys[shift:]) & (sizes[where[:-shift]] > _LARGEST_GROUP))
            found.append(packed_either_way(holders[here], holders[here + shift]))
    return np.unique(np.concatenate(found))


def _held(columns: Columns) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Values that one business may have for itself, and the records that hold them."""
    for values in (columns.domain, columns.email, columns.phone, columns.loose_identifier, columns.person):
        row, place = np.nonzero(values.grid >= 0)
        yield values.grid[row, place].astype(np.int64), row


def by_key(columns: Columns) -> list[npt.NDArray[np.int64]]:
    """Return pairs of records that share a domain, an e-mail, a phone, an identifier, a person or a street and city."""
    found = [_group_pairs(keys, holders) for keys, holders in _held(columns)]
    for area in (columns.city, columns.postcode):
        if not columns.street.empty and not area.empty:
            codes = columns.street.grid[:, 0].astype(np.int64) * len(area.texts) + area.grid[:, 0]
            rows = np.flatnonzero((columns.street.grid[:, 0] >= 0) & (area.grid[:, 0] >= 0))
            found.append(_group_pairs(codes[rows], rows))
    return found


def by_place(names: Names, columns: Columns) -> list[npt.NDArray[np.int64]]:
    """Return pairs of records in one place that share their rarest telling word, where more have it than are kept.

    Of sixty "Samsung", one a country, the best ten candidates of each would be ten of the sixty by chance.
    """
    places = [values for values in (columns.country, columns.region, columns.city) if not values.empty]
    if not places:
        return []
    held = np.r_[np.bincount(names.grid[names.grid >= 0], minlength=len(names.words)), 0]
    weight = np.r_[np.where(names.kind == CORE, names.weight, 0), -1][names.grid]
    rarest = names.grid[np.arange(len(names.grid)), weight.argmax(axis=1)]
    crowded = np.flatnonzero(held[rarest] > BEST)
    owner, word = names.owner[crowded].astype(np.int64), rarest[crowded].astype(np.int64)
    found = []
    for values in places:
        said = values.grid[owner]
        row, at = np.nonzero(said >= 0)
        found.append(_group_pairs(word[row] * len(values.texts) + said[row, at], owner[row], most=BEST))
    return found


def _group_pairs(
    keys: npt.NDArray[np.int64], holders: npt.NDArray[np.int64], *, most: int = _LARGEST_GROUP
) -> npt.NDArray[np.int64]:
    """All pairs of holders of one key; keys that too many hold say too little to be worth it."""
    order = np.lexsort((holders, keys))
    keys, holders = keys[order], holders[order]
    new = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if keys.size else np.zeros(0, np.int64)
    sizes = np.diff(np.r_[new, keys.size])
    size = np.repeat(sizes, sizes)
    found = [np.zeros(0, np.int64)]
    # One shift at a time pairs each holder with the one so many places on, for all groups together.
    for shift in range(1, min(int(sizes.max(initial=0)), most)):
        here = np.flatnonzero((keys[:-shift] == keys[shift:]) & (size[:-shift] <= most))
        found.append(packed_either_way(holders[here], holders[here + shift]))
    return np.concatenate(found)
