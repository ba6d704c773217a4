"""From a snapshot to a reconciliation: nothing lost, nothing invented, and the same answer every time."""

from __future__ import annotations

import json
import pickle
import random
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.table import Table, read_table
from aggregator.errors import ConfigurationError
from aggregator.model import Connection, Listing, Role
from aggregator.reconcile import CATALOGUE, Decisions, Reconciliation, Ruling, Verdict, reconcile
from aggregator.reconcile.identity import partner_ids
from aggregator.report import read_partner_ids, write_report
from aggregator.snapshot import Snapshot
from tests.reconcile.making import LONG_AGO, NOON, connection, listing, organization, snapshot

NAMES = st.one_of(
    st.sampled_from(
        [
            "Lundqvist Trading GmbH",
            "Lundqvist Trading",
            "Acme Foods",
            "Acme Food Services",
            "ACME FOODS INC.",
            "A",
            "Zebra & Sons",
            "Zebra and Sons Ltd",
            "株式会社ゼブラ",
            "🦓",
            "\x00\x1b[31m",
        ]
    ),
    st.text(max_size=12),
    st.none(),
)


@st.composite
def worlds(draw: st.DrawFn) -> Snapshot:
    """A snapshot of up to three accounts of a few partners."""
    listings: list[Listing[Connection]] = []
    for vendor in draw(st.lists(st.sampled_from(["crux", "fabric", "shop"]), unique=True, max_size=3)):
        names = draw(st.lists(NAMES, max_size=5))
        records = [connection(name, str(number), vendor=vendor) for number, name in enumerate(names)]
        listings.append(listing(*records, vendor=vendor, complete=draw(st.booleans())))
    return snapshot(*listings)


def essence(result: Reconciliation) -> object:
    """What must be the same whatever the order of the input."""
    return json.dumps(result.to_plain()["partners"]), sorted(finding.message for finding in result.findings)


def test_two_tables_of_one_name_are_not_taken_for_one(tmp_path: Path) -> None:
    """Rows of one would replace those of the other, and partners be lost without a word."""
    lists = []
    for folder, name in (("old", "Acme"), ("new", "Zebra")):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "vendors.csv"
        path.write_text(f"id,name\n1,{name}\n", "utf-8")
        lists.append(path)
    with pytest.raises(ConfigurationError, match=r"table \(vendors\) partners is there 2 times.*another account"):
        reconcile(snapshot(*map(read_table, lists)))
    told = reconcile(snapshot(*(Table(path=path, account=path.parent.name).listing() for path in lists)))
    assert {partner.name for partner in told.partners} == {"Acme", "Zebra"}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(world=worlds(), seed=st.integers(0, 9))
def test_every_record_is_in_exactly_one_partner_in_whatever_order(world: Snapshot, seed: int) -> None:
    """No partner is lost or invented, and the order of a list changes nothing."""
    result = reconcile(world)
    held = [record.key for partner in result.partners for entry in partner.entries for record in entry.records]
    assert sorted(map(str, held)) == sorted(str(record.key) for record in world.connections)
    assert len({partner.id for partner in result.partners}) == len(result.partners)
    shuffled = []
    for one in world.listings:
        records = list(one.records)
        random.Random(seed).shuffle(records)
        shuffled.append(listing(*records, vendor=one.source.vendor, complete=one.coverage.complete))
    assert essence(reconcile(snapshot(*shuffled))) == essence(result)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(world=worlds(), data=st.data())
def test_decisions_are_always_respected(world: Snapshot, data: st.DataObject) -> None:
    """Whatever the names say, records that a person joined are one partner, and those parted are two."""
    keys = sorted(str(record.key) for record in world.connections)
    if len(keys) < 2:
        return
    left, right = data.draw(st.lists(st.sampled_from(keys), min_size=2, max_size=2, unique=True))
    verdict = data.draw(st.sampled_from([Verdict.SAME, Verdict.DIFFERENT]))
    result = reconcile(world, decisions=Decisions(rows=(Ruling(left=left, right=right, verdict=verdict),)))
    home = {key: one.id for one in result.partners for entry in one.entries for key in entry.record_keys}
    assert (home[left] == home[right]) is (verdict is Verdict.SAME)


