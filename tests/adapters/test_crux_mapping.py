"""What becomes of Crux Connect's connections, requests, organizations and orders."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from adapters.crux import Crux, rules, wire
from adapters.crux.mapping import OwnSide, read_connection, read_own_organization, read_request
from adapters.crux.mapping_orders import read_order
from aggregator.adapter import DriftCount, Place, Unreadable
from aggregator.errors import UsageError
from aggregator.model import (
    Allocation,
    Connection,
    ConnectionStatus,
    Contact,
    Fees,
    Identifier,
    LineItemStatus,
    Order,
    OrderParty,
    OrderStatus,
    Organization,
    OrganizationStatus,
    RequestedShipping,
    Role,
)
from aggregator.model.converter import from_json, to_json
from aggregator.model.raw import EMPTY, freeze, look_up, thaw
from aggregator.model.record import Record
from tests.adapters.crux_samples import (
    JOE,
    RETAILER_ID,
    SUPPLIER_ID,
    connection_request,
    first_connection,
    first_order,
    first_order_detail,
    timp_connection,
    timp_order,
    timp_order_detail,
)
from tests.fakes import NOON

BY_ID = OwnSide(role=Role.RETAILER, organization_id=RETAILER_ID)


def place() -> Place:
    return Place(
        vendor="crux",
        account="acme",
        operation="connections",
        page=1,
        request="GET https://crux.test/",
        pointer="/0",
        fetched_at=NOON,
    )


def connection(row: Any, *, own: OwnSide = BY_ID, drift: DriftCount | None = None) -> Connection:
    return read_connection(decimals(row), place(), drift or DriftCount(), own)


def request(row: Any, *, own: OwnSide = BY_ID) -> Connection:
    return read_request(decimals(row), place(), DriftCount(), own)


def order(row: Any, drift: DriftCount | None = None) -> Order:
    return read_order(decimals(row), place(), drift or DriftCount())


def decimals(row: Any) -> Any:
    """The row as it comes off the wire: fractions as Decimal."""
    return json.loads(json.dumps(row), parse_float=Decimal)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


ACCOUNT_MANAGER = Contact(
    id="f3548ea5-15ab-459e-9f1a-d982b21e916d",
    name="Joe Account",
    first_name="Joe",
    last_name="Account",
    email="joe@cruxaccountmanager.com",
    phone="(267)977-0572x195",
)


def test_documented_connection_maps_field_by_field() -> None:
    """The documented connection becomes a connection with every field that it fills, and none in it is a surprise."""
    drift = DriftCount()
    found = connection(first_connection(), drift=drift)
    assert found.key.kind == "connection"
    assert found.id == found.source.id == "4db3ff73-603f-4db6-aaff-ea1acef847a0"
    assert (found.status, found.status_native) == (ConnectionStatus.ACTIVE, "ACTIVE")
    assert found.account_manager == ACCOUNT_MANAGER
    assert found.suppliers_retailer_account_number is None
    assert found.retailers_supplier_account_number is None
    assert found.ended_at is None
    retailer, supplier = found.retailer, found.supplier
    assert retailer is not None
    assert supplier is not None
    assert found.partner is supplier
    assert (retailer.id, retailer.name, retailer.role) == (RETAILER_ID, "Crux Retailer", Role.RETAILER)
    assert (supplier.id, supplier.name, supplier.role) == (SUPPLIER_ID, "Crux Supplier A", Role.SUPPLIER)
    assert supplier.identifiers == (Identifier(scheme="supplier_uuid", value="b5f05054-dce4-4286-96fc-b9424d6b2137"),)
    assert (supplier.status, supplier.status_native) == (OrganizationStatus.ACTIVE, "ACTIVE")
    assert supplier.created_at == utc(2018, 2, 9, 17, 2, 13)
    assert supplier.activated_at is None
    assert supplier.account_manager == ACCOUNT_MANAGER
    assert supplier.contacts is None
    assert supplier.website is None
    assert supplier.key.kind == "organization"
    assert supplier.source.pointer == "/0/supplier"
    assert not drift.freeze()


def test_everything_of_the_last_generation_maps() -> None:
    """What the last generation added is read: contact, website, end, and the uuids of both roles, "" being none."""
    found = connection(timp_connection())
    assert (found.status, found.ended_at) == (ConnectionStatus.ENDED, utc(2018, 8, 21, 23, 38, 33, 70681))
    assert found.suppliers_retailer_account_number is None
    assert found.retailers_supplier_account_number == "59830"
    retailer, supplier = found.retailer, found.supplier
    assert retailer is not None
    assert supplier is not None
    assert retailer.website == "retailer.test"
    assert retailer.contacts is not None
    assert [(one.name, one.last_name) for one in retailer.contacts] == [("Joe", None)]
    assert retailer.identifiers == (Identifier(scheme="retailer_uuid", value="60148a62-008f-4989-9fd2-f79d13cdc6fb"),)
    assert retailer.created_at == utc(2018, 6, 28, 12, 55, 20, 293262)
    assert (supplier.website, supplier.contacts, supplier.account_manager) == (None, None, None)
    assert (supplier.status, supplier.status_native) == (OrganizationStatus.PENDING, "PENDING")


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("CONFIRMATION WAITING", ConnectionStatus.PENDING),
        ("ACTIVE", ConnectionStatus.ACTIVE),
        ("DEACTIVATED", ConnectionStatus.ENDED),
        ("ON HOLD", ConnectionStatus.UNKNOWN),
        (None, ConnectionStatus.UNKNOWN),
    ],
)
def test_each_status_keeps_its_native_word(word: str | None, status: ConnectionStatus) -> None:
    """Every documented status has a meaning; any other word is unknown, kept, and counted."""
    drift = DriftCount()
    found = connection({**first_connection(), "status": word}, drift=drift)
    assert (found.status, found.status_native) == (status, word)
    counted = {f"status={word or '(none)'}": 1} if status is ConnectionStatus.UNKNOWN else {}
    assert drift.unknown_values == counted


@pytest.mark.parametrize("word", ["BLOCKED", "PENDING", "active"])
def test_organization_status_and_type(word: str) -> None:
    """An organization's status is read in any case; an unknown type leaves the side it stands on as its role."""
    row, drift = first_connection(), DriftCount()
    row["supplier"]["organization"] |= {"status": word, "org_type": "DISTRIBUTOR"}
    supplier = connection(row, drift=drift).supplier
    assert supplier is not None
    unknown = word == "BLOCKED"
    assert supplier.status is (OrganizationStatus.UNKNOWN if unknown else OrganizationStatus(word.lower()))
    assert supplier.status_native == word
    assert supplier.role is Role.SUPPLIER
    assert drift.unknown_values["org_type=DISTRIBUTOR"] == 1
    assert drift.unknown_values["organization.status=BLOCKED"] == unknown


