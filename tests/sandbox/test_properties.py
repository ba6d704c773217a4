"""What holds for any page, any drift and any request, not only for those that somebody thought of."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.commerce_layer.sandbox.filters import PREDICATES
from adapters.crux.sandbox.search import Search
from aggregator.sandbox import Sandbox, World, in_process
from aggregator.sandbox.chance import seeded
from aggregator.sandbox.drift import Drift
from tests.sandbox.conftest import visiting

READINGS = st.sampled_from(["count", "inclusive", "exclusive"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        *("start", "limit", "sort", "term", "po_number", "org_uuids", "start_date", "end_date", "sent_to_supplier"),
        *("line_item_statuses", "line_item_status_conjunction", "line_item_designation"),
        "line_item_allocation_statuses",
    ]
)


@given(st.integers(0, 60), st.integers(0, 80), st.none() | st.integers(0, 80), READINGS, st.integers(0, 20))
def test_a_page_of_orders_is_a_piece_of_the_list(
    size: int, start: int, limit: int | None, reading: str, most: int
) -> None:
    """In every reading a page begins at start, runs without a gap, and is no longer than the clamp or the reading."""
    body = {"start": start} if limit is None else {"start": start, "limit": limit}
    page = list(Search.read(body, "v1").page(list(range(size)), reading, most))
    wanted = {"count": limit or 0, "inclusive": (limit or 0) + 1 - start, "exclusive": (limit or 0) - start}[reading]
    longest = min(50 if limit is None else max(0, wanted), most or 10**6)
    assert page == list(range(start, min(size, start + longest)))


@given(st.integers(0, 40), st.integers(0, 12), st.integers(0, 10**6))
def test_drift_settles_and_loses_at_most_one_row(size: int, steps: int, seed: int) -> None:
    """However often a list drifts, nothing is doubled, at most one row is gone, and in the end it keeps still."""
    rows, drift = list(range(size)), Drift(steps, seeded(seed))
    for _ in range(steps + 1):
        drift.step(rows)
    settled = list(rows)
    assert not drift.step(rows)
    assert rows == settled
    assert len(set(rows)) == len(rows) >= size - 1
    assert set(rows) <= set(range(size))


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(FIELDS, JSON, max_size=4))
def test_any_search_is_answered_or_refused(body: dict[str, Any]) -> None:
    """No body makes the orders search fail: it finds, or it says 400 and names a field."""

    async def ask() -> httpx.Response:
        async with visiting(CRUX) as client:
            return await client.post("/orders/", json=body)

    answer = asyncio.run(ask())
    assert answer.status_code in {200, 400}
    assert set(answer.json()) == {"total_results", "orders"} if answer.status_code == 200 else answer.json()


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            ["page[number]", "page[size]", "sort", "include", "fields[organizations]", "fields[roles]", "filter[q]"]
            + [f"filter[q][{name}_{predicate}]" for name in ("name", "id", "metadata") for predicate in PREDICATES]
        ),
        st.text(max_size=12) | st.sampled_from(["1", "name", "-id", "roles.permissions", "true", "a,b", "%a%"]),
        max_size=3,
    )
)
def test_any_query_is_answered_or_refused(query: dict[str, str]) -> None:
    """No query makes a JSON:API list fail: it is a document, or an error document with a code."""

    async def ask() -> httpx.Response:
        async with visiting(COMMERCE_LAYER) as client:
            return await client.get("/organizations", params=query)

    answer = asyncio.run(ask())
    assert answer.status_code in {200, 400}
    assert "data" in answer.json() if answer.status_code == 200 else answer.json()["errors"][0]["code"]


CRUX = in_process(World.generate(5, 1))["crux"]
COMMERCE_LAYER = in_process(World.generate(5, 1), faults=["commerce_layer:rate-limits=no"])["commerce_layer"]

MIXTURE = ("reset=0.1", "reset-body=0.1", "cut=0.1", "500=0.1", "429=0.1", "truncate=0.1", "html=0.1", "null-row=0.2")


def test_the_servers_survive_their_own_faults(world: World) -> None:
    """Three hundred requests under eight faults end in answers or errors of the wire, and all vendors live on."""
    outcomes: set[str] = set()
    with Sandbox(world, faults=[*MIXTURE, "commerce_layer:rate-limits=no"]) as sandbox:
        crux = sandbox.vendors["crux"]
        headers = {"Authorization": f"Token {crux.credentials['token']}"}
        with httpx.Client(base_url=crux.base_url, headers=headers) as client:
            for _ in range(300):
                try:
                    outcomes.add(str(client.get("/organizations/connections/").status_code))
                except httpx.TransportError as error:
                    outcomes.add(type(error).__name__)
        assert all(_alive(vendor.base_url) for vendor in sandbox.vendors.values())
    assert outcomes >= {"200", "429", "500", "ReadError", "RemoteProtocolError"}


def _alive(url: str) -> bool:
    """Whether the server answers at all, within ten tries."""
    for _ in range(10):
        try:
            httpx.get(url)
        except httpx.TransportError:
            continue
        return True
    return False
