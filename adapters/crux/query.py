"""What can be asked of the search for orders, checked before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from attrs import field, fields, frozen

from adapters.crux.generation import Generation
from adapters.crux.words import LINE_ITEM_STATUS, fold
from aggregator.errors import InvalidQuery
from aggregator.model.status import LineItemStatus

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

# Ours on the left, Crux's word in filters on the right; "delivered", of the oldest detail, is no filter.
_STATUS_WORDS: Mapping[LineItemStatus, str] = {
    LineItemStatus.UNALLOCATED: "Unallocated",
    LineItemStatus.PARTIAL: "Partial",
    LineItemStatus.ALLOCATED: "Allocated",
    LineItemStatus.REJECTED: "Rejected",
    LineItemStatus.NEEDS_TRACKING: "NeedsTracking",
    LineItemStatus.HAS_TRACKING: "HasTracking",
    LineItemStatus.BACKORDERED: "Backordered",
    LineItemStatus.CANCELLED: "Cancelled",
}
_LINE_ITEM_STATUSES = ("Unallocated", "Allocated", "Rejected", "HasTracking", "Backordered", "Cancelled")
_ALLOCATION_STATUSES = ("Unallocated", "Partial", "Allocated")
_DESIGNATIONS = ("HasTracking", "NeedsTracking", "Backordered", "Rejected", "Cancelled")

_LATEST = datetime.max.replace(tzinfo=UTC)

_FIRST_EDITION = frozenset({"line_item_statuses", "line_item_status_conjunction"})
_LATER_EDITIONS = frozenset({"line_item_allocation_statuses", "line_item_designation"})
_TIMPANOGOS_ONLY = frozenset({"po_number", "sent_to_supplier"})
_NO_FILTER = frozenset({"line_item_status_conjunction", "sort_key", "sort_direction"})


class Conjunction(StrEnum):
    """How several line-item statuses combine; without a word from us, Crux takes OR."""

    OR = "or"
    AND = "and"
    ONLY = "only"


class SortKey(StrEnum):
    """What orders can be sorted by; the first edition of the documents has the date alone."""

    DATE = "date"
    STATUS = "status"
    SKU_ID = "sku_id"


class SortDirection(StrEnum):
    """Which way orders are sorted."""

    ASCENDING = "asc"
    DESCENDING = "desc"


def check_uuid(value: object, what: str) -> str:
    """Return `value` if it is written as a uuid.

    Raises:
        InvalidQuery: It is not.
    """
    if isinstance(value, str) and _UUID.fullmatch(value):
        return value
    hint = "It looks like 299fc593-04f0-424d-9847-e359b9dfde56."
    raise InvalidQuery(f"{value!r} is not the uuid of {what}.", hint=hint)


def check_page_size(value: object) -> None:
    """Do nothing if a page can hold so many orders.

    Raises:
        InvalidQuery: It cannot.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise InvalidQuery(f"A page cannot hold {value!r} orders.", hint="Give 1 or more.")


def _expect(kind: type, value: object, hint: str) -> None:
    if not isinstance(value, kind):
        raise InvalidQuery(f"{value!r} does not fit.", hint=hint)


def _choose(kind: type[E], value: str, what: str) -> E:
    try:
        return kind(value)
    except ValueError:
        raise InvalidQuery(f"{value!r} is no {what}.", hint=f"Choose one of {', '.join(kind)}.") from None


def _conjunction(value: Conjunction | str | None) -> Conjunction | None:
    return None if value is None else _choose(Conjunction, value, "conjunction")


def _sort_key(value: SortKey | str) -> SortKey:
    return _choose(SortKey, value, "sort key")


def _sort_direction(value: SortDirection | str) -> SortDirection:
    return _choose(SortDirection, value, "sort direction")


def _word(value: LineItemStatus | str, allowed: tuple[str, ...], name: str) -> str:
    _expect(str, value, f"{name} takes words of Crux, or LineItemStatus.")
    status = LINE_ITEM_STATUS.get(fold(value))
    word = None if status is None else _STATUS_WORDS.get(status)
    if word not in allowed:
        raise InvalidQuery(f"{name} cannot be {str(value)!r}.", hint=f"Crux documents {', '.join(allowed)}.")
    return str(word)


def _list(value: Iterable[T], name: str) -> list[T]:
    _expect(Iterable, value, f"{name} takes a list.")
    if isinstance(value, str):
        raise InvalidQuery(f"{name} takes a list, not {value!r} alone.", hint=f"Write {name}=[{value!r}].")
    return list(value)


def _statuses(value: Iterable[LineItemStatus | str] | None) -> tuple[str, ...] | None:
    name = "line_item_statuses"
    return None if value is None else tuple([_word(one, _LINE_ITEM_STATUSES, name) for one in _list(value, name)])


def _allocation_statuses(value: Iterable[LineItemStatus | str] | None) -> tuple[str, ...] | None:
    name = "line_item_allocation_statuses"
    return None if value is None else tuple([_word(one, _ALLOCATION_STATUSES, name) for one in _list(value, name)])


def _designation(value: LineItemStatus | str | None) -> str | None:
    return None if value is None else _word(value, _DESIGNATIONS, "line_item_designation")


