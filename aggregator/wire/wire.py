"""What it takes to talk to one account, the same for threads and for tasks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeAlias

from attrs import Factory, define, field, frozen

from aggregator.adapter.base import Adapter
from aggregator.errors import UsageError
from aggregator.version import version
from aggregator.wire.body import ACCEPTED_CODINGS
from aggregator.wire.budget import Budget, shared_budget
from aggregator.wire.clock import Clock
from aggregator.wire.http import httpx
from aggregator.wire.options import Options, options_of
from aggregator.wire.own import OwnSecrets
from aggregator.wire.stop import Stop
from aggregator.wire.transport import origin_of

Announce: TypeAlias = Callable[[str], None]


def silent(message: str) -> None:
    """Say nothing."""
    del message


@define
class Vitals:
    """What the answers say in passing.

    Attributes:
        clock_offset: Seconds by which the platform's clock is ahead of ours; None until an answer carried a Date.
    """

    clock_offset: float | None = None


@frozen(kw_only=True)
class Wire:
    """What a client needs to talk to one account, whichever way it waits."""

    adapter: Adapter
    options: Options
    clock: Clock = field(factory=Clock)
    announce: Announce = silent
    vitals: Vitals = field(factory=Vitals)
    stop: Stop = field(factory=Stop, eq=False)
    own: OwnSecrets = field(
        default=Factory(lambda wire: OwnSecrets(wire.adapter), takes_self=True), init=False, repr=False, eq=False
    )
    # Shared budgets live as long as somebody holds them, so each account holds those it uses.
    _budgets: dict[str, Budget] = field(factory=dict, init=False, repr=False, eq=False)

    @property
    def platform_time(self) -> datetime:
        """What time it is by the platform's clock; by ours until an answer said its time."""
        return self.clock.now() + timedelta(seconds=self.vitals.clock_offset or 0.0)

    def budget(self) -> Budget:
        """The rate budget of the account's credentials."""
        adapter = self.adapter
        if adapter.base_url not in self._budgets:
            identity = (*adapter.login.identity, adapter.vendor)
            self._budgets[adapter.base_url] = shared_budget(origin_of(adapter.base_url), identity, adapter.rates)
        return self._budgets[adapter.base_url]

    def token_budget(self, url: str) -> Budget:
        """The rate budget of the token endpoint."""
        key = f"token {url}"
        if key not in self._budgets:
            self._budgets[key] = shared_budget(origin_of(url), ("token",), self.adapter.login.rates)
        return self._budgets[key]

    def timeout(self) -> httpx.Timeout:
        """Time-outs of a call."""
        options = self.options
        return httpx.Timeout(options.read_timeout, connect=options.connect_timeout, pool=None)

    def token_timeout(self) -> httpx.Timeout:
        """Time-outs of a request for a token: its own, since a hung login would stop everything else."""
        return httpx.Timeout(self.options.token_timeout, connect=self.options.connect_timeout, pool=None)

    def headers(self) -> Mapping[str, str]:
        """Headers of every call."""
        return {"User-Agent": _user_agent(), "Accept-Encoding": ACCEPTED_CODINGS, **self.adapter.headers}


def wire_of(adapter: object, *, options: Options | None, announce: Announce, clock: Clock | None) -> Wire:
    """Return what it takes to talk to an account.

    Raises:
        UsageError: The account or the options are none.
    """
    if not isinstance(adapter, Adapter):
        raise UsageError(f"{adapter!r:.80} is no account.", hint="Give one adapter, such as Crux(...).")
    return Wire(adapter=adapter, options=options_of(options), announce=announce, clock=clock or Clock())


def _user_agent() -> str:
    known = version()
    return "connection-aggregator" if known is None else f"connection-aggregator/{known}"
