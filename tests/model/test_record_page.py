"""Where people see a record: an address made of a template, which no record can lead astray."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model.raw import freeze
from aggregator.model.record_page import RecordPage, check_kinds, record_pages
from tests.reconcile.making import connection


def of(template: str, record_id: str = "7", *, organization_id: str | None = "o7", **more: Any) -> str | None:
    """The page of a connection of this id."""
    made = connection("Alder", "7", **more)
    return RecordPage(template=template).of(
        evolve(made, source=evolve(made.source, id=record_id)), organization_id=organization_id
    )


def test_places_are_filled_in() -> None:
    """The record's id, its partner's id, its kind, the account, and any value of the platform's own record."""
    raw = freeze({"attributes": {"slug": "alder-co"}, "number": 17, "a.b": "dotted", "nested": {}})
    assert of("https://x.test/{account}/{kind}s/{id}") == "https://x.test/acme/connections/7"
    assert of("https://x.test/#/partners/{organization_id}?tab=1") == "https://x.test/#/partners/o7?tab=1"
    assert of("https://x.test/{raw.attributes.slug}", raw=raw) == "https://x.test/alder-co"
    assert of("https://x.test/{raw.number}", raw=raw) == "https://x.test/17"
    assert of("https://x.test/{raw.a.b}", raw=raw) == "https://x.test/dotted"


@pytest.mark.parametrize("lacking", ["{raw.attributes.slug}", "{raw.nested}", "{raw.yes}", "{organization_id}"])
def test_what_a_record_does_not_say_makes_no_link(lacking: str) -> None:
    """Where the template needs something that is not there, or no text or number, there is no link to a wrong page."""
    raw = freeze({"nested": {"a": 1}, "yes": True})
    assert of(f"https://x.test/{lacking}", organization_id=None, raw=raw) is None


@given(st.text())
def test_no_id_leads_elsewhere(record_id: str) -> None:
    """Whatever an id is, the address stays on its host, with nothing before, behind or above the place of the id."""
    url = of("https://x.test/partners/{id}/orders", record_id)
    if url is None:
        assert not record_id.strip(". ") or not record_id.strip()
        return
    parts = urlsplit(url)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("https", "x.test", "", "")
    head, filled, tail = parts.path[1:].split("/")
    assert (head, tail) == ("partners", "orders")
    assert unquote(filled) == record_id.encode("utf-8", "replace").decode()


def test_a_page_may_be_of_one_kind_of_record_only() -> None:
    """Settings name one address for all records, or one for each kind."""
    (every,) = record_pages("https://x.test/{id}")
    of_organizations, of_connections = record_pages(
        {"organization": "https://x.test/o/{id}", "connection": "https://x.test/c/{id}"}
    )
    record = connection("Alder", "7")
    assert every.of(record, None) == "https://x.test/7"
    assert of_organizations.of(record, None) is None
    assert of_connections.of(record, None) == "https://x.test/c/7"
    assert record_pages(None) == ()


def test_a_kind_that_there_is_not_is_refused_where_kinds_are_known() -> None:
    """The message names the nearest; an adapter that names no kinds takes any."""
    pages = record_pages({"conection": "https://x.test/{id}"})
    check_kinds(pages, ())
    check_kinds(record_pages("https://x.test/{id}"), ("connection",))
    with pytest.raises(ValueError, match=r"'conection'\. Did you mean 'connection'\? There are: connection, row"):
        check_kinds(pages, ("row", "connection"))


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("javascript:alert({id})", "no http"),
        ("data:text/html,{id}", "no http"),
        ("file:///etc/{id}", "no http"),
        ("//x.test/{id}", "no http"),
        ("https://{id}.x.test/", "write the host out"),
        ("https://x.test:port/{id}", "no URL"),
        ("https://ada:pw@x.test/{id}", "user name"),
        ("https://x.test/{id}?access_token=abc", "credential"),
        ("https://x.test/#/a?api-key=abc&id={id}", "credential"),
        ("https://x.test/{id", "brace"),
        ("https://x.test/{partner}", "there are {id}, {organization_id}"),
        ("https://x.test/{}", "there is no {}"),
        ("https://x.test/{id!r}", "name alone"),
        ("https://x.test/{id:>9}", "name alone"),
        ("https://x.test/partners/{account}", "the same for every record"),
        ("https://x.test/a b/{id}", "blank"),
        ("https://x.test/\x1b[31m{id}", "control character"),
        (7, "no text"),
    ],
)
def test_what_cannot_be_a_link_is_refused(template: Any, said: str) -> None:
    """Anything but http(s), a host that a record chooses, credentials, and places that there are not."""
    with pytest.raises(ValueError, match=said.replace("{", r"\{").replace("}", r"\}")):
        RecordPage(template=template)
