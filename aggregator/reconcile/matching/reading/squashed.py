"""The words of each name as one, for names that are parted otherwise: "Van der Bilt", "Auto Zone", "First Energy"."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.reading.folding import folded_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from aggregator.reconcile.matching.reading.names import Names
    from aggregator.reconcile.matching.reading.vocabulary import Vocabulary

_BLOCK: Final = 50_000
"""Names looked at together, which bounds the memory."""


def squashed(names: Names) -> npt.NDArray[np.object_]:
    """Return the words of each name, as they are read, joined without spaces."""
    words, found = np.array([*names.words, ""], object), np.empty(len(names.grid), object)
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    for start in range(0, len(names.grid), _BLOCK):
        grid = names.grid[start : start + _BLOCK]
        text = "".join(words[grid[grid >= 0]].tolist())  # joined as one, and cut where each name ends
        found[start : start + _BLOCK] = _cut(text, sizes[grid].sum(axis=1))
    return found


def _cut(text: str, sizes: npt.NDArray[np.int64]) -> list[str]:
    """Cut a text into pieces of these sizes."""
    return [text[begin:end] for begin, end in itertools.pairwise([0, *np.cumsum(sizes).tolist()])]


def respell(names: Names, rows: list[int], texts: Sequence[str], shipped: Vocabulary) -> None:
    """Give "Van der Bilt" and "First Energy" the spelling of "Vanderbilt" and "FirstEnergy", where others have that.

    Args:
        names: the names, whose small words are set aside and whose numbers are digits.
        rows: those that have such words.
        texts: every name as it is written.
        shipped: the words that are legal forms.
    """
    known = set(names.squashed.tolist()) if rows else set()
    for start in range(0, len(rows), _BLOCK):
        some = rows[start : start + _BLOCK]
        for row, words in zip(some, folded_words([texts[row] for row in some]), strict=True):
            whole = "".join(word for word in words if word not in shipped.forms)
            if whole in known:
                names.squashed[row] = whole


def join_as_written(
    names: Names,
    written: npt.NDArray[np.int32],
    row: npt.NDArray[np.int32],
    otherwise: npt.NDArray[np.bool_],
    spelt: Sequence[str],
) -> None:
    """Give "Auto Zone", which is read as "automotive zone", the spelling of "AutoZone", where others have that.

    Args:
        names: the names.
        written: the number of each word, but of legal forms, as it is written.
        row: its name.
        otherwise: which words are read otherwise than they are written.
        spelt: every word as it is written.
    """
    asked = np.bincount(row, otherwise[written], len(names.grid)) > 0
    asked &= np.bincount(row, minlength=asked.size) > 1
    if not asked.any():
        return
    here = asked[row]
    words, rows = written[here].tolist(), row[here]
    known = set(names.squashed.tolist())
    text = "".join(map(spelt.__getitem__, words))  # joined as one, and cut where each name ends
    sizes = np.bincount(rows, np.fromiter(map(len, spelt), np.int64, len(spelt))[words], asked.size)[asked]
    for place, whole in zip(np.flatnonzero(asked).tolist(), _cut(text, sizes.astype(np.int64)), strict=True):
        if whole in known:
            names.squashed[place] = whole
