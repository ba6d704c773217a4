"""Everything Crux Connect sent of a record, typed and under Crux's own names; for records read from a snapshot too."""

from __future__ import annotations

from typing import Any

from adapters.crux import rules, wire, wire_orders
from aggregator.adapter.schema import Schema
from aggregator.adapter.steps import DriftCount, Unreadable
from aggregator.errors import UsageError
from aggregator.model.connection import Connection
from aggregator.model.order import Order
from aggregator.model.organization import Organization
from aggregator.model.raw import thaw

_SCHEMAS: dict[str, Schema[Any]] = {
    rules.CONNECTION.name: wire.CONNECTION,
    rules.CONNECTION_REQUEST.name: wire.CONNECTION_REQUEST,
    rules.REQUESTED_ORGANIZATION.name: wire.CONNECTION_REQUEST,
    rules.PARTY.name: wire.PARTY,
    rules.ORGANIZATION.name: wire.ORGANIZATION,
    rules.ORDER.name: wire_orders.ORDER,
}


def read_details(record: Connection | Organization | Order) -> Any:  # noqa: ANN401 - see Crux.details
    """Return a record as Crux sent it, in the class that its mapping reads.

    Raises:
        UsageError: It is no record of Crux, or its raw record is missing.
    """
    schema = _SCHEMAS.get(record.source.mapping)
    try:
        if schema is not None:
            return schema.read(thaw(record.raw), DriftCount())
    except Unreadable as error:
        raise UsageError(f"The raw record of {record.source} cannot be read: {error}.") from error
    raise UsageError(f"There are no details of {record.source} at Crux Connect.")
