"""Records that decisions make one, as groups that are joined and kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import pairwise


class Groups:
    """Records that decisions make one, and which of these groups are two for sure."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)

    def home(self, key: str) -> str:
        """Return what stands for the group of a record."""
        while (parent := self._parent.get(key, key)) != key:
            self._parent[key] = self._parent.get(parent, parent)
            key = parent
        return key

    def keep_apart(self, one: str, other: str) -> None:
        """Let the groups of two records be two for sure."""
        first, second = self.home(one), self.home(other)
        self._apart[first].add(second)
        self._apart[second].add(first)

    def are_apart(self, one: str, other: str) -> bool:
        """Whether the groups of two records are two for sure."""
        return self.home(other) in self._apart.get(self.home(one), ())

    def join(self, one: str, other: str) -> None:
        """Make the groups of two records one."""
        first, second = self.home(one), self.home(other)
        if first == second:
            return
        # The one that is kept apart from fewer groups moves, so that joining many stays cheap.
        if len(self._apart.get(first, ())) < len(self._apart.get(second, ())):
            first, second = second, first
        self._parent[second] = first
        for away in self._apart.pop(second, ()):
            self._apart[away].remove(second)
            self.keep_apart(first, away)

    def _members(self, present: Collection[str]) -> dict[str, list[str]]:
        members: dict[str, list[str]] = defaultdict(list)
        for key in sorted(present):
            members[self.home(key)].append(key)
        return members

    def chains(self, present: Collection[str]) -> tuple[tuple[str, str], ...]:
        """Return pairs that link the present records of each group; those that are gone are bridged."""
        return tuple((one, other) for members in self._members(present).values() for one, other in pairwise(members))

    def across(self, differing: Iterable[tuple[str, str]], present: Collection[str]) -> tuple[tuple[str, str], ...]:
        """Return a pair of present records for each pair of groups that are kept apart."""
        members = self._members(present)
        homes = ((self.home(one), self.home(other)) for one, other in differing)
        found = ((members[a][0], members[b][0]) for a, b in homes if members.get(a) and members.get(b))
        return tuple(sorted({(min(pair), max(pair)) for pair in found}))
