"""Which words of one name answer to which words of another, for many pairs at once."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.pair_codes import each_with_inverse
from aggregator.reconcile.matching.reading.pinyin import are_other_syllables
from aggregator.reconcile.matching.reading.word_likeness import word_credit

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.features.lexicon import Lexicon
    from aggregator.reconcile.matching.reading.names import Names

_OF_A_FAMILY: Final = 0.5
"""How far one common surname stands for another that is spelt alike."""

_KIN: Final = 0.9
"""How far "American" stands for "America"."""


LEAST_CREDIT: Final = 0.3
"""A word whose like on the other side is no nearer is left over."""


@attrs.define(slots=True, kw_only=True, eq=False)
class Alignment:
    """The words of n pairs of names and how far each finds its like on the other side.

    The words stand above each other, for numpy is several times quicker down long rows than along short ones.

    Attributes:
        left: (words, n) word ids, -1 where the name ended.
        right: (words, n) word ids.
        credit: For each side, (words, n): 1 = the same word, 0 = nothing alike.
        weight: For each side, (words, n): rarity of the word, of a misspelt one the commoner of the two spellings.
        joined: (n,) whether words were found joined on one side and apart on the other.
    """

    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    credit: tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]
    weight: tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]
    joined: npt.NDArray[np.bool_]


def _adjacent(grid: npt.NDArray[np.int32], words: int) -> npt.NDArray[np.int64]:
    first, second = grid[:-1].astype(np.int64), grid[1:].astype(np.int64)
    return np.where(second >= 0, first * words + second, -1)


def align(names: Names, lexicon: Lexicon, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> Alignment:
    """Align the words of each pair of name rows.

    Args:
        names: the columns.
        lexicon: their index.
        left: row of each pair.
        right: row of each pair.
    """
    one, other = grids_of(names, left, right)
    credit = _same(one, other)
    weight = (lexicon.weight[one], lexicon.weight[other])
    _credit_alike(names, lexicon, (one, other), credit, weight, names.chinese[left] | names.chinese[right])
    joined = _join(names, lexicon, (one, other), credit, (left, right))
    squashed = (names.spelling[left] == names.spelling[right]) & (one[0] >= 0)
    for side, words in zip(credit, (one, other), strict=True):
        side[squashed & (words >= 0)] = 1
    return Alignment(left=one, right=other, credit=credit, weight=weight, joined=joined | squashed)


def grids_of(
    names: Names, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """The words of both sides, (words, n), as wide as the longest name."""
    one, other = names.grid.take(left, axis=0), names.grid.take(right, axis=0)  # quicker than an index
    places = range(2, one.shape[1])
    wide = next((at for at in places if max(side[:, at].max(initial=-1) for side in (one, other)) < 0), one.shape[1])
    return np.ascontiguousarray(one[:, :wide].T), np.ascontiguousarray(other[:, :wide].T)


def share_a_word(one: npt.NDArray[np.int32], other: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Say which names have a word of the other side."""
    shared = np.zeros(one.shape[1], bool)
    for mine, theirs in itertools.product(one, np.where(other >= 0, other, -2)):
        shared |= mine == theirs
    return shared


