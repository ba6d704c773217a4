"""Crux Connect in the sandbox: login, connections in each generation, requests, and the orders search."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from importlib.resources import files
from typing import Any

import httpx
import pytest

from aggregator.sandbox import World
from tests.sandbox.conftest import Ticks, Visit


def documented() -> dict[str, Any]:
    """The vendor's own examples."""
    found: dict[str, Any] = json.loads(
        files("adapters.crux.sandbox").joinpath("examples.json").read_text(encoding="utf-8")
    )
    return found


async def search(client: httpx.AsyncClient, prefix: str = "", **body: Any) -> dict[str, Any]:
    """One orders search."""
    found: dict[str, Any] = (await client.post(f"{prefix}/orders/", json=body)).raise_for_status().json()
    return found


async def all_orders(client: httpx.AsyncClient, **body: Any) -> list[str]:
    """Every order's uuid, walked by rows received."""
    seen: list[str] = []
    while rows := (await search(client, start=len(seen), **body))["orders"]:
        seen += [order["uuid"] for order in rows]
    return seen


async def test_login_gives_the_documented_fields(visit: Visit) -> None:
    """The inapplicable side's uuid is an empty text, as in the documents."""
    async with visit("crux") as client:
        body = {"username": "buyer@cruxretailer.com", "password": "crux-sandbox-password"}
        answer = (await client.post("/timp/organizations/user-login/", json=body)).json()
    assert re.fullmatch("[0-9a-f]{40}", answer["auth_token"])
    assert answer["org_type"] == "RETAILER"
    assert answer["supplier_uuid"] == ""
    assert answer["permission_assignments"]["permissions"][0]["permission"]["name"] == "view_order"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": ""}, 401),
        ({"Authorization": "Token nonsense"}, 401),
        ({"Authorization": "Bearer nonsense"}, 401),
    ],
)
async def test_a_wrong_token_is_refused(visit: Visit, headers: dict[str, str], status: int) -> None:
    """Only a good token in the documented scheme opens the door."""
    async with visit("crux") as client:
        answer = await client.get("/organizations/connections/", headers=headers)
    assert answer.status_code == status
    assert "detail" in answer.json()


@pytest.mark.parametrize(
    ("body", "status"), [({"username": "a", "password": "b"}, 401), ({"username": "a"}, 400), ({}, 400)]
)
async def test_a_wrong_login_is_refused(visit: Visit, body: dict[str, str], status: int) -> None:
    """A missing field is 400 and names the field; a wrong password is 401."""
    async with visit("crux") as client:
        answer = await client.post("/organizations/user-login/", json=body)
    assert answer.status_code == status


async def test_a_token_runs_out(visit: Visit, ticks: Ticks) -> None:
    """After the time that the option names the token is refused."""
    async with visit("crux", "crux:token-expiry=30s") as client:
        assert (await client.get("/organizations/")).status_code == 200
        ticks.now += 31
        assert (await client.get("/organizations/")).status_code == 401


async def test_tokens_are_revoked_once_in_mid_walk(visit: Visit) -> None:
    """revoke-after=2 refuses the third request, and a fresh token works again."""
    async with visit("crux", "crux:revoke-after=2") as client:
        statuses = [(await client.get("/organizations/")).status_code for _ in range(3)]
        body = {"username": "buyer@cruxretailer.com", "password": "crux-sandbox-password"}
        token = (await client.post("/organizations/user-login/", json=body)).json()["auth_token"]
        again = await client.get("/organizations/", headers={"Authorization": f"Token {token}"})
    assert statuses == [200, 200, 401]
    assert again.status_code == 200


async def test_a_missing_slash_is_redirected(visit: Visit) -> None:
    """As Django does: 301 to the same path with a slash, the query kept."""
    async with visit("crux") as client:
        answer = await client.get("/organizations/connections?x=1")
    assert answer.status_code == 301
    assert answer.headers["location"] == "/organizations/connections/?x=1"


async def test_the_documented_connection_is_served_as_documented(visit: Visit) -> None:
    """The first connection of a world is the documents' own, key for key."""
    async with visit("crux") as client:
        rows = (await client.get("/organizations/connections/")).json()
    assert rows[0] == documented()["connections"][0]


async def test_connections_are_the_worlds_records(visit: Visit, world: World) -> None:
    """Connections and open requests together are exactly the platform's records, under their own ids and names."""
    async with visit("crux") as client:
        rows = (await client.get("/timp/organizations/connections/")).json()
        requests = (await client.get("/timp/organizations/connections/request/?limit=100")).json()
    served = {row["supplier"]["organization"]["uuid"]: row["supplier"]["organization"]["name"] for row in rows}
    records = {record.native_id: record.name for record in world.records["crux"]}
    identifiers = {record.connection_id for record in world.records["crux"]}
    assert served.items() <= records.items()
    assert {row["uuid"] for row in rows} | {row["record_uuid"] for row in requests["requests"]} == identifiers
    assert sorted([*served.values(), *(row["org_name"] for row in requests["requests"])]) == sorted(records.values())
    assert {row["status"] for row in rows} == {"ACTIVE", "CONFIRMATION WAITING", "DEACTIVATED"}


