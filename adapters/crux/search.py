"""From what anybody may want of orders to what Crux Connect can be asked, and what is to be said of the answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from attrs import evolve

from adapters.crux.generation import Generation
from adapters.crux.query import OrdersQuery
from aggregator.adapter.orders import OrderFilter
from aggregator.adapter.steps import Steps
from aggregator.errors import InvalidQuery
from aggregator.model.order import Order
from aggregator.model.status import LineItemStatus

# "YYYY-MM-DD hh:mm:ss" names no time zone: what we mean in UTC can be read as a time up to 14 hours away.
DOUBTFUL_HOURS: Final = timedelta(hours=14)
_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

_ALLOCATIONS: Final = frozenset({LineItemStatus.UNALLOCATED, LineItemStatus.PARTIAL, LineItemStatus.ALLOCATED})
_LATER_ONLY: Final = frozenset({LineItemStatus.PARTIAL, LineItemStatus.NEEDS_TRACKING})


def of(wanted: OrderFilter, generation: Generation) -> OrdersQuery:
    """Return the query that finds at least what is wanted.

    Raises:
        InvalidQuery: The generation has no filter for it.
    """
    if wanted.purchase_order is not None and generation is Generation.V1:
        raise InvalidQuery(
            "Generation 'v1' of Crux Connect has no filter for a purchase order's number: neither its documents of "
            "the list nor those of the detail name one.",
            hint="OrdersQuery(term=...) finds it, along with an order's uuid or a SKU id of the same text.",
        )
    return OrdersQuery(
        start_date=_earlier(wanted.since, generation),
        end_date=_later(wanted.until, generation),
        term=wanted.term,
        org_uuids=wanted.organizations or None,
        po_number=wanted.purchase_order,
        **_statuses(wanted.statuses, generation),
    )


def _earlier(moment: datetime | None, generation: Generation) -> datetime | None:
    if moment is None or generation is Generation.V1:
        return moment
    return max(moment, _FIRST + DOUBTFUL_HOURS) - DOUBTFUL_HOURS


def _later(moment: datetime | None, generation: Generation) -> datetime | None:
    if moment is None or generation is Generation.V1:
        return moment
    return min(moment, _LAST - DOUBTFUL_HOURS) + DOUBTFUL_HOURS


def _statuses(statuses: tuple[LineItemStatus, ...], generation: Generation) -> dict[str, Any]:
    if not statuses:
        return {}
    if generation is Generation.V1 and not _LATER_ONLY & set(statuses):
        return {"line_item_statuses": statuses}
    if set(statuses) <= _ALLOCATIONS:
        return {"line_item_allocation_statuses": statuses}
    if len(statuses) == 1:
        return {"line_item_designation": statuses[0]}
    raise InvalidQuery(
        f"Crux Connect cannot be asked for orders that are {' or '.join(statuses)}.",
        hint="Ask for unallocated, partial and allocated together, or for one other status alone.",
    )


def doubt(query: OrdersQuery, generation: Generation) -> str | None:
    """Return what is to be noted of a query of the user's own, whose dates can be read in two ways.

    One that is made here asks for so much more that it does not matter.
    """
    if generation is Generation.V1 or (query.start_date is None and query.end_date is None):
        return None
    return "a date in the filter without a time zone, sent in UTC, as the documents name none"


def told(steps: Steps[Order], *, since: datetime | None, note: str | None) -> Steps[Order]:
    """Walk, and say at the end from when on the list is whole, and what was in doubt."""
    end = yield from steps
    if since is not None:
        end = evolve(end, coverage=evolve(end.coverage, since=since))
    if note is not None:
        end = evolve(end, drift=evolve(end.drift, notes={**end.drift.notes, note: 1}))
    return end
