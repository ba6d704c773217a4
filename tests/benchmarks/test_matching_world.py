"""Errors on the sandbox's world are sliced by what was done to the records."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.matching import figures, tables, world
from benchmarks.matching.figures import Link
from benchmarks.matching.processes import Run
from benchmarks.matching.registry import Tool
from benchmarks.matching.running import Outcome

PARTNERS = 400


def _perfect(tool: Tool, folder: Path, out: Path, *, cap: float) -> Outcome:
    truth = figures.read_truth(folder / "truth.csv")
    return Outcome(Run(1.0, 1.0, 1), [Link(left, right, 1.0, "match") for left, right in sorted(truth)])


def _by_name(tool: Tool, folder: Path, out: Path, *, cap: float) -> Outcome:
    """Join records of the very same name, as a careless matcher would."""
    sides = [_named(folder / name) for name in ("a.csv", "b.csv")]
    shared = sides[0].keys() & sides[1].keys()
    return Outcome(Run(1.0, 1.0, 1), [Link(sides[0][name], sides[1][name], 0.9, "match") for name in sorted(shared)])


def _named(path: Path) -> dict[str, str]:
    rows = path.read_text("utf-8").splitlines()[1:]
    return {name: identifier for identifier, name in (row.split(",")[:2] for row in rows)}


def test_a_perfect_matcher_has_no_errors_of_any_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every slice is joined whole, nothing is wrong, and the slices hold what the records say was done to them."""
    monkeypatch.setattr(world, "link", _perfect)
    found = world.measure(tmp_path, tmp_path, partners=PARTNERS, seed=3, cap=1)
    assert found["all"]["precision"] == found["all"]["recall"] == found["with_domains"]["recall_at_99"] == 1
    assert {"typo", "legal-form", "alias", "region-suffix", "shared-domain", "duplicate"} <= found["by_cause"].keys()
    assert all(one["joined"] == 1 for one in found["by_cause"].values())
    assert not found["false_matches"]["examples"]


def test_a_careless_matcher_is_found_out_by_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names that were changed are not joined by equality, so their causes show; unchanged ones are."""
    monkeypatch.setattr(world, "link", _by_name)
    found = world.measure(tmp_path, tmp_path, partners=PARTNERS, seed=3, cap=1)
    assert found["by_cause"]["typo"]["joined"] < 0.2 < found["all"]["recall"] < 0.8
    assert "| typo" in tables.world(found)


def test_the_lists_hold_nothing_that_tells_the_truth(tmp_path: Path) -> None:
    """A matcher sees what a partner list has: no business id, no causes, no mark of a duplicate."""
    world.write_world(tmp_path, 20, 1)
    heading = (tmp_path / "crux-fabric" / "a.csv").read_text("utf-8").splitlines()[0]
    assert heading == "id,name,website,phone,email,contact,account_number"
