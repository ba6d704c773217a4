"""From orders to the activity of connections: which order is whose, and what that comes to.

An incomplete list of orders makes nobody look silent: without a whole list there is no activity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from attrs import evolve, field, frozen

from aggregator.model import Activity, Connection, Coverage, LineItem, LineItemStatus, Listing, Order, OrderStatus, Role
from aggregator.model.activity import WINDOWS
from aggregator.snapshot import Snapshot

UNALLOCATED_DAYS = 7.0

REQUESTS: Final = "connection_requests"
"""The operation that lists connections which have only been asked for."""

_DONE = frozenset(
    {LineItemStatus.HAS_TRACKING, LineItemStatus.DELIVERED, LineItemStatus.REJECTED, LineItemStatus.CANCELLED}
)
_WAITING = frozenset({LineItemStatus.UNALLOCATED, LineItemStatus.PARTIAL})
_CLOSED = frozenset({OrderStatus.COMPLETE, OrderStatus.CANCELLED})


@frozen(kw_only=True)
class Share:
    """An order, and those of its lines that are one connection's."""

    order: Order
    lines: tuple[LineItem, ...]

    @property
    def is_open(self) -> bool:
        """Whether the order is neither complete nor cancelled, whatever its lines say."""
        return self.order.status not in _CLOSED

    @property
    def overdue(self) -> Iterator[tuple[LineItem, datetime]]:
        """Its backordered lines with the date that was promised; none of an order that is done with."""
        for line in self.lines if self.is_open else ():
            promised = None if line.allocation is None else line.allocation.backorder_date
            if promised is not None and is_backordered(line):
                yield (
                    line,
                    datetime(promised.year, promised.month, promised.day, tzinfo=self.order.source.fetched_at.tzinfo),
                )


@frozen(kw_only=True)
class Parties:
    """The two organizations of an order, by id and by name; None where the order does not say."""

    retailer: str | None
    supplier: str | None
    name: str = field(default="", eq=False)


@frozen(kw_only=True, eq=False)
class Trade:
    """The orders of one account, each laid to the connection it belongs to.

    Attributes:
        source: Vendor and account.
        coverage: Whether these are all its orders.
        shares: The orders of each connection, by its key.
        elsewhere: Orders between organizations that no connection joins.
        strays: Orders with lines that name no supplier, or no retailer where that would tell: they may be anybody's.
        count: How many orders there are.
    """

    source: tuple[str, str]
    coverage: Coverage
    shares: Mapping[str, tuple[Share, ...]] = field(repr=False)
    elsewhere: Mapping[Parties, tuple[Order, ...]] = field(repr=False)
    strays: tuple[Order, ...] = field(repr=False)
    count: int = 0

    @property
    def as_of(self) -> datetime:
        """When the list was asked for: what was created later may not be in it."""
        return self.coverage.started_at

    @property
    def is_known(self) -> bool:
        """Whether the list is whole, for some span of time at least."""
        return self.coverage.complete and (self.coverage.scope is None or self.coverage.since is not None)

    @property
    def origin(self) -> str:
        """Where its numbers come from."""
        return f"counted from {self.count:,} orders of {self.source[0]} ({self.source[1]})"

    def activity(self, connection: Connection, *, unallocated_days: float = UNALLOCATED_DAYS) -> Activity | None:
        """Return what a connection's orders come to; None unless the list of orders is whole.

        A connection that has only been asked for names no organization of its platform, so that no order can be laid to
        it: nobody can say whether it trades.
        """
        if not self.is_known or connection.source.operation == REQUESTS:
            return None
        shares = self.shares.get(str(connection.key), ())
        counted = {f"orders_last_{days}_days": self._within(shares, days) for days in WINDOWS}
        times = [one.order.created_at for one in shares if one.order.created_at is not None]
        return Activity(
            **counted,
            last_order_at=None if self.strays else max(times, default=None),
            **self._lines(shares, unallocated_days),
            unallocated_days=unallocated_days,
            as_of=self.as_of,
            since=self.coverage.since,
            origin=self.origin,
        )

    def _within(self, shares: Iterable[Share], days: int) -> int | None:
        begin = self.as_of - timedelta(days=days)
        if self.coverage.since is not None and self.coverage.since > begin:
            return None
        orders = [one.order for one in shares]
        if any(one.created_at is None for one in orders) or any(_may_be_after(one, begin) for one in self.strays):
            return None
        return sum(_may_be_after(one, begin) for one in orders)

    def _lines(self, shares: Iterable[Share], days: float) -> dict[str, int | None]:
        open_shares = [one for one in shares if one.is_open]
        lines = [line for one in open_shares for line in one.lines]
        if self.strays or any(line.status in {None, LineItemStatus.UNKNOWN} for line in lines):
            return {}
        late = [one for one in open_shares if not _may_be_after(one.order, self.as_of - timedelta(days=days))]
        return {
            "open_orders": sum(any(line.status not in _DONE for line in one.lines) for one in open_shares),
            "backordered_lines": sum(map(is_backordered, lines)),
            "rejected_lines": sum(_is_rejected(line) for one in shares for line in one.lines),
            "unallocated_lines": sum(line.status in _WAITING for one in late for line in one.lines),
        }


