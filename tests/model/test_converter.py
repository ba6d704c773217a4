"""The model goes to JSON and comes back."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from cattrs import BaseValidationError
from hypothesis import given, settings

from aggregator.model import Connection, Coverage, Drift, Rejected
from aggregator.model.converter import dump_json, from_json, load_json, to_json
from aggregator.model.raw import thaw
from tests.model import strategies


@settings(max_examples=150)
@given(strategies.records)
def test_every_record_survives_json_without_loss(record: Any) -> None:
    """A record written as JSON and read again is equal, and its raw payload is the same to the digit."""
    again = from_json(to_json(record), type(record))
    assert again == record
    assert repr(thaw(again.raw)) == repr(thaw(record.raw))
    if isinstance(record, Connection) and record.supplier is not None:
        assert again.supplier.raw == record.supplier.raw


@given(strategies.coverages)
def test_coverage_survives_json(coverage: Coverage) -> None:
    """Coverage written as JSON and read again is equal."""
    assert from_json(to_json(coverage), Coverage) == coverage


@given(strategies.rejects)
def test_rejected_rows_survive_json(rejected: Rejected) -> None:
    """A row that was set aside keeps its reason and the row itself."""
    again = from_json(to_json(rejected), Rejected)
    assert again == rejected
    assert repr(thaw(again.raw)) == repr(thaw(rejected.raw))


@given(strategies.drifts)
def test_drift_survives_json(drift: Drift) -> None:
    """What differed from the documentation is counted the same afterwards."""
    assert from_json(to_json(drift), Drift) == drift


def test_amounts_are_written_digit_by_digit() -> None:
    """1.10 stays 1.10: money never passes through binary floating point."""
    assert dump_json({"cost": Decimal("1.10")}) == '{"cost":1.10}'
    assert str(load_json('{"cost":1.10}')["cost"]) == "1.10"


@given(strategies.records)
def test_json_is_one_ascii_line(record: Any) -> None:
    """A record is one line of ASCII, whatever a vendor puts into a name, so that lines can be counted and cut."""
    text = to_json(record)
    assert text.isascii()
    assert "\n" not in text


@pytest.mark.parametrize("depth", [300, 900, 100_000])
def test_what_is_nested_too_deeply_is_damaged(depth: int) -> None:
    """Wherever it is that Python gives up: where the text is parsed, or where a record is made of it."""
    plain = f'{{"pointer":"/x","raw":{"[" * depth}{"]" * depth}}}'
    with suppress(ValueError, BaseValidationError):
        from_json(plain, Rejected)
