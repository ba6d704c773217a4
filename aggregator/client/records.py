"""What a client hands out: records one by one, or gathered into a listing."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from datetime import UTC, datetime
from typing import Generic, TypeVar, cast

from aggregator.adapter.steps import Page, Plan, WalkEnd
from aggregator.errors import ContractError
from aggregator.model.coverage import Coverage, StopReason
from aggregator.model.listing import Listing, ListingSource
from aggregator.model.record import Record
from aggregator.wire.drive import drive_async
from aggregator.wire.session import AsyncSession

R = TypeVar("R", bound=Record)
R_co = TypeVar("R_co", bound=Record, covariant=True)


def gathered(plan: Plan[R], records: dict[str, R], end: WalkEnd) -> Listing[R]:
    """Return the listing of all records that came: those two walks agree on, or everything where they did not."""
    kept = records.values() if end.order is None else (records[one] for one in end.order)
    return Listing(
        source=ListingSource(vendor=plan.vendor, account=plan.account, operation=plan.operation),
        records=tuple(kept),
        coverage=end.coverage,
        rejected=end.rejected,
        drift=end.drift,
        error=end.error,
    )


def raise_if_nothing_came(end: WalkEnd) -> None:
    """Raise the error that ended a walk before its first page."""
    if end.error is not None and end.coverage.pages == 0 and end.coverage.walks == 1:
        raise end.error


def only(plan: Plan[R], listing: Listing[R]) -> R:
    """Return the single record of a listing, or raise what prevented it."""
    if listing.error is not None:
        raise listing.error
    if len(listing) == 1:
        return listing[0]
    raise ContractError(
        f"one record was due, and {_what_came(listing)}.",
        vendor=plan.vendor,
        account=plan.account,
        operation=plan.operation,
    )


def _what_came(listing: Listing[R]) -> str:
    if len(listing) > 1:
        return f"{len(listing)} came"
    return f"none could be read: {'; '.join(map(str, listing.rejected[:5]))}" if listing.rejected else "none came"


def abandoned(plan: Plan[R], count: int) -> WalkEnd:
    """Return the end of a walk that nobody read to its end."""
    now = datetime.now(UTC)
    coverage = Coverage(
        complete=False,
        reason="the caller stopped reading",
        stop=StopReason.ABANDONED,
        scope=plan.scope,
        unique=count,
        started_at=now,
        finished_at=now,
    )
    return WalkEnd(coverage=coverage)


class Records(Iterator[R_co], Generic[R_co]):
    """The records of one list, one after the other; afterwards `end` tells whether they were all.

    An error ends the iteration by being raised, after every record that came before it.
    """

    def __init__(self, plan: Plan[R_co], pages: Generator[Page[R_co], None, WalkEnd]) -> None:
        self._plan = plan
        self._end: WalkEnd | None = None
        self._count = 0
        self.declared: int | None = None
        """How many records the platform says there are, as of the page that is being read."""
        self._pages = pages
        self._records = self._iterate()

    def _iterate(self) -> Generator[R_co, None, None]:
        while True:
            try:
                page = next(self._pages)
            except StopIteration as stop:
                self._end = cast("WalkEnd", stop.value)
                break
            self.declared = page.declared
            for record in page.fresh:
                self._count += 1
                yield record
        if self._end.error is not None:
            raise self._end.error

    def __next__(self) -> R_co:
        return next(self._records)

    @property
    def end(self) -> WalkEnd:
        """Coverage, rejected rows and drift, once the iteration is over; before that, that it was not finished."""
        return self._end or abandoned(self._plan, self._count)

    @property
    def coverage(self) -> Coverage:
        """Whether these were all the records there are."""
        return self.end.coverage

    def close(self) -> None:
        """Stop reading and let go of what is under way."""
        self._records.close()
        self._pages.close()


class AsyncRecords(AsyncIterator[R_co], Generic[R_co]):
    """As `Records`, in tasks."""

    def __init__(self, plan: Plan[R_co], session: AsyncSession) -> None:
        self._plan = plan
        self._ends: list[WalkEnd] = []
        self._count = 0
        self.declared: int | None = None
        """How many records the platform says there are, as of the page that is being read."""
        self._pages: AsyncGenerator[Page[R_co]] = drive_async(plan, session, self._ends)
        self._records = self._iterate()

    async def _iterate(self) -> AsyncGenerator[R_co]:
        async for page in self._pages:
            self.declared = page.declared
            for record in page.fresh:
                self._count += 1
                yield record
        if (error := self.end.error) is not None:
            raise error

    async def __anext__(self) -> R_co:
        return await anext(self._records)

    @property
    def end(self) -> WalkEnd:
        """Coverage, rejected rows and drift, once the iteration is over; before that, that it was not finished."""
        return self._ends[0] if self._ends else abandoned(self._plan, self._count)

    @property
    def coverage(self) -> Coverage:
        """Whether these were all the records there are."""
        return self.end.coverage

    async def aclose(self) -> None:
        """Stop reading and let go of what is under way."""
        await self._records.aclose()
        await self._pages.aclose()
