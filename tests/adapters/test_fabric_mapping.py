"""What becomes of a connection of fabric's."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from adapters.fabric import Carrier, Fabric, wire
from adapters.fabric.mapping import read_connection
from aggregator.adapter import DriftCount, Unreadable
from aggregator.adapter.kinds import TextId
from aggregator.errors import UsageError
from aggregator.model import (
    Activity,
    Connection,
    ConnectionStatus,
    Contact,
    Identifier,
    OrganizationStatus,
    Role,
    Subscription,
)
from aggregator.model.converter import from_json, to_json
from aggregator.model.raw import freeze, thaw
from tests.adapters.fabric_fakes import counts, example, place, retailers_view, row


def read(raw: Any, *, own_role: Role = Role.SUPPLIER, drift: DriftCount | None = None) -> Connection:
    return read_connection(raw, place(), drift or counts(), own_role=own_role)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def test_documented_example_maps_field_by_field() -> None:
    """The documented example becomes a connection with every field that it fills, and nothing in it is a surprise."""
    drift = counts()
    connection = read(example(), drift=drift)
    assert connection.key.kind == "connection"
    assert connection.id == connection.source.id == "1000"
    assert (connection.status, connection.status_native) == (ConnectionStatus.ACTIVE, "active")
    assert connection.own_role is Role.SUPPLIER
    assert connection.level == "full"
    assert connection.integration_type == "console"
    assert connection.onboarding_status == "pending"
    assert connection.onboarding_steps == "Setting the default fulfillment locations is pending."
    assert connection.onboarding_target_at is None
    assert connection.onboarded_at == utc(2021, 9, 10, 15, 24, 56)
    assert connection.created_at == utc(2022, 6, 22, 6, 56, 16)
    assert connection.updated_at == utc(2022, 8, 8, 15, 48, 5)
    assert connection.suspended_at is None
    assert connection.retailer_identifier is None
    assert connection.activity == Activity(orders_last_7_days=0, proposals_received_last_7_days=4, approved_items=1)
    assert connection.contacts == (
        Contact(id="1010", name="sample contact", email="demo@xyz.com", phone="9765314368", description="Call"),
    )
    assert not drift.freeze()


def test_sides_of_documented_example() -> None:
    """Brand and retailer become organizations of different kinds, though both are number 500."""
    connection = read(example())
    brand, retailer = connection.supplier, connection.retailer
    assert brand is not None
    assert retailer is not None
    assert connection.partner is retailer
    assert brand.key != retailer.key
    assert (brand.id, brand.role, brand.name) == ("500", Role.SUPPLIER, "Marla Cielo")
    assert brand.aliases == ("demo-brand",)
    assert brand.identifiers == (Identifier(scheme="fabric-code", value="demo-brand"),)
    assert (brand.status, brand.status_native) == (OrganizationStatus.ACTIVE, "active")
    assert brand.website is None
    assert brand.is_onboarded is False
    assert brand.logo_url == "https://images.revcascade.com/retailers/defaults/logo-lg.png"
    assert brand.created_at == utc(2022, 9, 10, 15, 24, 56)
    assert brand.contacts is None
    assert brand.address is None
    assert brand.subscription == Subscription(
        required=True,
        expires_at=utc(2024, 9, 19, 13, 32, 10),
        grace_period_ends_at=utc(2024, 10, 26, 13, 32, 10),
        is_expired=False,
        is_on_grace_period=False,
        is_delinquent=False,
    )
    assert (retailer.id, retailer.role, retailer.name) == ("500", Role.RETAILER, "Demo Retailer")
    assert retailer.website == "https://demoabc.com"
    assert retailer.subscription == Subscription(required=False)
    assert retailer.created_at == utc(2021, 8, 3, 17, 24, 12)


def test_everything_documented_is_reachable_typed() -> None:
    """Shipping accounts, options, attachments, memos, referral and counters are there in fabric's own words."""
    details = Fabric.details(read(example()))
    assert details.shipping_accounts is not None
    account = details.shipping_accounts[0]
    assert account.carrier == Carrier(name="ALP Brand")
    assert account.shipping_methods is not None
    assert account.shipping_methods[0].carrier == Carrier(id=TextId("229"), name="Cory Companies", code="CJCD")
    assert account.shipping_methods[0].generic_shipping_method is not None
    assert account.shipping_methods[0].generic_shipping_method.type == "ltl"
    assert details.options is not None
    assert details.options[0].viewable_by == "All"
    assert details.attachments is not None
    assert (details.attachments[0].content_type, details.attachments[0].uploaded_by) == (1, 646)
    assert details.attachments[0].tags == (wire.Tag(id=TextId("432"), tag="demotag"),)
    assert details.memos is not None
    assert details.memos[0].notify_people is True
    assert details.memos[0].created_by is not None
    assert details.memos[0].created_by.status == "Active"
    assert details.referral is not None
    assert details.referral.is_brand_first_connection is False
    assert details.referral.is_retailer_first_connection is True
    assert details.orders_last_7_days_count == 0
    assert details.brand is not None
    assert details.brand.inventory_policy == "managed"


