"""What of one name may be the initials of another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.reading.vocabulary import STOP

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.features.alignment import Alignment
    from aggregator.reconcile.matching.features.lexicon import Lexicon
    from aggregator.reconcile.matching.reading.names import Names

WHOLE_ACRONYM: Final = 10
"""The feature "acronym" says more than this where one name is nothing but initials."""

_SAME: Final = 0.99
"""A word of which this much is shared is the same on both sides."""


def acronym_letters(
    names: Names, lexicon: Lexicon, aligned: Alignment, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]
) -> npt.NDArray[np.float32]:
    """Letters of an acronym that one side has and that may stand for the other; +10 where it is the whole name.

    A word that both names have is no initials of either: "SB Dako" and "SB Bank".
    """
    longest, initials = np.zeros(left.size, np.int8), names.initials
    sides = ((aligned.left, left, right), (aligned.right, right, left))
    for (words, rows, others), credit in zip(sides, aligned.credit, strict=True):
        some = np.flatnonzero(initials.met[others])
        mine, meant, shared = words[:, some], initials.names.take(others[some], axis=0).T, credit[:, some] >= _SAME
        begins = np.where(shared[0], -1, initials.begins[rows[some]])
        spelt = initials.words[mine]
        hit = np.logical_or.reduce([spelt == way for way in meant]) & ~shared
        alone = ((mine >= 0) & (lexicon.kind[mine] != STOP)).sum(axis=0) == 1
        found = np.where(hit, lexicon.letters.sizes[mine], 0).max(axis=0)
        begun = np.where((begins == meant).any(axis=0), initials.size[begins], 0)
        whole = np.where(begun > 0, initials.whole[rows[some]], alone)
        found = np.maximum(found, begun)
        longest[some] = np.maximum(longest[some], np.where((found > 0) & whole, found + WHOLE_ACRONYM, found))
    return longest.astype(np.float32)
