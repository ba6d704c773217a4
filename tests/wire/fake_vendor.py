"""A made-up platform: an adapter, its lists in memory in every paging dialect, a server for httpx, a driver by hand."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock
from typing import Any, Literal, TypeAlias
from urllib.parse import parse_qs

import httpx
from attrs import define, fields, frozen

from aggregator.adapter import (
    YES,
    Ahead,
    Call,
    Capabilities,
    DriftCount,
    Login,
    Page,
    Place,
    Plan,
    Reply,
    Steps,
    Unreadable,
    WalkEnd,
)
from aggregator.adapter.base import Adapter
from aggregator.client import AsyncClient, Client
from aggregator.errors import AggregatorError
from aggregator.model import Connection, ConnectionStatus, Listing
from aggregator.secret import Secret
from aggregator.wire.options import Options
from aggregator.wire.pagers import Envelope, Pager, Single, count_of, rows_of
from aggregator.wire.session import AsyncSession, Session
from aggregator.wire.walk import walk
from aggregator.wire.wire import Wire, silent
from tests.fakes import FakeClock, reply

BASE = "https://vendor.test"
_NOTHING: Any = object()
CAPABILITIES = Capabilities(**{one.name: YES for one in fields(Capabilities)})


def read_row(row: Any, place: Place, drift: DriftCount) -> Connection:
    """A connection of a row with an id; any other row is unreadable."""
    if not isinstance(row, dict) or not isinstance(row.get("id"), str):
        raise Unreadable("an id was due @ $.id")
    source = place.source(kind="connection", id=row["id"], mapping="fake.connection")
    return Connection(source=source, id=row["id"], status=ConnectionStatus.ACTIVE)


def open_rows(document: Reply) -> Envelope:
    """A page in the fake's own envelope: rows, and whatever else it declares."""
    body = document.json()
    rows = rows_of(body, "rows")
    return Envelope(
        rows=rows,
        pointer="/rows",
        total=count_of(body, "total"),
        page_count=count_of(body, "page_count"),
        more=body.get("more"),
        next_page=body.get("next"),
    )


@frozen(kw_only=True)
class Fake(Adapter):
    """An account on the made-up platform, with the pager and the login of the test's choice."""

    vendor = "fake"
    title = "Fake Platform"
    capabilities = CAPABILITIES

    base_url: str = BASE
    given_login: Login = Login(token=Secret("ready-token-0001"))
    pager: Pager = Single(call=Call(path="/rows"), opener=open_rows)

    @property
    def login(self) -> Login:
        return self.given_login

    def listings(self) -> tuple[Plan[Any], ...]:
        return (self.connections(),)

    def probe(self) -> Plan[Any]:
        return self.connections()

    def connections(self, *, scope: str | None = None) -> Plan[Connection]:
        return self.plan("connections", lambda: self.steps(scope), scope=scope)

    def connection(self, connection_id: str) -> Plan[Connection]:
        pager = Single(call=Call(path=f"/rows/{connection_id}"), opener=open_rows)
        return self.plan("connection", lambda: walk(pager, read_row, adapter=self, operation="connection"))

    def steps(self, scope: str | None = None) -> Steps[Connection]:
        return walk(self.pager, read_row, adapter=self, operation="connections", scope=scope)


def rows(count: int, *, start: int = 0) -> list[dict[str, Any]]:
    """Rows whose ids sort as they stand."""
    return [{"id": f"r{number:05d}"} for number in range(start, start + count)]


Mutation: TypeAlias = Callable[["FakeList"], None]
Reading: TypeAlias = Literal["count", "inclusive", "exclusive"]


