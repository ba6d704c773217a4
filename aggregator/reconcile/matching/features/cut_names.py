"""Names that their list cut: an accounting system that keeps 30 characters has "BLUE CROSS AND BLUE SHIELD OF"."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.reading.folded_names import transliterate
from aggregator.reconcile.matching.reading.word_numbers import without_digraphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

_SHORTEST: Final = 15
"""Characters, at the least, that a system keeps of a name."""

_PILED_UP: Final = 0.03
"""Share of the names of a list that are as long as any, from which on they were cut, if fewer are a little shorter."""

_SEVERAL: Final = 4
"""So many of them there must be, at the least."""

_TWO: Final = 2
"""So many names that go on from one are several."""

_WORDS: Final = re.compile(r"[^\W_]+")
_SMALL: Final = frozenset({"the", "and"})


@attrs.define(slots=True, kw_only=True, eq=False)
class CutNames:
    """Which names were cut, and which other names begin as they do.

    Attributes:
        rank: Place of each name among the distinct ones, in order of the alphabet; nothing at all where no list cuts
            its names.
        start: Of each name that was cut, the rank of the first name that begins with it; of any other, 0.
        end: The rank behind the last such name; of a name that was not cut, 0.
        several: Whether two names of other lists, or more, begin with it.
    """

    rank: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    several: npt.NDArray[np.bool_]


def read_cut_names(texts: Sequence[str], source: npt.NDArray[np.int32]) -> CutNames:
    """Find the names that were cut: where many of a list are as long as the longest, a character more did not fit.

    Args:
        texts: the names, as they are written.
        source: the list of each; -1 of a name that no list has.
    """
    cut = _cut(np.fromiter(map(len, texts), np.int64, len(texts)), source)
    if not cut.any():
        none = np.zeros(0, np.int64)
        return CutNames(rank=none, start=none, end=none, several=np.zeros(0, bool))
    plain = list(map(_plain, texts))
    ordered = sorted(set(plain))
    place = {text: number for number, text in enumerate(ordered)}
    lists = _lists_of(plain, source)
    rank = np.fromiter(map(place.__getitem__, plain), np.int64, len(plain))
    found = CutNames(rank=rank, start=np.zeros_like(rank), end=np.zeros_like(rank), several=np.zeros(rank.size, bool))
    looked_up: dict[tuple[str, int], tuple[int, int, bool]] = {}  # a name may be there very many times
    for row in np.flatnonzero(cut).tolist():
        text, own = plain[row], int(source[row])
        if (text, own) not in looked_up:
            end = bisect_left(ordered, f"{text}\uffff")
            others = (at for at in range(place[text], end) if lists[ordered[at]] - {own})
            looked_up[text, own] = place[text], end, len(list(islice(others, _TWO))) == _TWO
        found.start[row], found.end[row], found.several[row] = looked_up[text, own]
    return found


def _plain(text: str) -> str:
    """A name in small letters and without small words, "ü", "ue" and "u" as one, whichever of them its list writes."""
    letters = text if text.isascii() else transliterate(text)
    return without_digraphs(" ".join(word for word in _WORDS.findall(letters.casefold()) if word not in _SMALL))


def _lists_of(plain: Sequence[str], source: npt.NDArray[np.int32]) -> dict[str, set[int]]:
    """The lists that have each name."""
    lists: dict[str, set[int]] = {text: set() for text in plain}
    for text, number in zip(plain, source.tolist(), strict=True):
        if number >= 0:
            lists[text].add(number)
    return lists


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
    return np.select([names.end[cut] == 0, ~begins, names.several[cut]], [0, 1, 3], 2).astype(np.int8)
