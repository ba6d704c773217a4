"""Crux Connect's words for what things are and how far they have come; its word on the left, ours on the right."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from aggregator.adapter.steps import DriftCount
from aggregator.model.status import ConnectionStatus, LineItemStatus, OrderStatus, OrganizationStatus, Role

T = TypeVar("T")

_LONGEST_WORD = 60  # characters of an unknown word that are counted by; the whole of it stays in the record

CONNECTION_STATUS: Mapping[str, ConnectionStatus] = {
    "confirmationwaiting": ConnectionStatus.PENDING,  # "CONFIRMATION WAITING", with a blank
    "active": ConnectionStatus.ACTIVE,
    "deactivated": ConnectionStatus.ENDED,
}
ORGANIZATION_STATUS: Mapping[str, OrganizationStatus] = {
    "pending": OrganizationStatus.PENDING,
    "active": OrganizationStatus.ACTIVE,
    "deactivated": OrganizationStatus.DEACTIVATED,
}
ORGANIZATION_TYPE: Mapping[str, Role] = {
    "retailer": Role.RETAILER,
    "supplier": Role.SUPPLIER,
}
ORDER_STATUS: Mapping[str, OrderStatus] = {
    "new": OrderStatus.NEW,
    "pending": OrderStatus.PENDING,
    "complete": OrderStatus.COMPLETE,
    "cancelled": OrderStatus.CANCELLED,
}
# "HasTracking" in lists and in all later documents, "has_tracking" in the oldest detail; only that one has "delivered",
# and only filters have "Partial" and "NeedsTracking".
LINE_ITEM_STATUS: Mapping[str, LineItemStatus] = {
    "unallocated": LineItemStatus.UNALLOCATED,
    "partial": LineItemStatus.PARTIAL,
    "allocated": LineItemStatus.ALLOCATED,
    "rejected": LineItemStatus.REJECTED,
    "needstracking": LineItemStatus.NEEDS_TRACKING,
    "hastracking": LineItemStatus.HAS_TRACKING,
    "backordered": LineItemStatus.BACKORDERED,
    "cancelled": LineItemStatus.CANCELLED,
    "delivered": LineItemStatus.DELIVERED,
}


@lru_cache(maxsize=256)
def fold(word: str) -> str:
    """Return a word without what only tells spellings apart: case, blanks and underscores."""
    return word.replace("_", "").replace(" ", "").casefold()


def understand(word: str | None, words: Mapping[str, T], drift: DriftCount, *, field: str) -> T | None:
    """Return what a word of Crux means; None if there is none, or if it is unknown, which is counted.

    Args:
        word: The word as it came.
        words: What each folded word means.
        drift: Where unknown words are counted.
        field: The field's name, for the count.
    """
    if not word:
        return None
    meaning = words.get(fold(word))
    if meaning is None and not word.isspace():
        drift.unknown_values[f"{field}={word[:_LONGEST_WORD]}"] += 1
    return meaning
