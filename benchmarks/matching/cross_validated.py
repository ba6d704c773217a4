"""Our figures on the sets that our matcher was trained on, from models that were not trained on the pairs judged."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

NAMES = {"entity": "ours, fifths held out", "list": "ours, set held out"}
ROOT = Path(__file__).parents[2]

# entity  patent_assignees            kept 0.981  F1@.5 0.851  best 0.855 at 0.46  ECE 0.02  match right 0.98 covers 0.7
_LINE = re.compile(
    r"^(?P<way>entity|list)\s+(?P<set>\S+)\s+kept (?P<kept>\S+)\s+"
    r"F1@\.5 (?P<half>\S+)\s+best (?P<best>\S+) at (?P<at>\S+)\s+"
    r"ECE (?P<error>\S+)\s+match right (?P<right>\S+) covers (?P<covered>\S+)"
)


def measure(folder: Path, sets: list[str]) -> list[dict[str, Any]]:
    """Train and judge with `tools/evaluate_matcher.py`, which takes minutes, and return its figures of these sets."""
    command = [sys.executable, "-m", "tools.evaluate_matcher", str(folder.resolve())]
    said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    return parse(said, sets)


def parse(said: str, sets: list[str]) -> list[dict[str, Any]]:
    """Read the lines of `tools/evaluate_matcher.py`."""
    found = [match for line in said.splitlines() if (match := _LINE.match(line))]
    return [
        {
            "tool": NAMES[one["way"]],
            "set": one["set"],
            "in_sample": False,
            "f1_default": float(one["half"]),
            "default": 0.5,
            "f1_best": float(one["best"]),
            "best_threshold": float(one["at"]),
            "true_pairs_scored": float(one["kept"]),
            "calibration_error": float(one["error"]),
            "match_precision": float(one["right"]),
            "match_coverage": float(one["covered"]),
        }
        for one in found
        if one["set"] in sets
    ]
