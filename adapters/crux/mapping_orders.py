"""From Crux Connect's orders, in the names of every generation, to the one order of the model."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from attrs import evolve

from adapters.crux import rules, words
from adapters.crux import wire_orders as wire
from aggregator.adapter.schema import said
from aggregator.adapter.steps import DriftCount, Place, Unreadable
from aggregator.adapter.times import read_date, read_time
from aggregator.model.contact import Address, Contact
from aggregator.model.order import Allocation, Fees, LineItem, Order, OrderParty, RequestedShipping, Tracking
from aggregator.model.raw import freeze
from aggregator.model.status import LineItemStatus, OrderStatus


def read_order(raw: Any, place: Place, drift: DriftCount) -> Order:  # noqa: ANN401 - raw payload
    """Return an order, read from a list or in detail.

    Raises:
        Unreadable: It or one of its lines has no uuid, or its lines or a status are no such thing.
    """
    row = wire.ORDER.read(raw, drift)
    uuid = row.uuid or row.order_uuid
    if uuid is None:
        raise Unreadable("required field 'uuid' (or 'order_uuid') is missing @ $")
    status = words.understand(row.status, words.ORDER_STATUS, drift, field="status")
    return Order(
        source=place.source(kind="order", id=uuid, mapping=rules.ORDER.name),
        id=uuid,
        purchase_order=said(row.purchase_order_id) or said(row.po_number),
        status=status or (OrderStatus.UNKNOWN if said(row.status) else None),
        status_native=row.status,
        is_allocated=row.is_allocated,
        is_sent_to_supplier=row.sent_to_supplier,
        created_at=read_time(row.created_date, drift, field="created_date"),
        notes=said(row.notes) or said(row.retailer_provided_order_notes) or said(row.retailer_provided_notes),
        supplier_notes=said(row.supplier_provided_order_notes),
        fees=_fees(row.fees or row.retailer_provided_fees),
        retailer=_party(row.retailer),
        address=_address(row.address),
        requested_shipping=_shipping(row.requested_shipping),
        line_items=tuple([_line(line, index, drift) for index, line in enumerate(row.line_items or ())]),
        raw=freeze(raw),
    )


def _line(row: wire.LineItem, index: int, drift: DriftCount) -> LineItem:
    uuid = row.uuid or row.line_item_uuid
    if uuid is None:
        raise Unreadable(f"required field 'uuid' (or 'line_item_uuid') is missing @ $.line_items[{index}]")
    status = words.understand(row.status, words.LINE_ITEM_STATUS, drift, field="line_items[].status")
    shipments = row.tracking_numbers if row.tracking is None else row.tracking
    return LineItem(
        id=uuid,
        status=status or (LineItemStatus.UNKNOWN if said(row.status) else None),
        status_native=row.status,
        item_id=said(row.item_uuid),
        item_name=said(row.item_name),
        sku_id=said(row.sku_id),
        sku_uuid=said(row.sku_uuid),
        sku_name=said(row.sku_name),
        cost=row.retailer_provided_sku_cost if row.cost is None else row.cost,
        supplier=_line_supplier(row),
        allocation=_allocation(row.allocation, drift),
        tracking=tuple([_tracking(shipment, drift) for shipment in shipments or ()]),
    )


def _line_supplier(row: wire.LineItem) -> OrderParty | None:
    if row.supplier is not None:
        return _party(row.supplier)
    if row.supplier_uuid is None and row.supplier_name is None:
        return None
    return _party_of(row.supplier_uuid, row.supplier_name)


def _party(party: wire.OrderParty | None) -> OrderParty | None:
    if party is None:
        return None
    name = said(party.name) or party.organization_name
    user = party.user or party.order_submitted_by
    return _party_of(party.uuid, name) if user is None else _submitter(party.uuid, name, user.name, user.email)


# The same few businesses and people stand in every order, and so do ways to ship.
@lru_cache(maxsize=512)
def _party_of(uuid: str | None, name: str | None) -> OrderParty:
    return OrderParty(organization_id=said(uuid), name=said(name))


@lru_cache(maxsize=512)
def _submitter(uuid: str | None, name: str | None, user: str | None, email: str | None) -> OrderParty:
    return evolve(_party_of(uuid, name), submitted_by=Contact(name=said(user), email=said(email)))


def _fees(fees: wire.Fees | None) -> Fees | None:
    if fees is None:
        return None
    return Fees(
        shipping_cost=fees.shipping_cost if fees.estimated_shipping_cost is None else fees.estimated_shipping_cost,
        drop_ship_fee=fees.dropship_fee if fees.drop_ship_fee is None else fees.drop_ship_fee,
        order_fee=fees.order_fee,
        order_tax=fees.order_tax,
    )


def _address(address: wire.Address | None) -> Address | None:
    if address is None:
        return None
    return Address(
        name=said(address.name),
        business_name=said(address.business_name),
        line1=said(address.address1),
        line2=said(address.address2),
        city=said(address.city),
        region=said(address.state),
        postal_code=said(address.postal_code),
        country=said(address.country),
        phone=said(address.phone_number),
    )


def _shipping(shipping: wire.RequestedShipping | None) -> RequestedShipping | None:
    if shipping is None:
        return None
    return _way_to_ship(shipping.shipping_carrier, shipping.shipping_method)


@lru_cache(maxsize=512)
def _way_to_ship(carrier: str | None, method: str | None) -> RequestedShipping:
    return RequestedShipping(carrier=said(carrier), method=said(method))


def _allocation(allocation: wire.Allocation | None, drift: DriftCount) -> Allocation | None:
    if allocation is None:
        return None
    promised = allocation.quantity_allocated
    return Allocation(
        quantity_ordered=allocation.quantity_ordered,
        quantity_allocated=allocation.quantity_accepted if promised is None else promised,
        quantity_backordered=allocation.quantity_backordered,
        quantity_rejected=allocation.quantity_rejected,
        backorder_date=read_date(allocation.backorder_date, drift, field="backorder_date"),
    )


def _tracking(tracking: wire.Tracking, drift: DriftCount) -> Tracking:
    return Tracking(
        tracking_number=said(tracking.tracking_number),
        carrier=said(tracking.shipping_carrier),
        method=said(tracking.shipping_method),
        weight=said(tracking.shipping_weight),
        cost=tracking.shipping_cost,
        shipped_on=read_date(tracking.shipping_date, drift, field="shipping_date"),
        quantity=tracking.quantity,
        created_at=read_time(tracking.created_date, drift, field="tracking.created_date"),
    )
