"""`filter[q][name_or_slug_cont]=…`: the documented predicates on the documented attributes."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from attrs import frozen

from adapters.commerce_layer.sandbox.errors import refusal
from adapters.commerce_layer.sandbox.kinds import kinds
from adapters.commerce_layer.sandbox.store import Entry, Store

Test = Callable[[Any, str], bool]


def _like(value: Any, pattern: str) -> bool:  # noqa: ANN401 - any JSON
    expression = ".*".join(map(re.escape, pattern.split("%")))
    return isinstance(value, str) and re.fullmatch(expression, value, re.IGNORECASE | re.DOTALL) is not None


def _comparable(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Times compare as times whatever their precision; everything else as it is."""
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d", value):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return value
        return moment.replace(tzinfo=moment.tzinfo or UTC)
    return value


def _text(value: Any) -> str:  # noqa: ANN401 - any JSON
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _equal(value: Any, wanted: str) -> bool:  # noqa: ANN401 - any JSON
    return value is not None and (_text(value) == wanted or bool(_comparable(value) == _comparable(wanted)))


def _ordered(compare: Callable[[Any, Any], bool]) -> Test:
    def test(value: Any, wanted: str) -> bool:  # noqa: ANN401 - any JSON
        left, right = _comparable(value), _comparable(wanted)
        return value is not None and type(left) is type(right) and compare(left, right)

    return test


def _contains(value: Any, wanted: str) -> bool:  # noqa: ANN401 - any JSON
    return wanted.lower() in _text(value).lower()


def _listed(value: Any, wanted: str) -> bool:  # noqa: ANN401 - any JSON
    return any(_equal(value, one) for one in wanted.split(","))


def _negated(test: Test) -> Test:
    return lambda value, wanted: not test(value, wanted)


def _or_null(test: Test) -> Test:
    return lambda value, wanted: value is None or test(value, wanted)


_SINGLE: dict[str, Test] = {
    "eq": _equal,
    "matches": _like,
    "lt": _ordered(lambda left, right: left < right),
    "lteq": _ordered(lambda left, right: left <= right),
    "gt": _ordered(lambda left, right: left > right),
    "gteq": _ordered(lambda left, right: left >= right),
    "start": lambda value, wanted: _text(value).startswith(wanted),
    "end": lambda value, wanted: _text(value).endswith(wanted),
    "cont": _contains,
    "in": _listed,
}
_OPPOSITES = {"not_eq": "eq", "does_not_match": "matches", "not_start": "start", "not_end": "end", "not_cont": "cont"}


def _on(value: str) -> bool:
    return value in {"true", "1"}


def _predicates() -> dict[str, Test]:
    tests = dict(_SINGLE) | {name: _negated(_SINGLE[of]) for name, of in _OPPOSITES.items()}
    tests["not_in"] = _negated(_listed)
    for name in ("eq", "not_eq", "in", "not_in"):
        tests[f"{name}_or_null"] = _or_null(tests[name])
    for name in [
        name for name in tests if name.endswith(("eq", "t", "d", "h", "matches", "gt", "cont")) or name == "lt"
    ]:
        single = tests[name]
        tests[f"{name}_any"] = _several(single, any)
        tests[f"{name}_all"] = _several(single, all)
    present: Test = lambda value, wanted: (value not in (None, "", {}, [])) == _on(wanted)  # noqa: E731 - a table row
    tests["present"], tests["blank"] = present, _negated(present)
    tests["null"] = lambda value, wanted: (value is None) == _on(wanted)
    tests["not_null"] = lambda value, wanted: (value is not None) == _on(wanted)
    tests["true"] = lambda value, wanted: (value is True) == _on(wanted)
    tests["false"] = lambda value, wanted: (value is False) == _on(wanted)
    tests["jcont"] = lambda value, wanted: isinstance(value, dict) and wanted in _text(value)
    return tests


def _several(test: Test, combine: Callable[[Iterable[bool]], bool]) -> Test:
    return lambda value, wanted: combine(test(value, one) for one in wanted.split(","))


PREDICATES = _predicates()
_BY_LENGTH = sorted(PREDICATES, key=len, reverse=True)


@frozen
class Condition:
    """One `filter[q][…]`: any of these attributes passes the predicate."""

    paths: tuple[tuple[str, ...], ...]
    predicate: str
    wanted: str

    @classmethod
    def read(cls, kind: str, key: str, wanted: str) -> "Condition":
        """The condition that a key such as "name_or_slug_cont" stands for.

        Raises:
            Refused: 400 for an attribute or predicate that the documents do not name.
        """
        for predicate in _BY_LENGTH:
            if key.endswith(f"_{predicate}"):
                names = key.removesuffix(f"_{predicate}").split("_or_")
                paths = tuple(path for name in names if (path := _path(kind, name)))
                if len(paths) == len(names):
                    return cls(paths, predicate, wanted)
        raise refusal(400, "FILTER_NOT_ALLOWED", f"{key} is not allowed.")

    def holds(self, entry: Entry, store: Store) -> bool:
        """Whether the resource passes."""
        test = PREDICATES[self.predicate]
        return any(test(value, self.wanted) for path in self.paths for value in _values(entry, path, store))


def _path(kind: str, name: str) -> tuple[str, ...] | None:
    if name in kinds()[kind].filterable:
        return (name,)
    for relation, to in kinds()[kind].relations.items():
        if name.startswith(f"{relation}_") and name.removeprefix(f"{relation}_") in kinds()[to.target].filterable:
            return (relation, name.removeprefix(f"{relation}_"))
    return None


def _values(entry: Entry, path: tuple[str, ...], store: Store) -> Iterable[Any]:
    if len(path) == 1:
        return [entry.value(path[0])]
    relation, name = path
    table = store.table(kinds()[entry.type].relations[relation].target)
    return [table.entries[identifier].value(name) for identifier in store.related(entry, relation)]


def conditions(kind: str, query: Mapping[str, str]) -> list[Condition]:
    """Every condition of a query; all of them must hold.

    Raises:
        Refused: 400 for a filter of another form than `filter[q][…]`, or one that is not allowed.
    """
    found = []
    for name, wanted in query.items():
        if name.startswith("filter"):
            match = re.fullmatch(r"filter\[q\]\[(\w+)\]", name)
            if match is None:
                raise refusal(400, "INVALID_FILTERS_SYNTAX", f"{name} is not a valid filter.")
            found.append(Condition.read(kind, match[1], wanted))
    return found