@pytest.mark.parametrize("nothing", [None, "", " "])
@pytest.mark.parametrize("name", ["suppliers_retailer_account_number", "retailers_supplier_account_number"])
def test_no_account_number_is_none(name: str, nothing: str | None) -> None:
    """null, "" and blanks are no account number; a number written as a number is text."""
    assert getattr(connection({**first_connection(), name: nothing}), name) is None
    assert getattr(connection({**first_connection(), name: 38473}), name) == "38473"


@pytest.mark.parametrize(
    ("own", "role"),
    [
        (OwnSide(organization_id=RETAILER_ID), Role.RETAILER),
        (OwnSide(organization_id=SUPPLIER_ID, role=Role.RETAILER), Role.SUPPLIER),
        (OwnSide(organization_id="another", role=Role.SUPPLIER), Role.SUPPLIER),
        (OwnSide(role=Role.RETAILER), Role.RETAILER),
        (OwnSide(), None),
    ],
)
def test_partner_is_the_other_side(own: OwnSide, role: Role | None) -> None:
    """The own side is where the own organization stands, else what its type says; the partner is the other one."""
    found = connection(first_connection(), own=own)
    assert found.own_role is role
    expected = {Role.RETAILER: found.supplier, Role.SUPPLIER: found.retailer, None: None}[role]
    assert found.partner == expected


