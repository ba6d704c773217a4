"""Names cut into words as they are written, before these are read."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.reading.flat_words import FlatWords
from aggregator.reconcile.matching.reading.folded_names import words_of_names
from aggregator.reconcile.matching.reading.shortened import Listed, shortened
from aggregator.reconcile.matching.reading.word_numbers import Index

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from aggregator.reconcile.matching.reading.shortened import Shortened

_BLOCK: Final = 50_000
"""Names cut at a time, to hold no list of the words of all."""


@attrs.frozen(slots=True, kw_only=True, eq=False)
class SplitNames:
    """Names as the words that they are written in.

    Attributes:
        spelt: Every word that is met, in any of its spellings.
        written: The words of the names, as numbers of `spelt`.
        ordered: The words of each name in order of the alphabet and joined without spaces.
    """

    spelt: list[str]
    written: FlatWords
    ordered: npt.NDArray[np.object_]


def split_names(texts: Sequence[str]) -> SplitNames:
    """Cut names into words."""
    index = Index()
    blocks, lengths = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    ordered = np.empty(len(texts), object)
    for start in range(0, len(texts), _BLOCK):
        split = words_of_names(texts[start : start + _BLOCK])
        lengths.append(np.fromiter(map(len, split), np.int32, len(split)))
        words = itertools.chain.from_iterable(split)
        blocks.append(np.fromiter(map(index.__getitem__, words), np.int32, int(lengths[-1].sum())))
        ordered[start : start + _BLOCK] = ["".join(sorted(line)) for line in split]
    row = np.repeat(np.arange(len(texts), dtype=np.int32), np.concatenate(lengths))
    return SplitNames(spelt=list(index), written=FlatWords(number=np.concatenate(blocks), row=row), ordered=ordered)


def with_short_forms(
    split: SplitNames, meaning: npt.NDArray[np.int32], source: npt.NDArray[np.int32]
) -> tuple[SplitNames, dict[str, tuple[int, ...]]]:
    """Return names with letters where they have the words that the lists show these to be short for.

    Args:
        split: the names.
        meaning: what each word of `spelt` is read as.
        source: the list of each name; -1 of a name that no list has.

    Returns:
        the names, and by the letters what they stand for, as words are read.
    """
    written = split.written
    listed = Listed(spelt=split.spelt, read=meaning, written=written.number, row=written.row, source=source)
    found = shortened(listed)
    ordered = split.ordered.copy()
    for row, line in _words_of_shortened(found, split.spelt).items():
        ordered[row] = "".join(sorted(line))
    short_for = {split.spelt[letters]: words for letters, words in found.meant.items()}
    return attrs.evolve(split, written=FlatWords(number=found.written, row=found.row), ordered=ordered), short_for


def _words_of_shortened(found: Shortened, spelt: Sequence[str]) -> dict[int, list[str]]:
    """By their rows, the words of the names in which letters stand for words now."""
    words: dict[int, list[str]] = {row: [] for row in found.rows.tolist()}
    for place in np.flatnonzero(np.isin(found.row, found.rows)).tolist():
        words[int(found.row[place])].append(spelt[found.written[place]])
    return words
