"""What can be asked of any platform's orders; each adapter says it in the platform's own way, or refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias

from attrs import field, frozen

from aggregator.errors import InvalidQuery
from aggregator.model.status import LineItemStatus

Since: TypeAlias = datetime | date | timedelta | int
"""A moment with its time zone; a day, for its first moment in UTC; so long ago; or so many days ago."""


def moment_of(said: Since, now: datetime | None = None) -> datetime:
    """Return the moment that is meant, in UTC.

    Args:
        said: The moment, a day, or how long ago it is.
        now: What that is counted from; None for the present.

    Raises:
        InvalidQuery: It is none of these, or has no time zone.
    """
    try:
        return _moment(said, now or datetime.now(UTC))
    except OverflowError as error:
        raise InvalidQuery(f"{said} lies outside the calendar in UTC.") from error


def _moment(said: object, now: datetime) -> datetime:
    match said:
        case datetime() if said.utcoffset() is None:
            raise InvalidQuery(f"{said!r} has no time zone.", hint="Write it with one, such as 2026-01-31T00:00:00Z.")
        case datetime():
            return said.astimezone(UTC)
        case date():
            return datetime(said.year, said.month, said.day, tzinfo=UTC)
        case timedelta() if said > timedelta():
            return now - said
        case int() if said > 0 and not isinstance(said, bool):
            return now - timedelta(days=said)
    raise InvalidQuery(
        f"{said!r} is no time.", hint="Give a datetime with a time zone, a date, a timedelta, or a number of days."
    )


def _optional(said: Since | None) -> datetime | None:
    return None if said is None else moment_of(said)


@frozen(kw_only=True)
class OrderFilter:
    """Which orders are wanted. What is None or empty filters nothing.

    Attributes:
        since: Created then or later, said as a moment, a day, a time span or a number of days. A platform that is
            vague about time zones is asked for more, never for less.
        until: Created then or earlier; likewise.
        statuses: With a line of one of these statuses.
        organizations: Ids of organizations that are a party.
        purchase_order: The purchase order's number.
        term: A text that the platform searches for, in its own way.
    """

    since: datetime | None = field(default=None, converter=_optional)
    until: datetime | None = field(default=None, converter=_optional)
    statuses: tuple[LineItemStatus, ...] = ()
    organizations: tuple[str, ...] = ()
    purchase_order: str | None = None
    term: str | None = None

    @property
    def spans_only(self) -> bool:
        """Whether nothing is filtered but the beginning."""
        return not (self.until or self.statuses or self.organizations or self.purchase_order or self.term)
