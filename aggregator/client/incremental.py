"""Orders that have come or changed since a watermark, each once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from typing import Any, overload

from attrs import define, evolve, field

from aggregator.adapter.base import Adapter
from aggregator.adapter.orders import OrderFilter
from aggregator.client.records import AsyncRecords, Records
from aggregator.client.tasks import AsyncClient
from aggregator.client.threads import Client
from aggregator.client.watermark import OVERLAP, Watermark, digest
from aggregator.model.coverage import Coverage
from aggregator.model.order import Order

_SETTLE_EVERY = 500

_AHEAD = "{source}: an order is dated {created}, in the future; the mark stays at the newest order before that."
_PAST_NOW = "{source}: the mark of the last run, {until}, lies in the future, so all orders are read again."


@define(kw_only=True)
class _Sieve:
    """Lets through what is new since a mark, and notes what the next mark has to remember."""

    mark: Watermark
    client: Client[Any] | AsyncClient[Any]
    newest: datetime | None = None
    _at: datetime | None = None  # when the first orders came, by the platform's clock, as their dates are
    _has_told: bool = False
    _latest: dict[str, tuple[datetime | None, str]] = field(factory=dict)
    _waiting: dict[str, tuple[datetime, Order]] = field(factory=dict)

    @property
    def at(self) -> datetime:
        """When the first orders came, or now."""
        return self._at or self.client.platform_time

    def passes(self, order: Order) -> bool:
        """Note an order, and say whether it is new."""
        self._at = self.at
        is_new = self.mark.is_new(order)
        if order.created_at is None:
            self._latest[order.id] = (None, digest(order))
        else:
            self._waiting[order.id] = (order.created_at, order)
            self._date(order.created_at, is_new=is_new)
        if len(self._waiting) >= _SETTLE_EVERY:
            self._settle()
        return is_new

    def _date(self, created: datetime, *, is_new: bool) -> None:
        if created <= self.at:
            self.newest = max(created, self.newest or created)
        elif is_new and not self._has_told and created > self.at + OVERLAP:  # a time zone left unsaid is no future
            self._has_told = True
            self.client.announce(_AHEAD.format(source=_source(self.mark), created=created.isoformat()))

    def _settle(self) -> None:
        """Keep what the orders of the last day say; of the many before it, a digest would be made in vain."""
        if self.newest is not None:
            begin = self.newest - OVERLAP
            self._latest = {key: one for key, one in self._latest.items() if one[0] is None or one[0] >= begin}
            self._waiting = {key: one for key, one in self._waiting.items() if one[0] >= begin}
        self._latest |= {key: (at, digest(one)) for key, (at, one) in self._waiting.items()}
        self._waiting.clear()

    def watermark(self, coverage: Coverage) -> Watermark:
        """Where the next run begins: where this one did, unless it read everything."""
        if not coverage.complete:
            return self.mark
        self._settle()
        return self.mark.advanced(((key, at, mark) for key, (at, mark) in self._latest.items()), at=self.at)


def _source(mark: Watermark) -> str:
    return f"{mark.vendor} ({mark.account})"


@define(kw_only=True)
class _Progress:
    """What both ways to read new orders say of the run."""

    _sieve: _Sieve
    _records: Records[Order] | AsyncRecords[Order]

    @property
    def mark(self) -> Watermark:
        """Where this run began."""
        return self._sieve.mark

    @property
    def declared(self) -> int | None:
        """How many orders the platform says there are; None where it does not count what was asked for."""
        return self._records.declared

    @property
    def coverage(self) -> Coverage:
        """Whether these were all."""
        return self._records.coverage

    @property
    def watermark(self) -> Watermark:
        """Where the next run begins: where this one did, unless it read everything."""
        return self._sieve.watermark(self.coverage)


@define(kw_only=True)
class NewOrders(_Progress, Iterator[Order]):
    """Iterates over what is new; afterwards `watermark` is where the next run begins.

    The mark moves only once a walk has proven the list whole: a run that breaks off is simply run again.
    """

    _records: Records[Order]

    def __next__(self) -> Order:
        while True:
            order = next(self._records)
            if self._sieve.passes(order):
                return order

    def close(self) -> None:
        """Stop reading."""
        self._records.close()


@define(kw_only=True)
class AsyncNewOrders(_Progress, AsyncIterator[Order]):
    """As `NewOrders`, in tasks."""

    _records: AsyncRecords[Order]

    async def __anext__(self) -> Order:
        while True:
            order = await anext(self._records)
            if self._sieve.passes(order):
                return order

    async def aclose(self) -> None:
        """Stop reading."""
        await self._records.aclose()


@overload
def new_orders(client: Client[Any], mark: Watermark | None = None) -> NewOrders: ...


@overload
def new_orders(client: AsyncClient[Any], mark: Watermark | None = None) -> AsyncNewOrders: ...


def new_orders(client: Client[Any] | AsyncClient[Any], mark: Watermark | None = None) -> NewOrders | AsyncNewOrders:
    """Return the orders of a client's account that have come, or have changed within the last day, since a mark.

    Args:
        client: Of an account on a platform with orders; an `AsyncClient` gets an asynchronous iterator.
        mark: How far an earlier run has come; None reads everything.

    Raises:
        Unsupported: The platform has no orders.
    """
    adapter: Adapter = client.adapter
    mark = _believable(mark or Watermark(vendor=adapter.vendor, account=adapter.account), client)
    plan, sieve = adapter.find_orders(OrderFilter(since=mark.begin)), _Sieve(mark=mark, client=client)
    if isinstance(client, AsyncClient):
        return AsyncNewOrders(sieve=sieve, records=client.records(plan))
    return NewOrders(sieve=sieve, records=client.records(plan))


def _believable(mark: Watermark, client: Client[Any] | AsyncClient[Any]) -> Watermark:
    """Begin anew behind a mark in the future: what came since it was set has not been read."""
    if mark.until is None or mark.until.tzinfo is None or mark.until - OVERLAP <= client.platform_time:
        return mark
    client.announce(_PAST_NOW.format(source=_source(mark), until=mark.until.isoformat()))
    return evolve(mark, until=None)
