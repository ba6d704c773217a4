"""Pages by where they start, in the query or in a posted body."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

from attrs import frozen

from aggregator.adapter.steps import Ahead, Call, Query
from aggregator.wire.pagers.pager import Opening, PageSteps, Rows, Sent, ask, give


@frozen(kw_only=True)
class StartLimit(Opening):
    """Pages by the offset of the first row and a count, in the query.

    The end is an empty page, or the declared total on a page shorter than one before it: a total alone can be too low.
    Where a row stands on its page twice, the next page begins one row earlier. If the platform's offset counts records,
    that is right; if it counts rows, some come again, and the walk notices.
    """

    path: str
    query: Query = ()
    limit: int
    can_shift: bool = True
    exact_total: bool = True

    def first(self) -> Call:
        return self._call(0)

    def pages(self) -> PageSteps:
        start, full, largest = 0, self.limit, 0
        while True:
            reply = yield from ask(self._call(start))
            envelope = self.open(reply)
            records = yield from give(Rows(envelope=envelope, reply=reply))
            start += records
            is_short = records == len(envelope.rows) < full  # a repeat fills a page up, or takes another's place
            if not envelope.rows or (start == envelope.total and is_short and not envelope.more):
                return
            full = largest = max(largest, records)

    def _call(self, start: int) -> Call:
        return Call(path=self.path, query=(*self.query, ("start", str(start)), ("limit", str(self.limit))))


@frozen(kw_only=True)
class StartLimitBody(Opening):
    """Pages by `start` and `limit` in a posted body, whichever way the platform reads `limit`.

    The documentation of one platform describes `limit` as the index of the last row, inclusive, while all its examples
    read it as a count. So each page is asked for by the reading that worked last; an empty answer is the end only
    when the other reading is empty too. What was received decides where the next page begins, as for `StartLimit`, so a
    silent cap loses nothing.
    """

    path: str
    body: Mapping[str, Any]
    limit: int
    exact_total: bool
    can_shift: bool = True

    def first(self) -> Call:
        return self._call(0, self.limit)

    def pages(self) -> PageSteps:
        start, as_count, call = 0, True, self.first()
        while True:
            page = yield from self._fetch(call)
            if not page.envelope.rows and as_count and start:
                page = yield from self._fetch(self._next(start, as_count=False))
                as_count = not page.envelope.rows
            if not page.envelope.rows:
                yield page
                return
            # Where the next page begins is known from the count of rows, before any of them is read; but for repeats.
            call = self._next(start + len(page.envelope.rows), as_count=as_count)
            yield Ahead(calls=(call,))
            records = yield from give(page)
            start += records
            if records < len(page.envelope.rows):
                call = self._next(start, as_count=as_count)

    def _fetch(self, call: Call) -> Generator[Call, Sent, Rows]:
        reply = yield from ask(call)
        return Rows(envelope=self.open(reply), reply=reply)

    def _next(self, start: int, *, as_count: bool) -> Call:
        return self._call(start, self.limit if as_count else start + self.limit)

    def _call(self, start: int, limit: int) -> Call:
        return Call(method="POST", path=self.path, body={**self.body, "start": start, "limit": limit})
