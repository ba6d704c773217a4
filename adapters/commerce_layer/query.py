"""Filters, sort orders and includes of a list of organizations, checked before anything is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeAlias

from attrs import fields

from adapters.commerce_layer.wire import DETAILS
from aggregator.adapter.steps import Query
from aggregator.errors import InvalidQuery
from aggregator.spelling import did_you_mean

Scalar: TypeAlias = str | int | float | Decimal | date | datetime
FilterValue: TypeAlias = Scalar | Sequence[Scalar] | Mapping[str, object]
Filters: TypeAlias = Mapping[str, FilterValue]

# "List all organizations", Sortable fields.
SORTABLE = ("name", "slug", "domain", "id", "created_at", "updated_at", "reference", "reference_origin")

# "List all organizations", Filterable fields, Attributes.
FILTERABLE = (
    "name",
    "slug",
    "domain",
    "region",
    "id",
    "created_at",
    "updated_at",
    "reference",
    "reference_origin",
    "metadata",
)

# Relationships of each resource type (official schema 1.0.15), and the type that each leads to.
RELATIONS: Mapping[str, Mapping[str, str]] = {
    "organizations": {name: name for name in ("memberships", "roles", "permissions", "api_credentials")},
    "memberships": {
        "organization": "organizations",
        "role": "roles",
        "application_memberships": "application_memberships",
        "membership_profile": "membership_profiles",
        "versions": "versions",
    },
    "roles": {
        "organization": "organizations",
        "permissions": "permissions",
        "memberships": "memberships",
        "api_credentials": "api_credentials",
        "versions": "versions",
    },
    "permissions": {"organization": "organizations", "role": "roles", "versions": "versions"},
    "api_credentials": {"organization": "organizations", "role": "roles"},
    "application_memberships": {
        "api_credential": "api_credentials",
        "membership": "memberships",
        "membership_profile": "membership_profiles",
        "organization": "organizations",
        "role": "roles",
    },
    "membership_profiles": {"organization": "organizations", "application_memberships": "application_memberships"},
    "versions": {},
}

# "Filtering data": the predicates that compare with one value; those in the second row have an _any and an _all too.
_ONE_VALUE = ("eq", "eq_or_null", "not_eq", "not_eq_or_null", "jcont")
_COMBINED = (
    "matches", "does_not_match", "lt", "lteq", "gt", "gteq", "start", "not_start", "end", "not_end", "cont", "not_cont",
)  # fmt: skip
_YES_OR_NO = frozenset({"present", "blank", "null", "not_null", "true", "false"})
_LISTS = frozenset(
    {"in", "in_or_null", "not_in", "not_in_or_null", "not_eq_all"}
    | {f"{name}_{how}" for name in _COMBINED for how in ("any", "all")}
)
PREDICATES = frozenset({*_ONE_VALUE, *_COMBINED, *_YES_OR_NO, *_LISTS})
_BY_LENGTH = sorted(PREDICATES, key=len, reverse=True)


def filter_query(filters: Filters) -> Query:
    """Return the query parameters of filters that the documentation allows.

    Args:
        filters: "name_start": "Acme"; attributes joined by "_or_", then a predicate. All of them must hold.

    Raises:
        InvalidQuery: An attribute, a predicate or a value that is not documented.
    """
    return tuple((f"filter[q][{key}]", _value(key, _predicate(key), value)) for key, value in filters.items())


def scope_of(filters: Filters) -> str | None:
    """Return the filters in words; None where there are none."""
    return " and ".join(f"{key} is {_shown(value)}" for key, value in filters.items()) or None


def sort_query(sort: str | Sequence[str]) -> str:
    """Return the value of `sort` for fields that the documentation calls sortable; "-" is for descending.

    Raises:
        InvalidQuery: A field that is not.
    """
    fields = _parts(sort)
    for one in fields:
        name = one.removeprefix("-")
        if name not in SORTABLE:
            raise InvalidQuery(
                f"Organizations cannot be sorted by {name!r}.",
                hint=f"{did_you_mean(name, SORTABLE)}They can be by {', '.join(SORTABLE)}; "
                "a - before the name is for descending.",
            )
    return ",".join(fields)


def include_query(include: str | Sequence[str]) -> str:
    """Return the value of `include` for relationships of an organization, as dotted paths.

    Raises:
        InvalidQuery: A path that leads nowhere.
    """
    paths = _parts(include)
    for path in paths:
        here = "organizations"
        for name in path.split("."):
            if name not in RELATIONS[here]:
                raise InvalidQuery(
                    f"{path!r} cannot be included: {here} have no relationship {name!r}.",
                    hint=f"{did_you_mean(name, RELATIONS[here])}Theirs are {', '.join(RELATIONS[here]) or 'none'}.",
                )
            here = RELATIONS[here][name]
    return ",".join(paths)


def _parts(given: str | Sequence[str]) -> list[str]:
    parts = given.split(",") if isinstance(given, str) else [str(one) for one in given]
    return [part.strip() for part in parts if part.strip()]


def _predicate(key: str) -> str:
    """Return the predicate that a filter ends in; the longest comes first, as "not_eq" ends in "eq"."""
    wrong: str | None = None
    for predicate in _BY_LENGTH:
        if key.endswith(f"_{predicate}"):
            names = key.removesuffix(f"_{predicate}").split("_or_")
            unknown = [name for name in names if not _is_filterable(name)]
            if not unknown:
                return predicate
            wrong = wrong or unknown[0]
    if wrong is None:
        meant = did_you_mean(key, _all_keys(("eq", "start", "in")))
        raise InvalidQuery(
            f"The filter {key!r} does not end in a predicate.",
            hint=f"{meant}Predicates are {', '.join(sorted(PREDICATES))}.",
        )
    raise InvalidQuery(
        f"Organizations cannot be filtered by {wrong!r}.",
        hint=f"{did_you_mean(wrong, _filterable())}They can be by {', '.join(FILTERABLE)}, "
        "and by attributes of what they are related to, such as memberships_user_email; several are joined by _or_.",
    )


def _is_filterable(name: str) -> bool:
    return name in FILTERABLE or any(
        name.removeprefix(f"{relation}_") in _attributes(kind)
        for relation, kind in RELATIONS["organizations"].items()
        if name.startswith(f"{relation}_")
    )


def _attributes(kind: str) -> frozenset[str]:
    return frozenset({"id", *(one.name for one in fields(DETAILS[kind]))})


def _filterable() -> Iterator[str]:
    yield from FILTERABLE
    for relation, kind in RELATIONS["organizations"].items():
        yield from (f"{relation}_{name}" for name in sorted(_attributes(kind)))


def _all_keys(predicates: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{name}_{predicate}" for name in FILTERABLE for predicate in predicates)


def _value(key: str, predicate: str, value: FilterValue) -> str:
    if predicate in _YES_OR_NO:
        if not isinstance(value, bool):
            raise InvalidQuery(f"The filter {key!r} is answered with yes or no.", hint="Give True or False.")
        return _written(key, value)
    if predicate == "jcont" and isinstance(value, Mapping):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    if predicate in _LISTS:
        return _list(key, value)
    if isinstance(value, Mapping) or (isinstance(value, Sequence) and not isinstance(value, str)):
        raise InvalidQuery(f"The filter {key!r} takes one value.", hint=f"Lists are for {', '.join(sorted(_LISTS))}.")
    return _written(key, value)


def _list(key: str, value: FilterValue) -> str:
    if isinstance(value, Mapping):
        raise InvalidQuery(f"The filter {key!r} takes a list of values.", hint="Give a list.")
    listed = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    if not listed:
        raise InvalidQuery(f"The filter {key!r} has no value.", hint="Give at least one.")
    written = [_written(key, one) for one in listed]
    if any("," in one for one in written):
        raise InvalidQuery(
            f"A value of {key!r} has a comma in it, which would be read as two values.",
            hint="Give several values as a list; one that has a comma itself cannot be sent in this filter.",
        )
    return ",".join(written)


def _written(key: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise InvalidQuery(f"The time in {key!r} has no zone.", hint="Give one, such as datetime(..., tzinfo=UTC).")
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value) if isinstance(value, str | int | float | Decimal) else ""
    if not text.strip():
        # An empty condition may well be passed over, and then the list would not be what it is said to be.
        raise InvalidQuery(f"The filter {key!r} has no value.", hint="To look for emptiness, use _blank or _null.")
    return text


def _shown(value: FilterValue) -> str:
    if isinstance(value, Mapping | str | int | float | Decimal | date):
        return repr(value) if isinstance(value, str) else str(value)
    return " or ".join(_shown(one) for one in value)
