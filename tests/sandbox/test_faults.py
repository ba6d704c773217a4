"""Faults: each does what its summary says, to the vendor that was named and to nobody else."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from aggregator.sandbox import UnknownFaultError, World, in_process, installed_vendors
from aggregator.sandbox.faults import FAULTS, describe, switches
from tests.sandbox.conftest import Ticks, Visit, visiting

LISTS = {
    "crux": "/organizations/connections/",
    "fabric": "/v1/retailers/500/connections/",
    "commerce_layer": "/organizations",
}
VENDORS = sorted(LISTS)


def rows(vendor: str, document: Any) -> list[Any]:
    """A list document's rows."""
    return list(
        {"crux": lambda: document, "fabric": lambda: document["results"]}.get(vendor, lambda: document["data"])()
    )


async def fetch(visit: Visit, vendor: str, *faults: str) -> httpx.Response:
    """The first page of a vendor's list under faults."""
    async with visit(vendor, *faults) as client:
        return await client.get(LISTS[vendor])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("fabric:earthquake", "page-drift"),
        ("earthquake", "latency"),
        ("shopify:latency=1s", "commerce_layer"),
        ("crux:latency=soon", "50ms"),
        ("crux:429=often", "every7"),
        ("crux:limit-reading=upside-down", "inclusive"),
        ("crux:next-self", "no next link"),
        ("crux:retry-after=later", "absurd"),
        ("fabric:huge=very", "mebibytes"),
        ("fabric:page-size=many", "whole number"),
        ("fabric:rate-limit=-1", "whole number"),
        ("crux:token-expiry=soon", "30s"),
        ("fabric:limit-reading=count", "fabric has no fault"),
    ],
)
def test_an_unknown_fault_is_an_error_that_names_the_valid_ones(text: str, names: str) -> None:
    """Vendor, fault and value are each checked, and the message helps."""
    with pytest.raises(UnknownFaultError, match=names) as caught:
        switches(installed_vendors(), [text])
    assert text in str(caught.value)


def test_every_fault_and_option_is_described() -> None:
    """Help texts can list them all, each with a sentence."""
    rows = describe(installed_vendors())
    assert {row[0].partition("=")[0] for row in rows} >= {*FAULTS, "crux:limit-reading", "fabric:page-drift"}
    assert all(len(summary) > 10 for _, summary, _ in rows)


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("code", [401, 403, 429, 500, 502, 503, 504])
async def test_refusals_hit_the_first_and_then_pass(visit: Visit, vendor: str, code: int) -> None:
    """`1x` refuses one request, whatever the vendor, and logging in is spared."""
    async with visit(vendor, f"{vendor}:{code}=1x") as client:
        statuses = [(await client.get(LISTS[vendor])).status_code for _ in range(2)]
    assert statuses == [code, 200]


async def test_a_fault_without_vendor_is_everybodys(visit: Visit) -> None:
    """And one with a vendor is not."""
    everybody = [(await fetch(visit, vendor, "500")).status_code for vendor in VENDORS]
    only_crux = [(await fetch(visit, vendor, "crux:500")).status_code for vendor in VENDORS]
    assert everybody == [500, 500, 500]
    assert only_crux == [200, 500, 200]


async def test_the_token_endpoint_is_meant_when_it_is_named(world: World, ticks: Ticks) -> None:
    """`@token` hits the token endpoint and spares the rest."""
    vendor = in_process(world, faults=["fabric:503=1x@token"], clock=ticks)["fabric"]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(vendor.app), base_url=vendor.base_url) as client:
        assert (await client.post("/auth/token/")).status_code == 503
    async with visiting(vendor) as client:
        assert (await client.get(LISTS["fabric"])).status_code == 200


