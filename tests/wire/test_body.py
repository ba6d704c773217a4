"""A body can be neither too large nor too slow, however it is packed."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.adapter import Reply
from aggregator.errors import BodyTooLarge, ContractError, NetworkError, VendorError
from tests.fakes import FakeClock
from tests.wire.fake_vendor import WAYS, Fake, FakeServer, Way, respond, wire_of

MEGABYTE = 1024 * 1024


def serve(pieces: Any, coding: str | None = None, **details: Any) -> FakeServer:
    headers = {} if coding is None else {"content-encoding": coding}
    return FakeServer(lambda request: respond(pieces=pieces, headers=headers, **details))


@given(st.binary(max_size=2000), st.lists(st.integers(0, 2000), max_size=6), st.sampled_from([None, "gzip", "deflate"]))
def test_a_body_arrives_whole_in_whatever_pieces(body: bytes, cuts: list[int], coding: str | None) -> None:
    """Packed or not, and however it is cut on its way, the reply holds the body to the byte."""
    packers: dict[str | None, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "deflate": zlib.compress}
    packed = packers.get(coding, bytes)(body)
    edges = [0, *sorted(cuts), len(packed)]
    pieces = [packed[a:b] for a, b in pairwise(edges)]
    for way in WAYS:
        assert way.fetch(wire_of(Fake()), serve(pieces, coding)).content == body


@pytest.mark.parametrize("size", [MEGABYTE - 1, MEGABYTE])
def test_a_body_at_the_cap_is_read(way: Way, size: int) -> None:
    """As many bytes as allowed are allowed."""
    assert len(way.fetch(wire_of(Fake(), max_body=MEGABYTE), serve([b"x" * size])).content) == size


def test_a_body_over_the_cap_is_refused_at_once(way: Way) -> None:
    """A body without end is given up at the cap, once, and not tried again."""
    sent = [0]

    def endless() -> Iterator[bytes]:
        while True:
            sent[0] += 1
            yield b"x" * 65536

    server = serve(endless())
    with pytest.raises(BodyTooLarge, match="more than 1,048,576 bytes"):
        way.fetch(wire_of(Fake(), max_body=MEGABYTE), server)
    assert sent[0] == 17
    assert len(server.requests) == 1


def test_a_gzip_bomb_does_not_fill_memory(way: Way) -> None:
    """A few kilobytes that unpack to gigabytes are refused within a fraction of their size."""
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"\0" * MEGABYTE) for _ in range(128)) + packer.flush()
    pieces = [bomb[at : at + 4096] for at in range(0, len(bomb), 4096)]
    tracemalloc.start()
    try:
        with pytest.raises(BodyTooLarge):
            way.fetch(wire_of(Fake(), max_body=8 * MEGABYTE), serve(pieces, "gzip"))
        assert tracemalloc.get_traced_memory()[1] < 64 * MEGABYTE
    finally:
        tracemalloc.stop()


def test_packed_bytes_that_unpack_to_nothing_count_too(way: Way) -> None:
    """A stream that never yields a byte of body is held to the cap by what came."""
    header = b"\x1f\x8b\x08\x10\0\0\0\0\0\x03"  # a gzip header whose comment never ends
    with pytest.raises(BodyTooLarge):
        way.fetch(wire_of(Fake(), max_body=MEGABYTE), serve(iter([header, *[b"c" * 65536] * 40]), "gzip"))


@pytest.mark.parametrize(
    "coding", ["br", "zstd", "gzip, gzip", "gzip, deflate", "deflate, gzip", "compress", "x" * 999]
)
def test_codings_that_were_not_asked_for_are_refused(way: Way, coding: str) -> None:
    """Packing within packing, and packing that could shrink a thousand times more, is refused unread."""
    server = serve(iter([b"never read"]), coding)
    with pytest.raises(ContractError, match="was not asked for"):
        way.fetch(wire_of(Fake()), server)
    assert server.requests[0].headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize("coding", [None, "gzip"])
def test_a_slow_drip_is_given_up(way: Way, coding: str | None) -> None:
    """A body that keeps coming, but not in the time a whole answer may take, is given up."""
    clock, dripped = FakeClock(), [0]

    def drip() -> Iterator[bytes]:
        if coding:
            yield b"\x1f\x8b\x08\x10\0\0\0\0\0\x03"
        while True:
            dripped[0] += 1
            clock.elapsed += 10
            yield b"c"

    with pytest.raises(NetworkError, match="too slowly") as caught:
        way.fetch(wire_of(Fake(), clock=clock, answer_timeout=60, attempts=1), serve(drip(), coding))
    assert dripped[0] == 7
    assert caught.value.retryable


@pytest.mark.parametrize(
    "body", [b"not gzip at all", gzip.compress(b"[]", mtime=0)[:-12] + b"garbage-here", b"\x1f\x8b\x08\x00"]
)
def test_broken_packing_is_the_networks_fault_or_a_short_body(way: Way, body: bytes) -> None:
    """Packed garbage ends in an error of ours, or in a body that is visibly no JSON; never in a library's exception."""
    try:
        reply: Reply = way.fetch(wire_of(Fake(), attempts=2), serve([body], "gzip"))
    except NetworkError as error:
        assert "compression is broken" in str(error)  # noqa: PT017 - either outcome is right
    else:
        assert reply.content == b""


@given(st.binary(max_size=300), st.sampled_from([None, "gzip", "deflate", "identity", "GZIP"]), st.integers(100, 599))
def test_no_answer_makes_anything_but_our_own_errors(body: bytes, coding: str | None, status: int) -> None:
    """Any bytes, packed or claimed to be, with any status: a reply or one of our errors."""
    for way in WAYS:
        try:
            way.fetch(wire_of(Fake(), attempts=1), serve([body], coding, status=status))
        except VendorError as error:
            assert str(error)  # noqa: PT017 - either outcome is right


def test_connections_are_given_back(way: Way) -> None:
    """Whatever becomes of an answer, its stream is closed."""
    responses: list[httpx.Response] = []

    def answer(request: httpx.Request) -> httpx.Response:
        status = [200, 500, 200, 404][len(responses)]
        pieces = [b"x" * 3000] if len(responses) == 2 else [b"[]"]
        responses.append(respond(pieces=pieces, status=status))
        return responses[-1]

    server = FakeServer(answer)
    for _ in range(3):
        try:
            way.fetch(wire_of(Fake(), max_body=2000, attempts=1), server)
        except VendorError:
            continue
    assert [response.is_closed for response in responses] == [True] * 3
