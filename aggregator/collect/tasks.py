"""Many accounts at once, in tasks of one asyncio event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import AsyncExitStack
from functools import partial

from aggregator.activity import with_activity
from aggregator.adapter.base import Adapter
from aggregator.adapter.unready import Unready
from aggregator.client import AsyncClient
from aggregator.collect.accounts import Accounts, Wanted, order_filter
from aggregator.collect.ledger import Entry, Ledger
from aggregator.collect.outcome import OnFailure, broken, check_on_failure, judged
from aggregator.collect.progress import OnProgress, Teller
from aggregator.snapshot import Snapshot
from aggregator.wire.closing import AsyncClosing
from aggregator.wire.loop import OneLoop
from aggregator.wire.options import Options
from aggregator.wire.wire import Announce, silent


class AsyncAggregator(Accounts, AsyncClosing):
    """As `Aggregator`, in tasks of one asyncio event loop."""

    def __init__(
        self, adapters: Iterable[Adapter | Unready], *, options: Options | None = None, announce: Announce = silent
    ) -> None:
        super().__init__(adapters, options=options, announce=announce)
        self._clients: list[AsyncClient[Adapter]] = []
        self._loop = OneLoop("aggregator")
        self._ledger = Ledger()

    async def collect(
        self,
        *,
        orders: Wanted | None = None,
        on_failure: OnFailure = "keep",
        on_progress: OnProgress | None = None,
    ) -> Snapshot:
        """Return what all accounts list, with the coverage of each listing; otherwise as `Aggregator.collect`.

        Raises:
            CollectFailed: Listings failed, and `on_failure` says that it matters; it carries the snapshot.
            UsageError: An argument is none, the proxy or the certificates of the environment cannot be used, or it was
                used in another event loop and not closed there.
        """
        self._loop.enter()
        check_on_failure(on_failure)
        ledger = self._ledger = Ledger(tell=Teller(on_progress))
        wanted = order_filter(self._orders if orders is None else orders, ledger.taken_at)
        entries = ledger.enter(self._accounts, wanted)
        clients = self._connected()  # outside of the group, which would wrap what is raised
        async with asyncio.TaskGroup() as group:
            for client, account in zip(clients, entries, strict=True):
                group.create_task(self._account(client, account, ledger))
        return judged(with_activity(ledger.snapshot()), on_failure)

    def so_far(self) -> Snapshot:
        """Return what the latest collect has finished, and what it has not as incomplete listings of what came.

        Of use after a cancellation.
        """
        return with_activity(self._ledger.snapshot())

    def _connected(self) -> list[AsyncClient[Adapter]]:
        if not self._clients:
            self._clients = [AsyncClient(one, options=self._options, announce=self._announce) for one in self.adapters]
        return self._clients

    async def _account(self, client: AsyncClient[Adapter], account: list[Entry], ledger: Ledger) -> None:
        for entry in account:
            await self._listing(client, entry, ledger)

    async def _listing(self, client: AsyncClient[Adapter], entry: Entry, ledger: Ledger) -> None:
        ledger.begin(entry)
        try:
            listing = await client.attempt(entry.plan, on_page=partial(ledger.page, entry))
        except Exception as error:  # noqa: BLE001 - a fault of one adapter must not sink the others
            listing = broken(entry.source, error, entry.plan.scope, entry.kept.values())
        ledger.finish(entry, listing)

    async def close(self) -> None:
        """Close all connections."""
        clients, self._clients, self._loop = self._clients, [], OneLoop("aggregator")
        async with AsyncExitStack() as stack:  # each is closed, even if another cannot be
            for client in clients:
                stack.push_async_callback(client.close)
