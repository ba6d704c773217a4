"""Lists of Crux Connect are walked to their end, and whatever goes wrong on the way is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.crux import Crux, OrdersQuery
from aggregator.adapter.steps import Reply
from aggregator.client import AsyncClient, Client
from aggregator.errors import (
    AuthenticationError,
    ContractError,
    NotFound,
    PaginationLoop,
    PermissionDenied,
    RateLimited,
    RequestRejected,
    VendorUnavailable,
)
from aggregator.model import Role, StopReason
from aggregator.sandbox import Sandbox, World
from tests.adapters.crux_fakes import FakeCrux, OrderBook, drive, order_row, own_organization, uuid_of
from tests.adapters.crux_samples import SUPPLIER_ID, connection_request, first_connection, timp_order_detail
from tests.fakes import FakeClock, reply

OWN, CONNECTIONS = "GET /timp/organizations/", "GET /timp/organizations/connections/"
REQUESTS, ORDERS = "GET /timp/organizations/connections/request/", "POST /timp/orders/"


def account(**settings: Any) -> Crux:
    return Crux(account="acme", base_url="https://crux.test", **(settings or {"token": "good-token-0"}))


def client(server: FakeCrux, **settings: Any) -> Client[Crux]:
    return Client(account(**settings), transport=httpx.MockTransport(server), clock=FakeClock())


def book_of(book: OrderBook) -> Callable[[httpx.Request], dict[str, Any]]:
    return lambda request: book.page(json.loads(request.content))


def paged_requests(count: int, *, clamp: int = 100, nulls: bool = False) -> Callable[[httpx.Request], dict[str, Any]]:
    def answer(request: httpx.Request) -> dict[str, Any]:
        start, limit = int(request.url.params["start"]), int(request.url.params["limit"])
        numbers = range(start, min(start + min(limit, clamp), count))
        rows = [{**connection_request(), "record_uuid": uuid_of(number)} for number in numbers]
        said = {"total_count": None, "start": None, "limit": None}
        return {
            "requests": rows,
            "pagination": said if nulls else {"total_count": count, "start": start, "limit": limit},
        }

    return answer


@given(
    count=st.integers(0, 60),
    reading=st.sampled_from(["count", "inclusive", "exclusive"]),
    clamp=st.none() | st.integers(1, 20),
    page_size=st.integers(1, 25),
    is_filtered=st.booleans(),
)
def test_each_order_comes_exactly_once(
    count: int, reading: str, clamp: int | None, page_size: int, *, is_filtered: bool
) -> None:
    """Whatever `limit` means and wherever pages are capped in silence, each order comes once, in order, and all do."""
    book = OrderBook(count=count, reading=reading, clamp=clamp)
    query = OrdersQuery(term="lamp") if is_filtered else OrdersQuery()
    records, end = drive(account().orders(query, page_size=page_size), book.answer)
    assert [record.id for record in records] == [uuid_of(number) for number in range(count)]
    assert end.coverage.complete
    assert end.coverage.walks <= (2 if is_filtered else 1)
    assert end.coverage.proves_absence is not is_filtered
    assert end.coverage.declared == (None if is_filtered else count)


@given(
    count=st.integers(1, 40),
    page_size=st.integers(1, 12),
    arrivals=st.integers(1, 3),
    reading=st.sampled_from(["count", "inclusive", "exclusive"]),
    clamp=st.none() | st.integers(1, 12),
)
def test_orders_that_come_in_meanwhile_are_not_lost(
    count: int, page_size: int, arrivals: int, reading: str, clamp: int | None
) -> None:
    """Orders that come in during the walk are there at its end, in any reading of `limit` and however it is capped."""
    book = OrderBook(count=count, reading=reading, clamp=clamp)
    left = [arrivals]

    def answer(call: Any) -> Reply:
        answered = book.answer(call)
        if left[0]:
            left[0] -= 1
            book.count += 1
        return answered

    records, end = drive(account().orders(page_size=page_size), answer)
    assert end.coverage.complete
    assert [record.id for record in records] == [uuid_of(number) for number in range(book.count)]


def test_an_empty_page_in_the_middle_is_no_quiet_end() -> None:
    """Where the declared total is not reached, the list is incomplete and says so."""
    book = OrderBook(count=30)

    def answer(call: Any) -> Reply:
        return reply({"total_results": 30, "orders": []}) if call.body["start"] == 20 else book.answer(call)

    records, end = drive(account().orders(page_size=10), answer)
    assert len(records) == 20
    assert not end.coverage.complete
    assert end.coverage.reason is not None
    assert "30 declared, 20 came" in end.coverage.reason


def test_a_total_of_the_organization_does_not_spoil_a_filtered_walk() -> None:
    """`total_results` counts the organization's orders, so a search that finds fewer is complete all the same."""
    found = [order_row(1)]

    def answer(call: Any) -> Reply:
        return reply({"total_results": 104, "orders": found if call.body["start"] == 0 else []})

    records, end = drive(account().orders(OrdersQuery(po_number="po-1")), answer)
    assert len(records) == 1
    assert end.coverage.complete
    assert end.coverage.scope == "po_number is po-1"
    assert not end.coverage.proves_absence


