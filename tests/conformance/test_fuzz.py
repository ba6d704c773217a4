"""Whatever a platform answers, only our own errors come out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.testing.faults.base import Answer, Behaviour, Fault
from aggregator.testing.profile import at, put
from aggregator.testing.run import Case, Driver
from aggregator.testing.vendor import EndlessError, FakeVendor
from tests.conformance.profiles import PROFILES

LISTS = [pytest.param(wire, one, id=f"{name} {one.path}") for name, wire in PROFILES.items() for one in wire.lists]
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)


def run_with(wire: Any, profile: Any, behaviour: Behaviour) -> BaseException | None:
    """Fetch the list, and return what was raised that is none of our errors."""
    fault = Fault(name="fuzz", group="fuzz", summary="anything", make=lambda: behaviour)
    run = Case(wire=wire, profile=profile, driver=Driver.THREADS, faults=(fault,)).run()
    broken = run.listing is not None and any("Traceback" in str(one) for one in run.listing.rejected)
    foreign = run.error is not None and isinstance(run.error, EndlessError | ValueError | TypeError | LookupError)
    return run.error if foreign or broken else None


@pytest.mark.parametrize(("wire", "profile"), LISTS)
@settings(max_examples=15)
@given(body=st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_body(wire: Any, profile: Any, body: bytes) -> None:
    """An answer of any bytes ends in a listing or in one of our errors."""

    class Anything(Behaviour):
        def send(self, vendor: FakeVendor, answer: Answer, number: int) -> None:
            answer.body = body

    assert run_with(wire, profile, Anything()) is None


@pytest.mark.parametrize(("wire", "profile"), LISTS)
@settings(max_examples=20)
@given(data=st.data())
def test_any_value_in_a_row(wire: Any, profile: Any, data: st.DataObject) -> None:
    """A row in which anything stands anywhere is read or set aside, and sinks nothing."""
    keys = data.draw(st.sampled_from(sorted(profile.sample)))
    value = data.draw(JSON)

    class Anything(Behaviour):
        def spoil(self, vendor: FakeVendor, answer: Answer, number: int) -> None:
            rows = at(answer.document, profile.rows_at)
            if rows:
                put(rows[0], (keys,), value)

    assert run_with(wire, profile, Anything()) is None
