"""Which words of one name answer to which words of another, for many pairs at once."""

from __future__ import annotations

import itertools
import re
from functools import cached_property
from operator import add
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.features.cut_names import CutNames, read_cut_names
from aggregator.reconcile.matching.reading.folded_names import words_of_names
from aggregator.reconcile.matching.reading.names import Names
from aggregator.reconcile.matching.reading.vocabulary import CORE, GENERIC, NUMBER, PLACE, STOP, background, vocabulary
from aggregator.reconcile.matching.reading.word_likeness import Letters, read_letters, word_credit
from aggregator.reconcile.matching.reading.word_numbers import among, spellings_in_one

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

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


@attrs.define(slots=True, kw_only=True, eq=False)
class Lexicon:
    """What alignment needs of the words, computed once for all names.

    Attributes:
        pairs: Sorted codes of two adjacent words whose joining is itself a word.
        joint: That word, for each code.
        joins: For each name row, whether it has such words.
        letters: Of each word, to rule out at once what cannot be alike; as of all below, there is one more at the end,
            for where there is no word.
        kind: Of each word.
        weight: Of each word.
        fuzzy: Which words may be misspelt.
        known: Which words are known to be spelt rightly.
        surname: Which words are common surnames.
        somewhere: Which words are a place or a town.
        kin: Number of the kin of each word, else 0.
        short: Which words are short for others, or may be meant by such.
        short_pairs: Codes of an abbreviation and a word that it may stand for, the lower number first, in order.
        compass: Which words are a direction's.
        parted: Which words have a north and a south: places, and "County", "Coast".
        holders: How often each source says each word, (sources, words).
        cut: The names that their list cut.
        branch: For each name row, whether its number is that of a shop or a site: "#0802", "Store 12", "039".
        account: For each name row, whether it ends in a direction behind its legal form: "Acme Inc. West".
    """

    pairs: npt.NDArray[np.int64]
    joint: npt.NDArray[np.int32]
    joins: npt.NDArray[np.bool_]
    letters: Letters
    kind: npt.NDArray[np.uint8]
    weight: npt.NDArray[np.float32]
    fuzzy: npt.NDArray[np.bool_]
    known: npt.NDArray[np.bool_]
    surname: npt.NDArray[np.bool_]
    somewhere: npt.NDArray[np.bool_]
    kin: npt.NDArray[np.uint8]
    short: npt.NDArray[np.bool_]
    short_pairs: npt.NDArray[np.int64]
    compass: npt.NDArray[np.bool_]
    parted: npt.NDArray[np.bool_]
    holders: npt.NDArray[np.int32]
    cut: CutNames
    branch: npt.NDArray[np.bool_]
    account: npt.NDArray[np.bool_]

    @cached_property
    def held(self) -> npt.NDArray[np.float32]:
        """How often one source says each word, of the one that says it oftenest."""
        return np.asarray(self.holders.max(axis=0), np.float32)


def read_lexicon(names: Names, source: npt.NDArray[np.int32], texts: Sequence[str]) -> Lexicon:
    """Index the joinings of the names, and what their words are.

    Args:
        names: the columns.
        source: source number of each name row; -1 of a name that no list has.
        texts: the names as they are written.
    """
    pairs, joint, joins = _joinings(names)
    kin, towns = vocabulary().kin, vocabulary().towns
    words = [*names.words, ""]
    short_pairs = _short_pairs(words)
    compass = among(words, vocabulary().compass)
    place = np.r_[names.kind == PLACE, False]
    return Lexicon(
        pairs=pairs,
        joint=joint,
        joins=joins,
        letters=read_letters(words),
        kind=np.r_[names.kind, np.uint8(STOP)],
        weight=np.r_[names.weight, np.float32(0)],
        fuzzy=np.r_[np.isin(names.kind, (CORE, GENERIC, PLACE)), False],
        known=among(words, background().known),
        surname=among(words, vocabulary().surnames),
        somewhere=place | among(words, towns),
        kin=np.fromiter(map(kin.get, words, itertools.repeat(0)), np.uint8, len(words)),
        short=np.isin(np.arange(len(words)), np.divmod(short_pairs, len(words))),
        short_pairs=short_pairs,
        compass=compass,
        parted=(place & ~compass) | among(words, vocabulary().behind_compass),
        holders=_holders(names, source),
        cut=read_cut_names(texts, source),
        branch=_branches(names, texts),
        account=_accounts(names, compass, texts),
    )


