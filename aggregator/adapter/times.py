"""Reads the times that platforms write, into aware UTC datetimes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache

from aggregator.adapter.steps import DriftCount


def read_time(value: str | None, drift: DriftCount, *, field: str) -> datetime | None:
    """Return a time in UTC, or None for one that is missing or cannot be read (which is counted).

    The forms met in the vendors' documents: 2018-02-09T17:02:01Z, 2018-06-28T12:57:30.359784Z,
    2018-08-21 23:38:33.070681+00:00, 2022-05-27T03:07:59.000Z, 2018-04-09. A time without a zone is taken as UTC and
    a date as its first moment in UTC; the former is counted, since nobody documents it.

    Args:
        value: What the vendor sent.
        drift: Where surprises are counted.
        field: The field's name, for the count.
    """
    if not value or value.isspace():
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        if moment.tzinfo is UTC:
            return moment
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        drift.notes[f"a time that cannot be read in {field}"] += 1
        return None
    if len(value.strip()) > len("2018-04-09"):
        drift.notes[f"a time without a zone in {field}, taken as UTC"] += 1
    return moment.replace(tzinfo=UTC)


def read_date(value: str | None, drift: DriftCount, *, field: str) -> date | None:
    """Return a calendar date, of a date or of a time in its own zone; None where it is missing or cannot be read."""
    if not value or value.isspace():
        return None
    try:
        return _date_of(value)
    except ValueError:
        drift.notes[f"a date that cannot be read in {field}"] += 1
        return None


@lru_cache(maxsize=1024)  # a list of thousands of rows has a few hundred days
def _date_of(value: str) -> date:
    return datetime.fromisoformat(value.strip()).date()
