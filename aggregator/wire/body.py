"""Reads a body piece by piece, so that neither its size nor its slowness can get out of hand."""

from __future__ import annotations

from collections.abc import Callable

from attrs import define, field

from aggregator.wire.http import httpx

# Where an auth flow leaves a body it had to look into, for whoever reads the response next.
KEPT = "aggregator.body"


class TooLarge(Exception):  # noqa: N818 - it becomes a BodyTooLarge once vendor and operation are known
    """More bytes came, decompressed, than the cap allows."""


class TooSlow(Exception):  # noqa: N818 - it becomes a NetworkError once vendor and operation are known
    """The answer took longer, as a whole, than the cap allows."""


@define
class _Bucket:
    cap: int
    deadline: float
    monotonic: Callable[[], float]
    pieces: list[bytes] = field(factory=list)
    size: int = 0

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size > self.cap:
            raise TooLarge(f"more than {self.cap:,} bytes")
        if self.monotonic() > self.deadline:
            raise TooSlow("the answer came too slowly")
        self.pieces.append(piece)


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
    """
    if KEPT in response.extensions:
        return bytes(response.extensions[KEPT])
    bucket = _Bucket(cap, deadline, monotonic)
    try:
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
        async for piece in response.aiter_bytes():
            bucket.add(piece)
    finally:
        await response.aclose()
    return b"".join(bucket.pieces)
