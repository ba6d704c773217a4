"""Lists of fabric's connections are walked to their end, and whatever goes wrong on the way is told."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.fabric import Fabric
from adapters.fabric.adapter import open_page
from aggregator.adapter import Malformed
from aggregator.client import AsyncClient, Client
from aggregator.errors import (
    AggregatorError,
    AuthenticationError,
    ContractError,
    InvalidQuery,
    NotFound,
    PaginationLoop,
    PermissionDenied,
    RateLimited,
    RequestRejected,
    Unsupported,
    VendorUnavailable,
)
from aggregator.model import StopReason
from aggregator.sandbox import Sandbox, World
from aggregator.wire.options import Options
from tests.adapters.fabric_fakes import (
    TOKEN,
    Server,
    always,
    brand_account,
    client,
    retailer_account,
    retailers_view,
    row,
)
from tests.fakes import FakeClock, reply


def rows(count: int) -> list[dict[str, Any]]:
    return [row(number) for number in range(1, count + 1)]


def test_all_pages_are_read() -> None:
    """Every connection of a list of several pages is there once, in the platform's order, and the list is complete."""
    server = Server(rows(37))
    with client(brand_account(), server) as fabric:
        listing = fabric.list_connections()
    assert [one.id for one in listing] == [str(number) for number in range(1, 38)]
    assert listing.coverage.complete
    assert listing.coverage.proves_absence
    assert (listing.coverage.declared, listing.coverage.pages, listing.coverage.walks) == (37, 4, 1)
    assert {request.url.host for request in server.requests} == {"marketplace-api.fabric.inc"}
    assert {request.url.path for request in server.requests} == {"/v1/brands/500/connections/"}


def test_retailers_list() -> None:
    """A retailer's account asks for the retailer's list, and its partners are brands."""
    server = Server(rows(3))
    with client(retailer_account(), server) as fabric:
        listing = fabric.list_connections()
    assert server.requests[0].url.path == "/v1/retailers/500/connections/"
    assert [one.partner.name for one in listing if one.partner] == ["Brand 1", "Brand 2", "Brand 3"]


def test_records_are_read_as_they_are_asked_for() -> None:
    """Iterating yields what the listing holds, and afterwards says that it was everything."""
    with client(brand_account(), Server(rows(25))) as fabric:
        records = fabric.connections()
        assert [one.id for one in records] == [str(number) for number in range(1, 26)]
        assert records.coverage.complete


async def test_in_tasks() -> None:
    """The asynchronous client reads the same list."""
    server = Server(rows(37))

    async def handler(request: httpx.Request) -> httpx.Response:
        return server(request)

    transport = httpx.MockTransport(handler)
    async with AsyncClient(brand_account(), transport=transport, clock=FakeClock()) as fabric:
        listing = await fabric.list_connections()
    assert [one.id for one in listing] == [str(number) for number in range(1, 38)]
    assert listing.coverage.complete


def test_bare_array() -> None:
    """A list without an envelope comes whole."""
    with client(brand_account(), always(httpx.Response(200, json=rows(4)))) as fabric:
        listing = fabric.list_connections()
    assert len(listing) == 4
    assert listing.coverage.complete
    assert listing.coverage.declared is None
    assert listing[0].source.pointer == "/0"


def test_empty_list() -> None:
    """An account without connections has a complete list of none."""
    with client(brand_account(), Server([])) as fabric:
        listing = fabric.list_connections()
    assert (len(listing), listing.coverage.complete, listing.coverage.declared) == (0, True, 0)


def test_empty_page_in_the_middle() -> None:
    """A page without rows is not the end while the platform says that there is a next one."""
    with client(brand_account(), Server(rows(30), blank=frozenset({2}))) as fabric:
        listing = fabric.list_connections()
    assert len(listing) == 30
    assert listing.coverage.complete


@pytest.mark.parametrize("target", [1, 2])
def test_next_that_points_back(target: int) -> None:
    """A next link to the same or an earlier page ends in PaginationLoop; what came is kept, as incomplete."""
    server = Server(rows(30), following=lambda page, pages: f"https://x.test/?page={min(page + 1, target)}")
    with client(brand_account(), server) as fabric:
        listing = fabric.list_connections()
    assert isinstance(listing.error, PaginationLoop)
    assert len(listing) == 10 * target
    assert not listing.coverage.complete
    assert listing.coverage.stop is StopReason.FAILURE


def test_next_that_points_back_from_unreadable_rows() -> None:
    """The loop is seen even where no row of its page can be read."""
    body = {"count": 9, "next": "https://x.test/?page=1", "previous": None, "results": [{}, None]}
    with client(brand_account(), always(httpx.Response(200, json=body))) as fabric:
        listing = fabric.list_connections()
    assert isinstance(listing.error, PaginationLoop)
    assert len(listing.rejected) == 2


def test_page_parameter_ignored() -> None:
    """A platform that sends the first page for every number is found out."""
    body = {"count": 30, "next": "https://x.test/?cursor=abc", "previous": None, "results": rows(10)}
    with client(brand_account(), always(httpx.Response(200, json=body))) as fabric:
        listing = fabric.list_connections()
    assert isinstance(listing.error, PaginationLoop)
    assert len(listing) == 10


