"""Numbers and times in sentences."""

from __future__ import annotations

from datetime import UTC, datetime


def counted(number: int, what: str) -> str:
    """Return a number with what is counted, which ends in an s unless it is one: "1 pair", "2,000 pairs"."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def nothing_disagrees(forgiven: int) -> str:
    """Say that nothing disagrees, or nothing but the findings that the policy forgives; without a full stop."""
    return f"Nothing disagrees{' but what the policy forgives' if forgiven else ''}"


def told_forgiven(forgiven: int) -> str:
    """Say how many findings the policy forgives."""
    return f"The policy forgives {counted(forgiven, 'finding')}."


def as_of(moment: datetime) -> str:
    """Return in words when something was so, for who reads an old result must see it: "As of 2026-01-15 12:00 UTC"."""
    return f"As of {minute(moment)}"


def minute(moment: datetime) -> str:
    """Return a time in words: "2026-01-15 12:00 UTC"."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
