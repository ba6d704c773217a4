"""One rate budget per credential, shared by all threads, tasks and clients of the process."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from threading import Lock
from weakref import WeakValueDictionary

from pyrate_limiter import Duration, InMemoryBucket, RateItem
from pyrate_limiter import Rate as BucketRate

from aggregator.adapter.rate import Rate


class Budget:
    """Says how long to wait before the next request.

    pyrate-limiter keeps the books; the waiting is the caller's, so that it can be said aloud, shared by threads and
    tasks alike, and driven by a test's own clock. There is no thread behind it.
    """

    def __init__(self, rates: Sequence[Rate] = ()) -> None:
        self._lock = Lock()
        self._paused_until = float("-inf")
        limits = [BucketRate(rate.limit, int(rate.seconds * Duration.SECOND)) for rate in rates]
        self._bucket = InMemoryBucket(limits) if limits else None

    def reserve(self, now: float) -> float:
        """Take one request out of the budget and return 0.0, or return the seconds to wait before asking again.

        Args:
            now: Seconds by a monotonic clock, the same one at every call.
        """
        with self._lock:
            if now < self._paused_until:
                return self._paused_until - now
            if self._bucket is None:
                return 0.0
            item = RateItem("request", int(now * 1000))
            self._bucket.leak(item.timestamp)
            if self._bucket.put(item):
                return 0.0
            waiting = self._bucket.waiting(item)
            # One millisecond more than the books say: they count in whole ones, and the window includes its edge.
            return (waiting + 1) / 1000 if isinstance(waiting, int) and waiting >= 0 else 1.0

    def pause(self, now: float, seconds: float) -> None:
        """Let nobody who shares the budget send anything for so many seconds."""
        with self._lock:
            self._paused_until = max(self._paused_until, now + seconds)


_budgets: WeakValueDictionary[bytes, Budget] = WeakValueDictionary()
_budgets_lock = Lock()


def shared_budget(origin: object, identity: Sequence[str], rates: Sequence[Rate]) -> Budget:
    """Return the budget of these credentials at this origin; the same one for everyone who asks while it is in use."""
    key = sha256(repr((origin, tuple(identity), tuple(rates))).encode()).digest()
    with _budgets_lock:
        budget = _budgets.get(key)
        if budget is None:
            budget = _budgets[key] = Budget(rates)
        return budget
