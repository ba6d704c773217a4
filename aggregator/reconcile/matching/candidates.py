"""Which pairs are worth comparing: those that share rare letter groups of a name, or an exact key; never all pairs."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from aggregator.reconcile.matching.vocabulary import STOP

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.alignment import Lexicon
    from aggregator.reconcile.matching.columns import Columns
    from aggregator.reconcile.matching.names import Names

_BASE: Final = 37
_BEST: Final = 12
_LEAST: Final = 0.25
_LARGEST_GROUP: Final = 40

Pairs = tuple["npt.NDArray[np.int64]", "npt.NDArray[np.int64]"]


def name_candidates(names: Names, source: npt.NDArray[np.int32]) -> Pairs:
    """Pairs of name rows with the most alike letters, between every two sources and within each.

    Args:
        names: the columns.
        source: source number of each name row.
    """
    grams = _gram_matrix(names)
    groups = [np.flatnonzero(source == number) for number in range(int(source.max(initial=-1)) + 1)]
    found = [
        pair
        for one, other in itertools.combinations_with_replacement(range(len(groups)), 2)
        for pair in _between(grams, groups[one], groups[other])
    ]
    return _unique([np.concatenate(side) for side in zip(*found, strict=True)]) if found else _nothing()


def _nothing() -> Pairs:
    return np.zeros(0, np.int64), np.zeros(0, np.int64)


def _unique(pairs: list[npt.NDArray[np.int64]]) -> Pairs:
    low, high = np.minimum(*pairs), np.maximum(*pairs)
    codes = np.unique((low << 32) | high)
    low, high = codes >> 32, codes & 0xFFFFFFFF
    return low[low != high], high[low != high]


def _between(
    grams: sparse.csr_matrix, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]
) -> list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    if not one.size or not other.size:
        return []
    left, right = grams[one], grams[other]
    found = []
    for rows, columns, a, b in ((left, right, one, other), (right, left, other, one)):
        best = sp_matmul_topn(rows, columns.T.tocsr(), top_n=_BEST, threshold=_LEAST, n_threads=2).tocoo()
        found.append((a[best.row], b[best.col]))
        if one is other:
            break
    return found


def _gram_matrix(names: Names) -> sparse.csr_matrix:
    """Rows = names, columns = groups of three letters, each weighed by its rarity, rows of length one."""
    words = _word_grams(names)
    row, place = np.nonzero(names.grid >= 0)
    telling = names.kind[names.grid[row, place]] != STOP
    row, word = row[telling], names.grid[row, place][telling]
    holds = sparse.csr_matrix((np.ones(row.size, np.float32), (row, word)), shape=(len(names.grid), len(names.words)))
    grams = holds @ words
    grams.data[:] = 1
    count = np.bincount(grams.indices, minlength=grams.shape[1])
    rarity = np.log((1 + len(names.grid)) / (1 + count)).astype(np.float32) + 0.1
    grams.data = rarity[grams.indices]
    length = np.sqrt(np.asarray(grams.multiply(grams).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(length, 1e-9)).astype(np.float32) @ grams)


def _word_grams(names: Names) -> sparse.csr_matrix:
    text = np.frombuffer("".join(f" {word} " for word in names.words).encode("ascii", "replace"), np.uint8)
    lengths = np.fromiter((len(word) + 2 for word in names.words), np.int64, len(names.words))
    word = np.repeat(np.arange(len(names.words)), lengths)
    letter = np.select(
        [text >= 97, (text >= 48) & (text < 58)], [text.astype(np.int64) - 86, text.astype(np.int64) - 47], 0
    )
    inside = word[2:] == word[:-2]
    code = (letter[:-2] * _BASE + letter[1:-1]) * _BASE + letter[2:]
    shape = (len(names.words), _BASE**3)
    return sparse.csr_matrix((np.ones(int(inside.sum()), np.float32), (word[:-2][inside], code[inside])), shape=shape)


def acronym_candidates(names: Names, lexicon: Lexicon) -> Pairs:
    """Pairs of name rows where one is a single word that spells the initials of the other."""
    single = (names.grid[:, 0] >= 0) & (names.grid[:, 1] < 0)
    rows = np.flatnonzero(single)
    spelled = lexicon.acronym[names.grid[rows, 0]]
    keys = np.concatenate([spelled, lexicon.initials[:, 0], lexicon.initials[:, 2]])
    holders = np.concatenate([rows, np.arange(len(names.grid)), np.arange(len(names.grid))])
    known = (keys >= 1 << 5) & np.isin(keys, spelled)
    return _group_pairs(keys[known], holders[known])


def key_candidates(columns: Columns) -> Pairs:
    """Pairs of records that share a domain, an e-mail, a phone, an identifier or a street and city."""
    found = [_nothing()]
    for values in (columns.domain, columns.email, columns.phone, columns.loose_identifier, columns.person):
        row, place = np.nonzero(values.grid >= 0)
        found.append(_group_pairs(values.grid[row, place].astype(np.int64), row))
    for place in (columns.city, columns.postcode):
        if not columns.street.empty and not place.empty:
            codes = columns.street.grid[:, 0].astype(np.int64) * len(place.texts) + place.grid[:, 0]
            rows = np.flatnonzero((columns.street.grid[:, 0] >= 0) & (place.grid[:, 0] >= 0))
            found.append(_group_pairs(codes[rows], rows))
    return _unique([np.concatenate(side) for side in zip(*found, strict=True)])


def _group_pairs(keys: npt.NDArray[np.int64], holders: npt.NDArray[np.int64]) -> Pairs:
    """All pairs of holders of one key; keys that too many hold say too little to be worth it."""
    order = np.lexsort((holders, keys))
    keys, holders = keys[order], holders[order]
    new = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if keys.size else np.zeros(0, np.int64)
    sizes = np.diff(np.r_[new, keys.size])
    found = [_nothing()]
    # One shift at a time pairs each holder with the one so many places on, for all groups together.
    for shift in range(1, min(int(sizes.max(initial=0)), _LARGEST_GROUP)):
        size = np.repeat(sizes, sizes)
        here = np.flatnonzero((keys[:-shift] == keys[shift:]) & (size[:-shift] <= _LARGEST_GROUP))
        found.append((holders[here], holders[here + shift]))
    return _unique([np.concatenate(side) for side in zip(*found, strict=True)])


def merge_candidates(*found: Pairs) -> Pairs:
    """The union of several searches."""
    return _unique([np.concatenate(side) for side in zip(*found, strict=True)])
