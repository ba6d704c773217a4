"""The open connections of a session, so that a read nobody waits for any more can be ended from another thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socket import SHUT_RDWR, socket
from threading import Lock
from weakref import WeakSet

from aggregator.wire.stop import Stop


class Lines:
    """Knows which calls are under way and over which sockets they may go.

    Closing a client does not wake another thread that reads from its socket; shutting the socket down does. Which one a
    call goes over is not told where a connection is used again, so all are shut down or none.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._calls: list[Stop] = []
        self._sockets: WeakSet[socket] = WeakSet()

    @contextmanager
    def call(self, stop: Stop) -> Iterator[None]:
        """Count a call as under way; `stop` says when nobody wants its answer any more."""
        with self._lock:
            self._calls.append(stop)
        try:
            yield
        finally:
            with self._lock:
                self._calls.remove(stop)

    def opened(self, one: object) -> None:
        """Note a socket, which may have been opened a moment too late."""
        if isinstance(one, socket):
            with self._lock:
                self._sockets.add(one)
            self.cut()

    def cut(self) -> None:
        """Shut the sockets down if calls are under way and nobody wants any of them: their reads end at once."""
        with self._lock:
            if not self._calls or not all(stop.is_set() for stop in self._calls):
                return
            sockets = list(self._sockets)
            self._sockets.clear()
        for one in sockets:
            with suppress(OSError):  # it is closed already
                # An SSLSocket's own shutdown would take its state away under the thread that reads.
                socket.shutdown(one, SHUT_RDWR)
