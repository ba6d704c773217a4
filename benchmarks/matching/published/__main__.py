"""Fetch, build and measure: `python -m benchmarks.matching.published [SET ...] [--build-only] [--cap SECONDS]`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

from benchmarks.matching import accuracy, tables
from benchmarks.matching.published.building import SETS, build
from benchmarks.matching.published.fetching import ROOT, CannotFetchError
from benchmarks.matching.published.joining import Lists
from benchmarks.matching.published.sources import SOURCES, Source
from benchmarks.matching.registry import OURS, TOOLS

OUT = ROOT / "out"
COMPARED = (OURS, "rapidfuzz token_sort", "3-gram cosine")


def main() -> None:
    """Build what the arguments ask for, measure it, and print both."""
    options = _arguments()
    chosen = [source for source in SOURCES if not options.sets or source.name in options.sets]
    try:
        built = build(chosen)
    except CannotFetchError as error:
        sys.exit(f"{error}\nThe lists come by pip and npm, once; nothing of them is in this repository.")
    print(f"In {SETS}:\n\n" + _contents(chosen, built) + "\n", flush=True)
    if not options.build_only:
        rows = _measured(list(built), options.cap)
        print(_figures(rows) + "\n\n" + tables.ours(rows) + "\n\n" + tables.failures(rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching.published", description="Published lists.")
    parser.add_argument("sets", nargs="*", metavar="SET", help="sets by name; all by default")
    parser.add_argument("--build-only", action="store_true", help="write the sets, and measure nothing")
    parser.add_argument("--cap", type=float, default=600, help="seconds after which a tool is ended")
    options = parser.parse_args()
    if unknown := set(options.sets) - {source.name for source in SOURCES}:
        parser.error(f"no such set: {', '.join(sorted(unknown))}; there are {', '.join(one.name for one in SOURCES)}")
    return options


def _contents(chosen: Sequence[Source], built: dict[str, Lists]) -> str:
    body = []
    for source in chosen:
        lists = built[source.name]
        kinds = Counter(kind for *_, kind in lists.truth)
        counts = len(lists.left), len(lists.right), len(lists.truth), kinds["equal"], kinds["rename"] + kinds["script"]
        group = "kept" if source.kept else "dev"
        body.append([source.name, group, source.joined_by, *(f"{count:,}" for count in counts)])
    return tables.table(["set", "group", "joined by", "a", "b", "true pairs", "equal", "no word in common"], body)


def _measured(names: Sequence[str], cap: float) -> list[dict[str, Any]]:
    rows = []
    for name in names:
        for tool in TOOLS:
            if tool.name in COMPARED:
                rows.append({**accuracy.measure(tool, SETS / name, OUT, cap=cap), "in_sample": False})
                print(f"{tool.name} on {name}: done", file=sys.stderr)
    return rows


def _figures(rows: Sequence[dict[str, Any]]) -> str:
    """F1 as the comparison of all matchers gives it, but with a row a set: there are too many for columns."""
    turned = [{**row, "tool": row["set"], "set": row["tool"]} for row in rows]
    return tables.accuracy(turned)


if __name__ == "__main__":
    main()
