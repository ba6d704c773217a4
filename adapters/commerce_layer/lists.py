"""How the lists of Commerce Layer are walked: by id where nothing is in the way, by page number where something is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeAlias, TypeVar

from aggregator.adapter import DriftCount, Place, Reply, RowReader
from aggregator.adapter.steps import Query
from aggregator.errors import InvalidQuery
from aggregator.model import Record
from aggregator.wire.pagers import Envelope, Keyset, PageNumber, Pager

R = TypeVar("R", bound=Record)

# The most there is ("Pagination": 10 unless asked, 25 at most); what a larger one does is not documented.
PAGE_SIZE = ("page[size]", "25")
BY_ID = ("sort", "id")

# Makes a record of a row as it came and as jsonapi-client read it.
Read: TypeAlias = Callable[[Any, Any, Place, DriftCount], R]


def including(paths: str) -> Query:
    """Return the query for what is to come along."""
    return (("include", paths),) if paths else ()


def pager_for(path: str, query: Query, order: str, how: Literal["keyset", "pages"] | None) -> Pager:
    """Return the scan by id, unless the user's own order or condition on the id is in its way."""
    own_condition = any(name == "filter[q][id_gt]" for name, _ in query)
    if how not in {"keyset", "pages", None}:
        raise InvalidQuery(f"There is no walk {how!r}.", hint='Say "keyset" or "pages".')
    if how == "keyset" and (order not in {"", "id"} or own_condition):
        raise InvalidQuery(
            "A scan by id needs the order and the condition id_gt for itself.", hint='Say walk="pages", or nothing.'
        )
    if how == "pages" or order not in {"", "id"} or own_condition:
        pages = (*query, ("sort", order) if order else BY_ID, PAGE_SIZE)
        return PageNumber(path=path, query=pages, parameter="page[number]", opener=open_list)
    return Keyset(
        path=path,
        query=(*query, BY_ID, PAGE_SIZE),
        after_parameter="filter[q][id_gt]",
        row_id=_row_id,
        size=int(PAGE_SIZE[1]),
        opener=open_list,
    )


def _row_id(row: Any) -> str | None:  # noqa: ANN401 - raw payload
    found = row.get("id") if isinstance(row, dict) else None
    return found if isinstance(found, str) and found.strip() else None


# jsonapi-client is imported when a walk begins: it takes longer to import than all the rest.
def open_list(reply: Reply) -> Envelope:
    """Open a page of a list; raises Malformed."""
    from adapters.commerce_layer import jsonapi  # noqa: PLC0415

    return jsonapi.open_list(reply)


def open_one(reply: Reply) -> Envelope:
    """Open a single resource; raises Malformed."""
    from adapters.commerce_layer import jsonapi  # noqa: PLC0415

    return jsonapi.open_one(reply)


def reader(read: Read[R]) -> RowReader[R]:
    """Return what makes a record of a row, once jsonapi-client has read it."""
    from adapters.commerce_layer.jsonapi import Resource  # noqa: PLC0415

    def read_row(raw: Any, place: Place, drift: DriftCount) -> R:  # noqa: ANN401 - raw payload
        return read(raw, Resource(raw), place, drift)

    return read_row