async def test_connections_end_after_they_began(visit: Visit, world: World) -> None:
    """A deactivated connection says when, which is after it was created and before now; another one says nothing."""
    async with visit("crux") as client:
        rows = (await client.get("/timp/organizations/connections/")).json()[1:]
    ended = [row for row in rows if row["status"] == "DEACTIVATED"]
    assert ended
    for row in rows:
        assert (row["deactivated_date"] is not None) == (row in ended)
    created = {record.connection_id: record.created_at for record in world.records["crux"]}
    for row in ended:
        assert created[row["uuid"]] < datetime.fromisoformat(row["deactivated_date"]) < world.as_of


@pytest.mark.parametrize(
    ("fault", "path", "has", "lacks"),
    [
        ("crux:unprefixed=seed", "/organizations/connections/", set(), {"contact", "website"}),
        ("crux:unprefixed=v1", "/organizations/connections/", {"contact", "website"}, {"deactivated_date"}),
        (
            "crux:unprefixed=v1",
            "/timp/organizations/connections/",
            {"contact", "website", "deactivated_date", "supplier_uuid"},
            set(),
        ),
    ],
)
async def test_each_generation_has_its_own_fields(
    visit: Visit, fault: str, path: str, has: set[str], lacks: set[str]
) -> None:
    """A generation's connection has the keys that its documents name, and not the later ones."""
    async with visit("crux", fault) as client:
        row = (await client.get(path)).json()[1]
    keys = {*row, *row["supplier"], *row["supplier"]["organization"]}
    assert has <= keys
    assert not lacks & keys


async def test_requests_come_in_pages(visit: Visit) -> None:
    """The parameters start and limit cut the list of requests, and the envelope says how many there are."""
    async with visit("crux", world=World.generate(300, 1)) as client:
        first = (await client.get("/organizations/connections/request/?start=0&limit=2")).json()
        second = (await client.get("/organizations/connections/request/?start=2&limit=2")).json()
        uuid = first["requests"][0]["record_uuid"]
        single = await client.get(f"/organizations/connections/request/{uuid}/")
        missing = await client.get("/organizations/connections/request/nobody/")
    assert single.json() == first["requests"][0]
    assert missing.status_code == 404
    assert first["pagination"] == {"total_count": first["pagination"]["total_count"], "start": 0, "limit": 2}
    assert first["pagination"]["total_count"] > 4
    uuids = [row["record_uuid"] for row in first["requests"] + second["requests"]]
    assert len(set(uuids)) == 4


@pytest.mark.parametrize(
    ("reading", "count"), [("count", 4), ("inclusive", 2), ("exclusive", 1)], ids=["count", "inclusive", "exclusive"]
)
async def test_limit_is_read_as_the_option_says(visit: Visit, reading: str, count: int) -> None:
    """Start 3, limit 4: four rows, or up to and including number 4, or up to number 4."""
    async with visit("crux", f"crux:limit-reading={reading}") as client:
        everything = (await search(client, start=0, limit=100))["orders"]
        page = (await search(client, start=3, limit=4))["orders"]
    assert [order["uuid"] for order in page] == [order["uuid"] for order in everything[3 : 3 + count]]


async def test_pages_are_clamped_silently(visit: Visit) -> None:
    """No page is longer than the clamp, and nothing says so."""
    async with visit("crux", "crux:clamp=5") as client:
        page = await search(client, start=0, limit=50)
    assert len(page["orders"]) == 5
    assert set(page) == {"total_results", "orders"}


async def test_a_walk_finds_every_order_once(visit: Visit) -> None:
    """Pages join without gap or overlap, and their sum is the declared total."""
    async with visit("crux", "crux:clamp=40") as client:
        total = (await search(client, limit=1))["total_results"]
        walked = await all_orders(client, limit=40)
    assert len(walked) == len(set(walked)) == total > 100


async def test_dir_sorts_and_value_is_ignored(visit: Visit) -> None:
    """`dir: asc` turns the order; `value: asc`, which every documented example sends, does nothing."""
    async with visit("crux") as client:
        dates = {
            name: [order["created_date"] for order in (await search(client, limit=20, sort=sort))["orders"]]
            for name, sort in {
                "default": None,
                "dir": {"key": "date", "dir": "asc"},
                "value": {"key": "date", "value": "asc"},
            }.items()
        }
    assert dates["default"] == dates["value"] == sorted(dates["default"], reverse=True)
    assert dates["dir"] == sorted(dates["dir"])
    assert dates["dir"] != dates["default"]


