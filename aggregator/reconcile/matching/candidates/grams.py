"""Candidate pairs by what names have in common: rare words and groups of three letters."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from aggregator.reconcile.matching.candidates.threads import allowed
from aggregator.reconcile.matching.pair_codes import each_once, packed_either_way

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.reading.names import Names

_BASE: Final = 37
BEST: Final = 10
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

_FEW: Final = 50
"""As if the lists had so many names more: in two names alone, all that they share would be common."""
_BLOCK: Final = 65_536
"""Names weighed at a time, which bounds the memory."""


def by_grams(names: Names, source: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Pairs of name rows that share the rarest words and letter groups, between every two sources and within each.

    Args:
        names: the names.
        source: source number of each row; rows of one source stand together.
    """
    grams, count = _gram_matrix(names)
    bounds = np.searchsorted(source, np.arange(int(source.max(initial=-1)) + 2))
    queries = _rarest(grams, count)
    lists = [(int(start), int(end)) for start, end in itertools.pairwise(bounds.tolist()) if end > start]
    found = []
    for other in lists:
        turned = _rows(grams, *other).T.tocsr()
        found += [_best(_rows(queries, *one), turned, one[0], other[0], inside=one == other) for one in lists]
    return each_once([np.zeros(0, np.int64), *found])


def _rows(matrix: sparse.csr_matrix, start: int, end: int) -> sparse.csr_matrix:
    """Some rows of a matrix, which stay where they are; slicing would copy them."""
    here = slice(int(matrix.indptr[start]), int(matrix.indptr[end]))
    ends = matrix.indptr[start : end + 1] - matrix.indptr[start]
    return sparse.csr_matrix((matrix.data[here], matrix.indices[here], ends), shape=(end - start, matrix.shape[1]))


def _best(
    queries: sparse.csr_matrix, turned: sparse.csr_matrix, first: int, other: int, *, inside: bool
) -> npt.NDArray[np.int64]:
    """The best candidates of each query, of those that are nearly as good as the best."""
    kept = _BEST_INSIDE + 1 if inside else BEST
    found = sp_matmul_topn(queries, turned, top_n=kept, threshold=_LEAST, n_threads=allowed())
    rows = np.repeat(np.arange(found.shape[0], dtype=np.int32), np.diff(found.indptr))
    score = np.where((rows == found.indices) & inside, 0, found.data)
    best = np.zeros(found.shape[0], np.float32)
    np.maximum.at(best, rows, score)
    good = (score >= _SHARE_OF_BEST * best[rows]) & (score > 0)
    return packed_either_way(rows[good].astype(np.int64) + first, found.indices[good].astype(np.int64) + other)


def _gram_matrix(names: Names) -> tuple[sparse.csr_matrix, npt.NDArray[np.int64]]:
    """Rows = names, columns = words and groups of three letters weighed by rarity, rows of length one; and counts."""
    indices, indptr, shape = _held_grams(names)
    count = np.bincount(indices, minlength=shape[1])
    rarity = np.log((_FEW + shape[0]) / (1 + count)).astype(np.float32) + np.float32(0.1)
    weights = rarity[indices]
    for start in range(0, shape[0], _BLOCK):
        within = indptr[start : start + _BLOCK + 1]
        data = weights[within[0] : within[-1]]
        squares = np.r_[0, np.cumsum(data.astype(np.float64) ** 2)]
        length = np.sqrt(np.diff(squares[within - within[0]]))
        data /= np.repeat(np.maximum(length, 1e-9), np.diff(within)).astype(np.float32)
    return sparse.csr_matrix((weights, indices, indptr), shape=shape), count


