"""Patience: full jitter, Retry-After in every form, bounded waits, and nothing repeated that must not be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.adapter import Call, ClientCredentials
from aggregator.errors import (
    AuthenticationError,
    NetworkError,
    PermissionDenied,
    RateLimited,
    VendorError,
    VendorUnavailable,
)
from aggregator.secret import Secret
from aggregator.wire.retry import FIRST_WAIT, LONGEST_WAIT, Patience, parse_retry_after
from tests.fakes import NOON, FakeClock
from tests.wire.fake_vendor import Fake, FakeServer, Way, respond, wire_of


def error(status: int | None = 503, *, retry_after: float | None = None, operation: str = "orders") -> VendorError:
    kind = NetworkError if status is None else VendorUnavailable
    return kind("down.", vendor="fake", account="a", operation=operation, status=status, retry_after=retry_after)


def patience(**details: Any) -> Patience:
    return Patience(**{"operation": "orders", "attempts": 100, "max_wait": 1e9, **details})


@given(st.integers(1, 40))
def test_waits_are_spread_over_all_of_a_growing_window(failures: int) -> None:
    """Each wait lies between nothing and a ceiling that doubles up to its longest (full jitter)."""
    waits = patience()
    for attempt in range(failures):
        assert waits(error()) == 0.0
        assert 0.0 <= waits.take_due() <= min(LONGEST_WAIT, FIRST_WAIT * 2.0**attempt)
    assert waits.take_due() == 0.0


def test_waits_use_all_of_their_window() -> None:
    """Clients that fail together do not come back together: both ends of the window are met."""
    dues = []
    for _ in range(400):
        waits = patience()
        waits(error())
        dues.append(waits.take_due())
    assert min(dues) < 0.1 * FIRST_WAIT
    assert max(dues) > 0.9 * FIRST_WAIT


@given(st.floats(0.001, 1e6), st.integers(1, 20))
def test_what_the_platform_asks_for_is_waited_at_least(seconds: float, failures: int) -> None:
    """A Retry-After is never cut short, and overrun by a tenth of a jitter at most."""
    waits = patience()
    for _ in range(failures):
        assert waits(error(429, retry_after=seconds)) == 0.0
        assert seconds <= waits.take_due() <= seconds + LONGEST_WAIT / 10


@given(st.floats(0, 300), st.lists(st.one_of(st.none(), st.floats(0, 400)), max_size=30))
def test_all_waits_of_a_request_stay_under_their_cap(cap: float, asked: list[float | None]) -> None:
    """However long the platform asks to wait, and how often: the waits of one request never add up to more."""
    waits, total = patience(max_wait=cap), 0.0
    for seconds in asked:
        if waits(error(retry_after=seconds)) is False:
            break
        total += waits.take_due()
    assert total <= cap
    assert waits.waited == pytest.approx(total)


def test_the_last_failure_is_not_announced_as_a_wait() -> None:
    """Whoever gives up neither says that he waits nor makes others wait."""
    said: list[float] = []
    waits = patience(attempts=2, on_wait=lambda _, seconds: said.append(seconds))
    assert waits(error()) == 0.0
    assert waits(error()) is False
    assert len(said) == 1


@pytest.mark.parametrize(
    ("failure", "again"),
    [
        (error(429), True),
        (error(500), True),
        (error(502), True),
        (error(503), True),
        (error(504), True),
        (error(None), True),
        (error(501), False),
        (error(505), False),
        (error(503, operation="log in"), False),
        (AuthenticationError("no.", vendor="v", account="a", operation="orders", status=401), False),
        (PermissionDenied("no.", vendor="v", account="a", operation="orders", status=403), False),
        (ValueError("not ours"), False),
    ],
)
def test_only_what_another_attempt_can_heal_is_tried_again(failure: Exception, again: bool) -> None:
    """Throttling, trouble of the platform and the network are tried again; refusals, logins and bugs are not."""
    answered = patience()(failure)
    assert (answered is not False) is again


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("3", 3.0),
        (" 120 ", 120.0),
        ("0", None),
        ("-5", None),
        ("3 seconds", None),
        ("", None),
        ("soon", None),
        ("1.5", None),
        ("٣", None),
        ("9" * 400, float("inf")),
        ("Thu, 15 Jan 2026 12:00:30 GMT", 30.0),
        ("Thu, 15 Jan 2026 11:59:30 GMT", None),
        ("Thu, 15 Jan 2026 12:00:30 -0000", 30.0),
        ("Thu, 99 Jan 2026 12:00:30 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 -2359", None),
    ],
)
def test_every_form_of_retry_after(value: str, seconds: float | None) -> None:
    """Seconds and dates are understood; what is past, negative or no such header asks for nothing."""
    found = parse_retry_after({"retry-after": value}, NOON)
    assert found == seconds or (value.startswith("Fri, 31 Dec 9999") and found is not None)


@given(st.integers(-(10**7), 10**7), st.integers(1, 10**6))
def test_a_date_is_measured_by_the_servers_own_clock(offset: int, wait: int) -> None:
    """A server whose clock is wrong by any amount is still waited for as long as it meant."""
    theirs = NOON + timedelta(seconds=offset)
    headers = {"date": format_datetime(theirs), "retry-after": format_datetime(theirs + timedelta(seconds=wait))}
    assert parse_retry_after(headers, NOON) == wait


@given(st.text(), st.text(), st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)))  # noqa: DTZ001
def test_no_header_makes_the_parser_fail(value: str, date: str, now: datetime) -> None:
    """Whatever stands in Retry-After and in Date, the result is a positive number of seconds or nothing."""
    seconds = parse_retry_after({"retry-after": value, "date": date}, now.replace(tzinfo=UTC))
    assert seconds is None or seconds > 0


@given(st.from_regex(r"\A[A-Za-z]{0,3},? ?\d{0,3} [A-Za-z]{3} \d{0,6} \d{0,3}:\d{0,3}:\d{0,3} [-+A-Z0-9]{0,6}\Z"))
def test_nearly_dates_do_not_make_the_parser_fail(value: str) -> None:
    """Dates that are almost dates are read or passed over, never an error."""
    seconds = parse_retry_after({"retry-after": value}, NOON)
    assert seconds is None or seconds > 0


def answers(*given: Any) -> FakeServer:
    """Answers with these in turn, the last one for ever."""
    left = list(given)

    def serve(request: httpx.Request) -> Any:
        answered = left.pop(0) if len(left) > 1 else left[0]
        return answered() if callable(answered) else answered

    return FakeServer(serve)


def busy() -> httpx.Response:
    """A fresh response each time."""
    return respond({}, status=503)


@pytest.mark.parametrize(("attempts", "tried"), [(1, 1), (3, 3), (6, 6)])
def test_so_many_attempts_and_no_more(way: Way, attempts: int, tried: int) -> None:
    """The number of attempts counts the first one."""
    server = answers(busy)
    with pytest.raises(VendorUnavailable):
        way.fetch(wire_of(Fake(), attempts=attempts), server)
    assert len(server.requests) == tried


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("closed"),
        lambda: respond(pieces=[b"[", httpx.ReadError("reset")]),
        busy,
    ],
)
def test_a_bad_moment_is_healed(way: Way, failure: Any) -> None:
    """A call that fails once for a reason that passes succeeds at the second attempt."""
    server = answers(failure, respond([1]))
    assert way.fetch(wire_of(Fake()), server).json() == [1]
    assert len(server.requests) == 2


def test_a_post_that_reads_is_tried_again_and_one_that_writes_is_not(way: Way) -> None:
    """A query is repeated whatever its method; a request that may change something never is."""
    server = answers(busy, respond([]))
    way.fetch(wire_of(Fake()), server, Call(method="POST", path="/q", body={"start": 0}))
    assert [request.content for request in server.requests] == [b'{"start":0}'] * 2
    server = answers(busy, respond([]))
    with pytest.raises(VendorUnavailable):
        way.fetch(wire_of(Fake()), server, Call(method="POST", path="/w", body={}, is_query=False))
    assert len(server.requests) == 1


def test_every_attempt_asks_for_the_token_anew(way: Way) -> None:
    """A token that ages out between two attempts is replaced before the second."""
    clock, issued = FakeClock(), [0]
    login = ClientCredentials(token_url="https://login.test/t", client_id="c", client_secret=Secret("client-secret-9"))

    def serve(request: httpx.Request) -> Any:
        if request.url.host == "login.test":
            issued[0] += 1
            return respond({"access_token": f"attempt-token-{issued[0]}", "expires_in": 100})
        clock.elapsed += 80
        return busy() if issued[0] < 3 else respond([])

    server = FakeServer(serve)
    way.fetch(wire_of(Fake(given_login=login), clock=clock), server)
    assert [one for one in server.tokens if one] == [f"Bearer attempt-token-{n}" for n in (1, 2, 3)]


def test_a_wait_is_spent_and_said(way: Way) -> None:
    """A Retry-After is waited for by the clock, and a long wait is announced with platform and reason."""
    clock, said = FakeClock(), list[str]()
    server = answers(respond({}, status=429, headers={"retry-after": "40"}), respond([]))
    way.fetch(wire_of(Fake(), clock=clock, announce=said.append), server)
    assert 40 <= clock.elapsed < 41
    assert said
    assert "waiting 40 s for Fake Platform" in said[0]
    assert "too many requests" in said[0]


def test_an_absurd_wait_is_an_error_at_once(way: Way) -> None:
    """A platform that asks for more patience than there is gets none; the error says how long it asked for."""
    clock = FakeClock()
    with pytest.raises(RateLimited) as caught:
        way.fetch(wire_of(Fake(), clock=clock), answers(respond({}, status=429, headers={"retry-after": "86400"})))
    assert (clock.elapsed, caught.value.retry_after, caught.value.retryable) == (0.0, 86400.0, True)
