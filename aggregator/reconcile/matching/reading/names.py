"""Names as columns: folded, cut into words, legal forms set apart, every word with its rarity."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.reading.flat_words import FlatWords
from aggregator.reconcile.matching.reading.initials import Initials, Written, first_letters, read_initials
from aggregator.reconcile.matching.reading.legal_forms import form_letters, form_masks, legal_mask
from aggregator.reconcile.matching.reading.phrases import with_phrases_joined
from aggregator.reconcile.matching.reading.pinyin import names_a_place
from aggregator.reconcile.matching.reading.romanised import as_in_latin, in_another_script
from aggregator.reconcile.matching.reading.small_words import TELLING_MARK, telling_words, with_telling_marked
from aggregator.reconcile.matching.reading.split_names import SplitNames, split_names, with_short_forms
from aggregator.reconcile.matching.reading.squashed import squashed, with_every_word, with_words_as_written
from aggregator.reconcile.matching.reading.vocabulary import (
    LEGAL,
    LEGAL_MARK,
    NUMBER,
    Vocabulary,
    background,
    vocabulary,
)
from aggregator.reconcile.matching.reading.word_numbers import Index, Spellings, listed_kinds, numbers_of, unumlauted

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    import numpy.typing as npt

    Numbers = npt.NDArray[np.int32]
    Mask = npt.NDArray[np.bool_]

WIDTH: Final = 10
"""Words of a name that are compared; of a longer one, the first."""

_BACKGROUND_WEIGHT: Final = 2000.0
_UNLISTED_SHARE: Final = 3e-5
_RAREST: Final = 9.0
_NUMBER_LEAST: Final = 5.0
"""Rarity of a number, at the least."""


@attrs.frozen(slots=True, kw_only=True, eq=False)
class Names:
    """Every name of every record, one row each.

    Attributes:
        owner: Record of each row.
        words: The vocabulary met, by word id.
        kind: Class of each word id, as in `vocabulary`.
        weight: Rarity of each word id, in natural log units; lowered for words that say little.
        grid: (rows, WIDTH) word ids of the name without legal forms and stop words, -1 where it ended.
        initials: What each name may be abbreviated to, and which names are acronyms.
        stands_for: The words that letters are short for, as the lists show; in the names these are read as the letters.
        forms: Bit mask of the legal forms of each row.
        families: Bit mask of their families.
        squashed: The words that count, joined without spaces; an array of objects, which is read at many rows at once.
        ordered: Every word, legal forms too, in order of the alphabet and joined without spaces; likewise.
        length: Letters of each squashed name.
        spelling: Number of each distinct squashed name.
        chinese: Which names say a place in China, or are of a Chinese record.
    """

    owner: npt.NDArray[np.int32]
    words: list[str]
    kind: npt.NDArray[np.uint8]
    weight: npt.NDArray[np.float32]
    grid: npt.NDArray[np.int32]
    initials: Initials
    stands_for: Mapping[str, tuple[str, ...]]
    forms: npt.NDArray[np.uint64]
    families: npt.NDArray[np.uint8]
    squashed: npt.NDArray[np.object_]
    ordered: npt.NDArray[np.object_]
    length: npt.NDArray[np.float32]
    spelling: npt.NDArray[np.int32]
    chinese: npt.NDArray[np.bool_]


@attrs.frozen(slots=True, kw_only=True, eq=False)
class _ReadNames:
    """Names as they are read, each listed phrase as one word.

    Attributes:
        words: Every word that is met, by number.
        marked: The same, as far as they are legal forms or no small words with a mark of it.
        kind: Class of each.
        forms: The words of the names that are legal forms, as numbers of `words`.
        bare: All other words of the names.
        named: Of each word of the split names, whether it is of no legal form.
        alone: What each word of the split names is read as by itself, as it is no phrase's.
    """

    words: list[str]
    marked: list[str]
    kind: npt.NDArray[np.uint8]
    forms: FlatWords
    bare: FlatWords
    named: Mask
    alone: Numbers


def read_names(
    texts: Sequence[str],
    owner: Numbers,
    *,
    source: Numbers | None = None,
    known: Container[str] | None = None,
    in_china: Mask | None = None,
) -> Names:
    """Read names into columns; rarity is counted over these names and blended with the shipped background.

    Args:
        texts: the names.
        owner: record of each.
        source: the list of each, -1 of a name that no list has; lists show what is short for several of their words.
        known: words that are spelt rightly, other than those of the background.
        in_china: which records are Chinese, where records say so.
    """
    shipped, index, rows = vocabulary(), Index(), len(texts)
    split = split_names(texts)
    meaning = _meaning(split, texts, index, background().known if known is None else known)
    otherwise = meaning != np.fromiter(map(index.get, split.spelt, itertools.repeat(-1)), np.int32, meaning.size)
    split, short_for = (split, {}) if source is None else with_short_forms(split, meaning, source)
    chinese = np.zeros(rows, bool) if in_china is None else in_china[owner]
    read = _read(split, meaning, index, shipped, chinese)
    stands_for = {letters: tuple(read.words[word] for word in meant) for letters, meant in short_for.items()}
    forms, families = form_masks(read.forms, read.marked, shipped, rows)
    telling = telling_words(read.bare, read.kind)
    grid = read.bare.some(telling).grid(rows, WIDTH)
    parted = np.unique(np.r_[read.bare.row[~telling], _rows_with_numbers_spelt(split, read)]).tolist()
    every_word = with_every_word(squashed(read.words, grid), parted, texts, shipped)
    whole = with_words_as_written(every_word, split.written.some(read.named), otherwise, split.spelt)
    return Names(
        owner=owner,
        words=read.words,
        kind=read.kind,
        weight=_weights(read.words, read.kind, grid),
        grid=grid,
        initials=_initials(split, read, stands_for, rows),
        stands_for=stands_for,
        forms=forms,
        families=families,
        squashed=whole,
        ordered=split.ordered,
        length=np.fromiter(map(len, whole), np.float32, rows),
        spelling=numbers_of(whole.tolist()),
        chinese=chinese | names_a_place(read.words, grid),
    )


def _meaning(split: SplitNames, texts: Sequence[str], index: Index, known: Container[str]) -> Numbers:
    """The number of each word by the way it is written; of one that is romanised, as names in Latin letters have it.

    Args:
        split: the names.
        texts: every name as it is written.
        index: takes the words as they are read.
        known: words that are spelt rightly.
    """
    spelt = split.spelt
    listed = np.fromiter(map(Spellings(index, known).__getitem__, spelt), np.int32, len(spelt))
    bare = unumlauted(index, known)
    read = listed if bare is None else bare[listed]
    native = in_another_script(texts)
    if not native:
        return read
    romanised = np.isin(split.written.row, native)
    foreign = np.zeros(len(index), bool)
    foreign[read[split.written.number[romanised]]] = True
    foreign[read[split.written.number[~romanised]]] = False
    return as_in_latin(index, frozenset(np.flatnonzero(foreign).tolist()))[read] if foreign.any() else read


def _read(split: SplitNames, meaning: Numbers, index: Index, shipped: Vocabulary, in_china: Mask) -> _ReadNames:
    """Read split names, given what each of their words is read as, and which rows are of Chinese records."""
    each = attrs.evolve(split.written, number=meaning[split.written.number])
    joined, phrase = with_phrases_joined(each, index, shipped)
    single = np.bincount(phrase) == 1
    begins = np.r_[phrase[:1] >= 0, phrase[1:] != phrase[:-1]]
    written = np.where(single, split.written.number[begins], -1)
    words = with_telling_marked(joined, written, split.spelt, index, in_china)
    marked = list(index)
    legal = legal_mask(words, marked, shipped)
    return _ReadNames(
        words=[word.lstrip(LEGAL_MARK + TELLING_MARK) for word in marked],
        marked=marked,
        kind=_kinds(marked, shipped),
        forms=words.some(legal),
        bare=words.some(~legal),
        named=~legal[phrase],
        alone=np.where(single[phrase], words.number[phrase], each.number),
    )


def _rows_with_numbers_spelt(split: SplitNames, read: _ReadNames) -> Numbers:
    """The names that have a number in letters: "First Energy"."""
    in_letters = np.fromiter(map(str.isalpha, split.spelt), bool, len(split.spelt))
    return np.asarray(split.written.row[(read.kind[read.alone] == NUMBER) & in_letters[split.written.number]])


def _initials(split: SplitNames, read: _ReadNames, stands_for: Mapping[str, tuple[str, ...]], rows: int) -> Initials:
    """What each name may be abbreviated to, and which names are acronyms.

    "UNSW" is the "University of New South Wales", though that is a phrase and one word of the name.
    """
    written = split.written.some(read.named)
    telling = telling_words(attrs.evolve(written, number=read.alone[read.named]), read.kind)
    first = first_letters(split.spelt)
    letters = attrs.evolve(written, number=first[written.number].astype(np.int32))
    opening, formal = np.zeros(rows, np.int8), split.written.some(split.written.first & ~read.named)
    opening[formal.row] = first[formal.number]
    names = Written(
        words=split.spelt,
        telling=written.some(telling).grid(rows, WIDTH),
        every=np.maximum(letters.grid(rows, WIDTH), 0).astype(np.int8),
        opening=opening,
    )
    words = ["" if word in stands_for else word for word in read.words] if stands_for else read.words
    return read_initials(names, words, form_letters(read.forms, read.words, rows))


def _kinds(words: list[str], shipped: Vocabulary) -> npt.NDArray[np.uint8]:
    kinds = listed_kinds(words, shipped)
    plain = np.fromiter(map(str.isalpha, words), bool, len(words))
    for place in np.flatnonzero(~plain).tolist():
        if words[place].startswith(LEGAL_MARK):
            kinds[place] = LEGAL
        elif any(map(str.isdigit, words[place])):
            kinds[place] = NUMBER
    return kinds


def _weights(words: Sequence[str], kind: npt.NDArray[np.uint8], grid: Numbers) -> npt.NDArray[np.float32]:
    """The rarity of each word, by how many of the names and of all names have it."""
    # A word that one name repeats is counted once for it.
    ordered = np.sort(grid, axis=1)
    new = np.ones_like(ordered, bool)
    new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    count = np.bincount(ordered[new & (ordered >= 0)], minlength=len(words)).astype(np.float64)
    shares = background().shares
    listed = map(shares.get, words, itertools.repeat(_UNLISTED_SHARE))
    expected = np.fromiter(listed, np.float64, len(words))
    share = (count + _BACKGROUND_WEIGHT * expected) / (len(grid) + _BACKGROUND_WEIGHT)
    # In a longer list a word must be rarer to tell as much: rarity is measured against the rarest a word can be.
    weight: npt.NDArray[np.float64] = (
        -np.log(np.clip(share, 1e-9, 0.9)) * _RAREST / np.log(len(grid) + _BACKGROUND_WEIGHT)
    )
    # "Fund 2" is not "Fund", however common a two is.
    weight[kind == NUMBER] = np.maximum(weight[kind == NUMBER], _NUMBER_LEAST)
    return weight.astype(np.float32)
