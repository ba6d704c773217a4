"""How right each matcher is on labelled sets, all in one run."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from benchmarks.matching import figures
from benchmarks.matching.environments import CannotInstallError
from benchmarks.matching.figures import Link, Truth
from benchmarks.matching.registry import OURS, Tool
from benchmarks.matching.running import Outcome, link, score_pairs

PAIRS = "name_pairs"


def sets_of(folder: Path) -> list[Path]:
    """The labelled sets of a folder: those with a truth.csv, and the single pairs last."""
    found = sorted(place for place in folder.iterdir() if (place / "truth.csv").exists())
    return [*found, folder / PAIRS] if (folder / PAIRS / "pairs.csv").exists() else found


def measure(tool: Tool, place: Path, out: Path, *, cap: float) -> dict[str, Any]:
    """The figures of one tool on one set, or why there are none."""
    try:
        return _measured(tool, place, out / f"{tool.name} {place.name}.csv".replace(" ", "-"), cap=cap)
    except CannotInstallError as error:
        return {"tool": tool.name, "set": place.name, "failure": f"cannot be installed here: {error}"}


def _measured(tool: Tool, place: Path, out: Path, *, cap: float) -> dict[str, Any]:
    head = {"tool": tool.name, "set": place.name}
    single = (place / "pairs.csv").exists()
    if single and not tool.pairs:
        return {**head, "failure": "needs lists, and does not score single pairs"}
    outcome: Outcome = (
        score_pairs(tool, place / "pairs.csv", out, cap=cap) if single else link(tool, place, out, cap=cap)
    )
    if outcome.run.failure:
        return {**head, "failure": outcome.run.failure}
    truth = _verdicts(place / "pairs.csv") if single else figures.read_truth(place / "truth.csv")
    found = {**head, "seconds": round(outcome.run.seconds, 1), **at_thresholds(outcome.links, truth, tool.threshold)}
    if tool.name == OURS and not single:
        found |= ours_alone(outcome.links, truth, _rows(place / "a.csv"))
    return found


def at_thresholds(links: list[Link], truth: Truth, default: float) -> dict[str, Any]:
    """F1 at the shipped threshold and at the best one."""
    ordered = figures.one_best(links)
    best = figures.best_f1(ordered, truth)
    return {
        "f1_default": figures.f1_at(ordered, truth, default),
        "default": default,
        "f1_best": best.f1,
        "best_threshold": best.threshold,
    }


def ours_alone(links: list[Link], truth: Truth, rows: int) -> dict[str, Any]:
    """What only a matcher that decides and is calibrated can be asked."""
    joined = figures.accepted(links)
    return {
        "calibration_error": figures.calibration_error(links, truth),
        "match_precision": figures.precision(joined, truth),
        "match_coverage": figures.covered(joined, truth),
        "recall_reviewed": figures.reviewed(links, truth, rows),
        "true_pairs_scored": figures.kept(links, truth),
        "pairs_written": len(links),
    }


def _verdicts(path: Path) -> Truth:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return frozenset((str(place), str(place)) for place, row in enumerate(rows) if row["is_match"] == "True")


def _rows(path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return sum(1 for _ in csv.DictReader(stream))