def test_request_is_a_pending_connection() -> None:
    """A request that Crux approved is still pending, with the organization that was asked known by name."""
    found = request(connection_request())
    assert found.key.kind == "connection_request"
    assert found.id == "d0041bf9-ee07-4298-8298-26eee419db2d"
    assert (found.status, found.status_native) == (ConnectionStatus.PENDING, None)
    assert found.requested_at == utc(2018, 4, 9)
    assert found.suppliers_retailer_account_number == "384857"
    partner = found.partner
    assert partner is not None
    assert (partner.name, partner.role, partner.key.kind) == (
        "Thomas Perkins",
        Role.SUPPLIER,
        "requested_organization",
    )
    assert partner.contacts == (Contact(name="Ann Owner", email="owner@perkins.test", phone="1-541-219-3109x433"),)


def test_request_of_a_supplier_asks_a_retailer() -> None:
    """Where the account is a supplier's, who was asked is a retailer; a request without a contact has none."""
    row = {**connection_request(), "org_contact_full_name": "", "primary_contact_phone": None}
    found = request({**row, "primary_contact_email": " "}, own=OwnSide(role=Role.SUPPLIER))
    assert found.partner is found.retailer
    assert found.retailer is not None
    assert found.retailer.contacts is None
    assert found.supplier is None


def test_a_doubt_about_the_own_side_is_noted_with_each_record() -> None:
    """Where the own side could not be established, each record that suffers from it is counted."""
    drift = DriftCount()
    read_request(connection_request(), place(), drift, OwnSide(doubt="who are we"))
    read_connection(first_connection(), place(), drift, OwnSide(doubt="who are we"))
    assert drift.notes == {"who are we": 2}


def test_an_order_that_says_little_is_an_order() -> None:
    """An order of nothing but its uuid and a line's is read, and what it does not say is None."""
    found = order({"uuid": "9a39a7e0-078b-4321-a6dc-02bb2a505243", "line_items": [{"uuid": "c3fb678f"}]})
    assert (found.fees, found.retailer, found.address, found.requested_shipping) == (None, None, None, None)
    (line,) = found.line_items
    assert (line.supplier, line.cost, line.status, line.allocation, line.tracking) == (None, None, None, None, ())
    assert order({"uuid": "9a39a7e0-078b-4321-a6dc-02bb2a505243", "line_items": None}).line_items == ()


def test_documented_orders_map_field_by_field() -> None:
    """The documented order of the list becomes an order with every field that it fills."""
    drift = DriftCount()
    found = order(first_order(), drift)
    assert found.id == "9a39a7e0-078b-4321-a6dc-02bb2a505243"
    assert (found.purchase_order, found.status, found.status_native) == ("po-XLisbIUs", None, None)
    assert (found.is_allocated, found.is_sent_to_supplier) == (False, None)
    assert found.created_at == utc(2018, 2, 26, 17, 53, 57, 326890)
    assert (found.notes, found.supplier_notes) == ("here are some notes", None)
    assert found.fees == Fees(shipping_cost=Decimal(0), drop_ship_fee=Decimal(0), order_fee=Decimal(0))
    assert found.retailer == OrderParty(
        organization_id=RETAILER_ID,
        name="Crux Retailer",
        submitted_by=Contact(name="Roy Breslawski", email="rbreslawski@cruxretailer.com"),
    )
    assert found.address is not None
    assert (found.address.line1, found.address.postal_code) == ("30 Rockefeller Plaza", "10112")
    assert (found.address.region, found.address.phone) == ("NY", None)
    assert found.requested_shipping == RequestedShipping(carrier="UPS", method="Ground")
    (line,) = found.line_items
    assert (line.status, line.status_native) == (LineItemStatus.UNALLOCATED, "Unallocated")
    assert str(line.cost) == "66.05"
    assert line.supplier == OrderParty(organization_id=SUPPLIER_ID, name="Crux Supplier A")
    assert line.allocation == Allocation(
        quantity_ordered=475, quantity_allocated=0, quantity_backordered=0, quantity_rejected=0
    )
    assert line.sku_id == "000106"
    assert line.tracking == ()
    assert not drift.freeze()


def test_documented_detail_maps() -> None:
    """The documented detail has a status, lines in small letters, a user named by one blank, and line breaks kept."""
    found = order(first_order_detail())
    assert (found.status, found.status_native) == (OrderStatus.NEW, "New")
    assert {line.status for line in found.line_items} == {LineItemStatus.UNALLOCATED}
    assert len(found.line_items) == 4
    assert found.retailer is not None
    assert found.retailer.submitted_by == Contact(email="dchadwick@cruxretailer.com")
    assert found.address is not None
    assert found.address.line1 == "1878 Randy Valleys\nAnthonybury, OH 51137"


