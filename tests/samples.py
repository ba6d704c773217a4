"""Small model objects for tests that need some and do not care which."""

from __future__ import annotations

from typing import Any

from aggregator.model import (
    Connection,
    ConnectionStatus,
    Coverage,
    Listing,
    ListingSource,
    Organization,
    Role,
    Source,
    StopReason,
)
from aggregator.model.raw import freeze
from tests.fakes import NOON


def source(*, id: str, kind: str = "connection", vendor: str = "crux", account: str = "acme") -> Source:  # noqa: A002
    """Where a record could have come from."""
    return Source(
        vendor=vendor,
        account=account,
        kind=kind,
        id=id,
        operation="connections",
        page=1,
        request="GET https://vendor.test/connections/",
        pointer=f"/{id}",
        mapping=f"{vendor}.{kind}",
        fetched_at=NOON,
    )


def organization(*, id: str, name: str, **more: Any) -> Organization:  # noqa: A002
    """A supplier of this name."""
    return Organization(source=source(id=id, kind="organization"), id=id, role=Role.SUPPLIER, name=name, **more)


def connection(*, id: str, name: str, status: ConnectionStatus = ConnectionStatus.ACTIVE) -> Connection:  # noqa: A002
    """A connection of ours, the retailer's, with a supplier of this name."""
    return Connection(
        source=source(id=id),
        id=id,
        status=status,
        status_native=status.upper(),
        own_role=Role.RETAILER,
        supplier=organization(id=f"o{id}", name=name),
        created_at=NOON,
        raw=freeze({"id": id, "name": name, "extra": [1, {"deep": None}]}),
    )


def coverage(*, complete: bool = True, **more: Any) -> Coverage:
    """Coverage of a list that is complete, or cut off."""
    reason = None if complete else "cut off for a test"
    stop = StopReason.END if complete else StopReason.FAILURE
    return Coverage(complete=complete, reason=reason, stop=stop, started_at=NOON, finished_at=NOON, **more)


def listing(*names: str, complete: bool = True, vendor: str = "crux", account: str = "acme") -> Listing[Connection]:
    """A listing of connections with suppliers of these names."""
    return Listing(
        source=ListingSource(vendor=vendor, account=account, operation="connections"),
        records=tuple(connection(id=str(number), name=name) for number, name in enumerate(names)),
        coverage=coverage(complete=complete),
    )
