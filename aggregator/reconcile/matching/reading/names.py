"""Names as columns: folded, cut into words, legal forms set apart, every word with its rarity."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.reading.folding import folded_words
from aggregator.reconcile.matching.reading.initials import Initials, Written, first_letters, read_initials
from aggregator.reconcile.matching.reading.legal_forms import form_letters, form_masks, legal_mask
from aggregator.reconcile.matching.reading.romanised import as_in_latin, in_another_script
from aggregator.reconcile.matching.reading.shortened import Listed, Shortened, shortened
from aggregator.reconcile.matching.reading.squashed import join_as_written, respell, squashed
from aggregator.reconcile.matching.reading.vocabulary import (
    LEGAL,
    LEGAL_MARK,
    NUMBER,
    STOP,
    Vocabulary,
    background,
    vocabulary,
)
from aggregator.reconcile.matching.reading.word_numbers import Index, Spellings, listed_kinds, numbers_of, unumlauted

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    import numpy.typing as npt

WIDTH: Final = 10
"""Words of a name that are compared; of a longer one, the first."""

_INITIAL: Final = "\N{PILCROW SIGN}"
"""Marks a letter that is an initial, and no small word, until its kind is told."""
_BEFORE_INITIALS: Final = ("and", "the")
_NO_SMALL_WORD_AT_FIRST: Final = ("am", "at", "au", "by", "im", "in", "on", "to")
"""Small words that tell a name which begins with them from others: "AM General", "AU Optronics", "ON Semiconductor"."""
_BACKGROUND_WEIGHT: Final = 2000.0
_UNLISTED_SHARE: Final = 3e-5
_RAREST: Final = 9.0
_NUMBER_LEAST: Final = 5.0
"""Rarity of a number, at the least."""
_BLOCK: Final = 50_000


@attrs.define(slots=True, kw_only=True, eq=False)
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


def read_names(
    texts: Sequence[str],
    owner: npt.NDArray[np.int32],
    *,
    source: npt.NDArray[np.int32] | None = None,
    known: Container[str] | None = None,
) -> Names:
    """Read names into columns; rarity is counted over these names and blended with the shipped background.

    Args:
        texts: the names.
        owner: record of each.
        source: the list of each, -1 of a name that no list has; lists show what is short for several of their words.
        known: words that are spelt rightly, other than those of the background.
    """
    known = background().known if known is None else known
    shipped = vocabulary()
    index = Index()
    spelt, written, row, ordered = _word_ids(texts)
    read = _listed(spelt, index, known)
    read = _as_in_latin(read, written, row, texts, index)
    stands_for: dict[str, tuple[int, ...]] = {}
    if source is not None:
        found = shortened(Listed(spelt=spelt, read=read, written=written, row=row, source=source))
        written, row = found.written, found.row
        _put_in_order(ordered, found, spelt)
        stands_for = {spelt[letters]: words for letters, words in found.meant.items()}
    listed = read[written]
    each_row = row
    otherwise = read != np.fromiter(map(index.get, spelt, itertools.repeat(-1)), np.int32, len(spelt))
    flat, row, phrase = _join_phrases(listed, row, index, shipped)
    single = np.bincount(phrase) == 1
    alone = np.where(single, written[np.r_[phrase[:1] >= 0, phrase[1:] != phrase[:-1]]], -1)
    flat = _with_initials(flat, row, alone, spelt, index)
    read = np.where(single[phrase], flat[phrase], listed)
    words = list(index)
    legal = legal_mask(flat, row, words, shipped)
    forms, families = form_masks(flat[legal], row[legal], words, shipped, len(texts))
    kind = _kinds(words, shipped)
    plain = [word.lstrip(LEGAL_MARK + _INITIAL) for word in words]
    # "UNSW" is the "University of New South Wales", though that is a phrase and one word of the name.
    named = ~legal[phrase]
    in_letters = (kind[read] == NUMBER) & np.fromiter(map(str.isalpha, spelt), bool, len(spelt))[written]
    initials = read_initials(
        _written(spelt, written[named], read[named], each_row[named], kind, len(texts)),
        ["" if word in stands_for else word for word in plain] if stands_for else plain,
        form_letters(flat[legal], row[legal], plain, len(texts)),
    )
    flat, row = flat[~legal], row[~legal]
    telling = _telling(flat, row, kind)
    row_told = row
    flat, row = flat[telling], row[telling]
    names = Names(
        owner=owner,
        words=plain,
        kind=kind,
        weight=np.zeros(0, np.float32),
        grid=_grid(flat, row, len(texts)),
        initials=initials,
        stands_for={letters: tuple(plain[word] for word in meant) for letters, meant in stands_for.items()},
        forms=forms,
        families=families,
        squashed=np.zeros(0, object),
        ordered=ordered,
        length=np.zeros(0, np.float32),
        spelling=np.zeros(0, np.int32),
    )
    names.weight = _weights(names)
    names.squashed = squashed(names)
    respell(names, np.unique(np.r_[row_told[~telling], each_row[in_letters]]).tolist(), texts, shipped)
    join_as_written(names, written[named], each_row[named], otherwise, spelt)
    names.length = np.fromiter(map(len, names.squashed), np.float32, len(texts))
    names.spelling = numbers_of(names.squashed.tolist())
    return names


def _word_ids(
    texts: Sequence[str],
) -> tuple[list[str], npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.object_]]:
    """Number the words of all names as they are written, block by block, to hold no list of all.

    Returns:
        the words; the number of each word of each name, and the row of that name; and the words of each name joined, in
        order of the alphabet.
    """
    index = Index()
    blocks, lengths = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    ordered = np.empty(len(texts), object)
    for start in range(0, len(texts), _BLOCK):
        split = folded_words(texts[start : start + _BLOCK])
        lengths.append(np.fromiter(map(len, split), np.int32, len(split)))
        words = itertools.chain.from_iterable(split)
        blocks.append(np.fromiter(map(index.__getitem__, words), np.int32, int(lengths[-1].sum())))
        ordered[start : start + _BLOCK] = ["".join(sorted(line)) for line in split]
    row = np.repeat(np.arange(len(texts), dtype=np.int32), np.concatenate(lengths))
    return list(index), np.concatenate(blocks), row, ordered


def _put_in_order(ordered: npt.NDArray[np.object_], found: Shortened, spelt: list[str]) -> None:
    """Join the words anew of names in which letters stand for words now."""
    words: dict[int, list[str]] = {row: [] for row in found.rows.tolist()}
    for place in np.flatnonzero(np.isin(found.row, found.rows)).tolist():
        words[int(found.row[place])].append(spelt[found.written[place]])
    for row, line in words.items():
        ordered[row] = "".join(sorted(line))


def _listed(spelt: list[str], index: Index, known: Container[str]) -> npt.NDArray[np.int32]:
    """The number of each word by the way it is written."""
    listed = np.fromiter(map(Spellings(index, known).__getitem__, spelt), np.int32, len(spelt))
    bare = unumlauted(index, known)
    return listed if bare is None else bare[listed]


def _as_in_latin(
    read: npt.NDArray[np.int32],
    written: npt.NDArray[np.int32],
    row: npt.NDArray[np.int32],
    texts: Sequence[str],
    index: Index,
) -> npt.NDArray[np.int32]:
    """The number of each word by the way it is written, of a word that is romanised as names in Latin letters have it.

    Args:
        read: the number of each word by the way it is written.
        written: each word, as it is written.
        row: its name.
        texts: every name as it is written.
        index: the words as they are read.
    """
    native = in_another_script(texts)
    if not native:
        return read
    romanised = np.isin(row, native)
    foreign = np.zeros(len(index), bool)
    foreign[read[written[romanised]]] = True
    foreign[read[written[~romanised]]] = False
    return as_in_latin(index, frozenset(np.flatnonzero(foreign).tolist()))[read] if foreign.any() else read


def _written(
    spelt: list[str],
    written: npt.NDArray[np.int32],
    read: npt.NDArray[np.int32],
    row: npt.NDArray[np.int32],
    kind: npt.NDArray[np.uint8],
    rows: int,
) -> Written:
    letters = first_letters(spelt)[written].astype(np.int32)
    telling = _telling(read, row, kind)
    every = np.maximum(_grid(letters, row, rows), 0).astype(np.int8)
    return Written(words=spelt, telling=_grid(written[telling], row[telling], rows), every=every)


def _join_phrases(
    flat: npt.NDArray[np.int32], row: npt.NDArray[np.int32], index: Index, shipped: Vocabulary
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Replace "limited liability company" and its like by one word, longest phrases first.

    Returns:
        the words and their rows, and for each of the words given its place among these.
    """
    first = np.ones(flat.size, bool)
    at = np.arange(flat.size, dtype=np.int32)
    for phrase in sorted(shipped.phrases, key=lambda parts: (-len(parts), parts)):
        canonical = [shipped.same.get(part, part) for part in phrase]
        if any(part not in index for part in canonical) or flat.size < len(phrase):
            continue
        last = flat.size - len(phrase) + 1
        found = row[:last] == row[len(phrase) - 1 :]
        for offset, part in enumerate(canonical):
            found &= flat[offset : offset + last] == index[part]
        starts = np.flatnonzero(found)
        if not starts.size:
            continue
        keep = np.ones(flat.size, bool)
        for offset in range(1, len(phrase)):
            keep[starts + offset] = False
        flat = flat.copy()
        flat[starts] = index[shipped.phrases[phrase]]
        first[at[~keep]] = False
        flat, row, at = flat[keep], row[keep], at[keep]
    return flat, row, np.cumsum(first, dtype=np.int32) - 1


