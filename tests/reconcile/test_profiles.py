"""What the matcher reads of an entry."""

from __future__ import annotations

import pytest

from aggregator.model import Contact
from aggregator.reconcile.entries import Account, Entry
from aggregator.reconcile.profiles import profiles
from tests.reconcile.making import organization


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("+49 30 / 1234567", ["+49 30 / 1234567"]),
        ("08-719 00 00 / 08-719 00 01", ["08-719 00 00", "08-719 00 01"]),
        ("030 7654321; 030 7654322", ["030 7654321", "030 7654322"]),
        (None, []),
    ],
)
def test_a_number_is_read_whole(written: str | None, numbers: list[str]) -> None:
    """Area codes that were read as numbers made partners of one town seem one, and their own numbers nobody's."""
    record = organization("Zebra", "o1", phone=written, contacts=(Contact(name="Ann", phone=written),))
    entry = Entry(key="1", account=Account(vendor="crux", name="acme"), organization=record)
    assert list(profiles([entry])[0].phones) == numbers * 2
