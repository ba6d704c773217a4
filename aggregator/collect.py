"""Many accounts at once, into one snapshot. One account that fails never sinks the others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Any, Literal, Self, TypeAlias

from attrs import field, frozen

from aggregator.activity import with_activity
from aggregator.adapter.base import Adapter
from aggregator.adapter.capabilities import Support
from aggregator.adapter.orders import OrderFilter
from aggregator.adapter.steps import Page, Plan
from aggregator.client import AsyncClient, Client
from aggregator.errors import UsageError
from aggregator.model.coverage import Coverage, Failure, StopReason
from aggregator.model.listing import Listing, ListingSource
from aggregator.model.record import Record
from aggregator.snapshot import Snapshot
from aggregator.wire.exchange import Announce, silent
from aggregator.wire.options import Options

OnFailure: TypeAlias = Literal["keep", "raise_if_any", "raise_if_all"]

Wanted: TypeAlias = bool | timedelta | datetime
"""Which orders are fetched along: none, all, those of the last so long a time, or those since a moment."""

MOST_ACCOUNTS_AT_ONCE = 16

_log = logging.getLogger("aggregator.collect")


@frozen(kw_only=True)
class Progress:
    """How far one listing has come.

    Attributes:
        source: Which listing.
        records: Distinct records so far, in this walk.
        declared: How many the platform says there are, None if it does not say.
        walk: The number of the walk, from 1.
        done: The listing is finished; `listing` holds it.
        listing: The finished listing.
    """

    source: ListingSource
    records: int = 0
    declared: int | None = None
    walk: int = 1
    done: bool = False
    listing: Listing[Any] | None = None


OnProgress: TypeAlias = Callable[[Progress], None]


class CollectFailed(ExceptionGroup[Exception]):
    """Listings that failed, one exception each; what could be collected is in `snapshot`."""

    snapshot: Snapshot


class _Interrupted(Exception):  # noqa: N818 - a message between threads, never seen outside
    """Collecting was called off while this listing was under way."""


def _nobody(progress: Progress) -> None:
    del progress


@frozen(kw_only=True)
class _Watch:
    """Tells of progress, keeps what came, and stops a listing once collecting is called off."""

    source: ListingSource
    tell: OnProgress
    stop: Event | None = None
    kept: dict[str, Record] = field(factory=dict)
    counts: dict[int, int] = field(factory=dict)

    def page(self, page: Page[Any]) -> None:
        if self.stop is not None and self.stop.is_set():
            raise _Interrupted
        self.kept.update((record.source.id, record) for record in page.records)
        count = self.counts[page.walk] = self.counts.get(page.walk, 0) + len(page.records)
        self.tell(Progress(source=self.source, records=count, declared=page.declared, walk=page.walk))


@frozen(kw_only=True)
class _Settings:
    """What both aggregators are made of."""

    adapters: tuple[Adapter, ...]
    options: Options
    announce: Announce

    @classmethod
    def make(cls, adapters: Iterable[Adapter], options: Options | None, announce: Announce) -> Self:
        settings = cls(adapters=tuple(adapters), options=options or Options(), announce=announce)
        names = [(one.vendor, one.account) for one in settings.adapters]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise UsageError(
                f"Two {twice[0]} accounts are named {twice[1]!r}.",
                hint="Give each a name of its own with account=…: it is how their records are told apart.",
            )
        return settings


class Aggregator:
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
        self._settings = _Settings.make(adapters, options, announce)
        self._open = ExitStack()
        self._clients: list[Client[Adapter]] = []

    @classmethod
    def from_config(cls, path: str | Path, *, announce: Announce = silent) -> Self:
        """Return an aggregator of the accounts in a settings file.

        Raises:
            ConfigurationError: The file cannot be used; the message names the place and what to do.
        """
        from aggregator.config import read_config  # noqa: PLC0415 - most users name their accounts in code

        config = read_config(Path(path))
        return cls(config.adapters, options=config.options, announce=announce)

    @property
    def adapters(self) -> tuple[Adapter, ...]:
        """The accounts."""
        return self._settings.adapters

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
            on_progress: Called after each page and each listing, from several threads.

        Raises:
            CollectFailed: Listings failed, and `on_failure` says that it matters; it carries the snapshot.
        """
        taken_at, tell, stop = datetime.now(UTC), on_progress or _nobody, Event()
        since = _order_filter(orders, taken_at)
        workers = min(MOST_ACCOUNTS_AT_ONCE, len(self.adapters)) or 1
        with ThreadPoolExecutor(workers, thread_name_prefix="aggregator-account") as pool, _called_off(stop):
            under_way = [pool.submit(self._account, client, tell, stop, since) for client in self._connected()]
            listings = tuple(listing for one in under_way for listing in one.result())
        return _judged(with_activity(Snapshot(taken_at=taken_at, listings=listings)), on_failure)

    def _connected(self) -> list[Client[Adapter]]:
        if not self._clients:
            settings = self._settings
            self._clients = [
                self._open.enter_context(Client(one, options=settings.options, announce=settings.announce))
                for one in settings.adapters
            ]
        return self._clients

    def _account(
        self, client: Client[Adapter], tell: OnProgress, stop: Event, wanted: OrderFilter | None
    ) -> list[Listing[Any]]:
        try:
            plans = _plans(client.adapter, wanted)
        except UsageError:  # what is wanted of the orders cannot be asked for
            raise
        except Exception as error:  # noqa: BLE001 - a fault of one adapter must not sink the others
            return [_without_plans(client.adapter, error, tell)]
        return [self._listing(client, plan, tell, stop) for plan in plans if not stop.is_set()]

    def _listing(self, client: Client[Adapter], plan: Plan[Any], tell: OnProgress, stop: Event) -> Listing[Any]:
        watch = _Watch(source=_source(plan), tell=tell, stop=stop)
        tell(Progress(source=watch.source))
        try:
            listing = client.attempt(plan, on_page=watch.page)
        except Exception as error:
            if isinstance(error, _Interrupted):
                raise
            listing = _broken(watch.source, error, plan.scope, watch.kept.values())
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


