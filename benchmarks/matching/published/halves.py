"""A published list in halves that have no key in common, so that two sets which take it share no business by key."""

from __future__ import annotations

from hashlib import sha256


def in_half(key: str, half: int) -> bool:
    """Whether a key is of the half 0 or 1; half of them are, whatever the list."""
    return sha256(key.encode()).digest()[0] % 2 == half
