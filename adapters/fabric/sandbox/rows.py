"""fabric's connection rows: as rich as the documented example, made from the world's records."""

import json
import re
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from attrs import define, field

from aggregator.sandbox.chance import seeded
from aggregator.sandbox.http import dump
from aggregator.sandbox.vendor import Site
from aggregator.sandbox.world import PartnerRecord

RETAILER_ID, BRAND_ID = 500, 500
"""Both sides of the documented example; that they are the same number is the vendor's own collision."""

# The world's word on the left, fabric's on the right; fabric knows no ended connection.
STATUS = {
    "active": "active",
    "pending": "pending",
    "onboarding": "onboarding",
    "suspended": "suspended",
    "ended": "suspended",
}
_INTEGRATIONS = ("console", "edi", "api", "storefront", "shopify", "bigcommerce", "shipstation", None)


@cache
def example() -> dict[str, Any]:
    """The documented response of "Get supplier connection by ID", character by character."""
    document: dict[str, Any] = json.loads(files(__package__).joinpath("example.json").read_text(encoding="utf-8"))
    return document


@define
class Rows:
    """The connections of one account, each written as JSON at most once."""

    site: Site
    records: tuple[PartnerRecord, ...]
    brand_side: bool
    order: list[int] = field(init=False)
    written: dict[int, bytes] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.order = list(range(len(self.records)))

    def status(self, index: int) -> str:
        """The connection's status in fabric's words."""
        return STATUS[self.records[index].status]

    def list_row(self, index: int) -> bytes:
        """The row as the list shows it, written."""
        if index not in self.written:
            self.written[index] = dump(self.row(index))
        return self.written[index]

    def row(self, index: int) -> dict[str, Any]:
        """The row as the list shows it."""
        record = self.records[index]
        return example() if record.example else connection(record, self.site, brand_side=self.brand_side)

    def detail(self, index: int) -> dict[str, Any]:
        """One connection by id: the brand's view is the list's row, the retailer's is richer."""
        row = self.row(index)
        return row if self.brand_side else retailer_detail(row, self.records[index])


def stamp(moment: datetime, *, milliseconds: bool = False) -> str:
    """A time as fabric writes it; real-looking rows of its documents have both forms."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S") + (f".{moment.microsecond // 1000:03d}Z" if milliseconds else "Z")


def connection(record: PartnerRecord, site: Site, *, brand_side: bool) -> dict[str, Any]:
    """A connection of the account with the partner of this record."""
    rng = seeded(site.world.seed, "fabric", record.connection_id)
    ours = example()
    status = STATUS[record.status]
    created = record.created_at
    updated = created + (site.world.as_of - created) * rng.random()
    onboarded = status in {"active", "suspended"}
    return {
        "id": int(record.connection_id or 0),
        "brand": ours["brand"] if brand_side else _brand(record, rng, site),
        "retailer": _retailer(record, rng) if brand_side else ours["retailer"],
        "level": rng.choice(("full", "full", "basic")),
        "status": status,
        "suspended_at": stamp(updated) if status == "suspended" else None,
        "created_at": stamp(created),
        "updated_at": stamp(updated, milliseconds=rng.random() < 0.2),
        "shipping_accounts": [_shipping_account(rng, record)] if rng.random() < 0.4 else [],
        "options": {**ours["options"], "id": rng.randrange(1, 9999)} if rng.random() < 0.3 else None,
        "attachments": [_attachment(rng)] if rng.random() < 0.2 else [],
        "approved_items_count": rng.randrange(0, 900) if onboarded else 0,
        "orders_last_7_days_count": _orders(record, status, rng),
        "proposals_received_last_7_days_count": rng.choice((0, 0, 0, rng.randrange(5))),
        "contacts": [_contact(record, rng)] if record.contact else [],
        "memos": [_memo(rng, updated)] if rng.random() < 0.15 else [],
        "referral": _referral(rng, record) if rng.random() < 0.2 else None,
        "integration_type": rng.choice(_INTEGRATIONS),
        "onboarding_status": "complete" if onboarded else rng.choice(("pending", "pending", None)),
        "retailer_identifier": record.account_number,
        "onboarding_target_date": _target(rng, site, status),
        "onboarded_at": stamp(created + timedelta(days=rng.randrange(1, 30))) if onboarded else None,
        "onboarding_steps": "" if onboarded else "Setting the default fulfillment locations is pending.",
    }


def retailer_detail(row: dict[str, Any], record: PartnerRecord) -> dict[str, Any]:
    """A connection by id as a retailer sees it: other keys, secrets and people's data (v2 documents)."""
    rng = seeded("fabric", "detail", record.connection_id)
    detail = {key: value for key, value in row.items() if key not in {"retailer", "contacts"}}
    people = {"name": "Sample Demo", "email": "manager@demoabc.com", "phone": "+12125550100"}
    managers = dict.fromkeys(("connections_manager", "merchandising_manager", "shipping_manager"), people)
    return detail | {
        "brand": {
            **row["brand"],
            "uuid": f"{rng.getrandbits(128):032x}",
            "default_ship_from_location": {"id": rng.randrange(1, 999), "name": "Main warehouse"},
            **managers,
        },
        "connection_credentials": [
            {"id": rng.randrange(1, 9999), "username": record.name[:12], "password": f"pw-{rng.getrandbits(64):016x}"}
        ],
        "connection_contacts": row["contacts"],
        "connection_fees": {"id": rng.randrange(1, 999), "commission": "15.00"},
        "connection_slas": {"ship_within_hours": 48},
        "connection_adjustments": [],
        "metadata": "{}",
        "packing_slip_template": None,
    }


