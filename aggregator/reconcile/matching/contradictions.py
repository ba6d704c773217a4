"""Whether a person's decisions can all hold, and which of them cannot."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class ContradictionError(ValueError):
    """A person's decisions contradict each other.

    Args:
        pairs: the decisions that cannot all hold, the cannot-link first and then the must-links that lead around it.
    """

    def __init__(self, pairs: tuple[tuple[str, str], ...]) -> None:
        (left, right), *others = pairs
        path = ", ".join(f"{one!r} = {other!r}" for one, other in others)
        super().__init__(f"{left!r} and {right!r} are said to differ, but other decisions make them one: {path}")
        self.pairs = pairs

    def __reduce__(self) -> tuple[type[ContradictionError], tuple[tuple[tuple[str, str], ...]]]:
        return type(self), (self.pairs,)


def check_decisions(must: Iterable[tuple[str, str]], cannot: Iterable[tuple[str, str]]) -> None:
    """Raise ContradictionError where must-links lead from one side of a cannot-link to the other."""
    neighbours = neighbours_by(must)
    for one, other in sorted(cannot):
        path = path_between(neighbours, one, other)
        if path:
            raise ContradictionError(((one, other), *path))


def neighbours_by(must: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return what must-links join to each record."""
    neighbours: dict[str, set[str]] = {}
    for one, other in must:
        neighbours.setdefault(one, set()).add(other)
        neighbours.setdefault(other, set()).add(one)
    return neighbours


def path_between(neighbours: Mapping[str, set[str]], start: str, goal: str) -> list[tuple[str, str]]:
    """Return the fewest links that lead from one record to another, in order; none where none lead there."""
    reached, queue = {start: start}, [start]
    for here in queue:
        if here == goal:
            path = [here]
            while path[-1] != start:
                path.append(reached[path[-1]])
            return list(pairwise(path[::-1]))
        for there in sorted(neighbours.get(here, ())):
            if there not in reached:
                reached[there] = here
                queue.append(there)
    return []
