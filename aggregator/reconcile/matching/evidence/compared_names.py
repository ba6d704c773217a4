"""By which of their names two records were compared, and what the matcher sees in these that no word of theirs says."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.features.acronyms import acronym_letters
from aggregator.reconcile.matching.features.alignment import align
from aggregator.reconcile.matching.pair_codes import packed, places_of
from aggregator.reconcile.matching.result import Initials

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.comparison import Compared, Records

    Ints = npt.NDArray[np.int64]

WHOLE: Final = 10
"""More letters than this are counted where the initials are the whole of a name."""

_KINDS: Final = (Initials.NONE, Initials.WORD, Initials.WHOLE)


def other_name(records: Records, row: int) -> str:
    """Return a name that its record goes by besides the one it says first; empty if it is that one, or made of it."""
    record = int(records.names.owner[row])
    first = int(records.first_name[record])
    if row == first or row in records.usual or _is_made(records, row) or not records.profiles[record].name:
        return ""
    return records.spelled[row] if records.spelled[row] != records.profiles[record].name else ""


def _is_made(records: Records, row: int) -> bool:
    """Whether a name is the record's first one without its place."""
    return bool(records.holds_at[row] != -1)


@attrs.frozen(slots=True, kw_only=True, eq=False)
class ComparedNames:
    """The names by which pairs of records were compared.

    Attributes:
        records: The records.
        compared: The pairs that were compared, in order.
    """

    records: Records
    compared: Compared

    def rows(self, left: Ints, right: Ints) -> tuple[Ints, Ints]:
        """Return the rows of the names that were compared; of a pair that was not, of those that are said first."""
        first = self.records.first_name
        if len(self.records.spelled) == first.size:  # a record has one name
            return left, right
        low, high = np.minimum(left, right), np.maximum(left, right)
        place = places_of(packed(low, high), self._codes)
        one, other = first[low], first[high]
        found = place >= 0
        one[found] = self.compared.left_name[place[found]]
        other[found] = self.compared.right_name[place[found]]
        turned = left > right
        return np.where(turned, other, one), np.where(turned, one, other)

    def texts(self, rows: Ints) -> list[str]:
        """Return names as their records have them: whole, where they were compared without a place."""
        return list(map(self._texts.__getitem__, rows.tolist()))

    def others(self, rows: Ints, records: Ints) -> dict[int, str]:
        """Return, by place, the names that their records do not say first."""
        places = np.flatnonzero(rows != self.records.first_name[records]).tolist()
        found = ((place, other_name(self.records, int(rows[place]))) for place in places)
        return {place: name for place, name in found if name}

    def initials(self, one: Ints, other: Ints) -> list[Initials]:
        """Return of each pair of names what is initials of the other."""
        names, lexicon = self.records.names, self.records.lexicon
        letters = acronym_letters(names, lexicon, align(names, lexicon, one, other), one, other)
        return [_KINDS[int(kind)] for kind in (letters > 0).astype(np.int8) + (letters > WHOLE)]

    def joined(self, one: Ints, other: Ints) -> list[bool]:
        """Say of each pair of names whether a word of one was found in two of the other."""
        return list(map(bool, align(self.records.names, self.records.lexicon, one, other).joined))

    @cached_property
    def _codes(self) -> Ints:
        return packed(self.compared.left, self.compared.right)

    @cached_property
    def _texts(self) -> list[str]:
        texts, names = list(self.records.spelled), self.records.names
        for row, called in self.records.usual.items():
            texts[row] = called
        for row in np.flatnonzero(self.records.holds_at != -1).tolist():
            texts[row] = self.records.spelled[self.records.first_name[names.owner[row]]]
        return texts
