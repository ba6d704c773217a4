"""A list's query: filters, sort, page, sparse fields and includes, each refused when the documents do not allow it."""

import re
from collections.abc import Callable, Mapping

from attrs import frozen

from adapters.commerce_layer.sandbox.errors import refusal
from adapters.commerce_layer.sandbox.filters import Condition, conditions
from adapters.commerce_layer.sandbox.kinds import kinds
from adapters.commerce_layer.sandbox.store import Entry, Store

DEFAULT_SIZE, MAX_SIZE = 10, 25
_KNOWN = re.compile(r"page\[(number|size)\]|sort|include|fields\[\w+\]|filter\b.*")


@frozen(kw_only=True)
class Query:
    """What a request asks for."""

    kind: str
    conditions: tuple[Condition, ...]
    sort: tuple[tuple[str, bool], ...]
    number: int
    size: int
    fields: Mapping[str, frozenset[str]]
    include: tuple[tuple[str, ...], ...]

    @classmethod
    def read(
        cls, kind: str, parameters: Mapping[str, str], *, oversize: str = "clamp", most: int = MAX_SIZE
    ) -> "Query":
        """Read query parameters.

        Args:
            kind: the resource type of the list.
            parameters: decoded names and values.
            oversize: what a page size above 25 does: "clamp" or "error" (not documented).
            most: rows on a page, whatever is asked for.

        Raises:
            Refused: 400 with the documented code.
        """
        for name in parameters:
            if not _KNOWN.fullmatch(name):
                raise refusal(400, "PARAM_NOT_ALLOWED", f"{name} is not allowed.")
        return cls(
            kind=kind,
            conditions=tuple(conditions(kind, parameters)),
            sort=_sort(kind, parameters.get("sort", "")),
            number=_page(parameters, "number", 1),
            size=_size(parameters, oversize, most),
            fields=_fields(parameters),
            include=_include(kind, parameters.get("include", "")),
        )

    def found(self, store: Store, among: list[str] | None = None) -> list[Entry]:
        """Every resource that is meant, sorted.

        Args:
            store: where to look.
            among: only these ids, for the list of a relationship.
        """
        table, left = store.table(self.kind), list(self.conditions)
        identifiers = among if among is not None else table.order
        if among is None and self.sort == (("id", False),):
            keyset = next((one for one in left if one.paths == (("id",),) and one.predicate == "gt"), None)
            identifiers = table.after(keyset.wanted if keyset else "")
            left = [one for one in left if one is not keyset]
            if not left:
                return [table.entries[identifier] for identifier in identifiers]
        entries = [table.entries[identifier] for identifier in identifiers]
        entries = [entry for entry in entries if all(one.holds(entry, store) for one in left)]
        for name, descending in reversed(self.sort):
            entries.sort(key=_by(name), reverse=descending)
        return entries


def _by(name: str) -> Callable[[Entry], tuple[bool, str]]:
    # NULLS LAST, as PostgreSQL sorts upwards.
    return lambda entry: (entry.value(name) is None, str(entry.value(name)))


def _sort(kind: str, text: str) -> tuple[tuple[str, bool], ...]:
    keys = []
    for part in filter(None, text.split(",")):
        name = part.removeprefix("-")
        if name not in kinds()[kind].sortable:
            raise refusal(400, "INVALID_SORT_CRITERIA", f"{name} is not a valid sort criteria for {kind}")
        keys.append((name, part.startswith("-")))
    return tuple(keys)


def _page(parameters: Mapping[str, str], name: str, default: int) -> int:
    text = parameters.get(f"page[{name}]", str(default))
    if not text.isdecimal() or int(text) < 1:
        raise refusal(400, "INVALID_PAGE_VALUE", f"{text} is not a valid value for {name} page parameter.")
    return int(text)


def _size(parameters: Mapping[str, str], oversize: str, most: int) -> int:
    size = _page(parameters, "size", DEFAULT_SIZE)
    if size > MAX_SIZE and oversize == "error":
        raise refusal(400, "INVALID_PAGE_VALUE", f"size exceeds maximum page size of {MAX_SIZE}.")
    return max(1, min(size, most))


def _fields(parameters: Mapping[str, str]) -> dict[str, frozenset[str]]:
    fields = {}
    for name, value in parameters.items():
        if match := re.fullmatch(r"fields\[(\w+)\]", name):
            if match[1] not in kinds():
                raise refusal(400, "INVALID_RESOURCE", f"{match[1]} is not a valid resource.")
            fields[match[1]] = frozenset(filter(None, value.split(",")))
    return fields


def _include(kind: str, text: str) -> tuple[tuple[str, ...], ...]:
    paths = tuple(tuple(path.split(".")) for path in text.split(",") if path)
    for path in paths:
        here = kind
        for name in path:
            if name not in kinds()[here].relations:
                raise refusal(400, "INVALID_INCLUDE", f"{name} is not a valid includable relationship of {here}")
            here = kinds()[here].relations[name].target
    return paths