class AsyncAggregator:
    """As `Aggregator`, in tasks of one asyncio event loop."""

    def __init__(
        self, adapters: Iterable[Adapter], *, options: Options | None = None, announce: Announce = silent
    ) -> None:
        self._settings = _Settings.make(adapters, options, announce)
        self._clients: list[AsyncClient[Adapter]] = []

    @classmethod
    def from_config(cls, path: str | Path, *, announce: Announce = silent) -> Self:
        """Return an aggregator of the accounts in a settings file.

        Raises:
            ConfigurationError: The file cannot be used; the message names the place and what to do.
        """
        from aggregator.config import read_config  # noqa: PLC0415 - most users name their accounts in code

        config = read_config(Path(path))
        return cls(config.adapters, options=config.options, announce=announce)

    @property
    def adapters(self) -> tuple[Adapter, ...]:
        """The accounts."""
        return self._settings.adapters

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
        taken_at, tell = datetime.now(UTC), on_progress or _nobody
        since = _order_filter(orders, taken_at)
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._account(client, tell, since)) for client in self._connected()]
        listings = tuple(listing for task in tasks for listing in task.result())
        return _judged(with_activity(Snapshot(taken_at=taken_at, listings=listings)), on_failure)

    def _connected(self) -> list[AsyncClient[Adapter]]:
        if not self._clients:
            settings = self._settings
            self._clients = [
                AsyncClient(one, options=settings.options, announce=settings.announce) for one in settings.adapters
            ]
        return self._clients

    async def _account(
        self, client: AsyncClient[Adapter], tell: OnProgress, wanted: OrderFilter | None
    ) -> list[Listing[Any]]:
        try:
            plans = _plans(client.adapter, wanted)
        except UsageError:  # what is wanted of the orders cannot be asked for
            raise
        except Exception as error:  # noqa: BLE001 - a fault of one adapter must not sink the others
            return [_without_plans(client.adapter, error, tell)]
        return [await self._listing(client, plan, tell) for plan in plans]

    async def _listing(self, client: AsyncClient[Adapter], plan: Plan[Any], tell: OnProgress) -> Listing[Any]:
        watch = _Watch(source=_source(plan), tell=tell)
        tell(Progress(source=watch.source))
        try:
            listing = await client.attempt(plan, on_page=watch.page)
        except Exception as error:  # noqa: BLE001 - a fault of one adapter must not sink the others
            listing = _broken(watch.source, error, plan.scope, watch.kept.values())
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


@contextmanager
def _called_off(stop: Event) -> Iterator[None]:
    """Let the other threads stop at their next page when this one is interrupted."""
    try:
        yield
    except BaseException:
        stop.set()
        raise


def _order_filter(orders: Wanted, now: datetime) -> OrderFilter | None:
    if isinstance(orders, bool):
        return OrderFilter() if orders else None
    return OrderFilter(since=now - orders if isinstance(orders, timedelta) else orders)


def _plans(adapter: Adapter, wanted: OrderFilter | None) -> tuple[Plan[Any], ...]:
    """What is fetched of an account: its lists of partners, and its orders where they are wanted and there are any."""
    if wanted is None or adapter.capabilities.orders.support is Support.NO:
        return adapter.listings()
    return (*adapter.listings(), adapter.find_orders(wanted))


def _source(plan: Plan[Any]) -> ListingSource:
    return ListingSource(vendor=plan.vendor, account=plan.account, operation=plan.operation)


def _without_plans(adapter: Adapter, error: Exception, tell: OnProgress) -> Listing[Any]:
    """The listing of an adapter that could not even say what it lists."""
    source = ListingSource(vendor=adapter.vendor, account=adapter.account, operation="listings")
    listing = _broken(source, error)
    tell(Progress(source=source, done=True, listing=listing))
    return listing


def _broken(
    source: ListingSource, error: Exception, scope: str | None = None, kept: Iterable[Record] = ()
) -> Listing[Any]:
    """The listing of an adapter that raised what no adapter should: its own fault, not the vendor's."""
    _log.exception("adapter_failed vendor=%s account=%s operation=%s", source.vendor, source.account, source.operation)
    now, records = datetime.now(UTC), tuple(kept)
    message = (
        f"{source.vendor} ({source.account}), {source.operation}: a fault in the adapter ({type(error).__name__})."
    )
    failure = Failure(code=type(error).__name__, message=f"{message} Please report it.")
    coverage = Coverage(
        complete=False,
        reason=failure.message,
        stop=StopReason.FAILURE,
        scope=scope,
        unique=len(records),
        started_at=now,
        finished_at=now,
        failure=failure,
    )
    return Listing(source=source, records=records, coverage=coverage, error=error)


def _judged(snapshot: Snapshot, on_failure: OnFailure) -> Snapshot:
    errors = [listing.error for listing in snapshot.listings if listing.error is not None]
    too_many = bool(errors) if on_failure == "raise_if_any" else len(errors) == len(snapshot.listings) > 0
    if on_failure == "keep" or not too_many:
        return snapshot
    failed = CollectFailed(f"{len(errors)} of {len(snapshot.listings)} listings failed", errors)
    failed.snapshot = snapshot
    raise failed