def _with_initials(
    flat: npt.NDArray[np.int32],
    row: npt.NDArray[np.int32],
    written: npt.NDArray[np.int32],
    spelt: list[str],
    index: Index,
) -> npt.NDArray[np.int32]:
    """The words, of which what a name begins with is no small one: "S & A Coffee" has an s, "AM General" an am.

    Args:
        flat: each word, as it is read.
        row: its name.
        written: its number as it is written; -1 for a phrase.
        spelt: every word as it is written.
        index: the words as they are read; takes new ones.
    """
    letter = np.r_[np.fromiter((len(word) == 1 and word.isalpha() for word in spelt), bool, len(spelt)), False][written]
    first = np.r_[row[:1] >= 0, row[1:] != row[:-1]]
    other = ~(letter | np.isin(flat, [index.get(word, -1) for word in _BEFORE_INITIALS]))
    others = np.cumsum(other)
    before = (others - other)[first][np.cumsum(first) - 1]
    small = listed_kinds(index, vocabulary()) == STOP
    opening = first & np.isin(flat, [index.get(word, -1) for word in _NO_SMALL_WORD_AT_FIRST])
    last = letter & ~first & np.r_[row[1:] != row[:-1], row[:1] >= 0]  # "Class A", "Terminal A"
    leading = np.flatnonzero(((letter & (others == before)) | last | (opening & (written >= 0))) & small[flat])
    letters, place = np.unique(written[leading], return_inverse=True)
    flat = flat.copy()
    flat[leading] = np.array([index[_INITIAL + spelt[number]] for number in letters.tolist()], np.int32)[place]
    return flat


