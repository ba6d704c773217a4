"""When to try again, and how long to wait first."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from attrs import define

from aggregator.errors import NetworkError, VendorError

RETRIED_STATUSES = frozenset({429, 500, 502, 503, 504})

FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0


def _say_nothing(error: VendorError, seconds: float) -> None:
    del error, seconds


@define(kw_only=True)
class Patience:
    """Decides, for one request, whether and when it is tried again: full jitter, Retry-After, and a cap on all waits.

    It is the hook that stamina asks after each failure. It never tells stamina to wait: the wait is left in `due` for
    whoever sends the next attempt, who waits by our own clock, so that closing a client ends it at once.

    Attributes:
        operation: What the request is part of.
        attempts: How often it is tried, the first time included.
        max_wait: Seconds all waits may add up to.
        may_repeat: Sending it twice does no harm.
        on_wait: Called with the error and the seconds of each wait.
        attempt: How often it has failed.
        waited: Seconds of all waits so far.
        due: Seconds to wait before the next attempt.
    """

    operation: str
    attempts: int
    max_wait: float
    may_repeat: bool = True
    on_wait: Callable[[VendorError, float], None] = _say_nothing
    attempt: int = 0
    waited: float = 0.0
    due: float = 0.0

    def __call__(self, error: Exception) -> bool | float:
        """Return 0.0 for another attempt, or False."""
        if not self.may_repeat or not isinstance(error, VendorError) or not self._worth_repeating(error):
            return False
        self.attempt += 1
        wait = self._wait(error)
        if self.attempt >= self.attempts or self.waited + wait > self.max_wait:
            return False
        self.waited += wait
        self.due = wait
        self.on_wait(error, wait)
        return 0.0

    def take_due(self) -> float:
        """Return the seconds to wait before the next attempt, once."""
        due, self.due = self.due, 0.0
        return due

    def _wait(self, error: VendorError) -> float:
        ceiling = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** (self.attempt - 1))
        jitter = random.uniform(0.0, ceiling)  # noqa: S311 - spreads load, protects nothing
        return jitter if not error.retry_after else error.retry_after + jitter / 10

    def _worth_repeating(self, error: VendorError) -> bool:
        # A failed login has had its own attempts already, inside this one.
        if error.operation != self.operation:
            return False
        return isinstance(error, NetworkError) or error.status in RETRIED_STATUSES


def parse_retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds a Retry-After header (RFC 9110 section 10.2.3) asks to wait; None if it asks for nothing.

    A date is compared with the answer's own Date, so that a server's wrong clock does no harm. What is negative, past
    or no such header at all ("3 seconds") asks for nothing.

    Args:
        headers: Response headers, names in lower case.
        now: Our own time, used where the answer has no Date.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdecimal():
        return float(value) or None
    date = http_date(value)
    if date is None:
        return None
    seconds = (date - (http_date(headers.get("date", "")) or now)).total_seconds()
    return seconds if seconds > 0 else None


def http_date(value: str) -> datetime | None:
    """Return the time an HTTP header gives, in its own zone; None if it gives none."""
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, IndexError, OverflowError):
        return None
    return date if date.tzinfo is not None else date.replace(tzinfo=UTC)
