"""What can be asked of any platform's orders; each adapter says it in the platform's own way, or refuses."""

from __future__ import annotations

from datetime import UTC, datetime

from attrs import field, frozen

from aggregator.errors import InvalidQuery
from aggregator.model.status import LineItemStatus


def _moment(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if value.utcoffset() is None:
        raise InvalidQuery(f"{value!r} has no time zone.", hint="Write it with one, such as 2026-01-31T00:00:00Z.")
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        raise InvalidQuery(f"{value.isoformat()} lies outside the calendar in UTC.") from error


@frozen(kw_only=True)
class OrderFilter:
    """Which orders are wanted. What is None or empty filters nothing.

    Attributes:
        since: Created then or later; a platform that is vague about time zones is asked for more, never for less.
        until: Created then or earlier; likewise.
        statuses: With a line of one of these statuses.
        organizations: Ids of organizations that are a party.
        purchase_order: The purchase order's number.
        term: A text that the platform searches for, in its own way.
    """

    since: datetime | None = field(default=None, converter=_moment)
    until: datetime | None = field(default=None, converter=_moment)
    statuses: tuple[LineItemStatus, ...] = ()
    organizations: tuple[str, ...] = ()
    purchase_order: str | None = None
    term: str | None = None

    @property
    def spans_only(self) -> bool:
        """Whether nothing is filtered but the beginning."""
        return not (self.until or self.statuses or self.organizations or self.purchase_order or self.term)
