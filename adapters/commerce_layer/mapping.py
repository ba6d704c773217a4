"""Commerce Layer's resources as records of the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from adapters.commerce_layer import rules
from adapters.commerce_layer.wire import (
    DETAILS,
    Details,
    MembershipDetails,
    MembershipRow,
    OrganizationDetails,
    OrganizationRow,
    RoleDetails,
    RoleRow,
)
from aggregator.adapter import DriftCount, Place, Unreadable
from aggregator.adapter.schema import Schema, said
from aggregator.adapter.times import read_time
from aggregator.model import (
    AccessRole,
    Contact,
    Identifier,
    Membership,
    MembershipStatus,
    Organization,
    Role,
    Subscription,
)
from aggregator.model.raw import freeze

if TYPE_CHECKING:
    from adapters.commerce_layer.jsonapi import Link, Resource

D = TypeVar("D", bound=Details)
Row = TypeVar("Row", OrganizationRow, MembershipRow, RoleRow)

MEMBERSHIP_STATUSES = {
    "pending": MembershipStatus.PENDING,
    "active": MembershipStatus.ACTIVE,
}

_ORGANIZATION = Schema(OrganizationRow, matters=("attributes", "attributes.name"))
_MEMBERSHIP = Schema(MembershipRow, matters=("attributes", "attributes.status"))
_ROLE = Schema(RoleRow, matters=("attributes", "attributes.name"))
_DETAILS: Mapping[type[Details], Schema[Any]] = {kind: Schema(kind) for kind in DETAILS.values()}


def _row(raw: Any, schema: Schema[Row], kind: str, drift: DriftCount) -> Row:  # noqa: ANN401 - raw payload
    row = schema.read(raw, drift)
    if not row.id.strip():
        raise Unreadable("an id was due, a blank text came @ $.id")
    if row.type != kind:
        raise Unreadable(f"a resource of type {kind!r} was due, one of {row.type[:40]!r} came @ $.type")
    return row


# {"id": "xYZkjABcde", "type": "organizations", "links": {"self": "https://…/api/organizations/xYZkjABcde"},
#  "attributes": {"name": "The Blue Brand", "slug": "the-blue-brand", "domain": "the-blue-brand.commercelayer.io",
#                 "support_phone": "+01 30800857", "subscription_info": {"plan_type": "growth", …}, …},
#  "relationships": {"memberships": {"links": {…}}, …}}
def read_organization(raw: Any, resource: Resource, place: Place, drift: DriftCount) -> Organization:  # noqa: ANN401
    """Return an organization.

    Args:
        raw: The resource object, with what came along under `included`.
        resource: The same, as jsonapi-client read it.
        place: Where it stands.
        drift: Counts surprises.

    Raises:
        Unreadable: It has no id, another type, or a name that is no text.
    """
    row = _row(raw, _ORGANIZATION, "organizations", drift)
    own = row.attributes
    slug = said(own.slug)
    return Organization(
        source=place.source(kind="organization", id=row.id, mapping=rules.ORGANIZATION.name),
        id=row.id,
        role=Role.TENANT,
        name=said(own.name),
        aliases=(slug,) if slug else (),
        identifiers=tuple(_identifiers(own)),
        email=said(own.support_email),
        phone=said(own.support_phone),
        region=said(own.region),
        contacts=_contacts(resource, drift),
        reference=said(own.reference),
        reference_origin=said(own.reference_origin),
        subscription=_subscription(own),
        logo_url=said(own.logo_url),
        created_at=read_time(own.created_at, drift, field="created_at"),
        updated_at=read_time(own.updated_at, drift, field="updated_at"),
        raw=freeze(raw),
    )


def _identifiers(own: OrganizationDetails) -> list[Identifier]:
    tags = (("slug", said(own.slug)), ("domain", said(own.domain)), ("reference", said(own.reference)))
    return [Identifier(scheme=scheme, value=value) for scheme, value in tags if value is not None]


def _subscription(own: OrganizationDetails) -> Subscription | None:
    return None if own.subscription_info is None else Subscription(plan=said(own.subscription_info.plan_type))


def _contacts(resource: Resource, drift: DriftCount) -> tuple[Contact, ...] | None:
    links = resource.links("memberships")
    return None if links is None else tuple([_contact(link, drift) for link in links])


def _contact(link: Link, drift: DriftCount) -> Contact:
    details = _included_details(link, MembershipDetails, drift)
    return Contact(id=link.id) if details is None else contact_of(link.id, details)


def _included_details(link: Link, kind: type[D], drift: DriftCount) -> D | None:
    """Return the attributes of a linked resource; None, and counted, where it did not come along or is unreadable."""
    if link.raw is None:
        drift.notes[f"{link.type} linked and not included"] += 1
        return None
    try:
        return read_details(link.raw, kind, drift)
    except Unreadable as error:
        drift.notes[f"included {link.type} that cannot be read: {error}"] += 1
        return None


def read_details(raw: Mapping[str, Any], kind: type[D], drift: DriftCount) -> D:
    """Return the attributes of a resource object.

    Raises:
        Unreadable: They are no object.
    """
    details: D = _DETAILS[kind].read(raw.get("attributes", {}), drift)
    return details


def contact_of(identifier: str, details: MembershipDetails) -> Contact:
    """Return the person of a membership."""
    first, last = said(details.user_first_name), said(details.user_last_name)
    return Contact(
        id=identifier,
        name=" ".join(filter(None, (first, last))) or None,
        first_name=first,
        last_name=last,
        email=said(details.user_email),
    )


# {"id": "…", "type": "memberships", "attributes": {"user_email": "john@example.com", "user_first_name": "John",
#  "status": "active", "owner": true, "access_scope": "live_access", …},
#  "relationships": {"organization": {"links": {…}, "data": {"type": "organizations", "id": "…"}}, …}}
def read_membership(
    raw: Any,  # noqa: ANN401 - raw payload
    resource: Resource,
    place: Place,
    drift: DriftCount,
    *,
    organization_id: str | None = None,
) -> Membership:
    """Return a membership; the arguments are those of `read_organization`, and the organization that was asked for.

    Raises:
        Unreadable: It has no id, another type, or a status that is no text.
    """
    row = _row(raw, _MEMBERSHIP, "memberships", drift)
    own = row.attributes
    role = _only(resource, "role")
    role_details = None if role is None else _included_details(role, RoleDetails, drift)
    return Membership(
        source=place.source(kind="membership", id=row.id, mapping=rules.MEMBERSHIP.name),
        id=row.id,
        contact=contact_of(row.id, own),
        organization_id=_organization_id(resource, organization_id),
        role_id=None if role is None else role.id,
        role_name=None if role_details is None else said(role_details.name),
        status=_status(own.status, drift),
        status_native=own.status,
        is_owner=own.owner,
        access_scope=said(own.access_scope),
        created_at=read_time(own.created_at, drift, field="created_at"),
        updated_at=read_time(own.updated_at, drift, field="updated_at"),
        raw=freeze(raw),
    )


def _status(word: str | None, drift: DriftCount) -> MembershipStatus | None:
    if said(word) is None or word is None:
        return None
    status = MEMBERSHIP_STATUSES.get(word.strip().casefold())
    if status is None:
        drift.unknown_values[f"status={word}"] += 1
        return MembershipStatus.UNKNOWN
    return status


def _only(resource: Resource, name: str) -> Link | None:
    links = resource.links(name)
    return links[0] if links else None


def _organization_id(resource: Resource, asked: str | None) -> str | None:
    link = _only(resource, "organization")
    return asked if link is None else link.id


# {"id": "…", "type": "roles", "attributes": {"name": "Custom role", "kind": "custom", …}, "relationships": {…}}
def read_role(
    raw: Any,  # noqa: ANN401 - raw payload
    resource: Resource,
    place: Place,
    drift: DriftCount,
    *,
    organization_id: str | None = None,
) -> AccessRole:
    """Return a role; the arguments are those of `read_membership`.

    Raises:
        Unreadable: It has no id, another type, or a name that is no text.
    """
    row = _row(raw, _ROLE, "roles", drift)
    own = row.attributes
    return AccessRole(
        source=place.source(kind="role", id=row.id, mapping=rules.ROLE.name),
        id=row.id,
        name=said(own.name),
        kind=said(own.kind),
        organization_id=_organization_id(resource, organization_id),
        created_at=read_time(own.created_at, drift, field="created_at"),
        updated_at=read_time(own.updated_at, drift, field="updated_at"),
        raw=freeze(raw),
    )
