"""Commerce Layer as a few lines: resources like the documented ones, and a server that scans, pages and logs in."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import httpx
from attrs import define, field

from adapters.commerce_layer import CommerceLayer
from adapters.commerce_layer.sandbox.kinds import example
from aggregator.adapter import DriftCount, Place
from aggregator.client import Client
from aggregator.model.converter import dump_json
from tests.fakes import NOON, FakeClock

API = "https://provisioning.commercelayer.io/api"
CLIENT_SECRET = "a-client-secret-4711"
READY = "opaque-ready-token-4711"
MEDIA = {"Content-Type": "application/vnd.api+json"}

Handler = Callable[[httpx.Request], httpx.Response]


def organization(identifier: str = "xYZkjABcde", **attributes: Any) -> dict[str, Any]:
    """The documented organization under another id, with other attributes."""
    made: dict[str, Any] = json.loads(json.dumps(example()), parse_float=Decimal)
    own = f"{API}/organizations/{identifier}"
    made |= {"id": identifier, "links": {"self": own}}
    made["attributes"] |= attributes
    names = ("memberships", "roles", "permissions", "api_credentials")
    made["relationships"] = {
        name: {"links": {"self": f"{own}/relationships/{name}", "related": f"{own}/{name}"}} for name in names
    }
    return made


def organizations(count: int) -> list[dict[str, Any]]:
    """So many organizations, in the order of their ids."""
    return [organization(f"org{number:07d}", name=f"Shop {number}") for number in range(1, count + 1)]


def membership(identifier: str, *, organization: str = "xYZkjABcde", role: str = "", **changes: Any) -> dict[str, Any]:
    """A person's seat, as the official schema describes it."""
    attributes = {
        "user_email": f"{identifier}@shop.test",
        "user_first_name": "John",
        "user_last_name": "Doe",
        "status": "active",
        "owner": True,
        "test_enabled": False,
        "access_scope": "live_access",
        "created_at": "2018-01-01T12:00:00.000Z",
        "updated_at": "2018-02-01T12:00:00.000Z",
        "reference": None,
        "reference_origin": None,
        "metadata": {},
    } | changes
    links = {"links": {"related": f"{API}/memberships/{identifier}/organization"}}
    relationships: dict[str, Any] = {"organization": links | {"data": {"type": "organizations", "id": organization}}}
    if role:
        relationships["role"] = {"data": {"type": "roles", "id": role}}
    return {"id": identifier, "type": "memberships", "attributes": attributes, "relationships": relationships}


def role(identifier: str, **attributes: Any) -> dict[str, Any]:
    """A role, as the official schema describes it."""
    return {
        "id": identifier,
        "type": "roles",
        "attributes": {"name": "Custom role", "kind": "custom", "created_at": "2018-01-01T12:00:00.000Z"} | attributes,
        "relationships": {"organization": {"links": {"related": f"{API}/roles/{identifier}/organization"}}},
    }


def linked(row: dict[str, Any], name: str, *others: dict[str, Any]) -> dict[str, Any]:
    """The row, whose relationship of this name leads to the others."""
    data = [{"type": one["type"], "id": one["id"]} for one in others]
    return row | {"relationships": row["relationships"] | {name: {"data": data}}}


def error(status: int, code: str, detail: str, **more: Any) -> httpx.Response:
    """An error as the resource API writes it: the status is a text."""
    one = {"title": "Something", "detail": detail, "code": code, "status": str(status), **more}
    return httpx.Response(status, headers=MEDIA, json={"errors": [one]})


def jwt(scope: Any = "provisioning-api", *, exp: float = 4_000_000_000, **claims: Any) -> str:
    """A token of the documented shape; its signature is none."""

    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return ".".join((part({"alg": "RS512"}), part({"scope": scope, "exp": exp, **claims}), "c2lnbmF0dXJl"))


@define
class Server:
    """Serves rows under any path; remembers every request.

    Attributes:
        rows: The list, in the order of the ids.
        size: The most rows on a page, whatever is asked for.
        included: What comes along with every page.
        meta: Overrides the declared counts.
        broken: Replies that come instead, one for each request, in order; None lets a request through.
        tokens: Bodies of the token endpoint, one for each request; the last one again and again.
    """

    rows: list[Any]
    size: int = 25
    included: list[Any] = field(factory=list)
    meta: dict[str, Any] = field(factory=dict)
    broken: list[httpx.Response | None] = field(factory=list)
    tokens: list[Any] = field(factory=lambda: [{"access_token": "bought-token-0001", "expires_in": 7200}])
    requests: list[httpx.Request] = field(factory=list)
    logins: list[httpx.Request] = field(factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.host == "auth.commercelayer.io":
            self.logins.append(request)
            body = self.tokens.pop(0) if len(self.tokens) > 1 else self.tokens[0]
            return body if isinstance(body, httpx.Response) else httpx.Response(200, json=body)
        self.requests.append(request)
        broken = self.broken.pop(0) if self.broken else None
        return broken or self.page(request.url.params)

    def page(self, params: httpx.QueryParams) -> httpx.Response:
        """A page of the list: after an id, or of a number."""
        after = params.get("filter[q][id_gt]", "")
        rows = [one for one in self.rows if not isinstance(one, dict) or str(one.get("id", "~")) > after]
        size, number = min(self.size, int(params.get("page[size]", "10"))), int(params.get("page[number]", "1"))
        counts = {"record_count": len(rows), "page_count": max(1, -(-len(rows) // size)), **self.meta}
        body = {"data": rows[(number - 1) * size : number * size], "meta": counts, "included": self.included}
        # As the documents show them, without /api: following one would lead nowhere.
        body["links"] = {"next": f"https://provisioning.commercelayer.io/organizations?page[number]={number + 1}"}
        return httpx.Response(200, headers=MEDIA, content=dump_json(body).encode())

    def asked(self, name: str) -> list[str | None]:
        """The values of a query parameter, in order."""
        return [request.url.params.get(name) for request in self.requests]


def account(**settings: Any) -> CommerceLayer:
    """An account with a ready token."""
    return CommerceLayer(**{"account": "acme", "token": READY, **settings})


def buyer(**settings: Any) -> CommerceLayer:
    """An account with client credentials."""
    return CommerceLayer(**{"account": "acme", "client_id": "me", "client_secret": CLIENT_SECRET, **settings})


def client(adapter: CommerceLayer, handler: Handler, *, clock: FakeClock | None = None) -> Client[CommerceLayer]:
    """A client whose network is the handler, and whose time stands still."""
    return Client(adapter, transport=httpx.MockTransport(handler), clock=clock or FakeClock())


def place(pointer: str = "/data/7") -> Place:
    """Some place on some page."""
    return Place(
        vendor="commerce_layer",
        account="acme",
        operation="organizations",
        page=3,
        request=f"GET {API}/organizations?sort=id",
        pointer=pointer,
        fetched_at=NOON,
    )


def counts() -> DriftCount:
    """A fresh count."""
    return DriftCount()
