"""Orders that have come or changed since a watermark, each once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from attrs import define, field

from aggregator.adapter.base import Adapter
from aggregator.adapter.orders import OrderFilter
from aggregator.client.records import Records
from aggregator.client.threads import Client
from aggregator.client.watermark import OVERLAP, Watermark, digest
from aggregator.model.coverage import Coverage
from aggregator.model.order import Order

_PRUNE_EVERY = 5_000


@define
class NewOrders(Iterator[Order]):
    """Iterates over what is new; afterwards `watermark` is where the next run begins.

    The mark moves only once a walk has proven the list whole: a run that breaks off is simply run again.

    Attributes:
        mark: Where this run began.
    """

    mark: Watermark
    _records: Records[Order]
    _latest: dict[str, tuple[datetime, str]] = field(factory=dict)
    _newest: datetime | None = None

    def __next__(self) -> Order:
        while True:
            order = next(self._records)
            self._note(order)
            if self.mark.is_new(order):
                return order

    def _note(self, order: Order) -> None:
        if order.created_at is None:
            return
        self._newest = max(order.created_at, self._newest or order.created_at)
        if order.created_at >= self._newest - OVERLAP:
            self._latest[order.id] = (order.created_at, digest(order))
        if len(self._latest) > _PRUNE_EVERY:
            begin = self._newest - OVERLAP
            self._latest = {key: one for key, one in self._latest.items() if one[0] >= begin}

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
        if not self.coverage.complete:
            return self.mark
        return self.mark.advanced((key, at, mark) for key, (at, mark) in self._latest.items())

    def close(self) -> None:
        """Stop reading."""
        self._records.close()


def new_orders(client: Client[Any], mark: Watermark | None = None) -> NewOrders:
    """Return the orders of a client's account that have come, or have changed within the last day, since a mark.

    Args:
        client: Of an account on a platform with orders.
        mark: How far an earlier run has come; None reads everything.

    Raises:
        Unsupported: The platform has no orders.
    """
    adapter: Adapter = client.adapter
    mark = mark or Watermark(vendor=adapter.vendor, account=adapter.account)
    return NewOrders(mark, client.records(adapter.find_orders(OrderFilter(since=mark.begin))))