@pytest.mark.parametrize("conjunction", ["or", "and", "only"])
async def test_conjunctions_of_statuses(visit: Visit, conjunction: str) -> None:
    """`or`, `and` and `only` return exactly the orders whose lines fit, judged on all orders."""
    wanted = {"Backordered"} if conjunction == "only" else {"Backordered", "HasTracking"}
    async with visit("crux") as client:
        everything = {
            order["uuid"]: {line["status"] for line in order["line_items"]}
            for page in range(0, 400, 100)
            for order in (await search(client, start=page, limit=100))["orders"]
        }
        found = await all_orders(
            client, limit=100, line_item_statuses=sorted(wanted), line_item_status_conjunction=conjunction
        )
    fits: Callable[[set[str]], bool] = {
        "or": lambda statuses: bool(statuses & wanted),
        "and": lambda statuses: wanted <= statuses,
        "only": lambda statuses: statuses == wanted,
    }[conjunction]
    assert set(found) == {uuid for uuid, statuses in everything.items() if fits(statuses)} != set()


@pytest.mark.parametrize(
    "body",
    [
        {"line_item_statuses": ["Lost"]},
        {"line_item_statuses": "Unallocated"},
        {"line_item_status_conjunction": "xor"},
        {"line_item_statuses": ["Allocated", "Rejected"], "line_item_status_conjunction": "only"},
        {"start": "0"},
        {"limit": -1},
        {"start_date": "yesterday"},
        {"line_item_designation": "Lost"},
    ],
)
async def test_a_search_that_makes_no_sense_is_refused(visit: Visit, body: dict[str, object]) -> None:
    """400, with the name of the field."""
    async with visit("crux") as client:
        answer = await client.post("/orders/", json=body)
    assert answer.status_code == 400
    assert set(answer.json()) & {*body, "line_item_statuses"}


async def test_other_filters_narrow_the_list(visit: Visit) -> None:
    """Dates, organizations, terms and the later generation's filters each return only what fits."""
    async with visit("crux") as client:
        orders = (await search(client, limit=100))["orders"]
        supplier, pivot = orders[5]["line_items"][0]["supplier_uuid"], orders[50]["created_date"]
        by_supplier = (await search(client, limit=100, org_uuids=[supplier]))["orders"]
        since = (await search(client, limit=100, start_date=f"{pivot[:19]}.000Z"))["orders"]
        by_po = (await search(client, term=orders[7]["purchase_order_id"]))["orders"]
        timp_po = (await search(client, "/timp", po_number=orders[7]["purchase_order_id"]))["orders"]
        unsent = (await search(client, "/timp", sent_to_supplier=False, limit=100))["orders"]
        partial = (await search(client, "/timp", line_item_allocation_statuses=["Partial"], limit=100))["orders"]
    assert by_supplier
    assert all(supplier in {line["supplier_uuid"] for line in order["line_items"]} for order in by_supplier)
    assert [order["uuid"] for order in since] == [order["uuid"] for order in orders[:51]]
    assert [order["uuid"] for order in by_po] == [order["uuid"] for order in timp_po] == [orders[7]["uuid"]]
    assert unsent
    assert all("Unallocated" in {line["status"] for line in order["line_items"]} for order in unsent)
    assert partial
    assert all(len({line["status"] for line in order["line_items"]}) > 1 for order in partial)


async def test_total_results_counts_as_the_option_says(visit: Visit) -> None:
    """As documented it counts all orders of the organization; the option makes it count the found ones."""
    body: dict[str, Any] = {"line_item_statuses": ["Rejected"]}
    async with visit("crux") as client:
        documented_total = (await search(client, **body))["total_results"]
        total = (await search(client))["total_results"]
    async with visit("crux", "crux:total-results=filtered") as client:
        filtered = (await search(client, **body))["total_results"]
    assert documented_total == total > filtered > 0


async def test_every_line_status_occurs(visit: Visit) -> None:
    """The world's orders show each documented status."""
    async with visit("crux") as client:
        orders = [
            order for start in (0, 100, 200) for order in (await search(client, start=start, limit=100))["orders"]
        ]
    statuses = {line["status"] for order in orders for line in order["line_items"]}
    assert statuses == {"Unallocated", "Allocated", "Rejected", "HasTracking", "Backordered", "Cancelled"}


