"""The vendor's pages on orders, line by line: every parameter, field and word that they document does what they say.

Each case is named by its page, heading and line. The pages are "Get Orders" (POST /orders/) and "Get Order Detail"
(GET /orders/<order_uuid>/), in their edition of February and March 2018.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest

from adapters.crux import Crux, OrdersQuery
from adapters.crux.mapping_orders import read_order
from aggregator.adapter.steps import Call, DriftCount, Reply
from aggregator.client import Client
from aggregator.errors import AggregatorError, InvalidQuery, NotFound, PermissionDenied, RequestRejected
from aggregator.model import Address, LineItemStatus, Order, OrderStatus
from aggregator.model.converter import dump_json, load_json
from tests.adapters.crux_fakes import FakeCrux, drive
from tests.adapters.crux_samples import first_order, first_order_detail
from tests.adapters.test_crux_mapping import place
from tests.fakes import FakeClock, reply

UUID = "0b0b5a3e-1f7c-4a57-9b7d-0a5b5ad3f0aa"


def posted(query: OrdersQuery | None = None, **settings: Any) -> dict[str, Any]:
    """The body of the first request of a search."""
    bodies: list[dict[str, Any]] = []

    def answer(call: Call) -> Reply:
        bodies.append(dict(call.body or {}))
        return reply({"total_results": 0, "orders": []})

    drive(Crux(token="any-token-0001", generation="v1").orders(query, **settings), answer)
    return bodies[0]


ALL_WORDS = ("Unallocated", "Allocated", "Rejected", "HasTracking", "Backordered", "Cancelled")

REQUEST: dict[str, tuple[Callable[[], object], object]] = {
    "start (default 0)": (lambda: posted()["start"], 0),
    "limit": (lambda: posted(page_size=8)["limit"], 8),
    "sort": (lambda: set(posted()["sort"]), {"key", "dir"}),
    "sort: key ('date')": (lambda: posted()["sort"]["key"], "date"),
    "sort: dir ('asc')": (lambda: posted()["sort"]["dir"], "asc"),
    "sort: dir (any other value)": (lambda: posted(OrdersQuery(sort_direction="desc"))["sort"]["dir"], "desc"),
    "line_item_status_conjunction (default or)": (lambda: "line_item_status_conjunction" in posted(), False),
    "start_date": (
        lambda: posted(OrdersQuery(start_date=datetime(2017, 7, 31, 6, tzinfo=UTC)))["start_date"],
        "2017-07-31T06:00:00.000Z",
    ),
    "end_date": (
        lambda: posted(OrdersQuery(end_date=datetime(2018, 8, 3, 6, tzinfo=UTC)))["end_date"],
        "2018-08-03T06:00:00.000Z",
    ),
    "term": (lambda: posted(OrdersQuery(term="000106"))["term"], "000106"),
    "org_uuids": (lambda: posted(OrdersQuery(org_uuids=[UUID]))["org_uuids"], [UUID]),
}


@pytest.mark.parametrize("line", REQUEST)
def test_request_parameters(line: str) -> None:
    """Get Orders, Request Parameters: the line is sent under its name, in its form."""
    ask, expected = REQUEST[line]
    assert ask() == expected


@pytest.mark.parametrize("word", ALL_WORDS)
def test_line_item_statuses(word: str) -> None:
    """Get Orders, line_item_statuses: each possible value is sent as it is written."""
    assert posted(OrdersQuery(line_item_statuses=[word]))["line_item_statuses"] == [word]


@pytest.mark.parametrize("word", ["and", "or", "only"])
def test_line_item_status_conjunction(word: str) -> None:
    """Get Orders, line_item_status_conjunction: each possible value is sent."""
    query = OrdersQuery(line_item_statuses=["Rejected"], line_item_status_conjunction=word)
    assert posted(query)["line_item_status_conjunction"] == word


@pytest.mark.parametrize("statuses", [[], ["Rejected", "Allocated"]])
def test_only_needs_exactly_one_status(statuses: list[str]) -> None:
    """Get Orders, line_item_status_conjunction: "For conjunction only, … must have exactly one line-item-status"."""
    with pytest.raises(InvalidQuery, match="exactly one"):
        OrdersQuery(line_item_statuses=statuses, line_item_status_conjunction="only")


def read(row: dict[str, Any]) -> Order:
    """The order that a row becomes; nothing in it may surprise."""
    drift = DriftCount()
    found = read_order(load_json(dump_json(row)), place(), drift)
    assert not drift.freeze()
    return found


def put(row: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Return the row with a value at a dotted path."""
    held: Any = row
    *way, last = path.split(".")
    for name in way:
        held = held[int(name)] if name.isdecimal() else held[name]
    held[last] = value
    return row


