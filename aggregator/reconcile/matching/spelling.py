"""How alike two words are: a typo, a plural, an abbreviation, or different words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from rapidfuzz.distance import OSA, LCSseq, Prefix
from rapidfuzz.process import cpdist

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

_LEAST: Final = 0.66
_ENDING: Final = 0.9
_SHORTENED: Final = 0.7
_SKELETON: Final = 0.6
_INITIAL: Final = 0.35


def word_credit(left: Sequence[str], right: Sequence[str]) -> npt.NDArray[np.float32]:
    """Say for each pair of different words how far one stands for the other, 0 to 1.

    Args:
        left: words.
        right: as many words.
    """
    if not left:
        return np.zeros(0, np.float32)
    one, other = list(left), list(right)
    edits = cpdist(one, other, scorer=OSA.distance, dtype=np.int32)
    begin = cpdist(one, other, scorer=Prefix.similarity, dtype=np.int32)
    common = cpdist(one, other, scorer=LCSseq.similarity, dtype=np.int32)
    sizes = np.array([(len(a), len(b)) for a, b in zip(one, other, strict=True)], np.int32)
    short, long = sizes.min(axis=1), sizes.max(axis=1)
    alike = 1 - edits / np.maximum(long, 1)
    typo = (alike >= _LEAST) & (edits <= 3) & (long >= 4)
    credit = np.where(typo, 2 * alike - 1, 0.0)
    inside = begin == short
    # A skeleton keeps the first letter and drops others in order: "svcs", "mgmt", "grp".
    skeleton = (begin >= 1) & (common == short) & (short >= 3) & (short <= 0.7 * long) & (edits > 2)
    credit = np.where(skeleton, np.maximum(credit, _SKELETON), credit)
    credit = np.where(inside & (short == 1), _INITIAL, credit)
    credit = np.where(inside & (short >= 3), np.maximum(credit, _SHORTENED), credit)
    return np.where(inside & (short >= 4) & (edits <= 2), np.maximum(credit, _ENDING), credit).astype(np.float32)
