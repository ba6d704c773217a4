"""Published sets are written where the matchers read them, and those kept apart teach nothing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from benchmarks.matching.published import building
from benchmarks.matching.published.building import build
from benchmarks.matching.published.joining import Lists
from benchmarks.matching.published.records import Record, Sides
from benchmarks.matching.published.sources import SOURCES, Source
from tools import training_tasks
from tools.matcher_tasks import read_task


def _makers() -> Sides:
    left = [Record(f"k{number}", f"Maker {number} Works") for number in range(20)]
    return left, [Record(one.key, f"{one.name} Limited") for one in left]


def test_a_set_that_is_built_is_read_as_a_task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written of a source has the records and the true pairs that were joined."""
    monkeypatch.setattr(building, "SETS", tmp_path)
    lists = build([Source("makers", kept=False, joined_by="number", alike_only=True, read=_makers)])["makers"]
    task = read_task(tmp_path / "makers")
    assert len(task.profiles) == len(lists.left) + len(lists.right)
    assert task.truth == {(f"a:{left}", f"b:{right}") for left, right, _ in lists.truth}
    assert task.truth


def test_lists_that_are_kept_apart_never_teach(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the published lists only those are asked for in training whose errors may be read."""
    asked: list[Source] = []

    def nothing(chosen: Iterable[Source]) -> dict[str, Lists]:
        asked.extend(chosen)
        return {}

    monkeypatch.setattr(training_tasks, "build", nothing)
    training_tasks.published_tasks.cache_clear()
    try:
        assert training_tasks.published_tasks() == ()
    finally:
        training_tasks.published_tasks.cache_clear()
    assert {one.name for one in asked} == {one.name for one in SOURCES if not one.kept}
    assert len(asked) < len(SOURCES)
