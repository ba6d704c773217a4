"""Crux Connect's HTTP behaviour: login, token header, trailing slashes, connections, requests, orders."""

import json
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from adapters.crux.sandbox.documents import (
    SEED,
    TIMP,
    V1,
    connection,
    examples,
    organization,
    request_document,
)
from adapters.crux.sandbox.order_documents import in_detail, in_list
from adapters.crux.sandbox.orders import Orders
from adapters.crux.sandbox.search import Search
from aggregator.sandbox.http import Refused, Tokens, answer, application, dump
from aggregator.sandbox.vendor import Option, Shape, Site

USERNAME, PASSWORD = "buyer@cruxretailer.com", "crux-sandbox-password"
LOGIN = "/organizations/user-login/"

OPTIONS = (
    Option(
        name="limit-reading",
        summary="what an orders search's limit means: a count (as every other page of the documents says), "
        "or the last element, inclusive (as the orders page says) or exclusive",
        default="count",
        choices=("count", "inclusive", "exclusive"),
    ),
    Option(
        name="clamp",
        summary="at most so many rows a page, silently (documented for other lists)",
        default="100",
        kind="number",
    ),
    Option(
        name="total-results",
        summary="what total_results counts: all of the organization's orders, as documented, or the ones found",
        default="organization",
        choices=("organization", "filtered"),
    ),
    Option(
        name="unprefixed",
        summary="generation of the API without prefix: as first published, or its last (website, contact)",
        default=V1,
        choices=(V1, SEED),
    ),
    Option(
        name="token-expiry",
        summary="how long a token lives; the documents contradict each other",
        default="2h",
        kind="duration",
    ),
    Option(
        name="revoke-after", summary="after this many requests every token is refused once", default="0", kind="number"
    ),
    Option(
        name="page-drift",
        summary="so many of the first pages of orders see a new order come in",
        default="0",
        bare="3",
        kind="number",
    ),
    Option(name="orders", summary="orders per connection, on average", default="6", kind="number"),
)


class CruxSandbox:
    """Crux Connect for one retailer account.

    Undocumented and therefore a guess named here: bodies of errors (as Django REST
    Framework's), 301 on a missing slash.
    """

    name = "crux"
    documented_origin = "https://api-sandbox.cruxconnect.com"
    base_path = ""
    token_paths = (LOGIN, f"/timp{LOGIN}")
    options = OPTIONS
    shape = Shape(
        rows=(("orders",), ("requests",), ()),
        total=(("total_results",), ("pagination", "total_count")),
        identifier="uuid",
        page_parameters=("start",),
    )

    def credentials(self, site: Site) -> Mapping[str, Any]:
        """A user's name and password, and a token that is already good."""
        return {"username": USERNAME, "password": PASSWORD, "token": _ready_token(site)}

    def build(self, site: Site) -> ASGIApp:
        """The application."""
        server = _Server(site)
        routes = []
        for prefix in ("", "/timp"):
            routes += [
                Route(f"{prefix}{LOGIN}", server.login, methods=["POST"]),
                Route(f"{prefix}/organizations/", server.organization, methods=["GET"]),
                Route(f"{prefix}/organizations/connections/", server.connections, methods=["GET"]),
                Route(f"{prefix}/organizations/connections/request/", server.requests, methods=["GET"]),
                Route(f"{prefix}/organizations/connections/request/{{uuid:str}}/", server.request, methods=["GET"]),
                Route(f"{prefix}/orders/", server.orders, methods=["POST"]),
                Route(f"{prefix}/orders/{{uuid:str}}/", server.order, methods=["GET"]),
            ]
        routes.append(Route("/timp/orders/po/{number:str}/", server.order_by_po, methods=["GET"]))
        return application(
            routes, not_found={"detail": "Not found."}, not_allowed={"detail": "Method not allowed."}, slashes=True
        )


def _ready_token(site: Site) -> str:
    return Tokens("crux-ready", site.clock, 0).issue()[0]


