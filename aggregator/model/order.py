"""A purchase order, its lines, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from aggregator.model.contact import Address, Contact
from aggregator.model.raw import EMPTY
from aggregator.model.record import Record
from aggregator.model.source import Source
from aggregator.model.status import LineItemStatus, OrderStatus


@frozen(kw_only=True)
class OrderParty:
    """A side of an order. Its id is an *organization* id: join it to `connection.supplier.id` or `.retailer.id`."""

    organization_id: str | None = None
    name: str | None = None
    submitted_by: Contact | None = None


@frozen(kw_only=True)
class Fees:
    """What is charged on top of the lines; amounts exactly as the vendor wrote them."""

    shipping_cost: Decimal | None = None
    drop_ship_fee: Decimal | None = None
    order_fee: Decimal | None = None
    order_tax: Decimal | None = None


@frozen(kw_only=True)
class RequestedShipping:
    """How the retailer asked for the goods to be sent."""

    carrier: str | None = None
    method: str | None = None


@frozen(kw_only=True)
class Allocation:
    """How many of the ordered pieces the supplier has promised, postponed or refused."""

    quantity_ordered: int | None = None
    quantity_allocated: int | None = None
    quantity_backordered: int | None = None
    quantity_rejected: int | None = None
    backorder_date: date | None = None


@frozen(kw_only=True)
class Tracking:
    """One shipment of pieces of a line."""

    tracking_number: str | None = None
    carrier: str | None = None
    method: str | None = None
    weight: str | None = None
    cost: Decimal | None = None
    shipped_on: date | None = None
    quantity: int | None = None
    created_at: datetime | None = None


@frozen(kw_only=True)
class LineItem:
    """One line of a purchase order."""

    id: str
    status: LineItemStatus | None = None
    status_native: str | None = None
    item_id: str | None = None
    item_name: str | None = None
    sku_id: str | None = None
    sku_uuid: str | None = None
    sku_name: str | None = None
    cost: Decimal | None = None
    supplier: OrderParty | None = None
    allocation: Allocation | None = None
    tracking: tuple[Tracking, ...] = ()


@frozen(kw_only=True)
class Order(Record):
    """A purchase order, read from a list or in detail; a list may say less of it."""

    source: Source
    id: str
    purchase_order: str | None = None
    status: OrderStatus | None = None
    status_native: str | None = None
    is_allocated: bool | None = None
    is_sent_to_supplier: bool | None = None
    created_at: datetime | None = None
    notes: str | None = None
    supplier_notes: str | None = None
    fees: Fees | None = None
    retailer: OrderParty | None = None
    address: Address | None = None
    requested_shipping: RequestedShipping | None = None
    line_items: tuple[LineItem, ...] = ()
    raw: Mapping[str, Any] = field(default=EMPTY, repr=False, eq=False)
