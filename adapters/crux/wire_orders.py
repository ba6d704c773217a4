"""What Crux Connect sends as an order, under its own names, which differ between list, detail and generation.

The classes have no slots: one with a dict is filled without its `__init__`, in half the time.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from attrs import frozen

from aggregator.adapter.kinds import LooseInt, LooseText, TextId
from aggregator.adapter.schema import Schema


@frozen(kw_only=True, slots=False)
class OrderUser:
    """Who submitted an order; the name can be one blank."""

    name: str | None = None
    email: str | None = None


@frozen(kw_only=True, slots=False)
class OrderParty:
    """A side of an order. `uuid` is the *organization's*; `name` and `user` are unprefixed, the others `/timp/`."""

    uuid: str | None = None
    name: str | None = None
    user: OrderUser | None = None
    organization_name: str | None = None
    order_submitted_by: OrderUser | None = None


@frozen(kw_only=True, slots=False)
class Fees:
    """Fees: the first three in lists and in the unprefixed detail, the others in the `/timp/` detail."""

    estimated_shipping_cost: Decimal | None = None
    drop_ship_fee: Decimal | None = None
    order_fee: Decimal | None = None
    order_tax: Decimal | None = None
    shipping_cost: Decimal | None = None
    dropship_fee: Decimal | None = None


@frozen(kw_only=True, slots=False)
class Address:
    """Where an order goes. The postal code is documented as a number, and is a text in every example."""

    name: str | None = None
    business_name: str | None = None
    address1: str | None = None
    address2: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: LooseText | None = None
    phone_number: LooseText | None = None
    country: str | None = None


@frozen(kw_only=True, slots=False)
class RequestedShipping:
    """How the retailer asked for the goods to be sent."""

    shipping_carrier: str | None = None
    shipping_method: str | None = None


@frozen(kw_only=True, slots=False)
class Attribute:
    """A name and a value that a side added; read as `attribute_name`, written as `name`."""

    attribute_name: str | None = None
    attribute_value: object = None
    name: str | None = None
    value: object = None


@frozen(kw_only=True, slots=False)
class Tracking:
    """One shipment. The weight is documented as a text in one place and as a decimal in another."""

    tracking_number: LooseText | None = None
    shipping_carrier: str | None = None
    shipping_method: str | None = None
    shipping_weight: LooseText | None = None
    shipping_cost: Decimal | None = None
    shipping_date: str | None = None
    created_date: str | None = None
    quantity: LooseInt | None = None
    package_attributes: tuple[Attribute, ...] | None = None

    @classmethod
    def from_text(cls, number: str) -> Self:
        """Return the shipment of a bare number: the oldest text on the detail says "a list of tracking numbers"."""
        return cls(tracking_number=LooseText(number))


@frozen(kw_only=True, slots=False)
class Allocation:
    """What the supplier has promised; `quantity_accepted` stands for `quantity_allocated` on one `/timp/` page."""

    quantity_ordered: LooseInt | None = None
    quantity_allocated: LooseInt | None = None
    quantity_accepted: LooseInt | None = None
    quantity_backordered: LooseInt | None = None
    quantity_rejected: LooseInt | None = None
    backorder_date: str | None = None


@frozen(kw_only=True, slots=False)
class ProductCodes:
    """Codes of the article."""

    upca: LooseText | None = None
    ean13: LooseText | None = None
    isbn: LooseText | None = None
    gtin14: LooseText | None = None
    asin: LooseText | None = None
    mpn: LooseText | None = None


@frozen(kw_only=True, slots=False)
class LineItem:
    """A line of an order. `sku_title_variants` is a Python repr inside a text: "None {}"."""

    uuid: TextId | None = None
    line_item_uuid: TextId | None = None
    status: str | None = None
    line_item_designation: str | None = None
    sent_to_supplier: bool | None = None
    item_uuid: str | None = None
    item_name: str | None = None
    sku_uuid: str | None = None
    sku_id: LooseText | None = None
    sku_name: str | None = None
    sku_title_variants: str | None = None
    sku_special_instructions: str | None = None
    product_codes: ProductCodes | None = None
    quantity_ordered: LooseInt | None = None
    cost: Decimal | None = None
    retailer_provided_sku_cost: Decimal | None = None
    supplier_uuid: str | None = None
    supplier_name: str | None = None
    supplier: OrderParty | None = None
    supplier_item_notes: str | None = None
    retailer_item_notes: str | None = None
    retailer_line_item_instructions: str | None = None
    supplier_line_item_instructions: str | None = None
    retailer_provided_line_item_notes: str | None = None
    supplier_provided_line_item_notes: str | None = None
    retailer_provided_item_attributes: tuple[Attribute, ...] | None = None
    supplier_provided_item_attributes: tuple[Attribute, ...] | None = None
    retailer_provided_line_item_attributes: tuple[Attribute, ...] | None = None
    supplier_provided_line_item_attributes: tuple[Attribute, ...] | None = None
    supplier_provided_attributes: tuple[Attribute, ...] | None = None
    tracking_numbers: tuple[Tracking, ...] | None = None
    tracking: tuple[Tracking, ...] | None = None
    allocation: Allocation | None = None


@frozen(kw_only=True, slots=False)
class InvoiceItem:
    """A line of an invoice."""

    sku_id: LooseText | None = None
    quantity_ordered: LooseInt | None = None
    quantity_invoiced: LooseInt | None = None
    supplier_order_number: LooseText | None = None
    invoice_item_attributes: tuple[Attribute, ...] | None = None


@frozen(kw_only=True, slots=False)
class Invoice:
    """An invoice, in the `/timp/` detail."""

    invoice_number: LooseText | None = None
    invoice_items: tuple[InvoiceItem, ...] | None = None
    invoice_attributes: tuple[Attribute, ...] | None = None


# {"uuid": "9a39…", "is_allocated": false, "purchase_order_id": "po-XLisbIUs", "created_date": "2018-02-26T…Z",
#  "notes": "…", "fees": {"estimated_shipping_cost": 0, …}, "retailer": {"name": …, "uuid": …, "user": {…}},
#  "address": {…}, "requested_shipping": {…}, "line_items": [{"uuid": …, "status": "Unallocated", "cost": 66.05, …}]}
@frozen(kw_only=True, slots=False)
class Order:
    """An order: `uuid` and `purchase_order_id`, which the `/timp/` detail calls `order_uuid` and `po_number`."""

    uuid: TextId | None = None
    order_uuid: TextId | None = None
    purchase_order_id: LooseText | None = None
    po_number: LooseText | None = None
    status: str | None = None
    is_allocated: bool | None = None
    sent_to_supplier: bool | None = None
    created_date: str | None = None
    notes: str | None = None
    retailer_provided_order_notes: str | None = None
    retailer_provided_notes: str | None = None
    supplier_provided_order_notes: str | None = None
    fees: Fees | None = None
    retailer_provided_fees: Fees | None = None
    retailer: OrderParty | None = None
    address: Address | None = None
    requested_shipping: RequestedShipping | None = None
    retailer_provided_order_attributes: tuple[Attribute, ...] | None = None
    supplier_provided_order_attributes: tuple[Attribute, ...] | None = None
    invoices: tuple[Invoice, ...] | None = None
    line_items: tuple[LineItem, ...] | None = None


ORDER = Schema(Order, matters=("status", "line_items", "line_items.status"))