def test_all_generations_become_one_order() -> None:
    """The last generation's list and detail of one order agree in everything that both of them say."""
    listed, detailed = order(timp_order()), order(timp_order_detail())
    assert listed.id == detailed.id == "f7bc1028-844c-44ca-82df-fe76282d2a8b"
    assert listed.purchase_order == detailed.purchase_order == "po-5527771067"
    assert listed.created_at == detailed.created_at == utc(2018, 8, 21, 23, 38, 33, 70681)
    assert listed.address == detailed.address
    assert listed.line_items == detailed.line_items
    assert listed.fees == Fees(shipping_cost=Decimal("7.99"), drop_ship_fee=Decimal("0.5"), order_fee=Decimal("0.99"))
    assert detailed.fees == Fees(
        shipping_cost=Decimal("7.99"),
        drop_ship_fee=Decimal("0.5"),
        order_fee=Decimal("0.99"),
        order_tax=Decimal("2.97"),
    )
    assert (listed.notes, listed.is_allocated, listed.is_sent_to_supplier) == ("ring twice", True, None)
    assert (detailed.supplier_notes, detailed.is_allocated, detailed.is_sent_to_supplier) == (
        "sent in two boxes",
        None,
        False,
    )
    (line,) = listed.line_items
    assert (line.allocation, line.cost) == (None, Decimal("27.2"))
    assert line.supplier == OrderParty(organization_id=SUPPLIER_ID, name="Crux Supplier A")
    (shipment,) = line.tracking
    assert (shipment.tracking_number, shipment.carrier, shipment.weight) == ("12345", "UPS", None)
    assert (shipment.cost, shipment.shipped_on, shipment.quantity) == (Decimal(3), date(2018, 11, 12), 10)
    assert shipment.created_at == utc(2018, 11, 10, 17, 47, 7, 872391)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("HasTracking", LineItemStatus.HAS_TRACKING),
        ("has_tracking", LineItemStatus.HAS_TRACKING),
        ("delivered", LineItemStatus.DELIVERED),
        ("Cancelled", LineItemStatus.CANCELLED),
        ("backordered", LineItemStatus.BACKORDERED),
        ("Lost", LineItemStatus.UNKNOWN),
        (None, None),
    ],
)
def test_both_spellings_of_line_statuses(word: str | None, status: LineItemStatus | None) -> None:
    """Lines have the same status in either spelling; an unknown one is counted; none is none."""
    row, drift = first_order(), DriftCount()
    row["line_items"][0]["status"] = word
    (line,) = order(row, drift).line_items
    assert (line.status, line.status_native) == (status, word)
    assert drift.unknown_values == ({"line_items[].status=Lost": 1} if word == "Lost" else {})


def test_doubtful_forms_of_an_order() -> None:
    """Numbers as text, texts as numbers, accepted for allocated, and bare tracking numbers are all read."""
    row = first_order()
    row["address"]["postal_code"] = 10112
    row["line_items"][0]["allocation"] = {
        "quantity_ordered": "5",
        "quantity_accepted": 3,
        "backorder_date": "2019-01-01",
    }
    row["line_items"][0]["tracking_numbers"] = ["1Z1", {"tracking_number": "1Z2", "shipping_weight": 2.50}, None]
    drift = DriftCount()
    found = order(row, drift)
    assert found.address is not None
    assert found.address.postal_code == "10112"
    (line,) = found.line_items
    assert line.allocation == Allocation(quantity_ordered=5, quantity_allocated=3, backorder_date=date(2019, 1, 1))
    assert [one.tracking_number for one in line.tracking] == ["1Z1", "1Z2"]
    assert line.tracking[1].weight == "2.5"
    assert drift.notes == {"set aside: an object was due, null came @ $.line_items[].tracking_numbers[]": 1}


