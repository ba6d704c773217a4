"""The words of each name as one, for names that are parted otherwise: "Van der Bilt", "Auto Zone", "First Energy"."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.reading.folded_names import words_of_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from aggregator.reconcile.matching.reading.flat_words import FlatWords
    from aggregator.reconcile.matching.reading.vocabulary import Vocabulary

    Whole = npt.NDArray[np.object_]

_BLOCK: Final = 50_000
"""Names looked at together, which bounds the memory."""


def squashed(words: Sequence[str], grid: npt.NDArray[np.int32]) -> npt.NDArray[np.object_]:
    """Return the words of each name, as they are read, joined without spaces.

    Args:
        words: every word.
        grid: the numbers of those of each name, -1 where it ended.
    """
    spelt, found = np.array([*words, ""], object), np.empty(len(grid), object)
    sizes = np.fromiter(map(len, spelt), np.int64, len(spelt))
    for start in range(0, len(grid), _BLOCK):
        some = grid[start : start + _BLOCK]
        text = "".join(spelt[some[some >= 0]].tolist())  # joined as one, and cut where each name ends
        found[start : start + _BLOCK] = _cut(text, sizes[some].sum(axis=1))
    return found


def _cut(text: str, sizes: npt.NDArray[np.int64]) -> list[str]:
    """Cut a text into pieces of these sizes."""
    return [text[begin:end] for begin, end in itertools.pairwise([0, *np.cumsum(sizes).tolist()])]


def with_every_word(whole: Whole, rows: Sequence[int], texts: Sequence[str], shipped: Vocabulary) -> Whole:
    """Give "Van der Bilt" and "First Energy" the spelling of "Vanderbilt" and "FirstEnergy", where others have that.

    Args:
        whole: the names as `squashed` joins them, without small words, and with numbers as digits.
        rows: those that have such words.
        texts: every name as it is written.
        shipped: the words that are legal forms.
    """
    joined = whole.copy()
    known = set(whole.tolist()) if rows else set()
    for start in range(0, len(rows), _BLOCK):
        some = rows[start : start + _BLOCK]
        for row, words in zip(some, words_of_names([texts[row] for row in some]), strict=True):
            every = "".join(word for word in words if word not in shipped.forms)
            if every in known:
                joined[row] = every
    return joined


def with_words_as_written(
    whole: Whole, written: FlatWords, otherwise: npt.NDArray[np.bool_], spelt: Sequence[str]
) -> Whole:
    """Give "Auto Zone", which is read as "automotive zone", the spelling of "AutoZone", where others have that.

    Args:
        whole: the names, joined.
        written: their words as they are written, but for legal forms.
        otherwise: which words are read otherwise than they are written.
        spelt: every word as it is written.
    """
    asked = np.bincount(written.row, otherwise[written.number], whole.size) > 0
    asked &= np.bincount(written.row, minlength=asked.size) > 1
    if not asked.any():
        return whole
    joined = whole.copy()
    known = set(whole.tolist())
    here = written.some(asked[written.row])
    text = "".join(map(spelt.__getitem__, here.number.tolist()))  # joined as one, and cut where each name ends
    lengths = np.fromiter(map(len, spelt), np.int64, len(spelt))[here.number]
    sizes = np.bincount(here.row, lengths, asked.size)[asked]
    for place, name in zip(np.flatnonzero(asked).tolist(), _cut(text, sizes.astype(np.int64)), strict=True):
        if name in known:
            joined[place] = name
    return joined