def test_pages_that_repeat_are_a_loop() -> None:
    """A platform that ignores `start` ends in a PaginationLoop, with what came kept."""
    server = FakeCrux(routes={ORDERS: {"total_results": 9, "orders": [order_row(1), order_row(2)]}})
    with client(server) as crux:
        listing = crux.list_orders(page_size=2)
    assert isinstance(listing.error, PaginationLoop)
    assert len(listing) == 2
    assert not listing.coverage.complete


@pytest.mark.parametrize("nulls", [False, True])
@pytest.mark.parametrize("clamp", [100, 7])
def test_requests_are_paged_to_the_end(clamp: int, *, nulls: bool) -> None:
    """Connection requests come whole, whether pages are capped and whether the pagination says anything."""
    server = FakeCrux(routes={OWN: own_organization(), REQUESTS: paged_requests(230, clamp=clamp, nulls=nulls)})
    with client(server) as crux:
        listing = crux.list_connection_requests()
    assert [record.id for record in listing] == [uuid_of(number) for number in range(230)]
    assert listing.coverage.complete
    assert listing.coverage.declared == (None if nulls else 230)
    assert listing.coverage.pages >= 3
    assert {record.partner is record.supplier for record in listing} == {True}


def test_the_own_side_is_asked_for_first() -> None:
    """Without own_role the own organization is asked for, so that each connection knows its partner."""
    server = FakeCrux(routes={OWN: own_organization(), CONNECTIONS: [first_connection()]})
    with client(server) as crux:
        (found,) = crux.list_connections()
    assert server.paths() == [OWN, CONNECTIONS]
    assert found.own_role is Role.RETAILER
    assert found.partner is not None
    assert found.partner.id == SUPPLIER_ID


def test_the_own_side_can_be_given() -> None:
    """With own_role nothing is asked for but the connections."""
    server = FakeCrux(routes={CONNECTIONS: [first_connection()]})
    with client(server, token="good-token-0", own_role="supplier") as crux:
        (found,) = crux.list_connections()
    assert server.paths() == [CONNECTIONS]
    assert found.partner is found.retailer


@pytest.mark.parametrize(
    "answer",
    [(403, {"detail": "No."}), (404, {"detail": "Not found."}), (200, b"<html>"), (200, []), (200, {"name": 5})],
)
def test_connections_come_without_knowing_who_we_are(answer: tuple[int, Any]) -> None:
    """Where the own organization cannot be seen or read, the connections come all the same, and a note says why."""
    server = FakeCrux(routes={OWN: answer, CONNECTIONS: [first_connection()]})
    with client(server) as crux:
        listing = crux.list_connections()
    assert listing.coverage.complete
    assert (listing[0].own_role, listing[0].partner) == (None, None)
    (note,) = listing.drift.notes
    assert "set own_role" in note


