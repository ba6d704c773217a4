"""Faults of logins: tokens that stop being good, and token endpoints in trouble."""

from __future__ import annotations

from collections.abc import Callable

from attrs import define, field

from aggregator.testing.faults.answers import FOR_EVER
from aggregator.testing.faults.base import Answer, Behaviour, Expect, Instead, problem, register, second, with_login
from aggregator.testing.vendor import FakeVendor
from aggregator.wire.http import httpx


@define
class TokenEnds(Behaviour):
    """The token stops being good in mid-walk, after some time or at once; perhaps each new one too."""

    seconds: float = 0.0
    for_ever: bool = False
    _done: bool = field(default=False, init=False)

    def between(self, vendor: FakeVendor, number: int) -> None:
        if number >= second(vendor) and (self.for_ever or not self._done):
            self._done = True
            vendor.clock.advance(self.seconds)
            vendor.good.clear()


class Denied(Behaviour):
    """A good token may not do this, from mid-walk on."""

    def instead(self, vendor: FakeVendor, request: httpx.Request, number: int) -> Instead:
        del request
        login = vendor.wire.login
        if login is None or number < second(vendor):
            return None
        return Answer(status=login.denied_status, document=login.denied)


@define
class TokenEndpoint(Behaviour):
    """The token endpoint answers so many requests with something else."""

    answer: Callable[[FakeVendor], Answer | Exception]
    times: int

    def token(self, vendor: FakeVendor, number: int) -> Instead:
        return self.answer(vendor) if number <= self.times else None


def _slow(vendor: FakeVendor) -> Exception:
    vendor.clock.advance(15)
    return httpx.ReadTimeout("The read operation timed out")


_STATIC = "it holds on to a token that is no longer good, or asks for new ones without end"
_LOGIN = ("log in", "credentials", "token", "too many requests", "in time", "failed")

register(
    name="token expired", group="login", summary="the token runs out in mid-walk",
    make=lambda: TokenEnds(seconds=7300), applies=with_login, expect=Expect.COMPLETE, cause=_LOGIN, lesson=_STATIC,
)  # fmt: skip
register(
    name="token revoked", group="login", summary="the token is called back in mid-walk, though its time is not over",
    make=TokenEnds, applies=with_login, expect=Expect.COMPLETE, cause=_LOGIN, lesson=_STATIC,
)  # fmt: skip
register(
    name="every token refused", group="login", summary="from mid-walk on, no token is good, however new",
    make=lambda: TokenEnds(for_ever=True), applies=with_login, expect=Expect.INCOMPLETE, cause=_LOGIN, lesson=_STATIC,
)  # fmt: skip
register(
    name="denied", group="login", summary="from mid-walk on, a good token may not read the list",
    make=Denied, applies=with_login, expect=Expect.INCOMPLETE, cause=("may not", "credentials"),
    lesson="it takes a refusal for the end of the list, or for the age of its token",
)  # fmt: skip
for _name, _how, _times, _expect in (
    ("slow", _slow, 1, Expect.COMPLETE),
    ("slow for ever", _slow, FOR_EVER, Expect.INCOMPLETE),
    ("429", lambda _: problem(429, {"Retry-After": "5"}), 1, Expect.COMPLETE),
    ("429 for ever", lambda _: problem(429), FOR_EVER, Expect.INCOMPLETE),
    ("503", lambda _: problem(503), 2, Expect.COMPLETE),
    ("503 for ever", lambda _: problem(503), FOR_EVER, Expect.INCOMPLETE),
    ("HTML", lambda _: Answer(body=b"<html>Sign in</html>", headers={"Content-Type": "text/html"}), FOR_EVER,
     Expect.INCOMPLETE),
    ("refusing", lambda _: problem(401), FOR_EVER, Expect.INCOMPLETE),
):  # fmt: skip
    register(
        name=f"token endpoint: {_name}", group="login", summary=f"the token endpoint is in trouble: {_name}",
        make=lambda how=_how, times=_times: TokenEndpoint(how, times), applies=with_login, expect=_expect,
        cause=_LOGIN, lesson="it cannot log in again",
    )  # fmt: skip
