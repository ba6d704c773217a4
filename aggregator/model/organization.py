"""A business as one platform knows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import field, frozen

from aggregator.model.contact import Address, Contact
from aggregator.model.raw import EMPTY
from aggregator.model.record import Record
from aggregator.model.source import Source
from aggregator.model.status import MembershipStatus, OrganizationStatus, Role


@frozen(kw_only=True)
class Identifier:
    """A name tag that a platform gives a business, such as a code, a slug or a tax number."""

    scheme: str
    value: str


@frozen(kw_only=True)
class Subscription:
    """What a platform says of the business's own plan with it. None: not said."""

    required: bool | None = None
    plan: str | None = None
    expires_at: datetime | None = None
    grace_period_ends_at: datetime | None = None
    is_expired: bool | None = None
    is_on_grace_period: bool | None = None
    is_delinquent: bool | None = None


@frozen(kw_only=True)
class Organization(Record):
    """A business as one platform knows it. None means the vendor did not say; an empty tuple, that it said none."""

    source: Source
    id: str
    role: Role | None = None
    name: str | None = None
    aliases: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    status: OrganizationStatus | None = None
    status_native: str | None = None
    website: str | None = None
    email: str | None = None
    phone: str | None = None
    address: Address | None = None
    region: str | None = None
    account_manager: Contact | None = None
    contacts: tuple[Contact, ...] | None = None
    reference: str | None = None
    reference_origin: str | None = None
    is_onboarded: bool | None = None
    subscription: Subscription | None = None
    logo_url: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    activated_at: datetime | None = None
    raw: Mapping[str, Any] = field(default=EMPTY, repr=False, eq=False)


@frozen(kw_only=True)
class AccessRole(Record):
    """What members of an organization may do."""

    source: Source
    id: str
    name: str | None = None
    kind: str | None = None
    organization_id: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    raw: Mapping[str, Any] = field(default=EMPTY, repr=False, eq=False)


@frozen(kw_only=True)
class Membership(Record):
    """A person's seat in an organization."""

    source: Source
    id: str
    contact: Contact
    organization_id: str | None = None
    role_id: str | None = None
    role_name: str | None = None
    status: MembershipStatus | None = None
    status_native: str | None = None
    is_owner: bool | None = None
    access_scope: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    raw: Mapping[str, Any] = field(default=EMPTY, repr=False, eq=False)
