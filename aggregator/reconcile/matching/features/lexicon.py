"""What alignment needs of the words of all names, computed once."""

from __future__ import annotations

import itertools
import re
from functools import cached_property
from operator import add
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.features.cut_names import CutNames, read_cut_names
from aggregator.reconcile.matching.pair_codes import each_with_inverse
from aggregator.reconcile.matching.reading.folded_names import words_of_names
from aggregator.reconcile.matching.reading.names import Names
from aggregator.reconcile.matching.reading.vocabulary import CORE, GENERIC, NUMBER, PLACE, STOP, background, vocabulary
from aggregator.reconcile.matching.reading.word_likeness import Letters, read_letters
from aggregator.reconcile.matching.reading.word_numbers import among, spellings_in_one

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt


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
        coined: Which words hardly any name has but those of one business: no common ones, surnames or towns.
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
    coined: npt.NDArray[np.bool_]
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
    surname, town = among(words, vocabulary().surnames), among(words, towns)
    return Lexicon(
        pairs=pairs,
        joint=joint,
        joins=joins,
        letters=read_letters(words),
        kind=np.r_[names.kind, np.uint8(STOP)],
        weight=np.r_[names.weight, np.float32(0)],
        fuzzy=np.r_[np.isin(names.kind, (CORE, GENERIC, PLACE)), False],
        known=among(words, background().known),
        surname=surname,
        coined=np.r_[names.kind == CORE, False] & ~(surname | town | among(words, background().shares)),
        somewhere=place | town,
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
    codes, back = each_with_inverse(
        names.grid[row, place].astype(np.int64) * len(names.words) + names.grid[row, place + 1]
    )
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
