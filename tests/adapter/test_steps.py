"""Replies are read as strict JSON, and everything else is said to be what it is."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.adapter import DriftCount, Malformed, Place, Unreadable
from tests.fakes import NOON, reply

jsons = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)),
    max_leaves=15,
)


@given(jsons, st.booleans(), st.booleans())
def test_json_is_read_as_it_was_written(value: Any, escaped: bool, marked: bool) -> None:
    """Any JSON comes back as it was, escaped or not, with a byte order mark or without."""
    content = json.dumps(value, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
    if "\ud800" <= max((*json.dumps(value, ensure_ascii=False), " ")) <= "\udfff" and not escaped:
        return
    assert reply((b"\xef\xbb\xbf" if marked else b"") + content).json() == value


@given(st.binary(max_size=200))
def test_no_bytes_make_anything_but_malformed(content: bytes) -> None:
    """Arbitrary bytes are JSON or malformed."""
    try:
        reply(content).json()
    except Malformed as error:
        assert str(error)  # noqa: PT017 - either outcome is right


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "an empty body with status 204"),
        (b" \r\n\t", "an empty body"),
        (b"<!DOCTYPE html><html></html>", "HTML or XML with status 204"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?>", "HTML or XML"),
        (b'{"a": [1, 2', "at character 11 of 11"),
        (b"[NaN]", "NaN is not a JSON number"),
        (b"[Infinity]", "Infinity is not a JSON number"),
        (b"[-Infinity]", "-Infinity is not a JSON number"),
        ("é".encode("latin-1") + b'"', "not UTF-8 (byte 0)"),
        ('{"a": "é"}'.encode("utf-16"), "not UTF-8"),
        (b"9" * 5000, "cannot be read"),
        (b"1e99999999999999999999", "beyond all bounds"),
        (b"-0.1e-99999999999999999999", "beyond all bounds"),
        (b"[" * 200_000, "nested too deep"),
        (b'{"a":' * 200_000, "nested too deep"),
        (b'{"a": 1} trailing', "cannot be read"),
        (b"{'a': 1}", "cannot be read"),
        (b'["\x00"]', "cannot be read"),
    ],
)
def test_what_is_no_json_is_told_for_what_it_is(content: bytes, said: str) -> None:
    """Each kind of answer that is no JSON gets a complaint that names it."""
    with pytest.raises(Malformed) as caught:
        reply(content, status=204).json()
    assert said in str(caught.value)
    assert len(str(caught.value)) < 300


def test_numbers_keep_their_digits() -> None:
    """A number with a fraction is a Decimal made of its own digits; a whole one is an int of any size."""
    found = reply(b"[1.10, 1e2, 123456789012345678901234567890, 0.1]").json()
    assert [repr(one) for one in found] == [
        "Decimal('1.10')",
        "Decimal('1E+2')",
        "123456789012345678901234567890",
        "Decimal('0.1')",
    ]
    assert found[3] == Decimal("0.1")


def test_odd_texts_are_kept() -> None:
    """NUL characters and lone surrogates that JSON escapes are kept as they are, for the raw record."""
    assert reply(b'["a\\u0000b", "\\ud800"]').json() == ["a\0b", "\ud800"]


def test_a_reply_shows_neither_body_nor_headers() -> None:
    """The repr of a reply, which may end up in a log, holds nothing that was sent."""
    assert "sekret" not in repr(reply({"token": "sekret"}, headers={"set-cookie": "sekret"}))


def test_an_unreadable_row_carries_all_its_faults() -> None:
    """Every fault of a row is kept, and told in one line."""
    error = Unreadable("one @ $.a", "two @ $.b")
    assert error.errors == ("one @ $.a", "two @ $.b")
    assert str(error) == "one @ $.a; two @ $.b"


def test_counts_freeze_with_the_commonest_first() -> None:
    """What was counted during a walk is handed out in order of frequency, and no longer changes."""
    drift = DriftCount()
    drift.notes.update(["rare", "common", "common"])
    frozen = drift.freeze()
    drift.notes["later"] += 1
    assert list(frozen.notes.items()) == [("common", 2), ("rare", 1)]


def test_a_place_makes_sources_below_it() -> None:
    """A record nested in a row stands at the row's pointer plus its own."""
    place = Place(vendor="v", account="a", operation="o", page=3, request="GET /", pointer="/rows/4", fetched_at=NOON)
    source = place.source(kind="brand", id="7", mapping="v.brand", below="/brand")
    assert (source.pointer, source.page, source.id, str(source.key)) == ("/rows/4/brand", 3, "7", "v:a:brand:7")
