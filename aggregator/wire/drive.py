"""Two small drivers run the same walk: one in threads, one in tasks."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TypeVar

from attrs import define, field

from aggregator.adapter.steps import Ahead, Call, Page, Plan, Reply, WalkEnd
from aggregator.errors import AggregatorError
from aggregator.garbage import is_collecting
from aggregator.model.record import Record
from aggregator.wire.hooks import WireEvent, tell
from aggregator.wire.session import AsyncSession, Session
from aggregator.wire.stop import Stop

R = TypeVar("R", bound=Record)

# Replies that have come but are not yet due wait in memory; so many for each one under way.
WINDOW = 2

# Seconds to wait until a request ahead is on its way, before a page is read that is here already. Reading holds
# Python's lock and would keep the request from leaving; the platform would begin only when we are done.
SENT_WITHIN = 0.02

# How often the event loop turns before a page is read that is here already. A turn with nothing to do costs 20 µs.
TURNS = 10


@define
class _ThreadAhead:
    """Sends the next calls before they are asked for; a bounded number, in order."""

    session: Session
    operation: str
    _waiting: deque[Call] = field(factory=deque, init=False)
    _under_way: dict[Call, Future[Reply]] = field(factory=dict, init=False)
    _pool: ThreadPoolExecutor | None = field(default=None, init=False)
    _stop: Stop = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._stop = Stop(self.session.wire.stop)

    def plan(self, calls: tuple[Call, ...]) -> None:
        if self.session.wire.options.concurrency > 1:
            self._waiting.extend(calls)
            sent = Event()
            if self._fill(sent):
                sent.wait(SENT_WITHIN)

    def take(self, call: Call) -> Reply:
        future = self._under_way.pop(call, None)
        if future is None:
            self._forget()
            if self._pool is None:
                return self.session.fetch(call, self.operation, self._stop)
            future = self._submit(self._pool, call)
        reply = future.result()
        self._fill()
        return reply

    def _fill(self, sent: Event | None = None) -> bool:
        """Send what there is room for; return whether that is anything, of which `sent` will tell about the first."""
        width, before = self.session.wire.options.concurrency, len(self._under_way)
        while self._waiting and len(self._under_way) < WINDOW * width:
            self._pool = self._pool or ThreadPoolExecutor(width, thread_name_prefix="aggregator")
            call = self._waiting.popleft()
            self._under_way[call] = self._submit(self._pool, call, sent)
            sent = None
        return len(self._under_way) > before

    def _submit(self, pool: ThreadPoolExecutor, call: Call, sent: Event | None = None) -> Future[Reply]:
        return pool.submit(self.session.fetch, call, self.operation, self._stop, sent)

    def _forget(self) -> None:
        """The walk went another way than it said: what is under way is of no use any more."""
        self._waiting.clear()
        for future in self._under_way.values():
            future.cancel()
        self._under_way.clear()

    def close(self) -> None:
        """End what is under way, and wait for it, unless the collector closes a walk that somebody let go of half read.

        A thread that is to end may want a lock beneath which the collector happens to run.
        """
        self._forget()
        self._stop.set()
        if self._pool is not None:
            self._pool.shutdown(wait=not is_collecting(), cancel_futures=True)


def _tell_page(session: Session | AsyncSession, plan: Plan[R], page: Page[R]) -> None:
    event = WireEvent(
        vendor=plan.vendor,
        account=plan.account,
        operation=plan.operation,
        page=page.number,
        records=len(page.records),
    )
    tell(session.wire.options.hooks, "page", event)


def _tell_end(session: Session | AsyncSession, plan: Plan[R], end: WalkEnd) -> None:
    event = WireEvent(
        vendor=plan.vendor,
        account=plan.account,
        operation=plan.operation,
        records=end.coverage.unique,
        complete=end.coverage.complete,
        reason=end.coverage.reason,
    )
    tell(session.wire.options.hooks, "listing", event)


def drive(plan: Plan[R], session: Session) -> Generator[Page[R], None, WalkEnd]:
    """Yield the pages of a plan as they come; return how the walk ended."""
    steps = plan.start()
    ahead = _ThreadAhead(session, plan.operation)
    try:
        step = next(steps)
        while True:
            if isinstance(step, Call):
                try:
                    reply = ahead.take(step)
                except AggregatorError as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(reply)
            elif isinstance(step, Ahead):
                ahead.plan(step.calls)
                step = next(steps)
            else:
                _tell_page(session, plan, step)
                yield step
                step = next(steps)
    except StopIteration as stop:
        end: WalkEnd = stop.value
        _tell_end(session, plan, end)
        return end
    finally:
        steps.close()
        ahead.close()


async def _give_way() -> None:
    """Let the other tasks run before a page is read, or a row of pages that are here would keep them from asking.

    A page that was asked for ahead is on its way then, and the platform works on it while this one is read. To
    take an answer in and to send the next request takes a task several turns of the loop.
    """
    for _ in range(TURNS):
        await asyncio.sleep(0)


@define
class _TaskAhead:
    """Sends the next calls before they are asked for; a bounded number, in order."""

    session: AsyncSession
    operation: str
    _waiting: deque[Call] = field(factory=deque, init=False)
    _under_way: dict[Call, asyncio.Task[Reply]] = field(factory=dict, init=False)
    _forgotten: list[asyncio.Task[Reply]] = field(factory=list, init=False)
    _width: asyncio.Semaphore = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._width = asyncio.Semaphore(self.session.wire.options.concurrency)

    def plan(self, calls: tuple[Call, ...]) -> None:
        if self.session.wire.options.concurrency > 1:
            self._waiting.extend(calls)
            self._fill()

    async def take(self, call: Call) -> Reply:
        task = self._under_way.pop(call, None)
        if task is None:
            self._forget()
            return await self._fetch(call)
        reply = await task
        self._fill()
        await _give_way()
        return reply

    async def _fetch(self, call: Call) -> Reply:
        async with self._width:
            return await self.session.fetch(call, self.operation)

    def _fill(self) -> None:
        while self._waiting and len(self._under_way) < WINDOW * self.session.wire.options.concurrency:
            call = self._waiting.popleft()
            self._under_way[call] = asyncio.create_task(self._fetch(call))

    def _forget(self) -> None:
        """The walk went another way than it said: what is under way is of no use any more."""
        self._waiting.clear()
        for task in self._under_way.values():
            task.cancel()
        self._forgotten.extend(self._under_way.values())
        self._under_way.clear()

    async def close(self) -> None:
        self._forget()
        await asyncio.gather(*self._forgotten, return_exceptions=True)


async def drive_async(plan: Plan[R], session: AsyncSession, ends: list[WalkEnd]) -> AsyncGenerator[Page[R]]:
    """Yield the pages of a plan as they come; append how the walk ended to `ends`.

    An asynchronous generator cannot return a value, hence the list.
    """
    steps = plan.start()
    ahead = _TaskAhead(session, plan.operation)
    try:
        step = next(steps)
        while True:
            if isinstance(step, Call):
                try:
                    reply = await ahead.take(step)
                except AggregatorError as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(reply)
            elif isinstance(step, Ahead):
                ahead.plan(step.calls)
                await _give_way()
                step = next(steps)
            else:
                _tell_page(session, plan, step)
                yield step
                step = next(steps)
    except StopIteration as stop:
        _tell_end(session, plan, stop.value)
        ends.append(stop.value)
    finally:
        steps.close()
        await ahead.close()
