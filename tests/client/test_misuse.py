"""What is given in the place of something else is told where it was given, with what to write."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

import pytest

from adapters.crux import Crux
from aggregator import Aggregator, AsyncAggregator, AsyncClient, Client
from aggregator.errors import InvalidQuery, UsageError
from aggregator.snapshot import diff
from aggregator.wire.options import Options

ACCOUNT = Crux(account="acme", base_url="https://crux.test", token="good-token-0")
NONE: Any = {"attempts": 3}


@pytest.mark.parametrize(
    ("call", "kind", "told"),
    [
        *[
            (lambda made=made: made(ACCOUNT), UsageError, "is no list of accounts. Give a list of adapters")
            for made in (Aggregator, AsyncAggregator)
        ],
        *[
            (lambda made=made, said=said: made(said), UsageError, "is no account. Give one adapter, such as Crux(...)")
            for made in (Client, AsyncClient)
            for said in ([ACCOUNT], "crux", Crux, None)
        ],
        *[
            (
                lambda made=made, first=first: made(first, options=NONE),
                UsageError,
                "no Options but dict. Write options=",
            )
            for made, first in (
                (Client, ACCOUNT),
                (AsyncClient, ACCOUNT),
                (Aggregator, [ACCOUNT]),
                (AsyncAggregator, [ACCOUNT]),
            )
        ],
        (lambda: ACCOUNT.orders(NONE), InvalidQuery, "is no query. Write OrdersQuery("),
        (lambda: diff("old", "new"), TypeError, "no snapshot but str: write diff(Snapshot.load(old)"),  # type: ignore[arg-type]
        (lambda: Options(hooks=NONE), TypeError, "hooks must be an object of a class of your own that is a Hooks"),
    ],
)
def test_what_is_none_is_told_at_once(call: Callable[[], object], kind: type[Exception], told: str) -> None:
    """It would end in an odd error much later, or have no effect, and never names what was meant."""
    with pytest.raises(kind, match=re.escape(told)):
        call()


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy])
def test_an_account_can_be_copied(again: Callable[[Any], Any]) -> None:
    """Its secret goes along, within this process, and is as hidden as before."""
    other = again(ACCOUNT)
    assert other == ACCOUNT
    assert other.token.reveal() == "good-token-0"
    assert "good-token-0" not in repr(other)
