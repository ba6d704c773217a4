"""The report of 20,000 partners: how long it takes to write, how large it is, and how soon a person sees something.

The first paint and the review are in seconds, since a person waits for them; the rest is there to compare with.
"""

from __future__ import annotations

import csv
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from aggregator.garbage import without_garbage_collection
from aggregator.reconcile import Reconciliation, reconcile
from aggregator.reconcile.sources import open_sources
from aggregator.report import write_report
from aggregator.report.folder import keep_for_review
from aggregator.report.review.session import Session
from aggregator.sandbox import World
from aggregator.snapshot import Snapshot

PARTNERS = 20_000
ANSWERS = 20
LOADS = 5
COLUMNS = ("id", "name", "website", "phone", "email", "account number", "status")


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long something took."""
    begun = perf_counter()
    yield
    print(f"  {what:<42}{perf_counter() - begun:8.2f} s")


def tables(world: World, folder: Path) -> list[Path]:
    """Write each platform's records as a table."""
    paths = []
    for platform, records in world.records.items():
        paths.append(folder / f"{platform}.csv")
        with paths[-1].open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(
                (one.native_id, one.name, one.website, one.phone, one.email, one.account_number, one.status)
                for one in records
            )
    return paths


def written(taken: Snapshot, folder: Path) -> Reconciliation:
    """Reconcile and write the report."""
    with without_garbage_collection():
        with timed("reconciling"):
            result = reconcile(taken)
        with timed("writing the report"):
            write_report(result, folder)
        with timed("keeping what a review needs"):
            keep_for_review(folder, taken, result, decisions=(), policy=None)
    return result


def looked_at(page: Path) -> None:
    """Open the page in Chromium, some times over."""
    from playwright.sync_api import sync_playwright

    paints, readies = [], []
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=which("chromium"), args=["--headless", "--no-sandbox"])
        for _ in range(LOADS):
            opened: Any = browser.new_context().new_page()
            begun = perf_counter()
            opened.goto(page.as_uri())
            opened.wait_for_selector("html[data-ready=yes]", timeout=60_000)
            readies.append(perf_counter() - begun)
            paints.append(opened.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000)
            opened.close()
        browser.close()
    print(f"  {'first paint':<42}{statistics.median(paints):8.2f} s")
    print(f"  {'until it can be searched':<42}{statistics.median(readies):8.2f} s")


def reviewed(folder: Path) -> None:
    """Open a review and answer."""
    with timed("opening a review"):
        session = Session(folder, by="benchmark")
    took = []
    for number in range(ANSWERS):
        question = session.state()["question"]
        begun = perf_counter()
        session.answer(question["left"]["key"], question["right"]["key"], ("yes", "no")[number % 2])
        session.state()
        took.append(perf_counter() - begun)
    print(f"  {'an answer, with its effect':<42}{statistics.median(took):8.2f} s")


def main() -> None:
    """Print the figures."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        taken = open_sources(tables(World.generate(PARTNERS, 1), folder), ()).read().snapshot
        print(f"report of a world of {PARTNERS:,} businesses")
        result = written(taken, folder / "report")
        pairs = f"{len(result.matches):,} matches, {len(result.review):,} pairs to review"
        print(f"  {len(result.partners):,} partners, {pairs}, all with their evidence")
        for path in sorted((folder / "report").glob("*.*")):
            print(f"  {path.name:<42}{path.stat().st_size / 1e6:8.1f} MB")
        if which("chromium"):
            looked_at(folder / "report" / "index.html")
        reviewed(folder / "report")


if __name__ == "__main__":
    main()
