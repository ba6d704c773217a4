"""Several words of names that are one: "limited liability company", "New South Wales"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aggregator.reconcile.matching.reading.flat_words import FlatWords

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.reading.vocabulary import Vocabulary
    from aggregator.reconcile.matching.reading.word_numbers import Index


def with_phrases_joined(words: FlatWords, index: Index, shipped: Vocabulary) -> tuple[FlatWords, npt.NDArray[np.int32]]:
    """Replace each listed phrase by the word that it stands for, longest phrases first.

    Args:
        words: the words, as they are read.
        index: their numbers; takes new words.
        shipped: the phrases.

    Returns:
        the words, and for each of the words given its place among these.
    """
    flat, row = words.number, words.row
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
    return FlatWords(number=flat, row=row), np.cumsum(first, dtype=np.int32) - 1