def test_a_new_record_changes_no_other_partners_id() -> None:
    """Ids hang on a partner's oldest record, not on what else is in the lists."""
    old = listing(connection("Zebra Foods", "5"), connection("Yak Wool", "6"))
    before = {partner.name: partner.id for partner in reconcile(snapshot(old)).partners}
    grown = snapshot(
        listing(*old.records, connection("Aardvark Tools", "0", created_at=NOON)),
        listing(connection("Zebra Foods", "1", vendor="fabric", created_at=NOON), vendor="fabric"),
    )
    after = {partner.name: partner.id for partner in reconcile(grown).partners}
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("known", [True, False])
def test_a_row_that_is_written_twice_leaves_its_partner_the_id(tmp_path: Path, known: bool) -> None:
    """Rows of one id are told apart by what they say; the id that reports show hangs on the id that the list says."""

    def ids(rows: str, previous: dict[str, str] | None = None) -> dict[str, str]:
        (tmp_path / "erp.csv").write_text(f"id,name\n{rows}", "utf-8")
        result = reconcile(snapshot(read_table(tmp_path / "erp.csv")), previous=dict(previous or {}) if known else None)
        assert len({one.id for one in result.partners}) == len(result.partners)
        return {entry.key: one.id for one in result.partners for entry in one.entries}

    once = ids("1,Zebra Foods\n2,Yak Wool\n")
    twice = ids("1,Zebra Foods\n1,Zebra Foods\n2,Yak Wool\n", once)
    assert len(twice) == 3
    assert set(twice.values()) == set(once.values())
    # Nobody knows which of two businesses the id was, and neither gets the other's.
    shared = ids("1,Zebra Foods\n1,Walrus Tusk Carving\n2,Yak Wool\n", once)
    assert set(shared.values()) & set(once.values()) == {once["table:erp:organization:2"]}


def test_ids_are_inherited_where_the_oldest_record_goes() -> None:
    """A partner keeps its id as long as an earlier run knows one of its records; one part of a split does."""
    both = reconcile(
        snapshot(
            listing(connection("Zebra Foods", "1", created_at=LONG_AGO)),
            listing(connection("Zebra Foods", "1", vendor="fabric", created_at=NOON), vendor="fabric"),
        )
    )
    left = snapshot(listing(connection("Zebra Foods", "1", vendor="fabric", created_at=NOON), vendor="fabric"))
    assert reconcile(left).partners[0].id != both.partners[0].id
    assert reconcile(left, previous=both.partner_ids).partners[0].id == both.partners[0].id
    entries = [[entry] for entry in both.partners[0].entries]
    first, second = partner_ids(entries, both.partner_ids)
    assert first == both.partners[0].id
    assert second != first


@pytest.mark.parametrize("kept", [False, True], ids=["in memory", "in a report"])
def test_ids_come_back_with_the_platform(tmp_path: Path, *, kept: bool) -> None:
    """A night without a platform leaves its partners the ids that they had, also ids of records that are long gone."""
    crux = connection("Zebra Foods", "1", created_at=LONG_AGO)
    fabric = connection("Zebra Foods", "1", vendor="fabric", created_at=NOON)
    nights: tuple[tuple[list[Any], list[Any]], ...] = (
        ([crux], [fabric]),
        ([], [fabric]),
        ([], []),
        ([crux], []),
        ([], []),
        ([], [fabric]),
    )
    previous: Mapping[str, str] = {}
    ids = []
    for there, elsewhere in nights:
        result = reconcile(snapshot(listing(*there), listing(*elsewhere, vendor="fabric")), previous=previous)
        previous = result.partner_ids
        if kept:
            write_report(result, tmp_path)
            previous = read_partner_ids(tmp_path)
        ids.append([partner.id for partner in result.partners])
    first = ids[0]
    assert ids == [first, first, [], first, [], first]


@pytest.mark.parametrize("number", ["1", "2", "3", "4"])  # which of two ids is taken for both hangs on their letters
def test_what_is_joined_while_a_platform_is_away_is_not_remembered(number: str) -> None:
    """Tonight's guess without one platform gives nobody another id tomorrow."""
    crux, layer = connection("Zebra Foods", number), organization("Zebra Foods Retail", number, vendor="layer")
    fabric = connection("Zebra Foods", number, vendor="fabric")
    apart, joined = (
        Decisions(rows=(Ruling(left=f"crux:acme:o{number}", right=f"layer:acme:{number}", verdict=verdict),))
        for verdict in (Verdict.DIFFERENT, Verdict.SAME)
    )
    down = listing(vendor="fabric", complete=False)
    lists = (listing(crux), listing(layer, vendor="layer"))
    whole = snapshot(*lists, listing(fabric, vendor="fabric"))
    first = reconcile(whole, decisions=apart)
    night = reconcile(snapshot(*lists, down), decisions=joined, previous=first.partner_ids)
    assert [len(partner.entries) for partner in night.partners] == [2]
    second = reconcile(snapshot(*lists, down), decisions=joined, previous=night.partner_ids)
    assert [partner.id for partner in second.partners] == [partner.id for partner in night.partners]
    after = reconcile(whole, decisions=apart, previous=second.partner_ids)
    assert {one.id: len(one.entries) for one in after.partners} == {one.id: len(one.entries) for one in first.partners}
    assert len(after.partners) == 2

    emptied = reconcile(snapshot(*lists, listing(vendor="fabric")), decisions=joined, previous=first.partner_ids)
    known = {emptied.partner_ids[entry.key] for partner in emptied.partners for entry in partner.entries}
    assert known == {emptied.partners[0].id}, "a record that is gone for good holds nothing up"


