"""Which pairs of names have a word in common, or might be one without: no other is worth a closer look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist

from aggregator.reconcile.matching.alignment import Lexicon, align, grids_of, share_a_word
from aggregator.reconcile.matching.blocks import two_at_once
from aggregator.reconcile.matching.name_features import acronym_letters

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from aggregator.reconcile.matching.names import Names

    Rows = npt.NDArray[np.int64]

_BLOCK: Final = 32_768
"""Pairs looked at together, which bounds the memory."""

_ALIKE: Final = 0.6
"""Likeness of the letters of two whole names from which they are looked at closely without a word in common."""


def by_blocks(names: Names, left: Rows, right: Rows, look: Callable[[Rows], None]) -> None:
    """Look at the places of all pairs of name rows, a block at a time and two blocks at once.

    Args:
        names: the names.
        left: row of each pair.
        right: row of each pair.
        look: takes the places of some pairs, and writes what it finds to no places but theirs.
    """
    words = (names.grid >= 0).sum(axis=1, dtype=np.int8)
    # Pairs of short names stand together: a block costs the square of its longest name.
    order = np.argsort(np.maximum(words[left], words[right]), kind="stable")
    two_at_once(look, (order[start : start + _BLOCK] for start in range(0, order.size, _BLOCK)))


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

    by_blocks(names, left, right, look)
    return found


def _alike(names: Names, lexicon: Lexicon, left: Rows, right: Rows) -> npt.NDArray[np.bool_]:
    aligned = align(names, lexicon, left, right)
    alike = (aligned.credit[0] > 0).any(axis=0) | (acronym_letters(names, lexicon, aligned, left, right) > 0)
    rest = np.flatnonzero(~alike)
    one, other = (names.squashed[rows[rest]].tolist() for rows in (left, right))
    alike[rest] = cpdist(one, other, scorer=Indel.normalized_similarity, score_cutoff=_ALIKE, dtype=np.float32) > 0
    return alike
