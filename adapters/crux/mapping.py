"""From Crux Connect's connections, connection requests and organizations to the model."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from attrs import frozen

from adapters.crux import rules, wire, words
from aggregator.adapter.schema import said
from aggregator.adapter.steps import DriftCount, Place
from aggregator.adapter.times import read_time
from aggregator.model.connection import Connection
from aggregator.model.contact import Contact
from aggregator.model.organization import Identifier, Organization
from aggregator.model.raw import freeze
from aggregator.model.source import Source
from aggregator.model.status import ConnectionStatus, OrganizationStatus, Role


@frozen(kw_only=True)
class OwnSide:
    """Which side of a connection is the account's own, as far as we know.

    Attributes:
        role: What the settings say, or else of which type the own organization is.
        organization_id: The uuid of the own organization; None if it was not asked for.
        doubt: Why the side is not known, for the drift notes.
    """

    role: Role | None = None
    organization_id: str | None = None
    doubt: str | None = None

    def of(self, retailer_id: str, supplier_id: str) -> Role | None:
        """Return the own side of a connection: where the own organization stands, else what the type says."""
        if self.organization_id == retailer_id:
            return Role.RETAILER
        return Role.SUPPLIER if self.organization_id == supplier_id else self.role


def read_own_organization(raw: Any, place: Place, drift: DriftCount) -> Organization:  # noqa: ANN401 - raw payload
    """Return the account's own organization.

    Raises:
        Unreadable: It has no uuid, or is no organization at all.
    """
    row = wire.ORGANIZATION.read(raw, drift)
    source = place.source(kind="organization", id=row.uuid, mapping=rules.ORGANIZATION.name)
    return _organization(wire.Party(organization=row), None, source, freeze(raw), drift)


def read_connection(raw: Any, place: Place, drift: DriftCount, own: OwnSide) -> Connection:  # noqa: ANN401 - raw payload
    """Return a connection, with the organizations on both sides.

    Raises:
        Unreadable: It has no uuid, or a side has no organization with a uuid.
    """
    row = wire.CONNECTION.read(raw, drift)
    if own.doubt is not None:
        drift.notes[own.doubt] += 1
    return Connection(
        source=place.source(kind="connection", id=row.uuid, mapping=rules.CONNECTION.name),
        id=row.uuid,
        status=_connection_status(row.status, drift),
        status_native=row.status,
        own_role=own.of(row.retailer.organization.uuid, row.supplier.organization.uuid),
        retailer=_party(row.retailer, Role.RETAILER, place, raw["retailer"], drift),
        supplier=_party(row.supplier, Role.SUPPLIER, place, raw["supplier"], drift),
        account_manager=_manager(row.account_manager),
        suppliers_retailer_account_number=said(row.suppliers_retailer_account_number),
        retailers_supplier_account_number=said(row.retailers_supplier_account_number),
        ended_at=read_time(row.deactivated_date, drift, field="deactivated_date"),
        raw=freeze(raw),
    )


def read_request(raw: Any, place: Place, drift: DriftCount, own: OwnSide) -> Connection:  # noqa: ANN401 - raw payload
    """Return a connection that was asked for; it is pending, approved by Crux or not.

    The documents describe requests as those of a retailer to a supplier, so that is what is assumed where the own side
    is not known.

    Raises:
        Unreadable: It has no uuid.
    """
    row = wire.CONNECTION_REQUEST.read(raw, drift)
    if own.doubt is not None:
        drift.notes[own.doubt] += 1
    asked = Role.RETAILER if own.role is Role.SUPPLIER else Role.SUPPLIER
    organization = Organization(
        source=place.source(
            kind="requested_organization", id=row.record_uuid, mapping=rules.REQUESTED_ORGANIZATION.name
        ),
        id=row.record_uuid,
        role=asked,
        name=said(row.org_name),
        contacts=_requested_contacts(row),
        raw=freeze(raw),
    )
    return Connection(
        source=place.source(kind="connection_request", id=row.record_uuid, mapping=rules.CONNECTION_REQUEST.name),
        id=row.record_uuid,
        status=ConnectionStatus.PENDING,
        own_role=own.role,
        retailer=organization if asked is Role.RETAILER else None,
        supplier=organization if asked is Role.SUPPLIER else None,
        suppliers_retailer_account_number=said(row.retailer_account_number),
        requested_at=read_time(row.request_date, drift, field="request_date"),
        raw=freeze(raw),
    )


def _connection_status(word: str | None, drift: DriftCount) -> ConnectionStatus:
    status = words.understand(word, words.CONNECTION_STATUS, drift, field="status")
    if status is None and said(word) is None:
        drift.unknown_values["status=(none)"] += 1
    return status or ConnectionStatus.UNKNOWN


def _party(party: wire.Party, side: Role, place: Place, raw: dict[str, Any], drift: DriftCount) -> Organization:
    # The raw record is the whole side, not the organization in it: the contact stands beside the organization.
    source = place.source(
        kind="organization", id=party.organization.uuid, mapping=rules.PARTY.name, below=f"/{side.value}"
    )
    return _organization(party, side, source, freeze(raw), drift)


def _organization(
    party: wire.Party, side: Role | None, source: Source, raw: Mapping[str, Any], drift: DriftCount
) -> Organization:
    row = party.organization
    status = words.understand(row.status, words.ORGANIZATION_STATUS, drift, field="organization.status")
    contact = _contact(party.contact)
    return Organization(
        source=source,
        id=row.uuid,
        role=words.understand(row.org_type, words.ORGANIZATION_TYPE, drift, field="org_type") or side,
        name=said(row.name),
        identifiers=_identifiers(party, side),
        status=status or (OrganizationStatus.UNKNOWN if said(row.status) else None),
        status_native=row.status,
        website=said(row.website),
        account_manager=_manager(row.account_manager),
        contacts=None if contact is None else (contact,),
        created_at=read_time(row.created_date, drift, field="created_date"),
        activated_at=read_time(row.active_date, drift, field="active_date"),
        raw=raw,
    )


def _identifiers(party: wire.Party, side: Role | None) -> tuple[Identifier, ...]:
    """Return the uuids that an organization has as a retailer and as a supplier; "" means none."""
    own = said(party.uuid)
    retailer = own if own and side is Role.RETAILER else said(party.organization.retailer_uuid)
    supplier = own if own and side is Role.SUPPLIER else said(party.organization.supplier_uuid)
    found = (("retailer_uuid", retailer), ("supplier_uuid", supplier))
    return tuple([Identifier(scheme=scheme, value=value) for scheme, value in found if value is not None])


def _manager(manager: wire.AccountManager | None) -> Contact | None:
    return None if manager is None else _contact(manager.person)


def _contact(person: wire.Person | None) -> Contact | None:
    if person is None:
        return None
    return _contact_of(person.uuid, person.first_name, person.last_name, person.email, person.phone, person.job_title)


@lru_cache(maxsize=512)  # one account manager stands three times in each of thousands of connections
def _contact_of(
    uuid: str | None,
    first_name: str | None,
    last_name: str | None,
    email: str | None,
    phone: str | None,
    job_title: str | None,
) -> Contact:
    first, last = said(first_name), said(last_name)
    return Contact(
        id=said(uuid),
        name=f"{first} {last}" if first and last else first or last,
        first_name=first,
        last_name=last,
        email=said(email),
        phone=said(phone),
        job_title=said(job_title),
    )


def _requested_contacts(row: wire.ConnectionRequest) -> tuple[Contact, ...] | None:
    name, email, phone = (
        said(row.org_contact_full_name),
        said(row.primary_contact_email),
        said(row.primary_contact_phone),
    )
    return (Contact(name=name, email=email, phone=phone),) if name or email or phone else None
