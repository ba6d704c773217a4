"""JSON:API documents: a resource, a list with its meta and links, and what is included."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from attrs import frozen

from adapters.commerce_layer.sandbox.kinds import kinds
from adapters.commerce_layer.sandbox.query import DEFAULT_SIZE, Query
from adapters.commerce_layer.sandbox.store import Entry, Store


@frozen(kw_only=True)
class Writer:
    """Writes documents for one site.

    Args:
        store: all resources.
        api: the base of a resource's own links, with `/api`.
        lists: the base of a list's page links; the documents show it without `/api`.
    """

    store: Store
    api: str
    lists: str

    def page(self, query: Query, found: Sequence[Entry], path: str, parameters: Mapping[str, str]) -> dict[str, Any]:
        """A page of a list."""
        rows = found[(query.number - 1) * query.size : query.number * query.size]
        pages = max(1, -(-len(found) // query.size))
        document: dict[str, Any] = {"data": [self._resource(entry, query, query.include) for entry in rows]}
        if query.include:
            document["included"] = self._included(rows, query)
        document["meta"] = {"record_count": len(found), "page_count": pages}
        document["links"] = self._links(query, pages, path, parameters)
        return document

    def single(self, query: Query, entry: Entry) -> dict[str, Any]:
        """One resource."""
        document: dict[str, Any] = {"data": self._resource(entry, query, query.include)}
        if query.include:
            document["included"] = self._included([entry], query)
        return document

    def _resource(self, entry: Entry, query: Query, include: Iterable[tuple[str, ...]]) -> dict[str, Any]:
        own = f"{self.api}/{entry.type}/{entry.id}" if entry.type != "users" else f"{self.api}/user"
        fields, included = query.fields.get(entry.type), {path[0] for path in include}
        attributes = {name: value for name, value in entry.attributes().items() if fields is None or name in fields}
        relationships = {
            name: self._relationship(entry, name, own, with_data=name in included)
            for name in kinds()[entry.type].relations
            if fields is None or name in fields
        }
        resource: dict[str, Any] = {"id": entry.id, "type": entry.type, "links": {"self": own}}
        return resource | {"attributes": attributes, "relationships": relationships}

    def _relationship(self, entry: Entry, name: str, own: str, *, with_data: bool) -> dict[str, Any]:
        relation = kinds()[entry.type].relations[name]
        shown: dict[str, Any] = {
            "links": {"self": f"{own}/relationships/{name}", "related": f"{own}/{name}"},
        }
        if with_data:
            linkage = [{"type": relation.target, "id": other} for other in self.store.related(entry, name)]
            shown["data"] = linkage if relation.many else next(iter(linkage), None)
        return shown

    def _included(self, rows: Sequence[Entry], query: Query) -> list[dict[str, Any]]:
        met: dict[tuple[str, str], tuple[Entry, set[tuple[str, ...]]]] = {}
        for path in query.include:
            here = rows
            for place, name in enumerate(path):
                here = [other for entry in here for other in self._others(entry, name)]
                for entry in here:
                    met.setdefault((entry.type, entry.id), (entry, set()))[1].add(path[place + 1 :])
        primary = {(entry.type, entry.id) for entry in rows}
        return [
            self._resource(entry, query, {path for path in onward if path})
            for key, (entry, onward) in met.items()
            if key not in primary
        ]

    def _others(self, entry: Entry, name: str) -> list[Entry]:
        table = self.store.table(kinds()[entry.type].relations[name].target)
        return [table.entries[identifier] for identifier in self.store.related(entry, name)]

    def _links(self, query: Query, pages: int, path: str, parameters: Mapping[str, str]) -> dict[str, str]:
        """First, prev, next and last; prev is absent on the first page and next on the last."""
        others = [f"{name}={quote(value)}" for name, value in parameters.items() if not name.startswith("page[")]

        def link(number: int) -> str:
            size = parameters.get("page[size]", str(DEFAULT_SIZE))
            paging = [f"page[number]={number}", f"page[size]={size}"]
            return f"{self.lists}{path}?{'&'.join([*others, *paging])}"

        wanted = {"first": 1, "prev": query.number - 1, "next": query.number + 1, "last": pages}
        return {
            name: link(number)
            for name, number in wanted.items()
            if 1 <= number <= pages and not (name == "prev" and number < 1)
        }
