"""Records the cassettes: from the sandbox under the vendors' real host names, or from the live vendors.

    python -m tools.record_cassettes                              from the sandbox, into cassettes/; nothing is sent
    python -m tools.record_cassettes --live aggregator.toml DIR   with your own credentials, from the vendors themselves

A live recording holds your partners' names: look through it before you share it. Credentials and tokens are masked.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import vcr
from attrs import field, frozen

from adapters.commerce_layer import CommerceLayer
from adapters.crux import Crux, Generation, OrdersQuery
from adapters.fabric import Fabric
from aggregator import AsyncClient, Client
from aggregator.adapter import Adapter, Plan
from aggregator.adapter.unready import Unready
from aggregator.config import read_config
from aggregator.sandbox import World, in_process
from aggregator.testing import cassette_profile

FOLDER = Path(__file__).parent.parent / "cassettes"

# Any credentials do: a cassette shows none, and the sandbox's own are put in when it is recorded.
_CRUX = {"username": "user@example.com", "password": "not-a-password"}
_CLIENT = {"client_id": "a-client", "client_secret": "not-a-secret"}


@frozen(kw_only=True)
class Recording:
    """One operation of one vendor.

    Attributes:
        vendor: The vendor.
        name: The cassette's name.
        adapter: Makes the account from credentials.
        plan: What is fetched.
        world: How many businesses the sandbox has for it.
        faults: Options of the sandbox for it.
    """

    vendor: str
    name: str
    adapter: Callable[[dict[str, Any]], Adapter] = field(repr=False)
    plan: Callable[[Any], Plan[Any]] = field(repr=False)
    world: int = 6
    faults: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """Where it is kept."""
        return FOLDER / self.vendor / f"{self.name}.yaml"

    def account(self, credentials: dict[str, Any] | None = None) -> Adapter:
        """Return the account: with the sandbox's credentials to record, with none that are real to replay."""
        return self.adapter(credentials or {})


def _crux(generation: Generation) -> Callable[[dict[str, Any]], Adapter]:
    def make(credentials: dict[str, Any]) -> Adapter:
        known = {key: credentials.get(key, value) for key, value in _CRUX.items()}
        return Crux(account="cassette", base_url="https://api-sandbox.cruxconnect.com", generation=generation, **known)

    return make


def _fabric(side: str, number: int) -> Callable[[dict[str, Any]], Adapter]:
    def make(credentials: dict[str, Any]) -> Adapter:
        known = {key: credentials.get(key, value) for key, value in _CLIENT.items()}
        token_url = credentials.get("token_url", "https://marketplace-api.fabric.inc/auth/token/")
        return Fabric(account="cassette", token_url=token_url, **{side: credentials.get(side, number)}, **known)

    return make


def _layer(credentials: dict[str, Any]) -> Adapter:
    known = {key: credentials.get(key, value) for key, value in _CLIENT.items()}
    return CommerceLayer(account="cassette", **known)


_TIMP, _V1 = _crux(Generation.TIMPANOGOS), _crux(Generation.V1)
_ORDER = "299fc593-04f0-424d-9847-e359b9dfde56"
_RETAILER, _BRAND = _fabric("retailer_id", 500), _fabric("brand_id", 500)
_SMALL_PAGES = ("fabric:page-size=3",)

RECORDINGS = (
    Recording(vendor="crux", name="connections", adapter=_TIMP, plan=lambda crux: crux.connections()),
    Recording(vendor="crux", name="connections_v1", adapter=_V1, plan=lambda crux: crux.connections()),
    Recording(vendor="crux", name="organization", adapter=_TIMP, plan=lambda crux: crux.organization()),
    Recording(
        vendor="crux", name="connection_requests", adapter=_TIMP, plan=lambda crux: crux.connection_requests(), world=40
    ),
    Recording(vendor="crux", name="orders", adapter=_TIMP, plan=lambda crux: crux.orders(page_size=5), world=1),
    Recording(
        vendor="crux", name="orders_v1", adapter=_V1, plan=lambda crux: crux.orders(OrdersQuery(), page_size=5), world=1
    ),
    Recording(
        vendor="crux",
        name="purchase_order",
        adapter=_TIMP,
        plan=lambda crux: crux.purchase_order("po-WbbQy4Nu"),
        world=1,
    ),
    Recording(vendor="crux", name="order", adapter=_TIMP, plan=lambda crux: crux.order(_ORDER)),
    Recording(vendor="crux", name="order_v1", adapter=_V1, plan=lambda crux: crux.order(_ORDER)),
    Recording(
        vendor="fabric",
        name="connections_of_a_retailer",
        adapter=_RETAILER,
        plan=lambda fabric: fabric.connections(),
        faults=_SMALL_PAGES,
    ),
    Recording(
        vendor="fabric",
        name="connections_of_a_brand",
        adapter=_BRAND,
        plan=lambda fabric: fabric.connections(),
        faults=_SMALL_PAGES,
    ),
    Recording(vendor="fabric", name="connection", adapter=_BRAND, plan=lambda fabric: fabric.connection(1000)),
    Recording(
        vendor="commerce_layer", name="organizations", adapter=_layer, plan=lambda one: one.organizations(), world=50
    ),
    Recording(
        vendor="commerce_layer",
        name="organizations_by_page",
        adapter=_layer,
        plan=lambda one: one.organizations(walk="pages", filters={"name_cont": "a"}, sort="-name"),
    ),
    Recording(
        vendor="commerce_layer",
        name="organization_with_people",
        adapter=_layer,
        plan=lambda one: one.organization("xYZkjABcde", include="memberships"),
    ),
    Recording(vendor="commerce_layer", name="memberships", adapter=_layer, plan=lambda one: one.memberships(), world=3),
    Recording(vendor="commerce_layer", name="roles", adapter=_layer, plan=lambda one: one.roles(), world=3),
)


async def record(recording: Recording) -> int:
    """Record one cassette from the sandbox and return how many records came; nothing leaves the process."""
    served = in_process(World.generate(recording.world), faults=recording.faults)[recording.vendor]
    recording.path.unlink(missing_ok=True)
    transport = httpx.ASGITransport(app=served.app)
    with vcr.VCR(**cassette_profile(record_mode="all")).use_cassette(str(recording.path)):
        async with AsyncClient(recording.account(dict(served.credentials)), transport=transport) as client:
            listing = await client.listing(recording.plan(client.adapter))
    if not listing.coverage.complete:
        raise SystemExit(f"{recording.path}: {listing.coverage}")
    return len(listing)


def record_live(config: Path, folder: Path) -> None:
    """Record what `collect` would fetch, from the vendors themselves, with the credentials of a settings file."""
    logging.getLogger("vcr").setLevel(logging.WARNING)  # it logs answers as they come, tokens and all
    adapters: list[Adapter] = []
    for account in read_config(config).accounts:
        if isinstance(account, Unready):
            raise SystemExit(str(account.error))
        adapters.append(account)
    for adapter in adapters:
        for plan in adapter.listings():
            path = folder / adapter.vendor / f"{adapter.account}_{plan.operation}.yaml"
            with vcr.VCR(**cassette_profile(record_mode="all")).use_cassette(str(path)), Client(adapter) as client:
                print(f"{path}: {client.attempt(plan).coverage}")


def main(arguments: list[str]) -> None:
    """Record from the sandbox, or live."""
    if arguments[:1] == ["--live"] and len(arguments) == 3:
        record_live(Path(arguments[1]), Path(arguments[2]))
    elif not arguments:
        for recording in RECORDINGS:
            print(f"{recording.path.relative_to(FOLDER)}: {asyncio.run(record(recording))} records")
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
