"""Recorded exchanges replay through the whole library, and hold no secret."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import vcr
import yaml

from adapters.commerce_layer import CommerceLayer
from adapters.crux import SANDBOX, Conjunction, Crux, Generation, OrdersQuery
from adapters.fabric import Fabric
from aggregator import Client, Connection, ConnectionStatus, Order, Organization
from aggregator.model import AccessRole, LineItemStatus, OrderStatus, Role
from aggregator.sandbox import Sandbox, World, in_process
from aggregator.secret import MASK
from aggregator.testing import cassette_profile
from aggregator.testing.cassettes import SECRET_KEYS, scrub
from tests.fakes import FakeClock
from tools.record_cassettes import FOLDER, RECORDINGS, Recording, record_live

_TOLD = {Organization: "name", AccessRole: "name", Order: "purchase_order"}
CASSETTES = sorted(FOLDER.glob("*/*.yaml"))


def _replayed(path: Path) -> Any:
    return vcr.VCR(**cassette_profile()).use_cassette(str(path))


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda one: f"{one.vendor}-{one.name}")
def test_a_recording_replays_to_a_complete_list(recording: Recording, clock: FakeClock) -> None:
    """Every operation, replayed from its cassette under the vendor's real host name, gives a complete list."""
    with _replayed(recording.path) as cassette, Client(recording.account(), clock=clock) as client:
        listing = client.listing(recording.plan(client.adapter))
    assert listing.coverage.complete, listing.coverage
    assert len(listing) > 0
    assert cassette.all_played


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda one: f"{one.vendor}-{one.name}")
def test_every_mapped_field_explains_itself(recording: Recording, clock: FakeClock) -> None:
    """Each field of a replayed record that holds something names the place in the answer it was read from."""
    with _replayed(recording.path), Client(recording.account(), clock=clock) as client:
        record = client.listing(recording.plan(client.adapter))[0]
    said = record.explain(_TOLD.get(type(record), "status"))
    assert said.pointer is not None
    assert said.pointer.startswith(record.source.pointer)
    assert said.native is not None


@pytest.mark.parametrize("path", CASSETTES, ids=lambda one: f"{one.parent.name}-{one.stem}")
def test_no_cassette_holds_a_secret(path: Path) -> None:
    """Neither the sandbox's credentials nor anything that looks like a token is in a cassette."""
    text = path.read_text("utf-8")
    for vendor in in_process(World.generate(1)).values():
        for name, value in vendor.credentials.items():
            if name in SECRET_KEYS:
                assert str(value) not in text, name
    assert not re.search(r"eyJ[\w-]{8,}\.[\w-]{8,}\.", text), "a JSON web token"
    assert not re.search(r"(?i)\b(bearer|token) [\w.-]{16,}", text), "an Authorization header"
    for name in SECRET_KEYS:
        for value in re.findall(rf'"{name}": ?"([^"]*)"', text):
            assert value in {"", MASK}, name
    for interaction in yaml.safe_load(text)["interactions"]:
        headers = {name.lower() for name in interaction["request"]["headers"]}
        assert headers <= {"accept", "content-type"}


def test_pages_read_by_post_are_told_apart() -> None:
    """The body of a request counts when it is matched, so page two is never answered with page one."""
    assert "body" in cassette_profile()["match_on"]
    bodies = [
        interaction["request"]["body"]
        for interaction in yaml.safe_load((FOLDER / "crux" / "orders.yaml").read_text("utf-8"))["interactions"]
        if interaction["request"]["uri"].endswith("/orders/")
    ]
    assert len(set(bodies)) > 2


@pytest.mark.parametrize(
    ("body", "scrubbed"),
    [
        (b'{"access_token":"abc","n":1.10}', b'{"access_token":"***","n":1.10}'),
        (b'[{"connection_credentials":[{"x":"y"}]}]', b'[{"connection_credentials":"***"}]'),
        (b"grant_type=client_credentials&client_secret=hush", b"grant_type=client_credentials&client_secret=***"),
        (b"<html>\xff</html>", b"<html>\xff</html>"),
    ],
)
def test_bodies_of_any_type_are_masked(body: bytes, scrubbed: bytes) -> None:
    """JSON, forms and garbage alike: secrets go, and numbers stay as they were written."""
    assert scrub(body) == scrubbed


