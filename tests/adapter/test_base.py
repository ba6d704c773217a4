"""What an adapter is: addresses that are safe, capabilities that speak, problems that can be read."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from aggregator.adapter import Capabilities, Problem, Support, no, unknown, yes
from aggregator.adapter.base import clean_url, is_loopback, read_rest_framework_problem
from aggregator.errors import ConfigurationError, Unsupported
from tests.adapter.test_steps import jsons
from tests.fakes import reply
from tests.wire.fake_vendor import CAPABILITIES, Fake


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://vendor.test/api/", "https://vendor.test/api"),
        ("https://vendor.test", "https://vendor.test"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:1", "http://[::1]:1"),
    ],
)
def test_a_safe_address_is_taken(url: str, clean: str) -> None:
    """Https anywhere and http on loopback are taken, without their last slash."""
    assert clean_url(url) == clean


@pytest.mark.parametrize(
    "url",
    [
        "http://vendor.test",
        "http://127.0.0.1.evil.test",
        "http://localhost.evil.test",
        "ftp://vendor.test",
        "vendor.test",
        "",
        "https://",
        "https://vendor.test:99999",
        "https://[::1",
        "https://user:pw@vendor.test",
        "https://user@vendor.test",
        "https://vendor.test/?a=1",
        "https://vendor.test/#a",
        None,
        5,
    ],
)
def test_an_address_that_could_give_secrets_away_is_refused(url: Any) -> None:
    """Plain http, credentials or a query in the address, and what is no address, are refused with a hint."""
    with pytest.raises(ConfigurationError) as caught:
        clean_url(url)
    assert caught.value.hint
    assert "pw" not in str(caught.value)


@given(st.text())
def test_no_text_makes_address_checking_fail(text: str) -> None:
    """Arbitrary text is an address or a configuration error."""
    try:
        assert clean_url(text).startswith(("http://", "https://", "HTTP", "Http"))
    except ConfigurationError:
        return


@pytest.mark.parametrize(
    ("host", "local"), [("127.9.9.9", True), ("::1", True), ("10.0.0.1", False), ("a.test", False)]
)
def test_loopback_is_this_machine_alone(host: str, local: bool) -> None:
    """Only names and numbers that cannot mean another machine count as loopback."""
    assert is_loopback(host) is local


@pytest.mark.parametrize("account", ["", "  ", None])
def test_an_account_needs_a_name(account: Any) -> None:
    """A nameless account could not be told from others in a report."""
    with pytest.raises(ConfigurationError, match="needs a name"):
        Fake(account=account)


def test_a_no_is_given_with_its_reason() -> None:
    """What the platform cannot do is refused before anything is sent, with the declared reason."""
    fake = type("No", (Fake,), {"capabilities": evolve(CAPABILITIES, connections=no("it lists only brands"))})()
    with pytest.raises(Unsupported, match=r"Fake Platform has no connections: it lists only brands\."):
        fake.connections()


@pytest.mark.parametrize("answer", [yes("by page"), unknown("no document says")])
def test_a_yes_and_an_unknown_are_tried(answer: Any) -> None:
    """What the platform can do, or may be able to, goes ahead."""
    evolve(CAPABILITIES, connections=answer).require("connections", vendor="Fake")


def test_capabilities_recite_themselves() -> None:
    """Every capability is yielded with its meaning and its answer, in the order of their declaration."""
    listed = list(evolve(CAPABILITIES, orders=no("there are none")))
    assert [name for name, _, _ in listed] == [one.name for one in fields(Capabilities)]
    assert all(meaning for _, meaning, _ in listed)
    assert {str(answer) for _, _, answer in listed} == {"yes", "no: there are none"}
    assert {answer.support for _, _, answer in listed} == {Support.YES, Support.NO}


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"detail": "Not found."}, Problem(detail="Not found.")),
        ({"date": ["Bad.", "Worse."]}, Problem(detail="date: Bad., Worse.", pointers=("/date",))),
        ({"date": []}, Problem()),
        ([], Problem()),
        (b"<html>", Problem()),
    ],
)
def test_problems_are_read_out_of_bodies(body: Any, problem: Problem) -> None:
    """A message, a list of messages for each field, or nothing that can be read."""
    assert Fake().read_problem(reply(body)) == problem


@given(jsons)
def test_no_body_makes_reading_a_problem_fail(body: Any) -> None:
    """Arbitrary JSON is a problem, perhaps an empty one."""
    assert isinstance(read_rest_framework_problem(body), Problem)


def test_an_adapter_asks_for_json_and_shows_no_secret() -> None:
    """The usual headers hold no credential, and the repr of an account none either."""
    fake = Fake()
    assert fake.headers == {"Accept": "application/json"}
    assert "ready-token" not in repr(fake)
    assert [plan.operation for plan in (*fake.listings(), fake.probe())] == ["connections"] * 2


def test_where_records_are_seen_is_checked_with_the_settings() -> None:
    """A URL that can be no record's is told before anything is fetched."""
    assert Fake(record_page="https://vendor.test/{id}").record_page[0].template == "https://vendor.test/{id}"
    with pytest.raises(ConfigurationError, match="record_page: "):
        Fake(record_page="javascript:alert(1)")
    assert Fake(record_page={"anything": "https://vendor.test/{id}"}).record_page[0].kind == "anything"
    with pytest.raises(ConfigurationError, match=r"record_page: there are no records of the kind 'partner'"):
        _OfConnections(record_page={"partner": "https://vendor.test/{id}"})


class _OfConnections(Fake):
    record_kinds = ("connection",)