def _kinds(words: list[str], shipped: Vocabulary) -> npt.NDArray[np.uint8]:
    kinds = listed_kinds(words, shipped)
    plain = np.fromiter(map(str.isalpha, words), bool, len(words))
    for place in np.flatnonzero(~plain).tolist():
        if words[place].startswith(LEGAL_MARK):
            kinds[place] = LEGAL
        elif any(map(str.isdigit, words[place])):
            kinds[place] = NUMBER
    return kinds


def _telling(
    flat: npt.NDArray[np.int32], row: npt.NDArray[np.int32], kind: npt.NDArray[np.uint8]
) -> npt.NDArray[np.bool_]:
    """All but the stop words, and those too where a name has nothing else."""
    telling: npt.NDArray[np.bool_] = kind[flat] != STOP
    if not flat.size:
        return telling
    count = np.bincount(row, weights=telling, minlength=int(row[-1]) + 1)
    return np.asarray(telling | (count[row] == 0))


def _grid(flat: npt.NDArray[np.int32], row: npt.NDArray[np.int32], rows: int) -> npt.NDArray[np.int32]:
    grid = np.full((rows, WIDTH), -1, np.int32)
    if flat.size:
        start = np.r_[0, np.cumsum(np.bincount(row, minlength=rows))[:-1]]
        place = np.arange(flat.size) - start[row]
        inside = place < WIDTH
        grid[row[inside], place[inside]] = flat[inside]
    return grid


def _weights(names: Names) -> npt.NDArray[np.float32]:
    rows = len(names.grid)
    # A word that one name repeats is counted once for it.
    ordered = np.sort(names.grid, axis=1)
    new = np.ones_like(ordered, bool)
    new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    count = np.bincount(ordered[new & (ordered >= 0)], minlength=len(names.words)).astype(np.float64)
    shares = background().shares
    listed = map(shares.get, names.words, itertools.repeat(_UNLISTED_SHARE))
    expected = np.fromiter(listed, np.float64, len(names.words))
    share = (count + _BACKGROUND_WEIGHT * expected) / (rows + _BACKGROUND_WEIGHT)
    # In a longer list a word must be rarer to tell as much: rarity is measured against the rarest a word can be.
    weight: npt.NDArray[np.float64] = -np.log(np.clip(share, 1e-9, 0.9)) * _RAREST / np.log(rows + _BACKGROUND_WEIGHT)
    # "Fund 2" is not "Fund", however common a two is.
    weight[names.kind == NUMBER] = np.maximum(weight[names.kind == NUMBER], _NUMBER_LEAST)
    return weight.astype(np.float32)
