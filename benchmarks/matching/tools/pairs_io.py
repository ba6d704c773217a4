"""Reading two lists and writing scored pairs, with nothing but the standard library."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

Rows = list[dict[str, str]]


def read_sides() -> tuple[Rows, Rows]:
    """Return the rows of both lists that the command line names."""
    return read(sys.argv[1]), read(sys.argv[2])


def read(path: str) -> Rows:
    """Return the rows of a list."""
    with Path(path).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def write_pairs(pairs: Iterable[tuple[str, str, float]]) -> None:
    """Write scored pairs where the command line says."""
    with Path(sys.argv[3]).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("left_id", "right_id", "score"))
        writer.writerows(pairs)
