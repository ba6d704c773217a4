"""Everything Crux Connect sent of a record, typed and under Crux's own names; for records read from a snapshot too."""

from __future__ import annotations

from typing import TypeVar

from adapters.crux import rules, wire, wire_orders
from aggregator.adapter.schema import Schema
from aggregator.adapter.steps import DriftCount
from aggregator.model.connection import Connection
from aggregator.model.order import Order
from aggregator.model.organization import Organization
from aggregator.model.raw import thaw
from aggregator.model.record import Record

T = TypeVar("T")


def connection_details(record: Connection) -> wire.Connection:
    """Return a connection as Crux sent it.

    Raises:
        ValueError: It is no connection of Crux; a connection request, for instance.
    """
    return _read(record, wire.CONNECTION, rules.CONNECTION.name)


def request_details(record: Connection | Organization) -> wire.ConnectionRequest:
    """Return a connection request as Crux sent it, of the pending connection or of the organization that was asked.

    Raises:
        ValueError: It is no connection request of Crux.
    """
    return _read(record, wire.CONNECTION_REQUEST, rules.CONNECTION_REQUEST.name, rules.REQUESTED_ORGANIZATION.name)


def organization_details(record: Organization) -> wire.Party:
    """Return an organization as Crux sent it, with the contact beside it; the account's own has none.

    Raises:
        ValueError: It is no organization of Crux, or one that was asked for a connection and is known by name only.
    """
    if record.source.mapping == rules.ORGANIZATION.name:
        return wire.Party(organization=_read(record, wire.ORGANIZATION, rules.ORGANIZATION.name))
    return _read(record, _PARTY, rules.PARTY.name)


def order_details(record: Order) -> wire_orders.Order:
    """Return an order as Crux sent it.

    Raises:
        ValueError: It is no order of Crux.
    """
    return _read(record, wire_orders.ORDER, rules.ORDER.name)


_PARTY = Schema(wire.Party, matters=("organization.name",))


def _read(record: Record, schema: Schema[T], *mappings: str) -> T:
    if record.source.mapping not in mappings:
        raise ValueError(f"{record.source} was mapped by {record.source.mapping}, not by {' or '.join(mappings)}")
    return schema.read(thaw(record.raw), DriftCount())
