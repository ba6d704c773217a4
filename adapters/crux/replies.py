"""What the answers of Crux Connect hold: the rows of a page with what it declares, and what went wrong."""

from __future__ import annotations

from attrs import evolve

from aggregator.adapter import Malformed, Reply
from aggregator.wire.pagers import Envelope, count_of, rows_of


# {"total_results": 104, "orders": [{"uuid": "9a39a7e0-…", …}]}
def open_orders(reply: Reply) -> Envelope:
    """Open a page of all orders; raises Malformed."""
    document = reply.json()
    rows = rows_of(document, "orders")
    return Envelope(rows=rows, pointer="/orders", total=count_of(document, "total_results"))


def open_found_orders(reply: Reply) -> Envelope:
    """Open a page of the orders that a query finds; raises Malformed."""
    # "The total order count per your organization": nothing says that it heeds filters, so it declares nothing here.
    return evolve(open_orders(reply), total=None)


# {"requests": [{"record_uuid": "d004…", …}], "pagination": {"total_count": 9, "start": 0, "limit": 50}}
# Of another list there is an example with {"total_count": …, "start": null, "limit": null}.
def open_requests(reply: Reply) -> Envelope:
    """Open a page of requests for connections; raises Malformed."""
    document = reply.json()
    rows = rows_of(document, "requests")
    pagination = document.get("pagination")
    total = count_of(pagination, "total_count") if isinstance(pagination, dict) else None
    return Envelope(rows=rows, pointer="/requests", total=total)


def message_of(reply: Reply) -> str:
    """Return the text of {"message": "..."}, as the documents show it for single rows of a bulk call."""
    try:
        document = reply.json()
    except Malformed:
        return ""
    message = document.get("message") if isinstance(document, dict) else None
    return message if isinstance(message, str) else ""
