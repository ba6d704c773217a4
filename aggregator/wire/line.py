"""One connection, which carries one request at a time: so another thread can end that request, and no other.

Closing a client wakes no thread that reads from its socket; shutting the socket down does. Nothing wakes a thread that
looks up a name or connects, so it is done by one that nobody has to wait for.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from threading import TIMEOUT_MAX, Event, Lock, Thread
from typing import Any, Protocol

from attrs import frozen

from aggregator.wire.http import httpx
from aggregator.wire.stop import Abandoned, Stop

# Where a request says whom it is for.
ERRAND = "aggregator.errand"

# Seconds for which an unused connection is kept, as httpx does.
KEEP_ALIVE = 5.0


@frozen
class Errand:
    """Whom a request is for.

    Attributes:
        stop: Set when nobody wants its answer any more.
        sent: Is set as soon as its last byte is handed over.
        seconds: How long the whole exchange may take.
    """

    stop: Stop
    sent: Event | None = None
    seconds: float = TIMEOUT_MAX

    def trace(self, what: str, info: Mapping[str, Any]) -> None:
        """Hear what the transport is doing, by httpcore's request extension "trace"."""
        del info
        if self.sent is not None and what.endswith("send_request_body.complete"):
            self.sent.set()


class Gone(Exception):  # noqa: N818 - a message between a line and those who keep it
    """The other side has closed the connection; nothing was sent."""


class _Stream(Protocol):
    def get_extra_info(self, info: str) -> object: ...

    def close(self) -> None: ...


class _NoStream:
    def get_extra_info(self, info: str) -> None:
        """Know nothing."""

    def close(self) -> None:
        """Be closed already."""


class Line:
    """One connection, made for the first request and used for others after it. Once it is shut, it is of no use.

    Args:
        transport: Makes the connection, and keeps it.
    """

    def __init__(self, transport: httpx.BaseTransport) -> None:
        self.is_shut = False
        self._transport = transport
        self._lock = Lock()
        self._stream: _Stream = _NoStream()
        self._is_open = False
        self._handshake: socket.socket | None = None
        self._rests_since = 0.0

    def dial(self, request: httpx.Request, errand: Errand) -> httpx.Response:
        """Connect, send the first request, and wait for the answer until nobody wants it.

        Raises:
            Abandoned: Nobody wants it any more.
        """
        answer: Future[httpx.Response] = Future()
        dial = partial(copy_context().run, self._answer, answer, request, errand)
        dialer = Thread(target=dial, name="aggregator-line", daemon=True)
        dialer.start()
        try:
            return errand.stop.result(answer)
        except BaseException:
            self.set()
            answer.add_done_callback(lambda _: self.close())
            raise
        finally:
            if answer.done() or self._is_open:  # else it is connecting, and ends when it has
                dialer.join()

    def _answer(self, answer: Future[httpx.Response], request: httpx.Request, errand: Errand) -> None:
        try:
            answer.set_result(self.send(request, errand))
        except BaseException as error:  # noqa: BLE001 - it is raised where the answer is waited for
            answer.set_exception(error)

    def send(self, request: httpx.Request, errand: Errand) -> httpx.Response:
        """Send another request over the connection.

        Raises:
            Gone: There is none any more.
        """
        request.extensions["trace"] = partial(self._trace, errand)
        return self._transport.handle_request(request)

    def _trace(self, errand: Errand, what: str, info: Mapping[str, Any]) -> None:
        match what.partition(".")[2]:
            case "connect_tcp.started" if self._is_open:
                raise Gone
            case "connect_tcp.complete":
                self._goes_over(info["return_value"])
            case "start_tls.started":
                self._shakes_hands()
            case "start_tls.complete":
                self._shook_hands()
                self._goes_over(info["return_value"])
            case "start_tls.failed":
                self._shook_hands()
            case _:
                errand.trace(what, info)

    def _goes_over(self, stream: _Stream) -> None:
        with self._lock:
            self._stream, self._is_open = stream, True
            self._leave_if_shut()

    def _shakes_hands(self) -> None:
        """Keep another handle: httpcore's own loses its socket as soon as the handshake begins."""
        with self._lock:
            self._leave_if_shut()
            if (one := self._socket()) is not None:
                self._handshake = socket.socket(one.family, one.type, one.proto, fileno=socket.dup(one.fileno()))

    def _leave_if_shut(self) -> None:
        if self.is_shut:
            self._stream.close()
            raise Abandoned

    def _shook_hands(self) -> None:
        with self._lock:
            if self._handshake is not None:
                self._handshake.close()
            self._handshake = None

    def _socket(self) -> socket.socket | None:
        one = self._stream.get_extra_info("socket")
        return one if isinstance(one, socket.socket) else None

    def set(self) -> None:
        """Shut it: what is being read or written ends at once, and nothing more is sent."""
        with self._lock:
            self.is_shut = True
            # In a handshake reading alone is ended, nothing else takes long there: an answer to the end of writing,
            # just before it begins, would have Python's ssl lose the socket unclosed.
            one, how = (self._handshake, socket.SHUT_RD) if self._handshake else (self._socket(), socket.SHUT_RDWR)
            if one is not None:
                with suppress(OSError):  # it is closed already
                    # An SSLSocket's own shutdown would take its state away under the thread that reads.
                    socket.socket.shutdown(one, how)

    def rest(self) -> None:
        """Begin to wait for the next request."""
        self._rests_since = time.monotonic()

    @property
    def is_stale(self) -> bool:
        """It has waited too long, or the other side has closed it."""
        is_old = time.monotonic() - self._rests_since > KEEP_ALIVE
        return is_old or bool(self._stream.get_extra_info("is_readable"))

    def close(self) -> None:
        """Close the connection."""
        self._transport.close()
