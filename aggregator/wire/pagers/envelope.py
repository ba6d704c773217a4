"""What comes with the rows of a page, and how the usual envelopes are opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from attrs import field, frozen

from aggregator.adapter.steps import Malformed, Reply


@frozen(kw_only=True)
class Envelope:
    """One page, opened.

    Attributes:
        rows: The rows as they came.
        pointer: JSON pointer to the array of rows in the body.
        is_single: The pointer leads to the one row itself, not to an array.
        total: How many rows the platform says the list holds.
        page_count: How many pages it says the list has.
        more: Whether it says that there is a next page; None if it has no word for that.
        next_page: The number of the next page, if it says so.
        cursor: What asks for the next page, where that is no number; None on the last.
    """

    rows: list[Any] = field(repr=False)
    pointer: str = ""
    is_single: bool = False
    total: int | None = None
    page_count: int | None = None
    more: bool | None = None
    next_page: int | None = None
    cursor: str | None = None


Opener: TypeAlias = Callable[[Reply], Envelope]


def open_array(reply: Reply) -> Envelope:
    """Open a bare JSON array.

    Raises:
        Malformed: It is something else.
    """
    document = reply.json()
    if not isinstance(document, list):
        raise Malformed(f"{_kind(document)}, where an array was due")
    return Envelope(rows=document, more=False)


def open_object(reply: Reply) -> Envelope:
    """Open a single JSON object as a page of one row.

    Raises:
        Malformed: It is something else.
    """
    document = reply.json()
    if not isinstance(document, dict):
        raise Malformed(f"{_kind(document)}, where an object was due")
    return Envelope(rows=[document], is_single=True, more=False)


def rows_of(document: Any, name: str) -> list[Any]:  # noqa: ANN401 - raw payload
    """Return the array that an envelope holds under `name`.

    Raises:
        Malformed: It is no object, or there is no array of that name in it.
    """
    rows = document.get(name) if isinstance(document, dict) else None
    if not isinstance(rows, list):
        is_object = isinstance(document, dict)
        held = f"an object with {[name[:40] for name in sorted(document)[:8]]}" if is_object else _kind(document)
        raise Malformed(f"{held}, where an object with an array {name!r} was due")
    return rows


def count_of(document: Mapping[str, Any], name: str) -> int | None:
    """Return a declared count, or None where it is missing, null, or no count at all."""
    value = document.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _kind(document: object) -> str:
    names = {dict: "an object", list: "an array", str: "a text", bool: "a boolean", type(None): "null"}
    return names.get(type(document), "a number")