@define(kw_only=True)
class FakeList:
    """A list in memory, served in every paging dialect.

    Attributes:
        rows: What is on it now.
        size: The most rows on a page, whatever is asked for.
        declares: Which of total, page_count and more an answer carries.
        total: A total to declare instead of the true one.
        empty_pages: Numbers of the pages that hold no row, from 1.
        mutate: Called before each request is answered.
        reading: How `limit` is read.
        requests: Requests answered so far.
    """

    rows: list[Any]
    size: int = 3
    declares: frozenset[str] = frozenset({"total", "more"})
    total: int | None = None
    empty_pages: frozenset[int] = frozenset()
    mutate: Mutation | None = None
    reading: Reading = "count"
    requests: int = 0

    def _begin(self) -> None:
        self.requests += 1
        if self.mutate is not None:
            self.mutate(self)

    def _answer(self, chosen: list[Any], *, total: int, page_count: int, more: bool) -> Reply:
        total = total if self.total is None else self.total
        said = {"total": total, "page_count": page_count, "more": more}
        return reply({"rows": chosen, **{key: value for key, value in said.items() if key in self.declares}})

    def by_number(self, call: Call) -> Reply:
        self._begin()
        number = int(dict(call.query)["page"])
        held = list(self.rows)
        for empty in sorted(self.empty_pages):  # an empty page in the middle takes no row away
            held[(empty - 1) * self.size : (empty - 1) * self.size] = [_NOTHING] * self.size
        count = -(-len(held) // self.size)
        chosen = [row for row in held[(number - 1) * self.size : number * self.size] if row is not _NOTHING]
        return self._answer(chosen, total=len(self.rows), page_count=count, more=number < count)

    def by_key(self, call: Call) -> Reply:
        self._begin()
        after = dict(call.query).get("after", "")
        left = sorted((row for row in self.rows if row["id"] > after), key=lambda row: str(row["id"]))
        return self._answer(left[: self.size], total=len(left), page_count=1, more=len(left) > self.size)

    def by_start(self, call: Call) -> Reply:
        self._begin()
        asked = dict(call.query) if call.body is None else call.body
        start, limit = int(asked["start"]), int(asked["limit"])
        end = {"count": start + limit, "inclusive": limit + 1, "exclusive": limit}[self.reading]
        chosen = self.rows[start : min(max(end, start), start + self.size)]
        return self._answer(chosen, total=len(self.rows), page_count=1, more=start + len(chosen) < len(self.rows))


@frozen
class Played:
    """What a walk did, driven by hand."""

    pages: list[Page[Connection]]
    end: WalkEnd
    calls: list[Call]
    hints: list[Ahead]

    @property
    def ids(self) -> list[str]:
        """The ids a listing of this walk would hold."""
        held = {record.id: None for page in self.pages for record in page.records}
        return list(held) if self.end.order is None else list(self.end.order)

    @property
    def fresh(self) -> list[str]:
        """The ids a lazy reader of this walk has met, in order."""
        return [record.id for page in self.pages for record in page.fresh]


def play(steps: Steps[Connection], answer: Callable[[Call], Reply | AggregatorError], *, most: int = 3000) -> Played:
    """Drive a walk by hand, each call answered by a function; a walk that asks for ever fails."""
    pages: list[Page[Connection]] = []
    calls: list[Call] = []
    hints: list[Ahead] = []
    try:
        step = next(steps)
        while True:
            if isinstance(step, Call):
                calls.append(step)
                assert len(calls) <= most, "the walk does not end"
                answered = answer(step)
                step = steps.throw(answered) if isinstance(answered, AggregatorError) else steps.send(answered)
                continue
            if isinstance(step, Ahead):
                hints.append(step)
            else:
                pages.append(step)
            step = next(steps)
    except StopIteration as stop:
        return Played(pages, stop.value, calls, hints)


class Pieces(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that arrives in pieces, unread until somebody reads it; an exception breaks it off."""

    def __init__(self, pieces: Iterable[bytes | Exception]) -> None:
        self._pieces = pieces
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


def respond(
    body: Any = None, *, status: int = 200, headers: Mapping[str, str] | None = None, pieces: Any = None
) -> httpx.Response:
    """A response with an unread body: pieces or bytes as they are, anything else as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return httpx.Response(status, headers=headers, stream=Pieces([content] if pieces is None else pieces))


Answer: TypeAlias = Callable[[httpx.Request], "httpx.Response | Exception"]


class FakeServer(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers by a function of the request, remembers every request, and counts how many are under way at once.

    Attributes:
        requests: What came, in order.
        tokens: The Authorization header of each, as it was then.
        most_under_way: How many were under way at once.

    Args:
        answer: Returns the response, or the exception to raise.
        at_once: So many requests wait for each other: fewer would wait for ever, and fail.
        alone: Numbers of the requests, from 1, that wait for nobody.
    """

    def __init__(self, answer: Answer, *, at_once: int = 0, alone: frozenset[int] = frozenset({1})) -> None:
        self.requests: list[httpx.Request] = []
        self.tokens: list[str | None] = []
        self.under_way = self.most_under_way = 0
        self._answer = answer
        self._at_once = at_once
        self._alone = alone
        self._barrier = Barrier(at_once) if at_once else None
        self._async_barrier: asyncio.Barrier | None = None
        self._lock = Lock()

    def _enter(self, request: httpx.Request) -> bool:
        with self._lock:
            self.requests.append(request)
            self.tokens.append(request.headers.get("authorization"))
            self.under_way += 1
            self.most_under_way = max(self.most_under_way, self.under_way)
            return self._at_once > 0 and len(self.requests) not in self._alone

    def _leave(self) -> None:
        with self._lock:
            self.under_way -= 1

    def _respond(self, request: httpx.Request) -> httpx.Response:
        answered = self._answer(request)
        if isinstance(answered, Exception):
            raise answered
        return answered

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        waits = self._enter(request)
        try:
            if waits and self._barrier is not None:
                self._barrier.wait(timeout=60)
            return self._respond(request)
        finally:
            self._leave()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        waits = self._enter(request)
        try:
            if waits:
                self._async_barrier = self._async_barrier or asyncio.Barrier(self._at_once)
                await asyncio.wait_for(self._async_barrier.wait(), timeout=60)
            else:
                await asyncio.sleep(0)  # lets the others begin, as a socket would
            return self._respond(request)
        finally:
            self._leave()

    def count(self, path: str) -> int:
        """How many requests came for a path."""
        return sum(request.url.path == path for request in self.requests)


def as_call(request: httpx.Request) -> Call:
    """The call a request was made of."""
    query = tuple((name, one) for name, many in parse_qs(request.url.query.decode()).items() for one in many)
    body = json.loads(request.content) if request.content else None
    return Call(path=request.url.path, query=query, body=body)


def over_http(answer: Callable[[Call], Reply]) -> Answer:
    """Serve what a fake list answers."""

    def serve(request: httpx.Request) -> httpx.Response:
        answered = answer(as_call(request))
        return respond(answered.content, status=answered.status)

    return serve


def wire_of(adapter: Adapter, *, clock: FakeClock | None = None, announce: Any = silent, **options: Any) -> Wire:
    """A wire by a fake clock."""
    return Wire(adapter=adapter, options=Options(**options), clock=clock or FakeClock(), announce=announce)


@frozen
class Threads:
    """Everything by threads."""

    name: str = "threads"

    def open(self, wire: Wire) -> None:
        """Make a session over the real network, and close it; nothing is sent."""
        Session(wire).close()

    def fetch_all(self, wire: Wire, server: FakeServer, calls: list[Call]) -> list[Any]:
        """Send all calls at once; return replies and errors."""

        def fetch(call: Call) -> Any:
            try:
                return session.fetch(call, "connections")
            except Exception as error:  # noqa: BLE001 - whatever it is, the test judges it
                return error

        with Session(wire, transport=server) as session, ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(fetch, calls))

    def fetch(self, wire: Wire, server: FakeServer, *calls: Call) -> Any:
        """Send calls one after the other; return the last reply, or raise."""
        with Session(wire, transport=server) as session:
            return [session.fetch(call, "connections") for call in calls or (Call(path="/x"),)][-1]

    def listing(self, adapter: Fake, server: FakeServer, *, attempt: bool = False, **details: Any) -> Listing[Any]:
        """Return the listing of the fake's connections."""
        on_page = details.pop("on_page", None)
        with Client(adapter, transport=server, **{"clock": FakeClock(), **details}) as client:
            return (client.attempt if attempt else client.listing)(adapter.connections(), on_page=on_page)


@frozen
class Tasks:
    """Everything by tasks."""

    name: str = "tasks"

    def open(self, wire: Wire) -> None:
        """Make a session over the real network, and close it; nothing is sent."""

        async def run() -> None:
            await AsyncSession(wire).close()

        asyncio.run(run())

    def fetch_all(self, wire: Wire, server: FakeServer, calls: list[Call]) -> list[Any]:
        """Send all calls at once; return replies and errors."""

        async def run() -> list[Any]:
            async with AsyncSession(wire, transport=server) as session:
                fetches = [session.fetch(call, "connections") for call in calls]
                return await asyncio.gather(*fetches, return_exceptions=True)

        return asyncio.run(run())

    def fetch(self, wire: Wire, server: FakeServer, *calls: Call) -> Any:
        """Send calls one after the other; return the last reply, or raise."""

        async def run() -> Any:
            async with AsyncSession(wire, transport=server) as session:
                return [await session.fetch(call, "connections") for call in calls or (Call(path="/x"),)][-1]

        return asyncio.run(run())

    def listing(self, adapter: Fake, server: FakeServer, *, attempt: bool = False, **details: Any) -> Listing[Any]:
        """Return the listing of the fake's connections."""
        on_page = details.pop("on_page", None)

        async def run() -> Listing[Any]:
            async with AsyncClient(adapter, transport=server, **{"clock": FakeClock(), **details}) as client:
                return await (client.attempt if attempt else client.listing)(adapter.connections(), on_page=on_page)

        return asyncio.run(run())


Way: TypeAlias = Threads | Tasks
WAYS: tuple[Way, ...] = (Threads(), Tasks())
