"""On a narrow terminal tables leave out what can be missed, and never what they are there for."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest
from rich.cells import cell_len
from rich.console import Console

from aggregator.cli import coverage, vendors
from aggregator.cli.terminal import make_workable
from aggregator.snapshot import Snapshot
from tests.reconcile.making import connection, listing, snapshot

WIDTHS = pytest.mark.parametrize("width", [26, 40, 60, 80, 240])


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, width: int) -> io.StringIO:
    """What a terminal of the width shows."""
    shown = io.StringIO()
    console = Console(file=shown, width=width, highlight=False, markup=False, emoji=False, legacy_windows=False)
    for module in (coverage, vendors):
        monkeypatch.setattr(module, "output", lambda: console)
    return shown


def table(shown: io.StringIO, width: int) -> str:
    """The table that stands first."""
    (lines, _, _) = shown.getvalue().partition("\n\n")
    assert max(map(cell_len, lines.splitlines())) <= width
    return lines


def taken() -> Snapshot:
    """Two lists, of which one is not whole."""
    return snapshot(
        listing(connection("Zebra Foods", "1", account="our-longest-name"), account="our-longest-name"),
        listing(vendor="fabric", account="drop", complete=False),
    )


@WIDTHS
def test_whether_a_list_is_whole_is_never_left_out(printed: io.StringIO, width: int) -> None:
    """Nor how many records there are; where there is room, nothing is left out."""
    coverage.print_coverage(taken())
    first = [line for line in printed.getvalue().splitlines() if "! " not in line]
    assert max(map(cell_len, first)) <= width
    heading, *rows = first
    said = [row.split() for row in rows if row.rstrip().endswith(("yes", "NO"))]
    assert [row[-1] for row in said] == ["yes", "NO"]
    assert {"listing", "records", "complete"} <= set(heading.split())
    assert "…" not in printed.getvalue()
    if width > 80:
        assert heading.split() == ["listing", "records", "declared", "pages", "walks", "complete"]


@WIDTHS
def test_what_platforms_can_do_is_named(printed: io.StringIO, width: int) -> None:
    """Every capability, and every platform, whole or folded between words."""
    vendors.vendors()
    shown = table(printed, width)
    assert "…" not in shown
    for word in ("connections", "Commerce", "Crux", "Dropship", "yes", "no"):
        assert word in shown


@pytest.mark.parametrize(
    ("said", "taken"),
    [("0", None), ("1", "20"), ("019", "20"), ("20", "20"), ("9999", "9999"), ("²", None), ("9" * 5000, None)],
)
def test_a_size_that_cannot_be_is_not_believed(monkeypatch: pytest.MonkeyPatch, said: str, taken: str | None) -> None:
    """Whatever prints would end in a fault, or never."""
    monkeypatch.setenv("COLUMNS", said)
    make_workable()
    assert os.environ.get("COLUMNS") == taken


@pytest.mark.parametrize("said", ["0", "1", "2"])
def test_help_is_printed_however_narrow_a_terminal_says_it_is(said: str) -> None:
    """It folds what it says until it fits, and in two columns nothing would."""
    command = [sys.executable, "-m", "aggregator.cli", "reconcile", "--help"]
    done = subprocess.run(
        command, capture_output=True, check=False, timeout=30, env={**os.environ, "COLUMNS": said, "TERM": "xterm"}
    )
    assert done.returncode == 0
    assert b"--matches" in done.stdout
