"""Faults inside list documents: rows, totals and next links that are not what they should be."""

import json
from collections.abc import Callable, Mapping
from random import Random
from typing import Any, ClassVar
from urllib.parse import urlsplit

from attrs import frozen
from starlette.types import ASGIApp, Receive, Scope, Send

from aggregator.sandbox.chance import seeded
from aggregator.sandbox.faults.base import Situation, Sometimes, captured, elsewhere, fault, respond
from aggregator.sandbox.vendor import Shape


@frozen(kw_only=True)
class Listing:
    """A list document that is about to be spoilt."""

    document: Any
    rows: list[Any]
    shape: Shape
    rng: Random
    address: str

    def row(self) -> dict[str, Any]:
        """A row to spoil."""
        chosen: dict[str, Any] = self.rng.choice(self.rows)
        return chosen


def at(document: Any, path: tuple[str, ...]) -> Any:  # noqa: ANN401 - any JSON
    """What lies at the end of a path of keys, or None."""
    for key in path:
        if not isinstance(document, dict) or key not in document:
            return None
        document = document[key]
    return document


def put(document: Any, path: tuple[str, ...], value: object) -> None:  # noqa: ANN401 - any JSON
    """Set what lies at the end of a path, if the way there exists."""
    holder = at(document, path[:-1])
    if isinstance(holder, dict):
        holder[path[-1]] = value


class ListFault(Sometimes):
    """A fault that hits some of the lists; other answers, and empty lists, are left alone and not counted."""

    example: ClassVar[str] = ""

    def wrap(self, app: ASGIApp, situation: Situation) -> ASGIApp:
        """The application, some of whose lists are spoilt."""
        dice, rng = situation.dice(self.when), seeded(situation.site.world.seed, situation.seed, "rows")

        async def spoiling(scope: Scope, receive: Receive, send: Send) -> None:
            status, headers, body = await captured(app, scope, receive)
            rows = _rows(body, situation.shape) if status == 200 and situation.concerns(scope["path"]) else None
            if rows and rows[1] and dice.hit():
                query = f"?{scope['query_string'].decode()}" if scope["query_string"] else ""
                address = f"{situation.site.origin}{scope['path']}{query}"
                listing = Listing(document=rows[0], rows=rows[1], shape=situation.shape, rng=rng, address=address)
                self.spoil(listing)
                body = json.dumps(rows[0]).encode()
            await respond(send, status, body, headers)

        return spoiling

    def spoil(self, listing: Listing) -> None:
        """Change the document in place."""
        raise NotImplementedError


def _rows(body: bytes, shape: Shape) -> tuple[Any, list[Any]] | None:
    try:
        document = json.loads(body)
    except ValueError:
        return None
    for path in shape.rows:
        rows = at(document, path)
        if isinstance(rows, list):
            return document, rows
    return None


def _simple(name: str, summary: str, spoil: Callable[[Listing], None], *, needs_next: bool = False) -> None:
    """Register a fault that is one function."""
    members: Mapping[str, object] = {
        "name": name,
        "summary": summary,
        "needs_next": needs_next,
        "spoil": lambda self, listing: spoil(listing),  # noqa: ARG005 - a method
    }
    fault(type(f"List{name.title().replace('-', '')}", (ListFault,), dict(members)))


def _duplicate(listing: Listing) -> None:
    listing.rows.append(dict(listing.row()))


def _null(listing: Listing) -> None:
    listing.rows[listing.rng.randrange(len(listing.rows))] = None


def _identifier(value: Callable[[Any], object]) -> Callable[[Listing], None]:
    def spoil(listing: Listing) -> None:
        row = listing.row()
        row[listing.shape.identifier] = value(row.get(listing.shape.identifier))

    return spoil


def _without_id(listing: Listing) -> None:
    listing.row().pop(listing.shape.identifier, None)


def _unknown_status(listing: Listing) -> None:
    row = listing.row()
    put(row, listing.shape.status, "TRANSMOGRIFIED")


def _new_keys(listing: Listing) -> None:
    for row in listing.rows:
        if isinstance(row, dict):
            row["a_key_of_tomorrow"] = {"nested": [1, None, "x"]}


def _missing_keys(listing: Listing) -> None:
    row = listing.row()
    for key in [key for key in row if key != listing.shape.identifier][::2]:
        del row[key]


def _wrong_types(listing: Listing) -> None:
    row = listing.row()
    for key, value in row.items():
        if key != listing.shape.identifier:
            row[key] = 17 if isinstance(value, str | dict | list) else {"unexpected": value}


