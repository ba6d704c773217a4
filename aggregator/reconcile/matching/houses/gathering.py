"""Groups that are joined where all that was said between them is for it on the whole: by average, never by a chain."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@attrs.frozen(slots=True)
class Votes:
    """What was said between two groups.

    Attributes:
        total: The sum of the votes.
        count: How many there were.
    """

    total: float = 0.0
    count: int = 0

    def __add__(self, other: Votes) -> Votes:
        return Votes(self.total + other.total, self.count + other.count)


class Gathering:
    """Groups that join, those first between which the votes are best on average, as long as they are for it.

    Args:
        votes: between every two groups of which anything was said, the lower number first.
        sizes: how many are in each group.
        least: how many must be in the larger of two groups before they may join.
    """

    def __init__(
        self,
        votes: Mapping[tuple[int, int], Votes],
        sizes: Mapping[int, int],
        least: int = 1,
    ) -> None:
        self._least = least
        self._size = dict(sizes)
        self._members: dict[int, list[int]] = {group: [group] for group in sizes}
        self._between: dict[int, dict[int, Votes]] = {group: {} for group in sizes}
        for (one, other), said in votes.items():
            self._between[one][other] = self._between[other][one] = said
        self._open: list[tuple[float, int, int, int]] = []

    def join(self, first: Iterable[tuple[int, int]]) -> list[list[int]]:
        """Join until none may, and return the groups that each has come to hold.

        Args:
            first: pairs of groups that may join before either has grown.
        """
        for one, other in sorted({(min(pair), max(pair)) for pair in first}):
            self._offer(one, other)
        while self._open:
            _, one, other, count = heapq.heappop(self._open)
            said = self._between.get(one, {}).get(other)
            if said is not None and said.count == count:  # else more was said since, or one is gone
                self._join(one, other)
        return list(self._members.values())

    def _offer(self, one: int, other: int) -> None:
        said = self._between[one][other]
        if said.total >= 0 and max(self._size[one], self._size[other]) >= self._least:
            heapq.heappush(self._open, (-said.total / said.count, min(one, other), max(one, other), said.count))

    def _join(self, one: int, other: int) -> None:
        if len(self._between[one]) < len(self._between[other]):
            one, other = other, one
        # What has joined before, and was large enough then, has offered all that it shares, but for what is new.
        has_offered = len(self._members[one]) > 1 and self._size[one] >= self._least
        self._members[one] += self._members.pop(other)
        self._size[one] += self._size.pop(other)
        mine, theirs = self._between[one], self._between.pop(other)
        del mine[other], theirs[one]
        for third, said in theirs.items():
            del self._between[third][other]
            mine[third] = self._between[third][one] = mine.get(third, Votes()) + said
        for third in theirs if has_offered else mine:
            self._offer(one, third)