def _uuids(value: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if value is None else tuple([check_uuid(one, "an organization") for one in _list(value, "org_uuids")])


def _moment(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    hint = "Give a datetime with a time zone, such as datetime(2026, 1, 31, tzinfo=UTC)."
    _expect(datetime, value, hint)
    if value.utcoffset() is None:
        raise InvalidQuery(f"{value!r} has no time zone.", hint=hint)
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        raise InvalidQuery(f"{value!r} lies outside the calendar in UTC.") from error


def _text(value: str | None) -> str | None:
    if value is not None:
        _expect(str, value, "Give a text.")
    return value


def _flag(value: bool | None) -> bool | None:
    if value is not None:
        _expect(bool, value, "sent_to_supplier is True or False.")
    return value


@frozen(kw_only=True)
class OrdersQuery:
    """A search for orders, under Crux's own names. What is None is not sent; an empty text or list filters nothing.

    Which filters there are depends on the generation and is checked when the query is used. Statuses can be written
    in any spelling of Crux, or as `LineItemStatus`. Source of all: the page on POST /orders/, in its editions of
    February 2018 to March 2019.

    Attributes:
        line_item_statuses: Orders with lines of these statuses (V1, first edition).
        line_item_status_conjunction: How those combine; ONLY takes exactly one status.
        line_item_allocation_statuses: Orders with lines so far allocated (V1's later edition, and Timpanogos).
        line_item_designation: Orders with lines so designated (likewise).
        start_date: The earliest creation date; an aware datetime. Timpanogos takes whole seconds, in a time zone it
            does not name; UTC is sent.
        end_date: The latest creation date; likewise.
        term: In V1 an order's uuid, a PO number or a SKU id; in Timpanogos a word of the SKU's description.
        org_uuids: Uuids of organizations, as `Organization.id` has them.
        po_number: The purchase order's number (Timpanogos).
        sent_to_supplier: Whether the order has gone to the supplier (Timpanogos).
        sort_key: What to sort by.
        sort_direction: Which way. The oldest first is the default, for orders that come in during the walk then
            move none that is there.
    """

    line_item_statuses: tuple[str, ...] | None = field(default=None, converter=_statuses)
    line_item_status_conjunction: Conjunction | None = field(default=None, converter=_conjunction)
    line_item_allocation_statuses: tuple[str, ...] | None = field(default=None, converter=_allocation_statuses)
    line_item_designation: str | None = field(default=None, converter=_designation)
    start_date: datetime | None = field(default=None, converter=_moment)
    end_date: datetime | None = field(default=None, converter=_moment)
    term: str | None = field(default=None, converter=_text)
    org_uuids: tuple[str, ...] | None = field(default=None, converter=_uuids)
    po_number: str | None = field(default=None, converter=_text)
    sent_to_supplier: bool | None = field(default=None, converter=_flag)
    sort_key: SortKey = field(default=SortKey.DATE, converter=_sort_key)
    sort_direction: SortDirection = field(default=SortDirection.ASCENDING, converter=_sort_direction)

    def __attrs_post_init__(self) -> None:
        if self.line_item_status_conjunction is Conjunction.ONLY and len(self.line_item_statuses or ()) != 1:
            raise InvalidQuery(
                f"The conjunction 'only' takes exactly one status, not {len(self.line_item_statuses or ())}.",
                hint="Give one in line_item_statuses, or use 'or' or 'and'.",
            )
        if self.start_date is not None and self.end_date is not None and self.start_date > self.end_date:
            raise InvalidQuery("start_date is after end_date, so no order can be found.")

    def body(self, generation: Generation) -> dict[str, Any]:
        """Return the body to post, without `start` and `limit`.

        Raises:
            InvalidQuery: The generation has no such filter.
        """
        self._check(generation)
        given = {name: value for name, value in self._given() if name not in {"sort_key", "sort_direction"}}
        if self.start_date is not None:
            given["start_date"] = _written(self.start_date, generation, up=False)
        if self.end_date is not None:
            given["end_date"] = _written(self.end_date, generation, up=True)
        # The documented examples send "value", which the documented answer shows to be ignored; the text says "dir".
        given["sort"] = {"key": self.sort_key.value, "dir": self.sort_direction.value}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}

    def scope(self, generation: Generation) -> str | None:
        """Return the filters in words; None if nothing is filtered."""
        body = self.body(generation)
        said = [f"{name} is {_in_words(body[name])}" for name, _ in self._filters()]
        return " and ".join(said) if said else None

    def _given(self) -> Iterable[tuple[str, Any]]:
        named = ((one.name, getattr(self, one.name)) for one in fields(type(self)))
        return [(name, value) for name, value in named if value is not None]

    def _filters(self) -> Iterable[tuple[str, Any]]:
        return [(name, value) for name, value in self._given() if name not in _NO_FILTER and value not in ("", ())]

    def _check(self, generation: Generation) -> None:
        given = {name for name, _ in self._given()}
        if generation is Generation.V1:
            _refuse(given & _TIMPANOGOS_ONLY, "is a filter of generation 'timp' only")
        else:
            _refuse(given & _FIRST_EDITION, "is a filter of generation 'v1' only", "line_item_allocation_statuses")
        if given & _FIRST_EDITION and given & _LATER_EDITIONS:
            _refuse(given & _LATER_EDITIONS, "came in the place of line_item_statuses; no edition documents both")


def _refuse(names: set[str], why: str, instead: str = "") -> None:
    if names:
        hint = f"Leave it out, or see {instead}." if instead else "Leave it out."
        raise InvalidQuery(f"{min(names)} {why}.", hint=hint)


def _in_words(value: object) -> str:
    return " or ".join(map(str, value)) if isinstance(value, list) else str(value)


def _written(moment: datetime, generation: Generation, *, up: bool) -> str:
    """Write "2017-07-31T06:00:00.000Z", or "2017-07-31 06:00:00"; what is finer widens the span, to lose nothing."""
    step = timedelta(milliseconds=1) if generation is Generation.V1 else timedelta(seconds=1)
    rest = (moment - moment.replace(microsecond=0)) % step
    moment -= rest
    if up and rest:
        moment = min(moment, _LATEST - step) + step
    if generation is Generation.V1:
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return moment.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
