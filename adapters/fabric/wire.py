"""What fabric Dropship sends, as its documents show it, in classes of its own words.

Documents: "Get supplier connection by ID" (v3), "Get vendor connections" and "Get connections of a single vendor" (v2).
Hardly anything there is said to be required, so hardly anything is here: what is missing is None. Times stay text.
The classes have no slots: one with a dict is filled without its `__init__`, in half the time.

    {"id": 1000, "brand": {"id": 500, "name": "Marla Cielo", …}, "retailer": {"id": 500, "name": "Demo Retailer", …},
     "level": "full", "status": "active", "created_at": "2022-06-22T06:56:16Z", "shipping_accounts": [{…}],
     "options": {…}, "attachments": [{…}], "orders_last_7_days_count": 0, "contacts": [{…}], "memos": [{…}],
     "referral": {…}, "integration_type": "console", "onboarding_status": "pending", "onboarding_steps": "…"}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from aggregator.adapter.kinds import LooseBool, LooseInt, OneOrMany, TextId
from aggregator.adapter.schema import Schema


@frozen(kw_only=True, slots=False)
class Manager:
    """Whom to talk to at a brand; only the retailer's view of one connection has it, in undocumented detail."""

    id: TextId | None = None
    name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    title: str | None = None
    email: str | None = None
    phone: str | None = None


@frozen(kw_only=True, slots=False)
class Location:
    """Where a brand ships from; that there is one is documented, its keys are not."""

    id: TextId | None = None
    name: str | None = None
    address1: str | None = None
    address2: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: TextId | None = None
    country: str | None = None
    phone: str | None = None


@frozen(kw_only=True, slots=False)
class BrandDetails:
    """A brand; the user interface says supplier."""

    id: TextId | None = None
    uuid: str | None = None
    name: str | None = None
    code: str | None = None
    joined_at: str | None = None
    logo_url: str | None = None
    cover_url: str | None = None
    profile_tile_url: str | None = None
    website: str | None = None
    is_onboarded: LooseBool | None = None
    is_on_rcn: LooseBool | None = None
    requires_subscription: str | None = None
    subscription_expires_at: str | None = None
    grace_period_ends_at: str | None = None
    subscription_is_expired: LooseBool | None = None
    subscription_is_on_grace_period: LooseBool | None = None
    subscription_is_delinquent: LooseBool | None = None
    inventory_policy: str | None = None
    status: str | None = None
    default_ship_from_location: Location | None = None
    connections_manager: Manager | None = None
    merchandising_manager: Manager | None = None
    shipping_manager: Manager | None = None


@frozen(kw_only=True, slots=False)
class RetailerDetails:
    """A retailer; the user interface says merchant. Only examples show `is_3pm` and `indexing_template_id`."""

    id: TextId | None = None
    name: str | None = None
    code: str | None = None
    logo_url: str | None = None
    cover_url: str | None = None
    profile_tile_url: str | None = None
    joined_at: str | None = None
    is_rcn_retailer: LooseBool | None = None
    is_onboarded: LooseBool | None = None
    is_3pm: LooseBool | None = None
    indexing_template_id: TextId | None = None
    platform: str | None = None
    requires_subscription: str | None = None
    brand_permit_creation_allowed: LooseBool | None = None
    website: str | None = None
    status: str | None = None


@frozen(kw_only=True, slots=False)
class Carrier:
    """A carrier: an object in a shipping method, and only its name in a shipping account."""

    id: TextId | None = None
    name: str | None = None
    code: str | None = None

    @classmethod
    def from_text(cls, text: str) -> Carrier:
        """Return the carrier of this name."""
        return cls(name=text)


@frozen(kw_only=True, slots=False)
class GenericShippingMethod:
    """The kind of shipping that a method is one of."""

    id: TextId | None = None
    name: str | None = None
    description: str | None = None
    type: str | None = None


@frozen(kw_only=True, slots=False)
class ShippingMethod:
    """A way to ship."""

    id: TextId | None = None
    name: str | None = None
    code: str | None = None
    type: str | None = None
    carrier: Carrier | None = None
    generic_shipping_method: GenericShippingMethod | None = None


@frozen(kw_only=True, slots=False)
class ShippingAccount:
    """Whose account with a carrier pays; `shipping_methods` is one object in every documented example."""

    id: TextId | None = None
    nickname: str | None = None
    owner: str | None = None
    carrier: Carrier | None = None
    shipping_methods: OneOrMany[ShippingMethod] | None = None