def _same(
    one: npt.NDArray[np.int32], other: npt.NDArray[np.int32]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Credit of 1 for the words that the other side has too."""
    credit, credit_back = np.zeros(one.shape, bool), np.zeros(other.shape, bool)
    other = np.where(other >= 0, other, -2)
    for mine, theirs in itertools.product(range(len(one)), range(len(other))):
        same = one[mine] == other[theirs]
        credit[mine] |= same
        credit_back[theirs] |= same
    return credit.astype(np.float32), credit_back.astype(np.float32)


def _credit_alike(
    names: Names,
    lexicon: Lexicon,
    grids: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]],
    credit: tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]],
    weight: tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]],
    chinese: npt.NDArray[np.bool_],
) -> None:
    """Credit the words that are alike, of those that the other side has not."""
    words, (one, other) = names.words, grids
    left_open, right_open = (lexicon.fuzzy[grid] & (side == 0) for grid, side in zip(grids, credit, strict=True))
    row, column, pair = np.nonzero(left_open[:, None] & right_open[None])
    a, b = one[row, pair].astype(np.int64), other[column, pair].astype(np.int64)
    # "Austria" is no misspelt "Australia", and "Bremen" no "Bremerhaven" that was cut.
    places = lexicon.somewhere[a] & lexicon.somewhere[b]
    kin = _nearly_one(lexicon, a, b)
    near = np.flatnonzero(kin | (lexicon.letters.may_be_alike(a, b) & ~places))
    if not near.size:
        return
    row, column, pair, a, b, kin = row[near], column[near], pair[near], a[near], b[near], kin[near]
    codes, back = each_with_inverse(np.minimum(a, b) * len(words) + np.maximum(a, b))
    first, second = ((codes // len(words)).tolist(), (codes % len(words)).tolist())
    found = word_credit([words[code] for code in first], [words[code] for code in second])
    # "Virology" is no misspelt "Biology"; "Solution" and "Solutions", "Mit" and "Mitsui" may still be one.
    # "Andersen" may be "Anderson" by ear, and another family.
    families = lexicon.surname[first] & lexicon.surname[second]
    found[families] = np.minimum(found[families], _OF_A_FAMILY)
    known = lexicon.known[first] & lexicon.known[second] & (found > 0)
    for place in np.flatnonzero(known).tolist():
        short, long = sorted((words[first[place]], words[second[place]]), key=len)
        if not long.startswith(short):
            found[place] = 0
    found = found[back]
    _part_syllables(words, found, a, b, np.flatnonzero(chinese[pair] & (found > 0)))
    found = np.where(kin, np.float32(_KIN), found)
    lightest = np.minimum(lexicon.weight[a], lexicon.weight[b])
    for side, mine, theirs in ((0, row, column), (1, column, row)):
        # Of several words that are alike the likest counts, of equals the first; and a misspelt common word must not
        # pass for a rare one: it weighs what its likeness weighs.
        order = np.lexsort((theirs, -found, mine, pair))
        seat = pair[order] * len(one) + mine[order]
        best = order[np.r_[True, seat[1:] != seat[:-1]]]
        best = best[found[best] > 0]
        credit[side][mine[best], pair[best]] = found[best]
        weight[side][mine[best], pair[best]] = lightest[best]


def _part_syllables(
    words: list[str],
    found: npt.NDArray[np.float32],
    one: npt.NDArray[np.int64],
    other: npt.NDArray[np.int64],
    places: npt.NDArray[np.int64],
) -> None:
    """Credit nothing to words of Chinese names, at these places, that are other syllables."""
    for place in places.tolist():
        if are_other_syllables(words[one[place]], words[other[place]]):
            found[place] = 0


def _nearly_one(lexicon: Lexicon, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Say of pairs of words whether they nearly stand for each other: "American" for "America", "PA" for it in full."""
    kin = (lexicon.kin[one] == lexicon.kin[other]) & (lexicon.kin[one] > 0)
    short = np.flatnonzero(lexicon.short[one] & lexicon.short[other])
    low, high = np.minimum(one[short], other[short]), np.maximum(one[short], other[short])
    kin[short] |= np.isin(low * lexicon.short.size + high, lexicon.short_pairs)
    return np.asarray(kin)


def _join(
    names: Names,
    lexicon: Lexicon,
    grids: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]],
    credit: tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]],
    rows: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
) -> npt.NDArray[np.bool_]:
    """Credit "good will" with "goodwill": two adjacent words of one side that are one word of the other."""
    joined = np.zeros(grids[0].shape[1], bool)
    for side in (0, 1):
        some = np.flatnonzero(lexicon.joins[rows[side]])
        codes = _adjacent(grids[side][:, some], len(names.words))
        place = np.minimum(np.searchsorted(lexicon.pairs, codes), lexicon.pairs.size - 1)
        word = np.where(lexicon.pairs[place] == codes, lexicon.joint[place], -2) if some.size else codes
        start, column, found = np.nonzero(word[:, None] == grids[1 - side][:, some][None])
        pair = some[found]
        credit[side][start, pair] = 1
        credit[side][start + 1, pair] = 1
        credit[1 - side][column, pair] = 1
        joined[pair] = True
    return joined
