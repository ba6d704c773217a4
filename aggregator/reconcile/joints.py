"""What joined the records of a partner: the likeliest pairs that lead from the first of them to all others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from heapq import heapify, heappop, heappush

from attrs import frozen

from aggregator.reconcile.matching import Evidence, MatchResult


@frozen(kw_only=True)
class Joint:
    """Two records that speak for one business.

    Attributes:
        told: The key of the record that was joined before.
        other: The key of the one that it joins.
        probability: How likely they are one.
        evidence: Why.
    """

    told: str
    other: str
    probability: float
    evidence: tuple[Evidence, ...]


@frozen(eq=False, slots=False)
class Joints:
    """Finds what joined records, among the pairs that were scored."""

    result: MatchResult

    def of(self, keys: Sequence[str]) -> list[Joint]:
        """Return what joined the records of a partner, each with the likeliest of those before it."""
        pairs = list(self._pairs(keys))
        explained = self.result.explain_all(pairs)
        return [
            Joint(told=told, other=other, probability=probability, evidence=evidence)
            for (told, other), (probability, evidence) in zip(pairs, explained, strict=True)
        ]

    def _pairs(self, keys: Sequence[str]) -> Iterator[tuple[str, str]]:
        left = dict.fromkeys(keys[1:])
        # What no scored pair leads to comes last, beside the first.
        likeliest = [(0.0, keys[0], other) for other in left]
        likeliest += self._near.get(keys[0], ())
        heapify(likeliest)
        while left:
            _, told, other = heappop(likeliest)
            if other in left:
                del left[other]
                yield told, other
                for pair in self._near.get(other, ()):
                    heappush(likeliest, pair)

    @cached_property
    def _near(self) -> Mapping[str, Sequence[tuple[float, str, str]]]:
        """The scored pairs within each business by the key of either record, the likeliest with the least number."""
        table, home, keys = self.result.table, self.result.home, self.result.keys
        inside = home[table.left] == home[table.right]
        found: dict[str, list[tuple[float, str, str]]] = defaultdict(list)
        columns = (table.left[inside].tolist(), table.right[inside].tolist(), table.probability[inside].tolist())
        for left, right, probability in zip(*columns, strict=True):
            found[keys[left]].append((-probability, keys[left], keys[right]))
            found[keys[right]].append((-probability, keys[right], keys[left]))
        return found
