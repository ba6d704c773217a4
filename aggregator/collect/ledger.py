"""What a collect has finished, and what it was at when it was cut short."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from attrs import define, field

from aggregator.adapter.base import Adapter
from aggregator.adapter.orders import OrderFilter
from aggregator.adapter.steps import Page, Plan
from aggregator.adapter.unready import Unready
from aggregator.collect.accounts import plans_of, source_of
from aggregator.collect.outcome import unasked, unfinished, without_plans
from aggregator.collect.progress import Progress, Teller
from aggregator.errors import UsageError
from aggregator.model.coverage import StopReason
from aggregator.model.listing import Listing, ListingSource
from aggregator.model.record import Record
from aggregator.model.record_page import AccountPages
from aggregator.snapshot import Snapshot
from aggregator.wire.stop import Stop


@define(kw_only=True)
class Entry:
    """One listing: due, under way, or finished.

    Attributes:
        plan: What is fetched.
        kept: The records that came, by id.
        counts: How many came in each walk.
        listing: The finished listing.
    """

    plan: Plan[Any]
    kept: dict[str, Record] = field(factory=dict)
    counts: dict[int, int] = field(factory=dict)
    listing: Listing[Any] | None = None

    @property
    def source(self) -> ListingSource:
        """Which listing."""
        return source_of(self.plan)

    def count(self, page: Page[Any]) -> int:
        """Keep the records of a page; return how many came in its walk so far."""
        self.kept.update((record.source.id, record) for record in page.records)
        self.counts[page.walk] = self.counts.get(page.walk, 0) + len(page.records)
        return self.counts[page.walk]

    def so_far(self) -> Listing[Any]:
        """Return the listing, or an incomplete one of what came before collecting was cut short."""
        if self.listing is not None:  # an empty one is falsy
            return self.listing
        return unfinished(
            self.source,
            tuple(self.kept.values()),
            stop=StopReason.ABANDONED,
            reason="collecting was cut short before this list was at its end",
            scope=self.plan.scope,
        )


@define(kw_only=True)
class Ledger:
    """All listings of one collect.

    Attributes:
        tell: Tells of progress.
        taken_at: When it began.
        stop: Set when nobody wants the rest any more.
        accounts: The listings of each account, in its order; those of an adapter's own fault too.
        record_pages: Where people see the records of an account, of each whose settings say it.
    """

    tell: Teller = field(factory=lambda: Teller(None))
    taken_at: datetime = field(factory=lambda: datetime.now(UTC))
    stop: Stop = field(factory=Stop)
    accounts: list[list[Entry | Listing[Any]]] = field(factory=list)
    record_pages: list[AccountPages] = field(factory=list)

    def enter(self, accounts: Iterable[Adapter | Unready], wanted: OrderFilter | None) -> list[list[Entry]]:
        """Enter all listings that are due; return those to be fetched, by adapter."""
        due = []
        for account in accounts:
            adapter = account.described if isinstance(account, Unready) else account
            if adapter is not None and adapter.record_page:
                pages = AccountPages(vendor=adapter.vendor, account=adapter.account, pages=adapter.record_page)
                self.record_pages.append(pages)
            if isinstance(account, Unready):
                self.accounts.append([*unasked(account, _plans_of_unready(account, wanted), self.tell)])
            else:
                due.append(self._enter(account, wanted))
        return due

    def _enter(self, adapter: Adapter, wanted: OrderFilter | None) -> list[Entry]:
        try:
            entries = [Entry(plan=plan) for plan in plans_of(adapter, wanted)]
        except UsageError:  # what is wanted of the orders cannot be asked for
            raise
        except Exception as error:  # noqa: BLE001 - a fault of one adapter must not sink the others
            self.accounts.append([without_plans(adapter, error, self.tell)])
            return []
        self.accounts.append(list(entries))
        return entries

    def begin(self, entry: Entry) -> None:
        """Say that a listing begins."""
        self.tell(Progress(source=entry.source))

    def page(self, entry: Entry, page: Page[Any]) -> None:
        """Keep a page and tell of it.

        Raises:
            Abandoned: Nobody wants the rest any more.
        """
        self.stop.check()
        count = entry.count(page)
        self.tell(Progress(source=entry.source, records=count, declared=page.declared, walk=page.walk))

    def finish(self, entry: Entry, listing: Listing[Any]) -> None:
        """Keep a finished listing and tell of it."""
        entry.listing = listing
        self.tell(Progress(source=entry.source, records=len(listing), done=True, listing=listing))

    def snapshot(self) -> Snapshot:
        """Return what is finished, and what is not as incomplete listings."""
        listings = (
            entry.so_far() if isinstance(entry, Entry) else entry for account in self.accounts for entry in account
        )
        return Snapshot(taken_at=self.taken_at, listings=tuple(listings), record_pages=tuple(self.record_pages))


def _plans_of_unready(account: Unready, wanted: OrderFilter | None) -> tuple[Plan[Any], ...]:
    if account.described is None:
        return ()
    try:
        return plans_of(account.described, wanted)
    except Exception:  # noqa: BLE001 - what it cannot say will be told once its secret is there
        return ()
