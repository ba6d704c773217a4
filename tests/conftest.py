"""What every test stands on: no waiting, no network beyond this machine, asyncio for asynchronous tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import stamina
from hypothesis import HealthCheck, settings

from aggregator import secret
from aggregator.wire import budget
from tests.fakes import FakeClock
from tests.security.harness import pytest_runtest_makereport

__all__ = ["pytest_runtest_makereport"]

# How fast a machine is, is a matter of benchmarks; a busy one must not fail a test. Nor may a change that did not cause
# it: what is drawn is the same each time, and `pytest --hypothesis-profile=searching` searches on.
settings.register_profile("searching", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("patient", settings.get_profile("searching"), derandomize=True)
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    """Let stamina try again at once, as often as the client's options say."""
    with stamina.set_testing(True, attempts=100, cap=True):
        yield


@pytest.fixture(autouse=True)
def _own_budgets() -> None:
    """Let no test wait for what another one sent: their clocks all begin at noon."""
    budget._budgets.clear()


@pytest.fixture(autouse=True)
def _secrets_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test mask what another one called a secret."""
    monkeypatch.setattr(secret, "_known", dict(secret._known))


@pytest.fixture(autouse=True)
def _terminal_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test see from what terminal it was started: a dumb one is 80 columns wide whatever is asked for."""
    monkeypatch.setenv("TERM", "xterm")
    for name in ("COLORTERM", "COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still until somebody sleeps by it."""
    return FakeClock()


@pytest.fixture
def anyio_backend() -> str:
    """Asyncio alone: the asynchronous client is written for it."""
    return "asyncio"
