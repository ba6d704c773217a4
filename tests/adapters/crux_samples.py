"""What Crux Connect sends, made up after its documents: one of each kind, in each generation's names.

The documented examples of the first generation are taken from the sandbox, where they stand word for word.
"""

from __future__ import annotations

import copy
from typing import Any

from adapters.crux.sandbox.documents import examples

RETAILER_ID = "93204006-fcdc-458c-8f81-13a7337992ae"
SUPPLIER_ID = "757ce28d-fbd6-4b9f-8051-f847482e169f"

JOE = {
    "uuid": "f3548ea5-15ab-459e-9f1a-d982b21e916d",
    "first_name": "Joe",
    "last_name": "Account",
    "email": "joe@cruxaccountmanager.com",
    "phone": "(267)977-0572x195",
    "job_title": None,
}


def first_connection() -> dict[str, Any]:
    """The documented connection."""
    return copy.deepcopy(examples()["connections"][0])


def timp_connection() -> dict[str, Any]:
    """A connection with everything the last generation added."""
    row = first_connection()
    row["retailer"]["contact"] = {**JOE, "uuid": "6f6c0a1d-0000-4000-8000-000000000001", "last_name": ""}
    row["supplier"]["contact"] = None
    row["retailer"]["organization"] |= {
        "website": "retailer.test",
        "created_date": "2018-06-28T12:55:20.293262Z",
        "retailer_uuid": row["retailer"]["uuid"],
        "supplier_uuid": "",
    }
    row["supplier"]["organization"] |= {
        "website": "",
        "status": "PENDING",
        "account_manager": None,
        "retailer_uuid": "",
        "supplier_uuid": row["supplier"]["uuid"],
    }
    return row | {
        "status": "DEACTIVATED",
        "suppliers_retailer_account_number": "",
        "retailers_supplier_account_number": "59830",
        "allocation_type": None,
        "deactivated_date": "2018-08-21 23:38:33.070681+00:00",
    }


def connection_request() -> dict[str, Any]:
    """A request that Crux has approved."""
    return {
        "record_uuid": "d0041bf9-ee07-4298-8298-26eee419db2d",
        "org_name": "Thomas Perkins",
        "org_contact_full_name": "Ann Owner",
        "primary_contact_phone": "1-541-219-3109x433",
        "primary_contact_email": "owner@perkins.test",
        "retailer_account_number": "384857",
        "additional_information": "",
        "request_date": "2018-04-09",
        "is_approved": True,
        "approved_by": {"uuid": "6cf0bb8b-442e-43c4-8bbe-bc823e17981e", "person": JOE},
        "integrations": [
            {
                "record_uuid": "3a438d7e-1234-46e1-96d2-efd9dac561d9",
                "integration_type": "items",
                "update_frequency": "* 20 12 3 8,9 *",
                "feed_source_file_locations": None,
                "file_specs": None,
                "rules": None,
                "date_created": "2018-04-10",
            }
        ],
        "uploaded_files": [{"name": "Items", "uuid": "555b68e5-e407-4b15-b200-6fade8980596"}],
    }


def first_order() -> dict[str, Any]:
    """The first order of the documented list."""
    return copy.deepcopy(examples()["orders"][0])


def first_order_detail() -> dict[str, Any]:
    """The documented order in detail."""
    return copy.deepcopy(examples()["order_detail"])


_ADDRESS = {
    "name": "Megan King",
    "business_name": "Black & Rice",
    "address1": "8712 Cliff Road\nBishopchester",
    "address2": "",
    "city": "Franklinbury",
    "state": "ND",
    "postal_code": "01970",
    "phone_number": None,
    "country": "USA",
}

_TIMP_LINE = {
    "line_item_uuid": "5e91d918-67e8-4957-a69a-df9d2072ad9b",
    "status": "HasTracking",
    "line_item_designation": "ID: 1 Name: HasTracking",
    "item_uuid": "3bb5ef3b-2f1e-41da-bd85-1d6c746b0fa8",
    "item_name": None,
    "sku_uuid": "841ca56b-26f8-4d45-ac25-5b40d1da7354",
    "sku_id": "7FZvMyg0BjfewNJJ",
    "sku_name": None,
    "sku_title_variants": "None {}",
    "product_codes": {"upca": "012345678905", "ean13": None, "isbn": None, "gtin14": None, "asin": None, "mpn": None},
    "retailer_provided_sku_cost": 27.2,
    "supplier": {"uuid": SUPPLIER_ID, "organization_name": "Crux Supplier A", "order_submitted_by": None},
    "supplier_provided_item_attributes": None,
    "retailer_provided_item_attributes": [{"attribute_name": "colour", "attribute_value": "blue"}],
    "tracking": [
        {
            "tracking_number": "12345",
            "shipping_carrier": "UPS",
            "shipping_method": "Speedy Ground",
            "shipping_weight": None,
            "shipping_cost": 3,
            "shipping_date": "2018-11-12",
            "created_date": "2018-11-10T17:47:07.872391Z",
            "quantity": 10,
            "package_attributes": [{"attribute_name": "box", "attribute_value": "2 of 3"}],
        }
    ],
    "allocation": None,
}


def timp_order() -> dict[str, Any]:
    """An order as the last generation lists it."""
    return {
        "uuid": "f7bc1028-844c-44ca-82df-fe76282d2a8b",
        "is_allocated": True,
        "purchase_order_id": "po-5527771067",
        "created_date": "2018-08-21 23:38:33.070681+00:00",
        "retailer_provided_order_notes": "ring twice",
        "supplier_provided_order_notes": None,
        "fees": {"estimated_shipping_cost": 7.99, "drop_ship_fee": 0.5, "order_fee": 0.99},
        "retailer": {
            "uuid": RETAILER_ID,
            "organization_name": "Crux Retailer",
            "order_submitted_by": {"name": "Roy", "email": "roy@cruxretailer.test"},
        },
        "address": _ADDRESS,
        "requested_shipping": {"shipping_carrier": "UPS", "shipping_method": "Ground"},
        "retailer_provided_order_attributes": None,
        "supplier_provided_order_attributes": None,
        "line_items": [copy.deepcopy(_TIMP_LINE)],
    }


def timp_order_detail() -> dict[str, Any]:
    """The same order as the last generation details it."""
    return {
        "order_uuid": "f7bc1028-844c-44ca-82df-fe76282d2a8b",
        "po_number": "po-5527771067",
        "created_date": "2018-08-21T23:38:33.070681Z",
        "address": _ADDRESS,
        "sent_to_supplier": False,
        "retailer": {"uuid": RETAILER_ID, "organization_name": "Crux Retailer", "order_submitted_by": None},
        "retailer_provided_order_notes": None,
        "supplier_provided_order_notes": "sent in two boxes",
        "retailer_provided_fees": {"order_fee": 0.99, "order_tax": 2.97, "shipping_cost": 7.99, "dropship_fee": 0.5},
        "retailer_provided_order_attributes": None,
        "supplier_provided_order_attributes": None,
        "invoices": [
            {
                "invoice_items": [
                    {
                        "sku_id": "56",
                        "quantity_ordered": 10,
                        "quantity_invoiced": 6,
                        "supplier_order_number": "third",
                        "invoice_item_attributes": [{"attribute_name": "a", "attribute_value": "b"}],
                    }
                ],
                "invoice_number": "abcdef-ghi",
                "invoice_attributes": None,
            }
        ],
        "line_items": [copy.deepcopy(_TIMP_LINE)],
    }
