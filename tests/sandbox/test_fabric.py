"""fabric Dropship in the sandbox: tokens, both sides' lists, pages, details."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import httpx
import pytest

from aggregator.sandbox import World, in_process
from tests.sandbox.conftest import Ticks, Visit

RETAILER, BRAND = "/v1/retailers/500/connections/", "/v1/brands/500/connections/"
ORIGIN = "https://marketplace-api.fabric.inc"


def documented() -> dict[str, Any]:
    """The vendor's own example."""
    found: dict[str, Any] = json.loads(
        files("adapters.fabric.sandbox").joinpath("example.json").read_text(encoding="utf-8")
    )
    return found


async def pages(client: httpx.AsyncClient, path: str = RETAILER, **query: str) -> list[dict[str, Any]]:
    """Every page, by number, until one has no next."""
    found: list[dict[str, Any]] = []
    while not found or found[-1]["next"]:
        answer = await client.get(path, params={**query, "page": str(len(found) + 1)})
        found.append(answer.raise_for_status().json())
    return found


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"client_id": "fabric-sandbox-client", "client_secret": "wrong"}, 401),
        ({"client_id": "somebody"}, 401),
        ({"grant_type": "password"}, 400),
    ],
)
async def test_wrong_client_credentials_are_refused(visit: Visit, body: dict[str, str], status: int) -> None:
    """Only the right client and the documented grant give a token."""
    async with visit("fabric") as client:
        assert (await client.post("/auth/token/", data=body)).status_code == status


async def test_the_token_endpoint_takes_a_form_only(visit: Visit) -> None:
    """The documents say x-www-form-urlencoded; JSON is 415."""
    async with visit("fabric") as client:
        assert (await client.post("/auth/token/", json={})).status_code == 415


@pytest.mark.parametrize(("fault", "says"), [("fabric:expires-in=yes", True), ("fabric:expires-in=no", False)])
async def test_the_token_response_may_say_when_it_ends(world: World, fault: str, says: bool) -> None:
    """expires_in is not documented, so it can be left out."""
    vendor = in_process(world, faults=[fault])["fabric"]
    body = {"client_id": vendor.credentials["client_id"], "client_secret": vendor.credentials["client_secret"]}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(vendor.app)) as client:
        answer = (await client.post(vendor.credentials["token_url"], data=body)).json()
    assert ("expires_in" in answer) is says
    assert answer["token_type"] == "Bearer"


async def test_no_credentials_has_the_documented_body(visit: Visit) -> None:
    """401 with the one error body that the documents show."""
    async with visit("fabric") as client:
        answer = await client.get(RETAILER, headers={"Authorization": ""})
    assert answer.status_code == 401
    assert answer.json() == {"detail": "Authentication credentials were not provided."}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/retailers/501/connections/", 403),
        ("/v1/brands/1/connections/", 403),
        ("/v1/wholesalers/500/connections/", 404),
        (f"{RETAILER}31415926/", 404),
        (f"{RETAILER}?status=dormant", 400),
        (f"{RETAILER}?page=0", 404),
        (f"{RETAILER}?page=first", 404),
        ("/v2/", 404),
    ],
)
async def test_what_is_not_there_or_not_ours(visit: Visit, path: str, status: int) -> None:
    """Another account is 403, an unknown thing 404, an unknown status 400."""
    async with visit("fabric") as client:
        assert (await client.get(path)).status_code == status


async def test_a_page_past_the_end_is_invalid(visit: Visit) -> None:
    """As Django REST Framework says it."""
    async with visit("fabric") as client:
        answer = await client.get(RETAILER, params={"page": "99"})
    assert (answer.status_code, answer.json()) == (404, {"detail": "Invalid page."})


async def test_a_token_lives_a_day(visit: Visit, ticks: Ticks) -> None:
    """The documents say "authenticate daily": after 24 hours the token is refused."""
    async with visit("fabric") as client:
        ticks.now += 86_399
        assert (await client.get(RETAILER)).status_code == 200
        ticks.now += 2
        assert (await client.get(RETAILER)).status_code == 401


async def test_pages_join_to_the_whole_list(visit: Visit, world: World) -> None:
    """Every record of the platform comes once, count agrees, and next and previous are null at the ends."""
    async with visit("fabric", "fabric:page-size=10") as client:
        found = await pages(client)
    rows = [row for page in found for row in page["results"]]
    assert {str(row["brand"]["id"]): row["brand"]["name"] for row in rows} == {
        record.native_id: record.name for record in world.records["fabric"]
    }
    assert [page["count"] for page in found] == [len(rows)] * len(found)
    assert (found[0]["previous"], found[-1]["next"]) == (None, None)
    assert found[0]["next"] == f"{ORIGIN}{RETAILER}?page=2"
    assert found[1]["previous"] == f"{ORIGIN}{RETAILER}?page=1"


async def test_links_keep_the_filter(visit: Visit) -> None:
    """A filtered list's next page is filtered, too."""
    async with visit("fabric", "fabric:page-size=2") as client:
        (first, *_) = found = await pages(client, status="active")
    assert "status=active" in first["next"]
    assert {row["status"] for page in found for row in page["results"]} == {"active"}


