"""Times in every documented form become aware UTC; anything else becomes None and is counted."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.adapter import DriftCount
from aggregator.adapter.times import read_date, read_time


@pytest.mark.parametrize(
    ("text", "moment", "notes"),
    [
        ("2018-02-09T17:02:01Z", datetime(2018, 2, 9, 17, 2, 1, tzinfo=UTC), 0),
        ("2018-06-28T12:57:30.359784Z", datetime(2018, 6, 28, 12, 57, 30, 359784, tzinfo=UTC), 0),
        ("2018-08-21 23:38:33.070681+00:00", datetime(2018, 8, 21, 23, 38, 33, 70681, tzinfo=UTC), 0),
        ("2022-05-27T03:07:59.000Z", datetime(2022, 5, 27, 3, 7, 59, tzinfo=UTC), 0),
        ("2018-01-01T02:00:00+02:00", datetime(2018, 1, 1, tzinfo=UTC), 0),
        (" 2018-04-09 ", datetime(2018, 4, 9, tzinfo=UTC), 0),
        ("2018-04-09T10:11:12", datetime(2018, 4, 9, 10, 11, 12, tzinfo=UTC), 1),
        ("yesterday", None, 1),
        ("0001-01-01T00:00:00+02:00", None, 1),
        ("2018-13-01", None, 1),
        ("\ud800", None, 1),
        ("", None, 0),
        ("  ", None, 0),
        (None, None, 0),
    ],
)
def test_every_form_of_a_time(text: str | None, moment: datetime | None, notes: int) -> None:
    """Each documented form is read; a time without a zone, and one that cannot be read, is counted."""
    drift = DriftCount()
    assert read_time(text, drift, field="created") == moment
    assert drift.notes.total() == notes
    assert all("created" in note for note in drift.notes)


@pytest.mark.parametrize(
    ("text", "day", "notes"),
    [
        ("2018-04-09", date(2018, 4, 9), 0),
        ("2018-04-09T23:30:00-08:00", date(2018, 4, 9), 0),
        ("", None, 0),
        (None, None, 0),
        ("soon", None, 1),
    ],
)
def test_a_calendar_day_stays_the_day_it_was(text: str | None, day: date | None, notes: int) -> None:
    """A date is not moved to another day by a zone."""
    drift = DriftCount()
    assert read_date(text, drift, field="day") == day
    assert drift.notes.total() == notes


@given(st.text())
def test_no_text_makes_reading_fail(text: str) -> None:
    """Arbitrary text is a time, a date, or nothing."""
    drift = DriftCount()
    moment = read_time(text, drift, field="f")
    assert moment is None or moment.tzinfo is UTC
    read_date(text, drift, field="f")


@given(st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
def test_a_moment_survives_its_iso_form(moment: datetime) -> None:
    """Any moment in any zone is read back as the same moment."""
    assert read_time(moment.isoformat(), DriftCount(), field="f") == moment.astimezone(UTC)