def test_no_documented_key_is_left_untyped() -> None:
    """Reading the example and writing the typed classes out again gives every value of it."""
    document = example()

    def held(value: Any, document: Any, path: str) -> None:
        if isinstance(document, dict):
            for key, item in document.items():
                held(getattr(value, key), item, f"{path}.{key}")
        elif isinstance(document, list):
            for index, item in enumerate(document):
                held(value[index], item, f"{path}[{index}]")
        elif path.endswith(".id"):
            assert value == str(document), path
        else:
            assert value == {'false"': False}.get(str(document), document), path

    document["shipping_accounts"][0]["carrier"] = {"name": "ALP Brand"}
    document["shipping_accounts"][0]["shipping_methods"] = [document["shipping_accounts"][0]["shipping_methods"]]
    document["options"] = [document["options"]]
    held(Fabric.details(read(example())), document, "$")


@pytest.mark.parametrize(
    ("methods", "ids"), [(None, None), ([], []), ([{"id": 1}, {"id": 2}], ["1", "2"]), ({"id": 1}, ["1"])]
)
def test_shipping_methods_in_every_form(methods: Any, ids: list[str] | None) -> None:
    """One object, an array or nothing: each is read, and none is a surprise."""
    drift = counts()
    document = row(1, shipping_accounts=[{"id": 1, "shipping_methods": methods, "carrier": {"name": "UPS"}}])
    accounts = Fabric.details(read(document, drift=drift)).shipping_accounts
    assert accounts is not None
    found = accounts[0].shipping_methods
    assert (None if found is None else [one.id for one in found]) == ids
    assert accounts[0].carrier == Carrier(name="UPS")
    assert not drift.freeze()


@pytest.mark.parametrize(("word", "flag"), [('false"', False), ('"true"', True), ("TRUE", True), (True, True)])
def test_booleans_in_words(word: Any, flag: bool) -> None:
    """A boolean written as a text, with a stray quote as in the documents, is the boolean it says."""
    details = Fabric.details(read(row(1, referral={"is_brand_first_connection": word})))
    assert details.referral is not None
    assert details.referral.is_brand_first_connection is flag


@pytest.mark.parametrize("word", ["active", "suspended", "pending", "onboarding", "Active"])
def test_status_words(word: str) -> None:
    """Each documented status is known, in whatever case, and its native word is kept."""
    drift = counts()
    connection = read(row(1, status=word), drift=drift)
    assert connection.status.value == word.lower()
    assert connection.status_native == word
    assert not drift.freeze()


def test_unknown_words_are_kept_and_counted() -> None:
    """A word that no document names is kept beside "unknown", and counted."""
    drift = counts()
    brand = {**example()["brand"], "status": "frozen", "requires_subscription": "maybe"}
    connection = read(row(1, status="paused", level="vip", integration_type="fax", brand=brand), drift=drift)
    assert (connection.status, connection.status_native) == (ConnectionStatus.UNKNOWN, "paused")
    assert (connection.level, connection.integration_type) == ("vip", "fax")
    assert connection.supplier is not None
    assert connection.supplier.status is OrganizationStatus.UNKNOWN
    assert connection.supplier.subscription is not None
    assert connection.supplier.subscription.required is None
    assert drift.unknown_values == {
        "status=paused": 1,
        "level=vip": 1,
        "integration_type=fax": 1,
        "brand.status=frozen": 1,
        "requires_subscription=maybe": 1,
    }


@pytest.mark.parametrize("status", [None, "", " "])
def test_connection_without_status(status: str | None) -> None:
    """A connection that does not say its status is unknown, and counted; it is never taken for active."""
    drift = counts()
    assert read(row(1, status=status), drift=drift).status is ConnectionStatus.UNKNOWN
    assert drift.notes == {"a connection without a status": 1}


