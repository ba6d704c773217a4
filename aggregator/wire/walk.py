"""Walks a list until it is certain what is on it, without doing any I/O.

One pass through the pages can be disturbed: rows are inserted or deleted while we turn them, and others slip to a page
we have already read or not yet reached. So every sign of that (an id on two pages, a total that changes or is not
reached, a first page that looks different at the end) leads to another pass, until two passes agree on the set of ids.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import UTC, datetime
from functools import partial
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
from aggregator.model.coverage import Coverage, Failure, StopReason
from aggregator.model.record import Record
from aggregator.secret import MASK, mask
from aggregator.wire import passes as bounds
from aggregator.wire.outcome import excerpt
from aggregator.wire.pagers import Envelope, Pager, Rows, Vanished, ask
from aggregator.wire.passes import REPEATED, Pass, all_rejected, count_rejected, settled, why_incomplete

R = TypeVar("R", bound=Record)

MOST_WALKS = 4


@frozen(kw_only=True)
class About:
    """Whose list it is; what every error and every source of the walk begins with."""

    vendor: str
    account: str
    operation: str
    scope: str | None = None


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
    passes: list[Pass] = field(factory=list)
    reply: Reply | None = None  # the latest
    started_at: datetime = field(factory=lambda: datetime.now(UTC))

    def steps(self) -> Steps[R]:
        while True:
            current: Pass = Pass(number=len(self.passes) + 1)
            try:
                yield from self._pass(current)
            except AggregatorError as error:
                current.stop, current.failure = StopReason.FAILURE, error
            self.passes.append(current)
            if current.stop is not StopReason.END or settled(self.passes):
                return self._end()
            self.seen.update(current.ids)
            if len(self.passes) == MOST_WALKS:
                return self._end()
            self.drift = DriftCount()  # the next pass counts anew, or every row would count twice

    def _pass(self, current: Pass) -> Generator[Call | Ahead | Page[R], Reply | None, None]:
        try:
            yield from self._turn_pages(current)
            yield from self._look_again(current)
        except Malformed as error:
            raise self._contract_error(error) from error

    def _turn_pages(self, current: Pass) -> Generator[Call | Ahead | Page[R], Reply | None, None]:
        steps = self.pager.pages()
        try:
            step = next(steps, None)
            while step is not None:
                if isinstance(step, Rows):
                    yield self._page(current, step)
                    if current.pages >= bounds.MOST_PAGES:
                        current.stop = StopReason.LIMIT
                    if current.cut or current.stop is not StopReason.END:
                        return
                    step = _next_step(partial(steps.send, current.records_here))
                elif isinstance(step, Vanished):
                    current.signs[step.what] = None
                    current.ended_early = True
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
            return _next_step(partial(steps.throw, error))
        return _next_step(partial(steps.send, self.reply))

    def _look_again(self, current: Pass) -> Generator[Call, Reply | None, None]:
        """Compare the first page with what it was: rows that moved leave a trace there, and in the totals."""
        if current.cut or current.stop is not StopReason.END:
            return
        if self.pager.can_shift and current.pages > 1:
            self.reply = reply = yield from ask(self.pager.first())
            envelope = self.pager.open(reply)
            self._note_total(current, envelope.total)
            if self._ids_on(envelope, reply) != current.first_ids:
                current.signs["the first page changed during the walk"] = None
            if current.declared is None and len(current.fingerprints) > 1 and not self.passes:
                # A row deleted behind the page being read moves another out of sight: only a total would tell.
                current.signs["no total is declared, so one walk alone proves nothing"] = None
        if self.pager.exact_total and current.shortfall:
            current.signs[current.shortfall] = None

    def _ids_on(self, envelope: Envelope, reply: Reply) -> tuple[str, ...]:
        place, ids = self._place(reply, 1, ""), []
        for row in envelope.rows:
            try:
                ids.append(self._read(row, place, DriftCount(), reply).source.id)
            except Unreadable:
                continue
        return tuple(ids)

    def _page(self, current: Pass, step: Rows) -> Page[R]:
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
                record = self._read(row, place, self.drift, reply)
            except Unreadable as error:
                current.note_unreadable(place, error.errors, row)
                continue
            record_id = record.source.id
            ids_here.append(record_id)
            if current.note_row(record_id, page_ids):
                records.append(record)
        self._guard(current, tuple(ids_here), step)
        current.records_here = len(envelope.rows) - (len(ids_here) - len(set(ids_here)))
        fresh = tuple(r for r in records if r.source.id not in self.seen) if self.seen else tuple(records)
        return Page(
            walk=current.number, number=current.pages, records=tuple(records), fresh=fresh, declared=current.declared
        )

    def _note_total(self, current: Pass, total: int | None) -> None:
        if current.pages == 1:
            current.declared = total
        elif self.pager.can_shift and total is not None and total != current.declared:
            current.signs["the declared total changed during the walk"] = None
            current.declared = total

    def _read(self, row: object, place: Place, drift: DriftCount, reply: Reply) -> R:
        try:
            record = self.read(row, place, drift)
        except (Unreadable, AggregatorError):
            raise
        except Exception as error:  # a row that trips a mapping up must not sink the others, nor get lost
            what = mask(f"{type(error).__name__}: {error}")[:200]
            raise Unreadable(f"the mapping failed over it, {what} @ $") from error
        if reply.is_masked and MASK in record.source.id:  # several rows would share it, and none is found by it
            raise Unreadable("its id holds a credential of the account @ $")
        return record

    def _guard(self, current: Pass, ids: tuple[str, ...], step: Rows) -> None:
        """Stop where pages repeat. Once, that can be the list moving by a whole page; in two passes, it is a loop."""
        is_new = current.note_page(ids, is_empty=not step.envelope.rows, reply=step.reply)
        if current.empty_in_a_row > bounds.MOST_EMPTY_PAGES:
            raise self._loop(f"{bounds.MOST_EMPTY_PAGES} pages in a row hold no rows, and more are announced", step)
        if is_new:
            return
        if not self.pager.can_shift or (self.passes and self.passes[-1].cut):
            raise self._loop(f"page {current.pages} repeats an earlier page row by row", step)
        current.signs[REPEATED] = None
        current.cut = True

    def _loop(self, what: str, step: Rows) -> PaginationLoop:
        return PaginationLoop(
            f"{what}; the list cannot be turned further.",
            vendor=self.about.vendor,
            account=self.about.account,
            operation=self.about.operation,
            status=step.reply.status,
            request=step.reply.request,
            hint="The platform seems to ignore the page parameter; what was read so far is kept.",
        )

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
        reason = why_incomplete(self.passes, exact_total=self.pager.exact_total, can_shift=self.pager.can_shift)
        order = tuple(last.ids) if last.stop is StopReason.END and settled(self.passes) else None
        coverage = Coverage(
            complete=reason is None,
            reason=reason,
            stop=last.stop,
            scope=self.about.scope,
            declared=last.declared,
            received=last.received,
            unique=len(last.ids) if order is not None else len(self.seen | last.ids.keys()),
            duplicates=last.duplicates,
            rejected=count_rejected(self.passes),
            pages=last.pages,
            walks=len(self.passes),
            drift=tuple({sign: None for one in self.passes for sign in one.signs}),
            started_at=self.started_at,
            finished_at=datetime.now(UTC),
            failure=_as_failure(last.failure),
        )
        return WalkEnd(
            coverage=coverage,
            rejected=all_rejected(self.passes),
            drift=self.drift.freeze(),
            order=order,
            error=last.failure,
        )


def _next_step(resume: Callable[[], Any]) -> Any:  # noqa: ANN401 - a pager's step, or None at its end
    try:
        return resume()
    except StopIteration:
        return None


def _as_failure(error: AggregatorError | None) -> Failure | None:
    return None if error is None else error.as_failure()
