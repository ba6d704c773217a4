"""Where each field of a record of Crux Connect comes from, so that records can explain themselves."""

from __future__ import annotations

from aggregator.model.provenance import FieldRule, FieldRules, register

_TIME = "a time, in UTC"
_NOTHING = 'taken as it is; "" and blanks are nothing'
_JOINED = "a person; first and last name joined"
_OWN_ROLE = (
    "as the settings say, or the side on which the account's own organization (GET organizations/) stands, "
    "or the type of that organization"
)

CONNECTION = register(
    FieldRules(
        name="crux.connection",
        fields={
            "id": FieldRule(pointers=("/uuid",)),
            "status": FieldRule(
                pointers=("/status",),
                rule="CONFIRMATION WAITING is pending, ACTIVE active, DEACTIVATED ended; any other word is unknown",
            ),
            "status_native": FieldRule(pointers=("/status",)),
            "own_role": FieldRule(pointers=(), rule=_OWN_ROLE),
            "retailer": FieldRule(pointers=("/retailer",), rule="an organization of its own"),
            "supplier": FieldRule(pointers=("/supplier",), rule="an organization of its own"),
            "account_manager": FieldRule(pointers=("/account_manager/person",), rule=_JOINED),
            "suppliers_retailer_account_number": FieldRule(
                pointers=("/suppliers_retailer_account_number",), rule=_NOTHING
            ),
            "retailers_supplier_account_number": FieldRule(
                pointers=("/retailers_supplier_account_number",), rule=_NOTHING
            ),
            "ended_at": FieldRule(pointers=("/deactivated_date",), rule=_TIME),
        },
    )
)

CONNECTION_REQUEST = register(
    FieldRules(
        name="crux.connection_request",
        address="{id}/",  # GET connections/request/<uuid>/; there is no call for one connection
        fields={
            "id": FieldRule(pointers=("/record_uuid",)),
            "status": FieldRule(
                pointers=("/is_approved",), rule="always pending: who approves is Crux, and the partner still has to"
            ),
            "own_role": FieldRule(pointers=(), rule=_OWN_ROLE),
            "retailer": FieldRule(pointers=("/org_name",), rule="who was asked, where a supplier asked"),
            "supplier": FieldRule(pointers=("/org_name",), rule="who was asked, unless a supplier asked"),
            "suppliers_retailer_account_number": FieldRule(pointers=("/retailer_account_number",), rule=_NOTHING),
            "requested_at": FieldRule(pointers=("/request_date",), rule=f"{_TIME}; a date is its first moment"),
        },
    )
)

REQUESTED_ORGANIZATION = register(
    FieldRules(
        name="crux.requested_organization",
        fields={
            "id": FieldRule(pointers=("/record_uuid",), rule="the request's: an organization that was asked has none"),
            "role": FieldRule(pointers=(), rule="a supplier, as documented, unless the account is a supplier's itself"),
            "name": FieldRule(pointers=("/org_name",), rule=_NOTHING),
            "contacts": FieldRule(
                pointers=("/org_contact_full_name", "/primary_contact_email", "/primary_contact_phone"),
                rule="one contact, of name, e-mail address and phone",
            ),
        },
    )
)


def _organization_rules(prefix: str) -> dict[str, FieldRule]:
    return {
        "id": FieldRule(pointers=(f"{prefix}/uuid",), rule="the organization's uuid, by which orders refer to it"),
        "role": FieldRule(
            pointers=(f"{prefix}/org_type",),
            rule="RETAILER is retailer, SUPPLIER supplier; else the side of the connection it stands on",
        ),
        "name": FieldRule(pointers=(f"{prefix}/name",), rule=_NOTHING),
        "status": FieldRule(
            pointers=(f"{prefix}/status",),
            rule="PENDING is pending, ACTIVE active, DEACTIVATED deactivated; any other word is unknown",
        ),
        "status_native": FieldRule(pointers=(f"{prefix}/status",)),
        "website": FieldRule(pointers=(f"{prefix}/website",), rule=_NOTHING),
        "account_manager": FieldRule(pointers=(f"{prefix}/account_manager/person",), rule=_JOINED),
        "created_at": FieldRule(pointers=(f"{prefix}/created_date",), rule=_TIME),
        "activated_at": FieldRule(pointers=(f"{prefix}/active_date",), rule=_TIME),
    }


ORGANIZATION = register(
    FieldRules(
        name="crux.organization",
        fields={
            **_organization_rules(""),
            "identifiers": FieldRule(
                pointers=("/retailer_uuid", "/supplier_uuid"), rule='the uuids it has as either, but ""'
            ),
        },
    )
)

PARTY = register(
    FieldRules(
        name="crux.party",
        fields={
            **_organization_rules("/organization"),
            "identifiers": FieldRule(
                pointers=("/uuid", "/organization/retailer_uuid", "/organization/supplier_uuid"),
                rule='the uuids it has as a retailer and as a supplier, but ""',
            ),
            "contacts": FieldRule(pointers=("/contact",), rule=_JOINED),
        },
    )
)

ORDER = register(
    FieldRules(
        name="crux.order",
        fields={
            "id": FieldRule(pointers=("/uuid", "/order_uuid")),
            "purchase_order": FieldRule(pointers=("/purchase_order_id", "/po_number"), rule=_NOTHING),
            "status": FieldRule(
                pointers=("/status",), rule="New, Pending, Complete, Cancelled; any other word is unknown"
            ),
            "status_native": FieldRule(pointers=("/status",)),
            "is_allocated": FieldRule(pointers=("/is_allocated",)),
            "is_sent_to_supplier": FieldRule(pointers=("/sent_to_supplier",)),
            "created_at": FieldRule(pointers=("/created_date",), rule=_TIME),
            "notes": FieldRule(
                pointers=("/notes", "/retailer_provided_order_notes", "/retailer_provided_notes"), rule=_NOTHING
            ),
            "supplier_notes": FieldRule(pointers=("/supplier_provided_order_notes",), rule=_NOTHING),
            "fees": FieldRule(pointers=("/fees", "/retailer_provided_fees"), rule="amounts exactly as written"),
            "retailer": FieldRule(pointers=("/retailer",), rule="its uuid is the organization's"),
            "address": FieldRule(pointers=("/address",), rule=_NOTHING),
            "requested_shipping": FieldRule(pointers=("/requested_shipping",), rule=_NOTHING),
            "line_items": FieldRule(
                pointers=("/line_items",), rule="each line; statuses by their letters alone: has_tracking, HasTracking"
            ),
        },
    )
)
