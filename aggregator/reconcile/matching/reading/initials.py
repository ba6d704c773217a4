"""The initials of names, and names that are initials: "P&G" for "Procter & Gamble", "CNR Italy", "CRUK".

Letters are of words as they are written: "EPFL" is the "École polytechnique", though an "école" is a school.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.pair_codes import places_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Codes = npt.NDArray[np.int64]
    Letters = npt.NDArray[np.int8]
    Numbers = npt.NDArray[np.int32]

LONGEST: Final = 10
"""Letters of the longest acronym that is read."""

WAYS: Final = 8
"""In how many ways a name may be abbreviated."""

_BITS: Final = 5
_LETTERS: Final = 26
_BEFORE_A_FORM: Final = 3
"""Letters, at the least, before that of a legal form: "FDIC" has them, and "DHL" is no "Delta Holdings Ltd"."""
_C: Final = 3
_O: Final = 15
"""Places of these letters in the alphabet."""

_SHORT: Final = 4
"""Letters, at the most, of a first or last word that is whole in an acronym: "NHS" in "NHSBSA", "UK" in "CRUK"."""

_SHORTEST: Final = 3
"""Letters, at the most, of a first word that is one acronym with the single letters behind it: "PG&E", "BB&T"."""

_NO_NAME: Final = -2
_BLOCK: Final = 65_536
"""Names read at a time, which bounds the memory."""


@attrs.frozen(slots=True, kw_only=True, eq=False)
class Initials:
    """Acronyms that are met in some names, numbered, and the names that they may stand for.

    Attributes:
        words: The number of each word that may be an acronym, else -1; there is one more, for where there is no word.
        names: (rows, WAYS) the acronyms that may stand for each name, else -2: of the words that count, without the
            last of them, of all words, of all but the first, which is one itself ("HM Revenue & Customs"), of all but
            the last ("Cancer Research UK"), with that of the legal form ("Federal Deposit Insurance Corp."), with the
            first two of one in C ("Korea Electric Power Corp." is "KEPCO"), and with that of a legal form before the
            others ("Compañía Vinícola del Norte de España").
        met: Of each name whether it has any of these.
        begins: The acronym that each name begins with, else -1: its first word, single letters ("W & H Lengerich"), or
            a short word and single letters ("PG&E").
        single: Of each name whether that is of single letters.
        whole: Of each name whether it has nothing else.
        size: Letters of each acronym; there is one more, for -1.
    """

    words: Numbers
    names: Numbers
    met: npt.NDArray[np.bool_]
    begins: Numbers
    single: npt.NDArray[np.bool_]
    whole: npt.NDArray[np.bool_]
    size: Letters


@attrs.frozen(slots=True, kw_only=True, eq=False)
class Written:
    """Names as they are written.

    Attributes:
        words: Every word, in any of its spellings.
        telling: (rows, width) the words of each name that count, -1 where it ended.
        every: (rows, width) first letters of all words of each name but legal forms, 1 to 26; 0 for what has none.
        opening: First letter of the legal form that each name begins with, 1 to 26; 0 for none.
    """

    words: Sequence[str]
    telling: Numbers
    every: Letters
    opening: Letters


@attrs.frozen(slots=True, kw_only=True, eq=False)
class _Block:
    """Some names: the first letter of each word that counts, all its letters packed, and how many such words it has."""

    letters: Letters
    told: Codes
    count: npt.NDArray[np.int64]


def read_initials(names: Written, words: Sequence[str], forms: Letters) -> Initials:
    """Number the acronyms of some names, and find the names that they may stand for.

    Args:
        names: the names.
        words: every word as it is read.
        forms: first letter of the legal form of each name, 1 to 26; 0 for none.
    """
    count = len(names.telling)
    begins, single, whole = np.full(count, -1, np.int64), np.zeros(count, bool), np.zeros(count, bool)
    letters, packed = first_letters(names.words), packed_words(names.words)
    for rows, block in _blocks(names, letters, packed):
        begins[rows], single[rows], whole[rows] = _beginnings(block)
    spelt = packed_words(words)
    spelt[spelt <= _LETTERS] = -1
    known = np.unique(np.r_[spelt[spelt > 0], begins[begins > 0]])
    found = np.full((len(begins), WAYS), _NO_NAME, np.int32)
    for rows, block in _blocks(names, letters, packed):
        for way, codes in enumerate(_abbreviated(block, names.every[rows], names.opening[rows], forms[rows])):
            found[rows, way] = _numbered(codes, known, _NO_NAME)
    return Initials(
        words=np.r_[_numbered(spelt, known, -1), np.int32(-1)],
        names=found,
        met=found.max(axis=1) >= 0,
        begins=_numbered(begins, known, -1),
        single=single,
        whole=whole,
        size=np.r_[_lengths(known), np.int8(0)],
    )


def _blocks(names: Written, letters: Letters, packed: Codes) -> Iterator[tuple[slice, _Block]]:
    """Names a block at a time, by the first letter of each of their words and its packed letters."""
    letters, told = np.r_[letters, np.int8(0)], np.r_[packed, -1]
    for start in range(0, len(names.telling), _BLOCK):
        rows = slice(start, start + _BLOCK)
        here = names.telling[rows]
        yield rows, _Block(letters=letters[here], told=told[here], count=(here >= 0).sum(axis=1))


def packed_words(words: Sequence[str]) -> Codes:
    """The packed letters of each word that is of one to ten letters and of nothing else, else -1."""
    letter, start, sizes = _letters_of(words)
    able = np.flatnonzero((sizes > 0) & (sizes <= LONGEST))
    packed = np.full(len(words), -1, np.int64)
    packed[able] = 0
    for place in range(LONGEST):
        able = able[sizes[able] > place]
        here = letter[start[able] + place]
        packed[able] = (packed[able] << _BITS) | here
        packed[able[here == 0]] = -1
        able = able[here > 0]
    return packed


def first_letters(words: Sequence[str]) -> Letters:
    """The first letter of each word, 1 to 26; 0 for a word that begins with none."""
    letter, start, _ = _letters_of(words)
    return letter[start]


def _letters_of(words: Sequence[str]) -> tuple[Letters, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The letters of all words in one row, 0 for what is none and between words; where each word begins; its size."""
    text = np.frombuffer(" ".join([*words, ""]).encode("ascii", "replace"), np.uint8)
    letter = np.where((text >= 97) & (text <= 122), text.astype(np.int8) - 96, 0).astype(np.int8)
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    return letter, np.cumsum(sizes + 1) - sizes - 1, sizes


