"""JSON:API documents, read by jsonapi-client as a parser that cannot fetch anything.

jsonapi-client is all or nothing: one resource object without an id sinks its whole document. So the top of a page is
read as one document and each of its rows as another. Attributes do not pass through it. It would copy every object in
them, which takes three quarters of its time, and offer them under other names (`support-email`); the vendor's wire
classes read them from the JSON itself.

Importing this module imports jsonapi-client, which takes a while; the adapter does so when a walk begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn

from attrs import frozen
from jsonapi_client import Session
from jsonapi_client.document import Document
from jsonapi_client.exceptions import DocumentError, JsonApiClientError

from aggregator.adapter import Malformed, Reply, Unreadable
from aggregator.secret import MASK
from aggregator.wire.pagers import Envelope, count_of, rows_of

# Resources with a `client_secret`: API credentials and identity providers (schema 1.0.15). It is not ours to keep.
_SECRETS = ("client_secret",)

# What jsonapi-client lets through where a member is missing or of another type.
_MALFORMED = (JsonApiClientError, KeyError, TypeError, AttributeError, ValueError)


class OfflineSession(Session):  # type: ignore[misc]  # jsonapi-client is untyped
    """A session that can only read; its own requests would pass by our login, rate budget and origin pin."""

    def _fetch_json(self, url: str) -> NoReturn:
        raise LookupError(f"{url} was not included")

    async def _fetch_json_async(self, url: str) -> NoReturn:
        raise LookupError(f"{url} was not included")

    def http_request(self, http_method: str, url: str, *_: object, **__: object) -> NoReturn:
        raise LookupError(f"{http_method} {url} is not sent from here")

    async def http_request_async(self, http_method: str, url: str, *_: object, **__: object) -> NoReturn:
        raise LookupError(f"{http_method} {url} is not sent from here")


# One for all: of what it reads uncached, it keeps the latest document alone.
_SESSION = OfflineSession()


def _parse(document: dict[str, Any]) -> Document:
    return _SESSION.read(document, no_cache=True)


@frozen(kw_only=True)
class Link:
    """One end of a relationship.

    Attributes:
        type: The type of the resource it leads to.
        id: That resource's id.
        raw: That resource, if it came along.
    """

    type: str
    id: str
    raw: Mapping[str, Any] | None = None


class Resource:
    """One resource object, as jsonapi-client read it, with the resources that came along with it.

    Args:
        raw: The resource object; the resources that came along are its member `included`.

    Raises:
        Unreadable: It is no resource object, or its relationships are malformed.
    """

    def __init__(self, raw: Any) -> None:  # noqa: ANN401 - raw payload
        if not isinstance(raw, dict):
            raise Unreadable("a resource object was due @ $")
        shape = {name: raw[name] for name in ("id", "type") if name in raw}
        self._linkages = _linkages(raw)
        try:
            self._resource = _parse({"data": {**shape, "relationships": self._linkages}}).resource
        except _MALFORMED as error:
            raise Unreadable(f"no resource object of JSON:API ({_why(error)}) @ $") from error
        self._included = _index(raw.get("included"))

    def links(self, name: str) -> tuple[Link, ...] | None:
        """Return what a relationship leads to; None if the platform did not say, since nobody asked to include it."""
        if name not in self._linkages:  # asking jsonapi-client makes it define a class, for each resource anew
            return None
        relationship = self._resource.relationships[name]
        # Never `relationship.resources`: that would go and fetch what was not included.
        identifiers = relationship.as_json_resource_identifiers
        return tuple(self._links(identifiers if isinstance(identifiers, list) else [identifiers]))

    def _links(self, identifiers: Iterable[Mapping[str, Any] | None]) -> Iterator[Link]:
        for one in identifiers:
            key = _key(one)
            if key is not None:
                yield Link(type=key[0], id=key[1], raw=self._included.get(key))


def open_list(reply: Reply) -> Envelope:
    """Open a page of a list. Its links are not even looked at: the documents show them without `/api`.

    Raises:
        Malformed: It is no document with an array of resources.
    """
    document = reply.json()
    meta = _meta(document)
    rows = rows_of(document, "data")
    return Envelope(
        rows=_with_included(rows, document.get("included")),
        pointer="/data",
        total=count_of(meta, "record_count"),
        page_count=count_of(meta, "page_count"),
    )


def open_one(reply: Reply) -> Envelope:
    """Open a document with a single resource.

    Raises:
        Malformed: It is none.
    """
    document = reply.json()
    _meta(document)
    row = document.get("data")
    if not isinstance(row, dict):
        raise Malformed("a document without a resource in `data`")
    return Envelope(rows=_with_included([row], document.get("included")), pointer="/data", is_single=True, more=False)


def _meta(document: Any) -> Mapping[str, Any]:  # noqa: ANN401 - raw payload
    if not isinstance(document, dict):
        raise Malformed("no object, where a JSON:API document was due")
    head = {name: document[name] for name in ("meta", "errors") if document.get(name) is not None}
    try:
        meta = _parse({"data": [], **head}).meta.meta
    except DocumentError as error:
        raise Malformed(f"an error document: {str(error.errors)[:200]}") from error
    return meta if isinstance(meta, dict) else {}


def _linkages(raw: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever came; jsonapi-client judges it
    """Return the relationships that say what they lead to: most have links alone, and those are never followed."""
    relationships = raw.get("relationships") or {}
    if not isinstance(relationships, dict):
        return relationships
    return {name: one for name, one in relationships.items() if not isinstance(one, dict) or "data" in one}


def _key(raw: object) -> tuple[str, str] | None:
    if not isinstance(raw, Mapping):
        return None
    kind, identifier = raw.get("type"), raw.get("id")
    return (kind, identifier) if isinstance(kind, str) and isinstance(identifier, str) else None


def _index(included: object) -> dict[tuple[str, str], dict[str, Any]]:
    if not isinstance(included, list):
        return {}
    return {key: one for one in included if (key := _key(one)) is not None}


def _with_included(rows: list[Any], included: object) -> list[Any]:
    """Return the rows, each with the resources it leads to, so that a record's raw payload is all there is of it."""
    index = {key: _without_secrets(one) for key, one in _index(included).items()}
    return [_compound(row, index) for row in rows] if index else rows


def _compound(row: Any, index: Mapping[tuple[str, str], dict[str, Any]]) -> Any:  # noqa: ANN401 - raw payload
    found: dict[tuple[str, str], dict[str, Any]] = {}
    waiting = [row]
    while waiting:
        for key in _ends(waiting.pop()):
            if key in index and key not in found:
                found[key] = index[key]
                waiting.append(index[key])
    return {**row, "included": list(found.values())} if found else row


def _ends(raw: object) -> Iterator[tuple[str, str]]:
    relationships = raw.get("relationships") if isinstance(raw, dict) else None
    for one in relationships.values() if isinstance(relationships, dict) else ():
        data = one.get("data") if isinstance(one, dict) else None
        for identifier in data if isinstance(data, list) else [data]:
            key = _key(identifier)
            if key is not None:
                yield key


def _without_secrets(raw: dict[str, Any]) -> dict[str, Any]:
    attributes = raw.get("attributes")
    if not isinstance(attributes, dict) or not any(name in attributes for name in _SECRETS):
        return raw
    return {**raw, "attributes": {name: MASK if name in _SECRETS else one for name, one in attributes.items()}}


def _why(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error} is missing"
    return str(error) if isinstance(error, JsonApiClientError) else "a member of a wrong type"
