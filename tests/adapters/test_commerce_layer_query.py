"""Filters, sort orders and includes are checked before anything is sent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.commerce_layer.query import FILTERABLE, PREDICATES, SORTABLE, filter_query, include_query, sort_query
from aggregator.errors import InvalidQuery
from tests.adapters.commerce_layer_fakes import account


@pytest.mark.parametrize(
    ("key", "value", "sent"),
    [
        ("name_start", "Acme", "Acme"),
        ("name_or_slug_cont", "a,b", "a,b"),
        ("reference_origin_eq", "erp", "erp"),
        ("region_eq_or_null", "eu-west-1", "eu-west-1"),
        ("id_in", ["a", "b"], "a,b"),
        ("id_in", "a", "a"),
        ("name_not_cont_all", ("x", "y"), "x,y"),
        ("metadata_jcont", {"foo": "bar"}, '{"foo":"bar"}'),
        ("reference_blank", True, "true"),
        ("reference_not_null", False, "false"),
        ("created_at_gteq", date(2018, 1, 1), "2018-01-01"),
        ("created_at_lt", datetime(2019, 1, 1, 2, tzinfo=timezone(timedelta(hours=1))), "2019-01-01T01:00:00.000Z"),
        ("memberships_user_email_end", "@shop.test", "@shop.test"),
        ("name_or_memberships_user_email_eq", "x", "x"),
        ("api_credentials_mode_eq", "live", "live"),
        ("updated_at_gt", "2018-01-01T00:00:00Z", "2018-01-01T00:00:00Z"),
    ],
)
def test_documented_filters_are_written_as_documented(key: str, value: Any, sent: str) -> None:
    """A filter of documented attributes and a documented predicate becomes one parameter, its value in their form."""
    assert filter_query({key: value}) == ((f"filter[q][{key}]", sent),)


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"nam_eq": "x"}, "cannot be filtered by 'nam'. Did you mean 'name'?"),
        ({"support_email_eq": "x"}, "cannot be filtered by 'support_email'"),
        ({"name_or_colour_eq": "x"}, "'colour'"),
        ({"name_equals": "x"}, "does not end in a predicate"),
        ({"name": "x"}, "does not end in a predicate"),
        ({"": "x"}, "does not end in a predicate"),
        ({"api_credentials_client_secret_eq": "x"}, "cannot be filtered by 'api_credentials_client_secret'"),
        ({"memberships_shoe_size_eq": 43}, "cannot be filtered by 'memberships_shoe_size'"),
        ({"name_eq": ["a", "b"]}, "takes one value"),
        ({"name_eq": ""}, "has no value"),
        ({"name_in": []}, "has no value"),
        ({"name_in": ["a", " "]}, "has no value"),
        ({"name_in": ["Acme, Inc."]}, "comma"),
        ({"name_in": "a,b"}, "comma"),
        ({"name_in": {"a": "b"}}, "takes a list"),
        ({"name_blank": "yes"}, "answered with yes or no"),
        ({"created_at_gt": datetime(2018, 1, 1)}, "has no zone"),  # noqa: DTZ001 - that is the point
    ],
)
def test_undocumented_filters_are_refused(filters: Any, said: str) -> None:
    """A filter that the documents do not allow, or whose value cannot be written, is refused with what to do."""
    with pytest.raises(InvalidQuery) as raised:
        account().organizations(filters=filters)
    assert said in str(raised.value)
    assert raised.value.hint


@given(
    names=st.lists(st.sampled_from(FILTERABLE), min_size=1, max_size=3),
    predicate=st.sampled_from(sorted(PREDICATES)),
)
def test_every_documented_combination_is_understood(names: list[str], predicate: str) -> None:
    """Whichever attributes are joined before whichever predicate, the filter is accepted for some value."""
    key = f"{'_or_'.join(names)}_{predicate}"
    value = True if predicate in {"present", "blank", "null", "not_null", "true", "false"} else "x"
    assert filter_query({key: value})[0][0] == f"filter[q][{key}]"


@given(key=st.text(max_size=30), value=st.one_of(st.text(), st.booleans(), st.integers(), st.lists(st.text())))
def test_any_filter_is_sent_or_refused(key: str, value: Any) -> None:
    """Whatever is given as a filter, the only error is InvalidQuery."""
    try:
        ((name, _),) = filter_query({key: value})
    except InvalidQuery:
        return
    assert name == f"filter[q][{key}]"


def test_sort_fields_are_the_documented_ones() -> None:
    """The sortable fields, up or down, in a text or a list; any other is refused with a suggestion."""
    assert sort_query([f"-{name}" for name in SORTABLE]) == ",".join(f"-{name}" for name in SORTABLE)
    assert sort_query("-created_at, name") == "-created_at,name"
    with pytest.raises(InvalidQuery, match="sorted by 'regio'"):
        sort_query("regio")
    with pytest.raises(InvalidQuery, match="Did you mean 'created_at'"):
        sort_query(["-create_at"])


def test_includes_follow_relationships() -> None:
    """A path from relationship to relationship is accepted; one that leads nowhere is refused where it breaks off."""
    assert include_query(["memberships", "roles.permissions"]) == "memberships,roles.permissions"
    assert include_query("memberships.role") == "memberships.role"
    with pytest.raises(InvalidQuery, match=r"'roles\.permission' cannot be included.*Did you mean 'permissions'"):
        include_query("roles.permission")
    with pytest.raises(InvalidQuery, match="have no relationship 'member'"):
        account().organizations(include=["member"])


@pytest.mark.parametrize("wrong", ["", "../user", "a/b", "a?b", "ä", "a b", "a%2Fb", 5, None])
def test_ids_that_could_change_the_path_are_refused(wrong: Any) -> None:
    """An id that is not letters, digits, - and _ is refused before a request is made of it."""
    with pytest.raises(InvalidQuery, match="no id of Commerce Layer"):
        account().organization(wrong)
    if wrong is not None:
        with pytest.raises(InvalidQuery, match="no id of Commerce Layer"):
            account().memberships(wrong)


def test_the_walk_that_is_asked_for_must_be_possible() -> None:
    """A scan by id cannot keep another order or another condition on the id; numbered pages can."""
    with pytest.raises(InvalidQuery, match="scan by id"):
        account().organizations(walk="keyset", sort="name")
    with pytest.raises(InvalidQuery, match="scan by id"):
        account().organizations(walk="keyset", filters={"id_gt": "x"})
    account().organizations(walk="pages", sort="name", filters={"id_gt": "x"})
    with pytest.raises(InvalidQuery, match="no walk 'backwards'"):
        account().organizations(walk="backwards")  # type: ignore[arg-type]
    account().organizations(walk="keyset", sort="id")


def test_the_filter_is_the_scope() -> None:
    """A filtered list says so in its scope, so that nobody takes it for the whole; an unfiltered one has none."""
    plan = account().organizations(filters={"name_start": "Ac", "created_at_gt": datetime(2018, 1, 1, tzinfo=UTC)})
    assert plan.scope == "name_start is 'Ac' and created_at_gt is 2018-01-01 00:00:00+00:00"
    assert account().organizations(sort="-name", include="roles", walk="pages").scope is None