async def test_the_same_faults_hit_the_same_requests(visit: Visit) -> None:
    """A share is drawn from the world's seed, so a run can be repeated."""

    async def run() -> list[int]:
        async with visit("fabric", "fabric:500=0.3") as client:
            return [(await client.get(LISTS["fabric"])).status_code for _ in range(30)]

    first = await run()
    assert set(first) == {200, 500}
    assert await run() == first


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("7", "7"),
        ("0", "0"),
        ("-5", "-5"),
        ("absurd", "999999999"),
        ("words", "3 seconds"),
        ("none", None),
        ("date", "Mon, 21 Sep 2026 14:13:22 GMT"),
        ("past", "Mon, 21 Sep 2026 13:13:20 GMT"),
    ],
)
async def test_retry_after_in_every_form(visit: Visit, value: str, expected: str | None) -> None:
    """Numbers and dates, sane or not, or nothing; only on refusals."""
    async with visit("crux", "crux:429=1x", f"crux:retry-after={value}") as client:
        refused, passed = [await client.get(LISTS["crux"]) for _ in range(2)]
    assert refused.headers.get("retry-after") == expected
    assert "retry-after" not in passed.headers


@pytest.mark.parametrize(
    ("value", "expected"), [("5h", "Mon, 21 Sep 2026 19:13:20 GMT"), ("-5h", "Mon, 21 Sep 2026 09:13:20 GMT")]
)
async def test_the_servers_clock_can_be_wrong(visit: Visit, value: str, expected: str) -> None:
    """The Date header tells another time."""
    assert (await fetch(visit, "fabric", f"fabric:clock={value}")).headers["date"] == expected


@pytest.mark.parametrize("vendor", VENDORS)
async def test_redirects_that_lead_nowhere_good(visit: Visit, vendor: str) -> None:
    """To itself, or to another origin."""
    loop = await fetch(visit, vendor, f"{vendor}:redirect-loop")
    away = await fetch(visit, vendor, f"{vendor}:redirect-host")
    assert (loop.status_code, loop.headers["location"]) == (302, str(loop.request.url))
    assert away.headers["location"].startswith("http://localhost:9/")


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("fault", ["truncate", "html", "empty", "bom"])
async def test_bodies_that_are_no_json(visit: Visit, vendor: str, fault: str) -> None:
    """Status 200, and nothing that a JSON parser takes."""
    answer = await fetch(visit, vendor, f"{vendor}:{fault}")
    assert answer.status_code == 200
    with pytest.raises(ValueError):
        json.loads(answer.content.decode("utf-8"))


async def test_other_spoilt_bodies(visit: Visit) -> None:
    """No content; Latin-1 that says UTF-8; gzip that ends too early; blanks before the JSON."""
    assert (await fetch(visit, "fabric", "fabric:204")).status_code == 204
    with pytest.raises(UnicodeDecodeError):
        (await fetch(visit, "fabric", "fabric:charset")).content.decode("utf-8")
    async with visit("fabric", "fabric:truncate-gzip") as client, client.stream("GET", LISTS["fabric"]) as answer:
        raw = b"".join([chunk async for chunk in answer.aiter_raw()])
    with pytest.raises(EOFError):
        gzip.decompress(raw)
    huge = await fetch(visit, "fabric", "fabric:huge=1")
    assert len(huge.content) > 2**20
    assert huge.json()["count"] > 0


def with_null(found: list[Any], identifier: str) -> bool:
    """A row is null."""
    del identifier
    return None in found


SPOILT: dict[str, Callable[[list[Any], str], bool]] = {
    "null-row": with_null,
    "duplicate-ids": lambda found, key: len({row[key] for row in found}) == len(found) - 1,
    "no-id": lambda found, key: sum(key not in row for row in found) == 1,
    "null-id": lambda found, key: sum(row[key] is None for row in found) == 1,
    "numeric-id": lambda found, key: sum(row[key] == 42 for row in found) == 1,
    "object-id": lambda found, key: sum(isinstance(row[key], dict) for row in found) == 1,
    "new-keys": lambda found, _: all("a_key_of_tomorrow" in row for row in found),
    "missing-keys": lambda found, _: len({len(row) for row in found}) > 1,
    "wrong-types": lambda found, _: any(any(value == 17 for value in row.values()) for row in found),
    "deep": lambda found, _: any(isinstance(row.get("note"), list) for row in found),
    "nan": lambda found, _: any(row.get("note") != row.get("note") for row in found),
    "nul": lambda found, _: "\\u0000" in json.dumps(found),
    "surrogate": lambda found, _: "\\ud83d" in json.dumps(found),
    "empty-page": lambda found, _: found == [],
}


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("fault", sorted(SPOILT))
async def test_rows_are_spoilt(visit: Visit, vendor: str, fault: str) -> None:
    """Each fault of rows shows in the list of each vendor, and not without it."""
    key = "uuid" if vendor == "crux" else "id"
    good = rows(vendor, (await fetch(visit, vendor)).json())
    bad = rows(vendor, (await fetch(visit, vendor, f"{vendor}:{fault}")).json())
    assert SPOILT[fault](bad, key)
    assert not SPOILT[fault](good, key)


