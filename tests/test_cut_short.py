"""A collect that is cut short closes everything at once and keeps every listing that was finished."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from attrs import frozen

from aggregator import Aggregator, AsyncAggregator, Progress, Snapshot
from aggregator.adapter import Adapter, Call, Page, Plan
from aggregator.cli import run
from aggregator.client import AsyncClient, Client
from aggregator.collect.ledger import Ledger
from aggregator.errors import UsageError
from aggregator.model import StopReason
from aggregator.wire.options import Options
from aggregator.wire.pagers import PageNumber
from aggregator.wire.stop import Abandoned, Stop
from tests.fakes import FakeClock
from tests.wire.fake_vendor import BASE, Fake, FakeList, FakeServer, open_rows, respond, rows

LONG = "https://long.test"
PATIENCE = 60  # seconds after which a test that hangs fails


def _account(name: str, base_url: str = BASE) -> Fake:
    return Fake(account=name, base_url=base_url, pager=PageNumber(path="/rows", opener=open_rows))


class _Server(FakeServer):
    """Two hosts: one serves its short list; the other lets the test act when its second page is asked for.

    Attributes:
        reached: The second page of the long list was asked for.
        closed: The transport was closed.
    """

    def __init__(self, second: Callable[[], httpx.Response]) -> None:
        super().__init__(self._serve)
        self.second, self.reached, self.closed = second, threading.Event(), 0
        self.short, self.long = FakeList(rows=rows(6)), FakeList(rows=rows(300))

    def _serve(self, request: httpx.Request) -> httpx.Response:
        page = request.url.params["page"]
        if request.url.host == "long.test" and page == "2":
            self.reached.set()
            return self.second()
        held = self.long if request.url.host == "long.test" else self.short
        return respond(held.by_number(Call(path="/rows", query=(("page", page),))).json())

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


def _threads() -> set[str]:
    return {one.name for one in threading.enumerate() if one.name.startswith("aggregator")}


class _Patient(FakeClock):
    """A clock whose waits in threads last until somebody calls them off."""

    def sleep(self, seconds: float, until: threading.Event | None = None) -> None:
        assert until is not None, "a wait that nobody can end"
        assert until.wait(PATIENCE), "nobody ended the wait"


@pytest.fixture
def over(monkeypatch: pytest.MonkeyPatch) -> Callable[[_Server], None]:
    """Make every client talk to a server of the test's, by a clock that never moves on."""

    def use(server: _Server) -> None:
        def client(adapter: Adapter, **how: Any) -> Client[Adapter]:
            how["options"] = Options(concurrency=2)
            return Client(adapter, transport=server, clock=_Patient(), **{"announce": how["announce"]} | how)

        def async_client(adapter: Adapter, **how: Any) -> AsyncClient[Adapter]:
            how["options"] = Options(concurrency=2)
            return AsyncClient(adapter, transport=server, clock=FakeClock(), **how)

        monkeypatch.setattr("aggregator.collect.threads.Client", client)
        monkeypatch.setattr("aggregator.collect.tasks.AsyncClient", async_client)

    return use


ACCOUNTS = (_account("short"), _account("long", LONG))


def _judge(snapshot: Any, *, came: int = 3) -> None:
    """The short list is whole; of the long one there are the pages that came, and it says why there are no more."""
    short, long = snapshot.listings
    assert short.coverage.complete
    assert len(short) == 6
    assert len(long) == came
    assert not long.coverage.complete
    assert long.coverage.stop is StopReason.ABANDONED
    assert "cut short" in (long.coverage.reason or "")


