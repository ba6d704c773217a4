"""Pages by the id of the last row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import frozen

from aggregator.adapter.steps import Call, Malformed, Query
from aggregator.wire.pagers.pager import Opening, PageSteps, Rows, ask, give


@frozen(kw_only=True)
class Keyset(Opening):
    """A scan in the order of the id: each page asks for the ids after the last one seen.

    Insertions and deletions move nothing to another page. The end is a page that holds all that is declared to
    remain and is shorter than one before it, or an empty one. A row without an id (`row_id` is None) is passed over in
    the search for the last one.

    Attributes:
        size: Rows that are asked for on a page; a first page with fewer can be the last.
    """

    path: str
    query: Query = ()
    after_parameter: str
    row_id: Callable[[Any], str | None]
    size: int = 0
    can_shift: bool = False
    exact_total: bool = True

    def first(self) -> Call:
        return Call(path=self.path, query=self.query)

    def pages(self) -> PageSteps:
        call, full = self.first(), self.size
        largest = 0
        while True:
            reply = yield from ask(call)
            envelope = self.open(reply)
            records = yield from give(Rows(envelope=envelope, reply=reply))
            if not envelope.rows or (envelope.total == records < full and not envelope.more):
                return
            full = largest = max(largest, records)
            after = (self.after_parameter, self._last_id(envelope.rows))
            call = Call(path=self.path, query=(*self.query, after))

    def _last_id(self, rows: list[Any]) -> str:
        found = next((found for row in reversed(rows) if (found := self._id_of(row)) is not None), None)
        if found is None:
            raise Malformed(f"a page of {len(rows)} rows without a single id, so there is no going on from it")
        return found

    def _id_of(self, row: Any) -> str | None:  # noqa: ANN401 - raw payload
        try:
            return self.row_id(row)
        except (TypeError, LookupError, AttributeError, ValueError):  # a row of a shape the adapter did not expect
            return None
