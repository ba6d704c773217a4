"""Searches what every test leaves behind for the credentials it used, by value, and fails it on a hit.

Looked at: log lines of all levels, standard output and error, warnings, the failure's own text, and each record-keeping
file (snapshots, reports, cassettes) below the test's folder. Credentials: every `Secret` that was made meanwhile.

None may be too short to be told from an innocent word: a test that uses a shorter one fails, unless it is marked with
odd_credentials. Values of less than four characters are no credentials to the library either, and are not masked.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from aggregator import secret

SHORTEST = 12

_KEPT = frozenset({".json", ".jsonl", ".csv", ".html", ".yaml", ".xml", ".md"})
_LARGEST_FILE = 20_000_000


def texts_of(item: pytest.Item, report: pytest.TestReport) -> Iterator[tuple[str, str]]:
    """Yield where something was written, and what."""
    yield from report.sections
    if report.longrepr is not None:
        yield "the failure", str(report.longrepr)
    folder = getattr(item, "funcargs", {}).get("tmp_path")
    if isinstance(folder, Path):
        for path in folder.rglob("*"):
            if path.suffix in _KEPT and path.is_file() and path.stat().st_size < _LARGEST_FILE:
                yield str(path.relative_to(folder)), path.read_text("utf-8", "replace")


def hits(item: pytest.Item, report: pytest.TestReport, credentials: set[str]) -> list[str]:
    """Return where a credential stands in the clear; the credential itself is not told."""
    return [where for where, text in texts_of(item, report) if any(one in text for one in credentials)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that let a credential out."""
    report = yield
    if call.when != "call" or item.get_closest_marker("prints_secrets") is not None:
        return report
    credentials = {one for one in secret._known if len(one) >= SHORTEST}
    if found := hits(item, report, credentials):
        report.outcome = "failed"
        report.longrepr = f"A credential stands in the clear in: {', '.join(found)}"
    elif report.passed and set(secret._known) - credentials and item.get_closest_marker("odd_credentials") is None:
        report.outcome = "failed"
        report.longrepr = f"A credential of this test is shorter than {SHORTEST} characters, and was not searched for."
    return report