async def test_next_can_lead_elsewhere(visit: Visit) -> None:
    """The documents' own example has a next link on another host."""
    async with visit("fabric", "fabric:link-host=documented", "fabric:page-size=10") as client:
        first = (await client.get(RETAILER)).json()
    assert first["next"] == "https://api.example.org/demo/accounts/?page=2"


async def test_statuses_partition_the_list(visit: Visit) -> None:
    """The four documented statuses together are the whole list."""
    async with visit("fabric") as client:
        counts = {
            status: (await client.get(RETAILER, params={"status": status})).json()["count"]
            for status in ("active", "suspended", "pending", "onboarding")
        }
        total = (await client.get(RETAILER)).json()["count"]
    assert sum(counts.values()) == total
    assert all(counts.values())


async def test_both_sides_have_the_documented_connection(visit: Visit) -> None:
    """Connection 1000 joins brand 500 and retailer 500: it is on both lists, and the brand's detail is the document."""
    async with visit("fabric") as client:
        retailers = (await client.get(RETAILER)).json()["results"]
        brands = (await client.get(BRAND)).json()["results"]
        detail = (await client.get(f"{BRAND}1000/")).json()
    assert retailers[0] == brands[0] == detail == documented()


async def test_a_brands_partners_are_retailers(visit: Visit) -> None:
    """On the brand's side the brand is always the same and the retailers differ."""
    async with visit("fabric") as client:
        rows = (await client.get(BRAND)).json()["results"]
    assert {row["brand"]["id"] for row in rows} == {500}
    assert len({row["retailer"]["id"] for row in rows}) == len(rows) > 3


async def test_rows_are_as_rich_as_the_documents(visit: Visit) -> None:
    """Every row has every key of the documented connection."""
    async with visit("fabric") as client:
        rows = [row for page in await pages(client) for row in page["results"]]
    assert all(set(row) == set(documented()) for row in rows)
    assert any(row["shipping_accounts"] for row in rows)
    assert any(row["memos"] for row in rows)
    assert any(row["referral"] for row in rows)


async def test_a_retailers_detail_is_another_document(visit: Visit) -> None:
    """It has credentials, fees and other contacts, and no retailer (v2 documents)."""
    async with visit("fabric") as client:
        row = (await client.get(RETAILER)).json()["results"][3]
        detail = (await client.get(f"{RETAILER}{row['id']}/")).json()
    assert "retailer" not in detail
    assert detail["connection_credentials"][0]["password"]
    assert detail["connection_contacts"] == row["contacts"]
    assert {"uuid", "connections_manager"} <= set(detail["brand"])


async def test_page_size_can_be_asked_for_up_to_the_clamp(visit: Visit) -> None:
    """?page_size= is ignored by default and clamped where the option allows it."""
    async with visit("fabric", "fabric:page-size=10") as client:
        ignored = (await client.get(RETAILER, params={"page_size": "20"})).json()
    async with visit("fabric", "fabric:page-size=10", "fabric:clamp=15") as client:
        clamped = (await client.get(RETAILER, params={"page_size": "20"})).json()
    assert (len(ignored["results"]), len(clamped["results"])) == (10, 15)


async def test_a_bare_list_has_no_envelope(visit: Visit, world: World) -> None:
    """Some of fabric's lists are arrays; the option makes this one such a list."""
    async with visit("fabric", "fabric:bare-list") as client:
        rows = (await client.get(RETAILER)).json()
    assert len(rows) == len(world.records["fabric"])


async def test_too_many_requests_are_throttled(visit: Visit, ticks: Ticks) -> None:
    """With a limit of two a minute the third is 429 with Retry-After, and a minute later all is well."""
    async with visit("fabric", "fabric:rate-limit=2") as client:
        statuses = [(await client.get(RETAILER)).status_code for _ in range(2)]
        third = await client.get(RETAILER)
        ticks.now += 61
        later = await client.get(RETAILER)
    assert statuses == [200, 200]
    assert (third.status_code, third.headers["retry-after"]) == (429, "60")
    assert "throttled" in third.json()["detail"]
    assert later.status_code == 200


async def test_rows_move_while_somebody_walks(visit: Visit) -> None:
    """page-drift=2: the first walk loses a row to the drift, and after it the list keeps still."""
    async with visit("fabric", "fabric:page-drift=2", "fabric:page-size=10") as client:
        walks = [[row["id"] for page in await pages(client) for row in page["results"]] for _ in range(3)]
    assert sorted(walks[1]) == sorted(walks[2])
    assert walks[0] != walks[1]
    assert len(set(walks[1])) == len(walks[1])


async def test_a_missing_slash_is_redirected(visit: Visit) -> None:
    """301 to the path with the slash."""
    async with visit("fabric") as client:
        answer = await client.get(RETAILER.rstrip("/"), params={"page": "2"})
    assert (answer.status_code, answer.headers["location"]) == (301, f"{RETAILER}?page=2")
