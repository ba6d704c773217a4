"""A fake platform, built from a wire profile: it serves one list from memory, and lets faults interfere."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable, Iterator
from email.utils import format_datetime
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from attrs import define, field

from aggregator.adapter.base import Adapter
from aggregator.secret import Secret
from aggregator.testing.clock import VirtualClock
from aggregator.testing.faults.base import Answer, Behaviour, Instead
from aggregator.testing.profile import ListProfile, LoginProfile, WireProfile, put
from aggregator.wire.http import httpx

ROWS, SIZE = 7, 3

# A client that has asked so often for a list of a few rows will never stop.
MOST_REQUESTS = 600


class EndlessError(Exception):
    """The client asks for ever."""


class Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body in pieces, unread until somebody reads it; knows whether it was closed, and how much was taken."""

    def __init__(self, pieces: Iterable[bytes | Exception]) -> None:
        self._pieces = pieces
        self.closed = False
        self.taken = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, Exception):
                raise piece
            self.taken += len(piece)
            yield piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece

    def close(self) -> None:
        """Let go."""
        self.closed = True

    async def aclose(self) -> None:
        """Let go."""
        self.closed = True


@define(eq=False)
class FakeVendor(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """One platform with one list.

    Attributes:
        wire: The platform.
        profile: The list.
        adapter: Who asks; its base URL is the only place where credentials may arrive.
        clock: The time, shared with the client.
        behaviours: The faults of this run.
        rows: What is on the list now.
        spoilt: Ids, as texts, of rows that faults have changed; an empty text for one that has lost its id.
        ever: Ids of rows that were on the list at any time.
        always: Ids of rows that were on it all the time.
        size: Rows on a page.
        list_requests: Requests for the list so far.
        asked: What was asked for, page by page.
        token_requests: Requests for a token so far.
        issued: Tokens handed out.
        good: Those that open the door now.
        strays: Requests that arrived for another origin.
        streams: Bodies handed out.
    """

    wire: WireProfile
    profile: ListProfile
    adapter: Adapter
    clock: VirtualClock
    behaviours: tuple[Behaviour, ...] = ()
    rows: list[Any] = field(factory=list)
    spoilt: set[str] = field(factory=set)
    ever: set[str] = field(factory=set)
    always: set[str] = field(factory=set)
    size: int = SIZE
    list_requests: int = 0
    asked: list[dict[str, Any]] = field(factory=list)
    token_requests: int = 0
    issued: list[str] = field(factory=list)
    good: set[str] = field(factory=set)
    strays: list[str] = field(factory=list)
    streams: list[Stream] = field(factory=list)
    _lock: Lock = field(factory=Lock)

    def begin(self, count: int = ROWS) -> None:
        """Fill the list, and let the faults change it."""
        self.rows = [self.profile.row(number) for number in range(1, count + 1)]
        self.ever = {str(self.profile.make_id(number)) for number in range(1, count + 1)}
        self.always = set(self.ever)
        for behaviour in self.behaviours:
            behaviour.begin(self)

    def insert(self, place: int, number: int) -> None:
        """Put a new row onto the list."""
        self.rows.insert(place, self.profile.row(number))
        self.ever.add(str(self.profile.make_id(number)))

    def remove(self, place: int) -> None:
        """Take a row off the list."""
        row = self.rows.pop(place)
        value: Any = row
        for key in self.profile.id_at:
            value = value[key]
        self.always.discard(str(value))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request from a thread."""
        request.read()
        return self._handle(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request from a task."""
        await request.aread()
        return self._handle(request)

    def _handle(self, request: httpx.Request) -> httpx.Response:
        with self._lock:
            answer = self._route(request)
            if isinstance(answer, Exception):
                raise answer
            return self._response(answer)

    def _route(self, request: httpx.Request) -> Answer | Exception:
        login = self.wire.login
        if login is not None and str(request.url) == login.url:
            return self._token(login)
        if str(request.url.copy_with(raw_path=b"/")) != str(httpx.URL(self.adapter.base_url).copy_with(raw_path=b"/")):
            self.strays.append(str(request.url))
            return Answer(status=404, document={})
        if request.url.path in self.wire.documents:
            return self._let_in(request) or Answer(document=self.wire.documents[request.url.path])
        if request.url.path != self.profile.path or request.method != self.profile.method:
            return Answer(status=404, document={"detail": "Not found."})
        return self._list(request)

    def _token(self, login: LoginProfile) -> Answer | Exception:
        self.token_requests += 1
        for behaviour in self.behaviours:
            answer = behaviour.token(self, self.token_requests)
            if answer is not None:
                return answer
        token = f"issued-token-{self.token_requests:04d}-{id(self):x}"
        self.issued.append(token)
        self.good.add(token)
        document: dict[str, Any] = {"token_type": "bearer"}
        put(document, login.token_at, token)
        if login.lifetime_at is not None:
            put(document, login.lifetime_at, 7200)
        return Answer(document=document)

    def _let_in(self, request: httpx.Request) -> Answer | None:
        login, ready = self.wire.login, self.adapter.login.token
        token = request.headers.get("authorization", "").rpartition(" ")[2]
        if token in self.good or (isinstance(ready, Secret) and token == ready.reveal()):
            return None
        return Answer(status=401, document={"detail": "Invalid token."} if login is None else login.expired)

    def _list(self, request: httpx.Request) -> Answer | Exception:
        self.list_requests += 1
        number = self.list_requests
        if number > MOST_REQUESTS:
            raise EndlessError(f"{MOST_REQUESTS} requests for a list of {len(self.rows)} rows")
        for behaviour in self.behaviours:
            behaviour.between(self, number)
        refused = self._let_in(request) or self._instead(request, number)
        if refused is not None:
            return refused
        answer = self._page(request, number)
        if answer.document is None:
            return answer
        for behaviour in self.behaviours:
            behaviour.spoil(self, answer, number)
        answer.body = _dump(answer.document)
        for behaviour in self.behaviours:
            behaviour.send(self, answer, number)
        return answer

    def _instead(self, request: httpx.Request, number: int) -> Instead:
        for behaviour in self.behaviours:
            answer = behaviour.instead(self, request, number)
            if answer is not None:
                return answer
        return None

    def _page(self, request: httpx.Request, number: int) -> Answer:
        profile = self.profile
        asked: dict[str, Any] = dict(parse_qsl(urlsplit(str(request.url)).query, keep_blank_values=True))
        if request.content:
            asked |= json.loads(request.content)
        self.asked.append({name: asked.get(name) for name in profile.paging.parameters})
        for behaviour in self.behaviours:
            behaviour.ask(self, asked, number)
        cut = profile.paging.cut(self.rows, asked, self.size)
        if cut is None:
            return Answer(status=404, body=b'{"detail": "Invalid page."}')
        if not profile.rows_at:
            return Answer(document=list(cut.rows))
        document: dict[str, Any] = {}
        put(document, profile.rows_at, list(cut.rows))
        for keys, value in ((profile.total_at, cut.total), (profile.page_count_at, cut.page_count)):
            if keys is not None:
                put(document, keys, value)
        if profile.next_at is not None:
            put(document, profile.next_at, self._next(request, cut.following))
        return Answer(document=document)

    def _next(self, request: httpx.Request, following: int | str | None) -> object:
        if following is None or self.profile.next_is == "cursor":
            return following
        query = dict(parse_qsl(urlsplit(str(request.url)).query)) | {self.profile.paging.parameters[0]: str(following)}
        return f"{self.adapter.base_url}{self.profile.path}?{urlencode(query)}"

    def _response(self, answer: Answer) -> httpx.Response:
        body = answer.body if answer.body is not None else _dump(answer.document)
        stream = Stream([body] if answer.pieces is None else answer.pieces)
        self.streams.append(stream)
        date = format_datetime(self.clock.now(), usegmt=True)
        headers = {"Content-Type": "application/json", "Date": date, **answer.headers}
        return httpx.Response(answer.status, headers=headers, stream=stream)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return a document without the notes of ours that keep a spoilt row in its place."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if key != "__place__"}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _dump(document: Any) -> bytes:  # noqa: ANN401 - any JSON
    """Return a document as JSON of every kind: NaN and lone surrogates too."""
    return json.dumps(_plain(document), default=float).encode()
