"""Lists of organizations, people and roles are walked to their end, and whatever goes wrong on the way is told."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from hypothesis import given

from adapters.commerce_layer.jsonapi import open_list, open_one
from aggregator.adapter import Malformed
from aggregator.client import AsyncClient, Client
from aggregator.errors import (
    AuthenticationError,
    ContractError,
    NotFound,
    PaginationLoop,
    PermissionDenied,
    RateLimited,
    RequestRejected,
    Unsupported,
    VendorError,
    VendorUnavailable,
)
from aggregator.model import StopReason
from aggregator.wire.options import Options
from tests.adapters.commerce_layer_fakes import (
    API,
    MEDIA,
    READY,
    Server,
    account,
    client,
    error,
    linked,
    membership,
    organization,
    organizations,
    role,
)
from tests.adapters.test_commerce_layer_mapping import json_values
from tests.fakes import FakeClock, reply


def test_the_scan_reads_every_organization() -> None:
    """By default a list of several pages is scanned by id: every organization once, complete, 25 at a time."""
    server = Server(organizations(60))
    with client(account(), server) as commerce_layer:
        listing = commerce_layer.list_organizations()
    assert [one.id for one in listing] == [f"org{number:07d}" for number in range(1, 61)]
    assert listing.coverage.proves_absence
    assert (listing.coverage.declared, listing.coverage.pages, listing.coverage.walks) == (60, 3, 1)
    assert server.asked("filter[q][id_gt]") == [None, "org0000025", "org0000050"]
    assert set(server.asked("sort")) == {"id"}
    assert set(server.asked("page[size]")) == {"25"}
    assert {request.headers["accept"] for request in server.requests} == {"application/vnd.api+json"}
    assert {str(request.url.copy_with(query=None)) for request in server.requests} == {f"{API}/organizations"}


def test_numbered_pages_read_every_organization() -> None:
    """On request the list is read by page number, with what the announced count of pages says."""
    server = Server(organizations(60))
    with client(account(), server) as commerce_layer:
        listing = commerce_layer.list_organizations(walk="pages", sort="-name")
    assert len({one.id for one in listing}) == 60
    assert listing.coverage.complete
    assert {"1", "2", "3"} == set(server.asked("page[number]"))
    assert set(server.asked("sort")) == {"-name"}


@pytest.mark.parametrize("how", ["keyset", "pages"])
@pytest.mark.parametrize("size", [1, 7, 24])
def test_clamped_pages_lose_nothing(how: Any, size: int) -> None:
    """A server that gives fewer rows than were asked for costs pages, not rows."""
    with client(account(), Server(organizations(30), size=size)) as commerce_layer:
        listing = commerce_layer.list_organizations(walk=how)
    assert len(listing) == 30
    assert listing.coverage.complete


@pytest.mark.parametrize("how", ["keyset", "pages"])
async def test_tasks_read_the_same(how: Any) -> None:
    """The asynchronous client reads the same organizations in the same order."""
    server = Server(organizations(60))
    transport = httpx.MockTransport(server)
    async with AsyncClient(account(), transport=transport, clock=FakeClock()) as commerce_layer:
        listing = await commerce_layer.list_organizations(walk=how)
        lazily = [one.id async for one in commerce_layer.organizations(walk=how)]
    assert [one.id for one in listing] == lazily == [f"org{number:07d}" for number in range(1, 61)]


def test_an_empty_list_is_complete() -> None:
    """No organizations at all is a complete answer."""
    with client(account(), Server([])) as commerce_layer:
        listings = [commerce_layer.list_organizations(walk="keyset"), commerce_layer.list_organizations(walk="pages")]
    assert [(len(listing), listing.coverage.complete) for listing in listings] == [(0, True)] * 2


def test_an_empty_page_in_the_middle_ends_nothing() -> None:
    """A page without rows, of a list that announces more pages, is passed over."""
    server = Server(organizations(60))
    blank = {"data": [], "meta": {"record_count": 60, "page_count": 3}}
    server.broken = [None, httpx.Response(200, headers=MEDIA, json=blank)]
    options = Options(concurrency=1)
    transport = httpx.MockTransport(server)
    with Client(account(), transport=transport, clock=FakeClock(), options=options) as commerce_layer:
        listing = commerce_layer.list_organizations(walk="pages")
    assert len(listing) == 60
    assert listing.coverage.walks > 1  # the first walk saw 35 of 60


def test_insertions_during_a_scan_lose_nothing() -> None:
    """An organization that appears before the place we have reached is noticed by the total, and found."""
    server = Server(organizations(60))

    def handler(request: httpx.Request) -> httpx.Response:
        if len(server.requests) == 1:
            server.rows.insert(0, organization("aaa"))
        return server(request)

    server.meta = {"record_count": 61}
    with client(account(), handler) as commerce_layer:
        listing = commerce_layer.list_organizations()
    assert "aaa" in {one.id for one in listing}
    assert len(listing) == 61


def test_a_wrong_total_is_told() -> None:
    """A declared total that is never reached makes the list incomplete, with both numbers in the reason."""
    server = Server(organizations(30), meta={"record_count": 37})
    with client(account(), server) as commerce_layer:
        listing = commerce_layer.list_organizations()
    assert not listing.coverage.complete
    assert "37 declared, 30 came" in str(listing.coverage.reason)


@pytest.mark.parametrize("how", ["keyset", "pages"])
def test_pages_that_repeat_are_a_loop(how: Any) -> None:
    """A server that ignores the page parameter is found out, and what was read is kept."""
    page = Server(organizations(30)).page(httpx.QueryParams({"page[size]": "10"}))
    with client(account(), lambda _: httpx.Response(200, headers=MEDIA, content=page.content)) as commerce_layer:
        listing = commerce_layer.list_organizations(walk=how)
    assert isinstance(listing.error, PaginationLoop)
    assert (len(listing), listing.coverage.complete) == (10, False)


def test_unreadable_rows_are_set_aside() -> None:
    """Rows that are no resources are rejected with place and reason, the others are kept, and the list says so."""
    rows: list[Any] = organizations(30)
    rows[3] = {"type": "organizations", "attributes": {"name": "No id"}}
    rows[4] = "not even an object"
    rows[5] = organization("org0000006", name=5)
    with client(account(), Server(rows)) as commerce_layer:
        listing = commerce_layer.list_organizations(walk="pages")
    assert len(listing) == 27
    assert [one.pointer for one in listing.rejected] == ["/data/3", "/data/4", "/data/5"]
    assert listing.rejected[1].raw == "not even an object"
    assert "3 of 30 rows could not be read" in str(listing.coverage.reason)


def test_a_scan_goes_on_past_a_row_without_an_id() -> None:
    """A page whose last row has no id is followed by the one after the last id there is."""
    rows: list[Any] = organizations(60)
    rows[24] = {"type": "organizations"}
    server = Server(rows)
    with client(account(), server) as commerce_layer:
        listing = commerce_layer.list_organizations()
    assert {one.id for one in listing} == {f"org{number:07d}" for number in range(1, 61)} - {"org0000025"}
    assert not listing.coverage.complete


def test_a_scan_that_cannot_go_on_says_so() -> None:
    """A page without a single id ends the scan with a reason, and nothing is taken for complete."""
    with client(account(), Server([{"type": "organizations"}] * 30)) as commerce_layer:
        listing = commerce_layer.list_organizations()
    assert "without a single id" in str(listing.coverage.reason)
    assert len(listing.rejected) == 25


def test_one_organization_and_its_place() -> None:
    """One organization is fetched by its id, what was asked for comes along, and its source points at the body."""
    seat = membership("m1")
    body = {"data": linked(organization("abc"), "memberships", seat), "included": [seat]}
    asked: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, headers=MEDIA, content=json.dumps(body, default=float).encode())

    with client(account(), handler) as commerce_layer:
        record = commerce_layer.organization("abc", include="memberships")
    assert str(asked[0].url) == f"{API}/organizations/abc?include=memberships"
    assert record.explain("name").pointer == "/data/attributes/name"
    assert [one.email for one in record.contacts or ()] == ["m1@shop.test"]


@pytest.mark.parametrize(("of", "path"), [(None, "memberships"), ("abc", "organizations/abc/memberships")])
def test_people_are_scanned(of: str | None, path: str) -> None:
    """People of all organizations, or of one, are scanned by id; each says its organization and its role's name."""
    rows = [membership(f"m{number:03d}", organization="abc", role="r1") for number in range(60)]
    server = Server(rows, included=[role("r1", name="Admin")])
    with client(account(), server) as commerce_layer:
        listing = commerce_layer.list_memberships(of)
    assert (len(listing), listing.coverage.pages, listing.coverage.complete) == (60, 3, True)
    assert {(one.organization_id, one.role_id, one.role_name) for one in listing} == {("abc", "r1", "Admin")}
    assert {request.url.path for request in server.requests} == {f"/api/{path}"}
    assert listing.coverage.scope == (of and f"organization {of}")
    assert not listing.drift