def _may_be_after(order: Order, begin: datetime) -> bool:
    return order.created_at is None or order.created_at >= begin


def is_backordered(line: LineItem) -> bool:
    """Whether pieces of a line are waited for."""
    waited = line.allocation is not None and bool(line.allocation.quantity_backordered)
    return line.status is LineItemStatus.BACKORDERED or (waited and line.status not in _DONE)


def _is_rejected(line: LineItem) -> bool:
    refused = line.allocation is not None and bool(line.allocation.quantity_rejected)
    return line.status is LineItemStatus.REJECTED or refused


def trade_of(snapshot: Snapshot) -> Mapping[tuple[str, str], Trade]:
    """Return the trade of each account whose orders are in a snapshot, by vendor and account."""
    found: dict[tuple[str, str], Trade] = {}
    for listing in snapshot.listings:
        if lists_orders(listing):
            source = (listing.source.vendor, listing.source.account)
            found[source] = _trade(source, listing, _connections(snapshot, source))
    return found


def lists_orders(listing: Listing[Any]) -> bool:
    """Whether a listing holds orders; an empty one is judged by its name."""
    return isinstance(listing[0], Order) if len(listing) else listing.source.operation == "orders"


def with_activity(snapshot: Snapshot, *, unallocated_days: float = UNALLOCATED_DAYS) -> Snapshot:
    """Return the snapshot with the activity of each connection whose account's orders are in it.

    Args:
        snapshot: What all accounts said.
        unallocated_days: Days after which a line that is not allocated counts as left so.
    """
    trades = trade_of(snapshot)
    listings = tuple(
        _counted(listing, trades.get((listing.source.vendor, listing.source.account)), unallocated_days)
        for listing in snapshot.listings
    )
    return evolve(snapshot, listings=listings) if trades else snapshot


def _counted(listing: Listing[Any], trade: Trade | None, days: float) -> Listing[Any]:
    if trade is None or not len(listing) or not isinstance(listing[0], Connection):
        return listing
    records = tuple(evolve(one, activity=_merged(one, trade, days)) for one in listing)
    return evolve(listing, records=records)


def _merged(connection: Connection, trade: Trade, days: float) -> Activity | None:
    """What the orders say, beside what only the platform can count."""
    counted, said = trade.activity(connection, unallocated_days=days), connection.activity
    if counted is None or said is None:
        return counted or said
    return evolve(
        counted,
        approved_items=said.approved_items,
        proposals_received_last_7_days=said.proposals_received_last_7_days,
    )


def _connections(snapshot: Snapshot, source: tuple[str, str]) -> list[Connection]:
    return [one for one in snapshot.connections if (one.source.vendor, one.source.account) == source]


def _trade(source: tuple[str, str], listing: Listing[Any], connections: list[Connection]) -> Trade:
    join = _Join.of(connections)
    shares: dict[str, list[Share]] = defaultdict(list)
    elsewhere: dict[Parties, list[Order]] = defaultdict(list)
    strays: dict[str, Order] = {}
    for order in listing:
        for parties, lines in _by_parties(order):
            keys = join.find(parties)
            for key in keys:
                shares[key].append(Share(order=order, lines=lines))
            if not keys and parties.retailer is not None and parties.supplier is not None:
                elsewhere[parties].append(order)
            elif not keys:
                strays[order.id] = order
    return Trade(
        source=source,
        coverage=listing.coverage,
        shares={key: tuple(several) for key, several in shares.items()},
        elsewhere={parties: tuple(several) for parties, several in elsewhere.items()},
        strays=tuple(strays.values()),
        count=len(listing),
    )


def _by_parties(order: Order) -> Iterator[tuple[Parties, tuple[LineItem, ...]]]:
    retailer = None if order.retailer is None else order.retailer.organization_id
    lines: dict[Parties, list[LineItem]] = defaultdict(list)
    for line in order.line_items:
        supplier = line.supplier
        name = "" if supplier is None else supplier.name or ""
        parties = Parties(retailer=retailer, supplier=None if supplier is None else supplier.organization_id, name=name)
        lines[parties].append(line)
    if not order.line_items:
        yield Parties(retailer=retailer, supplier=None), ()
    for parties, several in lines.items():
        yield parties, tuple(several)


@frozen(kw_only=True)
class _Join:
    """Finds connections by the organizations on their sides; orders name these, not the sides themselves."""

    by_both: Mapping[tuple[str | None, str | None], tuple[str, ...]]

    @classmethod
    def of(cls, connections: Iterable[Connection]) -> _Join:
        found: dict[tuple[str | None, str | None], list[str]] = defaultdict(list)
        for one in connections:
            retailer = None if one.retailer is None else one.retailer.id
            supplier = None if one.supplier is None else one.supplier.id
            sides = {(retailer, supplier)}
            if one.own_role is Role.RETAILER:
                sides.add((None, supplier))  # who else would have ordered
            elif one.own_role is Role.SUPPLIER:
                sides.add((retailer, None))
            for known in sides:
                found[known].append(str(one.key))
        return cls(by_both={sides: tuple(keys) for sides, keys in found.items()})

    def find(self, parties: Parties) -> tuple[str, ...]:
        """Return the connections of both parties; the account's owner need not be named."""
        return self.by_both.get((parties.retailer, parties.supplier), ())
