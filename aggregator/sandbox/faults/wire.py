"""Faults of servers: slowness, refusals, redirects, broken connections."""

import asyncio
import socket
import struct
from email.utils import formatdate
from http import HTTPStatus
from typing import ClassVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aggregator.sandbox.dated import dated
from aggregator.sandbox.faults.base import Situation, Sometimes, captured, elsewhere, fault, respond
from aggregator.sandbox.values import duration

CONNECTION = "aggregator.sandbox.connection"
"""The ASGI extension under which the server gives the transport of the connection."""


class _Status(Sometimes):
    status: ClassVar[int]

    async def strike(self, app: ASGIApp, situation: Situation, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request before it reaches the application."""
        del app, situation, scope, receive
        await respond(send, self.status, f'{{"detail":"{HTTPStatus(self.status).phrase}"}}'.encode())


for _code, _says in (
    (401, "token refused, or denied"),
    (403, "denied"),
    (429, "too many requests; see retry-after"),
    (500, "server error"),
    (502, "bad gateway"),
    (503, "unavailable; see retry-after"),
    (504, "gateway timeout"),
):
    _members = {"name": str(_code), "status": _code, "summary": f"some requests are answered with {_code} ({_says})"}
    fault(type(f"Status{_code}", (_Status,), _members))


@fault
class RetryAfter:
    """What a 429 or 503 says about coming back."""

    name: ClassVar[str] = "retry-after"
    summary: ClassVar[str] = "Retry-After on every 429 and 503: a number, date, past, absurd, words or none"
    example: ClassVar[str] = "date"
    needs_next: ClassVar[bool] = False
    _words: ClassVar[dict[str, str]] = {"seconds": "1", "absurd": "999999999", "words": "3 seconds", "none": ""}

    def __init__(self, value: str) -> None:
        known = {*self._words, "date", "past"}
        if value not in known and not value.lstrip("-").isdecimal():
            raise ValueError(f"{value!r} is no Retry-After; write a number or {', '.join(sorted(known))}")
        self.value = value

    def _header(self, now: float) -> bytes:
        if self.value in {"date", "past"}:
            return formatdate(now + (2 if self.value == "date" else -3600), usegmt=True).encode()
        return self._words.get(self.value, self.value).encode()

    def wrap(self, app: ASGIApp, situation: Situation) -> ASGIApp:
        """The application, with the header on its refusals."""

        async def told(scope: Scope, receive: Receive, send: Send) -> None:
            async def with_header(message: Message) -> None:
                if message["type"] == "http.response.start" and message["status"] in {429, 503}:
                    others = [header for header in message["headers"] if header[0].lower() != b"retry-after"]
                    value = self._header(situation.site.clock())
                    message["headers"] = [*others, (b"retry-after", value)] if value else others
                await send(message)

            await app(scope, receive, with_header)

        return told


@fault
class ClockSkew:
    """The server's clock is wrong."""

    name: ClassVar[str] = "clock"
    summary: ClassVar[str] = "the Date header is off by this much (a minus sign puts it in the past)"
    example: ClassVar[str] = "5h"
    needs_next: ClassVar[bool] = False

    def __init__(self, value: str) -> None:
        self.seconds = -duration(value[1:]) if value.startswith("-") else duration(value or "5h")

    def wrap(self, app: ASGIApp, situation: Situation) -> ASGIApp:
        """The application, dated wrongly."""
        return dated(app, lambda: situation.site.clock() + self.seconds)


@fault
class RedirectLoop(Sometimes):
    """A redirect to the same address, for ever."""

    name: ClassVar[str] = "redirect-loop"
    summary: ClassVar[str] = "some requests are redirected to themselves"

    async def strike(self, app: ASGIApp, situation: Situation, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect to here."""
        del app, receive
        query = f"?{scope['query_string'].decode()}" if scope["query_string"] else ""
        await respond(send, 302, b"", ((b"location", f"{situation.site.origin}{scope['path']}{query}".encode()),))


@fault
class RedirectHost(Sometimes):
    """A redirect to another origin, where no credential may go."""

    name: ClassVar[str] = "redirect-host"
    summary: ClassVar[str] = "some requests are redirected to http://localhost:9, or all to the origin given"

    def __init__(self, value: str) -> None:
        self.origin, when = elsewhere(value, "http://localhost:9")
        super().__init__(when)

    async def strike(self, app: ASGIApp, situation: Situation, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect to elsewhere."""
        del app, situation, receive
        await respond(send, 302, b"", ((b"location", f"{self.origin}{scope['path']}".encode()),))


@fault
class Latency:
    """Every answer comes later."""

    name: ClassVar[str] = "latency"
    summary: ClassVar[str] = "every answer comes this much later"
    example: ClassVar[str] = "50ms"
    needs_next: ClassVar[bool] = False

    def __init__(self, value: str) -> None:
        self.seconds = duration(value or "50ms")

    def wrap(self, app: ASGIApp, situation: Situation) -> ASGIApp:
        """The application, after a wait."""

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            if situation.concerns(scope["path"]):
                await asyncio.sleep(self.seconds)
            await app(scope, receive, send)

        return slow


@fault
class Hang(Sometimes):
    """No answer at all."""

    name: ClassVar[str] = "hang"
    summary: ClassVar[str] = "some requests are never answered"

    async def strike(self, app: ASGIApp, situation: Situation, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait until the client has gone."""
        del app, situation, scope, send
        await _disconnected(receive)


@fault
class Drip(Sometimes):
    """The body arrives drop by drop."""

    name: ClassVar[str] = "drip"
    summary: ClassVar[str] = "some bodies come sixteen bytes at a time, 20 ms apart"

    async def strike(self, app: ASGIApp, situation: Situation, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer slowly."""
        del situation
        status, headers, body = await captured(app, scope, receive)
        length = (b"content-length", str(len(body)).encode())
        await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
        for at in range(0, len(body), 16):
            await send({"type": "http.response.body", "body": body[at : at + 16], "more_body": True})
            await asyncio.sleep(0.02)
        await send({"type": "http.response.body", "body": b""})


@fault
class Reset(Sometimes):
    """The connection breaks before the first byte of an answer."""

    name: ClassVar[str] = "reset"
    summary: ClassVar[str] = "some connections are reset before any answer"

    async def strike(self, app: ASGIApp, situation: Situation, scope: Scope, receive: Receive, send: Send) -> None:
        """Reset the connection."""
        del app, situation, send
        await broken(scope, receive, reset=True)


@fault
class ResetBody(Sometimes):
    """The connection breaks in the middle of a body."""

    name: ClassVar[str] = "reset-body"
    summary: ClassVar[str] = "some connections are reset in the middle of the body"
    abrupt: ClassVar[bool] = True

    async def strike(self, app: ASGIApp, situation: Situation, scope: Scope, receive: Receive, send: Send) -> None:
        """Promise the whole body, send half of it, and break off."""
        del situation
        status, headers, body = await captured(app, scope, receive)
        length = (b"content-length", str(len(body)).encode())
        if CONNECTION in scope.get("extensions", {}):
            await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        await broken(scope, receive, reset=self.abrupt)


@fault
class Cut(ResetBody):
    """The connection is closed politely in the middle of a body."""

    name: ClassVar[str] = "cut"
    summary: ClassVar[str] = "some connections are closed in the middle of the body (shorter than Content-Length)"
    abrupt: ClassVar[bool] = False


async def broken(scope: Scope, receive: Receive, *, reset: bool) -> None:
    """Break the connection of a request: with a reset, or by closing it.

    Raises:
        ConnectionResetError: within a process, where there is no connection to break.
    """
    transport: asyncio.Transport | None = scope.get("extensions", {}).get(CONNECTION)
    if transport is None:
        raise ConnectionResetError("connection reset by a fault of the sandbox")
    if reset:
        # Lingering for no time makes the kernel send RST instead of FIN.
        wire = transport.get_extra_info("socket")
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    else:
        transport.close()
    await _disconnected(receive)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