@pytest.mark.parametrize(("of", "path"), [(None, "roles"), ("abc", "organizations/abc/roles")])
def test_roles_are_scanned(of: str | None, path: str) -> None:
    """Roles of all organizations, or of one, are scanned by id; of one, each says whose it is."""
    server = Server([role(f"r{number:03d}") for number in range(60)])
    with client(account(), server) as commerce_layer:
        listing = commerce_layer.list_roles(of)
    assert (len(listing), listing.coverage.complete) == (60, True)
    assert {one.organization_id for one in listing} == {of}
    assert {request.url.path for request in server.requests} == {f"/api/{path}"}


def test_the_probe_asks_for_one_row() -> None:
    """The probe is one request for one row, and does not call that the whole list."""
    server = Server(organizations(60))
    with client(account(), server) as commerce_layer:
        listing = commerce_layer.listing(commerce_layer.adapter.probe())
    assert (len(server.requests), len(listing)) == (1, 1)
    assert not listing.coverage.proves_absence


def test_what_is_collected_is_every_organization() -> None:
    """Collecting an account walks the list of organizations, whole."""
    (plan,) = account().listings()
    assert (plan.operation, plan.scope) == ("organizations", None)


def test_what_the_platform_cannot_do_is_said() -> None:
    """Asking for connections or orders says that there are none here, and why."""
    with client(account(), Server([])) as commerce_layer:
        with pytest.raises(Unsupported, match="shops of their own"):
            commerce_layer.connections()  # type: ignore[misc]
        with pytest.raises(Unsupported, match="Core API"):
            commerce_layer.orders()  # type: ignore[misc]


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (error(400, "FILTER_NOT_ALLOWED", "Not allowed."), RequestRejected, "Not allowed"),
        (error(401, "INVALID_TOKEN", "The token is expired."), AuthenticationError, "The token is expired"),
        (error(401, "UNAUTHORIZED", "You are not authorized."), PermissionDenied, "You are not authorized"),
        (error(403, "FORBIDDEN", "No."), PermissionDenied, "No"),
        (error(404, "RECORD_NOT_FOUND", "No such record."), NotFound, "No such record"),
        (error(406, "NOT_ACCEPTABLE", "Wrong Accept."), RequestRejected, "Wrong Accept"),
        (error(429, "TOO_MANY_REQUESTS", "Slow down."), RateLimited, "Slow down"),
        (error(500, "INTERNAL", "Oops."), VendorUnavailable, "Oops"),
        (httpx.Response(503, text="<html>down</html>"), VendorUnavailable, "503"),
        (httpx.Response(200, text="<html>hello</html>"), ContractError, "HTML"),
        (httpx.Response(200, text='{"data": [{"id": "a'), ContractError, "cannot be read"),
        (httpx.Response(200, json={"data": None}), ContractError, "'data'"),
        (httpx.Response(200, json={"data": {}}), ContractError, "'data'"),
        (httpx.Response(200, json=[]), ContractError, "no object"),
        (httpx.Response(200, json={"errors": [{"detail": "half broken"}]}), ContractError, "half broken"),
        (httpx.Response(302, headers={"location": "https://evil.test/"}), ContractError, "evil.test"),
    ],
)
def test_refusals_are_told_with_what_to_do(answer: httpx.Response, kind: type[VendorError], said: str) -> None:
    """Each way in which a list can fail is one error that says whose it is, what was said, and what to do."""

    def handler(_: httpx.Request) -> httpx.Response:
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    with client(account(), handler) as commerce_layer, pytest.raises(kind) as raised:
        commerce_layer.list_organizations()
    assert said in str(raised.value)
    assert str(raised.value).startswith("commerce_layer (acme), organizations: ")
    assert raised.value.hint
    assert READY not in repr(vars(raised.value)) + str(raised.value)


