"""What the world is made of: businesses, the record each platform keeps of them, and nothing a vendor says."""

from datetime import datetime

from attrs import frozen

PLATFORMS = ("crux", "fabric", "commerce_layer")
"""The platforms that know a part of the world; each name is also its vendor's."""


@frozen(kw_only=True)
class Address:
    """Where a business is."""

    street: str
    city: str
    postal_code: str
    country: str


@frozen(kw_only=True)
class Person:
    """Whom one talks to at a business."""

    first_name: str
    last_name: str
    email: str
    phone: str | None
    job_title: str | None


@frozen(kw_only=True)
class Business:
    """A real business, as it would describe itself.

    `core` is the legal name without its legal form; `relation` says why a business looks like another one
    (`sibling`, `namesake`, `near_name`), and `relative_id` which.
    """

    id: str
    legal_name: str
    core: str
    form: str
    brand: str
    domain: str
    phone: str
    address: Address
    tax_id: str
    account_number: str
    contact: Person
    status: str
    created_at: datetime
    parent_id: str | None = None
    relation: str | None = None
    relative_id: str | None = None
    hub: bool = False


@frozen(kw_only=True)
class PartnerRecord:
    """What one platform knows of one business: its own ids, its own spelling, its own gaps.

    `native_id` is the organization's id there (Crux organization uuid, fabric brand id, Commerce Layer organization
    id) and `connection_id` the connection's, or None where the platform has none. `status` is one of pending,
    onboarding, active, suspended, ended; a vendor says it in its own words. `corruptions` names everything that was
    done to the record, and `duplicate` marks a second account of a business on the same platform.
    """

    platform: str
    business_id: str
    native_id: str
    connection_id: str | None
    name: str
    website: str | None
    phone: str | None
    email: str | None
    contact: Person | None
    account_number: str | None
    status: str
    created_at: datetime
    corruptions: tuple[str, ...] = ()
    duplicate: bool = False
    example: bool = False


@frozen(kw_only=True)
class Truth:
    """One row of the truth table: this record is that business."""

    business_id: str
    platform: str
    native_id: str
    connection_id: str | None
