"""Many accounts at once, in threads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from functools import partial

from aggregator.activity import with_activity
from aggregator.adapter.base import Adapter
from aggregator.adapter.unready import Unready
from aggregator.client import Client
from aggregator.collect.accounts import Accounts, Wanted, order_filter
from aggregator.collect.ledger import Entry, Ledger
from aggregator.collect.outcome import OnFailure, broken, check_on_failure, judged
from aggregator.collect.progress import OnProgress, Teller
from aggregator.snapshot import Snapshot
from aggregator.wire.closing import Closing
from aggregator.wire.options import Options
from aggregator.wire.wire import Announce, silent

MOST_ACCOUNTS_AT_ONCE = 16


class Aggregator(Accounts, Closing):
    """Collects from many accounts at once, several of a vendor if need be, in threads.

    Args:
        adapters: The accounts.
        options: Time-outs, patience and caps, for each of them.
        announce: Called with a sentence whenever a wait is worth mentioning.

    Raises:
        UsageError: Two accounts of one vendor have the same name, or an account or the options are none.
    """

    def __init__(
        self, adapters: Iterable[Adapter | Unready], *, options: Options | None = None, announce: Announce = silent
    ) -> None:
        super().__init__(adapters, options=options, announce=announce)
        self._open = ExitStack()
        self._clients: list[Client[Adapter]] = []
        self._ledger = Ledger()

    def collect(
        self,
        *,
        orders: Wanted | None = None,
        on_failure: OnFailure = "keep",
        on_progress: OnProgress | None = None,
    ) -> Snapshot:
        """Return what all accounts list, with the coverage of each listing.

        Args:
            orders: Fetch purchase orders too, of the platforms that have some, and count each connection's activity:
                all of them (True), those of so many days (90, or a timedelta), or those since a day or a moment with
                its time zone. None does as the settings file says, and fetches no orders without one.
            on_failure: Listings that failed are kept as incomplete ("keep"), or raise if any of them ("raise_if_any")
                or all of them ("raise_if_all") did.
            on_progress: Called after each page and each listing, from several threads. If it raises, that is
                logged, and it is not called again.

        Raises:
            CollectFailed: Listings failed, and `on_failure` says that it matters; it carries the snapshot.
            UsageError: An argument is none, or the proxy or the certificates of the environment cannot be used.
        """
        check_on_failure(on_failure)
        ledger = self._ledger = Ledger(tell=Teller(on_progress))
        wanted = order_filter(self._orders if orders is None else orders, ledger.taken_at)
        entries = ledger.enter(self._accounts, wanted)
        workers = min(MOST_ACCOUNTS_AT_ONCE, len(self.adapters)) or 1
        with ThreadPoolExecutor(workers, thread_name_prefix="aggregator-account") as pool, self._called_off(ledger):
            under_way = [
                pool.submit(self._account, client, account, ledger)
                for client, account in zip(self._connected(), entries, strict=True)
            ]
            for one in wait(under_way, return_when=FIRST_EXCEPTION).done:
                one.result()
        return judged(with_activity(ledger.snapshot()), on_failure)

    def so_far(self) -> Snapshot:
        """Return what the latest collect has finished, and what it has not as incomplete listings of what came.

        Of use after Ctrl-C.
        """
        return with_activity(self._ledger.snapshot())

    @contextmanager
    def _called_off(self, ledger: Ledger) -> Iterator[None]:
        """When this thread is interrupted, end all waits of the others; they stop, and their clients are done with."""
        try:
            yield
        except BaseException:
            ledger.stop.set()
            clients, self._clients = self._clients, []
            for client in clients:
                client.stop()
            raise

    def _connected(self) -> list[Client[Adapter]]:
        if not self._clients:
            self._clients = [
                self._open.enter_context(Client(one, options=self._options, announce=self._announce))
                for one in self.adapters
            ]
        return self._clients

    def _account(self, client: Client[Adapter], account: list[Entry], ledger: Ledger) -> None:
        for entry in account:
            if not ledger.stop.is_set():
                self._listing(client, entry, ledger)

    def _listing(self, client: Client[Adapter], entry: Entry, ledger: Ledger) -> None:
        ledger.begin(entry)
        try:
            listing = client.attempt(entry.plan, on_page=partial(ledger.page, entry))
        except Exception as error:
            if ledger.stop.is_set():  # nobody wants the rest any more
                raise
            listing = broken(entry.source, error, entry.plan.scope, entry.kept.values())
        ledger.finish(entry, listing)

    def close(self) -> None:
        """Close all connections."""
        self._clients = []
        self._open.close()
