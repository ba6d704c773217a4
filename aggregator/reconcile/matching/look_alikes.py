"""How much likelier two records of two lists are to be so alike than two records of one list.

A list holds a business once, so records of one list that are alike are two businesses. Where a list has "Acme" and
"Acme Chemicals" time and again, that one list has the one and another the other is a doubt; where none has, a word more
is how somebody writes.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.features.circumstance_codes import KIND, KindOfNames

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.weighed import Weighed

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

_LEAST: Final = -8.0
_STEP: Final = 0.5
_STEPS: Final = 40
_CELLS: Final = KindOfNames.COUNT * _STEPS
_NEAR: Final = 1.0
"""Log-odds by which two pairs of one kind may differ and still be as alike."""

_CAUTION: Final = 2.0
"""Records that are as if both between lists and within them: of few records little can be said."""

_IN_HALVES: Final = 2
_MOST: Final = 16


def telling(weighed: Weighed, twin: Ints) -> npt.NDArray[np.int8]:
    """Say of each pair how much likelier its likeness is between its two lists than within them.

    Every record counts once, with the record of its own list, and of the other list, that is most like it; alike are
    pairs of one kind (see `kind_of_names`) and of like log-odds.

    Args:
        weighed: the pairs, of one list and of two.
        twin: group number of each record; records of one source that are one business share it and are no look-alikes.

    Returns:
        the logarithm of the ratio, in halves, of pairs of two lists; 0 of those of one.
    """
    left, right, source = weighed.left, weighed.right, weighed.source
    told = np.zeros(left.size, np.int8)
    cell = _cells(weighed)
    size = np.bincount(source)
    within = np.flatnonzero(weighed.inside & (twin[left] != twin[right]))
    own = _counted(weighed, within, cell[within] + _CELLS * source[left[within]], size.size).reshape(size.size, _CELLS)
    lists = np.where(weighed.inside, -1, source[left].astype(np.int64) * size.size + source[right])
    for two in np.flatnonzero(np.bincount(lists[lists >= 0])).tolist():
        here = np.flatnonzero(lists == two)
        one, other = divmod(two, size.size)
        across = _counted(weighed, here, cell[here])
        # A record finds its like in another list as often as the records of that list find theirs in it.
        expected = size[one] / size[other] * own[other] + size[other] / size[one] * own[one]
        ratio = np.log((_near(across) + _CAUTION) / (_near(expected) + _CAUTION))
        told[here] = np.clip(np.rint(_IN_HALVES * ratio), -_MOST, _MOST)[cell[here]]
    return told


def _cells(weighed: Weighed) -> npt.NDArray[np.int16]:
    """How alike the two of each pair are, as a number: their kind, and their log-odds in steps."""
    step = np.clip((weighed.base - _LEAST) / _STEP, 0, _STEPS - 1).astype(np.int16)
    step += weighed.circumstances[:, KIND] * np.int16(_STEPS)
    return step


def _counted(weighed: Weighed, places: Ints, cell: npt.NDArray[np.integer], lists: int = 1) -> Floats:
    """Count the records of some pairs by the cell of the pair in which each is most alike to another.

    A record with several such pairs has a share of each, so that nothing depends on which comes first.

    Args:
        weighed: the pairs.
        places: which of them.
        cell: the cell of each of these.
        lists: how many times there are all cells.
    """
    base, sides = weighed.base[places], (weighed.left[places], weighed.right[places])
    best, ties = np.full(weighed.source.size, -np.inf), np.zeros(weighed.source.size)
    for side in sides:
        np.maximum.at(best, side, base)
    lead = [np.flatnonzero(base == best[side]) for side in sides]
    for side, here in zip(sides, lead, strict=True):
        ties += np.bincount(side[here], minlength=ties.size)
    counts = np.zeros(lists * _CELLS)
    for side, here in zip(sides, lead, strict=True):
        counts += np.bincount(cell[here], 1 / ties[side[here]], counts.size)
    return counts


def _near(counts: Floats) -> Floats:
    """Counts of cells, each spread over those of its kind that are near it."""
    return np.asarray((counts.reshape(KindOfNames.COUNT, _STEPS) @ _spread()).ravel())


@cache
def _spread() -> Floats:
    steps = np.arange(_STEPS) * _STEP
    weight = np.exp(-0.5 * ((steps[:, None] - steps) / _NEAR) ** 2)
    return np.asarray(weight * _STEP / (_NEAR * np.sqrt(2 * np.pi)))
