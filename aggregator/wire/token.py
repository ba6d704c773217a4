"""Shows a platform who we are: one token for all threads and tasks, fetched once however many ask for it at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from concurrent.futures import Future
from threading import Lock

from attrs import define, field, frozen

from aggregator.adapter.login import Login, Token
from aggregator.adapter.steps import Reply
from aggregator.wire.body import NotAsked, TooLarge, TooSlow, keep_body, read_body, read_body_async
from aggregator.wire.clock import Clock
from aggregator.wire.http import httpx
from aggregator.wire.line import ERRAND
from aggregator.wire.stop import Abandoned, Stop

# Bytes of a 401's body we look at to tell what it means; more than that is no error message.
MOST_OF_A_REFUSAL = 1024 * 1024
REFUSAL_TIMEOUT = 30.0


class _LeaderGone(Exception):  # noqa: N818 - a message between threads, never seen outside
    """Whoever was fetching the token gave up without a result."""


@frozen(kw_only=True)
class Held:
    """A token, and the moment it arrived."""

    token: Token
    since: float

    def remaining(self, now: float) -> float | None:
        """Seconds it is still good for; None if its lifetime is not known."""
        return None if self.token.lifetime is None else self.since + self.token.lifetime - now

    def is_due(self, now: float, renew_before: float) -> bool:
        """Whether it is time to replace it. A token that was issued short is used for half of what it had."""
        lifetime = self.token.lifetime
        return lifetime is not None and self.since + lifetime - now < min(renew_before, lifetime / 2)


@define
class TokenStore:
    """Holds the token, and lets exactly one of those who miss it go and fetch it."""

    renew_before: float
    _lock: Lock = field(factory=Lock, init=False)
    _held: Held | None = field(default=None, init=False)
    _flight: Future[Held] | None = field(default=None, init=False)

    def claim(self, now: float, rejected: Held | None) -> Held | Future[Held] | None:
        """Return a good token, or the future of one that is being fetched, or None: then the caller must fetch it.

        A token that was rejected is compared with the one we hold *now*: another caller may have replaced it already.
        """
        with self._lock:
            held = self._held
            if held is not None and held is not rejected and not held.is_due(now, self.renew_before):
                return held
            if self._flight is not None:
                return self._flight
            self._flight = Future()
            self._flight.set_running_or_notify_cancel()  # from here on no waiting task can cancel it for the others
            return None

    def land(self, held: Held) -> Held:
        """Hand the fetched token to everyone who waits."""
        with self._lock:
            self._held, flight, self._flight = held, self._flight, None
        if flight is not None:
            flight.set_result(held)
        return held

    def crash(self, error: BaseException) -> None:
        """Tell everyone who waits that there is no token; who was merely interrupted lets another one try."""
        with self._lock:
            flight, self._flight = self._flight, None
        if flight is not None:
            is_ours = isinstance(error, Abandoned) or not isinstance(error, Exception)
            flight.set_exception(_LeaderGone() if is_ours else error)


@define(kw_only=True)
class _Signer(httpx.Auth):
    """What threads and tasks share.

    Attributes:
        login: How the platform wants to be shown who we are.
        store: The token, shared by all who use these credentials.
        clock: The time.
    """

    login: Login
    store: TokenStore
    clock: Clock

    def _sign(self, request: httpx.Request, held: Held) -> None:
        request.headers["Authorization"] = self.login.authorization(held.token)

    def _may_be_token(self, response: httpx.Response) -> bool:
        return response.status_code == 401 and self.login.can_renew

    def _is_to_blame(self, response: httpx.Response, body: bytes, held: Held) -> bool:
        keep_body(response, body)
        now = self.clock.now()
        reply = Reply(
            status=response.status_code,
            headers={name.lower(): value for name, value in response.headers.items()},
            content=body,
            request="",
            requested_at=now,
            fetched_at=now,
        )
        return self.login.blames_token(reply, token=held.token, remaining=held.remaining(self.clock.monotonic()))

    def _claim(self, rejected: Held | None) -> Held | Future[Held] | None:
        if self.login.token is not None:
            return Held(token=Token(value=self.login.token), since=0.0)
        return self.store.claim(self.clock.monotonic(), rejected)

    def _hold(self, token: Token) -> Held:
        return self.store.land(Held(token=token, since=self.clock.monotonic()))


@define(kw_only=True)
class ThreadTokenAuth(_Signer):
    """Signs each attempt with the token of the moment; if a token is rejected, tries once more with a new one."""

    fetch: Callable[[Stop], Token]

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign, send, and look at a 401."""
        stop: Stop = request.extensions[ERRAND].stop
        held = self._token(None, stop)
        self._sign(request, held)
        response = yield request
        if not self._may_be_token(response):
            return
        deadline = self.clock.monotonic() + REFUSAL_TIMEOUT
        try:
            body = read_body(response, cap=MOST_OF_A_REFUSAL, deadline=deadline, monotonic=self.clock.monotonic)
        except (TooLarge, TooSlow, NotAsked):
            body = b""
        if self._is_to_blame(response, body, held):
            fresh = self._token(held, stop)
            if fresh.token.value != held.token.value:
                self._sign(request, fresh)
                yield request

    def _token(self, rejected: Held | None, stop: Stop) -> Held:
        while True:
            claim = self._claim(rejected)
            if isinstance(claim, Held):
                return claim
            if claim is None:
                return self._lead(stop)
            try:
                return stop.result(claim)
            except _LeaderGone:
                continue

    def _lead(self, stop: Stop) -> Held:
        try:
            token = self.fetch(stop)
        except BaseException as error:
            self.store.crash(error)
            raise
        return self._hold(token)


@define(kw_only=True)
class TaskTokenAuth(_Signer):
    """As ThreadTokenAuth, in tasks."""

    fetch: Callable[[], Awaitable[Token]]

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Sign, send, and look at a 401."""
        held = await self._token(None)
        self._sign(request, held)
        response = yield request
        if not self._may_be_token(response):
            return
        deadline = self.clock.monotonic() + REFUSAL_TIMEOUT
        try:
            body = await read_body_async(
                response, cap=MOST_OF_A_REFUSAL, deadline=deadline, monotonic=self.clock.monotonic
            )
        except (TooLarge, TooSlow, NotAsked):
            body = b""
        if self._is_to_blame(response, body, held):
            fresh = await self._token(held)
            if fresh.token.value != held.token.value:
                self._sign(request, fresh)
                yield request

    async def _token(self, rejected: Held | None) -> Held:
        while True:
            claim = self._claim(rejected)
            if isinstance(claim, Held):
                return claim
            if claim is None:
                return await self._lead()
            try:
                return await asyncio.wrap_future(claim)
            except _LeaderGone:
                continue

    async def _lead(self) -> Held:
        try:
            token = await self.fetch()
        except BaseException as error:
            self.store.crash(error)
            raise
        return self._hold(token)
