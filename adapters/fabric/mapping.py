"""From fabric's connections to the model's."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from adapters.fabric import rules, wire
from aggregator.adapter import DriftCount, Place, Unreadable
from aggregator.adapter.schema import said
from aggregator.adapter.times import read_time
from aggregator.model import (
    Activity,
    Address,
    Connection,
    ConnectionStatus,
    Contact,
    Identifier,
    Organization,
    OrganizationStatus,
    Role,
    Subscription,
)
from aggregator.model.raw import freeze
from aggregator.secret import MASK

T = TypeVar("T")

# "Connection status", on the pages of both sides. There is no word for a connection that ended.
STATUSES: Mapping[str, ConnectionStatus] = {
    "active": ConnectionStatus.ACTIVE,
    "suspended": ConnectionStatus.SUSPENDED,
    "pending": ConnectionStatus.PENDING,
    "onboarding": ConnectionStatus.ONBOARDING,
}

# Of brands and retailers, no page gives more than the example's word.
ORGANIZATION_STATUSES: Mapping[str, OrganizationStatus] = {"active": OrganizationStatus.ACTIVE}

REQUIRES_SUBSCRIPTION: Mapping[str, bool | None] = {"enabled": True, "disabled": False}

LEVELS = frozenset({"basic", "full"})
ONBOARDING_STATUSES = frozenset({"pending", "complete"})
INTEGRATION_TYPES = frozenset(
    {
        "console",
        "edi",
        "api",
        "storefront",
        "console-print-labels",
        "console-register-tracking-numbers",
        "shopify",
        "bigcommerce",
        "shipstation",
    }
)


def read_connection(raw: Any, place: Place, drift: DriftCount, *, own_role: Role) -> Connection:  # noqa: ANN401
    """Return the connection of a row of the list, or of the answer for one connection.

    Args:
        raw: The row; credentials in it are masked in place, so that no record, rejected row or snapshot has them.
        place: Where it stands.
        drift: Counts what no document names.
        own_role: Which side the account's owner is on.

    Raises:
        Unreadable: It has no usable id or status, or does not say who the partner is.
    """
    mask_credentials(raw)
    row = (wire.BRANDS_CONNECTION if own_role is Role.SUPPLIER else wire.RETAILERS_CONNECTION).read(raw, drift)
    supplier = _brand(row.brand, raw, place, drift)
    retailer = _retailer(row.retailer, raw, place, drift)
    if (retailer if own_role is Role.SUPPLIER else supplier) is None:
        raise Unreadable(f"the partner's id is missing @ $.{'retailer' if own_role is Role.SUPPLIER else 'brand'}.id")
    _note_unknown(drift, "level", row.level, LEVELS)
    _note_unknown(drift, "integration_type", row.integration_type, INTEGRATION_TYPES)
    _note_unknown(drift, "onboarding_status", row.onboarding_status, ONBOARDING_STATUSES)
    return Connection(
        source=place.source(kind="connection", id=row.id, mapping=rules.CONNECTION.name),
        id=row.id,
        status=_status(row.status, drift),
        status_native=row.status,
        own_role=own_role,
        retailer=retailer,
        supplier=supplier,
        contacts=_contacts(row),
        retailer_identifier=said(row.retailer_identifier),
        level=said(row.level),
        integration_type=said(row.integration_type),
        onboarding_status=said(row.onboarding_status),
        onboarding_steps=said(row.onboarding_steps),
        onboarding_target_at=read_time(row.onboarding_target_date, drift, field="onboarding_target_date"),
        onboarded_at=read_time(row.onboarded_at, drift, field="onboarded_at"),
        created_at=read_time(row.created_at, drift, field="created_at"),
        updated_at=read_time(row.updated_at, drift, field="updated_at"),
        suspended_at=read_time(row.suspended_at, drift, field="suspended_at"),
        activity=_activity(row, place),
        raw=freeze(raw),
    )


def mask_credentials(raw: object) -> None:
    """Replace, in place, every value of `connection_credentials` but its numeric id; the keys stay.

    They are passwords of the retailer at the brand, or the other way round, and belong in no file of ours.
    """
    if isinstance(raw, dict) and raw.get("connection_credentials") is not None:
        held = raw["connection_credentials"]
        raw["connection_credentials"] = [_masked(one) for one in (held if isinstance(held, list) else [held])]


def _masked(one: object) -> Mapping[str, object]:
    if not isinstance(one, dict):
        return {"value": MASK}
    return {key: value if key == "id" and isinstance(value, int) else MASK for key, value in one.items()}


def _status(word: str | None, drift: DriftCount) -> ConnectionStatus:
    if not said(word):
        drift.notes["a connection without a status"] += 1
        return ConnectionStatus.UNKNOWN
    return _known(word, STATUSES, ConnectionStatus.UNKNOWN, drift, "status") or ConnectionStatus.UNKNOWN


def _known(word: str | None, words: Mapping[str, T], unknown: T, drift: DriftCount, field: str) -> T | None:
    """Return what a word means, in whatever case; memos say "Active" where connections say "active"."""
    if not said(word) or word is None:
        return None
    meaning = words.get(word.strip().casefold())
    if meaning is None:
        drift.unknown_values[f"{field}={word}"] += 1
        return unknown
    return meaning


def _note_unknown(drift: DriftCount, field: str, word: str | None, words: Collection[str]) -> None:
    if word and word not in words and said(word):
        drift.unknown_values[f"{field}={word}"] += 1


def _contacts(row: wire.ConnectionDetails) -> tuple[Contact, ...] | None:
    """Return the people of `contacts`, which the retailer's view of one connection calls `connection_contacts`."""
    people = row.contacts if row.contacts is not None else row.connection_contacts
    if people is None:
        return None
    return tuple(
        Contact(
            id=one.id,
            name=said(one.name),
            email=said(one.email),
            phone=said(one.phone),
            description=said(one.description),
        )
        for one in people
    )


