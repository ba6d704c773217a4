"""Crux's connection documents in the three published generations, made from the world's records."""

import json
import uuid
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from aggregator.sandbox.chance import seeded
from aggregator.sandbox.world import PartnerRecord

# The world's word on the left, Crux's on the right; Crux knows neither onboarding nor suspension.
STATUS = {
    "active": "ACTIVE",
    "pending": "CONFIRMATION WAITING",
    "onboarding": "CONFIRMATION WAITING",
    "suspended": "DEACTIVATED",
    "ended": "DEACTIVATED",
}
SEED, V1, TIMP = "seed", "v1", "timp"
"""The generations: as first published (2018-03), the last of the unprefixed API (2018-05), and `/timp/`."""


@cache
def examples() -> dict[str, Any]:
    """The documented responses, without the trailing commas that make them no JSON."""
    document: dict[str, Any] = json.loads(files(__package__).joinpath("examples.json").read_text(encoding="utf-8"))
    return document


def retailer_organization() -> dict[str, Any]:
    """The caller's own organization, "Crux Retailer"."""
    organization: dict[str, Any] = examples()["connections"][0]["retailer"]["organization"]
    return organization


def organization(generation: str) -> dict[str, Any]:
    """The caller's own organization as its endpoint gives it."""
    own = dict(retailer_organization())
    if generation != SEED:
        own["website"] = "cruxretailer.com"
    if generation == TIMP:
        own |= {"retailer_uuid": examples()["connections"][0]["retailer"]["uuid"], "supplier_uuid": ""}
    return own


def stamp(moment: datetime) -> str:
    """A time as connections carry it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _uuid(*parts: object) -> str:
    return str(uuid.UUID(int=seeded(*parts).getrandbits(128), version=4))


def stopped_at(record: PartnerRecord, as_of: datetime) -> datetime:
    """When trade over a connection stopped, if it did: three to ten months ago, and after its first day."""
    days = seeded("crux", "stopped", record.native_id).randrange(95, 300)
    return max(as_of - timedelta(days=days), record.created_at + timedelta(days=1))


def connection(record: PartnerRecord, generation: str, as_of: datetime) -> dict[str, Any]:
    """One connection, as of a moment; the documented example is given as documented, whatever the generation."""
    documented = examples()["connections"][0]
    if record.example:
        return dict(documented)
    retailer, supplier = dict(documented["retailer"]), _supplier(record, generation)
    own: dict[str, Any] = {
        "uuid": record.connection_id,
        "retailer": retailer | {"organization": organization(generation)},
        "supplier": supplier,
        "status": STATUS[record.status],
        "account_manager": documented["account_manager"],
    }
    own |= _account_numbers(record, generation)
    if generation != SEED:
        own["retailer"]["contact"] = documented["account_manager"]["person"]
    if generation == TIMP:
        ended = STATUS[record.status] == "DEACTIVATED"
        own |= {"allocation_type": None, "deactivated_date": stamp(stopped_at(record, as_of)) if ended else None}
    return own


def _supplier(record: PartnerRecord, generation: str) -> dict[str, Any]:
    rng = seeded("crux", record.native_id)
    documented = examples()["connections"][0]["supplier"]
    manager = documented["organization"]["account_manager"]
    own = {
        "uuid": record.native_id,
        "name": record.name,
        "org_type": "SUPPLIER",
        # A connection can be active while its organization is still pending (last generation's third example row).
        "status": rng.choice(("ACTIVE", "ACTIVE", "ACTIVE", "PENDING")) if record.status == "active" else "ACTIVE",
        "created_date": stamp(record.created_at),
        "active_date": None,
        "account_manager": manager if rng.random() < 0.8 else None,
    }
    supplier = {"uuid": _uuid("crux", "supplier", record.native_id), "organization": own}
    if generation == SEED:
        return supplier
    own["website"] = record.website or rng.choice((None, ""))
    if generation == TIMP:
        own |= {"retailer_uuid": "", "supplier_uuid": supplier["uuid"]}
    return supplier | {"contact": _contact(record)}


def _contact(record: PartnerRecord) -> dict[str, Any] | None:
    person = record.contact
    if person is None:
        return None
    return {
        "uuid": _uuid("crux", "contact", record.native_id),
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "phone": record.phone or person.phone,
        "job_title": person.job_title,
    }


def _account_numbers(record: PartnerRecord, generation: str) -> dict[str, Any]:
    """Ours for the supplier, and theirs for us; "no value" is null, or in the last generation also ""."""
    rng = seeded("crux", "number", record.native_id)
    nothing = rng.choice((None, "")) if generation == TIMP else None
    # Nearly all have told us theirs, so that it is missed where one has not; of second accounts we seldom know it.
    share = 0.27 if record.duplicate else 0.93
    theirs = str(rng.randrange(10_000, 99_999)) if rng.random() < share else nothing
    ours = record.account_number if record.account_number is not None else nothing
    return {"suppliers_retailer_account_number": theirs, "retailers_supplier_account_number": ours}


def request_document(record: PartnerRecord) -> dict[str, Any]:
    """A requested connection; its names differ from those of a connection."""
    rng = seeded("crux", "request", record.native_id)
    person = record.contact
    return {
        # A request names no organization; its own uuid is what the truth table calls the connection.
        "record_uuid": record.connection_id,
        "org_name": record.name,
        "org_contact_full_name": f"{person.first_name} {person.last_name}" if person else "",
        "primary_contact_phone": record.phone,
        "primary_contact_email": record.email,
        "retailer_account_number": record.account_number or "",
        "additional_information": "",
        # A date where the text promises a date and a time.
        "request_date": record.created_at.strftime("%Y-%m-%d"),
        "is_approved": False,
        "approved_by": None,
        "integrations": [
            {
                "record_uuid": _uuid("crux", "integration", record.native_id),
                "integration_type": rng.choice(("items", "orders")),
                "update_frequency": rng.choice((None, "0 6 * * *")),
                "feed_source_file_locations": [],
                "file_specs": [],
                "rules": [],
                "date_created": stamp(record.created_at),
            }
        ],
        "uploaded_files": [],
    }
