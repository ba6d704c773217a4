"""How alive a connection is, in numbers that mean the same on every platform."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from attrs import field, frozen

WINDOWS: Final = (7, 30, 90)
"""The spans, in days, for which orders are counted."""

_COUNTED_DAYS: Final = {
    "orders_last_7_days": 7,
    "orders_last_30_days": 30,
    "orders_last_90_days": 90,
    "proposals_received_last_7_days": 7,
}
NUMBERS: Final = (
    "orders_last_7_days",
    "orders_last_30_days",
    "orders_last_90_days",
    "last_order_at",
    "open_orders",
    "backordered_lines",
    "rejected_lines",
    "unallocated_lines",
    "approved_items",
    "proposals_received_last_7_days",
)
"""The names of everything that an activity says."""


@frozen(kw_only=True)
class Basis:
    """What a number of an activity rests on.

    Attributes:
        since: Where its window begins; None for a number that looks back without end, or that knows no window.
        until: Where its window ends.
        origin: Where the number came from, in words.
    """

    since: datetime | None
    until: datetime | None
    origin: str

    def __str__(self) -> str:
        until = "" if self.until is None else f" to {self.until:%Y-%m-%d %H:%M}"
        return f"{self.origin}, {'all' if self.since is None else f'{self.since:%Y-%m-%d %H:%M}'}{until}"


@frozen(kw_only=True)
class Activity:
    """How much a connection is used. None: nobody can say; never 0 for want of knowledge.

    Two activities are equal if their numbers are, whenever and however they were counted.

    Attributes:
        orders_last_7_days: Orders created within 7 days of `as_of`, whatever became of them; likewise the next two.
        last_order_at: When the latest known order was created.
        open_orders: Orders with a line that is neither sent, rejected nor cancelled.
        backordered_lines: Lines, not yet done with, of which pieces are backordered.
        rejected_lines: Lines of which pieces were rejected.
        unallocated_lines: Lines that the supplier has left unallocated for more than `unallocated_days`.
        approved_items: Articles that may be sold, as the platform counts.
        proposals_received_last_7_days: Proposed articles, as the platform counts.
        unallocated_days: The limit for `unallocated_lines`.
        as_of: When it was counted.
        since: The orders that were counted begin here; None if they go back to the first.
        origin: Where the numbers came from, in words.
    """

    orders_last_7_days: int | None = None
    orders_last_30_days: int | None = None
    orders_last_90_days: int | None = None
    last_order_at: datetime | None = None
    open_orders: int | None = None
    backordered_lines: int | None = None
    rejected_lines: int | None = None
    unallocated_lines: int | None = None
    approved_items: int | None = None
    proposals_received_last_7_days: int | None = None
    unallocated_days: float | None = None
    as_of: datetime | None = field(default=None, eq=False)
    since: datetime | None = field(default=None, eq=False)
    origin: str = field(default="", eq=False)

    def basis(self, number: str) -> Basis:
        """Return the window of a number, and where it came from.

        Raises:
            KeyError: There is no such number.
        """
        if number not in NUMBERS:
            raise KeyError(number)
        days = _COUNTED_DAYS.get(number)
        if days is None or self.as_of is None:
            return Basis(since=self.since, until=self.as_of, origin=self.origin)
        return Basis(since=self.as_of - timedelta(days=days), until=self.as_of, origin=self.origin)

    def silent_for(self, days: float) -> bool | None:
        """Return whether no order was created within so many days; None where that is not known."""
        if self.as_of is None:
            return None
        begin = self.as_of - timedelta(days=days)
        if self.last_order_at is not None:
            return self.last_order_at < begin
        counts = {one: getattr(self, f"orders_last_{one}_days") for one in WINDOWS}
        if any(count for one, count in counts.items() if one <= days):
            return False
        if any(count == 0 for one, count in counts.items() if one >= days):
            return True
        # Every order there ever was has been counted, and there was none.
        whole = self.open_orders is not None and self.since is None and counts[max(WINDOWS)] == 0
        return True if whole else None

    def orders_within(self, days: float) -> tuple[int, int] | None:
        """Return the orders of the longest counted window within so many days, and its days; None if none is known."""
        known = [(getattr(self, f"orders_last_{one}_days"), one) for one in WINDOWS if one <= days]
        return next(((count, one) for count, one in reversed(known) if count is not None), None)