def get(order: Order, path: str) -> object:
    """Return what the model holds at a dotted path."""
    held: Any = order
    for name in path.split("."):
        held = held[int(name)] if name.isdecimal() else getattr(held, name)
    return held


LINE, SHIP = "line_items.0", "line_items.0.tracking_numbers.0"
# Line of the page: where it stands, what is put there, where the model has it, as what.
FIELDS: dict[str, tuple[str, object, str, object]] = {
    "uuid": ("uuid", UUID, "id", UUID),
    "is_allocated": ("is_allocated", True, "is_allocated", True),
    "purchase_order_id": ("purchase_order_id", "po-7", "purchase_order", "po-7"),
    "created_date": (
        "created_date", "2018-02-26T17:53:57.326890Z",
        "created_at", datetime(2018, 2, 26, 17, 53, 57, 326890, tzinfo=UTC),
    ),
    "notes": ("notes", "ring twice", "notes", "ring twice"),
    "fees: estimated_shipping_cost": (
        "fees.estimated_shipping_cost", Decimal("7.10"), "fees.shipping_cost", Decimal("7.10"),
    ),
    "fees: drop_ship_fee": ("fees.drop_ship_fee", Decimal("0.1"), "fees.drop_ship_fee", Decimal("0.1")),
    "fees: order_fee": ("fees.order_fee", 0, "fees.order_fee", Decimal(0)),
    "retailer: name": ("retailer.name", "A Shop", "retailer.name", "A Shop"),
    "retailer: uuid": ("retailer.uuid", UUID, "retailer.organization_id", UUID),
    "retailer: user (name)": ("retailer.user.name", "Roy B", "retailer.submitted_by.name", "Roy B"),
    "retailer: user (email)": ("retailer.user.email", "roy@shop.test", "retailer.submitted_by.email", "roy@shop.test"),
    "address: name": ("address.name", "Bob", "address.name", "Bob"),
    "address: business_name": ("address.business_name", "NBC", "address.business_name", "NBC"),
    "address: address1": ("address.address1", "1 Mill\nRoad", "address.line1", "1 Mill\nRoad"),
    "address: address2": ("address.address2", "STE 123", "address.line2", "STE 123"),
    "address: city": ("address.city", "Salem", "address.city", "Salem"),
    "address: state": ("address.state", "MA", "address.region", "MA"),
    "address: postal_code": ("address.postal_code", "01970", "address.postal_code", "01970"),
    "address: postal_code (number)": ("address.postal_code", 10112, "address.postal_code", "10112"),
    "address: phone_number (number)": ("address.phone_number", 7173345425, "address.phone", "7173345425"),
    "requested shipping: shipping_carrier": (
        "requested_shipping.shipping_carrier", "DHL", "requested_shipping.carrier", "DHL",
    ),
    "requested shipping: shipping_method": (
        "requested_shipping.shipping_method", "Air", "requested_shipping.method", "Air",
    ),
    "line item: uuid": (f"{LINE}.uuid", UUID, f"{LINE}.id", UUID),
    "line item: item_uuid": (f"{LINE}.item_uuid", UUID, f"{LINE}.item_id", UUID),
    "line item: item_name": (f"{LINE}.item_name", "Lamp", f"{LINE}.item_name", "Lamp"),
    "line item: sku_uuid": (f"{LINE}.sku_uuid", UUID, f"{LINE}.sku_uuid", UUID),
    "line item: sku_id": (f"{LINE}.sku_id", "000106", f"{LINE}.sku_id", "000106"),
    "line item: sku_name": (f"{LINE}.sku_name", "Lamp", f"{LINE}.sku_name", "Lamp"),
    "line item: cost": (f"{LINE}.cost", Decimal("66.05"), f"{LINE}.cost", Decimal("66.05")),
    "line item: supplier_uuid": (f"{LINE}.supplier_uuid", UUID, f"{LINE}.supplier.organization_id", UUID),
    "line item: supplier_name": (f"{LINE}.supplier_name", "Ash", f"{LINE}.supplier.name", "Ash"),
    "allocation: quantity_ordered": (
        f"{LINE}.allocation.quantity_ordered", 6, f"{LINE}.allocation.quantity_ordered", 6,
    ),
    "allocation: quantity_allocated": (
        f"{LINE}.allocation.quantity_allocated", 3, f"{LINE}.allocation.quantity_allocated", 3,
    ),
    "allocation: quantity_backordered": (
        f"{LINE}.allocation.quantity_backordered", 2, f"{LINE}.allocation.quantity_backordered", 2,
    ),
    "allocation: quantity_rejected": (
        f"{LINE}.allocation.quantity_rejected", 1, f"{LINE}.allocation.quantity_rejected", 1,
    ),
    "allocation: backorder_date": (
        f"{LINE}.allocation.backorder_date", "2019-01-01", f"{LINE}.allocation.backorder_date", date(2019, 1, 1),
    ),
    "tracking numbers: tracking_number": (
        f"{SHIP}.tracking_number", "1Z9", f"{LINE}.tracking.0.tracking_number", "1Z9",
    ),
    "tracking numbers: shipping_carrier": (f"{SHIP}.shipping_carrier", "UPS", f"{LINE}.tracking.0.carrier", "UPS"),
    "tracking numbers: shipping_method": (f"{SHIP}.shipping_method", "Air", f"{LINE}.tracking.0.method", "Air"),
    "tracking numbers: shipping_weight": (f"{SHIP}.shipping_weight", "2.5", f"{LINE}.tracking.0.weight", "2.5"),
    "tracking numbers: shipping_cost": (
        f"{SHIP}.shipping_cost", Decimal("3.99"), f"{LINE}.tracking.0.cost", Decimal("3.99"),
    ),
    "tracking numbers: shipping_date": (
        f"{SHIP}.shipping_date", "2018-11-12", f"{LINE}.tracking.0.shipped_on", date(2018, 11, 12),
    ),
    "tracking numbers: quantity": (f"{SHIP}.quantity", 10, f"{LINE}.tracking.0.quantity", 10),
}  # fmt: skip


