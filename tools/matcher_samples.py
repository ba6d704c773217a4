"""Short lists drawn from long ones: few lists of partners are as long as labelled ones, and in some most records match.

A record that is drawn now and then brings along what looks most like it, for sisters, branches and series are listed
together, however short the list.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from tools.matcher_tasks import Task, leaders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.matcher_tasks import Prepared

SIZES: Final = (40, 80, 160, 320)
"""Businesses of the short lists that are drawn."""

_BROUGHT_ALONG: Final = 0.15
"""Share of the records that bring along what looks most like them."""


_KNOWN_TO_BOTH: Final = (0.15, 0.85)
"""Least and most share of the businesses of a short list that are on both sides."""


def short_lists(task: Prepared, likeness: Sequence[float], *, each: int = 3, seed: int = 5) -> list[Task]:
    """Draw lists of each of the sizes that are well below that of a task.

    Args:
        task: the long lists, compared.
        likeness: of each of its candidate pairs, how much alike they look.
        each: lists of each size.
        seed: which lists.
    """
    keys = [profile.key for profile in task.records.profiles]
    home = dict(zip(keys, leaders(keys, task.task.truth), strict=True))
    rival = _rivals(task, likeness)
    members: dict[str, list[int]] = {}
    for record, key in enumerate(keys):
        members.setdefault(home[key], []).append(record)
    there = {home[left] for left, _ in task.task.truth}
    both, one = ([business for business in sorted(members) if (business in there) is known] for known in (True, False))
    found = []
    for size in SIZES:
        if size * 2 > len(members):
            break
        for number in range(each):
            random = Random(f"{task.task.name}{size}{number}{seed}")
            chosen = _chosen(both, one, size, random)
            drawn = {record for business in chosen for record in members[business]}
            along = {rival[record] for record in sorted(drawn) if random.random() < _BROUGHT_ALONG and record in rival}
            kept = {keys[record] for record in drawn | along}
            found.append(
                attrs.evolve(
                    task.task,
                    name=f"{task.task.name}, {size} businesses, {number + 1}",
                    profiles=tuple(profile for profile in task.task.profiles if profile.key in kept),
                    truth=frozenset(pair for pair in task.task.truth if kept.issuperset(pair)),
                )
            )
    return found


def _chosen(both: Sequence[str], one: Sequence[str], size: int, random: Random) -> list[str]:
    """Some businesses of which both lists know a share that differs from list to list."""
    known = min(round(size * random.uniform(*_KNOWN_TO_BOTH)), len(both))
    return random.sample(both, known) + random.sample(one, min(size - known, len(one)))


def _rivals(task: Prepared, likeness: Sequence[float]) -> dict[int, int]:
    """Of each record what looks most like it on the other side and is another business."""
    alike = np.where(task.truth > 0, -np.inf, np.asarray(likeness))
    found: dict[int, int] = {}
    for place in np.argsort(alike, kind="stable")[::-1].tolist():
        if task.truth[place] > 0:
            break
        one, other = int(task.left[place]), int(task.right[place])
        found.setdefault(one, other)
        found.setdefault(other, one)
    return found
