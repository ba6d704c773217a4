"""What can be asked of Crux Connect, and what its settings can be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.crux import PRODUCTION, SANDBOX, Conjunction, Crux, Generation, OrdersQuery, SortKey
from aggregator.adapter import PasswordLogin
from aggregator.errors import ConfigurationError, InvalidQuery, Unsupported
from aggregator.model import LineItemStatus, Role
from aggregator.secret import Secret
from tests.adapters.crux_samples import SUPPLIER_ID

V1, TIMP = Generation.V1, Generation.TIMPANOGOS
MORNING = datetime(2017, 7, 31, 6, 0, tzinfo=UTC)


def test_the_documented_request_is_what_is_sent() -> None:
    """The documented example of a search is sent word for word, but for the key that the documents call "dir"."""
    query = OrdersQuery(
        line_item_statuses=[LineItemStatus.UNALLOCATED],
        line_item_status_conjunction="or",
        start_date=datetime(2017, 7, 31, 8, 0, tzinfo=timezone(timedelta(hours=2))),
        end_date=datetime(2018, 8, 3, 6, 0, tzinfo=UTC),
        term="",
        org_uuids=[],
    )
    call = Crux(token="t0ken-0123456", generation="v1").orders(query, page_size=2).start().send(None)
    assert (call.method, call.path) == ("POST", "/orders/")  # type: ignore[union-attr]
    assert call.body == {  # type: ignore[union-attr]
        "start": 0,
        "limit": 2,
        "line_item_statuses": ["Unallocated"],
        "line_item_status_conjunction": "or",
        "start_date": "2017-07-31T06:00:00.000Z",
        "end_date": "2018-08-03T06:00:00.000Z",
        "term": "",
        "org_uuids": [],
        "sort": {"key": "date", "dir": "asc"},
    }


def test_every_filter_of_the_last_generation_is_sent() -> None:
    """The last generation's filters go out under its names, times in its form and in UTC."""
    query = OrdersQuery(
        line_item_allocation_statuses=["partial", "Allocated"],
        line_item_designation="needs_tracking",
        start_date=MORNING,
        end_date=MORNING + timedelta(hours=1),
        term="lamp",
        org_uuids=[SUPPLIER_ID],
        po_number="po-1",
        sent_to_supplier=False,
        sort_key=SortKey.SKU_ID,
        sort_direction="desc",
    )
    assert query.body(TIMP) == {
        "line_item_allocation_statuses": ["Partial", "Allocated"],
        "line_item_designation": "NeedsTracking",
        "start_date": "2017-07-31 06:00:00",
        "end_date": "2017-07-31 07:00:00",
        "term": "lamp",
        "org_uuids": [SUPPLIER_ID],
        "po_number": "po-1",
        "sent_to_supplier": False,
        "sort": {"key": "sku_id", "dir": "desc"},
    }
    scope = query.scope(TIMP)
    assert scope is not None
    assert scope.startswith("line_item_allocation_statuses is Partial or Allocated and line_item_designation is Needs")
    assert "sent_to_supplier is False" in scope


@pytest.mark.parametrize("generation", Generation)
def test_a_query_without_filters_asks_for_everything(generation: Generation) -> None:
    """No filter, or empty ones, leave the scope open, whatever the sort; nothing but the sort is sent unasked."""
    assert OrdersQuery().body(generation) == {"sort": {"key": "date", "dir": "asc"}}
    assert OrdersQuery(sort_direction="desc").scope(generation) is None
    assert OrdersQuery(term="", org_uuids=[]).scope(generation) is None
    assert Crux(token="t0ken-0123456", generation=generation).orders().scope is None


@pytest.mark.parametrize(
    "arguments",
    [
        {"line_item_statuses": ["delivered"]},
        {"line_item_statuses": ["Partial"]},
        {"line_item_statuses": "Unallocated"},
        {"line_item_statuses": 7},
        {"line_item_statuses": [None]},
        {"line_item_status_conjunction": "xor"},
        {"line_item_status_conjunction": "only"},
        {"line_item_status_conjunction": Conjunction.ONLY, "line_item_statuses": ["Allocated", "Rejected"]},
        {"line_item_allocation_statuses": ["HasTracking"]},
        {"line_item_designation": "Allocated"},
        {"start_date": datetime(2020, 1, 1)},  # noqa: DTZ001 - that is what must be refused
        {"end_date": "2020-01-01"},
        {"start_date": datetime.min.replace(tzinfo=timezone(timedelta(hours=14)))},
        {"start_date": MORNING, "end_date": MORNING - timedelta(seconds=1)},
        {"org_uuids": ["757ce28d"]},
        {"org_uuids": SUPPLIER_ID},
        {"org_uuids": [f"{SUPPLIER_ID}\n"]},
        {"term": 5},
        {"sent_to_supplier": "yes"},
        {"sort_key": "price"},
        {"sort_direction": "des"},
    ],
)
def test_undocumented_filters_are_refused_before_anything_is_sent(arguments: dict[str, Any]) -> None:
    """A value that Crux does not document is an InvalidQuery that says what would do."""
    with pytest.raises(InvalidQuery):
        OrdersQuery(**arguments)


