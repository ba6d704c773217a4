"""A platform is never asked more often than it allows, by whomever of us."""

from __future__ import annotations

import gc
from itertools import pairwise
from threading import Event, Thread
from typing import Any

import httpx
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from aggregator.adapter import Call, Login, Rate
from aggregator.secret import Secret
from aggregator.wire.budget import Budget, shared_budget
from aggregator.wire.session import Session
from tests.fakes import FakeClock
from tests.wire.fake_vendor import Fake, FakeServer, Way, respond, wire_of

rates = st.lists(
    st.builds(Rate, limit=st.integers(1, 12), seconds=st.sampled_from([1.0, 2.5, 10.0, 60.0])),
    min_size=1,
    max_size=3,
    unique_by=lambda rate: rate.seconds,
)


def _sensible(given_rates: list[Rate]) -> bool:
    ordered = sorted(given_rates, key=lambda rate: rate.seconds)
    return all(a.limit < b.limit and a.limit / a.seconds > b.limit / b.seconds for a, b in pairwise(ordered))


@given(rates.filter(_sensible), st.lists(st.floats(0, 7), min_size=1, max_size=60))
def test_no_window_holds_more_than_the_limit(given_rates: list[Rate], gaps: list[float]) -> None:
    """Whenever requests come, and in whatever order the limits are given: no window ever holds more than allowed."""
    budget, clock, sent = Budget(given_rates), FakeClock(), list[float]()
    for gap in gaps:
        clock.elapsed += gap
        while (seconds := budget.reserve(clock.elapsed)) > 0:
            clock.sleep(seconds)
        sent.append(clock.elapsed)
    for rate in given_rates:
        for begin in sent:
            assert sum(begin <= at < begin + rate.seconds - 0.001 for at in sent) <= rate.limit


@given(rates.filter(_sensible), st.integers(1, 40))
def test_waiting_is_no_longer_than_needed(given_rates: list[Rate], count: int) -> None:
    """A burst goes out as fast as the limits allow, to within some milliseconds a request."""
    budget, clock = Budget(given_rates), FakeClock()
    for _ in range(count):
        while (seconds := budget.reserve(clock.elapsed)) > 0:
            clock.sleep(seconds)
    sent: list[float] = []
    for number in range(count):
        free = [sent[number - rate.limit] + rate.seconds for rate in given_rates if number >= rate.limit]
        sent.append(max([0.0, *sent[-1:], *free]))
    assert clock.elapsed <= sent[-1] + 0.01 * count


def test_without_limits_nobody_waits() -> None:
    """A platform that documents no limit is asked as fast as it answers."""
    assert [Budget().reserve(0.0) for _ in range(1000)] == [0.0] * 1000


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), max_size=8), st.floats(0, 300))
def test_a_pause_holds_for_as_long_as_the_longest_asked_for(pauses: list[tuple[float, float]], now: float) -> None:
    """Pauses never shorten one another."""
    budget = Budget()
    for at, seconds in pauses:
        budget.pause(at, seconds)
    until = max((at + seconds for at, seconds in pauses), default=0.0)
    assert budget.reserve(now) == (until - now if now < until else 0.0)


def test_a_budget_keeps_its_books_between_threads() -> None:
    """Many threads that draw on one budget at once never get more out of it than one would."""
    budget, granted = Budget([Rate(limit=5, seconds=60)]), list[float]()

    def draw() -> None:
        granted.extend(seconds for _ in range(50) if (seconds := budget.reserve(1.0)) == 0.0)

    threads = [Thread(target=draw) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(granted) == 5


def test_equal_credentials_share_a_budget_and_others_do_not() -> None:
    """Origin, credentials and limits make the budget; any difference makes another."""
    some = [Rate(limit=5, seconds=60)]
    kept = shared_budget("origin", ("token",), some)
    assert shared_budget("origin", ("token",), list(some)) is kept
    assert shared_budget("origin", ("other",), some) is not kept
    assert shared_budget("elsewhere", ("token",), some) is not kept


@frozen(kw_only=True)
class Paced(Fake):
    """A platform that allows two calls a minute."""

    rates = (Rate(limit=2, seconds=60),)


def ok(request: httpx.Request) -> Any:
    return respond([])


def test_calls_are_paced_even_if_nothing_holds_the_budget_between_them(way: Way) -> None:
    """One call after the other draws on the same budget, though nothing is under way in between."""
    clock = FakeClock()

    def serve(request: httpx.Request) -> Any:
        gc.collect()
        return respond([])

    way.fetch(wire_of(Paced(), clock=clock), FakeServer(serve), *[Call(path="/x")] * 5)
    assert 120 <= clock.elapsed < 121


def test_calls_at_once_are_paced(way: Way) -> None:
    """Calls that begin together share the budget just the same."""
    clock = FakeClock()
    way.fetch_all(wire_of(Paced(), clock=clock), FakeServer(ok), [Call(path="/x")] * 6)
    assert clock.elapsed >= 120


def test_two_clients_of_one_account_share_the_budget() -> None:
    """Another client with equal credentials is paced with the first, one with others is not."""
    clock = FakeClock()
    other = Login(token=Secret("quite-another-token"))
    with (
        Session(wire_of(Paced(), clock=clock), transport=FakeServer(ok)) as first,
        Session(wire_of(Paced(account="same token"), clock=clock), transport=FakeServer(ok)) as second,
        Session(wire_of(Paced(given_login=other), clock=clock), transport=FakeServer(ok)) as third,
    ):
        for session in (first, second):
            session.fetch(Call(path="/x"), "connections")
        for _ in range(2):
            third.fetch(Call(path="/x"), "connections")
        assert clock.elapsed == 0
        second.fetch(Call(path="/x"), "connections")
        assert clock.elapsed >= 60


def test_a_pause_stops_everybody_with_these_credentials_and_nobody_else() -> None:
    """A Retry-After that one call was given holds back all calls of these credentials, in any client."""
    held_back: list[tuple[float, float]] = []

    class Watched(FakeClock):
        def sleep(self, seconds: float, until: Event | None = None) -> None:
            held_back.append((second.wire.budget().reserve(self.elapsed), third.wire.budget().reserve(self.elapsed)))
            super().sleep(seconds, until)

    clock, throttled = Watched(), iter([respond({}, status=429, headers={"retry-after": "30"})])
    other = Fake(given_login=Login(token=Secret("quite-another-token")))
    with (
        Session(wire_of(Fake(), clock=clock), transport=FakeServer(lambda _: next(throttled, None) or ok(_))) as first,
        Session(wire_of(Fake(), clock=clock), transport=FakeServer(ok)) as second,
        Session(wire_of(other, clock=clock), transport=FakeServer(ok)) as third,
    ):
        first.fetch(Call(path="/x"), "connections")
    assert 30 <= held_back[0][0] < 31
    assert held_back[0][1] == 0
