"""Running one matcher on one pair of lists, and reading what it found."""

from __future__ import annotations

import sys
from pathlib import Path

import attrs

from benchmarks.matching.environments import python_of
from benchmarks.matching.figures import Link, read_links
from benchmarks.matching.processes import Run, run
from benchmarks.matching.registry import Tool

SCRIPTS = Path(__file__).parent / "tools"


@attrs.frozen
class Outcome:
    """What a matcher made of two lists: the run, and its links, none where it failed."""

    run: Run
    links: list[Link]


def link(tool: Tool, folder: Path, out: Path, *, cap: float) -> Outcome:
    """Have a tool link a.csv and b.csv of a folder; ours through its public command, as a stranger would."""
    sides = [str((folder / name).resolve()) for name in ("a.csv", "b.csv")]
    if tool.script:
        script, *arguments = tool.script
        command = [str(python_of(tool)), str(SCRIPTS / script), *sides, str(out), *arguments]
    else:
        command = [sys.executable, "-m", "aggregator.cli", "reconcile", *sides, "--matches", str(out)]
    return _outcome(command, out, cap=cap)


def score_pairs(tool: Tool, pairs: Path, out: Path, *, cap: float) -> Outcome:
    """Have a tool score single pairs of names."""
    script = str(SCRIPTS / "name_pairs.py")
    return _outcome([str(python_of(tool)), script, str(pairs.resolve()), "-", str(out), tool.pairs], out, cap=cap)


def _outcome(command: list[str], out: Path, *, cap: float) -> Outcome:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.unlink(missing_ok=True)
    done = run(command, cap=cap)
    return Outcome(done, [] if done.failure else read_links(out))
