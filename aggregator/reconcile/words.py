"""Numbers in sentences."""

from __future__ import annotations


def counted(number: int, what: str) -> str:
    """Return a number with what is counted, which ends in an s unless it is one: "1 pair", "2,000 pairs"."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
