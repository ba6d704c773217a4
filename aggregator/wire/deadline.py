"""Ends an exchange that takes too long as a whole, from the first byte that is sent to the last that is read.

Time-outs of single reads begin anew with every byte: a header that drips, or hints without end, would outlast them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from threading import TIMEOUT_MAX, Timer
from typing import Final, cast

from attrs import frozen

from aggregator.wire.body import TooSlow
from aggregator.wire.http import httpx
from aggregator.wire.stop import Stop

_TOO_SLOW: Final = "the answer came too slowly"


class Deadline(Stop):
    """Calls off one exchange of a thread when its time is over, or when nobody wants its answer.

    Args:
        parent: Is set when nobody wants the answer.
        seconds: How long the exchange may take.
    """

    def __init__(self, parent: Stop, seconds: float) -> None:
        super().__init__(parent)
        self.is_over = False
        self._timer = Timer(min(seconds, TIMEOUT_MAX), self._ring)
        self._timer.name, self._timer.daemon = "aggregator-deadline", True
        self._timer.start()

    def _ring(self) -> None:
        self.is_over = True
        self.set()

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Tell whatever comes of being called off too late by its name.

        Raises:
            TooSlow: The time is over. A connection that was shut may look like an answer's proper end.
        """
        try:
            yield
        except Exception as error:
            if self.is_over:
                raise TooSlow(_TOO_SLOW) from error
            raise
        if self.is_over:
            raise TooSlow(_TOO_SLOW)

    def end(self) -> None:
        """Call nothing off from now on."""
        self._timer.cancel()
        self._timer.join()


@asynccontextmanager
async def _by(when: float) -> AsyncIterator[None]:
    """End what a task waits for at a moment of its loop's clock."""
    try:
        async with asyncio.timeout_at(when):
            yield
    except TimeoutError as error:
        raise TooSlow(_TOO_SLOW) from error


@frozen
class _TimedStream(httpx.AsyncByteStream):
    inner: httpx.AsyncByteStream
    when: float

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = aiter(self.inner)
        while True:
            async with _by(self.when):
                piece = await anext(pieces, None)
            if piece is None:
                return
            yield piece

    async def aclose(self) -> None:
        await self.inner.aclose()


class AsyncTimedTransport(httpx.AsyncBaseTransport):
    """Gives each exchange of a task so many seconds as a whole."""

    def __init__(self, inner: httpx.AsyncBaseTransport, seconds: float) -> None:
        self._inner = inner
        self._seconds = seconds

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return the answer, its body unread.

        Raises:
            TooSlow: It is not here in time.
        """
        when = asyncio.get_running_loop().time() + self._seconds
        async with _by(when):
            response = await self._inner.handle_async_request(request)
        response.stream = _TimedStream(cast("httpx.AsyncByteStream", response.stream), when)
        return response

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()
