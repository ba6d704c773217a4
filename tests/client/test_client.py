"""A client hands out what its adapter offers, lazily or whole, in threads and in tasks alike."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from adapters.commerce_layer import CommerceLayer
from adapters.crux import Crux
from adapters.fabric import Fabric
from aggregator import AsyncClient, Client, Options
from aggregator.adapter import Adapter, Call, Support
from aggregator.errors import ContractError, NetworkError, NotFound, Unsupported, UsageError
from aggregator.model import StopReason
from aggregator.wire.pagers import PageNumber, Single, open_object
from tests.wire.fake_vendor import Fake, FakeList, FakeServer, open_rows, over_http, respond, rows

ADAPTER = Fake(pager=PageNumber(path="/rows", opener=open_rows))
ONE_BY_ONE = Options(concurrency=1, attempts=1)
LISTS = ("connections", "connection_requests", "organizations", "memberships", "roles", "orders")
SINGLES = ("connection", "organization", "order")
ADAPTERS = (Crux, Fabric, CommerceLayer)


def _breaking_at(page: int, count: int = 9) -> FakeServer:
    served = over_http(FakeList(rows=rows(count)).by_number)

    def serve(request: httpx.Request) -> Any:
        return httpx.ReadError("reset") if request.url.params["page"] == str(page) else served(request)

    return FakeServer(serve)


@pytest.fixture
def whole() -> Iterator[tuple[Client[Fake], FakeServer]]:
    """A client of a list of nine records, three on a page, and the server that counts its requests."""
    server = FakeServer(over_http(FakeList(rows=rows(9)).by_number))
    with Client(ADAPTER, transport=server, options=ONE_BY_ONE) as client:
        yield client, server


def test_records_are_fetched_as_they_are_read(whole: tuple[Client[Fake], FakeServer]) -> None:
    """The first record costs one request; until the end is reached, nothing is called complete."""
    client, server = whole
    records = client.connections()
    assert next(records).id == rows(1)[0]["id"]
    assert server.count("/rows") == 1
    assert not records.coverage.complete
    assert records.coverage.stop is StopReason.ABANDONED
    assert len(list(records)) == 8
    assert records.coverage.complete
    assert records.end.order is not None


def test_reading_can_be_given_up(whole: tuple[Client[Fake], FakeServer]) -> None:
    """After `close()` no request goes out, and the coverage says that the caller stopped."""
    client, server = whole
    records = client.connections()
    next(records)
    records.close()
    assert list(records) == []
    assert server.count("/rows") == 1
    assert records.coverage.reason == "the caller stopped reading"


def test_a_stopped_client_says_so(whole: tuple[Client[Fake], FakeServer]) -> None:
    """Whoever reads on, or asks for anything more, is told to make a new client, and nothing is sent."""
    client, server = whole
    records = client.connections()
    next(records)
    client.stop()
    calls: tuple[Callable[[], object], ...] = (
        lambda: list(records),
        client.list_connections,
        lambda: client.peek(ADAPTER.connections()),
        lambda: client.attempt(ADAPTER.connections()),
    )
    for call in calls:
        with pytest.raises(UsageError, match=r"^The client was stopped\. Make a new one\.$"):
            call()
    assert server.count("/rows") == 1


def test_a_client_is_of_one_event_loop() -> None:
    """In another loop it says so, instead of that its connections are gone, whether it is to list or to be closed."""
    server = FakeServer(over_http(FakeList(rows=rows(9)).by_number))
    client = AsyncClient(ADAPTER, transport=server, options=ONE_BY_ONE)

    async def list_them() -> int:
        return len(await client.list_connections())

    assert asyncio.run(list_them()) == 9
    for again in (list_them, client.close):
        with pytest.raises(UsageError, match=r"The client belongs to another event loop.+Make a new one in each loop"):
            asyncio.run(again())


def test_an_error_comes_after_every_record_before_it() -> None:
    """Iterating hands out what came, then raises what prevented the rest."""
    came: list[str] = []
    with Client(ADAPTER, transport=_breaking_at(3), options=ONE_BY_ONE) as client:
        records = client.connections()
        with pytest.raises(NetworkError):
            came.extend(one.id for one in records)
    assert len(came) == 6
    assert not records.coverage.complete
    assert records.coverage.unique == 6


def test_a_listing_keeps_what_came_before_an_error() -> None:
    """A whole listing that was cut short holds what came, says it is incomplete, and carries the error."""
    with Client(ADAPTER, transport=_breaking_at(3), options=ONE_BY_ONE) as client:
        listing = client.list_connections()
    assert len(listing) == 6
    assert isinstance(listing.error, NetworkError)
    assert not listing.coverage.complete
    assert listing.coverage.failure is not None
    assert listing.coverage.failure.retryable


def test_an_error_before_anything_came_is_raised() -> None:
    """With nothing to keep, a listing raises; `attempt` returns an empty listing that carries the error."""
    with Client(ADAPTER, transport=_breaking_at(1), options=ONE_BY_ONE) as client:
        with pytest.raises(NetworkError):
            client.list_connections()
        listing = client.attempt(ADAPTER.connections())
    assert len(listing) == 0
    assert isinstance(listing.error, NetworkError)


def test_tasks_see_the_same() -> None:
    """Lazy reading, giving up, errors and listings are the same in tasks."""

    async def run() -> None:
        async with AsyncClient(ADAPTER, transport=_breaking_at(3), options=ONE_BY_ONE) as client:
            records = client.connections()
            assert (await anext(records)).id == rows(1)[0]["id"]
            assert records.coverage.stop is StopReason.ABANDONED
            with pytest.raises(NetworkError):
                async for _ in records:
                    pass
            assert records.coverage.unique == 6
            listing = await client.list_connections()
            assert (len(listing), listing.coverage.complete) == (6, False)
            page = await client.peek(ADAPTER.connections())
            assert page is not None
            assert (len(page.records), page.declared) == (3, 9)
            stopped = client.connections()
            await anext(stopped)
            await stopped.aclose()
            assert [one async for one in stopped] == []
        async with AsyncClient(ADAPTER, transport=_breaking_at(1), options=ONE_BY_ONE) as client:
            with pytest.raises(NetworkError):
                await client.list_connections()

    asyncio.run(run())


@pytest.mark.parametrize(
    ("answer", "error", "said"),
    [
        (respond({"name": "no id"}), ContractError, "none could be read"),
        (respond([]), ContractError, "an object was due"),
        (respond({"detail": "Not found."}, status=404), NotFound, "fake"),
    ],
)
def test_one_record_is_one_record_or_an_error(answer: httpx.Response, error: type[Exception], said: str) -> None:
    """A single record that cannot be had is an error that says why, never None."""
    one = Fake(pager=Single(call=Call(path="/one"), opener=open_object))
    with (
        Client(one, transport=FakeServer(lambda _: answer), options=ONE_BY_ONE) as client,
        pytest.raises(error, match=said),
    ):
        client.record(one.connections())


def test_a_peek_costs_one_request(whole: tuple[Client[Fake], FakeServer]) -> None:
    """The first page can be had alone, with what the platform declares."""
    client, server = whole
    page = client.peek(ADAPTER.connections())
    assert page is not None
    assert (len(page.records), page.declared, server.count("/rows")) == (3, 9, 1)


@pytest.mark.parametrize("adapter", ADAPTERS)
@pytest.mark.parametrize("name", [*LISTS, *SINGLES])
def test_methods_are_what_the_capabilities_declare(adapter: type[Adapter], name: str) -> None:
    """An adapter has a method for each list and record that it declares, and none for those it declares it has not."""
    declared = getattr(adapter.capabilities, name).support
    assert hasattr(adapter, name) == (declared is not Support.NO), f"{adapter.title}: {name} is declared {declared}"


@pytest.mark.parametrize(
    ("adapter", "name"),
    [(one, name) for one in ADAPTERS for name in LISTS if getattr(one.capabilities, name).support is Support.NO],
)
def test_what_a_platform_cannot_do_is_refused_with_the_reason(adapter: type[Adapter], name: str) -> None:
    """A call for what the platform has not is refused before anything is sent, with the declared reason."""
    accounts = (
        Crux(token="0123456789ab"),
        Fabric(brand_id=1, token="0123456789ab"),
        CommerceLayer(client_id="me", client_secret="hush-hush-hush"),
    )
    account: Any = next(one for one in accounts if isinstance(one, adapter))
    server = FakeServer(lambda _: respond([]))
    with Client(account, transport=server) as client:
        for call in (name, f"list_{name}"):
            with pytest.raises(Unsupported, match=adapter.title) as caught:
                getattr(client, call)()
            assert getattr(adapter.capabilities, name).reason in str(caught.value)
    assert server.requests == []


@pytest.mark.parametrize("twins", [(Client, AsyncClient)], ids=["clients"])
def test_both_clients_offer_the_same(twins: tuple[type, type]) -> None:
    """Every public method of one is a method of the other, with the same arguments; only threads need a stop."""
    threads, tasks = ({name for name in vars(one) if not name.startswith("_")} for one in twins)
    assert threads == tasks | {"stop"}  # a task is stopped by cancelling it
    for name in tasks:
        mine, other = (inspect.getattr_static(one, name) for one in twins)
        if inspect.isfunction(mine):
            assert list(inspect.signature(mine).parameters) == list(inspect.signature(other).parameters), name
