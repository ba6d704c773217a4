"""What the matcher is trained on, and how much each part of it weighs: labelled, made, written and published lists."""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.profile import Profile
from aggregator.reconcile.matching.reading.names import read_names
from benchmarks.matching.published.building import SETS, build
from benchmarks.matching.published.sources import SOURCES
from tools.matcher_corruption import corrupted, look_alikes
from tools.matcher_dressing import dress
from tools.matcher_tasks import Task, mended, prepare, read_task, read_tasks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.matcher_tasks import Prepared

WEIGHTS: Final = {"company_aliases": 0.25, "patent_assignees": 1.5}
"""A third of the pairs of aliases cannot be known from the names, so they teach less."""

DRESSED: Final = 0.6
"""Weight of a task that is there a second time, with columns put on."""

CORRUPTED: Final = 0.4
"""Weight of the made look-alikes and misspellings beside the real ones. What follows the names is not fitted to them:
real lists hold far fewer."""

LOOK_ALIKES: Final = 0.2
"""Weight of the made look-alikes that pass for slips of the pen, of which the same holds."""

WRITTEN: Final = 0.25
"""Weight of the partner lists: they are many, and short ones only."""

PUBLISHED: Final = 0.25
"""Weight of the published lists: their truth comes from numbers that are handed out again now and then."""

TELLING: Final = 0.75
"""Share of the pairs of one name that are one business, in lists whose names teach by themselves: of hospitals and
counties that only their towns tell apart, an equal name says little, and would mislead the names of all other lists."""

TAUGHT: Final = Path(__file__).parent / "partner_lists/taught"
"""Short lists as teams have them, written by hand for this project."""


def bare_tasks(tasks: Sequence[Task]) -> list[Task]:
    """The tasks that have nothing but names."""
    return [task for task in tasks if not any(p.addresses or p.websites or p.phones for p in task.profiles)]


@cache
def published_tasks() -> tuple[Task, ...]:
    """The published lists whose errors may be read, fetched by pip and npm once; those kept apart never teach.

    Raises:
        CannotFetchError: without pip, npm or a network.
    """
    return tuple(read_task(SETS / name) for name in build(source for source in SOURCES if not source.kept))


def counted_tasks(folder: Path, *, without: str | None = None) -> list[Task]:
    """The lists whose words are counted.

    Args:
        folder: the folder of tasks.
        without: name of a task that is held out.
    """
    read = [task for task in read_tasks(folder) if task.name != without]
    return [*bare_tasks(read), *read_tasks(TAUGHT), *published_tasks()]


def training_tasks(folder: Path, *, without: str | None = None) -> list[Prepared]:
    """The tasks of a folder, those of names alone once more with columns put on, made look-alikes, and other lists.

    Args:
        folder: the folder of tasks.
        without: name of a task that is held out.
    """
    read = [
        attrs.evolve(mended(task), weight=WEIGHTS.get(task.name, 1.0))
        for task in read_tasks(folder)
        if task.name != without
    ]
    dressed = [attrs.evolve(dress(task), weight=DRESSED * task.weight) for task in bare_tasks(read)]
    names = sorted({p.name for task in bare_tasks(read) for p in task.profiles if p.source == "a"})
    made = (
        attrs.evolve(corrupted(names[::2]), weight=CORRUPTED, names_alone=True),
        attrs.evolve(look_alikes(names[1::4]), weight=LOOK_ALIKES, names_alone=True),
    )
    others = (*_weighing(WRITTEN, read_tasks(TAUGHT)), *_weighing(PUBLISHED, published_tasks()))
    return [prepare(task) for task in (*read, *dressed, *made, *others)]


def _weighing(weight: float, tasks: Sequence[Task]) -> list[Task]:
    """The tasks with a weight, and once more the names of those that say more, which teach the tables of names."""
    every = [attrs.evolve(task, weight=weight) for task in tasks]
    more = [task for task in every if task.profiles != _names_alone(task).profiles]
    return [*every, *(_names_alone(task) for task in more if _share_of_equal_names(task) >= TELLING)]


def _names_alone(task: Task) -> Task:
    names = tuple(Profile(key=profile.key, source=profile.source, name=profile.name) for profile in task.profiles)
    return attrs.evolve(task, profiles=names, names_alone=True)


def _share_of_equal_names(task: Task) -> float:
    """Of the pairs of one name, how many are one business; of a list without such pairs, all."""
    names = read_names([profile.name for profile in task.profiles], np.arange(len(task.profiles), dtype=np.int32))
    called: dict[int, tuple[list[str], list[str]]] = {}
    for profile, spelling in zip(task.profiles, names.spelling.tolist(), strict=True):
        called.setdefault(spelling, ([], []))[profile.source == "b"].append(profile.key)
    pairs = [pair for sides in called.values() for pair in itertools.product(*sides)]
    return sum(pair in task.truth for pair in pairs) / len(pairs) if pairs else 1.0
