"""Faults of servers and networks: refusals, broken connections, waits, redirects, clocks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime

from attrs import define

from aggregator.testing.faults.base import Answer, Behaviour, Expect, Instead, problem, register, second
from aggregator.testing.vendor import FakeVendor
from aggregator.wire.http import httpx

FOR_EVER = 10**9


@define
class Refuses(Behaviour):
    """So many requests in mid-walk are answered with something else."""

    answer: Callable[[FakeVendor], Answer | Exception]
    times: int = 1

    def instead(self, vendor: FakeVendor, request: httpx.Request, number: int) -> Instead:
        del request
        if second(vendor) <= number < second(vendor) + self.times:
            return self.answer(vendor)
        return None


def status(code: int, **headers: str) -> Callable[[FakeVendor], Answer]:
    """An error's answer, whoever asks."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda vendor: problem(code, named)  # noqa: ARG005 - a fault's signature


def _later(seconds: float) -> Callable[[FakeVendor], Answer]:
    def answer(vendor: FakeVendor) -> Answer:
        return problem(429, {"Retry-After": format_datetime(vendor.clock.now() + timedelta(seconds=seconds), True)})

    return answer


def _times_out(vendor: FakeVendor) -> Exception:
    vendor.clock.advance(30)
    return httpx.ReadTimeout("The read operation timed out")


def _breaks_off(vendor: FakeVendor) -> Answer:
    del vendor
    return Answer(pieces=[b'{"', httpx.ReadError("Connection reset by peer")])


def _drips(vendor: FakeVendor) -> Answer:
    def pieces() -> object:
        for _ in range(10_000):
            vendor.clock.advance(20)
            yield b" "

    return Answer(pieces=pieces())  # type: ignore[arg-type]  # a generator of bytes


def _redirect(target: str | None) -> Callable[[FakeVendor], Answer]:
    def answer(vendor: FakeVendor) -> Answer:
        here = f"{vendor.adapter.base_url}{vendor.profile.path}"
        return Answer(status=302, headers={"Location": target or here}, body=b"")

    return answer


@define
class Clock(Behaviour):
    """The Date of every answer is off."""

    hours: float

    def send(self, vendor: FakeVendor, answer: Answer, number: int) -> None:
        del number
        answer.headers["Date"] = format_datetime(vendor.clock.now() + timedelta(hours=self.hours), usegmt=True)


_GIVES_UP = "it takes a failed request for the end of the list"

for _code in (500, 502, 503, 504):
    _said = ("failed", str(_code), "unavailable")
    register(
        name=f"{_code} in a burst", group="server", summary=f"two requests in mid-walk are answered with {_code}",
        make=lambda code=_code: Refuses(status(code), times=2), expect=Expect.COMPLETE, cause=_said, lesson=_GIVES_UP,
    )  # fmt: skip
    register(
        name=f"{_code} for ever", group="server", summary=f"from mid-walk on, all requests are answered with {_code}",
        make=lambda code=_code: Refuses(status(code), times=FOR_EVER), expect=Expect.INCOMPLETE, cause=_said,
        lesson=_GIVES_UP,
    )  # fmt: skip
for _name, _value, _expect in (
    ("seconds", status(429, Retry_After="7"), Expect.COMPLETE),
    ("a date", _later(9), Expect.COMPLETE),
    ("zero", status(429, Retry_After="0"), Expect.COMPLETE),
    ("negative", status(429, Retry_After="-5"), Expect.COMPLETE),
    ("a past date", _later(-3600), Expect.COMPLETE),
    ("absurd", status(429, Retry_After="999999999"), Expect.INCOMPLETE),
    ("words", status(429, Retry_After="3 seconds"), Expect.COMPLETE),
    ("none", status(429), Expect.COMPLETE),
):
    register(
        name=f"429, Retry-After {_name}", group="server", summary=f"a 429 in mid-walk, with Retry-After: {_name}",
        make=lambda answer=_value: Refuses(answer), expect=_expect, cause=("too many requests",), lesson=_GIVES_UP,
    )  # fmt: skip
register(
    name="429 for ever", group="server", summary="from mid-walk on, every answer is 429",
    make=lambda: Refuses(status(429, Retry_After="2"), times=FOR_EVER), expect=Expect.INCOMPLETE,
    cause=("too many requests",), lesson=_GIVES_UP,
)  # fmt: skip
for _name, _how, _times, _expect in (
    ("reset before the answer", lambda _: httpx.ReadError("Connection reset by peer"), 1, Expect.COMPLETE),
    ("reset for ever", lambda _: httpx.ReadError("Connection reset by peer"), FOR_EVER, Expect.INCOMPLETE),
    ("server disconnected", lambda _: httpx.RemoteProtocolError("Server disconnected"), 1, Expect.COMPLETE),
    ("no connection for ever", lambda _: httpx.ConnectError("Connection refused"), FOR_EVER, Expect.INCOMPLETE),
    ("reset in mid-body", _breaks_off, 1, Expect.COMPLETE),
    ("read time-out", _times_out, 1, Expect.COMPLETE),
    ("read time-out for ever", _times_out, FOR_EVER, Expect.INCOMPLETE),
    ("slow drip", _drips, 1, Expect.COMPLETE),
    ("slow drip for ever", _drips, FOR_EVER, Expect.INCOMPLETE),
):
    register(
        name=_name, group="network", summary=f"{_name} in mid-walk", expect=_expect, lesson=_GIVES_UP,
        make=lambda how=_how, times=_times: Refuses(how, times=times),
        cause=("broke off", "in time", "too slowly", "cannot be reached"),
    )  # fmt: skip
register(
    name="redirect loop", group="server", summary="requests are redirected to where they went",
    make=lambda: Refuses(_redirect(None), times=FOR_EVER), expect=Expect.INCOMPLETE, cause=("redirect",),
    lesson="it follows redirects",
)  # fmt: skip
register(
    name="redirect to another origin", group="server", summary="requests are redirected to another host",
    make=lambda: Refuses(_redirect("https://decoy.example.org/list"), times=FOR_EVER), expect=Expect.INCOMPLETE,
    cause=("redirect",), lesson="it follows redirects, and takes the credentials along",
)  # fmt: skip
for _hours in (5, -30):
    register(
        name=f"server clock off by {_hours} h", group="server", summary=f"the server's clock is off by {_hours} hours",
        make=lambda hours=_hours: Clock(hours), expect=Expect.COMPLETE, lesson="it trusts the server's clock",
    )  # fmt: skip