def test_the_documented_crux_connection() -> None:
    """The example of Get Connections becomes a connection between the retailer and Crux Supplier A."""
    account = Crux(base_url=SANDBOX, generation=Generation.V1, token="any-token-at-all", own_role=Role.RETAILER)
    with _replayed(FOLDER / "crux" / "seed_connections.yaml"), Client(account) as client:
        listing = client.list_connections()
    (one,) = listing
    assert isinstance(one, Connection)
    assert (one.status, one.status_native) == (ConnectionStatus.ACTIVE, "ACTIVE")
    assert one.partner is not None
    assert (one.partner.name, one.partner.id) == ("Crux Supplier A", "757ce28d-fbd6-4b9f-8051-f847482e169f")
    assert one.account_manager is not None
    assert one.account_manager.phone == "(267)977-0572x195"
    assert one.partner.created_at == datetime(2018, 2, 9, 17, 2, 13, tzinfo=UTC)
    assert not listing.drift
    assert listing.coverage.complete


def test_the_documented_crux_orders() -> None:
    """The example of Get Orders sends the documented body and gives its two orders, amounts to the cent."""
    query = OrdersQuery(
        line_item_statuses=["Unallocated"],
        line_item_status_conjunction=Conjunction.OR,
        start_date=datetime(2017, 7, 31, 6, tzinfo=UTC),
        end_date=datetime(2018, 8, 3, 6, tzinfo=UTC),
        term="",
        org_uuids=[],
    )
    account = Crux(base_url=SANDBOX, generation=Generation.V1, token="any-token-at-all")
    with _replayed(FOLDER / "crux" / "seed_orders.yaml"), Client(account) as client:
        page = client.peek(account.orders(query, page_size=2))
    assert page is not None
    assert [order.purchase_order for order in page.records] == ["po-XLisbIUs", "po-WbbQy4Nu"]
    line = page.records[0].line_items[0]
    assert (line.cost, line.status) == (Decimal("66.05"), LineItemStatus.UNALLOCATED)


def test_the_documented_crux_order() -> None:
    """The example of Get Order Detail gives a new order of four lines, in the older spelling of their status."""
    account = Crux(base_url=SANDBOX, generation=Generation.V1, token="any-token-at-all")
    with _replayed(FOLDER / "crux" / "seed_order.yaml"), Client(account) as client:
        order = client.order("299fc593-04f0-424d-9847-e359b9dfde56")
    assert isinstance(order, Order)
    assert (order.status, order.status_native) == (OrderStatus.NEW, "New")
    assert [line.status_native for line in order.line_items] == ["unallocated"] * 4
    assert order.address is not None
    assert order.address.postal_code == "90181"


def test_the_documented_fabric_connection() -> None:
    """The example of a supplier connection is read whole, without any surprise."""
    with (
        _replayed(FOLDER / "fabric" / "seed_connection.yaml"),
        Client(Fabric(brand_id=500, token="any-token-0001")) as client,
    ):
        one = client.connection(1000)
        details = Fabric.details(one)
    assert (one.status, one.own_role) == (ConnectionStatus.ACTIVE, Role.SUPPLIER)
    assert one.partner is not None
    assert (one.partner.name, one.partner.website) == ("Demo Retailer", "https://demoabc.com")
    assert details is not None


def test_the_documented_commerce_layer_organizations() -> None:
    """The example of List all organizations gives The Blue Brand, one of 140 declared."""
    account = CommerceLayer(token="any-token-at-all")
    with _replayed(FOLDER / "commerce_layer" / "seed_organizations.yaml"), Client(account) as client:
        page = client.peek(account.organizations())
    assert page is not None
    assert page.declared == 140
    assert [(one.id, one.name) for one in page.records] == [("xYZkjABcde", "The Blue Brand")]
    assert page.records[0].email == "support@bluebrand.com"


def test_recording_with_ones_own_credentials_scrubs_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FakeClock
) -> None:
    """What the documented live recording writes replays to the same list, and shows neither login nor token."""
    with Sandbox(World.generate(20)) as served:
        vendor = served.vendors["crux"]
        login = {name: vendor.credentials[name] for name in ("username", "password")}
        monkeypatch.setenv("CRUX_PASSWORD", login["password"])
        config = tmp_path / "aggregator.toml"
        config.write_text(
            f'[accounts.own]\nvendor = "crux"\nbase_url = "{vendor.base_url}"\nusername = "{login["username"]}"\n'
            'password = { env = "CRUX_PASSWORD" }\n',
            "utf-8",
        )
        record_live(config, tmp_path / "recorded")
    path = tmp_path / "recorded" / "crux" / "own_connections.yaml"
    text = path.read_text("utf-8")
    for secret in (*login.values(), vendor.credentials["token"]):
        assert secret not in text
    with _replayed(path), Client(Crux(base_url=vendor.base_url, username="a", password="b"), clock=clock) as client:
        listing = client.list_connections()
    assert listing.coverage.complete
    assert len(listing) > 0
