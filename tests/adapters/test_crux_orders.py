"""Orders are asked for in the platform's own words, in time and by number, and collected along with connections."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.crux import Crux, Generation, OrdersQuery
from aggregator import Aggregator, AsyncAggregator, Client
from aggregator.adapter.orders import OrderFilter
from aggregator.errors import InvalidQuery
from aggregator.model import LineItemStatus
from aggregator.sandbox import Sandbox, World
from tests.adapters.crux_fakes import OrderBook, drive

L = LineItemStatus
DAY = datetime(2026, 1, 31, 12, tzinfo=UTC)


def crux(generation: Generation = Generation.TIMPANOGOS) -> Crux:
    """An account."""
    return Crux(token="any-token-0001", generation=generation)


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_time_in_doubt_asks_for_more(since: datetime) -> None:
    """Where the platform's time zone is unknown, the span is widened by 14 hours; where it is known, not at all."""
    book = OrderBook(0)
    drive(crux().orders(since=since), book.answer)
    asked = datetime.fromisoformat(book.calls[0]["start_date"]).replace(tzinfo=UTC)
    assert asked <= since
    assert asked == datetime.min.replace(tzinfo=UTC) or since - asked < timedelta(hours=14, seconds=1)
    drive(crux(Generation.V1).orders(since=since), book.answer)
    exact = datetime.fromisoformat(book.calls[-1]["start_date"])
    assert timedelta(0) <= since - exact < timedelta(milliseconds=1)


def test_a_date_without_a_time_zone_is_noted() -> None:
    """The one form of a date that nobody documents a zone for is in the drift report, unless the span is widened."""
    query = OrdersQuery(start_date=DAY)
    _, end = drive(crux().orders(query), OrderBook(0).answer)
    assert "without a time zone" in next(iter(end.drift.notes))
    wide = crux().find_orders(OrderFilter(since=DAY, until=DAY))
    for plan in (crux().orders(), crux(Generation.V1).orders(query), crux().orders(since=DAY), wide):
        _, end = drive(plan, OrderBook(0).answer)
        assert not end.drift


def test_coverage_says_from_when_on_it_is_whole() -> None:
    """A list since a moment proves what lies after it; a list with another filter proves nothing."""
    _, end = drive(crux().orders(since=DAY), OrderBook(3).answer)
    assert (end.coverage.complete, end.coverage.since) == (True, DAY)
    assert not end.coverage.proves_absence
    _, end = drive(crux().find_orders(OrderFilter(since=DAY, term="lamp")), OrderBook(3).answer)
    assert end.coverage.since is None


def test_a_query_and_since_are_not_mixed() -> None:
    """Two ways of saying from when are refused, as is a time without a zone."""
    with pytest.raises(InvalidQuery, match="not by both"):
        crux().orders(OrdersQuery(), since=DAY)
    with pytest.raises(InvalidQuery, match="no time zone"):
        crux().orders(since=datetime(2026, 1, 31))  # noqa: DTZ001 - that is the point


def test_a_purchase_order_where_there_is_a_filter() -> None:
    """The last generation filters by number; the one before says why it cannot, and what to do."""
    book = OrderBook(1)
    drive(crux().purchase_order("po-1"), book.answer)
    assert book.calls[0]["po_number"] == "po-1"
    with pytest.raises(InvalidQuery, match="no filter for a purchase order's number"):
        crux(Generation.V1).purchase_order("po-1")
    with pytest.raises(InvalidQuery, match="empty"):
        crux().purchase_order(" ")


@pytest.mark.parametrize(
    ("generation", "statuses", "name"),
    [
        (Generation.V1, (L.REJECTED, L.ALLOCATED), "line_item_statuses"),
        (Generation.V1, (L.PARTIAL,), "line_item_allocation_statuses"),
        (Generation.TIMPANOGOS, (L.UNALLOCATED, L.PARTIAL), "line_item_allocation_statuses"),
        (Generation.TIMPANOGOS, (L.BACKORDERED,), "line_item_designation"),
    ],
)
def test_statuses_become_the_filter_that_there_is(
    generation: Generation, statuses: tuple[LineItemStatus, ...], name: str
) -> None:
    """Our statuses are sent in the words and under the name that the generation has for them."""
    book = OrderBook(0)
    drive(crux(generation).find_orders(OrderFilter(statuses=statuses)), book.answer)
    assert name in book.calls[0]


def test_statuses_that_cannot_be_asked_for_together() -> None:
    """What the last generation cannot say in one request is refused."""
    with pytest.raises(InvalidQuery, match="rejected or backordered"):
        crux().find_orders(OrderFilter(statuses=(L.REJECTED, L.BACKORDERED)))


def test_orders_are_collected_along() -> None:
    """With orders= every account that has some gives them, and its connections their activity."""
    with Sandbox(World.generate(8, as_of=datetime.now(UTC))) as sandbox:
        own = sandbox.vendors["crux"]
        account = Crux(account="acme", base_url=own.base_url, token=own.credentials["token"])
        with Aggregator([account]) as aggregator:
            everything = aggregator.collect(orders=True)
            lately = aggregator.collect(orders=timedelta(days=100))
            without = aggregator.collect()
        with Client(account) as client:
            number = everything.orders[0].purchase_order
            assert number is not None
            assert [one.id for one in client.purchase_order(number)] == [everything.orders[0].id]
    assert everything.complete
    assert all(one.activity is not None for one in everything.connections if one.source.kind == "connection")
    counts = [
        [one.activity and one.activity.orders_last_90_days for one in each.connections] for each in (everything, lately)
    ]
    assert counts[0] == counts[1]
    assert any(counts[0])
    assert len(lately.orders) < len(everything.orders)
    assert not without.orders
    assert all(one.activity is None for one in without.connections)


async def test_tasks_collect_orders_too() -> None:
    """The asynchronous aggregator takes the same argument."""
    with Sandbox(World.generate(3)) as sandbox:
        own = sandbox.vendors["crux"]
        account = Crux(account="acme", base_url=own.base_url, token=own.credentials["token"])
        async with AsyncAggregator([account]) as aggregator:
            assert (await aggregator.collect(orders=True)).orders
