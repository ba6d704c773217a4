"""The address to which payments go: it stands for the partner's where the table says no other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from adapters.table.headings.loosely import loosened
from adapters.table.headings.words import HEADINGS, PAID_AT, written

_ADDRESS: Final = ("street", "street2", "city", "region", "postal_code")
"""What is taken together or not at all: a street of one address and the town of another are no address."""


def with_paid_at(chosen: Mapping[str, int], headings: Sequence[str]) -> dict[str, int]:
    """Return the columns with those of "Remit Address 1", "Pay-To ZIP" and so on, where no other is of an address.

    Args:
        chosen: The column number of each field.
        headings: All headings.
    """
    if any(field in chosen for field in _ADDRESS):
        return dict(chosen)
    found: dict[str, int] = {}
    for at, heading in enumerate(headings):
        field = _part_paid_at(heading)
        if field and at not in chosen.values():
            found.setdefault(field, at)
    return {**found, **chosen} if any(field in found for field in _ADDRESS) else dict(chosen)


def _part_paid_at(heading: str) -> str:
    """Return which part of an address to pay to a heading says; empty if none."""
    text = written(heading)
    if not text.startswith(PAID_AT):
        return ""
    for words in PAID_AT:
        rest = text.removeprefix(f"{words} ")
        known = {rest, loosened(rest)} if rest != text else set()
        found = next((field for field in (*_ADDRESS, "country") if not known.isdisjoint(HEADINGS[field])), "")
        if found:
            return found
    return ""