@pytest.mark.parametrize(
    ("generation", "query"),
    [
        (TIMP, OrdersQuery(line_item_statuses=["Allocated"])),
        (TIMP, OrdersQuery(line_item_status_conjunction="and")),
        (V1, OrdersQuery(po_number="po-1")),
        (V1, OrdersQuery(sent_to_supplier=True)),
        (V1, OrdersQuery(line_item_statuses=["Allocated"], line_item_designation="HasTracking")),
    ],
)
def test_filters_of_the_other_generation_are_refused(generation: Generation, query: OrdersQuery) -> None:
    """A filter that the generation does not have is refused with the name of the one that has it."""
    with pytest.raises(InvalidQuery, match=r"generation|edition"):
        Crux(token="t0ken-0123456", generation=generation).orders(query)


@pytest.mark.parametrize("size", [0, -1, True, 2.5, "10"])
def test_a_page_size_is_a_count(size: Any) -> None:
    """A page size that is no positive whole number is refused."""
    with pytest.raises(InvalidQuery, match="page"):
        Crux(token="t0ken-0123456").orders(page_size=size)


@pytest.mark.parametrize("uuid", ["", "1", "../organizations", "299fc593-04f0-424d-9847-e359b9dfde56/", None, 5])
def test_an_order_is_asked_for_by_a_uuid(uuid: Any) -> None:
    """Nothing but a uuid becomes part of an address."""
    with pytest.raises(InvalidQuery, match="uuid"):
        Crux(token="t0ken-0123456").order(uuid)


@given(
    start=st.datetimes(timezones=st.timezones()),
    end=st.datetimes(timezones=st.timezones()),
    generation=st.sampled_from(Generation),
)
def test_dates_never_narrow_the_span(start: datetime, end: datetime, generation: Generation) -> None:
    """What is sent spans at least what was asked for, and less than a second more at each end."""
    try:
        query = OrdersQuery(start_date=start, end_date=end)
    except InvalidQuery:
        return
    body = query.body(generation)
    sent = [
        datetime.fromisoformat(body[name].replace("Z", "")).replace(tzinfo=UTC) for name in ("start_date", "end_date")
    ]
    assert timedelta(0) <= start - sent[0] < timedelta(seconds=1)
    latest = datetime.max.replace(tzinfo=UTC) - timedelta(seconds=1)
    assert timedelta(0) <= sent[1] - end < timedelta(seconds=1) or end.astimezone(UTC) > latest
    assert len(body["start_date"]) == (24 if generation is V1 else 19)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "no credentials"),
        ({"token": None}, "no credentials"),
        ({"token": ""}, "empty"),
        ({"token": "t0ken-0123456\n"}, "line break"),
        ({"token": "t0ken-0123456", "username": "nick", "password": "secret-0123456"}, "as well as"),
        ({"token": "t0ken-0123456", "username": "nick"}, "password too"),
        ({"username": "nick"}, "password too"),
        ({"password": "secret-0123456"}, "username too"),
        ({"token": "t0ken-0123456", "generation": "v2"}, "generation"),
        ({"token": "t0ken-0123456", "own_role": "tenant"}, "own_role"),
        ({"token": "t0ken-0123456", "base_url": "http://api.cruxconnect.com"}, "unencrypted"),
    ],
)
def test_settings_that_cannot_work_are_refused(settings: dict[str, Any], said: str) -> None:
    """Settings that cannot work are a ConfigurationError that names what is wrong, and no secret."""
    with pytest.raises(ConfigurationError, match=said) as caught:
        Crux(**settings)
    assert "secret" not in str(caught.value)
    assert "t0ken" not in str(caught.value)


def test_settings_become_a_login() -> None:
    """A token is sent as it is; a user name and a password log in at the generation's own address."""
    assert Crux(token="t0ken-0123456").base_url == PRODUCTION
    ready = Crux(token="t0ken-0123456", own_role="supplier").login
    assert (ready.scheme, ready.token, ready.can_renew) == ("Token", Secret("t0ken-0123456"), False)
    login = Crux(base_url=SANDBOX + "/", username="nick", password="pa55word-0123").login
    assert isinstance(login, PasswordLogin)
    assert login.url == "https://api-sandbox.cruxconnect.com/timp/organizations/user-login/"
    older = Crux(username="nick", password="pa55word-0123", generation="v1").login
    assert isinstance(older, PasswordLogin)
    assert older.url == "https://api.cruxconnect.com/organizations/user-login/"
    assert Crux(token="t0ken-0123456", own_role="supplier").own_role is Role.SUPPLIER


def test_secrets_are_never_shown() -> None:
    """Neither repr nor text of the adapter or its login shows a token or a password."""
    for adapter in (Crux(token="t0ken-of-mine"), Crux(username="nick", password="pa55word-of-mine")):
        for shown in (repr(adapter), str(adapter), repr(adapter.login)):
            assert "of-mine" not in shown


def test_capabilities_are_answered_with_reasons() -> None:
    """What Crux cannot do is declared with a reason, and asking for it says so."""
    assert all(str(answer) for _, _, answer in Crux.capabilities)
    with pytest.raises(Unsupported, match="within connections only"):
        Crux.capabilities.require("organizations", vendor=Crux.title)