def _without(name: str) -> Callable[[dict[str, Any]], object]:
    return lambda row: row.pop(name)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_without("uuid"), "uuid"),
        (_without("supplier"), "supplier"),
        (lambda row: row["supplier"]["organization"].pop("uuid"), "supplier.organization"),
        (lambda row: row["supplier"]["organization"].update(name=7), "supplier.organization.name"),
        (lambda row: row.update(status=["ACTIVE"]), "$.status"),
        (lambda row: row.update(uuid=""), "$.uuid"),
    ],
)
def test_a_connection_that_cannot_be_placed_is_unreadable(spoil: Callable[[Any], object], said: str) -> None:
    """Without an id, a side, or with a name or status that is none, a connection is set aside with the path to it."""
    row = first_connection()
    spoil(row)
    with pytest.raises(Unreadable, match=said.replace("$", r"\$").replace(".", r"\.")):
        connection(row)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_without("uuid"), "order_uuid"),
        (lambda row: row["line_items"][0].pop("uuid"), "line_item_uuid.*line_items\\[0\\]"),
        (lambda row: row.update(line_items={"0": {}}), "line_items"),
        (lambda row: row["line_items"].append(None), "line_items\\[1\\]"),
    ],
)
def test_an_order_that_lacks_an_id_is_unreadable(spoil: Callable[[Any], object], said: str) -> None:
    """Without an id of its own or of a line, or with lines that are none, an order is set aside with the reason."""
    row = first_order()
    spoil(row)
    with pytest.raises(Unreadable, match=said):
        order(row)


def test_what_does_not_matter_is_set_aside_and_counted() -> None:
    """A value of the wrong type in a field that does not matter costs that field alone; unknown keys are counted."""
    row, drift = first_connection(), DriftCount()
    row["supplier"]["organization"]["created_date"] = 1518195721
    row["supplier"]["organization"]["vat"] = "DE1"
    supplier = connection(row, drift=drift).supplier
    assert supplier is not None
    assert supplier.created_at is None
    assert drift.unknown_keys == {"$.supplier.organization.vat": 1}
    assert list(drift.notes) == ["set aside: text was due, a number came @ $.supplier.organization.created_date"]


SAMPLES: list[Record] = [
    connection(first_connection()),
    connection(timp_connection()),
    request(connection_request()),
    read_own_organization(first_connection()["retailer"]["organization"], place(), DriftCount()),
    order(first_order()),
    order(first_order_detail()),
    order(timp_order()),
    order(timp_order_detail()),
]


def _with_nested(record: Record) -> list[Record]:
    sides = [record.retailer, record.supplier] if isinstance(record, Connection) else []
    return [record, *(side for side in sides if side is not None)]


@pytest.mark.parametrize("record", [one for sample in SAMPLES for one in _with_nested(sample)])
def test_every_filled_field_explains_itself(record: Record) -> None:
    """Each field that holds something has a rule, and what it points to in the raw record is what the vendor said."""
    mapped = {rule.name: rule for rule in vars(rules).values() if hasattr(rule, "fields")}[record.source.mapping]
    kind: Any = type(record)
    for name in (one.name for one in fields(kind) if one.name not in {"source", "raw"}):
        if getattr(record, name) not in (None, ()):
            assert name in mapped.fields, name
            said = record.explain(name)
            if said.pointer is not None:
                below = said.pointer.removeprefix(record.source.pointer)
                assert look_up(record.raw, below) == said.native
            else:
                assert name in {"own_role", "role"}


def test_explain_names_the_place() -> None:
    """A nested field explains itself by its place in the page."""
    said = connection(timp_connection()).explain("supplier.name")
    assert said.pointer == "/0/supplier/organization/name"
    assert said.native == "Crux Supplier A"
    assert order(timp_order_detail()).explain("purchase_order").pointer == "/0/po_number"


def test_details_hold_everything_under_the_vendors_names() -> None:
    """What the model has no room for is reachable typed, of records read from JSON too."""
    again = from_json(to_json(connection(timp_connection())), Connection)
    details = Crux.details(again)
    assert isinstance(details, wire.Connection)
    assert details.deactivated_date == "2018-08-21 23:38:33.070681+00:00"
    assert again.retailer is not None
    assert Crux.details(again.retailer) == details.retailer
    assert details.retailer.contact is not None
    assert details.retailer.contact.last_name == ""
    detailed = Crux.details(from_json(to_json(order(timp_order_detail())), Order))
    assert detailed.line_items is not None
    assert detailed.line_items[0].product_codes is not None
    assert detailed.line_items[0].product_codes.upca == "012345678905"
    assert detailed.invoices is not None
    assert detailed.invoices[0].invoice_items is not None
    assert detailed.invoices[0].invoice_items[0].quantity_invoiced == 6
    own = read_own_organization(first_connection()["retailer"]["organization"], place(), DriftCount())
    own_details = Crux.details(own)
    assert isinstance(own_details, wire.Organization)
    assert own_details.org_type == "RETAILER"


