"""Which pairs are worth comparing: those that share rare letter groups of a name, or an exact key; never all pairs."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn  # type: ignore[import-untyped]

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.alignment import Lexicon
    from aggregator.reconcile.matching.columns import Columns
    from aggregator.reconcile.matching.names import Names

_BASE: Final = 37
_BEST: Final = 10
"""Candidates kept of a name in each other list."""

_BEST_INSIDE: Final = 4
"""Candidates kept of a name in its own list."""

_LEAST: Final = 0.12
_SHARE_OF_BEST: Final = 0.5
"""A candidate that shares so much less than the best one is not worth comparing."""

_EFFORT: Final = 100_000_000
"""Postings looked through for all names, of each name the rarest letter groups first; a long list gets more, in step
with its length."""

_EFFORT_EACH: Final = (1500, 20_000)
"""Least and most postings looked through for one name."""

_LEVELS: Final = (3, 10, 30, 100, 200, 400, 800, 1600, 3200)
_LARGEST_GROUP: Final = 40
_BLOCK: Final = 65_536
"""Names weighed at a time, which bounds the memory."""


Pairs = tuple["npt.NDArray[np.int64]", "npt.NDArray[np.int64]"]


def name_candidates(names: Names, source: npt.NDArray[np.int32]) -> Pairs:
    """Pairs of name rows that share the rarest words and letter groups, between every two sources and within each.

    Args:
        names: the columns.
        source: source number of each name row; rows of one source stand together.
    """
    grams, count = _gram_matrix(names)
    bounds = np.searchsorted(source, np.arange(int(source.max(initial=-1)) + 2))
    queries = _rarest(grams, count)
    lists = [(int(start), int(end)) for start, end in itertools.pairwise(bounds.tolist()) if end > start]
    found = [_nothing()]
    for other in lists:
        turned = grams[other[0] : other[1]].T.tocsr()
        found += [_best(queries[one[0] : one[1]], turned, one[0], other[0], inside=one == other) for one in lists]
    return _unique([np.concatenate(side) for side in zip(*found, strict=True)])


def _nothing() -> Pairs:
    return np.zeros(0, np.int64), np.zeros(0, np.int64)


def _unique(pairs: list[npt.NDArray[np.int64]]) -> Pairs:
    low, high = np.minimum(*pairs), np.maximum(*pairs)
    # Sorting beats the hashing of numpy.unique on millions of distinct codes.
    codes = np.sort((low << 32) | high)
    codes = codes[np.r_[True, codes[1:] != codes[:-1]]] if codes.size else codes
    low, high = codes >> 32, codes & 0xFFFFFFFF
    return low[low != high], high[low != high]


def _best(queries: sparse.csr_matrix, turned: sparse.csr_matrix, first: int, other: int, *, inside: bool) -> Pairs:
    """The best candidates of each query, of those that are nearly as good as the best."""
    kept = _BEST_INSIDE + 1 if inside else _BEST
    found = sp_matmul_topn(queries, turned, top_n=kept, threshold=_LEAST, n_threads=2)
    rows = np.repeat(np.arange(found.shape[0], dtype=np.int64), np.diff(found.indptr))
    columns = found.indices.astype(np.int64)
    score = np.where((rows == columns) & inside, 0, found.data)
    best = np.zeros(found.shape[0], np.float32)
    np.maximum.at(best, rows, score)
    good = (score >= _SHARE_OF_BEST * best[rows]) & (score > 0)
    return rows[good] + first, columns[good] + other


def _gram_matrix(names: Names) -> tuple[sparse.csr_matrix, npt.NDArray[np.int64]]:
    """Rows = names, columns = words and groups of three letters weighed by rarity, rows of length one; and counts."""
    row, place = np.nonzero(names.grid >= 0)
    word = names.grid[row, place]
    shape = (len(names.grid), len(names.words))
    holds = sparse.csr_matrix((np.ones(row.size, np.float32), (row.astype(np.int32), word)), shape=shape)
    grams = sparse.hstack([holds @ _word_grams(names), _word_pairs(names)], format="csr")
    count = np.bincount(grams.indices, minlength=grams.shape[1])
    rarity = np.log((1 + len(names.grid)) / (1 + count)).astype(np.float32) + np.float32(0.1)
    grams.data = rarity[grams.indices]
    for start in range(0, len(names.grid), _BLOCK):
        within = grams.indptr[start : start + _BLOCK + 1]
        data = grams.data[within[0] : within[-1]]
        squares = np.r_[0, np.cumsum(data.astype(np.float64) ** 2)]
        length = np.sqrt(np.diff(squares[within - within[0]]))
        data /= np.repeat(np.maximum(length, 1e-9), np.diff(within)).astype(np.float32)
    return grams, count


def _rarest(grams: sparse.csr_matrix, count: npt.NDArray[np.int64]) -> sparse.csr_matrix:
    """Of each name the rarest columns, as many as the effort allows; at least those of the first level."""
    effort = int(np.clip(_EFFORT // max(grams.shape[0], 1), *_EFFORT_EACH))
    data, indices, sizes = [grams.data[:0]], [grams.indices[:0]], [np.zeros(1, np.int64)]
    for start in range(0, grams.shape[0], _BLOCK):
        within = grams.indptr[start : start + _BLOCK + 1]
        here = slice(int(within[0]), int(within[-1]))
        postings = count[grams.indices[here]]
        row = np.repeat(np.arange(within.size - 1), np.diff(within))
        kept = postings <= _limits(postings, row, within.size - 1, effort, int(count.max(initial=0)))[row]
        data.append(grams.data[here][kept])
        indices.append(grams.indices[here][kept])
        sizes.append(np.bincount(row[kept], minlength=within.size - 1))
    indptr = np.cumsum(np.concatenate(sizes))
    return sparse.csr_matrix((np.concatenate(data), np.concatenate(indices), indptr), shape=grams.shape)


def _limits(
    postings: npt.NDArray[np.int64], row: npt.NDArray[np.int64], rows: int, effort: int, most: int
) -> npt.NDArray[np.int64]:
    """For each row, how many names may hold a column that is looked up."""
    least = np.full(rows, np.iinfo(np.int64).max)
    np.minimum.at(least, row, postings)
    limit = least.copy()
    for level in (*_LEVELS, most):
        within = postings <= level
        work = np.bincount(row[within], weights=postings[within], minlength=rows)
        limit = np.where(work <= effort, np.maximum(limit, level), limit)
    return limit


_PAIRED: Final = 4
"""Words of a name that are looked up in pairs."""

_COMMON_WORD: Final = 20
"""Names that must hold a word before it is looked up in pairs; a rarer one finds its names by itself."""


def _word_pairs(names: Names) -> sparse.csr_matrix:
    """Rows = names, columns = pairs of common words in either order: "Smith Foods" is rarer than Smith or Foods."""
    words = len(names.words)
    common = np.r_[np.bincount(names.grid[names.grid >= 0], minlength=words) > _COMMON_WORD, False]
    rows, codes = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for one, other in itertools.combinations(range(_PAIRED), 2):
        first, second = names.grid[:, one].astype(np.int64), names.grid[:, other].astype(np.int64)
        here = np.flatnonzero(common[first] & common[second] & (first != second))
        rows.append(here)
        codes.append(np.minimum(first[here], second[here]) * words + np.maximum(first[here], second[here]))
    row = np.concatenate(rows)
    distinct, column = np.unique(np.concatenate(codes), return_inverse=True)
    return sparse.csr_matrix(
        (np.ones(row.size, np.float32), (row.astype(np.int32), column.astype(np.int32))),
        shape=(len(names.grid), max(distinct.size, 1)),
    )


def _word_grams(names: Names) -> sparse.csr_matrix:
    """Rows = words, columns = groups of three letters, then the words themselves."""
    text = np.frombuffer("".join(f" {word} " for word in names.words).encode("ascii", "replace"), np.uint8)
    lengths = np.fromiter((len(word) + 2 for word in names.words), np.int64, len(names.words))
    word = np.repeat(np.arange(len(names.words)), lengths)
    letters = text.astype(np.int64)
    letter = np.select([text >= 97, (text >= 48) & (text < 58)], [letters - 86, letters - 47], 0)
    inside = word[2:] == word[:-2]
    code = (letter[:-2] * _BASE + letter[1:-1]) * _BASE + letter[2:]
    rows = np.r_[word[:-2][inside], np.arange(len(names.words))]
    columns = np.r_[code[inside], np.arange(len(names.words)) + _BASE**3]
    shape = (len(names.words), _BASE**3 + len(names.words))
    return sparse.csr_matrix((np.ones(rows.size, np.float32), (rows, columns)), shape=shape)


def acronym_candidates(names: Names, lexicon: Lexicon) -> Pairs:
    """Pairs of name rows where one is a single word that spells the initials of the other."""
    single = (names.grid[:, 0] >= 0) & (names.grid[:, 1] < 0)
    rows = np.flatnonzero(single)
    spelled = lexicon.acronym[names.grid[rows, 0]]
    keys = np.concatenate([spelled, lexicon.initials[:, 0], lexicon.initials[:, 2]])
    holders = np.concatenate([rows, np.arange(len(names.grid)), np.arange(len(names.grid))])
    known = (keys >= 1 << 5) & np.isin(keys, spelled)
    return _group_pairs(keys[known], holders[known])


def spelling_candidates(names: Names) -> Pairs:
    """Pairs of name rows that are spelt alike but for spaces, legal forms and small words."""
    spelt = np.flatnonzero(names.grid[:, 0] >= 0)
    return _group_pairs(names.spelling[spelt].astype(np.int64), spelt)


def key_candidates(columns: Columns) -> Pairs:
    """Pairs of records that share a domain, an e-mail, a phone, an identifier, a person or a street and city."""
    found = [_nothing()]
    for values in (columns.domain, columns.email, columns.phone, columns.loose_identifier, columns.person):
        row, place = np.nonzero(values.grid >= 0)
        found.append(_group_pairs(values.grid[row, place].astype(np.int64), row))
    for area in (columns.city, columns.postcode):
        if not columns.street.empty and not area.empty:
            codes = columns.street.grid[:, 0].astype(np.int64) * len(area.texts) + area.grid[:, 0]
            rows = np.flatnonzero((columns.street.grid[:, 0] >= 0) & (area.grid[:, 0] >= 0))
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