def test_undocumented_keys_are_counted_and_kept() -> None:
    """A key that no document names is counted by its path, and stays in raw."""
    drift = counts()
    connection = read(row(1, tier="gold"), drift=drift)
    assert drift.unknown_keys == {"$.tier": 1}
    assert connection.raw["tier"] == "gold"


def test_wrong_types_that_do_not_matter_are_set_aside() -> None:
    """A counter that is a list costs the counter, not the connection."""
    drift = counts()
    connection = read(row(1, orders_last_7_days_count=[1], contacts="nobody"), drift=drift)
    assert connection.activity == Activity(proposals_received_last_7_days=4, approved_items=1)
    assert connection.contacts is None
    assert sum(drift.notes.values()) == 2


@pytest.mark.parametrize(
    ("changes", "own_role", "path"),
    [
        ({"id": None}, Role.SUPPLIER, "$.id"),
        ({"id": True}, Role.SUPPLIER, "$.id"),
        ({"status": 5}, Role.SUPPLIER, "$.status"),
        ({"retailer": None}, Role.SUPPLIER, "$.retailer.id"),
        ({"retailer": {"id": {}}}, Role.SUPPLIER, "$.retailer.id"),
        ({"retailer": "Demo"}, Role.SUPPLIER, "$.retailer"),
        ({"brand": {"name": "No id"}}, Role.RETAILER, "$.brand.id"),
        ({"brand": []}, Role.RETAILER, "$.brand"),
    ],
)
def test_rows_that_cannot_be_read(changes: dict[str, Any], own_role: Role, path: str) -> None:
    """A row without a usable id, status or partner is unreadable, and the path to the fault is named."""
    with pytest.raises(Unreadable) as caught:
        read(row(1, **changes), own_role=own_role)
    assert caught.value.errors[0].endswith(path)


@pytest.mark.parametrize("own", [None, "Acme", {"id": []}, {"name": "Acme"}])
def test_own_side_may_be_garbled(own: Any) -> None:
    """What is wrong with the account's own side does not cost the partner."""
    connection = read(row(1, brand=own), own_role=Role.SUPPLIER)
    assert connection.supplier is None
    assert connection.partner is not None
    assert connection.partner.name == "Retailer 1"


def test_retailers_view_of_one_connection() -> None:
    """The richer answer to a retailer is read: its contacts, the brand's managers and where it ships from."""
    drift = counts()
    connection = read(retailers_view(1), own_role=Role.RETAILER, drift=drift)
    assert connection.retailer is None
    brand = connection.partner
    assert brand is not None
    assert connection.contacts is not None
    assert connection.contacts[0].name == "sample contact"
    assert brand.contacts == (
        Contact(name="Ann Example", email="ann@brand.test", phone="+1 801 555 0100", description="connections manager"),
    )
    assert brand.address is not None
    assert (brand.address.name, brand.address.city, brand.address.postal_code) == ("Main warehouse", "Ogden", "84401")
    assert [one.scheme for one in brand.identifiers] == ["fabric-code", "fabric-uuid"]
    details = Fabric.details(connection)
    assert details.connection_slas == {"ship_within_hours": 48}
    assert details.connection_adjustments == ({"kind": "allowance"},)
    assert not drift.freeze()


@pytest.mark.parametrize("held", [{"password": "hunter2-hunter2"}, ["hunter2-hunter2"], "hunter2-hunter2"])
def test_credentials_of_connections_are_masked(held: Any) -> None:
    """No value of connection_credentials is in a record, its repr, its details, its JSON or a row that is rejected."""
    document = retailers_view(1) | {"connection_credentials": held}
    connection = read(document, own_role=Role.RETAILER)
    for text in (repr(connection), repr(Fabric.details(connection)), to_json(connection), json.dumps(document)):
        assert "hunter2" not in text
    assert len(connection.raw["connection_credentials"]) == 1
    rejected = document | {"id": None, "connection_credentials": held}
    with pytest.raises(Unreadable):
        read(rejected, own_role=Role.RETAILER)
    assert "hunter2" not in json.dumps(rejected)


def test_records_explain_their_fields() -> None:
    """A field says where it stood on the page, what stood there and what was done with it."""
    connection = read(example())
    status = connection.explain("status")
    assert (status.value, status.native, status.pointer) == (ConnectionStatus.ACTIVE, "active", "/results/7/status")
    assert status.page == 3
    name = connection.explain("retailer.name")
    assert (name.value, name.native, name.pointer) == ("Demo Retailer", "Demo Retailer", "/results/7/retailer/name")
    assert "brand_id" in connection.explain("own_role").rule


