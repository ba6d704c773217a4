"""Which accounts are collected from, and what is fetched of each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Self, TypeAlias

from aggregator.adapter.base import Adapter
from aggregator.adapter.capabilities import Support
from aggregator.adapter.orders import OrderFilter, Since, moment_of
from aggregator.adapter.steps import Plan
from aggregator.adapter.unready import Unready
from aggregator.errors import UsageError
from aggregator.model.listing import ListingSource
from aggregator.wire.options import Options, options_of
from aggregator.wire.wire import Announce, silent

Wanted: TypeAlias = bool | Since
"""Which orders are fetched along: none, all, or those since a moment, a day, so long a time or so many days."""


class Accounts:
    """What both aggregators are made of."""

    def __init__(
        self, adapters: Iterable[Adapter | Unready], *, options: Options | None = None, announce: Announce = silent
    ) -> None:
        self._accounts = tuple(map(_account, _several(adapters)))
        self._options = options_of(options)
        self._announce = announce
        self._orders: Wanted = False
        names = [(one.vendor, one.account) for one in self._accounts]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise UsageError(
                f"Two {twice[0]} accounts are named {twice[1]!r}.",
                hint="Give each a name of its own with account=…: it is how their records are told apart.",
            )

    @classmethod
    def from_config(cls, path: str | Path, *, announce: Announce = silent) -> Self:
        """Return an aggregator of the accounts in a settings file, which also says what orders `collect` fetches.

        An account whose secret cannot be had is among those that fail.

        Raises:
            ConfigurationError: The file cannot be used; the message names the place and what to do.
        """
        from aggregator.config import read_config  # noqa: PLC0415 - most users name their accounts in code

        config = read_config(Path(path))
        made = cls(config.accounts, options=config.options, announce=announce)
        made._orders = config.orders
        return made

    @property
    def adapters(self) -> tuple[Adapter, ...]:
        """The accounts that can be asked."""
        return tuple(one for one in self._accounts if isinstance(one, Adapter))


def _several(said: Iterable[object]) -> Iterable[object]:
    if not isinstance(said, Iterable):
        raise UsageError(f"{said!r:.80} is no list of accounts.", hint="Give a list of adapters, such as [Crux(...)].")
    return said


def _account(said: object) -> Adapter | Unready:
    if not isinstance(said, Adapter | Unready):
        raise UsageError(
            f"{said!r:.80} is no account.",
            hint="Give a list of adapters, such as [Crux(...)]; a settings file is for from_config().",
        )
    return said


def order_filter(orders: Wanted, now: datetime) -> OrderFilter | None:
    """Return what is asked of the platforms; None for no orders.

    Raises:
        InvalidQuery: What is wanted is no time.
    """
    if isinstance(orders, bool):
        return OrderFilter() if orders else None
    return OrderFilter(since=moment_of(orders, now))


def plans_of(adapter: Adapter, wanted: OrderFilter | None) -> tuple[Plan[Any], ...]:
    """What is fetched of an account: its lists of partners, and its orders where they are wanted and there are any."""
    if wanted is None or adapter.capabilities.orders.support is Support.NO:
        return adapter.listings()
    return (*adapter.listings(), adapter.find_orders(wanted))


def source_of(plan: Plan[Any]) -> ListingSource:
    """Return which listing a plan gives."""
    return ListingSource(vendor=plan.vendor, account=plan.account, operation=plan.operation)
