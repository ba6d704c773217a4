"""How each kind of list is turned page by page. A pager is a frozen description; each walk asks it for new `pages()`.

Rules that every pager keeps, because each was broken somewhere and lost rows in silence:

* Only the vendor's own sign ends a walk; a short page never does.
* The next page begins after what was *received*, not after what was asked for; by offset, after the records that the
  rows stand for: a row that stands on its page twice may, or may not, have a place in the platform's count.
* A vendor's `next` link is never followed; at most a page number is taken out of it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import Any, Protocol, TypeAlias

from attrs import field, frozen

from aggregator.adapter.steps import Ahead, Call, Malformed, PointsBack, Query, Reply
from aggregator.errors import NotFound

# Never hint at more pages than this at once: a declared total can be absurd.
MOST_PAGES_AHEAD = 10_000


@frozen(kw_only=True)
class Envelope:
    """One page, opened.

    Attributes:
        rows: The rows as they came.
        pointer: JSON pointer to the array of rows in the body.
        is_single: The pointer leads to the one row itself, not to an array.
        total: How many rows the platform says the list holds.
        page_count: How many pages it says the list has.
        more: Whether it says that there is a next page; None if it has no word for that.
        next_page: The number of the next page, if it says so.
        cursor: What asks for the next page, where that is no number; None on the last.
    """

    rows: list[Any] = field(repr=False)
    pointer: str = ""
    is_single: bool = False
    total: int | None = None
    page_count: int | None = None
    more: bool | None = None
    next_page: int | None = None
    cursor: str | None = None


Opener: TypeAlias = Callable[[Reply], Envelope]


@frozen(kw_only=True)
class Rows:
    """A page's rows, ready to be read, with the reply they came in."""

    envelope: Envelope
    reply: Reply = field(repr=False)


@frozen(kw_only=True)
class Vanished:
    """A page that was there a moment ago is gone: the list became shorter while it was walked."""

    what: str


# What a pager is sent: the reply to a call; after a page, how many records its rows stand for; else nothing.
Sent: TypeAlias = Reply | int | None

PageSteps: TypeAlias = Generator[Call | Ahead | Rows | Vanished, Sent, None]


class Pager(Protocol):
    """Turns pages.

    Attributes:
        can_shift: Rows inserted or deleted during the walk move others to another page.
        exact_total: The declared total counts exactly the rows of this list.
    """

    @property
    def can_shift(self) -> bool: ...

    @property
    def exact_total(self) -> bool: ...

    def first(self) -> Call:
        """Return the call for the first page."""

    def open(self, reply: Reply) -> Envelope:
        """Open one page; raises Malformed if it is none."""

    def pages(self) -> PageSteps:
        """Yield calls, and each page's rows, until the platform's own sign of the end."""


def ask(call: Call) -> Generator[Call, Sent, Reply]:
    """Yield a call, for a pager of one's own, and return the reply to it."""
    reply = yield call
    if not isinstance(reply, Reply):
        raise TypeError("a driver sends the reply to a call")
    return reply


def give(page: Rows) -> Generator[Rows, Sent, int]:
    """Yield a page, for a pager that counts, and return how many records its rows stand for: repeats stand for none."""
    records = yield page
    return records if isinstance(records, int) else len(page.envelope.rows)


@frozen(kw_only=True)
class Opening:
    """What opens each page of a list.

    Attributes:
        opener: Opens one page.
    """

    opener: Opener

    def open(self, reply: Reply) -> Envelope:
        """Open one page; raises Malformed if it is none."""
        return self.opener(reply)


@frozen(kw_only=True)
class Single(Opening):
    """A list, or one record, that comes whole in one answer; the closing bracket is the sign of the end."""

    call: Call
    can_shift: bool = False
    exact_total: bool = True

    def first(self) -> Call:
        return self.call

    def pages(self) -> PageSteps:
        reply = yield from ask(self.call)
        yield Rows(envelope=self.open(reply), reply=reply)


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


def open_array(reply: Reply) -> Envelope:
    """Open a bare JSON array.

    Raises:
        Malformed: It is something else.
    """
    document = reply.json()
    if not isinstance(document, list):
        raise Malformed(f"{_kind(document)}, where an array was due")
    return Envelope(rows=document, more=False)


def open_object(reply: Reply) -> Envelope:
    """Open a single JSON object as a page of one row.

    Raises:
        Malformed: It is something else.
    """
    document = reply.json()
    if not isinstance(document, dict):
        raise Malformed(f"{_kind(document)}, where an object was due")
    return Envelope(rows=[document], is_single=True, more=False)


def rows_of(document: Any, name: str) -> list[Any]:  # noqa: ANN401 - raw payload
    """Return the array that an envelope holds under `name`.

    Raises:
        Malformed: It is no object, or there is no array of that name in it.
    """
    rows = document.get(name) if isinstance(document, dict) else None
    if not isinstance(rows, list):
        is_object = isinstance(document, dict)
        held = f"an object with {[name[:40] for name in sorted(document)[:8]]}" if is_object else _kind(document)
        raise Malformed(f"{held}, where an object with an array {name!r} was due")
    return rows


def count_of(document: Mapping[str, Any], name: str) -> int | None:
    """Return a declared count, or None where it is missing, null, or no count at all."""
    value = document.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _kind(document: object) -> str:
    names = {dict: "an object", list: "an array", str: "a text", bool: "a boolean", type(None): "null"}
    return names.get(type(document), "a number")
