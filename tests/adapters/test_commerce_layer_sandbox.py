"""The adapter against the sandbox, which is built from the same documents by other hands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from adapters.commerce_layer import CommerceLayer, PermissionDetails
from aggregator.client import AsyncClient, Client
from aggregator.errors import AuthenticationError
from aggregator.model import Listing, MembershipStatus, Organization
from aggregator.sandbox import Sandbox, World, in_process
from tests.fakes import FakeClock

PARTNERS = 120

Enter = Callable[..., CommerceLayer]


@pytest.fixture(scope="module")
def world() -> World:
    """A world with several pages of organizations."""
    return World.generate(PARTNERS, 3)


@pytest.fixture
def enter(world: World) -> Iterator[Enter]:
    """The adapter for a sandbox with these faults, over loopback."""
    running: list[Sandbox] = []

    def enter(*faults: str, **settings: Any) -> CommerceLayer:
        running.append(Sandbox(world, faults=[f"commerce_layer:{fault}" for fault in faults]).start())
        vendor = running[-1].vendors["commerce_layer"]
        return CommerceLayer(**{"account": "demo", "base_url": vendor.base_url, **vendor.credentials, **settings})

    yield enter
    for sandbox in running:
        sandbox.stop()


def held(world: World) -> set[str]:
    """The ids of the organizations that the world has on Commerce Layer."""
    return {record.native_id for record in world.records["commerce_layer"]}


@pytest.mark.parametrize("how", ["keyset", "pages"])
def test_every_organization_of_the_world_is_read(enter: Enter, world: World, how: Any) -> None:
    """The scan and the numbered pages both find exactly what the world holds, and say that it is all."""
    with Client(enter()) as commerce_layer:
        listing = commerce_layer.list_organizations(walk=how)
    assert {one.id for one in listing} == held(world)
    assert listing.coverage.proves_absence
    assert listing.coverage.pages >= 3
    assert not listing.drift


async def test_in_tasks_and_in_process(world: World) -> None:
    """The asynchronous client finds the same, without a socket."""
    vendor = in_process(world)["commerce_layer"]
    adapter = CommerceLayer(account="demo", base_url=vendor.base_url, **vendor.credentials)
    async with AsyncClient(adapter, transport=httpx.ASGITransport(vendor.app), clock=FakeClock()) as commerce_layer:
        listing = await commerce_layer.list_organizations()
    assert {one.id for one in listing} == held(world)


def test_the_documented_organization_is_there(enter: Enter) -> None:
    """The organization of the documents is fetched by its id, with its own values."""
    with Client(enter()) as commerce_layer:
        record = commerce_layer.organization("xYZkjABcde", include=["permissions"])
    assert (record.name, record.phone) == ("The Blue Brand", "+01 30800857")
    assert CommerceLayer.included(record, PermissionDetails)


def test_people_are_contacts_and_members(enter: Enter) -> None:
    """The people who come along with the organizations are those of the list of memberships."""
    with Client(enter()) as commerce_layer:
        organizations = commerce_layer.list_organizations(include="memberships.role")
        members = commerce_layer.list_memberships()
        roles = {one.id: one for one in commerce_layer.list_roles()}
    along = {(one.id, contact.id, contact.email) for one in organizations for contact in one.contacts or ()}
    assert along == {(one.organization_id, one.id, one.contact.email) for one in members}
    assert members.coverage.complete
    assert all(roles[str(one.role_id)].name == one.role_name for one in members)
    assert {one.status for one in members} <= {MembershipStatus.ACTIVE, MembershipStatus.PENDING}


def test_filters_mean_what_they_say(enter: Enter) -> None:
    """A filtered and sorted list holds those it should, in that order, and does not prove anybody's absence."""
    with Client(enter()) as commerce_layer:
        everybody = commerce_layer.list_organizations()
        some = commerce_layer.list_organizations(
            filters={"region_in": ["us-east-1"], "reference_blank": False}, sort="-created_at"
        )
    wanted = {one.id for one in everybody if one.region == "us-east-1" and one.reference}
    assert {one.id for one in some} == wanted
    assert wanted
    assert [one.created_at for one in some] == sorted((one.created_at for one in some if one.created_at), reverse=True)
    assert some.coverage.complete
    assert not some.coverage.proves_absence


@pytest.mark.parametrize("fault", ["revoke-after=2", "page-links=api", "oversize=error", "token-expiry=1s"])
def test_doubtful_behaviour_loses_nothing(enter: Enter, world: World, fault: str) -> None:
    """Tokens called back, links either way, page sizes refused: the list is whole all the same."""
    with Client(enter(fault)) as commerce_layer:
        listing = commerce_layer.list_organizations()
    assert {one.id for one in listing} == held(world)
    assert listing.coverage.complete


@pytest.mark.parametrize("how", ["keyset", "pages"])
@pytest.mark.parametrize(
    "fault",
    [
        "duplicate-ids",
        "null-row",
        "no-id",
        "wrong-types",
        "missing-keys",
        "empty-page=at2",
        "total-low",
        "total-changes",
        "total-missing",
        "next-self",
        "next-host",
        "ignore-page",
        "truncate=at3",
        "html=at3",
    ],
)
def test_no_fault_makes_a_wrong_list_complete(world: World, fault: str, how: Any) -> None:
    """Whatever goes wrong with rows, totals and links, a list that calls itself complete is, and none is invented."""
    vendor = in_process(world, faults=[f"commerce_layer:{fault}"])["commerce_layer"]
    adapter = CommerceLayer(account="demo", base_url=vendor.base_url, **vendor.credentials)
    transport = httpx.ASGITransport(vendor.app)

    async def listed() -> Listing[Organization]:
        async with AsyncClient(adapter, transport=transport, clock=FakeClock()) as commerce_layer:
            return await commerce_layer.list_organizations(walk=how)

    listing = asyncio.run(listed())
    found = {one.id for one in listing}
    assert found <= held(world)
    assert not listing.coverage.complete or found == held(world)


def test_a_wrong_total_is_told(enter: Enter, world: World) -> None:
    """A record_count that is off is noticed, whichever way the list is walked."""
    adapter = enter("total-wrong")
    with Client(adapter) as commerce_layer:
        listings = [commerce_layer.list_organizations(walk="keyset"), commerce_layer.list_organizations(walk="pages")]
    for listing in listings:
        assert {one.id for one in listing} == held(world)
        assert "declared" in str(listing.coverage.reason)


@pytest.mark.parametrize(("fault", "settings"), [("token-kind=core", {}), ("rate-limits=no", {"client_secret": "no"})])
def test_wrong_credentials_are_told_at_the_door(enter: Enter, fault: str, settings: dict[str, str]) -> None:
    """Credentials of another API, and credentials that are none, end in one error that says what to do."""
    with Client(enter(fault, **settings)) as commerce_layer, pytest.raises(AuthenticationError) as raised:
        commerce_layer.list_organizations()
    assert raised.value.hint
    assert raised.value.operation == "log in"
