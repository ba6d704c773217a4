"""Fetches one list from a fake platform under faults, and gathers everything the run left behind."""

from __future__ import annotations

import asyncio
import io
import logging
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

from attrs import define, field, frozen

from aggregator.adapter.base import Adapter
from aggregator.adapter.steps import Plan
from aggregator.client import AsyncClient, Client
from aggregator.errors import AggregatorError
from aggregator.model.listing import Listing
from aggregator.testing.clock import VirtualClock
from aggregator.testing.faults.base import Fault
from aggregator.testing.profile import ListProfile, WireProfile
from aggregator.testing.vendor import ROWS, EndlessError, FakeVendor
from aggregator.wire.options import Options

_LOGGERS = ("aggregator", "httpx", "httpx2", "httpcore", "httpcore2", "stamina")

# Small enough that a body without end is soon too large.
MAX_BODY = 4 * 1024 * 1024


class Driver(StrEnum):
    """How the list is fetched."""

    THREADS = "threads"  # one request after the other
    THREADS_AT_ONCE = "threads at once"  # several at a time, where the platform declares how many there are
    TASKS = "tasks"


@define(kw_only=True)
class Run:
    """What a run left behind.

    Attributes:
        driver: How the list was fetched.
        faults: What happened to it.
        vendor: The platform, as it was afterwards.
        listing: The list, if one came.
        error: What was raised instead.
        said: Every text the run produced: log lines, errors, tracebacks, representations, warnings, waits.
    """

    driver: Driver
    faults: tuple[Fault, ...]
    vendor: FakeVendor
    listing: Listing[Any] | None = None
    error: BaseException | None = None
    said: str = field(default="", repr=False)

    @property
    def reason(self) -> str:
        """Why the list is not complete, in the words a user reads."""
        if self.listing is not None:
            return self.listing.coverage.reason or ""
        return str(self.error or "")

    @property
    def outcome(self) -> str:
        """What it ended in, in a word or two."""
        if self.listing is None:
            return type(self.error).__name__
        if self.listing.coverage.complete:
            return "complete"
        failure = self.listing.coverage.failure
        return f"incomplete: {failure.code if failure else 'reason given'}"


@frozen(kw_only=True)
class Case:
    """One list, one way to fetch it, and what goes wrong meanwhile."""

    wire: WireProfile
    profile: ListProfile
    driver: Driver
    faults: tuple[Fault, ...] = ()
    rows: int = ROWS

    def run(self) -> Run:
        """Fetch the list."""
        adapter, clock = self.wire.adapter(), VirtualClock()
        vendor = FakeVendor(
            wire=self.wire,
            profile=self.profile,
            adapter=adapter,
            clock=clock,
            behaviours=tuple(fault.make() for fault in self.faults),
        )
        vendor.begin(self.rows)
        run = Run(driver=self.driver, faults=self.faults, vendor=vendor)
        with _overheard() as heard:
            try:
                plan = self.profile.plan(adapter)
                run.listing = self._fetch(adapter, plan, vendor, heard)
            except (AggregatorError, EndlessError) as error:
                run.error = error
            except Exception as error:  # noqa: BLE001 - the judge says what is wrong with it
                run.error = error
        run.said = _everything(run, heard, adapter)
        return run

    def _fetch(self, adapter: Adapter, plan: Plan[Any], vendor: FakeVendor, heard: io.StringIO) -> Listing[Any]:
        at_once = 1 if self.driver is Driver.THREADS else 4
        options = Options(concurrency=at_once, max_body=MAX_BODY)
        details: dict[str, Any] = {
            "options": options,
            "transport": vendor,
            "clock": vendor.clock,
            "announce": lambda message: heard.write(f"{message}\n"),
        }
        if self.driver is not Driver.TASKS:
            with Client(adapter, **details) as client:
                return client.attempt(plan)

        async def fetch() -> Listing[Any]:
            async with AsyncClient(adapter, **details) as client:
                return await client.attempt(plan)

        return asyncio.run(fetch())


@contextmanager
def _overheard() -> Iterator[io.StringIO]:
    """Write down all that is logged, at every level, and every warning."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    levels = [one.level for one in loggers]
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        for one in loggers:
            one.addHandler(handler)
            one.setLevel(logging.DEBUG)
        try:
            yield heard
        finally:
            for one, level in zip(loggers, levels, strict=True):
                one.removeHandler(handler)
                one.setLevel(level)
            heard.writelines(f"{warning.category.__name__}: {warning.message}\n" for warning in warned)


def _everything(run: Run, heard: io.StringIO, adapter: Adapter) -> str:
    listing, error = run.listing, run.error or (run.listing.error if run.listing is not None else None)
    said = [heard.getvalue(), repr(adapter), str(adapter), repr(adapter.login), repr(dict(adapter.headers))]
    if listing is not None:
        said += [repr(listing), str(listing), repr(listing.coverage), repr(listing.rejected), repr(listing.records)]
    if error is not None:
        said += [repr(error), str(error), repr(vars(error)), *traceback.format_exception(error)]
    return "\n".join(said)
