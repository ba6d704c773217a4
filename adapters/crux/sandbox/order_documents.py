"""Orders in the names of each generation; list and detail differ, too."""

from datetime import datetime, timedelta
from typing import Any

from adapters.crux.sandbox.documents import SEED, TIMP, retailer_organization
from adapters.crux.sandbox.orders import Line, Order

# The detail's older text has words of its own; "Cancelled" has none, so it stays as it is.
SNAKE = {
    "Unallocated": "unallocated",
    "Allocated": "allocated",
    "Rejected": "rejected",
    "HasTracking": "has_tracking",
    "Backordered": "backordered",
    "Cancelled": "Cancelled",
}
_USER = {"name": "Roy Breslawski", "email": "rbreslawski@cruxretailer.com"}


def in_list(order: Order, generation: str) -> dict[str, Any]:
    """An order as the search returns it."""
    if generation == TIMP:
        return _timp(order) | {
            "uuid": order.uuid,
            "purchase_order_id": order.po,
            "fees": _fees(order),
            "requested_shipping": _SHIPPING,
        }
    if order.documented is not None:
        # The documented detail stands in the list in the list's shape: no status, Pascal-case lines.
        lines = [
            {**document, "status": line.status}
            for document, line in zip(order.documented["line_items"], order.lines, strict=True)
        ]
        return {key: value for key, value in order.documented.items() if key != "status"} | {"line_items": lines}
    return _unprefixed(order, generation)


def in_detail(order: Order, generation: str) -> dict[str, Any]:
    """An order by its uuid."""
    if generation == TIMP:
        return _timp(order) | {
            "order_uuid": order.uuid,
            "po_number": order.po,
            "sent_to_supplier": order.is_allocated,
            "retailer_provided_fees": {
                "order_fee": order.fees[2],
                "order_tax": 0,
                "shipping_cost": order.fees[0],
                "dropship_fee": order.fees[1],
            },
        }
    if order.documented is not None and "status" in order.documented:
        return dict(order.documented)
    document = in_list(order, generation)
    if generation == SEED:
        lines = [{**line, "status": _snake(line)} for line in document["line_items"]]
        document |= {"status": _status(order), "line_items": lines}
        document["address"] = {key: value for key, value in document["address"].items() if key != "phone_number"}
    return document


def _snake(line: dict[str, Any]) -> str:
    """The detail's own words; what was sent is "delivered" for half of the lines, which no list can say."""
    arrived = line["status"] == "HasTracking" and line["uuid"] < "8"
    return "delivered" if arrived else SNAKE[line["status"]]


_SHIPPING = {"shipping_carrier": "UPS", "shipping_method": "Ground"}


def _status(order: Order) -> str:
    statuses = {line.status for line in order.lines}
    if statuses == {"Cancelled"}:
        return "Cancelled"
    if statuses == {"Unallocated"}:
        return "New"
    return "Complete" if statuses <= {"HasTracking", "Rejected", "Cancelled"} else "Pending"


def stamp(moment: datetime) -> str:
    """A time with microseconds, as orders carry it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _fees(order: Order) -> dict[str, float]:
    shipping, dropship, fee = order.fees
    return {"estimated_shipping_cost": shipping, "drop_ship_fee": dropship, "order_fee": fee}


def _unprefixed(order: Order, generation: str) -> dict[str, Any]:
    own = retailer_organization()
    address = dict(order.address)
    if generation == SEED:
        del address["country"]
    return {
        "uuid": order.uuid,
        "is_allocated": order.is_allocated,
        "purchase_order_id": order.po,
        "created_date": stamp(order.created),
        "notes": order.notes,
        "fees": _fees(order),
        "retailer": {"name": own["name"], "uuid": own["uuid"], "user": _USER},
        "address": address,
        "requested_shipping": _SHIPPING,
        "line_items": [_unprefixed_line(line) for line in order.lines],
    }


def _unprefixed_line(line: Line) -> dict[str, Any]:
    return {
        "uuid": line.uuid,
        "status": line.status,
        "item_uuid": line.uuid[::-1].replace("-", "")[:32],
        "item_name": line.title,
        "sku_uuid": line.uuid[::-1].replace("-", "")[:32],
        "sku_id": line.sku,
        "sku_name": line.title,
        "cost": line.cost,
        "supplier_uuid": line.supplier.native_id,
        "supplier_name": line.supplier.name,
        "tracking_numbers": [_tracking(line)] if line.status == "HasTracking" else [],
        "allocation": _allocation(line),
    }


def _timp(order: Order) -> dict[str, Any]:
    own = retailer_organization()
    return {
        "is_allocated": order.is_allocated,
        "created_date": order.created.strftime("%Y-%m-%d %H:%M:%S.%f+00:00"),
        "retailer_provided_order_notes": order.notes,
        "supplier_provided_order_notes": None,
        "retailer": {"uuid": own["uuid"], "organization_name": own["name"], "order_submitted_by": _USER},
        "address": order.address,
        "line_items": [_timp_line(line) for line in order.lines],
    }


def _timp_line(line: Line) -> dict[str, Any]:
    supplier = {"uuid": line.supplier.native_id, "organization_name": line.supplier.name, "order_submitted_by": None}
    return {
        "line_item_uuid": line.uuid,
        "status": line.status,
        "sku_id": line.sku,
        "sku_name": line.title,
        # A Python repr inside a text, as the documents show it.
        "sku_title_variants": f"{line.title} {{'size': 9, 'color': 'azure'}}",
        "retailer_provided_sku_cost": line.cost,
        "retailer_provided_line_item_attributes": None,
        "supplier_provided_line_item_attributes": [],
        "supplier": supplier,
        "tracking": [_tracking(line, timp=True)] if line.status == "HasTracking" else [],
        "allocation": None if line.status == "Unallocated" else _allocation(line),
    }


def _tracking(line: Line, *, timp: bool = False) -> dict[str, Any]:
    tracking: dict[str, Any] = {
        "tracking_number": f"1Z{line.uuid.replace('-', '')[:16].upper()}",
        "shipping_carrier": "UPS",
        "shipping_method": "Ground",
        "shipping_weight": None,
        "shipping_cost": 0,
        "shipping_date": (line.moment + timedelta(days=2)).strftime("%Y-%m-%d"),
        "quantity": line.quantity,
    }
    if timp:
        tracking |= {"created_date": line.moment.strftime("%Y-%m-%d"), "package_attributes": []}
    return tracking


def _allocation(line: Line) -> dict[str, Any]:
    waits = (line.quantity + 1) // 2 if line.status == "Backordered" else 0
    promised = line.status in {"Allocated", "HasTracking", "Backordered"}
    done, refused = (line.quantity - waits) * promised, line.quantity * (line.status == "Rejected")
    return {
        "quantity_ordered": line.quantity,
        "quantity_allocated": done,
        "quantity_backordered": waits,
        "quantity_rejected": refused,
        "backorder_date": (line.moment + timedelta(days=21)).strftime("%Y-%m-%d") if waits else None,
    }