def test_a_failure_to_ask_who_we_are_is_one_of_the_walk() -> None:
    """Any other failure of that call ends the walk, as an incomplete listing where one is asked for."""
    server = FakeCrux(routes={OWN: (503, {}), CONNECTIONS: [first_connection()]})
    with client(server) as crux:
        listing = crux.attempt(crux.adapter.connections())
        assert isinstance(listing.error, VendorUnavailable)
        assert not listing.coverage.complete
        with pytest.raises(VendorUnavailable):
            crux.list_connections()


def test_requests_that_are_forbidden_leave_connections_alone() -> None:
    """A list that may not be seen is incomplete on its own; the other one is whole."""
    server = FakeCrux(routes={OWN: own_organization(), CONNECTIONS: [first_connection()], REQUESTS: (403, {})})
    with client(server) as crux:
        connections, requests = (crux.attempt(plan) for plan in crux.adapter.listings())
    assert connections.coverage.complete
    assert isinstance(requests.error, PermissionDenied)
    assert requests.coverage.failure is not None


@pytest.mark.parametrize(
    ("status", "body", "kind", "said"),
    [
        (401, {"detail": "Invalid token."}, AuthenticationError, "Invalid token"),
        (403, {"detail": "You do not have permission."}, PermissionDenied, "You do not have permission"),
        (404, b"", NotFound, "base_url"),
        (400, {"start_date": ["Wrong format."]}, RequestRejected, "start_date: Wrong format"),
        (409, b"<html>", RequestRejected, "not of the type"),
        (422, {"status_code": 422, "message": "No such order"}, RequestRejected, "No such order"),
        (429, {}, RateLimited, "too many"),
        (502, b"<html>Bad gateway</html>", VendorUnavailable, "502"),
        (200, b"<html>Welcome</html>", ContractError, "HTML"),
        (200, b'{"total_results": 3, "orders": [{"uu', ContractError, "cannot be read"),
        (200, b"", ContractError, "empty"),
        (200, {"results": []}, ContractError, "'orders'"),
        (200, [], ContractError, "an array"),
    ],
)
def test_failures_say_who_what_and_why(status: int, body: Any, kind: type[Exception], said: str) -> None:
    """Each failure is one of our errors, with vendor, account, operation and what Crux said, and without the token."""
    server = FakeCrux(routes={ORDERS: (status, body)})
    with client(server) as crux, pytest.raises(kind, match=said) as caught:
        crux.list_orders()
    assert str(caught.value).startswith("crux (acme), orders: ")
    assert "good-token-0" not in str(caught.value)
    assert "good-token-0" not in repr(vars(caught.value))


def test_a_failure_in_mid_walk_keeps_what_came() -> None:
    """A page that cannot be read leaves an incomplete listing of the pages before it, with the error."""
    book = OrderBook(count=30)

    def answer(request: httpx.Request) -> Any:
        body = json.loads(request.content)
        return httpx.Response(200, content=b'{"orders": [') if body["start"] == 20 else book.page(body)

    with client(FakeCrux(routes={ORDERS: answer})) as crux:
        listing = crux.list_orders(page_size=10)
    assert len(listing) == 20
    assert isinstance(listing.error, ContractError)
    assert listing.coverage.stop is StopReason.FAILURE


def test_rows_that_cannot_be_read_are_set_aside() -> None:
    """A connection without an id is rejected with its place and reason, the others come, and the list is incomplete."""
    rows = [first_connection(), {**first_connection(), "uuid": None}, 7]
    server = FakeCrux(routes={OWN: own_organization(), CONNECTIONS: rows})
    with client(server) as crux:
        listing = crux.list_connections()
    assert len(listing) == 1
    assert [one.pointer for one in listing.rejected] == ["/1", "/2"]
    assert not listing.coverage.complete
    assert listing.rejected[0].raw == rows[1]


