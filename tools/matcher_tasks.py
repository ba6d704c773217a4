"""Labelled linkage tasks for training the matcher, read from folders of a.csv, b.csv and truth.csv."""

from __future__ import annotations

import csv
import itertools
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import numpy as np

from aggregator.reconcile.matching.comparison import Records, find_candidates, read_records
from aggregator.reconcile.matching.features.circumstances import field_circumstances, name_circumstances, with_habits
from aggregator.reconcile.matching.features.field_features import FIELD_FEATURES, field_features
from aggregator.reconcile.matching.features.name_features import NAME_FEATURES, name_features
from aggregator.reconcile.matching.habits import Differences, differences, leading, likewise
from aggregator.reconcile.matching.model.additive import columns_of
from aggregator.reconcile.matching.profile import Person, PostalAddress, Profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy.typing as npt

    from aggregator.reconcile.matching.weighed import Weighed

FOLDS = 5
FAULTS = Path(__file__).parent / "label_faults"


@attrs.frozen(slots=True, kw_only=True)
class Task:
    """Two lists and which of their records are one business.

    Args:
        name: what it is called in reports.
        profiles: records of the sources "a" and "b".
        truth: pairs of keys, the one of "a" first.
        weight: weight of its pairs in training.
        names_alone: whether it teaches the tables of names, and none that come after.
    """

    name: str
    profiles: tuple[Profile, ...]
    truth: frozenset[tuple[str, str]]
    weight: float = 1.0
    names_alone: bool = False


@attrs.define(slots=True, kw_only=True, eq=False)
class Prepared:
    """A task with its candidate pairs compared.

    Args:
        task: the task.
        records: its records as columns.
        left: record of "a" of each candidate pair of two sources.
        right: record of "b".
        name_matrix: features of the names.
        field_matrix: features of the other columns.
        truth: 1 for a true pair.
        fold: fold of each record, the same for all records of one business.
        differences: in what the names of each pair differ.
        within: candidate pairs inside a source.
        twins: group of each record: records of one source that are one business share it.
        inside: the candidate pairs inside a source, weighed; None until there are tables to weigh them by.
    """

    task: Task
    records: Records
    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    name_matrix: npt.NDArray[np.float32]
    field_matrix: npt.NDArray[np.float32]
    truth: npt.NDArray[np.float64]
    fold: npt.NDArray[np.int64]
    differences: Differences
    within: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
    twins: npt.NDArray[np.int64]
    inside: Weighed | None = None


def read_tasks(folder: Path, *, aliases: bool = False) -> list[Task]:
    """Read every task folder inside a folder, in alphabetical order."""
    return [read_task(place, aliases=aliases) for place in sorted(folder.iterdir()) if (place / "truth.csv").exists()]


def read_task(place: Path, *, aliases: bool = False) -> Task:
    """Read one task.

    Args:
        place: its folder.
        aliases: whether to read other names; nothing is learnt from those, for one name of each record teaches.
    """
    profiles = [_profile(row, side, aliases=aliases) for side in ("a", "b") for row in _rows(place / f"{side}.csv")]
    truth = frozenset((f"a:{row['a_id']}", f"b:{row['b_id']}") for row in _rows(place / "truth.csv"))
    return Task(name=place.name, profiles=tuple(profiles), truth=truth)


def mended(task: Task) -> Task:
    """The task with the pairs that its labels miss, as far as they have been gone through, and what follows from them.

    `label_faults` has one file a task: pairs of one business, told by the names alone, that are not in truth.csv.
    """
    path = FAULTS / f"{task.name}.csv"
    if not path.exists():
        return task
    missing = {(f"a:{row['a_id']}", f"b:{row['b_id']}") for row in _rows(path)}
    keys = [profile.key for profile in task.profiles]
    groups: dict[str, list[str]] = {}
    for key, leader in zip(keys, leaders(keys, task.truth | missing), strict=True):
        groups.setdefault(leader, []).append(key)
    pairs = (itertools.product(group, group) for group in groups.values())
    truth = {(a, b) for a, b in itertools.chain.from_iterable(pairs) if a.startswith("a:") and b.startswith("b:")}
    return attrs.evolve(task, truth=frozenset(truth))


def _rows(path: Path) -> Iterable[Mapping[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


def _profile(row: Mapping[str, str], side: str, *, aliases: bool) -> Profile:
    address = PostalAddress(
        street=row.get("street") or row.get("address") or None,
        city=row.get("city") or None,
        region=row.get("state") or None,
        postcode=row.get("postcode") or None,
        country=row.get("country") or None,
    )
    said = any(getattr(address, part) for part in ("street", "city", "region", "postcode", "country"))
    return Profile(
        key=f"{side}:{row['id']}",
        source=side,
        name=row["name"],
        aliases=tuple(filter(None, row.get("alias", "").split("; "))) if aliases else (),
        addresses=(address,) if said else (),
        websites=(row.get("website", "") or "",),
        phones=(row.get("phone", "") or "",),
        emails=(row.get("email", "") or "",),
        people=(Person(name=row["contact"]),) if row.get("contact") else (),
    )


def prepare(task: Task) -> Prepared:
    """Find the candidates of a task and compare them."""
    records = read_records(task.profiles)
    low, high = find_candidates(records, strangers=True)
    across = records.source[low] != records.source[high]
    left, right = low[across], high[across]
    keys = [profile.key for profile in records.profiles]
    truth = np.array(
        [(keys[a], keys[b]) in task.truth for a, b in zip(left.tolist(), right.tolist(), strict=True)], float
    )
    return Prepared(
        task=task,
        records=records,
        left=left,
        right=right,
        name_matrix=name_features(records.names, records.lexicon, records.first_name[left], records.first_name[right]),
        field_matrix=field_features(records.columns, left, right),
        truth=truth,
        fold=_folds(keys, task.truth),
        differences=differences(
            records.names, records.lexicon, records.source, records.first_name[left], records.first_name[right]
        ),
        within=(low[~across], high[~across]),
        twins=_twins(keys, task.truth),
    )


def circumstances(task: Prepared, base: npt.NDArray[np.float64]) -> npt.NDArray[np.int8]:
    """The circumstances of every candidate of a task, one row a pair, one column for each of CIRCUMSTANCES.

    Args:
        task: the task.
        base: log-odds by which pairs lead in their lists.
    """
    source = task.records.source
    best = leading(task.left, task.right, base, source)
    habits = np.zeros(base.size, np.int8)
    habits[best] = likewise(task.differences.at(best), task.left[best], task.right[best], source)
    names = name_circumstances(columns_of(NAME_FEATURES, task.name_matrix))
    fields = field_circumstances(columns_of(FIELD_FEATURES, task.field_matrix))
    return with_habits(np.c_[names, fields], habits)


def _folds(keys: list[str], truth: frozenset[tuple[str, str]]) -> npt.NDArray[np.int64]:
    return np.array([zlib.crc32(leader.encode()) % FOLDS for leader in leaders(keys, truth)], np.int64)


def _twins(keys: list[str], truth: frozenset[tuple[str, str]]) -> npt.NDArray[np.int64]:
    _, group = np.unique(leaders(keys, truth), return_inverse=True)
    return group.astype(np.int64)


def leaders(keys: list[str], truth: frozenset[tuple[str, str]]) -> list[str]:
    """For each key the first key of its business, by the truth."""
    leader = {key: key for key in keys}

    def find(key: str) -> str:
        while leader[key] != key:
            key = leader[key]
        return key

    for one, other in sorted(truth):
        first, second = sorted((find(one), find(other)))
        leader[second] = first
    return [find(key) for key in keys]
