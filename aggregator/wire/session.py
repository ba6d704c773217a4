"""Talks to one account: in threads (`Session`) or in tasks (`AsyncSession`), by the same rules."""

from __future__ import annotations

import ssl
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from threading import Event
from typing import TypedDict

import stamina

from aggregator.adapter.login import Token
from aggregator.adapter.steps import Call, Reply
from aggregator.secret import install_masking
from aggregator.wire.body import NotAsked, TooLarge, TooSlow, read_body, read_body_async
from aggregator.wire.closing import AsyncClosing, Closing
from aggregator.wire.deadline import AsyncTimedTransport
from aggregator.wire.exchange import Exchange, call_exchange, ensure_open, read_token_reply, token_exchange
from aggregator.wire.handshake import Handshake
from aggregator.wire.http import httpx
from aggregator.wire.line import ERRAND, Errand
from aggregator.wire.lines import Lines
from aggregator.wire.loop import OneLoop
from aggregator.wire.outcome import from_exception, safe_cause
from aggregator.wire.proxy import proxy_for
from aggregator.wire.stop import Abandoned, Stop
from aggregator.wire.token import TaskTokenAuth, ThreadTokenAuth, TokenStore
from aggregator.wire.transport import AsyncPinnedTransport, LeavesOrigin, PinnedTransport, origin_of, tls_for
from aggregator.wire.wire import Wire

_TRANSPORT_ERRORS = (
    httpx.HTTPError,
    httpx.StreamError,
    httpx.InvalidURL,
    LeavesOrigin,
    TooLarge,
    TooSlow,
    NotAsked,
)


def _limits(wire: Wire) -> httpx.Limits:
    return httpx.Limits(max_connections=None, max_keepalive_connections=wire.options.concurrency)


class _Route(TypedDict):
    verify: ssl.SSLContext
    proxy: str | None


def _route(url: str) -> _Route:
    return _Route(verify=tls_for(url), proxy=proxy_for(url))


def _lines(url: str, *, keep: int = 0) -> Lines:
    limits = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=None)
    return Lines(partial(httpx.HTTPTransport, limits=limits, **_route(url)), keep=keep)


