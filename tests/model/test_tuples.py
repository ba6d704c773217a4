"""What is frozen does not change by the list that it was made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from aggregator.model import Listing
from aggregator.reconcile import Decisions, Expectation, Policy, PolicyException, ruling
from aggregator.snapshot import Snapshot
from tests.fakes import NOON
from tests.samples import connection, coverage, listing

_ONE = listing("Acme")
_FORGIVEN = PolicyException(reason="known", until=date(2099, 1, 1))


@pytest.mark.parametrize(
    ("make", "field", "one"),
    [
        (lambda said: Snapshot(taken_at=NOON, listings=said), "listings", _ONE),
        (
            lambda said: Listing(source=_ONE.source, coverage=coverage(), records=said),
            "records",
            connection(id="1", name="Acme"),
        ),
        (lambda said: Policy(exceptions=said), "exceptions", _FORGIVEN),
        (lambda said: Policy(expectations=said), "expectations", Expectation(accounts=("crux",))),
        (lambda said: Expectation(accounts=said), "accounts", "crux"),
        (lambda said: PolicyException(reason="x", until=date(2099, 1, 1), codes=said), "codes", "missing"),
        (lambda said: Decisions(rows=said), "rows", ruling("l:1", "r:1", "same", by="ada")),
    ],
)
def test_a_list_is_held_as_a_tuple(make: Callable[[Any], Any], field: str, one: Any) -> None:
    """Whoever goes on with the list changes nothing of what was made of it."""
    said = [one]
    made = make(said)
    said.clear()
    assert getattr(made, field) == (one,)
