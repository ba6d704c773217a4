"""Candidate pairs as names and columns weigh them, before anything else is known of their lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]


@attrs.frozen(slots=True, kw_only=True, eq=False)
class Weighed:
    """Candidate pairs before they are placed among their rivals: all that it takes to tell businesses apart anew.

    Attributes:
        source: Source number of each record.
        left: Record of each pair, the lower number.
        right: Record of each pair.
        base: Log-odds by names and columns.
        names: Log-odds by the names alone.
        circumstances: What kind of pair it is, one column for each of PAIR_CIRCUMSTANCES.
        habits: Other leading pairs of its two lists that differ in the same words, as `likewise` counts them.
        suffixed: Whether the names are equal but for a region or a channel; of pairs that no house is near, False.
        left_by_lists: Whether its lists leave the pair to a person, as `with_left_by_lists` says.
    """

    source: npt.NDArray[np.int32]
    left: Ints
    right: Ints
    base: Floats
    names: npt.NDArray[np.floating]
    circumstances: npt.NDArray[np.int8]
    habits: npt.NDArray[np.int8]
    suffixed: npt.NDArray[np.bool_]
    left_by_lists: npt.NDArray[np.bool_]

    @property
    def inside(self) -> npt.NDArray[np.bool_]:
        """Whether both records of each pair are of one source."""
        return np.asarray(self.source[self.left] == self.source[self.right])
