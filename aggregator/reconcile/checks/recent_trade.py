"""Whether a connection trades now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final, Self

from attrs import evolve, field, frozen

from aggregator.activity import Share
from aggregator.model import Connection, ConnectionStatus, Order
from aggregator.reconcile.wording import counted

STOPPED: Final = frozenset({ConnectionStatus.SUSPENDED, ConnectionStatus.ENDED})
INACTIVE: Final = STOPPED | {ConnectionStatus.PENDING}

_AHEAD: Final = timedelta(days=1)
"""By so much an order may be dated after it was read: by another clock, or in a time zone that is left unsaid."""


@frozen(kw_only=True)
class Recent:
    """What shows that a connection trades now.

    Attributes:
        begin: Where its orders begin.
        orders: The ids of its orders since then; empty where only the platform's counter tells.
        days: The days that the platform counted.
        count: How many orders it counted in them.
    """

    begin: datetime
    orders: frozenset[str] = field(factory=frozenset)
    days: int = 0
    count: int = 0

    def without(self, orders: Collection[str]) -> Self | None:
        """Return what shows it besides these orders; None if nothing does."""
        left = self.orders.difference(orders)
        return evolve(self, orders=left) if left or not self.orders else None


def stopped_at(one: Connection) -> datetime | None:
    """Return when a connection ended or was suspended, where the platform says."""
    return one.ended_at if one.status is ConnectionStatus.ENDED else one.suspended_at


def recent_trade(one: Connection, shares: tuple[Share, ...], *, now: datetime, days: float) -> Recent | None:
    """Return what shows that a connection trades now; None if nothing does, or if it may be from before its end."""
    begin = now - timedelta(days=days)
    changed = stopped_at(one) if one.status in INACTIVE else None
    if changed is not None:
        begin = max(begin, changed)
    orders = frozenset(one.order.id for one in shares if _is_after(one.order, begin))
    if orders:
        return Recent(begin=begin, orders=orders)
    known = None if one.activity is None or shares else one.activity.orders_within(days)
    if known is None or not known[0]:
        return None
    if changed is not None and begin > now - timedelta(days=known[1]):
        return None
    return Recent(begin=begin, count=known[0], days=known[1])


def _is_after(order: Order, begin: datetime) -> bool:
    """Whether an order was placed since then; what is dated in the future says nothing of now."""
    return order.created_at is not None and begin < order.created_at <= order.source.fetched_at + _AHEAD


def told_trade(several: Iterable[Recent]) -> str:
    """Say how many orders connections of one account have; those that two of them share are counted once."""
    held = tuple(several)
    orders = {order for one in held for order in one.orders}
    if orders:
        begin = min(one.begin for one in held if one.orders)
        return f"{counted(len(orders), 'order')} since {begin:%Y-%m-%d}"
    days = max(one.days for one in held)
    return f"{counted(sum(one.count for one in held if one.days == days), 'order')} in the last {days} days"