async def test_the_documented_orders_are_served_as_documented(visit: Visit) -> None:
    """List rows and detail of the documents, key for key."""
    async with visit("crux", "crux:unprefixed=seed") as client:
        oldest = (await search(client, limit=3, sort={"key": "date", "dir": "asc"}))["orders"]
        detail = (await client.get("/orders/299fc593-04f0-424d-9847-e359b9dfde56/")).json()
    assert oldest[1:] == list(reversed(documented()["orders"]))
    assert detail == documented()["order_detail"]


async def test_detail_names_differ_between_generations(visit: Visit) -> None:
    """An order's id, number and fees have other names in the last generation's detail; the older one has a status."""
    async with visit("crux", "crux:unprefixed=seed") as client:
        (row,) = (await search(client, limit=1))["orders"]
        old = (await client.get(f"/orders/{row['uuid']}/")).json()
        new = (await client.get(f"/timp/orders/{row['uuid']}/")).json()
        (by_po,) = (await client.get(f"/timp/orders/po/{row['purchase_order_id']}/")).json()
    assert old["uuid"] == new["order_uuid"] == by_po["order_uuid"] == row["uuid"]
    assert old["status"] in {"New", "Pending", "Complete", "Cancelled"}
    assert new["po_number"] == row["purchase_order_id"]
    assert {"retailer_provided_fees", "sent_to_supplier"} <= set(new)


@pytest.mark.parametrize(
    "path", ["/orders/no-such-uuid/", "/orders/00000000-0000-4000-8000-000000000000/", "/nowhere/"]
)
async def test_nothing_there_is_404(visit: Visit, path: str) -> None:
    """An unknown order or address is 404 with a detail."""
    async with visit("crux") as client:
        answer = await client.get(path)
    assert answer.status_code == 404
    assert answer.json() == {"detail": "Not found."}


@pytest.mark.parametrize(
    ("content_type", "content", "status"),
    [("text/plain", b"{}", 415), ("application/json", b"{", 400), ("application/json; charset=utf-8", b"[]", 400)],
)
async def test_a_body_must_be_a_json_object(visit: Visit, content_type: str, content: bytes, status: int) -> None:
    """Another media type is 415, no JSON or no object is 400."""
    async with visit("crux") as client:
        answer = await client.post("/orders/", content=content, headers={"Content-Type": content_type})
    assert answer.status_code == status


async def test_a_search_cannot_be_fetched(visit: Visit) -> None:
    """Reading orders is a POST; GET is 405."""
    async with visit("crux") as client:
        assert (await client.get("/orders/")).status_code == 405


async def test_orders_arrive_during_the_walk(visit: Visit) -> None:
    """With page-drift=2 the total grows by one after each of the first two pages, then rests."""
    async with visit("crux", "crux:page-drift=2") as client:
        totals = [(await search(client, limit=1))["total_results"] for _ in range(4)]
        walked = await all_orders(client, limit=50)
    assert totals == [totals[0], totals[0] + 1, totals[0] + 2, totals[0] + 2]
    assert len(set(walked)) == totals[-1]


async def test_thousands_of_orders_on_request(visit: Visit) -> None:
    """`orders=` sets the number per connection; any one of them can be fetched without the others."""
    async with visit("crux", "crux:orders=2000") as client:
        page = await search(client, start=50_000, limit=2)
        detail = await client.get(f"/orders/{page['orders'][0]['uuid']}/")
    assert page["total_results"] > 60_000
    assert detail.json()["uuid"] == page["orders"][0]["uuid"]


async def test_every_status_of_the_detail_occurs(visit: Visit) -> None:
    """Details of the first edition show each word that their page names, of lines ("delivered" too) and of orders."""
    async with visit("crux", "crux:unprefixed=seed") as client:
        orders = (await search(client, limit=500))["orders"]
        details = [(await client.get(f"/orders/{order['uuid']}/")).json() for order in orders[:150]]
    told = {line["status"] for detail in details for line in detail["line_items"]}
    assert told >= {"unallocated", "allocated", "rejected", "has_tracking", "backordered", "delivered"}
    assert {detail["status"] for detail in details} == {"New", "Pending", "Complete", "Cancelled"}


async def test_orders_name_organizations_not_suppliers(visit: Visit) -> None:
    """supplier_uuid is the uuid of the supplier's organization, so orders join connections through organizations."""
    async with visit("crux") as client:
        rows = (await client.get("/organizations/connections/")).json()
        orders = (await search(client, limit=50))["orders"]
    organizations = {row["supplier"]["organization"]["uuid"] for row in rows}
    ordered = {line["supplier_uuid"] for order in orders for line in order["line_items"]}
    # One or two went to partners with whom a connection has only been asked for.
    assert len(ordered & organizations) > 10
    assert 0 < len(ordered - organizations) <= 2
