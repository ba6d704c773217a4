"""Pages by their number."""

from __future__ import annotations

from attrs import frozen

from aggregator.adapter.steps import Ahead, Call, PointsBack, Query
from aggregator.errors import NotFound
from aggregator.wire.pagers.envelope import Envelope
from aggregator.wire.pagers.pager import Opening, PageSteps, Rows, Vanished, ask

# Never hint at more pages than this at once: a declared total can be absurd.
MOST_PAGES_AHEAD = 10_000


@frozen(kw_only=True)
class PageNumber(Opening):
    """Pages by number, from 1. Where the platform declares how many there are, they may be fetched at once.

    The end is what the platform says it is (`Envelope.more`, or the number of pages it announces); where it has no
    word for it, an empty page.
    """

    path: str
    query: Query = ()
    parameter: str = "page"
    can_shift: bool = True
    exact_total: bool = True

    def first(self) -> Call:
        return self._call(1)

    def pages(self) -> PageSteps:
        planned: dict[int, Call] = {}
        number = announced = 1
        while True:
            try:
                reply = yield from ask(planned.pop(number, self._call(number)))
            except NotFound:
                if number == 1:
                    raise
                yield Vanished(what=f"page {number} was announced and is gone")
                return
            envelope = self.open(reply)
            if number == 1 and (planned := self._plan(envelope)):
                announced = max(planned)
                yield Ahead(calls=tuple(planned.values()))
            yield Rows(envelope=envelope, reply=reply)
            if _is_last(envelope, number, announced):
                return
            following = number + 1 if envelope.next_page is None else envelope.next_page
            if following <= number:
                raise PointsBack(f"page {number} says that page {following} comes next")
            number = following

    def _call(self, number: int) -> Call:
        return Call(path=self.path, query=(*self.query, (self.parameter, str(number))))

    def _plan(self, envelope: Envelope) -> dict[int, Call]:
        """Plan the pages after the first by the size of the first, which the platform may have clamped."""
        count = envelope.page_count
        if count is None and envelope.total is not None and envelope.rows:
            count = -(-envelope.total // len(envelope.rows))
        return {number: self._call(number) for number in range(2, min(count or 1, MOST_PAGES_AHEAD) + 1)}


def _is_last(envelope: Envelope, number: int, announced: int) -> bool:
    if envelope.more is not None:
        return not envelope.more
    if envelope.page_count is not None:
        return number >= envelope.page_count
    return not envelope.rows and number >= announced
