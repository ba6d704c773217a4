"""The page on the sandbox names everything that can be switched."""

from __future__ import annotations

from pathlib import Path

from aggregator.sandbox import installed_vendors
from aggregator.sandbox.faults import describe

PAGE = Path(__file__).parents[2] / "docs" / "sandbox.md"


def test_every_fault_and_option_is_on_the_page() -> None:
    """Each row that help texts show is a row of the page's tables, with the same words."""
    page = PAGE.read_text(encoding="utf-8")
    for written, summary, default in describe(installed_vendors()):
        row = f"| `{written.replace('|', ' or ')}` | {summary} |"
        assert (f"{row} {default} |" if ":" in written else row) in page, written