def _held_grams(names: Names) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64], tuple[int, int]]:
    """The columns that each name holds, where each name begins among them, and how many names and columns there are."""
    of_word, of_pair = _word_grams(names), _word_pairs(names)
    rows, words = len(names.grid), len(names.words)
    sizes = np.r_[np.diff(of_word.indptr), 0]
    # Room for what names would hold if their words had nothing in common; pages that are never written cost nothing.
    indices = np.empty(int(sizes[names.grid].sum()) + of_pair.nnz, np.int32)
    indptr = np.zeros(rows + 1, np.int64)
    for start in range(0, rows, _BLOCK):
        grid = names.grid[start : start + _BLOCK]
        word = grid[grid >= 0]
        ends = np.r_[0, np.cumsum((grid >= 0).sum(axis=1))]
        holds = sparse.csr_matrix((np.ones(word.size, np.float32), word, ends), shape=(len(grid), words))
        holds.sum_duplicates()
        block = sparse.hstack([holds @ of_word, of_pair[start : start + _BLOCK]], format="csr")
        begin = indptr[start]
        indices[begin : begin + block.nnz] = block.indices
        indptr[start + 1 : start + len(grid) + 1] = begin + block.indptr[1:]
    return indices[: indptr[-1]], indptr, (rows, of_word.shape[1] + of_pair.shape[1])


def _rarest(grams: sparse.csr_matrix, count: npt.NDArray[np.int64]) -> sparse.csr_matrix:
    """Of each name the rarest columns, as many as the effort allows; at least those of the first level."""
    effort = int(np.clip(_EFFORT // max(grams.shape[0], 1), *_EFFORT_EACH))
    levels = np.searchsorted(_LEVELS, count)
    data, indices, sizes = [grams.data[:0]], [grams.indices[:0]], [np.zeros(1, np.int64)]
    for start in range(0, grams.shape[0], _BLOCK):
        within = grams.indptr[start : start + _BLOCK + 1]
        here = slice(int(within[0]), int(within[-1]))
        column = grams.indices[here]
        postings, level = count[column], levels[column]
        row = np.repeat(np.arange(within.size - 1), np.diff(within))
        kept = postings <= _limits(postings, level, row, within.size - 1, effort)[row]
        data.append(grams.data[here][kept])
        indices.append(column[kept])
        sizes.append(np.bincount(row[kept], minlength=within.size - 1))
    indptr = np.cumsum(np.concatenate(sizes))
    return sparse.csr_matrix((np.concatenate(data), np.concatenate(indices), indptr), shape=grams.shape)


def _limits(
    postings: npt.NDArray[np.int64],
    level: npt.NDArray[np.int64],
    row: npt.NDArray[np.int64],
    rows: int,
    effort: int,
) -> npt.NDArray[np.int64]:
    """For each row, how many names may hold a column that is looked up."""
    levels = np.array([*_LEVELS, np.iinfo(np.int64).max])
    work = np.bincount(row * levels.size + level, weights=postings, minlength=rows * levels.size)
    within = np.cumsum(work.reshape(rows, levels.size), axis=1) <= effort
    least = np.full(rows, np.iinfo(np.int64).max)
    np.minimum.at(least, row, postings)
    return np.asarray(np.maximum(least, np.where(within[:, 0], levels[within.sum(axis=1) - 1], 0)))


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
    text = np.frombuffer(f" {'  '.join(names.words)} ".encode("ascii", "replace"), np.uint8)
    lengths = np.fromiter(map(len, names.words), np.int64, len(names.words)) + 2
    word = np.repeat(np.arange(len(names.words)), lengths)
    letters = text.astype(np.int64)
    letter = np.select([text >= 97, (text >= 48) & (text < 58)], [letters - 86, letters - 47], 0)
    inside = word[2:] == word[:-2]
    code = (letter[:-2] * _BASE + letter[1:-1]) * _BASE + letter[2:]
    rows = np.r_[word[:-2][inside], np.arange(len(names.words))]
    columns = np.r_[code[inside], np.arange(len(names.words)) + _BASE**3]
    shape = (len(names.words), _BASE**3 + len(names.words))
    return sparse.csr_matrix((np.ones(rows.size, np.float32), (rows, columns)), shape=shape)
