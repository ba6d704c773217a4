"""Many accounts at once, in threads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from threading import Event
from types import TracebackType
from typing import Any, Self

from aggregator.activity import with_activity
from aggregator.adapter.base import Adapter
from aggregator.adapter.orders import OrderFilter
from aggregator.adapter.steps import Plan
from aggregator.client import Client
from aggregator.collect.accounts import Accounts, Wanted, order_filter, plans_of, source_of
from aggregator.collect.outcome import OnFailure, broken, judged, without_plans
from aggregator.collect.progress import Interrupted, OnProgress, Progress, Teller, Watch
from aggregator.errors import UsageError
from aggregator.model.listing import Listing
from aggregator.snapshot import Snapshot
from aggregator.wire.exchange import Announce, silent
from aggregator.wire.options import Options

MOST_ACCOUNTS_AT_ONCE = 16


class Aggregator(Accounts):
    """Collects from many accounts at once, several of a vendor if need be, in threads.

    Args:
        adapters: The accounts.
        options: Time-outs, patience and caps, for each of them.
        announce: Called with a sentence whenever a wait is worth mentioning.

    Raises:
        UsageError: Two accounts of one vendor have the same name.
    """

    def __init__(
        self, adapters: Iterable[Adapter], *, options: Options | None = None, announce: Announce = silent
    ) -> None:
        super().__init__(adapters, options=options, announce=announce)
        self._open = ExitStack()
        self._clients: list[Client[Adapter]] = []

    def collect(
        self,
        *,
        orders: Wanted = False,
        on_failure: OnFailure = "keep",
        on_progress: OnProgress | None = None,
    ) -> Snapshot:
        """Return what all accounts list, with the coverage of each listing.

        Args:
            orders: Fetch purchase orders too, of the platforms that have some, and count each connection's activity:
                all of them, those of so long a time, or those since a moment.
            on_failure: Whether listings that failed are merely kept as incomplete, or raise if any, or if all, failed.
            on_progress: Called after each page and each listing, from several threads. If it raises, that is
                logged, and it is not called again.

        Raises:
            CollectFailed: Listings failed, and `on_failure` says that it matters; it carries the snapshot.
        """
        taken_at, tell, stop = datetime.now(UTC), Teller(on_progress), Event()
        since = order_filter(orders, taken_at)
        workers = min(MOST_ACCOUNTS_AT_ONCE, len(self.adapters)) or 1
        with ThreadPoolExecutor(workers, thread_name_prefix="aggregator-account") as pool, _called_off(stop):
            under_way = [pool.submit(self._account, client, tell, stop, since) for client in self._connected()]
            listings = tuple(listing for one in under_way for listing in one.result())
        return judged(with_activity(Snapshot(taken_at=taken_at, listings=listings)), on_failure)

    def _connected(self) -> list[Client[Adapter]]:
        if not self._clients:
            self._clients = [
                self._open.enter_context(Client(one, options=self._options, announce=self._announce))
                for one in self.adapters
            ]
        return self._clients

    def _account(
        self, client: Client[Adapter], tell: Teller, stop: Event, wanted: OrderFilter | None
    ) -> list[Listing[Any]]:
        try:
            plans = plans_of(client.adapter, wanted)
        except UsageError:  # what is wanted of the orders cannot be asked for
            raise
        except Exception as error:  # noqa: BLE001 - a fault of one adapter must not sink the others
            return [without_plans(client.adapter, error, tell)]
        return [self._listing(client, plan, tell, stop) for plan in plans if not stop.is_set()]

    def _listing(self, client: Client[Adapter], plan: Plan[Any], tell: Teller, stop: Event) -> Listing[Any]:
        watch = Watch(source=source_of(plan), tell=tell, stop=stop)
        tell(Progress(source=watch.source))
        try:
            listing = client.attempt(plan, on_page=watch.page)
        except Exception as error:
            if isinstance(error, Interrupted):
                raise
            listing = broken(watch.source, error, plan.scope, watch.kept.values())
        tell(Progress(source=watch.source, records=len(listing), done=True, listing=listing))
        return listing

    def close(self) -> None:
        """Close all connections."""
        self._clients = []
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@contextmanager
def _called_off(stop: Event) -> Iterator[None]:
    """Let the other threads stop at their next page when this one is interrupted."""
    try:
        yield
    except BaseException:
        stop.set()
        raise
