"""Faults of the wire and of servers: slowness, refusals, broken connections, spoilt bodies."""

import asyncio
from http import HTTPStatus
from typing import ClassVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aggregator.sandbox.faults.base import Situation, fault
from aggregator.sandbox.values import When, duration


@fault
class Latency:
    """Every answer comes later."""

    name: ClassVar = "latency"
    summary: ClassVar = "every answer comes this much later"
    example: ClassVar = "50ms"

    def __init__(self, value: str) -> None:
        self.seconds = duration(value or "50ms")

    def wrap(self, app: ASGIApp, situation: Situation) -> ASGIApp:
        """The application, after a wait."""

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            if situation.concerns(scope["path"]):
                await asyncio.sleep(self.seconds)
            await app(scope, receive, send)

        return slow


class _Status:
    """Some requests are refused with one status before they reach the application."""

    name: ClassVar[str]
    summary: ClassVar[str]
    example: ClassVar = "0.1"
    status: ClassVar[int]

    def __init__(self, value: str) -> None:
        self.when = When.parse(value)

    def wrap(self, app: ASGIApp, situation: Situation) -> ASGIApp:
        """The application, which some requests do not reach."""
        dice = situation.dice(self.when)

        async def refusing(scope: Scope, receive: Receive, send: Send) -> None:
            if situation.concerns(scope["path"]) and dice.hit():
                await respond(send, self.status, f'{{"detail":"{HTTPStatus(self.status).phrase}"}}'.encode())
            else:
                await app(scope, receive, send)

        return refusing


async def respond(send: Send, status: int, body: bytes, *headers: tuple[bytes, bytes]) -> None:
    """Answer a request whole."""
    known = {name.lower() for name, _ in headers}
    standard = ((b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()))
    all_headers = [*headers, *(header for header in standard if header[0] not in known)]
    await send({"type": "http.response.start", "status": status, "headers": all_headers})
    await send({"type": "http.response.body", "body": body})


def _status(code: int, says: str) -> None:
    names = {"name": str(code), "status": code, "summary": f"some requests are answered with {code} ({says})"}
    fault(type(f"Status{code}", (_Status,), names))


for _code, _says in (
    (401, "token refused"),
    (403, "denied"),
    (429, "too many requests; see retry-after"),
    (500, "server error"),
    (502, "bad gateway"),
    (503, "unavailable; see retry-after"),
    (504, "gateway timeout"),
):
    _status(_code, _says)


async def captured(app: ASGIApp, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
    """The application's whole answer: its start message and its body."""
    start: Message = {}
    chunks: list[bytes] = []

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            chunks.append(message.get("body", b""))

    await app(scope, receive, keep)
    return start, b"".join(chunks)