def _no_cookies() -> CookieJar:
    """Return a jar that takes nothing: cookies would be credentials that nobody knows to mask."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=[]))


class Session(Closing):
    """Sends the calls of one account, from any number of threads."""

    def __init__(self, wire: Wire, *, transport: httpx.BaseTransport | None = None) -> None:
        install_masking()
        self.wire = wire
        login = wire.adapter.login
        inner = transport or _lines(wire.adapter.base_url, keep=wire.options.concurrency)
        self._client = httpx.Client(
            base_url=wire.adapter.base_url,
            headers=dict(wire.headers()),
            timeout=wire.timeout(),
            transport=PinnedTransport(inner, origin_of(wire.adapter.base_url)),
            cookies=_no_cookies(),
            auth=ThreadTokenAuth(
                login=login, store=TokenStore(login.renew_before), fetch=self._fetch_token, clock=wire.clock
            ),
        )
        self._token_transport = transport

    def fetch(self, call: Call, operation: str, stop: Stop | None = None, sent: Event | None = None) -> Reply:
        """Send a call until it succeeds or patience ends.

        Args:
            call: What to send.
            operation: What it is part of.
            stop: Set when nobody wants the answer any more: waits and reads end at once, and nothing more is sent.
            sent: Is set when the request is on its way, or all is over.

        Raises:
            VendorError: It did not succeed.
            UsageError: It cannot be sent at all.
            Abandoned: `stop` was set.
        """
        try:
            return self._run(call_exchange(self.wire, self._client, call, operation, stop), self._client, sent)
        finally:
            if sent is not None:
                sent.set()

    def _fetch_token(self, stop: Stop) -> Token:
        asked = self.wire.adapter.login.request()
        inner = self._token_transport or _lines(asked.url)
        transport = PinnedTransport(inner, origin_of(asked.url))
        client = httpx.Client(timeout=self.wire.token_timeout(), transport=transport, cookies=_no_cookies())
        try:
            return read_token_reply(self.wire, self._run(token_exchange(self.wire, client, asked, stop), client))
        finally:
            if self._token_transport is None:
                client.close()

    def _run(self, exchange: Exchange, client: httpx.Client, sent: Event | None = None) -> Reply:
        patience = exchange.patience
        again = stamina.RetryingCaller(attempts=patience.attempts, timeout=None)
        return again(patience, self._attempt, exchange, client, sent)

    def _attempt(self, exchange: Exchange, client: httpx.Client, sent: Event | None) -> Reply:
        while (seconds := exchange.wait()) > 0:
            self.wire.clock.sleep(seconds, exchange.stop)
        request = exchange.begin()
        errand = Errand(exchange.stop, sent, self.wire.options.answer_timeout)
        request.extensions |= {ERRAND: errand, "trace": errand.trace}
        try:
            response = client.send(request, stream=True)
            cap, deadline = exchange.cap()
            content = read_body(response, cap=cap, deadline=deadline, monotonic=self.wire.clock.monotonic)
        except (Abandoned, *_TRANSPORT_ERRORS) as error:
            exchange.stop.check()
            ensure_open(client)
            raise from_exception(exchange.context, error) from safe_cause(error)
        return exchange.settle(response, content)

    def stop(self) -> None:
        """Call off everything under way: waits and reads end at once, and nothing more is sent, for good."""
        self.wire.stop.set()

    def close(self) -> None:
        """Close all connections."""
        self._client.close()


class AsyncSession(AsyncClosing):
    """Sends the calls of one account, from any number of tasks of one event loop."""

    def __init__(self, wire: Wire, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        install_masking()
        self.wire = wire
        login = wire.adapter.login
        inner = transport or httpx.AsyncHTTPTransport(limits=_limits(wire), **_route(wire.adapter.base_url))
        self._loop = OneLoop("client")
        self._client = httpx.AsyncClient(
            base_url=wire.adapter.base_url,
            headers=dict(wire.headers()),
            timeout=wire.timeout(),
            transport=self._gate(inner, wire.adapter.base_url),
            cookies=_no_cookies(),
            auth=TaskTokenAuth(
                login=login, store=TokenStore(login.renew_before), fetch=self._fetch_token, clock=wire.clock
            ),
        )
        self._token_transport = transport

    def _gate(self, inner: httpx.AsyncBaseTransport, url: str) -> httpx.AsyncBaseTransport:
        timed = AsyncTimedTransport(inner, self.wire.options.answer_timeout)
        return AsyncPinnedTransport(timed, origin_of(url))

    async def fetch(self, call: Call, operation: str) -> Reply:
        """Send a call until it succeeds or patience ends.

        Raises:
            VendorError: It did not succeed.
            UsageError: It cannot be sent at all.
        """
        self._loop.enter()
        return await self._run(call_exchange(self.wire, self._client, call, operation), self._client)

    async def _fetch_token(self) -> Token:
        asked = self.wire.adapter.login.request()
        inner = self._token_transport or httpx.AsyncHTTPTransport(**_route(asked.url))
        transport = self._gate(inner, asked.url)
        client = httpx.AsyncClient(timeout=self.wire.token_timeout(), transport=transport, cookies=_no_cookies())
        try:
            return read_token_reply(self.wire, await self._run(token_exchange(self.wire, client, asked), client))
        finally:
            if self._token_transport is None:
                await client.aclose()

    async def _run(self, exchange: Exchange, client: httpx.AsyncClient) -> Reply:
        patience = exchange.patience
        again = stamina.AsyncRetryingCaller(attempts=patience.attempts, timeout=None)
        return await again(patience, self._attempt, exchange, client)

    async def _attempt(self, exchange: Exchange, client: httpx.AsyncClient) -> Reply:
        while (seconds := exchange.wait()) > 0:
            await self.wire.clock.sleep_async(seconds)
        request = exchange.begin()
        request.extensions["trace"] = Handshake().trace
        try:
            response = await client.send(request, stream=True)
            cap, deadline = exchange.cap()
            content = await read_body_async(response, cap=cap, deadline=deadline, monotonic=self.wire.clock.monotonic)
        except _TRANSPORT_ERRORS as error:
            raise from_exception(exchange.context, error) from safe_cause(error)
        return exchange.settle(response, content)

    async def close(self) -> None:
        """Close all connections.

        Raises:
            UsageError: They belong to another event loop.
        """
        self._loop.enter()
        await self._client.aclose()