def test_count_that_is_not_reached() -> None:
    """Fewer rows than declared is an incomplete list, with the reason."""
    body = {"count": 12, "next": None, "previous": None, "results": rows(10)}
    with client(brand_account(), always(httpx.Response(200, json=body))) as fabric:
        listing = fabric.list_connections()
    assert not listing.coverage.complete
    assert "12 declared, 10 came" in str(listing.coverage.reason)


def test_page_that_vanishes() -> None:
    """A page gone in the middle of a walk leads to another walk, which settles it."""
    server = Server(rows(25), broken={3: [httpx.Response(404, json={"detail": "Invalid page."})]})
    with client(brand_account(), server) as fabric:
        listing = fabric.list_connections()
    assert len(listing) == 25
    assert listing.coverage.complete
    assert listing.coverage.walks == 3


def test_rejected_rows() -> None:
    """Rows that cannot be read are set aside with page and pointer, and the list is no longer proof of absence."""
    server = Server([*rows(11), {"id": None}, 5])
    with client(brand_account(), server) as fabric:
        listing = fabric.list_connections()
    assert len(listing) == 11
    assert [(one.page, one.pointer) for one in listing.rejected] == [(2, "/results/1"), (2, "/results/2")]
    assert not listing.coverage.proves_absence


@pytest.mark.parametrize("status", ["active", "onboarding", "pending", "suspended"])
def test_status_is_sent_on_every_page(status: str) -> None:
    """A documented status goes with every request, and the listing says what it is limited to."""
    server = Server(rows(25))
    with client(brand_account(), server) as fabric:
        listing = fabric.list_connections(status=status)
    assert {request.url.params["status"] for request in server.requests} == {status}
    assert listing.coverage.scope == f"status is {status}"
    assert not listing.coverage.proves_absence


@pytest.mark.parametrize("status", ["ACTIVE", "ended", "", "active,pending"])
def test_undocumented_status_is_not_sent(status: str) -> None:
    """A status that fabric does not document is refused before anything is sent, with those that it does."""
    with pytest.raises(InvalidQuery, match="active, onboarding, pending, suspended"):
        brand_account().connections(status=status)


@pytest.mark.parametrize("connection_id", ["", "x", "1/../2", "-1", "1.0", "٣", True])
def test_bad_ids_are_not_sent(connection_id: Any) -> None:
    """Anything but a whole number is refused as an id before it gets into a path."""
    with pytest.raises(InvalidQuery, match="whole number"):
        brand_account().connection(connection_id)


def test_one_connection() -> None:
    """One connection comes by its id, in the richer form where fabric has it."""
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(200, json=retailers_view(2002))

    with client(retailer_account(), handler) as fabric:
        connection = fabric.connection(2002)
    assert asked == ["/v1/retailers/500/connections/2002/"]
    assert connection.id == "2002"
    assert Fabric.details(connection).connection_fees == {"commission": "15.00"}


def test_probe_reads_one_page() -> None:
    """The probe makes a single request, and its result proves nothing about who is missing."""
    server = Server(rows(37))
    with client(brand_account(), server) as fabric:
        listing = fabric.listing(fabric.adapter.probe())
    assert server.pages == [1]
    assert len(listing) == 10
    assert not listing.coverage.proves_absence


def test_unsupported() -> None:
    """What fabric does not have is refused with the reason."""
    with client(brand_account(), Server([])) as fabric, pytest.raises(Unsupported, match="no organizations"):
        fabric.adapter.plan("organizations", fabric.adapter.connections().start)


ERRORS = [
    (401, {"detail": "Authentication credentials were not provided."}, AuthenticationError, "were not provided"),
    (403, {"detail": "You do not have permission to perform this action."}, PermissionDenied, "have permission"),
    (404, {"detail": "Not found."}, NotFound, "Not found"),
    (400, {"status": ["Select a valid choice."]}, RequestRejected, "status: Select a valid choice"),
    (429, {"detail": "Request was throttled. Expected available in 9 seconds."}, RateLimited, "throttled"),
    (503, "", VendorUnavailable, "503"),
]


@pytest.mark.parametrize(("status", "body", "kind", "words"), ERRORS)
def test_errors(status: int, body: Any, kind: type[AggregatorError], words: str) -> None:
    """Each refusal is one error of ours, in the platform's own words, with account and operation and no token."""
    handler = always(httpx.Response(status, content=body if isinstance(body, str) else json.dumps(body)))
    transport = httpx.MockTransport(handler)
    options = Options(attempts=2)
    fabric = Client(brand_account(), options=options, transport=transport, clock=FakeClock())
    with fabric, pytest.raises(kind, match=words) as caught:
        fabric.list_connections()
    assert str(caught.value).startswith("fabric (acme), connections: ")
    assert TOKEN not in f"{caught.value!r} {vars(caught.value)}"