def _short_pairs(words: list[str]) -> npt.NDArray[np.int64]:
    """Codes of the words that are short for another of the words."""
    listed = [(short, one) for short, meant in vocabulary().short_for.items() for one in meant]
    wanted = set(itertools.chain.from_iterable(listed))
    number = {word: place for place, word in enumerate(words) if word in wanted}
    pairs = [sorted((number[short], number[one])) for short, one in listed if short in number and one in number]
    return np.sort(np.array([first * len(words) + second for first, second in pairs], np.int64))


# "Ace Hardware #0802", "TSC STORE 719", "Bomgaars 039", "Filiale 12": which shop it is, not which of a series.
_BRANCH: Final = re.compile(
    r"#\s?\d|\b(?:store|shop|branch|unit|site|filiale)\s(?:no\.?\s?)?\d|(?<!\w)0\d", re.IGNORECASE
)


def _branches(names: Names, texts: Sequence[str]) -> npt.NDArray[np.bool_]:
    branch = np.zeros(len(texts), bool)
    numbered = np.flatnonzero((np.r_[names.kind == NUMBER, False][names.grid]).any(axis=1))
    branch[numbered] = [_BRANCH.search(texts[row]) is not None for row in numbered.tolist()]
    return branch


def _accounts(names: Names, compass: npt.NDArray[np.bool_], texts: Sequence[str]) -> npt.NDArray[np.bool_]:
    account = np.zeros(len(texts), bool)
    rows = np.flatnonzero(compass[names.grid].any(axis=1)).tolist()
    shipped = vocabulary()
    for row, words in zip(rows, words_of_names([texts[row] for row in rows]), strict=True):
        *_, form, last = ("", "", *(shipped.same.get(word, word) for word in words))
        account[row] = last in shipped.compass and form in shipped.forms and not shipped.forms[form].loose
    return account


def _holders(names: Names, source: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    holders = np.zeros((int(source.max(initial=0)) + 1, len(names.words) + 1), np.int32)
    for number, line in enumerate(holders):
        grid = names.grid[source == number]
        line[:-1] = np.bincount(grid[grid >= 0], minlength=len(names.words))
    return holders


def _joinings(names: Names) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
    row, place = np.nonzero(names.grid[:, 1:] >= 0)
    codes, back = _distinct(names.grid[row, place].astype(np.int64) * len(names.words) + names.grid[row, place + 1])
    first, second = np.divmod(codes, max(len(names.words), 1))
    joint = _joints(names.words, first, second)
    joins = np.zeros(len(names.grid), bool)
    joins[row[(joint >= 0)[back]]] = True
    return codes[joint >= 0], joint[joint >= 0], joins


def _joints(words: list[str], first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    """The numbers of the words that two are together, else -1; "Game Stop" is read as "games stop", and is "GameStop".

    Args:
        words: every word.
        first: number of the first of two.
        second: number of the second of two.
    """
    number = {word: place for place, word in enumerate(words)}
    others = spellings_in_one()
    joined = map(add, map(words.__getitem__, first.tolist()), map(words.__getitem__, second.tolist()))
    joint = np.fromiter(map(number.get, joined, itertools.repeat(-1)), np.int32, first.size)
    varied = among(words, others)
    rest = np.flatnonzero((joint < 0) & (varied[first] | varied[second]))
    spellings = [(word, *others.get(word, ())) for word in words]
    ways = (
        itertools.product(spellings[a], spellings[b])
        for a, b in zip(first[rest].tolist(), second[rest].tolist(), strict=True)
    )
    found = (next(filter(number.__contains__, map("".join, several)), None) for several in ways)
    joint[rest] = [-1 if word is None else number[word] for word in found]
    return joint


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
    _credit_alike(names, lexicon, (one, other), credit, weight)
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
    codes, back = _distinct(np.minimum(a, b) * len(words) + np.maximum(a, b))
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
    found = np.where(kin, np.float32(_KIN), found[back])
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


def _nearly_one(lexicon: Lexicon, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Say of pairs of words whether they nearly stand for each other: "American" for "America", "PA" for it in full."""
    kin = (lexicon.kin[one] == lexicon.kin[other]) & (lexicon.kin[one] > 0)
    short = np.flatnonzero(lexicon.short[one] & lexicon.short[other])
    low, high = np.minimum(one[short], other[short]), np.maximum(one[short], other[short])
    kin[short] |= np.isin(low * lexicon.short.size + high, lexicon.short_pairs)
    return np.asarray(kin)


def _distinct(codes: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """As numpy.unique with its inverse; by sorting, which is several times faster here than its hashing."""
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    new = np.ones(codes.size, bool)
    new[1:] = ordered[1:] != ordered[:-1]
    back = np.empty(codes.size, np.int64)
    back[order] = np.cumsum(new) - 1
    return ordered[new], back


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
