"""The orders search: its request read strictly, its filters, and its pages in the selected reading of `limit`."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from attrs import frozen

from adapters.crux.sandbox.documents import TIMP, retailer_organization
from adapters.crux.sandbox.orders import LINE_STATUSES, Orders, Outline
from aggregator.sandbox.http import Refused

ALLOCATIONS = ("Unallocated", "Partial", "Allocated")
DESIGNATIONS = ("HasTracking", "NeedsTracking", "Backordered", "Rejected", "Cancelled")
DEFAULT_LIMIT = 50


@frozen(kw_only=True)
class Search:
    """A search for orders, read from the request's body."""

    start: int
    limit: int | None
    ascending: bool
    statuses: frozenset[str]
    conjunction: str
    allocations: frozenset[str]
    designations: frozenset[str]
    since: datetime | None
    until: datetime | None
    term: str
    organizations: frozenset[str]
    po: str
    sent: bool | None

    @classmethod
    def read(cls, body: dict[str, Any], generation: str) -> "Search":
        """The search that a body asks for.

        Raises:
            Refused: 400 with the field's name, for a value of the wrong type or an unknown word.
        """
        sort = body.get("sort") or {}
        designation = body.get("line_item_designation") or []
        conjunction = body.get("line_item_status_conjunction") or "or"
        statuses = _words(body, "line_item_statuses", LINE_STATUSES)
        if conjunction not in ("and", "or", "only"):
            raise _refusal("line_item_status_conjunction", f'"{conjunction}" is not a valid choice.')
        if conjunction == "only" and len(statuses) != 1:
            raise _refusal("line_item_statuses", "Exactly one status is needed for the conjunction only.")
        return cls(
            start=_number(body, "start") or 0,
            limit=_number(body, "limit"),
            # The documented key is `dir`; every example sends `value`, which is ignored.
            ascending=isinstance(sort, dict) and sort.get("dir") == "asc",
            statuses=statuses,
            conjunction=conjunction,
            allocations=_words(body, "line_item_allocation_statuses", ALLOCATIONS),
            designations=_words(
                {"line_item_designation": [designation] if isinstance(designation, str) else designation},
                "line_item_designation",
                DESIGNATIONS,
            ),
            since=_moment(body, "start_date", generation),
            until=_moment(body, "end_date", generation),
            term=str(body.get("term") or ""),
            organizations=_words(body, "org_uuids", None),
            po=str(body.get("po_number") or ""),
            sent=_flag(body, "sent_to_supplier"),
        )

    def key(self) -> tuple[object, ...]:
        """What makes two searches the same list, whatever page of it they ask for."""
        lists = (self.statuses, self.allocations, self.designations, self.organizations)
        return (*lists, self.conjunction, self.since, self.until, self.term, self.po, self.sent, self.ascending)

    def found(self, orders: Orders, generation: str) -> "range | list[int]":
        """The numbers of the orders that are meant, in the order asked for."""
        # Orders are numbered by their creation, so that a span of time needs no look at each of them.
        numbers = range(len(orders))
        first = 0 if self.since is None else bisect_left(numbers, self.since, key=orders.created)
        end = len(orders) if self.until is None else bisect_right(numbers, self.until, key=orders.created)
        span = range(first, max(first, end))
        span = span if self.ascending else span[::-1]
        return [index for index in span if self._meant(orders, index, generation)] if self._looks_closer else span

    @property
    def _looks_closer(self) -> bool:
        lists = (self.statuses, self.allocations, self.designations, self.organizations)
        return any((*lists, self.term, self.po, self.sent is not None))

    def _meant(self, orders: Orders, index: int, generation: str) -> bool:
        outline = orders.outline(index)
        return (
            self._status_meant(outline)
            and (not self.organizations or bool(self.organizations & _parties(orders, outline)))
            and (not (self.term or self.po) or self._text_meant(orders, index, generation))
            and (self.sent is None or self.sent == ("Unallocated" not in outline.statuses))
        )

    def _status_meant(self, outline: Outline) -> bool:
        present = frozenset(outline.statuses)
        if (
            self.statuses
            and not {
                "or": bool(present & self.statuses),
                "and": self.statuses <= present,
                "only": present == self.statuses,
            }[self.conjunction]
        ):
            return False
        if self.allocations and _allocation(present) not in self.allocations:
            return False
        return not self.designations or bool(self.designations & set(_designations(present)))

    def _text_meant(self, orders: Orders, index: int, generation: str) -> bool:
        order = orders.order(index)
        if self.po and order.po != self.po:
            return False
        if not self.term:
            return True
        if generation == TIMP:
            return any(self.term.lower() in line.title.lower() for line in order.lines)
        return self.term in {order.uuid, order.po, *(line.sku for line in order.lines)}

    def page(self, found: "range | list[int]", reading: str, most: int) -> "range | list[int]":
        """The part of the list that start and limit mean in the given reading, at most so many."""
        start, limit = self.start, self.limit
        if limit is None:
            end = start + DEFAULT_LIMIT
        else:
            end = {"count": start + limit, "inclusive": limit + 1, "exclusive": limit}[reading]
        return found[start : max(start, min(end, start + most) if most else end)]


def _allocation(present: frozenset[str]) -> str:
    if "Unallocated" not in present:
        return "Allocated"
    return "Unallocated" if present == {"Unallocated"} else "Partial"


def _designations(present: frozenset[str]) -> Iterator[str]:
    yield from present & set(DESIGNATIONS)
    if "Allocated" in present:
        yield "NeedsTracking"


def _parties(orders: Orders, outline: Outline) -> set[str]:
    return {retailer_organization()["uuid"], *(orders.partner(index).native_id for index in outline.suppliers)}


def _refusal(name: str, message: str) -> Refused:
    return Refused(400, {name: [message]})


def _number(body: dict[str, Any], name: str) -> int | None:
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _refusal(name, "A valid integer is required.")
    return value


def _flag(body: dict[str, Any], name: str) -> bool | None:
    value = body.get(name)
    if value is not None and not isinstance(value, bool):
        raise _refusal(name, "Must be a valid boolean.")
    return value


def _words(body: dict[str, Any], name: str, known: tuple[str, ...] | None) -> frozenset[str]:
    values = body.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise _refusal(name, "Expected a list of items.")
    for value in values:
        if known is not None and value not in known:
            raise _refusal(name, f'"{value}" is not a valid choice.')
    return frozenset(values)


def _moment(body: dict[str, Any], name: str, generation: str) -> datetime | None:
    """Read "2017-07-31T06:00:00.000Z"; the last generation also takes "2017-07-31 06:00:00", as UTC."""
    text = body.get(name)
    if not text:
        return None
    forms = ("%Y-%m-%dT%H:%M:%S.%fZ", *(("%Y-%m-%d %H:%M:%S",) if generation == TIMP else ()))
    for form in forms:
        try:
            return datetime.strptime(str(text), form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise _refusal(name, "Datetime has wrong format. Use YYYY-MM-DDThh:mm:ss.000Z.")
