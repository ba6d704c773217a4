"""Walks a list until it is certain what is on it, without doing any I/O.

One pass through the pages can be disturbed: rows are inserted or deleted while we turn them, and others slip to a page
we have already read or not yet reached. So every sign of that (an id on two pages, a total that changes or is not
reached, a first page that looks different at the end) leads to another pass, until two passes agree on the set of ids.
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from attrs import define, field, frozen

from aggregator.adapter.base import Adapter
from aggregator.adapter.steps import (
    Ahead,
    Call,
    DriftCount,
    Malformed,
    Page,
    Place,
    PointsBack,
    Reply,
    RowReader,
    Steps,
    Unreadable,
    WalkEnd,
)
from aggregator.errors import AggregatorError, ContractError, PaginationLoop, VendorError
from aggregator.model.coverage import Coverage, Failure, Rejected, StopReason
from aggregator.model.record import Record
from aggregator.secret import mask
from aggregator.wire.outcome import excerpt
from aggregator.wire.pagers import Pager, Rows, Vanished

R = TypeVar("R", bound=Record)

MOST_WALKS = 4
MOST_PAGES = 100_000


@frozen(kw_only=True)
class About:
    """Whose list it is; what every error and every source of the walk begins with."""

    vendor: str
    account: str
    operation: str
    scope: str | None = None


@define
class Pass(Generic[R]):
    """One turn through all pages."""

    number: int
    ids: dict[str, None] = field(factory=dict)
    fingerprints: set[int] = field(factory=set)
    first_ids: tuple[str, ...] | None = None
    declared: int | None = None
    received: int = 0
    duplicates: int = 0
    pages: int = 0
    rejected: list[Rejected] = field(factory=list)
    signs: dict[str, None] = field(factory=dict)  # of a disturbance, each once, in order
    stop: StopReason = StopReason.END
    failure: AggregatorError | None = None

    @property
    def shortfall(self) -> str | None:
        """How the pass differs from what was declared, as a sentence; None if it does not."""
        read = self.received - self._moved
        if self.declared is None or self.declared == read:
            return None
        return f"{self.declared} declared, {read} came"

    _moved: int = 0  # duplicates that came on another page than the first of their id

    def note_row(self, record_id: str, page_ids: dict[str, None]) -> bool:
        """Count a record; return whether it is the first of its id in this pass."""
        if record_id not in self.ids:
            self.ids[record_id] = None
            page_ids[record_id] = None
            return True
        self.duplicates += 1
        if record_id not in page_ids:
            self._moved += 1
            self.signs["ids came again on a later page"] = None
        return False


def walk(pager: Pager, read: RowReader[R], *, adapter: Adapter, operation: str, scope: str | None = None) -> Steps[R]:
    """Walk a list until two passes agree or none was disturbed; the end says how complete it is.

    Args:
        pager: How the pages are turned.
        read: Makes a record of a row, or raises Unreadable.
        adapter: Whose list it is.
        operation: What is listed.
        scope: The filter, in words; None for everything.
    """
    about = About(vendor=adapter.vendor, account=adapter.account, operation=operation, scope=scope)
    return _Walk(pager=pager, read=read, about=about).steps()


@define(kw_only=True)
class _Walk(Generic[R]):
    pager: Pager
    read: RowReader[R]
    about: About
    drift: DriftCount = field(factory=DriftCount)
    seen: set[str] = field(factory=set)  # ids of earlier passes
    passes: list[Pass[R]] = field(factory=list)
    reply: Reply | None = None  # the latest
    started_at: datetime = field(factory=lambda: datetime.now(UTC))

    def steps(self) -> Steps[R]:
        while True:
            current: Pass[R] = Pass(number=len(self.passes) + 1)
            try:
                yield from self._pass(current)
            except AggregatorError as error:
                current.stop, current.failure = StopReason.FAILURE, error
            self.passes.append(current)
            if current.stop is not StopReason.END or self._settled():
                return self._end()
            self.seen.update(current.ids)
            if len(self.passes) == MOST_WALKS:
                return self._end()
            self.drift = DriftCount()  # the next pass counts anew, or every row would count twice

    def _settled(self) -> bool:
        current = self.passes[-1]
        if len(self.passes) == 1:
            return not current.signs
        return current.ids.keys() == self.passes[-2].ids.keys()

    def _pass(self, current: Pass[R]) -> Generator[Call | Ahead | Page[R], Reply | None, None]:
        try:
            yield from self._turn_pages(current)
            yield from self._look_again(current)
        except Malformed as error:
            raise self._contract_error(error) from error

    def _turn_pages(self, current: Pass[R]) -> Generator[Call | Ahead | Page[R], Reply | None, None]:
        steps = self.pager.pages()
        try:
            step = next(steps, None)
            while step is not None:
                if isinstance(step, Rows):
                    yield self._page(current, step)
                    if current.pages >= MOST_PAGES:
                        current.stop = StopReason.LIMIT
                        return
                    step = next(steps, None)
                elif isinstance(step, Vanished):
                    current.signs[step.what] = None
                    step = next(steps, None)
                else:
                    step = yield from self._forward(steps, step)
        finally:
            steps.close()

    def _forward(
        self, steps: Generator[Any, Reply | None, None], step: Call | Ahead
    ) -> Generator[Call | Ahead, Reply | None, Any]:
        """Pass a call on to the driver, and its reply or its error back to the pager."""
        try:
            self.reply = yield step
        except VendorError as error:
            return steps.throw(error)
        return steps.send(self.reply)

    def _look_again(self, current: Pass[R]) -> Generator[Call, Reply | None, None]:
        """Compare the first page with what it was: rows that moved leave a trace there, and in the totals."""
        if self.pager.can_shift and current.pages > 1 and current.stop is StopReason.END:
            self.reply = yield self.pager.first()
            if self._ids_on_first_page() != current.first_ids:
                current.signs["the first page changed during the walk"] = None
        if self.pager.exact_total and current.shortfall:
            current.signs[current.shortfall] = None

    def _ids_on_first_page(self) -> tuple[str, ...]:
        assert self.reply is not None  # noqa: S101 - for the type checker: a driver sends the reply to a call
        place, ids = self._place(self.reply, 1, ""), []
        for row in self.pager.open(self.reply).rows:
            try:
                ids.append(self.read(row, place, DriftCount()).source.id)
            except Unreadable:
                continue
        return tuple(ids)

    def _page(self, current: Pass[R], step: Rows) -> Page[R]:
        envelope, reply = step.envelope, step.reply
        current.pages += 1
        self._note_total(current, envelope.total)
        records: list[R] = []
        ids_here: list[str] = []
        page_ids: dict[str, None] = {}
        for index, row in enumerate(envelope.rows):
            current.received += 1
            pointer = envelope.pointer if envelope.is_single else f"{envelope.pointer}/{index}"
            place = self._place(reply, current.pages, pointer)
            try:
                record = self.read(row, place, self.drift)
            except Unreadable as error:
                current.rejected.append(_rejected(place, error, row))
                continue
            ids_here.append(record.source.id)
            if current.note_row(record.source.id, page_ids):
                records.append(record)
        self._guard(current, tuple(ids_here), reply)
        fresh = tuple(r for r in records if r.source.id not in self.seen) if self.seen else tuple(records)
        return Page(
            walk=current.number, number=current.pages, records=tuple(records), fresh=fresh, declared=current.declared
        )

    def _note_total(self, current: Pass[R], total: int | None) -> None:
        if current.pages == 1:
            current.declared = total
        elif self.pager.can_shift and total is not None and total != current.declared:
            current.signs["the declared total changed during the walk"] = None
            current.declared = total

    def _guard(self, current: Pass[R], ids: tuple[str, ...], reply: Reply) -> None:
        if current.first_ids is None:
            current.first_ids = ids
        fingerprint = hash(ids)
        if ids and fingerprint in current.fingerprints:
            raise PaginationLoop(
                f"page {current.pages} repeats an earlier page row by row; the list cannot be turned further.",
                vendor=self.about.vendor,
                account=self.about.account,
                operation=self.about.operation,
                status=reply.status,
                request=reply.request,
                hint="The platform seems to ignore the page parameter; what was read so far is kept.",
            )
        current.fingerprints.add(fingerprint)

    def _place(self, reply: Reply, page: int, pointer: str) -> Place:
        return Place(
            vendor=self.about.vendor,
            account=self.about.account,
            operation=self.about.operation,
            page=page,
            request=reply.request,
            pointer=pointer,
            fetched_at=reply.fetched_at,
        )

    def _contract_error(self, error: Malformed) -> ContractError:
        reply = self.reply
        kind = PaginationLoop if isinstance(error, PointsBack) else ContractError
        return kind(
            mask(f"the answer cannot be read: {error}."),
            vendor=self.about.vendor,
            account=self.about.account,
            operation=self.about.operation,
            status=None if reply is None else reply.status,
            request="" if reply is None else reply.request,
            excerpt="" if reply is None else excerpt(reply),
            hint="Check base_url; if it is right, the platform answers with something it does not document.",
        )

    def _end(self) -> WalkEnd:
        last = self.passes[-1]
        reason = self._why_incomplete(last)
        order = tuple(last.ids) if last.stop is StopReason.END and self._settled() else None
        coverage = Coverage(
            complete=reason is None,
            reason=reason,
            stop=last.stop,
            scope=self.about.scope,
            declared=last.declared,
            received=last.received,
            unique=len(last.ids) if order is not None else len(self.seen | last.ids.keys()),
            duplicates=last.duplicates,
            rejected=len(last.rejected),
            pages=last.pages,
            walks=len(self.passes),
            drift=tuple({sign: None for one in self.passes for sign in one.signs}),
            started_at=self.started_at,
            finished_at=datetime.now(UTC),
            failure=_as_failure(last.failure),
        )
        return WalkEnd(
            coverage=coverage, rejected=tuple(last.rejected), drift=self.drift.freeze(), order=order, error=last.failure
        )

    def _why_incomplete(self, last: Pass[R]) -> str | None:
        if last.failure is not None:
            return str(last.failure)
        if last.stop is StopReason.LIMIT:
            return f"the walk was cut off after {MOST_PAGES:,} pages"
        if not self._settled():
            return f"{len(self.passes)} walks never agreed: {'; '.join(last.signs) or 'the ids differ'}"
        if self.pager.exact_total and last.shortfall:
            return f"{last.shortfall}, in {len(self.passes)} walks that agree"
        if last.rejected:
            return f"{len(last.rejected)} of {last.received} rows could not be read, first: {last.rejected[0]}"
        return None


def _as_failure(error: AggregatorError | None) -> Failure | None:
    return None if error is None else error.as_failure()


def _rejected(place: Place, error: Unreadable, row: object) -> Rejected:
    return Rejected(page=place.page, request=place.request, pointer=place.pointer, errors=error.errors, raw=row)
