"""The connections of a session in threads: each carries one request at a time, and rests until the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from threading import Lock
from typing import TypeAlias, cast

from attrs import evolve, frozen

from aggregator.wire.deadline import Deadline
from aggregator.wire.http import httpx
from aggregator.wire.line import ERRAND, Errand, Gone, Line

_Send: TypeAlias = Callable[[httpx.Request, Errand], httpx.Response]


@frozen
class _Carried(httpx.SyncByteStream):
    inner: httpx.SyncByteStream
    deadline: Deadline
    done: Callable[[], None]

    def __iter__(self) -> Iterator[bytes]:
        with self.deadline.kept():
            yield from self.inner

    def close(self) -> None:
        try:
            self.inner.close()
        finally:
            self.done()


class Lines(httpx.BaseTransport):
    """Sends each request over a line that no other request uses meanwhile.

    Args:
        make: Makes what a new line goes over.
        keep: How many unused lines are kept for later.
    """

    def __init__(self, make: Callable[[], httpx.BaseTransport], *, keep: int) -> None:
        self._make = make
        self._keep = keep
        self._lock = Lock()
        self._resting: list[Line] = []
        self._busy: set[Line] = set()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return the answer, its body unread.

        Raises:
            Abandoned: Nobody wants the answer any more.
            TooSlow: It is not here in time.
        """
        errand: Errand = request.extensions[ERRAND]
        while (line := self._rested()) is not None:
            with suppress(Gone):
                return self._carry(line, line.send, request, errand)
        line = Line(self._make())
        return self._carry(line, line.dial, request, errand)

    def _rested(self) -> Line | None:
        with self._lock:
            stale = [one for one in self._resting if one.is_stale]
            self._resting = [one for one in self._resting if one not in stale]
            line = self._resting.pop() if self._resting else None
        for one in stale:
            one.close()
        return line

    def _carry(self, line: Line, send: _Send, request: httpx.Request, errand: Errand) -> httpx.Response:
        with self._lock:
            self._busy.add(line)
        deadline = Deadline(errand.stop, errand.seconds)
        deadline.adopt(line)
        done = partial(self._done, line, deadline)
        try:
            with deadline.kept():
                deadline.check()
                response = send(request, evolve(errand, stop=deadline))
        except BaseException:
            line.set()
            done()
            raise
        response.stream = _Carried(cast("httpx.SyncByteStream", response.stream), deadline, done)
        return response

    def _done(self, line: Line, deadline: Deadline) -> None:
        deadline.end()
        deadline.release(line)  # from here on nobody shuts it who wanted to shut this request
        with self._lock:
            if line not in self._busy:
                return
            self._busy.remove(line)
            keeps = not line.is_shut and len(self._resting) < self._keep
            if keeps:
                line.rest()
                self._resting.append(line)
        if not keeps:
            line.close()

    def close(self) -> None:
        """Close the unused lines, and shut the others: whoever reads from them closes them."""
        with self._lock:
            self._keep = 0
            resting, self._resting = self._resting, []
            busy = list(self._busy)
        for line in resting:
            line.close()
        for line in busy:
            line.set()