def _code(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "brand"


def _brand(record: PartnerRecord, rng: Random, site: Site) -> dict[str, Any]:
    expires = site.world.as_of + timedelta(days=rng.randrange(-90, 400))
    expired = expires < site.world.as_of
    return {
        **example()["brand"],
        "id": int(record.native_id),
        "name": record.name,
        "code": _code(record.name),
        "joined_at": stamp(record.created_at),
        "website": record.website,
        "is_onboarded": record.status == "active",
        "is_on_rcn": rng.random() < 0.1,
        "requires_subscription": rng.choice(("enabled", "disabled")),
        "subscription_expires_at": stamp(expires),
        "grace_period_ends_at": stamp(expires + timedelta(days=37)),
        "subscription_is_expired": expired,
        "subscription_is_on_grace_period": expired and expires + timedelta(days=37) > site.world.as_of,
        "subscription_is_delinquent": rng.random() < 0.03,
    }


def _retailer(record: PartnerRecord, rng: Random) -> dict[str, Any]:
    return {
        **example()["retailer"],
        "id": int(record.native_id),
        "name": record.name,
        "code": _code(record.name),
        "joined_at": stamp(record.created_at),
        "is_onboarded": record.status == "active",
        "website": record.website,
        # Real rows carry these two although the example lacks them (documents of the departments endpoint).
        "is_3pm": rng.random() < 0.1,
        "indexing_template_id": rng.choice((None, rng.randrange(1, 99))),
    }


def _contact(record: PartnerRecord, rng: Random) -> dict[str, Any]:
    person = record.contact
    if person is None:
        return {}
    return {
        "id": rng.randrange(1000, 99999),
        "name": f"{person.first_name} {person.last_name}",
        "email": person.email,
        "phone": record.phone or person.phone,
        "description": person.job_title,
        "created_at": stamp(record.created_at),
    }


def _orders(record: PartnerRecord, status: str, rng: Random) -> int:
    if status == "active":
        return rng.choice((0, 0, rng.randrange(60)))
    # As in life, some trade on although they are suspended.
    trades_on = seeded("fabric", "trading", record.connection_id).random() < 0.3
    return 4 if status == "suspended" and trades_on else 0


def _shipping_account(rng: Random, record: PartnerRecord) -> dict[str, Any]:
    account: dict[str, Any] = example()["shipping_accounts"][0]
    methods: Any = account["shipping_methods"]
    # The name is plural and the example is one object; a list and null are as likely on the wire.
    shapes = (methods, methods, [methods], None)
    return {**account, "id": rng.randrange(1, 9999), "owner": record.name, "shipping_methods": rng.choice(shapes)}


def _attachment(rng: Random) -> dict[str, Any]:
    attachment: dict[str, Any] = example()["attachments"][0]
    return {**attachment, "id": rng.randrange(1, 9999), "object_id": rng.randrange(1, 9999)}


def _memo(rng: Random, moment: datetime) -> dict[str, Any]:
    memo: dict[str, Any] = example()["memos"][0]
    return {**memo, "id": rng.randrange(1, 9999), "created_at": stamp(moment), "updated_at": stamp(moment)}


def _referral(rng: Random, record: PartnerRecord) -> dict[str, Any]:
    party = {"id": int(record.native_id), "code": _code(record.name), "name": record.name}
    # The example has the text 'false"' beside a real boolean.
    first = rng.choice((True, False, 'false"', "true"))
    return {
        "id": rng.randrange(1, 9999),
        "referrer": example()["referral"]["referrer"],
        "referee": party,
        "is_brand_first_connection": first,
        "is_retailer_first_connection": rng.random() < 0.5,
    }


def _target(rng: Random, site: Site, status: str) -> str | None:
    if status not in {"onboarding", "pending"} or rng.random() < 0.3:
        return None
    return stamp(site.world.as_of + timedelta(days=rng.randrange(-60, 90)))