async def test_a_huge_integer_is_no_json_of_pythons_liking(visit: Visit) -> None:
    """A thousand digits in a row."""
    assert b"0" * 1000 in (await fetch(visit, "fabric", "fabric:huge-int")).content


@pytest.mark.parametrize("vendor", ["crux", "fabric"])
async def test_a_status_nobody_knows(visit: Visit, vendor: str) -> None:
    """One row has a word of no vocabulary."""
    found = rows(vendor, (await fetch(visit, vendor, f"{vendor}:unknown-status")).json())
    assert [row["status"] for row in found].count("TRANSMOGRIFIED") == 1


async def test_totals_lie(visit: Visit) -> None:
    """Too high, too low, another each time, or not there at all."""
    total = (await fetch(visit, "fabric")).json()["count"]
    assert (await fetch(visit, "fabric", "fabric:total-wrong")).json()["count"] == total + 7
    assert (await fetch(visit, "fabric", "fabric:total-low")).json()["count"] == total - 1
    assert "count" not in (await fetch(visit, "fabric", "fabric:total-missing")).json()
    assert "record_count" not in (await fetch(visit, "commerce_layer", "total-missing")).json()["meta"]
    async with visit("fabric", "fabric:total-changes") as client:
        totals = {(await client.get(LISTS["fabric"])).json()["count"] for _ in range(10)}
    assert len(totals) > 2


@pytest.mark.parametrize(
    ("fault", "link"),
    [
        ("next-self", "https://marketplace-api.fabric.inc/v1/retailers/500/connections/"),
        ("next-host", "https://api.example.org/v1/retailers/500/connections/?page=2"),
        ("next-port", "https://127.0.0.1:9/v1/retailers/500/connections/?page=2"),
        ("next-scheme", "ftp://marketplace-api.fabric.inc/v1/retailers/500/connections/?page=2"),
    ],
)
async def test_next_links_lead_astray(visit: Visit, fault: str, link: str) -> None:
    """To the same page, or off the origin."""
    assert (await fetch(visit, "fabric", f"fabric:{fault}")).json()["next"] == link


async def test_links_and_redirects_lead_to_a_decoy_that_is_given(visit: Visit) -> None:
    """An origin as the value is where they lead, so that a listening decoy can prove that no credential arrives."""
    decoy = "http://127.0.0.1:4444"
    away = await fetch(visit, "commerce_layer", f"commerce_layer:redirect-host={decoy}")
    listing = await fetch(visit, "fabric", f"fabric:next-host={decoy}")
    assert away.headers["location"] == f"{decoy}/api/organizations"
    assert listing.json()["next"] == f"{decoy}/v1/retailers/500/connections/?page=2"


async def test_the_page_is_ignored(visit: Visit) -> None:
    """Whatever page is asked for, in the query or in the body, the first one comes."""
    async with visit("fabric", "fabric:ignore-page", "fabric:page-size=5") as client:
        pages = [(await client.get(LISTS["fabric"], params={"page": page})).json()["results"] for page in ("1", "2")]
    async with visit("crux", "crux:ignore-page") as client:
        orders = [(await client.post("/orders/", json={"start": start, "limit": 2})).json() for start in (0, 2)]
    assert pages[0] == pages[1]
    assert orders[0] == orders[1]


@pytest.mark.parametrize("fault", ["reset", "reset-body", "cut"])
async def test_within_a_process_a_broken_connection_is_an_exception(visit: Visit, fault: str) -> None:
    """There is no connection to break, so the application itself breaks off."""
    with pytest.raises(ConnectionResetError):
        await fetch(visit, "fabric", f"fabric:{fault}")


async def test_faults_stack(visit: Visit) -> None:
    """Two faults of one vendor both show."""
    document = (await fetch(visit, "fabric", "fabric:total-wrong", "fabric:null-row", "fabric:clock=1h")).json()
    good = (await fetch(visit, "fabric")).json()
    assert document["count"] == good["count"] + 7
    assert None in document["results"]