@pytest.mark.parametrize(
    "content", [b"<html>Sign in</html>", b"", b'{"count": 1, "results": [', b'{"detail": "ok"}', b"7", b"\xff"]
)
def test_answers_that_are_no_list(content: bytes) -> None:
    """HTML, nothing, half a document or another document with status 200 is a ContractError."""
    fabric = client(brand_account(), always(httpx.Response(200, content=content)))
    with fabric, pytest.raises(ContractError, match="cannot be read"):
        fabric.list_connections()


def test_failure_in_the_middle_keeps_what_came() -> None:
    """A page that fails for good leaves the pages before it, as an incomplete listing that carries the error."""
    server = Server(rows(30), broken={2: [httpx.Response(403, json={"detail": "No."})] * 9})
    with client(brand_account(), server) as fabric:
        listing = fabric.list_connections()
    assert len(listing) == 10
    assert isinstance(listing.error, PermissionDenied)
    assert not listing.coverage.complete


def test_trouble_that_passes() -> None:
    """A 503 and a 429 are tried again, the latter after the time that the platform asks for."""
    throttled = httpx.Response(429, headers={"Retry-After": "9"}, json={"detail": "Request was throttled."})
    server = Server(rows(30), broken={2: [httpx.Response(503)], 3: [throttled]})
    time = FakeClock()
    with Client(brand_account(), transport=httpx.MockTransport(server), clock=time) as fabric:
        listing = fabric.list_connections()
    assert listing.coverage.complete
    assert len(listing) == 30
    assert time.elapsed >= 9


def test_token_that_ends_after_a_day() -> None:
    """Without expires_in, a rejected token is replaced once and the walk goes on; the secret travels in a form."""
    server = Server(rows(30))
    logins: list[dict[str, list[str]]] = []

    def handler(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth/token/":
            logins.append(parse_qs(request.content.decode()))
            assert request.headers["content-type"].startswith("application/x-www-form-urlencoded")
            return httpx.Response(200, json={"access_token": f"issued-token-{len(logins)}", "token_type": "Bearer"})
        if len(server.requests) >= 2 and request.headers["authorization"] == "Bearer issued-token-1":
            return httpx.Response(401, json={"detail": "Authentication credentials were not provided."})
        return server(request)

    adapter = Fabric(
        brand_id=500, client_id="me", client_secret="s3cret-s3cret", token_url="https://auth.test/oauth/token/"
    )
    with client(adapter, handler) as fabric:
        listing = fabric.list_connections()
    assert listing.coverage.complete
    assert len(logins) == 2
    assert logins[0] == {"grant_type": ["client_credentials"], "client_id": ["me"], "client_secret": ["s3cret-s3cret"]}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(
    count=json_values, following=json_values | st.from_regex(r"https://[a-z\[\]]{0,6}/\?page=.{0,12}"), held=json_values
)
def test_any_envelope_is_opened_or_malformed(count: Any, following: Any, held: Any) -> None:
    """Whatever an envelope says, it is opened or refused; only null is taken for the end of the list."""
    try:
        envelope = open_page(reply({"count": count, "next": following, "results": held}))
    except Malformed:
        assert not isinstance(held, list)
    else:
        assert envelope.rows == held
        assert (envelope.more is False) == (following is None)
        assert envelope.next_page is None or envelope.next_page >= 0


@given(total=st.integers(0, 60), size=st.integers(1, 25))
def test_any_list_is_read_whole(total: int, size: int) -> None:
    """Each connection is read exactly once, whatever the length of the list and of its pages."""
    made = [row(number) for number in range(total)]
    with client(brand_account(), Server(made, size=size)) as fabric:
        listing = fabric.list_connections()
    assert [one.id for one in listing] == [str(number) for number in range(total)]
    assert listing.coverage.complete


@pytest.fixture(scope="module")
def world() -> World:
    """A small world."""
    return World.generate(60, 1)


FAULTS = ["", "next-host", "bare-list=yes", "expires-in=no", "revoke-after=3", "429=2x", "page-size=7"]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("side", ["brand_id", "retailer_id"])
def test_against_the_sandbox(world: World, fault: str, side: str) -> None:
    """Over real sockets, whatever is switched on, the list is complete and nothing in it is a surprise."""
    with Sandbox(world, faults=[f"fabric:{fault}"] if fault else []) as sandbox:
        vendor = sandbox.vendors["fabric"]
        settings = {name: value for name, value in vendor.credentials.items() if not name.endswith("_id")}
        settings |= {"client_id": vendor.credentials["client_id"], side: vendor.credentials[side]}
        with Client(Fabric(base_url=vendor.base_url, **settings), clock=FakeClock()) as fabric:
            listing = fabric.list_connections()
            one = fabric.connection(listing[-1].id)
    held = len(world.records["fabric"])
    assert listing.coverage.complete
    assert not listing.rejected
    assert not listing.drift.unknown_keys
    assert not listing.drift.notes
    assert len(listing) == held if side == "retailer_id" else len(listing) > 0
    assert one.partner is not None
    assert listing[-1].partner is not None
    assert (one.id, one.status, one.partner.key) == (listing[-1].id, listing[-1].status, listing[-1].partner.key)
