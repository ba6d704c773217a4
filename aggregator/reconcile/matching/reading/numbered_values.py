"""What records say of one kind, as numbered values, with who holds each."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

_MOST_KEPT: Final = 16
"""Values of one kind, at the most, that are compared of one record.

A list is as wide as its fullest record, of which most lists have none with more than one or two values: were there one
with a hundred e-mail addresses among a million, each of the others would take room for a hundred.
"""

OF_ONE_HOUSE: Final = 3
"""Holders that records whose names begin alike count for; what more hold is an agency's, and nobody's own."""

_STRANGERS: Final = 3
"""Holders whose names have nothing in common, from which on a value is nobody's own."""

_USUAL: Final = 0.5
"""Share of the records from which on what they say is usual."""

_FEW: Final = 20
"""Of fewer records than this nothing is usual."""

_RULED: Final = 0.7
"""Share of the holders of a value, from which on a house holds it alone."""


@attrs.define(slots=True, kw_only=True, eq=False)
class Values:
    """What the records say of one kind, as numbered values.

    Attributes:
        texts: Each distinct value, by number.
        grid: (records, values of the fullest) value numbers, -1 where there are no more; no rows at all where no record
            says anything.
        holders: For each value, the most records of one source that hold it; the accounts of one house count as three
            at most, or many accounts of one business would seem an agency.
        usual: For each value, whether half of all records that say anything say it: two that do are no likelier one.
    """

    texts: list[str]
    grid: npt.NDArray[np.int32]
    holders: npt.NDArray[np.int32]
    usual: npt.NDArray[np.bool_]

    @property
    def empty(self) -> bool:
        """Whether no record says anything."""
        return not self.texts


def number_values(
    rows: Sequence[Sequence[str]],
    source: npt.NDArray[np.int32],
    house: npt.NDArray[np.int64],
    strangers: Callable[[Sequence[int]], int],
) -> Values:
    """Number the distinct values and count who holds each; a record's own order does not matter.

    Args:
        rows: what each record says.
        source: source number of each record.
        house: number of the opening of each record's name.
        strangers: how many of some records have names with nothing in common.
    """
    kept = _kept(rows)
    width = max(map(len, kept), default=0)
    if not width:
        return Values(
            texts=[], grid=np.full((0, 1), -1, np.int32), holders=np.zeros(0, np.int32), usual=np.zeros(0, bool)
        )
    index: dict[str, int] = {}
    grid = np.full((len(kept), width), -1, np.int32)
    for row, values in enumerate(kept):
        for place, value in enumerate(values):
            grid[row, place] = index.setdefault(value, len(index))
    said = np.bincount(grid[grid >= 0], minlength=len(index))
    saying = max(int((grid[:, 0] >= 0).sum()), _FEW)
    return Values(
        texts=list(index),
        grid=grid,
        holders=_holders(grid, len(index), source, house, strangers),
        usual=said >= _USUAL * saying,
    )


def _kept(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Return the values of each record that are compared, each once and in order.

    Of too many, those that fewest others hold: a value that nobody else has can only deny, and one that many have says
    little.
    """
    kept = [sorted(set(values)) if len(values) > 1 else values for values in rows]
    if max(map(len, kept), default=0) <= _MOST_KEPT:
        return kept
    held = Counter(chain.from_iterable(kept))

    def worth(value: str) -> tuple[bool, int, str]:
        return held[value] == 1, held[value], value

    return [sorted(sorted(values, key=worth)[:_MOST_KEPT]) if len(values) > _MOST_KEPT else values for values in kept]


def _holders(
    grid: npt.NDArray[np.int32],
    values: int,
    source: npt.NDArray[np.int32],
    house: npt.NDArray[np.int64],
    strangers: Callable[[Sequence[int]], int],
) -> npt.NDArray[np.int32]:
    holders = np.zeros(values, np.int32)
    rows, places = np.nonzero(grid >= 0)
    if rows.size:
        sources, houses = int(source.max()) + 1, int(house.max()) + 1
        held = grid[rows, places].astype(np.int64) * sources + source[rows]
        codes, records = np.unique(held, return_counts=True)
        of_house, members = np.unique(held * houses + house[rows], return_counts=True)
        start = np.searchsorted(of_house, codes * houses)
        several = np.diff(np.r_[start, of_house.size])
        # A stray spelling of its name does not make an agency of a house that holds nearly all.
        ruled = np.maximum.reduceat(members, start) >= _RULED * records
        counted = np.where(ruled, np.minimum(records, OF_ONE_HOUSE), np.minimum(records, OF_ONE_HOUSE * several))
        order = np.argsort(held, kind="stable")
        starts = np.cumsum(records) - records
        for place in np.flatnonzero((several >= _STRANGERS) & ~ruled).tolist():
            groups = strangers(rows[order[starts[place] :][: records[place]]].tolist())
            if groups == 1:  # one business that is called in several ways
                counted[place] = min(counted[place], OF_ONE_HOUSE)
            elif groups >= _STRANGERS:  # who have nothing in common but an agency, a building or a platform
                counted[place] = max(counted[place], OF_ONE_HOUSE + 1)
        np.maximum.at(holders, codes // sources, counted)
    return holders