def test_a_new_partner_does_not_get_the_id_of_one_that_is_away() -> None:
    """Who is not seen tonight may be back tomorrow, and two partners never share an id."""
    crux = connection("Zebra Foods", "1", created_at=LONG_AGO)
    base = connection("Yak Wool", "1", vendor="base", created_at=NOON)
    first = reconcile(snapshot(listing(crux))).partner_ids["crux:acme:organization:o1"]
    before = {"fabric:acme:organization:o1": first, "crux:acme:organization:o1": "another"}
    split = reconcile(
        snapshot(listing(crux), listing(base, vendor="base")),
        previous={**before, "base:acme:organization:o1": "another"},
        decisions=Decisions(
            rows=(
                Ruling(left="crux:acme:organization:o1", right="base:acme:organization:o1", verdict=Verdict.DIFFERENT),
            )
        ),
    )
    assert first not in {partner.id for partner in split.partners}
    assert split.partner_ids["fabric:acme:organization:o1"] == first


def test_two_accounts_of_one_platform_that_show_one_id_have_one_partner() -> None:
    """A platform's own id and an equal name leave nothing to guess, even where names are everybody's."""
    result = reconcile(
        snapshot(
            listing(connection("A", "1", account="eu"), account="eu"),
            listing(connection("A", "1", account="us"), account="us"),
        )
    )
    assert [len(partner.entries) for partner in result.partners] == [2]


def test_several_connections_with_one_organization_are_one_entry() -> None:
    """A partner with two connections on a platform is not a duplicate; the liveliest connection says its status."""
    first = connection("Zebra Foods", "1")
    second = connection("Zebra Foods", "2")
    ended = Connection(
        source=second.source, id="2", status=second.status, own_role=second.own_role, supplier=first.supplier
    )
    (partner,) = reconcile(snapshot(listing(first, ended))).partners
    assert len(partner.entries) == 1
    assert len(partner.on("crux")) == 2


def test_a_tenant_may_be_on_either_side_of_a_trade() -> None:
    """That a platform knows a business as its tenant does not contradict that another knows it as a supplier."""

    def probability(role: Role | None) -> float:
        tenants = listing(organization("Lundqvist Trading", "9", vendor="layer", role=role), vendor="layer")
        (pair,) = reconcile(snapshot(listing(connection("Lundqvist Trading GmbH", "1")), tenants)).result.pairs()
        return pair.probability

    assert probability(Role.TENANT) == probability(None)
    assert probability(Role.RETAILER) < probability(None)


def test_the_accounts_owner_is_no_partner() -> None:
    """An organization that is listed by itself and is our own side of the connections is left out."""
    owner = organization("Acme Retail", "own")
    result = reconcile(snapshot(listing(connection("Zebra Foods", "1")), listing(owner, operation="organizations")))
    assert [partner.name for partner in result.partners] == ["Zebra Foods"]


def test_an_empty_snapshot_has_no_partners() -> None:
    """Nothing in, nothing out, and no error."""
    result = reconcile(snapshot())
    assert (result.partners, result.findings, result.worst()) == ((), (), None)
    assert "0 partners" in str(result)
    assert str(result).startswith("As of 2026-01-15 12:00 UTC:\n")


def test_the_result_is_plain_json_with_evidence() -> None:
    """Matches carry their reasons, whose weights sum to the log-odds."""
    result = reconcile(
        snapshot(
            listing(connection("Lundqvist Trading GmbH", "1")),
            listing(connection("Lundqvist Trading", "1", vendor="fabric"), vendor="fabric"),
        )
    )
    plain = json.loads(json.dumps(result.to_plain()))
    assert plain["matches"][0]["evidence"]
    assert plain["partners"][0]["entries"][0]["key"] == "crux:acme:organization:o1"
    assert "one business" in result.partners[0].explain()
    probability, evidence = result.explain("crux:acme:organization:o1", "fabric:acme:organization:o1")
    assert probability == pytest.approx(result.matches[0].probability)
    assert evidence


@pytest.mark.parametrize("given", ["left.csv", None, [listing()]])
def test_what_is_no_snapshot_is_said(given: Any) -> None:
    """A path or a list in its place is answered with what to write."""
    with pytest.raises(TypeError, match=r"Snapshot\.load\(folder\)"):
        reconcile(given)


@pytest.mark.parametrize(
    ("settings", "error", "told"),
    [
        ({"decisions": ["ada.csv", "ben.csv"]}, TypeError, "merged(map(read_decisions, paths))"),
        ({"decisions": ""}, ConfigurationError, "The path of the decisions is empty"),
        ({"policy": {"severities": {}}}, TypeError, "write Policy(...), or the path of a TOML file"),
        ({"policy": ""}, ConfigurationError, "The path of the policy is empty"),
        ({"previous": reconcile(snapshot())}, TypeError, "write previous=earlier.partner_ids"),
        ({"previous": ["a"]}, TypeError, "no partner ids but list"),
        ({"previous": "ids.json"}, TypeError, "no partner ids but str"),
    ],
)
def test_what_cannot_be_given_is_told_with_what_to_write(
    settings: dict[str, Any], error: type[Exception], told: str
) -> None:
    """A list of files, an earlier result and an empty path are what people try first."""
    with pytest.raises(error, match=re.escape(told)):
        reconcile(snapshot(), **settings)


def _three() -> Reconciliation:
    """Zebra Foods under three names, of which a person has joined the second and the third to one another."""
    known = {"website": "zebra-foods.example", "phone": "+12679770572", "email": "ada@zebra-foods.example"}
    lists = snapshot(
        listing(connection("Zebra Foods", "1", partner=known)),
        listing(connection("Ostrich Leather", "1", vendor="base"), vendor="base"),
        listing(connection("Zebra Foods Ltd", "1", vendor="fabric", partner=known), vendor="fabric"),
    )
    said = Ruling(left="base:acme:o1", right="fabric:acme:o1", verdict=Verdict.SAME)
    return reconcile(lists, decisions=Decisions(rows=(said,)))


def test_records_are_explained_along_what_joined_them() -> None:
    """Two that have nothing in common are one business by a third, and no reason against them is told."""
    (partner,) = _three().partners
    first, *lines = partner.explain().split("\n")
    assert first.endswith(": 3 records are one business.")
    pairs = [line for line in lines if not line.startswith("  ")]
    assert [pair.rpartition(": ")[0] for pair in pairs] == [
        "'Zebra Foods' on crux (acme) and 'Zebra Foods Ltd' on fabric (acme)",
        "'Zebra Foods Ltd' on fabric (acme) and 'Ostrich Leather' on base (acme)",
    ]
    assert all(float(pair.rpartition(": ")[2]) > 0.9 for pair in pairs)


def test_a_result_cannot_be_changed_by_what_it_hands_out() -> None:
    """Ids, entries, reasons and the catalogue of findings are there to be read."""
    result = _three()
    for handed in (result.partner_ids, result.entries, result.evidence, CATALOGUE):
        one = next(iter(handed))
        with pytest.raises(TypeError):
            handed[one] = handed[one]  # type: ignore[index]
        assert not hasattr(handed, "clear")


def test_a_result_can_be_kept_by_pickle() -> None:
    """Processes hand it to one another so, and caches keep it; it still says its reasons."""
    result = _three()
    assert result.partner_ids
    assert result.entries
    assert result.evidence
    kept = pickle.loads(pickle.dumps(result))
    assert list(kept.to_json()) == list(result.to_json())
    assert [pair.evidence for pair in kept.matches] == [pair.evidence for pair in result.matches]
    assert [partner.explain() for partner in kept.partners] == [partner.explain() for partner in result.partners]
    assert result.matches


def test_a_pair_and_a_partner_are_small_to_send() -> None:
    """The shipped model does not go along, and they say their reasons all the same."""
    result = _three()
    for one in (result.matches[0], result.partners[0]):
        assert len(pickle.dumps(one)) < 100_000
    pair = result.matches[0]
    assert pickle.loads(pickle.dumps(pair)).evidence == pair.evidence
