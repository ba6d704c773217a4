"""The words of very many names in one array, one name after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Numbers = npt.NDArray[np.int32]
    Mask = npt.NDArray[np.bool_]


@attrs.frozen(slots=True, kw_only=True, eq=False)
class FlatWords:
    """Words of names, one name after the other.

    Attributes:
        number: Of each word.
        row: The name of each word, in order.
    """

    number: Numbers
    row: Numbers

    def some(self, chosen: Mask | Ints) -> FlatWords:
        """Some of the words."""
        return FlatWords(number=self.number[chosen], row=self.row[chosen])

    @property
    def first(self) -> Mask:
        """Which of them their names begin with."""
        return np.asarray(np.r_[self.row[:1] >= 0, self.row[1:] != self.row[:-1]])

    @property
    def last(self) -> Mask:
        """Which of them their names end in."""
        return np.asarray(np.r_[self.row[1:] != self.row[:-1], self.row[:1] >= 0])

    def grid(self, rows: int, width: int) -> Numbers:
        """The words of each of so many names, one row each, as many as there is room for; -1 where it ended."""
        grid = np.full((rows, width), -1, np.int32)
        if self.row.size:
            start = np.r_[0, np.cumsum(np.bincount(self.row, minlength=rows))[:-1]]
            place = np.arange(self.row.size) - start[self.row]
            inside = place < width
            grid[self.row[inside], place[inside]] = self.number[inside]
        return grid
