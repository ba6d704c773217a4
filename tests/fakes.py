"""Stand-ins that behave: time that moves only when somebody sleeps, and replies made of plain values."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

from attrs import define, field

from aggregator.adapter.steps import Reply
from aggregator.wire.clock import Clock

NOON = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


@define
class FakeClock(Clock):
    """A clock that stands still until somebody sleeps by it; it remembers every sleep, in seconds."""

    elapsed: float = 0.0
    sleeps: list[float] = field(factory=list)

    def monotonic(self) -> float:
        return self.elapsed

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.elapsed)

    def sleep(self, seconds: float, until: Event | None = None) -> None:
        self.sleeps.append(seconds)
        self.elapsed += seconds

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)


def reply(body: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> Reply:
    """A reply with this body: bytes as they are, anything else as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Reply(
        status=status,
        headers=headers or {},
        content=content,
        request="GET https://vendor.test/",
        requested_at=NOON,
        fetched_at=NOON,
    )
