"""How long each matcher takes and how much memory, on the same synthetic lists, start-up and reading included."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.matching import figures
from benchmarks.matching.environments import CannotInstallError
from benchmarks.matching.lists import write_lists
from benchmarks.matching.registry import Tool
from benchmarks.matching.running import link

MIB = 1024 * 1024
BASES = ("3-gram cosine", "Splink")


def measure(tools: list[Tool], size: int, out: Path, *, cap: float, seed: int = 1) -> list[dict[str, Any]]:
    """Time every tool that is not left out at this size, and put the ratios to the bases beside."""
    folder = write_lists(out / f"lists-{size}-{seed}", size, seed)
    truth = figures.read_truth(folder / "truth.csv")
    rows = [_timed(tool, size, folder, truth, out, cap=cap) for tool in tools if size <= tool.largest]
    longer = [tool for tool in tools if tool.sample and size > tool.largest]
    rows += [_sampled(tool, size, folder, truth, out, cap=cap) for tool in longer]
    seconds = {row["tool"]: row["seconds"] for row in rows if "failure" not in row}
    for row in rows:
        row["ratios"] = {
            base: row["seconds"] / seconds[base] for base in BASES if base in seconds and row["tool"] in seconds
        }
    return rows


def _timed(tool: Tool, size: int, folder: Path, truth: figures.Truth, out: Path, *, cap: float) -> dict[str, Any]:
    head: dict[str, Any] = {"tool": tool.name, "size": size}
    print(f"{tool.name} on the {size:,} rows of {folder.name}", file=sys.stderr)
    try:
        outcome = link(tool, folder, out / f"{tool.name} {size}.csv".replace(" ", "-"), cap=cap)
    except CannotInstallError as error:
        return {**head, "failure": f"cannot be installed here: {error}"}
    run = outcome.run
    head |= {"seconds": run.seconds, "processor_seconds": run.processor, "peak_mib": run.peak / MIB}
    if outcome.run.failure:
        return {**head, "failure": outcome.run.failure}
    ordered = figures.one_best(outcome.links)
    return {
        **head,
        "f1_best": figures.best_f1(ordered, truth).f1,
        "f1_default": figures.f1_at(ordered, truth, tool.threshold),
    }


def _sampled(tool: Tool, size: int, folder: Path, truth: figures.Truth, out: Path, *, cap: float) -> dict[str, Any]:
    """Run a tool on a sample of the left list and on half of it; what the other half took, every further row takes."""
    half = _timed(tool, size, *_sample(folder, truth, tool.sample // 2), out, cap=cap)
    found = _timed(tool, size, *_sample(folder, truth, tool.sample), out, cap=cap)
    if "failure" in half or "failure" in found:
        return half if "failure" in half else found
    times = (size - tool.sample) / (tool.sample - tool.sample // 2)
    for cost in ("seconds", "processor_seconds"):
        found[cost] += times * (found[cost] - half[cost])
    return {**found, "sample": tool.sample}


def _sample(folder: Path, truth: figures.Truth, rows: int) -> tuple[Path, figures.Truth]:
    """The lists again, of the left one so many rows drawn by chance, and what is true of them."""
    place = folder.with_name(f"{folder.name}-of-{rows}")
    place.mkdir(exist_ok=True)
    (place / "b.csv").write_bytes((folder / "b.csv").read_bytes())
    with (folder / "a.csv").open(encoding="utf-8", newline="") as stream:
        heading, *every = csv.reader(stream)
    drawn = Random(rows).sample(every, rows)
    with (place / "a.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([heading, *drawn])
    ids = {row[0] for row in drawn}
    return place, frozenset(pair for pair in truth if pair[0] in ids)
