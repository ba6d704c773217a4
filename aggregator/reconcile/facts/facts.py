"""What two records have in common and where they differ, in few words and quickly: for files with very many pairs.

The weights of the evidence are worked out pair by pair, by `explain`; here stands what they rest on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import define, field

from aggregator.reconcile.facts.as_scored import compare_as_scored
from aggregator.reconcile.facts.fields import Values, compare_values, says_more, values_of
from aggregator.reconcile.facts.names import compare_names, with_known
from aggregator.reconcile.matching import Profile
from aggregator.reconcile.matching.result import NamesCompared

_NO_VALUES: Final[Mapping[str, Values]] = {}


@define
class Facts:
    """What pairs of these records have in common.

    Attributes:
        profiles: The records, by number.
        called: By which of their names they were compared; None to compare those that they say first.
    """

    profiles: Sequence[Profile]
    called: NamesCompared | None = None
    _read: dict[int, Mapping[str, Values]] = field(factory=dict)

    def of(self, left: Sequence[int], right: Sequence[int]) -> list[str]:
        """Return what the two records of each pair share and where they differ, parted by semicolons."""
        told = self._names(left, right) if self.called is None else compare_as_scored(self.called, left, right)
        for place, (one, other) in enumerate(zip(left, right, strict=True)):
            mine = self._values(one)
            if mine and (theirs := self._values(other)):
                told[place] = "; ".join((told[place], *compare_values(mine, theirs)))
        return told

    def _names(self, left: Sequence[int], right: Sequence[int]) -> list[str]:
        one, other = ([self.profiles[number].name for number in side] for side in (left, right))
        return with_known(compare_names(one, other), one, other)

    def _values(self, number: int) -> Mapping[str, Values]:
        """What the other fields of a record say, read once for all of its pairs."""
        found = self._read.get(number)
        if found is None:
            profile = self.profiles[number]
            if not says_more(profile):
                return _NO_VALUES
            found = self._read[number] = values_of(profile)
        return found