@pytest.mark.parametrize("line", FIELDS)
def test_fields_of_get_orders(line: str) -> None:
    """Get Orders, Response Parameters: the line is read, and stands in the model."""
    path, value, where, expected = FIELDS[line]
    row = first_order()
    row["line_items"][0]["tracking_numbers"] = [{}]
    assert get(read(put(row, path, value)), where) == expected


@pytest.mark.parametrize(
    "line", [one for one in FIELDS if not one.startswith(("tracking numbers", "address: phone_number"))]
)
def test_fields_of_get_order_detail(line: str) -> None:
    """Get Order Detail, Response Parameters: the same lines, but for phone numbers and parts of a tracking number."""
    path, value, where, expected = FIELDS[line]
    assert get(read(put(first_order_detail(), path, value)), where) == expected


def test_lists_of_get_orders() -> None:
    """Get Orders: total_results is what is declared, orders are the records, line_items are theirs."""
    answer = {"total_results": 1, "orders": [first_order()]}

    def serve(call: Call) -> Reply:
        return reply(answer if not (call.body or {}).get("start") else {"total_results": 1, "orders": []})

    records, end = drive(Crux(token="any-token-0001", generation="v1").orders(), serve)
    assert end.coverage.declared == 1
    assert len(records) == 1
    assert len(records[0].line_items) == 1


@pytest.mark.parametrize(
    ("word", "status"), [("New", "NEW"), ("Pending", "PENDING"), ("Complete", "COMPLETE"), ("Cancelled", "CANCELLED")]
)
def test_statuses_of_an_order(word: str, status: str) -> None:
    """Get Order Detail, status: each word has its meaning, and stays beside it."""
    found = read(put(first_order_detail(), "status", word))
    assert (found.status, found.status_native) == (OrderStatus[status], word)


LINE_WORDS = {
    **{f"Get Orders: {word}": (first_order, word) for word in ALL_WORDS},
    **{
        f"Get Order Detail: {word}": (first_order_detail, word)
        for word in ("unallocated", "allocated", "rejected", "has_tracking", "backordered", "delivered")
    },
}


@pytest.mark.parametrize("line", LINE_WORDS)
def test_statuses_of_a_line(line: str) -> None:
    """Line Item Object, status: each word of either page has its meaning, and stays beside it."""
    row, word = LINE_WORDS[line]
    found = read(put(row(), "line_items.0.status", word)).line_items[0]
    meaning = word.lower().replace("hastracking", "has_tracking")
    assert (found.status, found.status_native) == (LineItemStatus(meaning), word)


def test_tracking_numbers_of_the_detail_can_be_bare() -> None:
    """Get Order Detail, tracking_numbers: "a Tracking Number or list of multiple Tracking Numbers"."""
    found = read(put(first_order_detail(), "line_items.0.tracking_numbers", ["1Z1", "1Z2"])).line_items[0]
    assert [one.tracking_number for one in found.tracking] == ["1Z1", "1Z2"]


def test_the_documented_examples_are_read_to_the_last_key() -> None:
    """Every key of both documented answers is one that we know, and the phone number that the detail lacks is None."""
    assert isinstance(read(first_order()).address, Address)
    detail = read(first_order_detail()).address
    assert detail is not None
    assert detail.phone is None


