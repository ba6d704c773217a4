"""Labelled sets on disk, as `python -m benchmarks.matching FOLDER` takes them; the same bytes each time."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.matching.published.joining import Business, Lists


def write(folder: Path, lists: Lists) -> None:
    """Write a.csv, b.csv and truth.csv (a_id, b_id, kind) into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for letter, side in (("a", lists.left), ("b", lists.right)):
        headings = list(dict.fromkeys(heading for _, one in side for heading, _ in one.row.columns))
        _table(folder / f"{letter}.csv", ["id", "name", *headings], (_row(identifier, one) for identifier, one in side))
    _table(folder / "truth.csv", ["a_id", "b_id", "kind"], lists.truth)


def _row(identifier: str, business: Business) -> list[str]:
    return [" ".join(cell.split()) for cell in (identifier, business.row.name, *dict(business.row.columns).values())]


def _table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(headings)
        writer.writerows(rows)