def _activity(row: wire.ConnectionDetails, place: Place) -> Activity | None:
    counts = (row.orders_last_7_days_count, row.proposals_received_last_7_days_count, row.approved_items_count)
    if counts == (None, None, None):
        return None
    return Activity(
        orders_last_7_days=counts[0],
        proposals_received_last_7_days=counts[1],
        approved_items=counts[2],
        as_of=place.fetched_at,
        origin="counted by fabric Dropship",
    )


def _brand(
    brand: wire.BrandDetails | None, raw: Mapping[str, Any], place: Place, drift: DriftCount
) -> Organization | None:
    if brand is None or brand.id is None:
        return None
    return Organization(
        source=place.source(kind="brand", id=brand.id, mapping=rules.BRAND.name, below="/brand"),
        id=brand.id,
        role=Role.SUPPLIER,
        name=said(brand.name),
        aliases=_aliases(brand.code),
        identifiers=_identifiers(code=brand.code, uuid=brand.uuid),
        status=_known(brand.status, ORGANIZATION_STATUSES, OrganizationStatus.UNKNOWN, drift, "brand.status"),
        status_native=brand.status,
        website=said(brand.website),
        address=_address(brand.default_ship_from_location),
        contacts=_managers(brand),
        is_onboarded=brand.is_onboarded,
        subscription=_subscription(brand, drift),
        logo_url=said(brand.logo_url),
        created_at=read_time(brand.joined_at, drift, field="brand.joined_at"),
        raw=freeze(raw["brand"]),
    )


def _retailer(
    retailer: wire.RetailerDetails | None, raw: Mapping[str, Any], place: Place, drift: DriftCount
) -> Organization | None:
    if retailer is None or retailer.id is None:
        return None
    required = _known(retailer.requires_subscription, REQUIRES_SUBSCRIPTION, None, drift, "requires_subscription")
    return Organization(
        source=place.source(kind="retailer", id=retailer.id, mapping=rules.RETAILER.name, below="/retailer"),
        id=retailer.id,
        role=Role.RETAILER,
        name=said(retailer.name),
        aliases=_aliases(retailer.code),
        identifiers=_identifiers(code=retailer.code),
        status=_known(retailer.status, ORGANIZATION_STATUSES, OrganizationStatus.UNKNOWN, drift, "retailer.status"),
        status_native=retailer.status,
        website=said(retailer.website),
        is_onboarded=retailer.is_onboarded,
        subscription=None if required is None else Subscription(required=required),
        logo_url=said(retailer.logo_url),
        created_at=read_time(retailer.joined_at, drift, field="retailer.joined_at"),
        raw=freeze(raw["retailer"]),
    )


def _aliases(code: str | None) -> tuple[str, ...]:
    return (code,) if code is not None and said(code) else ()


def _identifiers(*, code: str | None, uuid: str | None = None) -> tuple[Identifier, ...]:
    found = (("fabric-code", code), ("fabric-uuid", uuid))
    return tuple(Identifier(scheme=scheme, value=value) for scheme, value in found if value is not None and said(value))


def _address(location: wire.Location | None) -> Address | None:
    if location is None:
        return None
    return Address(
        name=said(location.name),
        line1=said(location.address1),
        line2=said(location.address2),
        city=said(location.city),
        region=said(location.state),
        postal_code=location.postal_code,
        country=said(location.country),
        phone=said(location.phone),
    )


def _managers(brand: wire.BrandDetails) -> tuple[Contact, ...] | None:
    """Return the brand's managers, with what each manages as the description; None where there are none to read."""
    named = (
        ("connections manager", brand.connections_manager),
        ("merchandising manager", brand.merchandising_manager),
        ("shipping manager", brand.shipping_manager),
    )
    found = tuple(_manager(what, one) for what, one in named if one is not None)
    return found or None


def _manager(what: str, one: wire.Manager) -> Contact:
    return Contact(
        id=one.id,
        name=said(one.name),
        first_name=said(one.first_name),
        last_name=said(one.last_name),
        job_title=said(one.title),
        email=said(one.email),
        phone=said(one.phone),
        description=what,
    )


def _subscription(brand: wire.BrandDetails, drift: DriftCount) -> Subscription | None:
    found = Subscription(
        required=_known(brand.requires_subscription, REQUIRES_SUBSCRIPTION, None, drift, "requires_subscription"),
        expires_at=read_time(brand.subscription_expires_at, drift, field="brand.subscription_expires_at"),
        grace_period_ends_at=read_time(brand.grace_period_ends_at, drift, field="brand.grace_period_ends_at"),
        is_expired=brand.subscription_is_expired,
        is_on_grace_period=brand.subscription_is_on_grace_period,
        is_delinquent=brand.subscription_is_delinquent,
    )
    return None if found == _NOTHING_SAID else found


_NOTHING_SAID = Subscription()
