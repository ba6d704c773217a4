"""Pages by a cursor, which each answer gives for the next; it is only ever a parameter, never an address."""

from __future__ import annotations

from attrs import frozen

from aggregator.adapter.steps import Call, PointsBack, Query
from aggregator.wire.pagers import Opening, PageSteps, Rows, ask


@frozen(kw_only=True)
class Cursor(Opening):
    """Pages by cursor. The end is an answer that gives none; an empty page with a cursor is not the end.

    Attributes:
        path: Path of the list.
        query: Query parameters of every page.
        parameter: The one that takes the cursor.
        opener: Opens a page; `Envelope.cursor` is what it gives for the next.
        can_shift: Rows inserted or deleted during the walk move others to another page.
        exact_total: The declared total counts exactly the rows of this list.
    """

    path: str
    query: Query = ()
    parameter: str = "cursor"
    can_shift: bool = True
    exact_total: bool = True

    def first(self) -> Call:
        """Return the call for the first page."""
        return Call(path=self.path, query=self.query)

    def pages(self) -> PageSteps:
        """Turn the pages; a cursor that came before leads in a circle."""
        call, met = self.first(), set[str]()
        while True:
            reply = yield from ask(call)
            envelope = self.open(reply)
            yield Rows(envelope=envelope, reply=reply)
            if not envelope.cursor:
                return
            if envelope.cursor in met:
                raise PointsBack("the cursor for the next page leads to an earlier page")
            met.add(envelope.cursor)
            call = Call(path=self.path, query=(*self.query, (self.parameter, envelope.cursor)))
