"""Names that their list cut: an accounting system that keeps 30 characters has "BLUE CROSS AND BLUE SHIELD OF"."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

_SHORTEST: Final = 15
"""Characters, at the least, that a system keeps of a name."""

_PILED_UP: Final = 0.03
"""Share of the names of a list that are as long as any, from which on they were cut, if fewer are a little shorter."""

_SEVERAL: Final = 4
"""So many of them there must be, at the least."""

_WORDS: Final = re.compile(r"[^\W_]+")
_SMALL: Final = frozenset({"the", "and"})


@attrs.define(slots=True, kw_only=True, eq=False)
class CutNames:
    """Which names were cut, and which other names begin as they do.

    Args:
        rank: place of each name in the order of the alphabet; nothing at all where no list cuts its names.
        start: of each name that was cut, the rank of the first name that begins with it; of any other, 0.
        end: the rank behind the last such name; of a name that was not cut, 0.
        fitting: how many names of other lists begin with it.
    """

    rank: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    fitting: npt.NDArray[np.int64]


def read_cut_names(texts: Sequence[str], source: npt.NDArray[np.int32]) -> CutNames:
    """Find the names that were cut: where many of a list are as long as the longest, a character more did not fit.

    Args:
        texts: the names, as they are written.
        source: the list of each; -1 of a name that no list has.
    """
    cut = _cut(np.fromiter(map(len, texts), np.int64, len(texts)), source)
    none = np.zeros(0, np.int64)
    if not cut.any():
        return CutNames(rank=none, start=none, end=none, fitting=none)
    plain = [" ".join(word for word in _WORDS.findall(text.casefold()) if word not in _SMALL) for text in texts]
    order = sorted(range(len(plain)), key=plain.__getitem__)
    ordered = [plain[place] for place in order]
    rank = np.empty(len(plain), np.int64)
    rank[order] = np.arange(len(plain))
    found = CutNames(rank=rank, start=np.zeros_like(rank), end=np.zeros_like(rank), fitting=np.zeros_like(rank))
    for row in np.flatnonzero(cut).tolist():
        start, end = bisect_left(ordered, plain[row]), bisect_left(ordered, f"{plain[row]}\uffff")
        found.start[row], found.end[row] = start, end
        others = (at for at in range(start, end) if source[order[at]] not in {source[row], -1})
        found.fitting[row] = len({ordered[at] for at in others})
    return found


def _cut(lengths: npt.NDArray[np.int64], source: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    cut = np.zeros(lengths.size, bool)
    for number in range(int(source.max(initial=-1)) + 1):
        own = source == number
        longest = int(lengths[own].max(initial=0))
        # Where the last character that was kept was a blank, the name is one shorter.
        full = own & (lengths >= longest - 1)
        shorter = own & (lengths >= longest - 3) & ~full
        least = max(_SEVERAL, _PILED_UP * own.sum(), 1.5 * shorter.sum())
        if longest >= _SHORTEST and full.sum() >= least:
            cut |= full
    return cut


def fits_a_cut(names: CutNames, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
    """0 neither was cut, 1 one was, and the other begins otherwise, 2 alone begins so, 3 begins so as others do."""
    if not names.rank.size:
        return np.zeros(left.size, np.int8)
    codes = [_fits(names, *pair) for pair in ((left, right), (right, left))]
    return np.maximum(*codes)


def _fits(names: CutNames, cut: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
    begins = (names.rank[other] >= names.start[cut]) & (names.rank[other] < names.end[cut])
    return np.select([names.end[cut] == 0, ~begins, names.fitting[cut] > 1], [0, 1, 3], 2).astype(np.int8)