class _Server:
    def __init__(self, site: Site) -> None:
        self.site = site
        revoke = site.number("revoke-after")
        self.tokens = Tokens("crux", site.clock, site.seconds("token-expiry"), revoke_after=revoke)
        self.tokens.issued[_ready_token(site)] = site.clock()
        # Pending partners whose request is still open are listed as requests, not as connections.
        waiting = [record for record in site.records if record.status == "pending"]
        self.requested = waiting[::2]
        hidden = {record.native_id for record in self.requested}
        self.connected = [record for record in site.records if record.native_id not in hidden]
        made = site.number("orders") * len(self.connected)
        self.all_orders = Orders(site, self.connected, made, unconnected=self.requested)
        self.drift = site.number("page-drift")
        self.bodies: dict[str, bytes] = {}
        self.found: OrderedDict[tuple[object, ...], range | list[int]] = OrderedDict()

    def _generation(self, request: Request) -> str:
        return TIMP if request.url.path.startswith("/timp/") else self.site.text("unprefixed")

    def _admit(self, request: Request) -> str:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme != "Token" or not token:
            raise Refused(401, {"detail": "Authentication credentials were not provided."})
        if not self.tokens.good(token):
            raise Refused(401, {"detail": "Invalid token."})
        return self._generation(request)

    async def login(self, request: Request) -> Response:
        """A user's name and password for a token."""
        body = await _json(request)
        for name in ("username", "password"):
            if not body.get(name):
                raise Refused(400, {name: ["This field is required."]})
        if (body["username"], body["password"]) != (USERNAME, PASSWORD):
            raise Refused(401, {"detail": "Unable to log in with provided credentials."})
        token, _ = self.tokens.issue()
        own = examples()["connections"][0]["retailer"]
        permission = {
            "uuid": "00000000-0000-4000-8000-000000000001",
            "name": "view_order",
            "display_name": "View Orders",
            "description": "",
            "visibility": "BOTH",
            "grouping": "ORDERS",
        }
        user = "c3fb688d-0000-4000-8000-000000000002"
        return answer(
            {
                "auth_token": token,
                "org_uuid": own["organization"]["uuid"],
                "user_uuid": user,
                "retailer_uuid": own["uuid"],
                "supplier_uuid": "",
                "org_type": "RETAILER",
                "permission_assignments": {
                    "permissions": [{"assigned": True, "permission": permission}],
                    "org_user": {"uuid": user},
                },
            }
        )

    async def organization(self, request: Request) -> Response:
        """The caller's own organization: one object."""
        return answer(organization(self._admit(request)))

    async def connections(self, request: Request) -> Response:
        """Every connection: a bare array, no pages."""
        generation = self._admit(request)
        if generation not in self.bodies:
            as_of = self.site.world.as_of
            self.bodies[generation] = dump([connection(record, generation, as_of) for record in self.connected])
        return answer(self.bodies[generation])

    async def requests(self, request: Request) -> Response:
        """Requested connections: pages by start and limit."""
        self._admit(request)
        start, limit = _query_number(request, "start", 0), _query_number(request, "limit", 50)
        limit = min(limit, self.site.number("clamp") or limit)
        rows = [request_document(record) for record in self.requested[start : start + limit]]
        pagination = {"total_count": len(self.requested), "start": start, "limit": limit}
        return answer({"requests": rows, "pagination": pagination})

    async def request(self, request: Request) -> Response:
        """One requested connection."""
        self._admit(request)
        for record in self.requested:
            if record.connection_id == request.path_params["uuid"]:
                return answer(request_document(record))
        raise Refused(404, {"detail": "Not found."})

    async def orders(self, request: Request) -> Response:
        """A page of the orders that a search finds."""
        generation = self._admit(request)
        search = Search.read(await _json(request), generation)
        found = self._found(search, generation)
        page = search.page(found, self.site.text("limit-reading"), self.site.number("clamp"))
        total = len(found) if self.site.text("total-results") == "filtered" else len(self.all_orders)
        rows = [in_list(self.all_orders.order(index), generation) for index in page]
        self._arrival()
        return answer({"total_results": total, "orders": rows})

    def _arrival(self) -> None:
        if self.drift:
            self.drift -= 1
            self.all_orders.arrive()

    def _found(self, search: Search, generation: str) -> "range | list[int]":
        """What a search finds, kept for its next page."""
        key = (len(self.all_orders), generation, *search.key())
        if key not in self.found:
            self.found[key] = search.found(self.all_orders, generation)
            if len(self.found) > 16:
                self.found.popitem(last=False)
        return self.found[key]

    async def order(self, request: Request) -> Response:
        """One order by its uuid."""
        generation = self._admit(request)
        index = self.all_orders.find(request.path_params["uuid"])
        if index is None:
            raise Refused(404, {"detail": "Not found."})
        return answer(in_detail(self.all_orders.order(index), generation))

    async def order_by_po(self, request: Request) -> Response:
        """Orders by purchase-order number: an array."""
        generation = self._admit(request)
        index = self.all_orders.find_po(request.path_params["number"])
        return answer([] if index is None else [in_detail(self.all_orders.order(index), generation)])


def _query_number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not text.isdecimal():
        raise Refused(400, {name: ["A valid integer is required."]})
    return int(text)


async def _json(request: Request) -> dict[str, Any]:
    media_type = request.headers.get("content-type", "")
    if media_type.partition(";")[0].strip() != "application/json":
        raise Refused(415, {"detail": f'Unsupported media type "{media_type}" in request.'})
    try:
        body = json.loads(await request.body() or b"{}")
    except ValueError as error:
        raise Refused(400, {"detail": f"JSON parse error - {error}"}) from None
    if not isinstance(body, dict):
        raise Refused(400, {"non_field_errors": ["Invalid data. Expected a dictionary."]})
    return body


SANDBOX = CruxSandbox()
