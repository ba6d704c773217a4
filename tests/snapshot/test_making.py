"""A snapshot made by hand is what it should be from the beginning."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from aggregator import Snapshot
from tests.fakes import NOON
from tests.samples import listing


@pytest.mark.parametrize(
    ("said", "error", "told"),
    [
        ({"taken_at": datetime(2026, 1, 15, tzinfo=UTC).replace(tzinfo=None)}, ValueError, "add tzinfo=UTC"),
        ({"taken_at": "2026-01-15T12:00:00Z"}, TypeError, "no datetime but str: write datetime.now(UTC)"),
        ({"taken_at": date(2026, 1, 15)}, TypeError, "no datetime but date"),
        ({"listings": listing("Acme")}, TypeError, "write listings=(listing,)"),
        ({"listings": None}, TypeError, "no tuple but NoneType"),
        ({"listings": (listing("Acme"), "shop.csv")}, TypeError, "holds no Listing but str"),
    ],
)
def test_what_is_no_time_or_no_list_is_told_at_once(said: dict[str, Any], error: type[Exception], told: str) -> None:
    """It would end much later, where nobody sees what was meant."""
    with pytest.raises(error, match=re.escape(told)):
        Snapshot(**{"taken_at": NOON, "listings": (), **said})
