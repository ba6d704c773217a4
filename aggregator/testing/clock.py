"""Time that moves only when somebody waits, so that hours of patience are tested in no time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Event, Lock

from attrs import define, field

from aggregator.wire.clock import Clock

START = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)

# Rate budgets outlive a client for a moment: each clock begins long after the one before, so none owes another a wait.
_beginnings = count(0, 10_000_000)


@define
class VirtualClock(Clock):
    """A clock that stands still until somebody sleeps by it.

    Attributes:
        waited: Seconds of all waits so far.
    """

    waited: float = 0.0
    _begin: float = field(factory=lambda: float(next(_beginnings)), init=False)
    _elapsed: float = field(default=0.0, init=False)
    _lock: Lock = field(factory=Lock, init=False)

    def monotonic(self) -> float:
        """Seconds that only ever grow."""
        return self._begin + self._elapsed

    def now(self) -> datetime:
        """The time of day."""
        return START + timedelta(seconds=self._elapsed)

    def advance(self, seconds: float) -> None:
        """Let time pass that nobody waited for."""
        with self._lock:
            self._elapsed += seconds

    def sleep(self, seconds: float, until: Event | None = None) -> None:
        """Wait, in no time."""
        del until
        with self._lock:
            self.waited += seconds
            self._elapsed += seconds

    async def sleep_async(self, seconds: float) -> None:
        """Wait, in no time."""
        self.sleep(seconds)
