"""Time, so that tests can supply their own."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from threading import Event


class Clock:
    """The machine's clock."""

    def monotonic(self) -> float:
        """Seconds that only ever grow."""
        return time.monotonic()

    def now(self) -> datetime:
        """The time of day, in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float, until: Event) -> None:
        """Wait in this thread, at most until the event happens."""
        until.wait(seconds)

    async def sleep_async(self, seconds: float) -> None:
        """Wait in this task."""
        await asyncio.sleep(seconds)