def test_a_user_logs_in_once_and_again_when_the_token_ends() -> None:
    """A login happens before the first call, and once more when the token is rejected in mid-walk."""
    book, server = OrderBook(count=30), FakeCrux()

    def answer(request: httpx.Request) -> Any:
        body = json.loads(request.content)
        if body["start"] == 20 and server.logins == 1:
            server.tokens.clear()
            return httpx.Response(401, json={"detail": "Invalid token."})
        return book.page(body)

    server.routes[ORDERS] = answer
    with client(server, username="nick@retailer.test", password="correct horse") as crux:
        listing = crux.list_orders(page_size=10)
    assert len(listing) == 30
    assert listing.coverage.complete
    assert server.logins == 2
    assert server.paths()[0] == "POST /timp/organizations/user-login/"
    assert server.requests[1].headers["authorization"] == "Token fresh-token-1"
    assert "authorization" not in server.requests[0].headers


def test_a_wrong_password_says_so() -> None:
    """A login that is refused is an AuthenticationError, without the password in it."""
    wrong = client(FakeCrux(), username="nick@retailer.test", password="battery staple")
    with wrong as crux, pytest.raises(AuthenticationError, match="Unable to log in") as caught:
        crux.list_connections()
    assert "staple" not in str(caught.value)


def test_a_ready_token_is_not_replaced() -> None:
    """A ready token that is rejected is an AuthenticationError after one call."""
    server = FakeCrux(tokens=set())
    with client(server) as crux, pytest.raises(AuthenticationError):
        crux.list_orders()
    assert len(server.requests) == 1


def test_one_order_and_the_own_organization() -> None:
    """Single records come by themselves, by addresses that end in a slash."""
    detail = timp_order_detail()
    server = FakeCrux(routes={OWN: own_organization(), f"GET /timp/orders/{detail['order_uuid']}/": detail})
    with client(server) as crux:
        assert crux.order(detail["order_uuid"]).purchase_order == "po-5527771067"
        assert crux.organization().role is Role.RETAILER
        assert crux.record(crux.adapter.probe()).name == "Crux Retailer"
        with pytest.raises(NotFound):
            crux.order(uuid_of(1))


async def test_tasks_walk_as_threads_do() -> None:
    """The asynchronous client gives the same connections, requests and orders."""
    server = FakeCrux(
        routes={
            OWN: own_organization(),
            CONNECTIONS: [first_connection()],
            REQUESTS: paged_requests(230),
            ORDERS: book_of(OrderBook(count=250, reading="inclusive", clamp=40)),
        }
    )
    with client(server) as threads:
        expected = [threads.listing(plan) for plan in (*threads.adapter.listings(), threads.adapter.orders())]
    transport = httpx.MockTransport(server)
    async with AsyncClient(account(), transport=transport, clock=FakeClock()) as tasks:
        for one, plan in zip(expected, (*tasks.adapter.listings(), tasks.adapter.orders()), strict=True):
            listing = await tasks.listing(plan)
            assert [record.id for record in listing] == [record.id for record in one]
            assert listing.coverage.complete
            assert [record.id async for record in tasks.records(plan)] == [record.id for record in one]


@pytest.fixture(scope="module")
def world() -> World:
    return World.generate(40, 3)


