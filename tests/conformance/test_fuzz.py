"""Whatever a platform answers, only our own errors come out, and no row is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.model import StopReason
from aggregator.testing.faults.base import Answer, Behaviour, Fault
from aggregator.testing.profile import at
from aggregator.testing.run import Case, Driver, Run
from aggregator.testing.vendor import ROWS, FakeVendor
from tests.conformance.profiles import PROFILES

LISTS = [pytest.param(wire, one, id=f"{name} {one.path}") for name, wire in PROFILES.items() for one in wire.lists]
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)


# A key that no document names, in every row: its number, from 0.
MARK = "a_key_of_tomorrow"


def run_of(wire: Any, profile: Any, behaviour: Behaviour) -> Run:
    """Fetch the list."""
    fault = Fault(name="fuzz", group="fuzz", summary="anything", make=lambda: behaviour)
    return Case(wire=wire, profile=profile, driver=Driver.THREADS, faults=(fault,)).run()


@pytest.mark.parametrize(("wire", "profile"), LISTS)
@settings(max_examples=15)
@given(body=st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_body(wire: Any, profile: Any, body: bytes) -> None:
    """An answer of any bytes ends in a listing or in one of our errors."""

    class Anything(Behaviour):
        def send(self, vendor: FakeVendor, answer: Answer, number: int) -> None:
            answer.body = body

    run = run_of(wire, profile, Anything())
    assert run.error is None
    assert run.listing is not None
    assert run.listing.coverage.complete is (run.listing.coverage.reason is None)


@pytest.mark.parametrize(("wire", "profile"), LISTS)
@settings(max_examples=20)
@given(data=st.data())
def test_any_values_in_rows(wire: Any, profile: Any, data: st.DataObject) -> None:
    """Rows in which anything stands anywhere sink nothing: each is a record, set aside, or counted.

    Counted are doubles, and, against what was declared, the rows that a cursor skips after an id out of its order.
    """
    keys = st.sampled_from(sorted(profile.sample))
    odd = data.draw(st.dictionaries(st.integers(0, ROWS - 1), st.tuples(keys, JSON), min_size=1, max_size=3))

    class Anything(Behaviour):
        def begin(self, vendor: FakeVendor) -> None:
            for number, row in enumerate(vendor.rows):
                row[MARK] = number
            for number, (key, value) in odd.items():
                row = vendor.rows[number]
                row["__place__"] = str(at(row, profile.id_at))
                row[key] = value

    run = run_of(wire, profile, Anything())
    assert run.error is None
    assert run.listing is not None
    coverage = run.listing.coverage
    assert coverage.complete is (coverage.reason is None)
    if coverage.stop is StopReason.END:
        raws = [one.raw for one in (*run.listing, *run.listing.rejected)]
        lost = set(range(ROWS)) - {raw[MARK] for raw in raws if isinstance(raw, Mapping)}
        never_came = max((coverage.declared or 0) - coverage.received, 0)
        assert len(lost) <= coverage.duplicates + never_came
        assert not (lost and coverage.complete)
        assert not (run.listing.rejected and coverage.complete)