# Every name that the two pages explain, by the headings they stand under; objects stand for the names below them.
DOCUMENTED: dict[str, dict[str, str]] = {
    "Get Orders": {
        "Request Parameters": "start limit sort line_item_statuses line_item_status_conjunction start_date end_date"
        " term org_uuids",
        "Sort Object": "key dir",
        "Response Parameters": "total_results orders",
        "Order Object": "uuid is_allocated purchase_order_id created_date notes fees retailer address"
        " requested_shipping line_items",
        "Fees Object": "estimated_shipping_cost drop_ship_fee order_fee",
        "Retailer Object": "name uuid user",
        "Address Object": "name business_name address1 address2 city state postal_code phone_number",
        "Requested Shipping Object": "shipping_carrier shipping_method",
        "Line Item Object": "uuid item_uuid item_name sku_uuid sku_id sku_name status cost supplier_uuid supplier_name"
        " tracking_numbers allocation",
        "Tracking Numbers Object": "tracking_number shipping_carrier shipping_method shipping_weight shipping_cost"
        " shipping_date quantity",
        "Allocation Object": "quantity_ordered quantity_allocated quantity_backordered quantity_rejected"
        " backorder_date",
    },
    "Get Order Detail": {
        "Response Parameters": "uuid status is_allocated purchase_order_id created_date notes fees retailer address"
        " requested_shipping line_items",
        "Fees Object": "estimated_shipping_cost drop_ship_fee order_fee",
        "Retailer Object": "name uuid user",
        "Address Object": "name business_name address1 address2 city state postal_code",
        "Requested Shipping Object": "shipping_carrier shipping_method",
        "Line Item Object": "uuid item_uuid item_name sku_uuid sku_id sku_name status cost supplier_uuid supplier_name"
        " tracking_numbers allocation",
        "Allocation Object": "quantity_ordered quantity_allocated quantity_backordered quantity_rejected"
        " backorder_date",
    },
}
# Lines that stand for an object, and how the cases for its parts begin.
OBJECTS = {
    "sort": "sort: ",
    "fees": "fees: ",
    "retailer": "retailer: ",
    "address": "address: ",
    "requested_shipping": "requested shipping: ",
    "line item: tracking_numbers": "tracking numbers: ",
    "line item: allocation": "allocation: ",
}
# Lines that have a test of their own, for each of the words that they name.
TESTS = {
    "line_item_statuses": test_line_item_statuses,
    "line_item_status_conjunction": test_line_item_status_conjunction,
    "total_results": test_lists_of_get_orders,
    "orders": test_lists_of_get_orders,
    "line_items": test_lists_of_get_orders,
    "status": test_statuses_of_an_order,
    "line item: status": test_statuses_of_a_line,
}


def lines_of(page: str) -> list[str]:
    """The lines of a page, as the cases above name them."""
    said = []
    for heading, names in DOCUMENTED[page].items():
        part = heading.removesuffix(" Object").lower()
        own = heading.endswith("Parameters") or part == "order"
        said += [name if own else f"{part}: {name}" for name in names.split()]
    return said


CASES = {one.partition(" (")[0] for one in (*REQUEST, *FIELDS)}


@pytest.mark.parametrize("page", DOCUMENTED)
def test_every_line_of_the_pages_has_a_case(page: str) -> None:
    """No parameter and no field that a page explains is without a case, or an object without one for its parts."""
    for line in lines_of(page):
        parts = OBJECTS.get(line)
        assert line in CASES or line in TESTS or (parts and any(one.startswith(parts) for one in CASES)), line


def test_every_case_is_a_line_of_the_pages() -> None:
    """A case of a name that the pages do not have would prove nothing."""
    assert {line for page in DOCUMENTED for line in lines_of(page)} >= CASES


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, RequestRejected), (401, AggregatorError), (403, PermissionDenied), (404, NotFound), (415, RequestRejected)],
)
def test_documented_response_codes(status: int, kind: type[Exception]) -> None:
    """Expected responses: each documented failure is an error of ours that says which operation it was."""
    server = FakeCrux(routes={"POST /orders/": (status, {}), f"GET /orders/{UUID}/": (status, {})})
    account = Crux(base_url="https://crux.test", token="good-token-0", generation="v1")
    with Client(account, transport=httpx.MockTransport(server), clock=FakeClock()) as client:
        for ask, what in ((client.list_orders, "orders"), (lambda: client.order(UUID), "order")):
            with pytest.raises(kind, match=what):
                ask()


def test_money_is_never_a_float() -> None:
    """Amounts are made from the digits in the text: 66.10 stays 66.10, and 0.1 is a tenth."""
    row = json.dumps(first_order()).replace("66.05", "66.10").encode()
    parsed = Reply(
        status=200, content=row, request="POST /orders/", requested_at=datetime.now(UTC), fetched_at=datetime.now(UTC)
    ).json()
    cost = read(parsed).line_items[0].cost
    assert (type(cost), str(cost)) == (Decimal, "66.10")