FILLED_BY_NOBODY = {
    "account_manager",
    "suppliers_retailer_account_number",
    "retailers_supplier_account_number",
    "requested_at",
    "ended_at",
}


def test_every_filled_field_has_a_rule() -> None:
    """Whatever a connection, brand or retailer holds, its rule is published."""
    connection = read(retailers_view(1) | {"retailer": example()["retailer"]}, own_role=Role.RETAILER)
    for record in (connection, connection.supplier, connection.retailer):
        assert record is not None
        names = {name for name in dir(record) if not name.startswith("_")} - {"source", "raw", "key", "explain"}
        for name in names - FILLED_BY_NOBODY - {"partner"}:
            if getattr(record, name) not in (None, ()):
                assert "no field" not in record.explain(name).rule, name


def test_details_need_a_record_of_fabric() -> None:
    """Details of a record without its raw payload are refused in words."""
    with pytest.raises(UsageError, match="cannot be read"):
        Fabric.details(
            Connection(source=read(example()).source, id="1", status=ConnectionStatus.ACTIVE, raw=freeze({}))
        )


def test_details_of_another_platforms_record() -> None:
    """A record of another platform has no details here, and that is said in words."""
    connection = read(example())
    other = evolve(connection, source=evolve(connection.source, vendor="crux"))
    with pytest.raises(UsageError, match="no details of a crux connection"):
        Fabric.details(other)


def test_silence_is_none() -> None:
    """A connection that says nothing but id, status and partner holds None for all else, never a zero or a False."""
    connection = read({"id": 1, "status": "active", "retailer": {"id": 2}})
    assert connection.activity is None
    assert connection.contacts is None
    assert connection.supplier is None
    partner = connection.partner
    assert partner is not None
    assert (partner.name, partner.status, partner.is_onboarded, partner.subscription) == (None, None, None, None)
    brand = read({"id": 1, "status": "active", "brand": {"id": 2}}, own_role=Role.RETAILER).partner
    assert brand is not None
    assert (brand.subscription, brand.contacts, brand.address) == (None, None, None)


def test_details_survive_the_round_trip_through_json() -> None:
    """A record read back from its JSON has the same details, brand's and retailer's included."""
    connection = read(example())
    again = from_json(to_json(connection), Connection)
    assert again == connection
    assert Fabric.details(again) == Fabric.details(connection)
    assert again.supplier is not None
    assert again.retailer is not None
    assert isinstance(Fabric.details(again.supplier), wire.BrandDetails)
    assert isinstance(Fabric.details(again.retailer), wire.RetailerDetails)


def read_or_none(raw: Any, own_role: Role) -> Connection | None:
    """The connection, or None where the row is unreadable."""
    try:
        return read(raw, own_role=own_role)
    except Unreadable:
        return None


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def places(value: Any, so_far: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path into a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [so_far, *(path for key, item in items for path in places(item, (*so_far, key)))]


PLACES = [path for path in places(retailers_view(1) | example()) if path]


@given(raw=values, own_role=st.sampled_from([Role.SUPPLIER, Role.RETAILER]))
def test_any_json_is_read_or_unreadable(raw: Any, own_role: Role) -> None:
    """Whatever comes as a row is a connection or unreadable; no other exception escapes."""
    connection = read_or_none(raw, own_role)
    assert connection is None or connection.partner is not None


@given(
    changes=st.lists(st.tuples(st.sampled_from(PLACES), values), min_size=1, max_size=3),
    own_role=st.sampled_from([Role.SUPPLIER, Role.RETAILER]),
)
def test_any_damage_to_a_row_is_survived(changes: list[tuple[tuple[Any, ...], Any]], own_role: Role) -> None:
    """A good row with anything anywhere replaced is a connection with its id and partner, or unreadable."""
    document = retailers_view(1) | example()
    for path, value in changes:
        held: Any = document
        try:
            for step in path[:-1]:
                held = held[step]
            held[path[-1]] = value
        except (TypeError, KeyError, IndexError):
            continue  # an earlier change took the place away
    connection = read_or_none(document, own_role)
    if connection is not None:
        assert connection.id
        assert connection.partner is not None
        assert connection.partner.id
        assert Fabric.details(connection).id == connection.id
        assert thaw(connection.raw) == document
