"""goldenmatch as it configures itself; where it gives no pairs at all, a fuzzy match of the names at .6."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

os.environ.setdefault("GOLDENMATCH_TELEMETRY", "0")

import goldenmatch
from pairs_io import read_sides, write_pairs


def _rows(result: Any) -> list[Mapping[str, Any]]:
    matched = result.matched
    return [] if matched is None else list(getattr(matched, "to_pylist", getattr(matched, "to_dicts", list))())


def main() -> None:
    """Match both files, and write what it linked."""
    read_sides()
    fuzzy = len(sys.argv) > 4 and sys.argv[4] == "fuzzy"
    options: dict[str, Any] = {"fuzzy": {"name": 0.6}} if fuzzy else {}
    rows = _rows(goldenmatch.match(sys.argv[1], sys.argv[2], **options))
    if rows:
        print("goldenmatch: columns", ", ".join(rows[0]), file=sys.stderr)
    write_pairs((str(row["target_id"]), str(row["ref_id"]), float(row["__match_score__"])) for row in rows)


if __name__ == "__main__":
    main()
