"""Both drivers fetch ahead in order and within bounds, and leave nothing behind."""

from __future__ import annotations

import asyncio
import gc
import threading
from typing import Any

import httpx
import pytest

from aggregator.adapter import Ahead, Call, DriftCount, Place, Plan, Reply, Steps, WalkEnd
from aggregator.client import AsyncClient, Client
from aggregator.errors import NetworkError, UsageError
from aggregator.model import Connection, Coverage, StopReason
from aggregator.wire.drive import drive, drive_async
from aggregator.wire.options import Options
from aggregator.wire.pagers import PageNumber, StartLimitBody
from aggregator.wire.session import AsyncSession, Session
from aggregator.wire.walk import walk
from tests.fakes import NOON, FakeClock
from tests.wire.fake_vendor import (
    Fake,
    FakeList,
    FakeServer,
    Threads,
    Way,
    open_rows,
    over_http,
    read_row,
    respond,
    rows,
    wire_of,
)

ADAPTER = Fake(pager=PageNumber(path="/rows", opener=open_rows))


def threads() -> list[str]:
    return [one.name for one in threading.enumerate() if one.name.startswith("aggregator")]


def ids(count: int) -> list[str]:
    return [row["id"] for row in rows(count)]


@pytest.mark.parametrize("concurrency", [1, 2, 4])
def test_order_is_kept_and_never_more_than_allowed_are_under_way(way: Way, concurrency: int) -> None:
    """Pages come in order, as many at once as allowed, and never one more."""
    pages = 1 + 3 * concurrency
    served = over_http(FakeList(rows=rows(pages * 3 - 1)).by_number)
    # The first page, and the look at it in the end, go out alone: they must not wait for companions.
    alone = frozenset({1, pages + 1})
    server = FakeServer(served, at_once=concurrency if concurrency > 1 else 0, alone=alone)
    listing = way.listing(ADAPTER, server, options=Options(concurrency=concurrency))
    assert [one.id for one in listing] == ids(pages * 3 - 1)
    assert server.most_under_way == concurrency
    assert listing.coverage.complete


