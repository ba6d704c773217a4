"""Collect trading partners from several commerce platforms into one model, and reconcile the lists.

    from aggregator import Aggregator
    from adapters.crux import Crux

    with Aggregator([Crux(account="acme", token=...)]) as aggregator:
        snapshot = aggregator.collect()

What most programs need is importable from here, and the rest from the package it belongs to: `diff` from
`aggregator.snapshot`, `new_orders` from `aggregator.client`, `Policy` from `aggregator.reconcile`: docs/api.md names
them. What a name needs is loaded when it is first used, so that `import aggregator` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.lazy import lazily

if TYPE_CHECKING:
    from aggregator.client import AsyncClient, Client
    from aggregator.collect import Aggregator, AsyncAggregator, CollectFailed, Progress
    from aggregator.errors import AggregatorError
    from aggregator.model import Connection, ConnectionStatus, Listing, Order, Organization
    from aggregator.reconcile import Reconciliation, reconcile
    from aggregator.secret import Secret
    from aggregator.snapshot import Snapshot
    from aggregator.wire.options import Options

_HOMES = {
    "Aggregator": "aggregator.collect",
    "AggregatorError": "aggregator.errors",
    "AsyncAggregator": "aggregator.collect",
    "AsyncClient": "aggregator.client",
    "Client": "aggregator.client",
    "CollectFailed": "aggregator.collect",
    "Connection": "aggregator.model",
    "ConnectionStatus": "aggregator.model",
    "Listing": "aggregator.model",
    "Options": "aggregator.wire.options",
    "Order": "aggregator.model",
    "Organization": "aggregator.model",
    "Progress": "aggregator.collect",
    "Reconciliation": "aggregator.reconcile",
    "Secret": "aggregator.secret",
    "Snapshot": "aggregator.snapshot",
    "reconcile": "aggregator.reconcile",
}

__all__ = [
    "Aggregator",
    "AggregatorError",
    "AsyncAggregator",
    "AsyncClient",
    "Client",
    "CollectFailed",
    "Connection",
    "ConnectionStatus",
    "Listing",
    "Options",
    "Order",
    "Organization",
    "Progress",
    "Reconciliation",
    "Secret",
    "Snapshot",
    "reconcile",
]


if not TYPE_CHECKING:  # type checkers shall go on knowing which names there are
    __getattr__ = lazily(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
