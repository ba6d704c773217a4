"""Which pairs are worth comparing: those that share rare letter groups of a name, or an exact key; never all pairs."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from aggregator.reconcile.matching.candidates.first_look import related
from aggregator.reconcile.matching.candidates.threads import allowed
from aggregator.reconcile.matching.pair_codes import packed_either_way, unpacked
from aggregator.reconcile.matching.reading.vocabulary import CORE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from aggregator.reconcile.matching.features.alignment import Lexicon
    from aggregator.reconcile.matching.reading.columns import Columns
    from aggregator.reconcile.matching.reading.names import Names

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
_NEXT: Final = 2
"""Of a value that more hold, each holder is paired with so many that come after it: enough to find a house."""

_FEW: Final = 50
"""As if the lists had so many names more: in two names alone, all that they share would be common."""
_BLOCK: Final = 65_536
"""Names weighed at a time, which bounds the memory."""


Pairs = tuple["npt.NDArray[np.int64]", "npt.NDArray[np.int64]"]


def find_pairs(
    names: Names, lexicon: Lexicon, columns: Columns, source: npt.NDArray[np.int32], *, strangers: bool
) -> Pairs:
    """Record pairs worth comparing, each once, in order, with the lower record number first.

    Args:
        names: the names of the records.
        lexicon: what their words are.
        columns: every other column.
        source: source number of each record; records of one source stand together.
        strangers: whether to return pairs whose names have nothing but letter groups in common, too.
    """
    by_grams = _by_grams(names, source[names.owner])
    if not strangers:
        by_grams = by_grams[related(names, lexicon, *unpacked(by_grams))]
    by_name = [by_grams, _by_acronym(names), _by_spelling(names)]
    owner = names.owner.astype(np.int64)
    if owner.size > source.size:  # else a row is a record
        by_name = [packed_either_way(*(owner[rows] for rows in unpacked(codes))) for codes in by_name]
    low, high = unpacked(_each_once([*by_name, *_by_key(columns), *_by_place(names, columns)]))
    apart = low != high
    return (low, high) if apart.all() else (low[apart], high[apart])


def _each_once(found: Sequence[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    """All codes that were found, in order."""
    codes = np.concatenate(found)
    # Sorting beats the hashing of numpy.unique on millions of distinct codes.
    codes.sort()
    return codes[np.r_[True, codes[1:] != codes[:-1]]] if codes.size else codes


def _by_grams(names: Names, source: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Pairs of name rows that share the rarest words and letter groups, between every two sources and within each."""
    grams, count = _gram_matrix(names)
    bounds = np.searchsorted(source, np.arange(int(source.max(initial=-1)) + 2))
    queries = _rarest(grams, count)
    lists = [(int(start), int(end)) for start, end in itertools.pairwise(bounds.tolist()) if end > start]
    found = []
    for other in lists:
        turned = _rows(grams, *other).T.tocsr()
        found += [_best(_rows(queries, *one), turned, one[0], other[0], inside=one == other) for one in lists]
    return _each_once([np.zeros(0, np.int64), *found])


def _rows(matrix: sparse.csr_matrix, start: int, end: int) -> sparse.csr_matrix:
    """Some rows of a matrix, which stay where they are; slicing would copy them."""
    here = slice(int(matrix.indptr[start]), int(matrix.indptr[end]))
    ends = matrix.indptr[start : end + 1] - matrix.indptr[start]
    return sparse.csr_matrix((matrix.data[here], matrix.indices[here], ends), shape=(end - start, matrix.shape[1]))


def _best(
    queries: sparse.csr_matrix, turned: sparse.csr_matrix, first: int, other: int, *, inside: bool
) -> npt.NDArray[np.int64]:
    """The best candidates of each query, of those that are nearly as good as the best."""
    kept = _BEST_INSIDE + 1 if inside else _BEST
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


_BESIDE: Final = 2
"""Words, at the most, that stand behind an acronym of a name that is looked up by it: "CNR Italy"."""

_ACRONYM: Final = 3
"""Letters, at the least, of such an acronym, unless they are written apart: "W & H Lengerich"."""

_WAYS: Final = (0, 2, 3, 4, 5)
"""In which of the ways of `Initials` a name is looked up: without its last word there are too many."""


def _by_acronym(names: Names) -> npt.NDArray[np.int64]:
    """Pairs of name rows where one is, or begins with, an acronym that may stand for the other."""
    initials = names.initials
    behind = names.grid[:, _BESIDE + 1] < 0
    told = initials.single | (initials.size[initials.begins] >= _ACRONYM)
    asked = initials.whole | (behind & told)
    rows = np.flatnonzero(asked & (initials.begins >= 0))
    spelt = initials.begins[rows]
    keys = np.concatenate([spelt, *(initials.names[:, way] for way in _WAYS)])
    holders = np.concatenate([rows, np.tile(np.arange(len(names.grid)), len(_WAYS))])
    known = (keys >= 0) & np.isin(keys, spelt)
    return _group_pairs(keys[known], holders[known])


def _by_spelling(names: Names) -> npt.NDArray[np.int64]:
    """Pairs of name rows that are spelt alike but for spaces, legal forms and small words."""
    spelt = np.flatnonzero(names.grid[:, 0] >= 0)
    return _group_pairs(names.spelling[spelt].astype(np.int64), spelt)


def find_neighbours(columns: Columns) -> npt.NDArray[np.int64]:
    """Pairs of records that follow each other among the very many that hold one value, packed, each once, in order."""
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


def _by_key(columns: Columns) -> list[npt.NDArray[np.int64]]:
    """Pairs of records that share a domain, an e-mail, a phone, an identifier, a person or a street and city."""
    found = [_group_pairs(keys, holders) for keys, holders in _held(columns)]
    for area in (columns.city, columns.postcode):
        if not columns.street.empty and not area.empty:
            codes = columns.street.grid[:, 0].astype(np.int64) * len(area.texts) + area.grid[:, 0]
            rows = np.flatnonzero((columns.street.grid[:, 0] >= 0) & (area.grid[:, 0] >= 0))
            found.append(_group_pairs(codes[rows], rows))
    return found


def _by_place(names: Names, columns: Columns) -> list[npt.NDArray[np.int64]]:
    """Pairs of records in one place that share the rarest telling word of both, where more names have it than are kept.

    Of sixty "Samsung", one a country, the best ten candidates of each would be ten of the sixty by chance.
    """
    places = [values for values in (columns.country, columns.region, columns.city) if not values.empty]
    if not places:
        return []
    held = np.r_[np.bincount(names.grid[names.grid >= 0], minlength=len(names.words)), 0]
    weight = np.r_[np.where(names.kind == CORE, names.weight, 0), -1][names.grid]
    rarest = names.grid[np.arange(len(names.grid)), weight.argmax(axis=1)]
    crowded = np.flatnonzero(held[rarest] > _BEST)
    owner, word = names.owner[crowded].astype(np.int64), rarest[crowded].astype(np.int64)
    found = []
    for values in places:
        said = values.grid[owner]
        row, at = np.nonzero(said >= 0)
        found.append(_group_pairs(word[row] * len(values.texts) + said[row, at], owner[row], most=_BEST))
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
