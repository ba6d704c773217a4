"""Reads a body piece by piece, so that neither its size nor its slowness can get out of hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import cast

from attrs import define, field, frozen

from aggregator.wire.http import httpx

# Where an auth flow leaves a body it had to look into, for whoever reads the response next.
KEPT = "aggregator.body"


class TooLarge(Exception):  # noqa: N818 - it becomes a BodyTooLarge once vendor and operation are known
    """More bytes came, decompressed, than the cap allows."""


class TooSlow(Exception):  # noqa: N818 - it becomes a NetworkError once vendor and operation are known
    """The answer took longer, as a whole, than the cap allows."""


class NotAsked(Exception):  # noqa: N818 - it becomes a ContractError once vendor and operation are known
    """The answer is compressed in a way that was not asked for."""


# Codings within codings, and those that can shrink a million to one, would outgrow the cap inside a single piece.
ACCEPTED_CODINGS = "gzip, deflate"
_CODINGS = frozenset({"", "identity", "gzip", "deflate"})


@define
class _Bucket:
    cap: int
    deadline: float
    monotonic: Callable[[], float]
    pieces: list[bytes] = field(factory=list)
    size: int = 0
    raw_size: int = 0

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        self._check(self.size)
        self.pieces.append(piece)

    def watch(self, piece: bytes) -> None:
        """Count a piece as it came: much of it can come before decompression yields a single byte."""
        self.raw_size += len(piece)
        self._check(self.raw_size)

    def _check(self, size: int) -> None:
        if size > self.cap:
            raise TooLarge(f"more than {self.cap:,} bytes")
        if self.monotonic() > self.deadline:
            raise TooSlow("the answer came too slowly")


@frozen
class _Watched(httpx.SyncByteStream):
    inner: httpx.SyncByteStream
    bucket: _Bucket

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.inner:
            self.bucket.watch(piece)
            yield piece

    def close(self) -> None:
        self.inner.close()


@frozen
class _AsyncWatched(httpx.AsyncByteStream):
    inner: httpx.AsyncByteStream
    bucket: _Bucket

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self.inner:
            self.bucket.watch(piece)
            yield piece

    async def aclose(self) -> None:
        await self.inner.aclose()


def _check_coding(response: httpx.Response) -> None:
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding not in _CODINGS:
        raise NotAsked(f"the answer is compressed in a way that was not asked for ({coding[:40]})")


def read_body(response: httpx.Response, *, cap: int, deadline: float, monotonic: Callable[[], float]) -> bytes:
    """Return the decoded body and close the response.

    Args:
        response: A streamed response.
        cap: Bytes it may have.
        deadline: The moment, by `monotonic`, until which it must be here.
        monotonic: The clock.

    Raises:
        TooLarge: It has more bytes.
        TooSlow: It is not here in time.
        NotAsked: It is compressed in a way that was not asked for.
    """
    if KEPT in response.extensions:
        return bytes(response.extensions[KEPT])
    bucket = _Bucket(cap, deadline, monotonic)
    try:
        _check_coding(response)
        response.stream = _Watched(cast("httpx.SyncByteStream", response.stream), bucket)
        for piece in response.iter_bytes():
            bucket.add(piece)
    finally:
        response.close()
    return b"".join(bucket.pieces)


async def read_body_async(
    response: httpx.Response, *, cap: int, deadline: float, monotonic: Callable[[], float]
) -> bytes:
    """Return the decoded body and close the response; as `read_body`, in a task."""
    if KEPT in response.extensions:
        return bytes(response.extensions[KEPT])
    bucket = _Bucket(cap, deadline, monotonic)
    try:
        _check_coding(response)
        response.stream = _AsyncWatched(cast("httpx.AsyncByteStream", response.stream), bucket)
        async for piece in response.aiter_bytes():
            bucket.add(piece)
    finally:
        await response.aclose()
    return b"".join(bucket.pieces)


def keep_body(response: httpx.Response, body: bytes) -> None:
    """Leave a body that an auth flow had to read for whoever reads the response next.

    httpx reads a response once more before it sends the flow's next request, and refuses to read a stream twice: so it
    is given an empty one.
    """
    response.extensions[KEPT] = body
    response.stream = httpx.ByteStream(b"")
    response.is_stream_consumed = False
    response.is_closed = False
