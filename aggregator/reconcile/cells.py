"""Cells of CSV files that cannot become formulas: partner names are anybody's input."""

from __future__ import annotations

from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: one that begins like it gets an apostrophe in front."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def unguarded(cell: str) -> str:
    """Return a cell as it was before `harmless`."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell
