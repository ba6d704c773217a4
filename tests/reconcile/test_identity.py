"""What moves a partner's id, and what does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import product

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import Organization
from aggregator.reconcile.entries import Account, Entry
from aggregator.reconcile.identity import anchor, partner_ids, remembered
from tests.reconcile.making import LONG_AGO, organization

RECORDS = 6
ACCOUNT = Account(vendor="crux", name="acme")

partitions = st.lists(st.integers(0, RECORDS - 1), min_size=RECORDS, max_size=RECORDS)
"""The number of the partner of each record."""

ages = st.lists(st.sampled_from((None, 0, 1, 2, 3)), min_size=RECORDS, max_size=RECORDS)
"""On which day each record was made; None if nobody says."""


def entries_of(days: Sequence[int | None]) -> list[Entry]:
    """A record for each day."""
    made = [None if day is None else LONG_AGO + timedelta(days=day) for day in days]
    records = [organization("Acme", f"o{number}", created_at=when) for number, when in enumerate(made)]
    return [Entry(key=str(record.key), account=ACCOUNT, organization=record) for record in records]


def of_kind(kind: str, record: Organization) -> Organization:
    """The record, as a platform lists it that has another word for it."""
    return evolve(record, source=evolve(record.source, kind=kind))


def clusters_of(entries: Sequence[Entry], homes: Sequence[int]) -> list[list[Entry]]:
    """The entries of each partner."""
    return [[one for one, its in zip(entries, homes, strict=True) if its == home] for home in sorted(set(homes))]


def night(entries: Sequence[Entry], homes: Sequence[int], previous: Mapping[str, str]) -> dict[str, str]:
    """The partner id of each entry."""
    clusters = clusters_of(entries, homes)
    ids = partner_ids(clusters, previous)
    assert len(set(ids)) == len(ids)
    return {entry.key: one for one, cluster in zip(ids, clusters, strict=True) for entry in cluster}


@given(days=ages, first=partitions, second=partitions)
def test_without_an_earlier_run_the_id_hangs_on_the_oldest_record_alone(
    days: list[int | None], first: list[int], second: list[int]
) -> None:
    """Partners of two nights have one id if they have one oldest record, and else another."""
    entries = entries_of(days)
    ids = [night(entries, homes, {}) for homes in (first, second)]
    oldest = [
        {entry.key: anchor(cluster) for cluster in clusters_of(entries, homes) for entry in cluster}
        for homes in (first, second)
    ]
    for one, other in product(ids[0], ids[1]):
        assert (ids[0][one] == ids[1][other]) is (oldest[0][one] == oldest[1][other])


@given(days=ages, homes=partitions, others=partitions)
def test_what_is_joined_as_it_was_before_a_night_has_the_ids_of_then(
    days: list[int | None], homes: list[int], others: list[int]
) -> None:
    """Whatever pairs near the threshold did for a night."""
    entries = entries_of(days)
    before = night(entries, homes, {})
    meanwhile = night(entries, others, before)
    assert night(entries, homes, meanwhile) == before


@given(days=ages, earlier=partitions, homes=partitions, parts=partitions)
def test_what_fell_apart_for_a_night_has_its_id_again(
    days: list[int | None], earlier: list[int], homes: list[int], parts: list[int]
) -> None:
    """Also where the id was inherited, and not made of the oldest record."""
    entries = entries_of(days)
    before = night(entries, homes, night(entries, earlier, {}))
    apart = [RECORDS * home + part for home, part in zip(homes, parts, strict=True)]
    assert night(entries, homes, night(entries, apart, before)) == before


@given(days=ages, homes=partitions, others=partitions)
def test_a_partner_that_is_as_it_was_keeps_its_id(days: list[int | None], homes: list[int], others: list[int]) -> None:
    """Whatever became of the others."""
    entries = entries_of(days)
    before = night(entries, homes, {})
    after = night(entries, others, before)
    unchanged = {frozenset(one.key for one in each) for each in clusters_of(entries, homes)}
    unchanged &= {frozenset(one.key for one in each) for each in clusters_of(entries, others)}
    assert all(after[key] == before[key] for keys in unchanged for key in keys)


@given(days=ages, others=partitions)
def test_the_largest_piece_of_a_partner_keeps_its_id(days: list[int | None], others: list[int]) -> None:
    """Of several that are as large, the one with the oldest record."""
    entries = entries_of(days)
    before = night(entries, [0] * RECORDS, {})
    after = night(entries, others, before)
    pieces = clusters_of(entries, others)
    most = max(map(len, pieces))
    oldest = anchor([entry for piece in pieces if len(piece) == most for entry in piece])
    assert after[oldest] == before[oldest]


@pytest.mark.parametrize(
    ("name", "unseen", "gone"),
    [
        ("left", "table:left:organization:9", True),
        ("left", "table:left:organization:9:a", True),
        ("left", "table:left:vendor:9", True),
        ("left", "table:left:x:organization:9", False),
        ("left", "table:left:x:y:organization:9", False),
        ("left", "table:left:x:vendor:9", False),
        ("left", "table:lefty:organization:9", False),
        ("left", "crux:left:organization:9", False),
        ("left:x", "table:left:x:organization:9", True),
        ("left:x", "table:left:organization:9", False),
    ],
)
def test_who_is_joined_is_remembered_while_another_account_is_away(name: str, unseen: str, *, gone: bool) -> None:
    """An account that says all it has tells of its own records alone, and not of those of one whose name goes on."""
    account = Account(vendor="table", name=name)
    records = [
        organization("Acme", "1", vendor="table", account=name),
        of_kind("vendor", organization("Birch", "2", vendor="table", account=name)),
    ]
    entries = [Entry(key=str(record.key), account=account, organization=record) for record in records]
    previous = {unseen: "a", entries[0].key: "b"}
    assert remembered(entries, previous, [account]) == ({unseen: "a"} if gone else previous)
