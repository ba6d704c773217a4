"""Which pairs of names have a word in common, or might be one without: no other is worth a closer look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist

from aggregator.reconcile.matching.batches import by_batches
from aggregator.reconcile.matching.features.acronyms import acronym_letters
from aggregator.reconcile.matching.features.alignment import align, grids_of, share_a_word
from aggregator.reconcile.matching.features.lexicon import Lexicon

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.reading.names import Names

    Rows = npt.NDArray[np.int64]

_ALIKE: Final = 0.6
"""Likeness of the letters of two whole names from which they are looked at closely without a word in common."""


def related(names: Names, lexicon: Lexicon, left: Rows, right: Rows) -> npt.NDArray[np.bool_]:
    """Say which pairs of name rows share a word, have words that are alike, or are an acronym and what it stands for.

    Of names that only have letter groups in common, nothing would make one business.

    Args:
        names: the names.
        lexicon: what their words are.
        left: row of each pair.
        right: row of each pair.
    """
    found = np.zeros(left.size, bool)

    def look(here: Rows) -> None:
        one, other = left[here], right[here]
        found[here] = share_a_word(*grids_of(names, one, other))
        rest = np.flatnonzero(~found[here])
        found[here[rest]] = _alike(names, lexicon, one[rest], other[rest])

    by_batches(names, left, right, look)
    return found


def _alike(names: Names, lexicon: Lexicon, left: Rows, right: Rows) -> npt.NDArray[np.bool_]:
    aligned = align(names, lexicon, left, right)
    alike = (aligned.credit[0] > 0).any(axis=0) | (acronym_letters(names, lexicon, aligned, left, right) > 0)
    rest = np.flatnonzero(~alike)
    one, other = (names.squashed[rows[rest]].tolist() for rows in (left, right))
    alike[rest] = cpdist(one, other, scorer=Indel.normalized_similarity, score_cutoff=_ALIKE, dtype=np.float32) > 0
    return alike
