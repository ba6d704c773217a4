"""The world: the same for the same seed, known in part to each platform, and its truth table true."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.sandbox.world import PLATFORMS, World, true_pairs, write_tables

WORLDS = st.builds(World.generate, st.integers(0, 40), st.integers(0, 10**6))


def test_the_same_seed_is_the_same_world() -> None:
    """Two worlds of one seed are equal in every record."""
    assert World.generate(80, 7) == World.generate(80, 7)


def test_another_seed_is_another_world() -> None:
    """A seed matters."""
    assert World.generate(80, 7).businesses != World.generate(80, 8).businesses


@settings(max_examples=25, deadline=None)
@given(WORLDS)
def test_every_business_is_known_somewhere_and_every_record_is_a_business(world: World) -> None:
    """Records and businesses account for each other, whatever the size and the seed."""
    known = {record.business_id for platform in PLATFORMS for record in world.records[platform]}
    assert known == {business.id for business in world.businesses}


@settings(max_examples=25, deadline=None)
@given(WORLDS)
def test_native_ids_are_unique_on_their_platform(world: World) -> None:
    """No two records of a platform share an id, though ids may differ by case alone."""
    for platform in PLATFORMS:
        identifiers = [record.native_id for record in world.records[platform]]
        assert len(identifiers) == len(set(identifiers))


def test_the_truth_table_has_one_row_per_record() -> None:
    """The truth names every record once, with the business that the record itself names."""
    world = World.generate(200, 3)
    truth = {(row.platform, row.native_id): row.business_id for row in world.truth()}
    records = [record for platform in PLATFORMS for record in world.records[platform]]
    assert truth == {(record.platform, record.native_id): record.business_id for record in records}
    assert len(world.truth()) == len(records)


def test_a_record_without_a_corruption_spells_the_legal_name() -> None:
    """Whatever was done to a name is recorded: a changed name has a cause, and one without a cause is unchanged."""
    world = World.generate(400, 5)
    businesses = {business.id: business for business in world.businesses}
    unharmed = [record for platform in PLATFORMS for record in world.records[platform] if not record.corruptions]
    assert len(unharmed) > 100
    assert all(record.name == businesses[record.business_id].legal_name for record in unharmed)


def test_the_documented_partners_live_in_every_world() -> None:
    """The vendors' own examples are on their platforms under their own ids, even in an empty world."""
    world = World.generate(0, 9)
    found = {platform: [record.native_id for record in world.records[platform]] for platform in PLATFORMS}
    assert found == {
        "crux": ["757ce28d-fbd6-4b9f-8051-f847482e169f"],
        "fabric": ["500"],
        "commerce_layer": ["xYZkjABcde"],
    }


def test_a_platform_can_be_empty() -> None:
    """An empty platform knows nobody, and the others know as many as before."""
    world, empty = World.generate(50, 2), World.generate(50, 2, empty=["fabric"])
    assert empty.records["fabric"] == ()
    assert empty.records["crux"] == world.records["crux"]


@pytest.mark.parametrize(
    ("arguments", "message"), [({"partners": -1}, "-1 partners"), ({"empty": ["shopify"]}, "shopify")]
)
def test_an_impossible_world_is_refused(arguments: dict[str, object], message: str) -> None:
    """A wrong argument is named."""
    with pytest.raises(ValueError, match=message):
        World.generate(**arguments)  # type: ignore[arg-type]


def test_shares_are_those_that_were_asked_for() -> None:
    """A quarter or so of the world is on one platform only, some have duplicates, some look like somebody else."""
    world = World.generate(3000, 11)
    platforms: dict[str, set[str]] = {}
    for row in world.truth():
        platforms.setdefault(row.business_id, set()).add(row.platform)
    alone = sum(len(known) == 1 for known in platforms.values()) / len(platforms)
    duplicates = sum(record.duplicate for record in world.records["crux"]) / len(world.records["crux"])
    relations = Counter(business.relation for business in world.businesses)
    assert 0.15 < alone < 0.40
    assert 0.03 < duplicates < 0.14
    assert 0.07 < 2 * relations["sibling"] / 3000 < 0.14
    assert 0.015 < 2 * relations["namesake"] / 3000 < 0.05
    assert relations["near_name"] > 0


def test_a_namesake_is_another_business_elsewhere() -> None:
    """The same name stands for two businesses, in two countries and under two domains."""
    world = World.generate(1500, 4)
    businesses = {business.id: business for business in world.businesses}
    namesakes = [business for business in world.businesses if business.relation == "namesake"]
    assert namesakes
    for business in namesakes:
        original = businesses[business.relative_id or ""]
        assert business.core == original.core
        assert business.domain != original.domain
        assert business.address.country != original.address.country


def test_tables_hold_every_record_and_every_true_pair(tmp_path: Path) -> None:
    """The CSV files of a pair of platforms say what the world says, duplicates and corruptions included."""
    world = World.generate(120, 6)
    written = write_tables(world, tmp_path)
    assert len(written) == 9
    rows = {
        name: list(csv.DictReader((tmp_path / "crux-fabric" / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
        for name in ("a", "b", "truth")
    }
    assert [row["name"] for row in rows["a"]] == [record.name for record in world.records["crux"]]
    assert [row["id"] for row in rows["b"]] == [record.native_id for record in world.records["fabric"]]
    business = {row["id"]: row["business_id"] for row in rows["a"]} | {
        row["id"]: row["business_id"] for row in rows["b"]
    }
    assert len(rows["truth"]) == len(list(true_pairs(world, "crux", "fabric"))) > 30
    assert all(business[row["a_id"]] == business[row["b_id"]] == row["business_id"] for row in rows["truth"])


def test_a_status_that_disagrees_is_recorded() -> None:
    """A record's status differs from the business's own exactly where the record says so, duplicates included."""
    world = World.generate(500, 12)
    own = {business.id: business.status for business in world.businesses}
    records = [record for platform in PLATFORMS for record in world.records[platform]]
    assert all(
        (record.status != own[record.business_id]) == ("status-disagrees" in record.corruptions) for record in records
    )
    duplicates = [record for record in records if record.duplicate]
    assert sum(record.status != own[record.business_id] for record in duplicates) > len(duplicates) / 4


def test_a_house_with_many_accounts_has_one_for_every_region() -> None:
    """A hub's accounts on a platform are many, named after regions and channels, and all the same business."""
    world = World.generate(3000, 1)
    hubs = {business.id for business in world.businesses if business.hub}
    accounts = [record for record in world.records["fabric"] if record.business_id in hubs and record.duplicate]
    assert len(accounts) >= 5
    assert all("region-suffix" in record.corruptions for record in accounts)


def test_ids_that_differ_by_case_alone_exist() -> None:
    """Commerce Layer's ids are case-sensitive, so a large world has a pair that only case tells apart."""
    identifiers = [record.native_id for record in World.generate(2000, 1).records["commerce_layer"]]
    assert len({identifier.lower() for identifier in identifiers}) < len(identifiers)
