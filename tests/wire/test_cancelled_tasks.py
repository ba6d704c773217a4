"""What nobody waits for any more ends at once, in tasks, over real sockets; else each of these would take minutes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from threading import Semaphore

import pytest

from aggregator import AsyncAggregator
from aggregator.client import AsyncClient
from aggregator.model import StopReason
from tests.wire.fake_vendor import Fake
from tests.wire.stuck import PATIENCE, Stuck, unreachable
from tests.wire.test_lines import ALL, BEGINNINGS, MINUTES, PAGES, adapter_of, with_login


async def _acquired(semaphore: Semaphore) -> None:
    """Wait without a thread, of which some test counts how many there are."""
    async with asyncio.timeout(PATIENCE):
        while not semaphore.acquire(blocking=False):  # noqa: ASYNC110 - it is released from another thread
            await asyncio.sleep(0)


async def _cancel(adapter: Fake, when: Callable[[], Awaitable[object]]) -> None:
    """Cancel a collect: its listing says so, and no task is left."""
    before = asyncio.all_tasks()
    async with AsyncAggregator([adapter], options=MINUTES) as aggregator:
        collecting = asyncio.create_task(aggregator.collect())
        await when()
        collecting.cancel()
        with pytest.raises(asyncio.CancelledError):
            async with asyncio.timeout(PATIENCE):
                await collecting
        assert asyncio.all_tasks() == before
        (listing,) = aggregator.so_far().listings
    assert listing.coverage.stop is StopReason.ABANDONED
    assert listing.error is None


@BEGINNINGS
async def test_a_reader_that_stops_waits_for_no_answer(stuck_either: Stuck, begins: int) -> None:
    """The pages that were asked for ahead are given up with the first; the client is as good as before."""
    stuck_either.begins, before = begins, asyncio.all_tasks()
    async with AsyncClient(adapter_of(stuck_either), options=MINUTES) as client:
        async with aclosing(client.connections()) as connections:
            assert (await anext(connections)).id == "r00000"
            await _acquired(stuck_either.reached)
        assert asyncio.all_tasks() == before
        await _acquired(stuck_either.left)
        stuck_either.go_on()
        assert [one.id async for one in client.connections()] == ALL


async def test_a_list_that_is_given_up_leaves_the_others_of_its_client_alone(stuck_either: Stuck) -> None:
    """Its answers under way end at once, while another task waits for those of its own list and gets them."""

    async def read() -> list[str]:
        return [one.id async for one in client.connections()]

    async with AsyncClient(adapter_of(stuck_either), options=MINUTES) as client:
        async with aclosing(client.connections()) as given_up:
            await anext(given_up)
            wanted = asyncio.create_task(read())
            for _ in range(4):  # two pages ahead of each
                await _acquired(stuck_either.reached)
        for _ in range(2):
            await _acquired(stuck_either.left)
        assert not stuck_either.left.acquire(blocking=False)
        assert not wanted.done()
        stuck_either.go_on()
        assert await asyncio.wait_for(wanted, PATIENCE) == ALL


@BEGINNINGS
async def test_a_cancelled_task_waits_for_no_answer(stuck_either: Stuck, begins: int) -> None:
    """Nor does anybody see it as a fault of the platform."""
    stuck_either.begins = begins
    await _cancel(adapter_of(stuck_either), lambda: _acquired(stuck_either.reached))
    await _acquired(stuck_either.left)


async def test_a_cancelled_task_waits_for_no_login(stuck: Stuck) -> None:
    """Nor is another one begun."""
    await _cancel(with_login(stuck), lambda: _acquired(stuck.reached))
    await _acquired(stuck.left)
    assert stuck.asked == ["/token"]


async def test_a_cancelled_task_waits_for_no_handshake(stuck_tls: Stuck) -> None:
    """A server that takes the call and says nothing holds nobody up."""
    stuck_tls.shakes_hands = False
    await _cancel(adapter_of(stuck_tls), lambda: _acquired(stuck_tls.reached))
    await _acquired(stuck_tls.left)


class _Connecting(logging.Handler):
    """Hears from httpcore that a connection is being made."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage().startswith("connect_tcp.started"):
            self.begun.set()


async def test_a_cancelled_task_waits_for_no_connection(caplog: pytest.LogCaptureFixture) -> None:
    """To a port where connecting never ends."""
    connecting = _Connecting()
    loggers = [logging.getLogger(name) for name in ("httpcore.connection", "httpcore2.connection")]
    for one in loggers:
        caplog.set_level(logging.DEBUG, one.name)
        one.addHandler(connecting)
    try:
        with unreachable() as port:
            adapter = Fake(base_url=f"http://127.0.0.1:{port}", pager=PAGES)
            await _cancel(adapter, connecting.begun.wait)
    finally:
        for one in loggers:
            one.removeHandler(connecting)