@frozen(kw_only=True, slots=False)
class Option:
    """A setting of a connection; `options` is one object in every documented example."""

    id: TextId | None = None
    name: str | None = None
    code: str | None = None
    description: str | None = None
    viewable_by: str | None = None
    editable_by: str | None = None


@frozen(kw_only=True, slots=False)
class Tag:
    """A label on an attachment."""

    id: TextId | None = None
    tag: str | None = None


@frozen(kw_only=True, slots=False)
class Attachment:
    """A file of a connection. `content_type` and `uploaded_by` are numbers: keys of tables we cannot see."""

    id: TextId | None = None
    content_type: LooseInt | None = None
    object_id: LooseInt | None = None
    file: str | None = None
    uploaded_by: LooseInt | None = None
    visible_by: str | None = None
    original_filename: str | None = None
    filename: str | None = None
    tags: tuple[Tag, ...] | None = None
    url: str | None = None


@frozen(kw_only=True, slots=False)
class Person:
    """Who wrote a memo."""

    id: TextId | None = None
    first_name: str | None = None
    last_name: str | None = None
    title: str | None = None
    status: str | None = None
    type: str | None = None
    photo_url: str | None = None
    profile_photo: str | None = None
    is_me: LooseBool | None = None


@frozen(kw_only=True, slots=False)
class Memo:
    """A note on a connection."""

    id: TextId | None = None
    text: str | None = None
    visibility: str | None = None
    acknowledged_at: str | None = None
    notify_people: LooseBool | None = None
    created_by: Person | None = None
    created_by_context: str | None = None
    created_at: str | None = None
    updated_at: str | None = None


@frozen(kw_only=True, slots=False)
class ConnectionContact:
    """A person to talk to about a connection."""

    id: TextId | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    description: str | None = None
    created_at: str | None = None


@frozen(kw_only=True, slots=False)
class Party:
    """A side of a referral."""

    id: TextId | None = None
    code: str | None = None
    name: str | None = None


@frozen(kw_only=True, slots=False)
class Referral:
    """Who brought the two together. The documented example has the text 'false"' where a boolean is due."""

    id: TextId | None = None
    referrer: Party | None = None
    referee: Party | None = None
    is_brand_first_connection: LooseBool | None = None
    is_retailer_first_connection: LooseBool | None = None


@frozen(kw_only=True, slots=False)
class ConnectionDetails:
    """A connection, with everything that fabric documents of it, on either side.

    The last group is in the retailer's view of one connection only, which says `connection_contacts` for `contacts`
    and does without `retailer`. The values of `connection_credentials` are masked before anything else is done with
    them.
    """

    id: TextId
    brand: BrandDetails | None = None
    retailer: RetailerDetails | None = None
    level: str | None = None
    status: str | None = None
    suspended_at: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    shipping_accounts: OneOrMany[ShippingAccount] | None = None
    options: OneOrMany[Option] | None = None
    attachments: OneOrMany[Attachment] | None = None
    approved_items_count: LooseInt | None = None
    orders_last_7_days_count: LooseInt | None = None
    proposals_received_last_7_days_count: LooseInt | None = None
    contacts: OneOrMany[ConnectionContact] | None = None
    memos: OneOrMany[Memo] | None = None
    referral: Referral | None = None
    integration_type: str | None = None
    onboarding_status: str | None = None
    retailer_identifier: TextId | None = None
    onboarding_target_date: str | None = None
    onboarded_at: str | None = None
    onboarding_steps: str | None = None

    connection_contacts: OneOrMany[ConnectionContact] | None = None
    connection_credentials: OneOrMany[Mapping[str, Any]] | None = field(default=None, repr=False)
    connection_fees: Mapping[str, Any] | None = None
    connection_slas: Mapping[str, Any] | None = None
    connection_adjustments: OneOrMany[Mapping[str, Any]] | None = None
    metadata: str | None = None
    packing_slip_template: str | None = None


BRAND = Schema(BrandDetails)
RETAILER = Schema(RetailerDetails)
CONNECTION = Schema(ConnectionDetails, matters=("status",))

# Of the two sides, the partner's must be known, while our own may be missing or garbled.
BRANDS_CONNECTION = Schema(ConnectionDetails, matters=("status", "retailer.id"))
RETAILERS_CONNECTION = Schema(ConnectionDetails, matters=("status", "brand.id"))