def test_the_next_request_leaves_before_the_page_that_is_here_is_read(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The platform works on the next page while this one is read, though reading lets nothing else run."""
    monkeypatch.setattr("aggregator.wire.drive.SENT_WITHIN", 60)
    held = FakeList(rows=rows(8))
    asked: list[int] = []

    def read(row: Any, place: Place, drift: DriftCount) -> Connection:
        asked.append(held.requests)
        return read_row(row, place, drift)

    class Watched(Fake):
        def steps(self, scope: str | None = None) -> Steps[Connection]:
            return walk(self.pager, read, adapter=self, operation="connections", scope=scope)

    pager = StartLimitBody(path="/rows", body={}, limit=3, opener=open_rows, exact_total=True)
    listing = way.listing(Watched(pager=pager), FakeServer(over_http(held.by_start)))
    assert [one.id for one in listing] == ids(8)
    assert asked[:6] == [2, 2, 2, 3, 3, 3]


def test_a_page_is_read_while_the_next_answer_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """In threads, reading waits until the next request has left, and not for its answer."""
    monkeypatch.setattr("aggregator.wire.drive.SENT_WITHIN", 60)
    held, reading = FakeList(rows=rows(5)), threading.Event()
    served = over_http(held.by_start)

    class Answering(FakeServer):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if len(self.requests) == 1:
                request.extensions["trace"]("http11.send_request_headers.complete", {})
                request.extensions["trace"]("http11.send_request_body.complete", {})
                assert reading.wait(timeout=60), "nobody read while the answer was waited for"
            return super().handle_request(request)

    def read(row: Any, place: Place, drift: DriftCount) -> Connection:
        reading.set()
        return read_row(row, place, drift)

    class Watched(Fake):
        def steps(self, scope: str | None = None) -> Steps[Connection]:
            return walk(self.pager, read, adapter=self, operation="connections", scope=scope)

    pager = StartLimitBody(path="/rows", body={}, limit=3, opener=open_rows, exact_total=True)
    listing = Threads().listing(Watched(pager=pager), Answering(served))
    assert [one.id for one in listing] == ids(5)


def test_hints_beyond_the_end_do_no_harm(way: Way) -> None:
    """Pages that were announced and do not exist are asked for in vain, and change nothing."""
    held = FakeList(rows=rows(5), total=5)

    def serve(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params["page"])
        if number > 2:
            return respond({"detail": "Invalid page."}, status=404)
        body = {"rows": held.rows[(number - 1) * 3 : number * 3], "page_count": 9, "more": number < 2}
        return respond(body)

    listing = way.listing(ADAPTER, FakeServer(serve))
    assert [one.id for one in listing] == ids(5)
    assert listing.coverage.complete


def test_a_failing_page_ends_the_list_after_the_pages_before_it(way: Way) -> None:
    """Pages fetched ahead of a failing one are not taken for the list; those before it are kept."""
    served = over_http(FakeList(rows=rows(30)).by_number)

    def serve(request: httpx.Request) -> Any:
        return respond({}, status=403) if request.url.params["page"] == "4" else served(request)

    listing = way.listing(ADAPTER, FakeServer(serve))
    assert [one.id for one in listing] == ids(9)
    assert "may not do this" in str(listing.error)


def test_closing_early_stops_what_is_under_way_in_threads() -> None:
    """A reader that stops leaves no thread behind, and no further page is asked for."""
    server = FakeServer(over_http(FakeList(rows=rows(3000)).by_number))
    with Client(ADAPTER, transport=server) as client:
        records = client.connections()
        assert next(records).id == "r00000"
        records.close()
        asked = len(server.requests)
        assert threads() == []
        assert asked < 60
        assert not records.end.coverage.complete
        with pytest.raises(StopIteration):
            next(records)
    assert len(server.requests) == asked


def test_closing_early_stops_what_is_under_way_in_tasks() -> None:
    """A reader that stops leaves no task behind, and no further page is asked for."""
    server = FakeServer(over_http(FakeList(rows=rows(3000)).by_number))

    async def run() -> None:
        async with AsyncClient(ADAPTER, transport=server) as client:
            records = client.connections()
            assert (await anext(records)).id == "r00000"
            await records.aclose()
            assert asyncio.all_tasks() == {asyncio.current_task()}
            assert not records.end.coverage.complete
            with pytest.raises(StopAsyncIteration):
                await anext(records)

    asyncio.run(run())
    assert len(server.requests) < 60


def test_an_exception_in_a_callback_closes_the_walk(way: Way) -> None:
    """An exception in the caller's own code passes through, and neither thread nor task is left."""

    def refuse(page: object) -> None:
        raise LookupError("mine")

    server = FakeServer(over_http(FakeList(rows=rows(300)).by_number))
    with pytest.raises(LookupError, match="mine"):
        way.listing(ADAPTER, server, on_page=refuse)
    assert threads() == []


def test_a_cancelled_task_leaves_no_other_behind() -> None:
    """Cancelling whoever collects a list cancels all requests under way for it."""
    released = asyncio.Event()

    class Stuck(FakeServer):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.params["page"] != "1":
                released.set()
                await asyncio.Event().wait()
            return await super().handle_async_request(request)

    async def run() -> None:
        server = Stuck(over_http(FakeList(rows=rows(300)).by_number))
        async with AsyncClient(ADAPTER, transport=server) as client:
            task = asyncio.create_task(client.listing(ADAPTER.connections()))
            await released.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(run())


def test_closing_wakes_threads_that_wait_for_their_next_attempt() -> None:
    """Waits of minutes between attempts end when nobody wants their result any more."""
    waiting = threading.Event()
    served = over_http(FakeList(rows=rows(300)).by_number)

    class Waits(FakeClock):
        def sleep(self, seconds: float, until: threading.Event | None = None) -> None:
            assert until is not None
            waiting.set()
            assert until.wait(timeout=60), "nobody ended the wait"

    def serve(request: httpx.Request) -> Any:
        return served(request) if request.url.params["page"] in {"1", "2"} else respond({}, status=503)

    with Client(ADAPTER, transport=FakeServer(serve), clock=Waits()) as client:
        records = client.connections()
        next(records)
        assert waiting.wait(timeout=60)
        records.close()
    assert threads() == []


def test_a_forgotten_reader_is_cleared_up_when_it_is_collected() -> None:
    """Records that nobody closed leave no thread behind once they are garbage."""
    with Client(ADAPTER, transport=FakeServer(over_http(FakeList(rows=rows(300)).by_number))) as client:
        records = client.connections()
        next(records)
        del records
        gc.collect()
        for one in threading.enumerate():
            if one.name.startswith("aggregator"):
                one.join(timeout=60)
        assert threads() == []


def test_a_reader_that_is_collected_beneath_a_lock_waits_for_no_thread_that_wants_it() -> None:
    """The collector runs wherever memory is asked for, and a thread of the reader may be about to take that lock."""
    lock, wanted = threading.Lock(), threading.Event()
    served = over_http(FakeList(rows=rows(300)).by_number)

    class Locking(FakeServer):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.params["page"] != "1":
                wanted.set()
                with lock:
                    pass
            return super().handle_request(request)

    with Client(ADAPTER, transport=Locking(served)) as client:
        with lock:
            records = client.connections()
            cycle = [records]
            cycle.append(cycle)  # type: ignore[arg-type]  # so that nobody but the collector can tell that it is garbage
            next(records)
            assert wanted.wait(timeout=60)
            del records, cycle
            gc.collect()
        for one in threading.enumerate():
            if one.name.startswith("aggregator"):
                one.join(timeout=60)
        assert threads() == []


def _wandering(calls: list[Call], later: Call) -> Plan[Connection]:
    """A plan that announces some calls, makes the first of them, then another one."""

    def start() -> Steps[Connection]:
        yield Ahead(calls=tuple(calls))
        assert isinstance((yield calls[0]), Reply)
        assert isinstance((yield later), Reply)
        assert isinstance((yield calls[-1]), Reply)
        return WalkEnd(coverage=Coverage(complete=True, started_at=NOON, finished_at=NOON, stop=StopReason.END))

    return Plan(vendor="fake", account="default", operation="connections", start=start)


def _driven(way: Way, plan: Plan[Connection], server: FakeServer, concurrency: int) -> WalkEnd:
    """Drive a plan without pages to its end."""
    wire = wire_of(ADAPTER, concurrency=concurrency)
    if isinstance(way, Threads):
        with Session(wire, transport=server) as session, pytest.raises(StopIteration) as stop:
            next(drive(plan, session))
        threaded: WalkEnd = stop.value.value
        return threaded

    async def run() -> WalkEnd:
        ends: list[WalkEnd] = []
        async with AsyncSession(wire, transport=server) as session:
            assert [page async for page in drive_async(plan, session, ends)] == []
        return ends[0]

    return asyncio.run(run())


def test_a_walk_that_leaves_its_plan_stays_within_bounds(way: Way) -> None:
    """A call nobody announced goes out within the same bound, and what was announced can still be made."""
    calls = [Call(path=f"/{number}") for number in range(20)]
    plan, server = _wandering(calls, Call(path="/elsewhere")), FakeServer(lambda request: respond([]))
    assert _driven(way, plan, server, 3).coverage.complete
    assert server.most_under_way <= 3


def test_a_walk_may_plan_on_while_all_its_places_are_taken(way: Way) -> None:
    """What was announced too early goes out as places become free, each call once, and its reply to whom it is due."""
    calls = [Call(path=f"/{number}") for number in range(20)]
    came: list[str] = []

    def start() -> Steps[Connection]:
        yield Ahead(calls=tuple(calls[:10]))
        yield Ahead(calls=tuple(calls[10:]))
        for call in calls:
            reply = yield call
            assert reply is not None
            came.append(reply.json())
        return WalkEnd(coverage=Coverage(complete=True, started_at=NOON, finished_at=NOON, stop=StopReason.END))

    plan = Plan(vendor="fake", account="default", operation="connections", start=start)
    server = FakeServer(lambda request: respond(request.url.path))
    assert _driven(way, plan, server, 2).coverage.complete
    assert came == [call.path for call in calls]
    assert sorted(request.url.path for request in server.requests) == sorted(came)
    assert server.most_under_way <= 2


def test_a_closed_client_says_so(way: Way) -> None:
    """A list that is read on after its client was closed ends with a sentence, not with a library's complaint."""
    server = FakeServer(over_http(FakeList(rows=rows(9)).by_number))
    if isinstance(way, Threads):
        with Client(ADAPTER, transport=server, options=Options(concurrency=1)) as client:
            records = client.connections()
            next(records)
        with pytest.raises(UsageError, match="closed"):
            list(records)
        return

    async def run() -> None:
        async with AsyncClient(ADAPTER, transport=server, options=Options(concurrency=1)) as client:
            records = client.connections()
            await anext(records)
        with pytest.raises(UsageError, match="closed"):
            [one async for one in records]

    asyncio.run(run())


def test_a_network_that_breaks_under_the_pages_ahead_is_reported_once(way: Way) -> None:
    """Errors of pages that were fetched ahead and never read are dropped with them, without a warning."""
    served = over_http(FakeList(rows=rows(60)).by_number)

    def serve(request: httpx.Request) -> Any:
        return served(request) if request.url.params["page"] == "1" else httpx.ReadError("reset")

    listing = way.listing(ADAPTER, FakeServer(serve), options=Options(attempts=1))
    assert isinstance(listing.error, NetworkError)
    assert [one.id for one in listing] == ids(3)
    gc.collect()