def test_details_of_a_request_are_the_request() -> None:
    """A pending connection and the organization that was asked have the request as their details."""
    found = request(connection_request())
    details = Crux.details(found)
    assert isinstance(details, wire.ConnectionRequest)
    assert details.is_approved is True
    assert details.approved_by is not None
    assert details.integrations is not None
    assert details.integrations[0].update_frequency == "* 20 12 3 8,9 *"
    assert found.supplier is not None
    assert Crux.details(found.supplier) == details


@pytest.mark.parametrize("spoil", [{"raw": EMPTY}, {"source": place().source(kind="x", id="1", mapping="y.z")}])
def test_details_of_another_record_are_refused(spoil: dict[str, Any]) -> None:
    """A record without its raw record, or of another platform, has no details, and says so."""
    with pytest.raises(UsageError, match="crux"):
        Crux.details(evolve(connection(first_connection()), **spoil))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
READERS: list[tuple[Callable[[Any], Record], dict[str, Any]]] = [
    (connection, timp_connection()),
    (request, connection_request()),
    (lambda row: read_own_organization(row, place(), DriftCount()), timp_connection()["retailer"]["organization"]),
    (order, first_order()),
    (order, timp_order_detail()),
]


def _bare(reader: Callable[[Any], Record]) -> Callable[[Any], Record]:
    """The reader without the way through JSON text, which cannot write every value."""
    bare: dict[Any, Callable[[Any], Record]] = {
        connection: lambda row: read_connection(row, place(), DriftCount(), BY_ID),
        request: lambda row: read_request(row, place(), DriftCount(), BY_ID),
        order: lambda row: read_order(row, place(), DriftCount()),
    }
    return bare.get(reader, reader)


@pytest.mark.parametrize("reader", [one for one, _ in READERS[:4]])
@given(row=JSON)
def test_any_json_is_read_or_unreadable(reader: Callable[[Any], Record], row: Any) -> None:
    """No JSON value whatever makes a reader trip."""
    try:
        record = _bare(reader)(row)
    except Unreadable:
        return
    assert record.source.id


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(one for key, item in items for one in _paths(item, (*path, key)))]


@pytest.mark.parametrize(("reader", "sample"), READERS)
@given(data=st.data())
def test_a_spoilt_sample_is_read_whole_or_unreadable(
    reader: Callable[[Any], Record], sample: dict[str, Any], data: st.DataObject
) -> None:
    """A sample with any value anywhere is read with its raw record untouched, or says why not."""
    row = decimals(copy.deepcopy(sample))
    path = data.draw(st.sampled_from([one for one in _paths(row) if one]))
    target = row
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = data.draw(JSON)
    before = copy.deepcopy(row)
    try:
        record = _bare(reader)(row)
    except Unreadable:
        return
    assert thaw(record.raw) == before
    assert record.source.id


@given(row=st.sampled_from(SAMPLES))
def test_records_survive_json(row: Record) -> None:
    """Each kind of record is the same after a round trip through JSON, its raw record included."""
    again = from_json(to_json(row), type(row))
    assert again == row
    assert freeze(thaw(again.raw)) == row.raw


def test_organization_of_the_own_account() -> None:
    """The own organization is read by itself, with its id as that of the connections' side."""
    row = {**timp_connection()["retailer"]["organization"], "account_manager": {"uuid": "x", "person": JOE}}
    found = read_own_organization(row, place(), DriftCount())
    assert isinstance(found, Organization)
    assert (found.id, found.role, found.contacts) == (RETAILER_ID, Role.RETAILER, None)
    assert found.account_manager == ACCOUNT_MANAGER
    assert found.identifiers == (Identifier(scheme="retailer_uuid", value="60148a62-008f-4989-9fd2-f79d13cdc6fb"),)
