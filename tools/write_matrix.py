"""Writes docs/adapters/matrix.md from the adapters' own declarations."""

from __future__ import annotations

from pathlib import Path

from aggregator.cli.vendors import as_markdown, installed

PAGE = Path(__file__).parent.parent / "docs" / "adapters" / "matrix.md"

HEAD = """# What each platform can do

Generated from the adapters' declarations by `python -m tools.write_matrix`; a test holds it to them. `?` means that no
document says, and nobody has tried.
"""


def page() -> str:
    """Return the page as it should be."""
    return f"{HEAD}\n{as_markdown(installed())}\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
