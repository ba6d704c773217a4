"""fabric as a few lines: rows like the documented example, and a server that pages them as its documents show."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import httpx
from attrs import define, field

from adapters.fabric import Fabric
from aggregator.adapter import DriftCount, Place
from aggregator.client import Client
from tests.fakes import NOON, FakeClock

BASE = "https://marketplace-api.fabric.inc"
TOKEN = "daily-token-4711"

Handler = Callable[[httpx.Request], httpx.Response]


def example() -> dict[str, Any]:
    """A fresh copy of the documented response of "Get supplier connection by ID"."""
    text = files("adapters.fabric.sandbox").joinpath("example.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def row(number: int, **changes: Any) -> dict[str, Any]:
    """The documented example under another id, with a partner of its own on either side."""
    made = example()
    made["id"] = number
    made["retailer"] = {**made["retailer"], "id": 5000 + number, "name": f"Retailer {number}"}
    made["brand"] = {**made["brand"], "id": 7000 + number, "name": f"Brand {number}"}
    return {**made, **changes}


def retailers_view(number: int) -> dict[str, Any]:
    """One connection as a retailer sees it, by the documents of v2."""
    made = row(number)
    people = made.pop("contacts")
    del made["retailer"]
    made["brand"] |= {
        "uuid": "5d7f2f5e-0000-4000-8000-000000000001",
        "default_ship_from_location": {"name": "Main warehouse", "city": "Ogden", "postal_code": "84401"},
        "connections_manager": {"name": "Ann Example", "email": "ann@brand.test", "phone": "+1 801 555 0100"},
    }
    return made | {
        "connection_contacts": people,
        "connection_credentials": [{"id": 9, "username": "acme-login", "password": "hunter2-hunter2"}],
        "connection_fees": {"commission": "15.00"},
        "connection_slas": {"ship_within_hours": 48},
        "connection_adjustments": [{"kind": "allowance"}],
        "metadata": "{}",
        "packing_slip_template": None,
    }


@define
class Server:
    """Serves rows in pages; remembers every request.

    Attributes:
        rows: The list.
        size: Rows on a page.
        following: What `next` says on a page, given its number and the number of pages.
        broken: Replies that come instead, one for each request for the page of this number.
        blank: Pages that come without rows although there are more after them.
    """

    rows: list[Any]
    size: int = 10
    following: Callable[[int, int], Any] = field(
        default=lambda page, pages: f"https://api.example.org/demo/accounts/?page={page + 1}" if page < pages else None
    )
    broken: dict[int, list[httpx.Response]] = field(factory=dict)
    blank: frozenset[int] = frozenset()
    requests: list[httpx.Request] = field(factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        page = int(request.url.params.get("page", "1"))
        if self.broken.get(page):
            return self.broken[page].pop(0)
        cut = [self.rows[at : at + self.size] for at in range(0, len(self.rows), self.size)] or [[]]
        for number in sorted(self.blank):
            cut.insert(number - 1, [])
        if not 1 <= page <= len(cut):
            return httpx.Response(404, json={"detail": "Invalid page."})
        body = {
            "count": len(self.rows),
            "next": self.following(page, len(cut)),
            "previous": None,
            "results": cut[page - 1],
        }
        return httpx.Response(200, content=json.dumps(body).encode())

    @property
    def pages(self) -> list[int]:
        """The numbers of the pages asked for, in order."""
        return [int(request.url.params["page"]) for request in self.requests]


def brand_account(**settings: Any) -> Fabric:
    """An account on the brand's side, with a ready token."""
    return Fabric(**{"account": "acme", "brand_id": 500, "token": TOKEN, **settings})


def retailer_account(**settings: Any) -> Fabric:
    """An account on the retailer's side, with a ready token."""
    return Fabric(**{"account": "shop", "retailer_id": 500, "token": TOKEN, **settings})


def client(adapter: Fabric, handler: Handler) -> Client[Fabric]:
    """A client whose network is the handler, and whose time stands still."""
    return Client(adapter, transport=httpx.MockTransport(handler), clock=FakeClock())


def always(response: httpx.Response) -> Handler:
    """A handler that gives the same answer to everything."""
    return lambda request: httpx.Response(response.status_code, headers=response.headers, content=response.content)


def place() -> Place:
    """Some place on some page."""
    return Place(
        vendor="fabric",
        account="acme",
        operation="connections",
        page=3,
        request=f"GET {BASE}/v1/brands/500/connections/?page=3",
        pointer="/results/7",
        fetched_at=NOON,
    )


def counts() -> DriftCount:
    """A fresh count."""
    return DriftCount()
