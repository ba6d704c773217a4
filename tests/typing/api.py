"""Uses the public interface as a stranger would; type checkers read it, and it is never run.

mypy (and any other checker) must infer what `assert_type` says: the client hands on each adapter's own arguments and
results, in threads and in tasks alike.
"""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

from adapters.commerce_layer import CommerceLayer
from adapters.crux import Crux, OrdersQuery
from adapters.fabric import Fabric
from aggregator import (
    Aggregator,
    AsyncAggregator,
    AsyncClient,
    Client,
    Connection,
    ConnectionStatus,
    Listing,
    Options,
    Order,
    Organization,
    Reconciliation,
    Secret,
    Snapshot,
    reconcile,
)
from aggregator.client import AsyncRecords, Records
from aggregator.model import AccessRole, Coverage, Explanation, Membership
from aggregator.snapshot import SnapshotDiff, diff

crux = Crux(account="acme", token="0123")
fabric = Fabric(account="acme", brand_id=500, token=Secret("0123"))
layer = CommerceLayer(account="acme", client_id="me", client_secret="hush")


def in_threads() -> None:
    with Client(crux, options=Options(concurrency=2)) as client:
        assert_type(client, Client[Crux])
        assert_type(client.connections(), Records[Connection])
        assert_type(client.list_connections(), Listing[Connection])
        assert_type(client.orders(OrdersQuery(start_date=None)), Records[Order])
        assert_type(client.list_connection_requests(), Listing[Connection])
        assert_type(client.order("uuid"), Order)
        assert_type(client.organization(), Organization)
        for connection in client.connections():
            assert_type(connection.status, ConnectionStatus)
            assert_type(connection.status_native, str | None)
            assert_type(connection.partner, Organization | None)
            assert_type(connection.explain("status"), Explanation)
        assert_type(client.connections().coverage, Coverage)
    with Client(fabric) as at_fabric:
        assert_type(at_fabric.list_connections(status="active"), Listing[Connection])
        assert_type(at_fabric.connection(1000), Connection)
    with Client(layer) as at_layer:
        assert_type(at_layer.list_organizations(), Listing[Organization])
        assert_type(at_layer.list_memberships(), Listing[Membership])
        assert_type(at_layer.list_roles(), Listing[AccessRole])


async def in_tasks() -> None:
    async with AsyncClient(crux) as client:
        assert_type(client, AsyncClient[Crux])
        assert_type(client.connections(), AsyncRecords[Connection])
        assert_type(await client.list_connections(), Listing[Connection])
        assert_type(await client.order("uuid"), Order)
        async for connection in client.connections():
            assert_type(connection, Connection)
    async with AsyncAggregator([crux, fabric, layer]) as aggregator:
        assert_type(await aggregator.collect(on_failure="raise_if_all"), Snapshot)


def many() -> None:
    with Aggregator([crux, fabric, layer]) as aggregator:
        snapshot = aggregator.collect()
    assert_type(snapshot, Snapshot)
    assert_type(snapshot.connections, tuple[Connection, ...])
    assert_type(snapshot.save("somewhere"), Path)
    assert_type(Snapshot.load("somewhere"), Snapshot)
    assert_type(diff(snapshot, snapshot), SnapshotDiff)
    assert_type(reconcile(snapshot), Reconciliation)


def refused() -> None:
    with Client(crux) as client:
        client.connections(stauts="active")  # type: ignore[call-arg]
        client.memberships()  # type: ignore[misc]
    with Client(layer) as at_layer:
        at_layer.list_connections()  # type: ignore[misc]