@pytest.mark.parametrize("waits", ["between attempts", "for nothing"])
def test_an_interrupt_ends_every_wait_of_the_other_threads(
    over: Callable[[_Server], None], monkeypatch: pytest.MonkeyPatch, waits: str
) -> None:
    """Ctrl-C while accounts are under way, even in a wait of minutes: no thread is left, what was finished is there."""
    released = threading.Event()

    def second() -> httpx.Response:
        if waits == "for nothing":
            assert released.wait(PATIENCE)
            return respond({"rows": rows(3, start=3), "total": 300, "more": True})
        return respond({}, status=503)

    server = _Server(second)
    over(server)
    finished, came = threading.Event(), threading.Event()

    def on_progress(progress: Progress) -> None:
        if progress.done:
            finished.set()
        elif progress.source.account == "long" and progress.records:
            came.set()

    def interrupted(*given: object, **how: object) -> None:
        assert finished.wait(PATIENCE)
        assert came.wait(PATIENCE)
        assert server.reached.wait(PATIENCE)
        raise KeyboardInterrupt

    monkeypatch.setattr("aggregator.collect.threads.wait", interrupted)
    stop = Client.stop

    def stop_and_release(client: Client[Adapter]) -> None:
        stop(client)
        released.set()

    monkeypatch.setattr(Client, "stop", stop_and_release)
    with Aggregator(ACCOUNTS) as aggregator:
        with pytest.raises(KeyboardInterrupt):
            aggregator.collect(on_progress=on_progress)
        assert _threads() == set()
        _judge(aggregator.so_far())
        asked = len(server.requests)
    assert len(server.requests) == asked
    assert server.closed == len(ACCOUNTS)


