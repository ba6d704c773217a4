"""Faults of whole bodies: what should be JSON is something else, or not all there."""

import gzip
import re
from typing import ClassVar

from starlette.types import ASGIApp, Receive, Scope, Send

from aggregator.sandbox.faults.base import Headers, Situation, Sometimes, captured, fault, replaced, respond


class _Body(Sometimes):
    async def strike(self, app: ASGIApp, situation: Situation, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a spoilt body."""
        del situation
        status, headers, body = await captured(app, scope, receive)
        await respond(send, *self.spoilt(status, headers, body))

    def spoilt(self, status: int, headers: Headers, body: bytes) -> tuple[int, bytes, Headers]:
        """The answer that is given instead."""
        raise NotImplementedError


@fault
class Truncate(_Body):
    """JSON that ends too early, with a Content-Length that agrees."""

    name: ClassVar[str] = "truncate"
    summary: ClassVar[str] = "some bodies are cut in half, Content-Length too"

    def spoilt(self, status: int, headers: Headers, body: bytes) -> tuple[int, bytes, Headers]:
        """Half of the body."""
        return status, body[: len(body) // 2], headers


@fault
class TruncateGzip(_Body):
    """A compressed body that ends too early."""

    name: ClassVar[str] = "truncate-gzip"
    summary: ClassVar[str] = "some bodies are gzip that ends too early"

    def spoilt(self, status: int, headers: Headers, body: bytes) -> tuple[int, bytes, Headers]:
        """Half of the compressed body."""
        packed = gzip.compress(body, mtime=0)
        return status, packed[: len(packed) // 2], replaced(headers, b"content-encoding", b"gzip")


@fault
class Html(_Body):
    """A page for people, with status 200."""

    name: ClassVar[str] = "html"
    summary: ClassVar[str] = "some answers are an HTML page with status 200"

    def spoilt(self, status: int, headers: Headers, body: bytes) -> tuple[int, bytes, Headers]:
        """A maintenance page."""
        del status, body
        page = b"<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Back soon.</body></html>"
        return 200, page, replaced(headers, b"content-type", b"text/html; charset=utf-8")


@fault
class Empty(_Body):
    """Status 200 and nothing else."""

    name: ClassVar[str] = "empty"
    summary: ClassVar[str] = "some answers are 200 with an empty body"

    def spoilt(self, status: int, headers: Headers, body: bytes) -> tuple[int, bytes, Headers]:
        """Nothing."""
        del status, body
        return 200, b"", headers


@fault
class NoContent(_Body):
    """Status 204."""

    name: ClassVar[str] = "204"
    summary: ClassVar[str] = "some answers are 204 No Content"

    def spoilt(self, status: int, headers: Headers, body: bytes) -> tuple[int, bytes, Headers]:
        """Nothing, and saying so."""
        del status, body
        return 204, b"", headers


@fault
class ByteOrderMark(_Body):
    """A byte-order mark before the JSON."""

    name: ClassVar[str] = "bom"
    summary: ClassVar[str] = "some bodies begin with a byte-order mark"

    def spoilt(self, status: int, headers: Headers, body: bytes) -> tuple[int, bytes, Headers]:
        """The same body, marked."""
        return status, b"\xef\xbb\xbf" + body, headers


@fault
class Charset(_Body):
    """Latin-1 that says it is UTF-8."""

    name: ClassVar[str] = "charset"
    summary: ClassVar[str] = "some bodies are Latin-1 (with a letter beyond ASCII) and say UTF-8"

    def spoilt(self, status: int, headers: Headers, body: bytes) -> tuple[int, bytes, Headers]:
        """The same text in other bytes; one key more makes sure that it shows."""
        text = body.decode()
        marked = re.sub(r"^\{", '{"note":"caf\u00e9",', text) if text.startswith("{") else text
        return status, marked.encode("latin-1", "replace"), headers


@fault
class Huge:
    """A body without end."""

    name: ClassVar[str] = "huge"
    summary: ClassVar[str] = "some bodies are this many mebibytes of blanks, then JSON (huge=4096)"
    example: ClassVar[str] = "4096"
    needs_next: ClassVar[bool] = False

    def __init__(self, value: str) -> None:
        if value and not value.isdecimal():
            raise ValueError(f"{value!r} is not a number of mebibytes")
        self.mebibytes = int(value or "4096")

    def wrap(self, app: ASGIApp, situation: Situation) -> ASGIApp:
        """The application behind a wall of blanks."""

        async def flood(scope: Scope, receive: Receive, send: Send) -> None:
            if not situation.concerns(scope["path"]):
                await app(scope, receive, send)
                return
            status, headers, body = await captured(app, scope, receive)
            await send({"type": "http.response.start", "status": status, "headers": list(headers)})
            for _ in range(self.mebibytes * 16):
                await send({"type": "http.response.body", "body": b" " * 65536, "more_body": True})
            await send({"type": "http.response.body", "body": body})

        return flood