def _added(value: Callable[[], object]) -> Callable[[Listing], None]:
    def spoil(listing: Listing) -> None:
        row = listing.row()
        row["note"] = value()

    return spoil


def _deep() -> object:
    nested: object = "bottom"
    for _ in range(400):
        nested = [nested]
    return nested


def _name(suffix: str) -> Callable[[Listing], None]:
    """Put something after the first text that is found in a row, where a name or an id stands."""

    def spoil(listing: Listing) -> None:
        row = listing.row()
        for key, value in row.items():
            if isinstance(value, str) and key not in {listing.shape.identifier, "type", *listing.shape.status}:
                row[key] = value + suffix
                return
        row["note"] = suffix

    return spoil


def _totals(change: Callable[[Any, Random], object]) -> Callable[[Listing], None]:
    def spoil(listing: Listing) -> None:
        for path in listing.shape.total:
            if at(listing.document, path) is not None:
                put(listing.document, path, change(at(listing.document, path), listing.rng))

    return spoil


def _total_missing(listing: Listing) -> None:
    for path in listing.shape.total:
        holder = at(listing.document, path[:-1])
        if isinstance(holder, dict):
            holder.pop(path[-1], None)


def _next(link: Callable[[str, str], str]) -> Callable[[Listing], None]:
    def spoil(listing: Listing) -> None:
        path = listing.shape.next_link
        found = at(listing.document, path) if path else None
        if path and isinstance(found, str):
            put(listing.document, path, link(found, listing.address))

    return spoil


def _elsewhere(scheme: str, host: str) -> Callable[[str, str], str]:
    def link(found: str, address: str) -> str:
        del address
        parts = urlsplit(found)
        return parts._replace(scheme=scheme or parts.scheme, netloc=host or parts.netloc).geturl()

    return link


_simple("duplicate-ids", "some lists hold a row twice", _duplicate)
_simple("null-row", "some lists hold null instead of a row", _null)
_simple("no-id", "some lists hold a row without id", _without_id)
_simple("null-id", "some lists hold a row whose id is null", _identifier(lambda _: None))
_simple("numeric-id", "some lists hold a row whose id is a number", _identifier(lambda _: 42))
_simple("object-id", "some lists hold a row whose id is an object", _identifier(lambda value: {"value": value}))
_simple("unknown-status", "some lists hold a status that nobody knows", _unknown_status)
_simple("new-keys", "rows of some lists have a key of tomorrow's schema", _new_keys)
_simple("missing-keys", "some lists hold a row with half of its keys", _missing_keys)
_simple("wrong-types", "some lists hold a row whose values have other types", _wrong_types)
_simple("nan", "some lists hold NaN", _added(lambda: float("nan")))
_simple("huge-int", "some lists hold an integer of a thousand digits", _added(lambda: 10**1000))
_simple("deep", "some lists hold four hundred nested arrays", _added(_deep))
_simple("surrogate", "some lists hold a text with a lone surrogate", _name("\ud83d"))
_simple("nul", "some lists hold a text with a NUL", _name("\x00"))
_simple(
    "empty-page",
    "some lists come without rows (at2: a page in the middle)",
    lambda it: it.rows.clear(),
)
_simple("total-wrong", "the total is seven too high", _totals(lambda total, _: total + 7))
_simple("total-low", "the total is one too low", _totals(lambda total, _: max(0, total - 1)))
_simple("total-changes", "the total is another one each time", _totals(lambda total, rng: total + rng.randrange(1, 9)))
_simple("total-missing", "the total is missing", _total_missing)
_simple("next-self", "the next link leads to the same page", _next(lambda _, address: address), needs_next=True)
_simple("next-port", "the next link leads to another port", _next(_elsewhere("", "127.0.0.1:9")), needs_next=True)
_simple("next-scheme", "the next link has another scheme", _next(_elsewhere("ftp", "")), needs_next=True)


@fault
class NextHost(ListFault):
    """A next link that leads to another origin, where no credential may go."""

    name: ClassVar[str] = "next-host"
    summary: ClassVar[str] = "the next link leads to https://api.example.org, or to the origin given"
    needs_next: ClassVar[bool] = True

    def __init__(self, value: str) -> None:
        origin, when = elsewhere(value, "https://api.example.org")
        self.scheme, self.host = urlsplit(origin)[:2]
        super().__init__(when)

    def spoil(self, listing: Listing) -> None:
        """Move the link."""
        _next(_elsewhere(self.scheme, self.host))(listing)
