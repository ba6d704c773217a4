"""Which words of one name answer to which words of another, for many pairs at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.names import WIDTH, Names
from aggregator.reconcile.matching.spelling import Letters, read_letters, word_credit
from aggregator.reconcile.matching.vocabulary import CORE, GENERIC, NUMBER, PLACE

if TYPE_CHECKING:
    import numpy.typing as npt

_LETTER_BITS: Final = 5


@attrs.define(slots=True, kw_only=True, eq=False)
class Alignment:
    """The words of n pairs of names and how far each finds its like on the other side.

    Args:
        left: (n, WIDTH) word ids.
        right: (n, WIDTH) word ids.
        credit: for each side, (n, WIDTH): 1 = the same word, 0 = nothing alike.
        weight: for each side, (n, WIDTH): rarity of the word, of a misspelt one the commoner of the two spellings.
        joined: (n,) whether words were found joined on one side and apart on the other.
    """

    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    credit: tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]
    weight: tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]
    joined: npt.NDArray[np.bool_]


@attrs.define(slots=True, kw_only=True, eq=False)
class Lexicon:
    """What alignment needs of the words, computed once for all names.

    Args:
        pairs: sorted codes of two adjacent words whose joining is itself a word.
        joint: that word, for each code.
        acronym: packed letters of each word that may be an acronym, else -1.
        letters: of each word, to rule out at once what cannot be alike.
        initials: (rows, 3) packed initials of each name: of the words that count, without the last, of all words.
    """

    pairs: npt.NDArray[np.int64]
    joint: npt.NDArray[np.int32]
    acronym: npt.NDArray[np.int64]
    letters: Letters
    initials: npt.NDArray[np.int64]


def read_lexicon(names: Names) -> Lexicon:
    """Index the joinings and the initials of the names."""
    number = {word: place for place, word in enumerate(names.words)}
    grid = names.grid
    codes = _adjacent(grid, len(names.words))
    codes = np.unique(codes[codes >= 0])
    first, second = codes // max(len(names.words), 1), codes % max(len(names.words), 1)
    joint = np.fromiter(
        (number.get(names.words[a] + names.words[b], -1) for a, b in zip(first.tolist(), second.tolist(), strict=True)),
        np.int32,
        codes.size,
    )
    return Lexicon(
        pairs=codes[joint >= 0],
        joint=joint[joint >= 0],
        acronym=_acronyms(names.words),
        letters=read_letters(names.words),
        initials=_initials(names),
    )


def _adjacent(grid: npt.NDArray[np.int32], words: int) -> npt.NDArray[np.int64]:
    first, second = grid[:, :-1].astype(np.int64), grid[:, 1:].astype(np.int64)
    return np.where(second >= 0, first * words + second, -1)


def _acronyms(words: list[str]) -> npt.NDArray[np.int64]:
    """The packed letters of each word that is of letters alone and no longer than a name has words, else -1."""
    text = np.frombuffer(" ".join([*words, ""]).encode("ascii", "replace"), np.uint8)
    letter = np.where((text >= 97) & (text <= 122), text.astype(np.int8) - 96, 0)
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    start = np.cumsum(sizes + 1) - sizes - 1
    able = np.flatnonzero((sizes >= 2) & (sizes <= WIDTH))
    packed = np.full(len(words), -1, np.int64)
    packed[able] = 0
    for place in range(WIDTH):
        able = able[sizes[able] > place]
        here = letter[start[able] + place]
        packed[able] = (packed[able] << _LETTER_BITS) | here
        packed[able[here == 0]] = -1
        able = able[here > 0]
    return packed


def _initials(names: Names) -> npt.NDArray[np.int64]:
    letter = np.array([ord(word[0]) - 96 if word[:1].isalpha() else 0 for word in names.words] + [0])
    telling = _packed(letter[names.grid])
    without_last = np.where(telling > 0, telling >> _LETTER_BITS, 0)
    packed = np.stack([telling, without_last, _packed(names.initials)], axis=1)
    return np.where(packed >= 1 << _LETTER_BITS, packed, -2)


def _packed(letters: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    code = np.zeros(len(letters), np.int64)
    for column in letters.T:
        code = np.where(column > 0, (code << _LETTER_BITS) | column, code)
    return code


def align(names: Names, lexicon: Lexicon, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> Alignment:
    """Align the words of each pair of name rows.

    Args:
        names: the columns.
        lexicon: their index.
        left: row of each pair.
        right: row of each pair.
    """
    wide = max(
        int((names.grid[left] >= 0).sum(axis=1).max(initial=1)),
        int((names.grid[right] >= 0).sum(axis=1).max(initial=1)),
        2,
    )
    one, other = names.grid[left, :wide], names.grid[right, :wide]
    match = _match(names, lexicon.letters, one, other)
    weight = np.r_[names.weight, np.float32(0)]
    # A misspelt common word must not pass for a rare one: it weighs what its likeness weighs.
    like_other, like_one = match.argmax(axis=2), match.argmax(axis=1)
    credit = [match.max(axis=2), match.max(axis=1)]
    weights = [weight[one], weight[other]]
    paired = np.minimum(weights[0], np.take_along_axis(weights[1], like_other, axis=1))
    paired_back = np.minimum(weights[1], np.take_along_axis(weights[0], like_one, axis=1))
    weights[0] = np.where(credit[0] > 0, paired, weights[0])
    weights[1] = np.where(credit[1] > 0, paired_back, weights[1])
    joined = _join(names, lexicon, (one, other), credit)
    squashed = (names.spelling[left] == names.spelling[right]) & (one[:, 0] >= 0)
    for side, words in enumerate((one, other)):
        credit[side][squashed[:, None] & (words >= 0)] = 1
    return Alignment(
        left=one, right=other, credit=(credit[0], credit[1]), weight=(weights[0], weights[1]), joined=joined | squashed
    )


def _match(
    names: Names, letters: Letters, one: npt.NDArray[np.int32], other: npt.NDArray[np.int32]
) -> npt.NDArray[np.float32]:
    match: npt.NDArray[np.float32] = ((one[:, :, None] == other[:, None, :]) & (one >= 0)[:, :, None]).astype(
        np.float32
    )
    fuzzy = np.r_[np.isin(names.kind, (CORE, GENERIC, PLACE)), False]
    open_one = fuzzy[one] & (match.max(axis=2) == 0)
    open_other = fuzzy[other] & (match.max(axis=1) == 0)
    pair, row, column = np.nonzero(open_one[:, :, None] & open_other[:, None, :])
    a, b = one[pair, row].astype(np.int64), other[pair, column].astype(np.int64)
    near = np.flatnonzero(letters.may_be_alike(a, b))
    if near.size:
        pair, row, column, a, b = pair[near], row[near], column[near], a[near], b[near]
        codes, back = _distinct(np.minimum(a, b) * len(names.words) + np.maximum(a, b))
        words = names.words
        credit = word_credit(
            [words[code] for code in (codes // len(words)).tolist()],
            [words[code] for code in (codes % len(words)).tolist()],
        )
        match[pair, row, column] = credit[back]
    return match


def _distinct(codes: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """As numpy.unique with its inverse; by sorting, which is several times faster here than its hashing."""
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    new = np.r_[True, ordered[1:] != ordered[:-1]]
    back = np.empty(codes.size, np.int64)
    back[order] = np.cumsum(new) - 1
    return ordered[new], back


def _join(
    names: Names,
    lexicon: Lexicon,
    grids: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]],
    credit: list[npt.NDArray[np.float32]],
) -> npt.NDArray[np.bool_]:
    """Credit "good will" with "goodwill": two adjacent words of one side that are one word of the other."""
    joined = np.zeros(len(grids[0]), bool)
    if not lexicon.pairs.size:
        return joined
    for side in (0, 1):
        codes = _adjacent(grids[side], len(names.words))
        place = np.minimum(np.searchsorted(lexicon.pairs, codes), lexicon.pairs.size - 1)
        word = np.where(lexicon.pairs[place] == codes, lexicon.joint[place], -2)
        if not (word >= 0).any():
            continue
        pair, start, column = np.nonzero(word[:, :, None] == grids[1 - side][:, None, :])
        credit[side][pair, start] = 1
        credit[side][pair, start + 1] = 1
        credit[1 - side][pair, column] = 1
        joined[pair] = True
    return joined


def number_words(names: Names, words: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Say which of the words are numbers."""
    return np.asarray(np.r_[names.kind == NUMBER, False][words])
