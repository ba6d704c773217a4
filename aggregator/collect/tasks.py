"""Many accounts at once, in tasks of one asyncio event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from aggregator.activity import with_activity
from aggregator.adapter.base import Adapter
from aggregator.adapter.orders import OrderFilter
from aggregator.adapter.steps import Plan
from aggregator.client import AsyncClient
from aggregator.collect.accounts import Accounts, Wanted, order_filter, plans_of, source_of
from aggregator.collect.outcome import OnFailure, broken, judged, without_plans
from aggregator.collect.progress import OnProgress, Progress, Teller, Watch
from aggregator.errors import UsageError
from aggregator.model.listing import Listing
from aggregator.snapshot import Snapshot
from aggregator.wire.exchange import Announce, silent
from aggregator.wire.options import Options


class AsyncAggregator(Accounts):
    """As `Aggregator`, in tasks of one asyncio event loop."""

    def __init__(
        self, adapters: Iterable[Adapter], *, options: Options | None = None, announce: Announce = silent
    ) -> None:
        super().__init__(adapters, options=options, announce=announce)
        self._clients: list[AsyncClient[Adapter]] = []

    async def collect(
        self,
        *,
        orders: Wanted = False,
        on_failure: OnFailure = "keep",
        on_progress: OnProgress | None = None,
    ) -> Snapshot:
        """Return what all accounts list, with the coverage of each listing; otherwise as `Aggregator.collect`.

        Raises:
            CollectFailed: Listings failed, and `on_failure` says that it matters; it carries the snapshot.
        """
        taken_at, tell = datetime.now(UTC), Teller(on_progress)
        since = order_filter(orders, taken_at)
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._account(client, tell, since)) for client in self._connected()]
        listings = tuple(listing for task in tasks for listing in task.result())
        return judged(with_activity(Snapshot(taken_at=taken_at, listings=listings)), on_failure)

    def _connected(self) -> list[AsyncClient[Adapter]]:
        if not self._clients:
            self._clients = [AsyncClient(one, options=self._options, announce=self._announce) for one in self.adapters]
        return self._clients

    async def _account(
        self, client: AsyncClient[Adapter], tell: Teller, wanted: OrderFilter | None
    ) -> list[Listing[Any]]:
        try:
            plans = plans_of(client.adapter, wanted)
        except UsageError:  # what is wanted of the orders cannot be asked for
            raise
        except Exception as error:  # noqa: BLE001 - a fault of one adapter must not sink the others
            return [without_plans(client.adapter, error, tell)]
        return [await self._listing(client, plan, tell) for plan in plans]

    async def _listing(self, client: AsyncClient[Adapter], plan: Plan[Any], tell: Teller) -> Listing[Any]:
        watch = Watch(source=source_of(plan), tell=tell)
        tell(Progress(source=watch.source))
        try:
            listing = await client.attempt(plan, on_page=watch.page)
        except Exception as error:  # noqa: BLE001 - a fault of one adapter must not sink the others
            listing = broken(watch.source, error, plan.scope, watch.kept.values())
        tell(Progress(source=watch.source, records=len(listing), done=True, listing=listing))
        return listing

    async def close(self) -> None:
        """Close all connections."""
        clients, self._clients = self._clients, []
        for client in clients:
            await client.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
