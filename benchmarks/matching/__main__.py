"""Run the comparison: `python -m benchmarks.matching FOLDER [--sizes 10000 100000] [--tools ...] [--json FILE]`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.matching import accuracy, cross_validated, speed, tables, world
from benchmarks.matching.environments import CannotInstallError, versions_of
from benchmarks.matching.registry import OURS, TOOLS, Tool

OUT = Path(__file__).parents[2] / ".benchmarks" / "out"


def main() -> None:
    """Measure what the arguments ask for, and print it."""
    options = _arguments()
    chosen = [tool for tool in TOOLS if not options.tools or any(name in tool.name for name in options.tools)]
    found: dict[str, Any] = {"versions": _versions(chosen), "machine": _machine()}
    print(found["machine"], "\n" + tables.notes(chosen, found["versions"]), "\n", flush=True)
    if options.folder:
        found["accuracy"] = _accuracy(chosen, options)
    if options.world:
        found["world"] = world.measure(OUT / "world", OUT, partners=options.world, seed=1, cap=options.cap)
        print("The sandbox's world, by our command\n\n" + tables.world(found["world"]) + "\n", flush=True)
    found["speed"] = [row for size in options.sizes for row in _speed(chosen, size, options.cap)]
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description="Matchers side by side.")
    parser.add_argument(
        "folder", type=Path, nargs="?", help="labelled sets: SET/a.csv, b.csv, truth.csv; name_pairs/pairs.csv"
    )
    parser.add_argument("--sizes", type=int, nargs="*", default=[], help="rows of each synthetic list to time on")
    parser.add_argument("--tools", nargs="*", help="only tools whose name holds one of these; all by default")
    parser.add_argument("--trained-on", nargs="*", default=[], help="sets that ours was trained on; marked with *")
    parser.add_argument(
        "--cross-validate", action="store_true", help="train ours anew without what it is judged on; takes minutes"
    )
    parser.add_argument("--world", type=int, default=2000, help="businesses of the sandbox's world; 0 leaves it out")
    parser.add_argument("--cap", type=float, default=600, help="seconds after which a tool is ended")
    parser.add_argument("--json", type=Path, help="a file for all figures")
    return parser.parse_args()


def _accuracy(chosen: list[Tool], options: argparse.Namespace) -> list[dict[str, Any]]:
    places = accuracy.sets_of(options.folder)
    if options.world:
        world.write_world(OUT / "world", options.world, 1)
        places.append(OUT / "world" / "crux-fabric")
    rows = []
    for place in places:
        for tool in chosen:
            if tool.timed_only:
                continue
            row = accuracy.measure(tool, place, OUT, cap=options.cap)
            rows.append({**row, "in_sample": tool.name == OURS and place.name in options.trained_on})
            print(f"{tool.name} on {place.name}: done", file=sys.stderr)
    if options.cross_validate:
        rows += cross_validated.measure(options.folder, [place.name for place in places])
    print("One best link per record of a. The figure in brackets, at the threshold that suits the set best, flatters:")
    print(
        "nobody knows that threshold beforehand.",
        "* trained on this very set, so it flatters." if options.trained_on else "",
    )
    print("\n" + tables.accuracy(rows) + "\n\n" + tables.ours(rows) + "\n\n" + tables.failures(rows) + "\n", flush=True)
    return rows


def _speed(chosen: list[Tool], size: int, cap: float) -> list[dict[str, Any]]:
    rows = speed.measure(chosen, size, OUT, cap=cap)
    print(tables.speed(rows) + "\n\n" + tables.failures(rows) + "\n", flush=True)
    return rows


def _versions(chosen: list[Tool]) -> dict[str, str]:
    found = {}
    for tool in chosen:
        try:
            found[tool.name] = versions_of(tool)
        except CannotInstallError as error:
            found[tool.name] = f"cannot be installed here: {error}"
    return found


def _machine() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