@pytest.mark.parametrize("generation", ["timp", "v1"])
@pytest.mark.parametrize("reading", ["count", "inclusive", "exclusive"])
def test_the_sandbox_is_read_whole(world: World, generation: str, reading: str) -> None:
    """Over real HTTP, connections, requests and orders of the sandbox come whole, and none of it is a surprise."""
    faults = [f"crux:limit-reading={reading}", "crux:clamp=30", "crux:revoke-after=4"]
    with Sandbox(world, faults=faults) as sandbox:
        vendor = sandbox.vendors["crux"]
        login = {name: vendor.credentials[name] for name in ("username", "password")}
        with Client(Crux(base_url=vendor.base_url, generation=generation, **login), clock=FakeClock()) as crux:
            listings = [crux.listing(plan) for plan in (*crux.adapter.listings(), crux.adapter.orders())]
            detail = crux.order(listings[2][0].id)
    for listing in listings:
        assert listing.coverage.complete, listing.coverage
        assert not listing.drift
        assert not listing.rejected
    assert len(listings[0]) > 0
    assert len(listings[2]) == listings[2].coverage.declared
    known = {connection.partner.id for connection in listings[0] if connection.partner}
    ordered = {line.supplier.organization_id for order in listings[2] for line in order.line_items if line.supplier}
    assert detail.id == listings[2][0].id
    # The documented detail names suppliers of its own.
    assert len(ordered - known) <= 2


@pytest.mark.parametrize("reading", ["count", "inclusive", "exclusive"])
@pytest.mark.parametrize("way", ["threads", "tasks"])
async def test_orders_come_once_over_sockets_however_limit_is_read(world: World, way: str, reading: str) -> None:
    """Pages capped in silence, orders coming in meanwhile, and any reading of `limit`: each order once, and all."""
    faults = [f"crux:limit-reading={reading}", "crux:clamp=30", "crux:page-drift=3"]
    with Sandbox(world, faults=faults) as sandbox:
        vendor = sandbox.vendors["crux"]
        adapter = Crux(base_url=vendor.base_url, token=vendor.credentials["token"])
        if way == "threads":
            with Client(adapter, clock=FakeClock()) as threads:
                lazily = threads.orders(page_size=40)
                ids, coverage = [order.id for order in lazily], lazily.coverage
                settled = threads.list_orders()
        else:
            async with AsyncClient(adapter, clock=FakeClock()) as tasks:
                reader = tasks.orders(page_size=40)
                ids, coverage = [order.id async for order in reader], reader.coverage
                settled = await tasks.list_orders()
    assert coverage.complete, coverage
    assert len(ids) == len(set(ids)) == coverage.declared == coverage.unique
    assert set(ids) == {order.id for order in settled}
    assert settled.coverage.walks == 1


@pytest.mark.parametrize("fault", ["page-drift=3", "429=0.2", "503=0.2", "reset=0.2"])
def test_the_sandbox_is_read_whole_in_bad_weather(world: World, fault: str) -> None:
    """Orders that come in meanwhile, and failures that pass, cost no order."""
    with Sandbox(world, faults=[f"crux:{fault}"]) as sandbox:
        vendor = sandbox.vendors["crux"]
        adapter = Crux(base_url=vendor.base_url, token=vendor.credentials["token"])
        with Client(adapter, clock=FakeClock()) as crux:
            listing = crux.list_orders(page_size=40)
    assert listing.coverage.complete, listing.coverage
    assert len(listing) == listing.coverage.declared


@pytest.mark.parametrize("fault", ["null-row", "no-id", "wrong-types", "deep", "huge-int", "surrogate", "numeric-id"])
def test_spoilt_rows_never_shorten_a_complete_list(world: World, fault: str) -> None:
    """Whatever is spoilt in single rows, a list is only called complete with as many records as there are."""
    with Sandbox(world, faults=[f"crux:{fault}"]) as sandbox, Sandbox(world) as sound:
        counts = []
        for served in (sound, sandbox):
            vendor = served.vendors["crux"]
            adapter = Crux(base_url=vendor.base_url, token=vendor.credentials["token"], own_role="retailer")
            with Client(adapter, clock=FakeClock()) as crux:
                counts.append([crux.attempt(plan) for plan in (adapter.connections(), adapter.orders())])
    for expected, spoilt in zip(*counts, strict=True):
        assert spoilt.error is None
        assert len(spoilt) == len(expected) or not spoilt.coverage.complete
        assert len(spoilt) + len(spoilt.rejected) >= len(expected)