def test_errors_keep_their_code_and_pointers() -> None:
    """Code and pointers of all errors of a document are in ours, and all that was said."""
    errors = [
        {"title": "a", "detail": "is bad", "code": "VALIDATION_ERROR", "source": {"pointer": "/data/attributes/name"}},
        {"title": "only a title", "source": {"parameter": "sort"}, "meta": {}},
    ]
    with (
        client(account(), lambda _: httpx.Response(422, json={"errors": errors})) as commerce_layer,
        pytest.raises(RequestRejected, match="is bad; only a title") as raised,
    ):
        commerce_layer.list_organizations()
    assert raised.value.vendor_code == "VALIDATION_ERROR"
    assert raised.value.pointers == ("/data/attributes/name",)


@given(json_values)
def test_any_error_body_is_survived(body: Any) -> None:
    """Whatever stands in the body of an error, reading the problem never raises."""
    for document in (body, {"errors": body}, {"errors": [body, {"source": body, "code": body, "detail": body}]}):
        content = json.dumps(document, default=str).encode()
        assert account().read_problem(reply(content, status=401)) is not None


@given(json_values)
def test_any_page_is_opened_or_malformed(body: Any) -> None:
    """Whatever stands in the body of a page, opening it gives rows or raises Malformed."""
    documents = (body, {"data": body}, {"data": [organization("a")], "meta": body, "included": body, "links": body})
    for document in documents:
        for opener in (open_list, open_one):
            try:
                envelope = opener(reply(json.dumps(document, default=float).encode()))
            except Malformed:
                continue
            assert isinstance(envelope.rows, list)


def test_a_failure_in_the_middle_keeps_what_came() -> None:
    """A list that fails on its second page keeps the first, is incomplete, and carries the error."""
    server = Server(organizations(60))
    server.broken = [None, error(403, "FORBIDDEN", "Enough.")]
    with client(account(), server) as commerce_layer:
        listing = commerce_layer.list_organizations()
    assert (len(listing), listing.coverage.stop) == (25, StopReason.FAILURE)
    assert isinstance(listing.error, PermissionDenied)


def test_trouble_that_passes_is_waited_for() -> None:
    """A 429 and a 500 on the way cost time, and no rows."""
    server = Server(organizations(60))
    server.broken = [error(500, "INTERNAL", "Oops."), None, error(429, "TOO_MANY_REQUESTS", "Slow.")]
    with client(account(), server) as commerce_layer:
        listing = commerce_layer.list_organizations()
    assert (len(listing), listing.coverage.complete) == (60, True)