def _beginnings(names: _Block) -> tuple[Codes, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """The acronym that each name begins with, else -1; whether it is of single letters; and whether it is all."""
    letter, first = (names.told > 0) & (names.told <= _LETTERS), names.told[:, 0]
    leading, behind = (np.logical_and.accumulate(some, axis=1) for some in (letter, letter[:, 1:]))
    run, after = leading.sum(axis=1), behind.sum(axis=1)
    word = np.where(first > _LETTERS, first, -1)
    mixed = _joined(np.where(_lengths(word) <= _SHORTEST, word, -1), _packed(np.where(behind, names.letters[:, 1:], 0)))
    after[mixed < 0] = 0
    begins = np.where(run > 1, _packed(np.where(leading, names.letters, 0)), np.where(mixed > 0, mixed, word))
    return begins, run > 1, names.count == np.maximum(run, 1 + after)


def _abbreviated(names: _Block, every: Letters, opening: Letters, forms: Letters) -> tuple[Codes, ...]:
    """What may stand for each name, packed, in each of WAYS; below 1 where there is no such way."""
    whole, first = _packed(names.letters), names.told[:, 0]
    last = names.told[np.arange(len(names.told)), np.maximum(names.count - 1, 0)]
    short = _lengths(last)
    behind = _joined(np.where(_lengths(first) <= _SHORT, first, -1), _packed(names.letters[:, 1:]))
    before = np.where((short > 1) & (short <= _SHORT) & (names.count > 1), _joined(whole >> _BITS, last), -1)
    letters = _lengths(whole)
    long = (forms > 0) & (letters >= _BEFORE_A_FORM) & (letters < LONGEST)
    formal = np.where(long, (whole << _BITS) | forms, -1)
    company = _joined(np.where(letters > 1, whole, -1), np.where(forms == _C, (_C << _BITS) | _O, -1))
    opened = _joined(np.where(letters > 1, opening, -1).astype(np.int64), whole)
    return whole, whole >> _BITS, _packed(every), behind, before, formal, company, opened


def _packed(letters: npt.NDArray[np.integer]) -> Codes:
    """The letters of each row; 0 stands for none."""
    code = np.zeros(len(letters), np.int64)
    for column in letters.T:
        code = np.where(column > 0, (code << _BITS) | column, code)
    return code


def _lengths(packed: Codes) -> Letters:
    """How many letters each code has; 0 for -1."""
    size = np.zeros(packed.size, np.int8)
    for place in range(LONGEST):
        size += packed >> (_BITS * place) > 0
    return size


def _joined(front: Codes, behind: Codes) -> Codes:
    """The letters of one code and those of another behind them; -1 where either has none, or both too many."""
    size = _lengths(behind)
    fits = (front > 0) & (behind > 0) & (_lengths(front) + size <= LONGEST)
    room = _BITS * np.where(fits, size, 0).astype(np.int64)
    return np.where(fits, (np.where(fits, front, 0) << room) | behind, -1)


def _numbered(codes: Codes, known: Codes, otherwise: int) -> Numbers:
    """The place of each code among those known, or what stands for one that is not."""
    place = places_of(np.maximum(codes, 0), known)
    return np.where(place < 0, otherwise, place).astype(np.int32)
