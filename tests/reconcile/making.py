"""Small snapshots made by hand, of accounts that never existed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from aggregator.model import (
    Connection,
    ConnectionStatus,
    Contact,
    Coverage,
    Identifier,
    Listing,
    ListingSource,
    Organization,
    Rejected,
    Role,
    Source,
    StopReason,
)
from aggregator.snapshot import Snapshot

NOON = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
LONG_AGO = NOON - timedelta(days=1000)


def source(vendor: str, account: str, kind: str, record_id: str, operation: str = "connections") -> Source:
    """A source of a record on page 1 of a list."""
    return Source(
        vendor=vendor,
        account=account,
        kind=kind,
        id=record_id,
        operation=operation,
        page=1,
        request="GET https://vendor.test/",
        pointer=f"/{record_id}",
        mapping=f"{vendor}.{kind}",
        fetched_at=NOON,
    )


def organization(name: str | None, record_id: str, *, vendor: str = "crux", account: str = "acme", **more: Any) -> Any:
    """An organization."""
    return Organization(
        source=source(vendor, account, "organization", record_id, "organizations"), id=record_id, name=name, **more
    )


def connection(
    name: str | None,
    record_id: str,
    *,
    vendor: str = "crux",
    account: str = "acme",
    status: ConnectionStatus = ConnectionStatus.ACTIVE,
    own_role: Role | None = Role.RETAILER,
    partner: dict[str, Any] | None = None,
    **more: Any,
) -> Connection:
    """A connection of a retailer with a supplier of this name and the organization id `o<record id>`."""
    about = {"role": Role.SUPPLIER, **(partner or {})}
    supplier = organization(name, f"o{record_id}", vendor=vendor, account=account, **about)
    retailer = organization("Acme Retail", "own", vendor=vendor, account=account, role=Role.RETAILER)
    settings: dict[str, Any] = {"status_native": status.value, "created_at": LONG_AGO, **more}
    return Connection(
        source=source(vendor, account, "connection", record_id),
        id=record_id,
        status=status,
        own_role=own_role,
        retailer=retailer,
        supplier=supplier,
        **settings,
    )


def listing(
    *records: Any,
    vendor: str = "crux",
    account: str = "acme",
    operation: str = "connections",
    complete: bool = True,
    scope: str | None = None,
    rejected: tuple[Rejected, ...] = (),
    since: datetime | None = None,
) -> Listing[Any]:
    """A listing of these records."""
    coverage = Coverage(
        complete=complete,
        reason=None if complete else "page 7 did not come",
        stop=StopReason.END if complete else StopReason.FAILURE,
        scope=scope,
        since=since,
        unique=len(records),
        received=len(records),
        started_at=NOON,
        finished_at=NOON,
    )
    return Listing(
        source=ListingSource(vendor=vendor, account=account, operation=operation),
        records=records,
        coverage=coverage,
        rejected=rejected,
    )


def snapshot(*listings: Listing[Any]) -> Snapshot:
    """A snapshot taken at noon."""
    return Snapshot(taken_at=NOON, listings=listings)


def contact(email: str | None = None, phone: str | None = None, name: str | None = None) -> Contact:
    """A person at a partner."""
    return Contact(name=name, email=email, phone=phone)


def identifier(scheme: str, value: str) -> Identifier:
    """An identifier."""
    return Identifier(scheme=scheme, value=value)
