"""On a narrow terminal tables leave out what can be missed, and never what they are there for."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from aggregator.cli import coverage, vendors
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