def test_an_aggregator_can_collect_again_after_an_interrupt(
    over: Callable[[_Server], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clients that were called off are replaced."""
    server = _Server(lambda: respond({}, status=403))
    over(server)
    with Aggregator(ACCOUNTS[:1]) as aggregator:
        with monkeypatch.context() as patch:
            patch.setattr("aggregator.collect.threads.wait", _interrupt)
            with pytest.raises(KeyboardInterrupt):
                aggregator.collect()
        assert aggregator.collect().complete


def _interrupt(*given: object, **how: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("when", ["begin", "page", "end"])
def test_an_interrupt_in_the_callers_own_code_passes_through_threads(
    over: Callable[[_Server], None], when: str
) -> None:
    """What no callback may swallow is raised as it is; the other account stops waiting, and no thread is left."""
    server = _Server(lambda: respond({}, status=503))
    over(server)
    with Aggregator(ACCOUNTS) as aggregator:
        with pytest.raises(KeyboardInterrupt):
            aggregator.collect(on_progress=_interrupting(when, lambda: server.reached.wait(PATIENCE)))
        assert _threads() == set()
        assert [one.error for one in aggregator.so_far().listings] == [None, None]
        assert bool(aggregator.so_far().listings[0].coverage.complete) is (when == "end")
    assert server.closed == len(ACCOUNTS)


def _interrupting(when: str, first: Callable[[], object]) -> Callable[[Progress], None]:
    def on_progress(progress: Progress) -> None:
        is_now = {"begin": not progress.records, "page": progress.records and not progress.done, "end": progress.done}
        if progress.source.account == "short" and is_now[when]:
            first()
            raise KeyboardInterrupt

    return on_progress


def test_a_cancelled_collect_leaves_no_task_and_keeps_what_was_finished(over: Callable[[_Server], None]) -> None:
    """Cancellation in mid-walk ends all requests under way; the finished listing is there afterwards."""

    class Stuck(_Server):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.host == "long.test" and request.url.params["page"] != "1":
                stuck.set()
                await asyncio.Event().wait()
            return await super().handle_async_request(request)

    server = Stuck(lambda: respond({}, status=503))
    over(server)
    stuck, finished, came = asyncio.Event(), asyncio.Event(), asyncio.Event()

    def on_progress(progress: Progress) -> None:
        if progress.done:
            finished.set()
        elif progress.source.account == "long" and progress.records:
            came.set()

    async def run() -> None:
        async with AsyncAggregator(ACCOUNTS) as aggregator:
            collecting = asyncio.create_task(aggregator.collect(on_progress=on_progress))
            await stuck.wait()
            await finished.wait()
            await came.wait()
            collecting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await collecting
            assert asyncio.all_tasks() == {asyncio.current_task()}
            _judge(aggregator.so_far())

    asyncio.run(run())
    assert server.closed == len(ACCOUNTS)


def test_every_client_is_closed_even_if_another_cannot_be(over: Callable[[_Server], None]) -> None:
    """An error while one account's connections are closed leaves none of the others open."""

    class Breaking(_Server):
        async def aclose(self) -> None:
            await super().aclose()
            raise OSError("mine")

    server = Breaking(lambda: respond({}, status=403))
    over(server)

    async def run() -> None:
        async with AsyncAggregator(ACCOUNTS) as aggregator:
            await aggregator.collect()

    with pytest.raises(OSError, match="mine"):
        asyncio.run(run())
    assert server.closed == len(ACCOUNTS)


def test_before_the_first_collect_there_is_nothing() -> None:
    """An aggregator that has not collected has finished nothing."""
    assert Aggregator([]).so_far().listings == AsyncAggregator([]).so_far().listings == Ledger().snapshot().listings


def test_a_stop_reaches_those_made_from_it_earlier_and_later() -> None:
    """Calling off the whole calls off each part, even one that begins a moment later; a part calls off only itself."""
    whole = Stop()
    early, other = Stop(whole), Stop(whole)
    early.set()
    assert (early.is_set(), other.is_set(), whole.is_set()) == (True, False, False)
    whole.set()
    assert other.is_set()
    assert Stop(whole).is_set()


def test_the_command_writes_what_came_before_ctrl_c(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`aggregator collect` that is interrupted leaves an incomplete snapshot, which `latest` does not point to."""
    settings = (
        '[accounts.acme]\nvendor = "fabric"\nbrand_id = 1\nbase_url = "http://127.0.0.1:9"\ntoken = { env = "T" }'
    )
    (tmp_path / "aggregator.toml").write_text(settings, "utf-8")
    monkeypatch.setenv("T", "some-token-0001")
    monkeypatch.setattr("aggregator.collect.threads.wait", _interrupt)
    out = tmp_path / "out"
    assert run(["collect", "--config", str(tmp_path / "aggregator.toml"), "--out", str(out)]) == 130
    (folder,) = out.iterdir()
    assert not Snapshot.load(folder).complete
    assert str(folder) in capsys.readouterr().err.replace("\n", "")


def test_nothing_is_begun_after_a_collect_is_called_off() -> None:
    """An account whose turn comes too late is left alone."""
    ledger, server = Ledger(), FakeServer(lambda request: respond({}))
    entries = ledger.enter(ACCOUNTS, None)
    ledger.stop.set()
    with Aggregator(ACCOUNTS) as aggregator, Client[Adapter](ACCOUNTS[0], transport=server) as client:
        aggregator._account(client, entries[0], ledger)
    assert server.requests == []
    with pytest.raises(Abandoned):
        ledger.page(entries[0][0], Page(walk=1, number=1, records=(), fresh=()))


def test_an_aggregator_can_collect_twice(over: Callable[[_Server], None]) -> None:
    """The second collect uses the connections of the first."""
    server = _Server(lambda: respond({}, status=403))
    over(server)
    with Aggregator(ACCOUNTS[:1]) as aggregator:
        assert aggregator.collect().complete
        assert aggregator.collect().complete

    async def run() -> None:
        async with AsyncAggregator(ACCOUNTS[:1]) as aggregator:
            assert (await aggregator.collect()).complete
            assert (await aggregator.collect()).complete

    asyncio.run(run())
    assert server.closed == 2


@frozen(kw_only=True)
class _Refusing(Fake):
    """An adapter that is used wrongly."""

    def listings(self) -> tuple[Plan[Any], ...]:
        raise UsageError("no")


def test_wrong_use_is_raised_as_itself_in_tasks_too() -> None:
    """An error of the caller's stands in no group, and before anything is sent."""

    async def run() -> None:
        async with AsyncAggregator([_Refusing(account="refuses")]) as aggregator:
            await aggregator.collect()

    with pytest.raises(UsageError):
        asyncio.run(run())
    with Aggregator([_Refusing(account="refuses")]) as aggregator, pytest.raises(UsageError):
        aggregator.collect()
