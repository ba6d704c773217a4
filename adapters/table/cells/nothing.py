"""Words that people and programs write where there is nothing to say."""

from __future__ import annotations

from typing import Final

_NOTHING: Final = frozenset({"-", "--", "n/a", "na", "#n/a", "null", "none", "nan", "unknown", "?"})
"""In small letters; a name or an id may well be such a word."""


def said(cell: str) -> str:
    """Return what a cell says, without blanks around it; empty if it is a word for nothing."""
    bare = cell.strip()
    return "" if bare.casefold() in _NOTHING else bare
