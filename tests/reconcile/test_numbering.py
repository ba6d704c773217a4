"""Two systems may each count their partners from 1000: what their numbers tell is told from the lists."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path

import pytest
from attrs import evolve

from adapters.table import Table
from aggregator.cli import run
from aggregator.reconcile import Reconciliation, numbering, reconcile
from aggregator.reconcile.matching import Profile
from aggregator.reconcile.numbering import find_numberings
from aggregator.reconcile.profiles import OUR_NUMBER
from aggregator.snapshot import Snapshot
from tests.reconcile.making import NOON

NAMES = [" ".join(words) for words in product(("Acme", "Boreal", "Cobalt", "Dunkirk"), ("Foods", "Tools", "Textiles"))]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(name: str, names: list[str], *, first: int, form: str = "") -> Path:
    """A list of vendors that are numbered from a number on."""
    rows = (f"{first + at},{one}{form}" for at, one in enumerate(names))
    Path(name).write_text("\n".join(["Vendor No.,Vendor Name", *rows, ""]), "utf-8")
    return Path(name)


def reconciled(*paths: Path) -> Reconciliation:
    """What lists say of each other."""
    return reconcile(Snapshot(taken_at=NOON, listings=tuple(Table(path=path).listing() for path in paths)))


@pytest.mark.parametrize("first", [1000, 50_000])
def test_numbers_of_two_numberings_neither_join_nor_part(first: int) -> None:
    """Everybody finds its namesake, whoever has its number on the other list."""
    paths = (written("erp.csv", NAMES, first=1000, form=" GmbH"), written("shop.csv", NAMES[::-1], first=first))
    result = reconciled(*paths)
    assert [len({entry.name[:9] for entry in partner.entries}) for partner in result.partners] == [1] * len(NAMES)
    assert len(result.matches) == len(NAMES)
    (told,) = result.findings
    assert told.code == "numbered-apart"
    assert "erp and shop number their partners apart: of 12 names that both have, 0 have the same" in told.message


def test_both_ways_tell_numberings_apart(capsys: pytest.CaptureFixture[str]) -> None:
    """The quick way writes the pairs that the whole way writes, and says why numbers tell nothing."""
    paths = [str(written("erp.csv", NAMES, first=1)), str(written("shop.csv", NAMES[::-1], first=1))]
    assert run(["reconcile", *paths, "--matches", "quick.csv"]) == 0
    assert "erp and shop number their partners apart" in capsys.readouterr().err
    assert run(["reconcile", *paths, "--matches", "whole.csv", "--format", "json"]) == 0
    assert Path("quick.csv").read_text("utf-8") == Path("whole.csv").read_text("utf-8")
    with Path("quick.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(row["decision"] == "match" for row in rows) == len(NAMES)
    assert not any("identifier" in row["evidence"] for row in rows)


def test_one_numbering_is_evidence_as_ever() -> None:
    """A number in common joins names that are not alike, and one that differs is a conflict."""
    erp = written("erp.csv", [*NAMES, "BT Sverige"], first=1000)
    shop = written("shop.csv", [*NAMES, "Borealis Textiles"], first=1000)
    result = reconciled(erp, shop)
    assert not [finding for finding in result.findings if finding.code == "numbered-apart"]
    assert any({entry.name for entry in partner.entries} > {"BT Sverige"} for partner in result.partners)


def profiles(source: str, first: int, *, vendor: str = "table") -> list[Profile]:
    """Records of an account that are numbered from a number on."""
    return [
        Profile(
            key=f"{vendor}:{source}:x:{at}", source=source, name=name, identifiers=((OUR_NUMBER, f"V{first + at:06}"),)
        )
        for at, name in enumerate(NAMES)
    ]


def test_of_three_accounts_those_of_one_numbering_are_compared() -> None:
    """In whatever order they come."""
    lists = [profiles("a", 1000), profiles("b", 1), profiles("c", 1, vendor="crux")]
    found = find_numberings(one for each in lists for one in each)
    assert found == find_numberings(one for each in lists[::-1] for one in each)
    assert {one.labels for one in found.apart} == {("a", "b"), ("c", "a")}
    schemes = {one.source: one.identifiers[0][0] for one in found.told([one for each in lists for one in each])}
    assert schemes["b"] == schemes["c"] != schemes["a"]


def test_some_of_very_many_partners_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same names are looked at on both sides, so that long lists do not take long."""
    monkeypatch.setattr(numbering, "_ENOUGH", 4)
    found = find_numberings([*profiles("a", 1), *profiles("b", 500)])
    assert [3 <= one.both < len(NAMES) for one in found.apart] == [True]


OTHERS = [" ".join(words) for words in product(("Alder", "Birch", "Cedar", "Dogwood"), ("Books", "Wine", "Rugs"))]


@pytest.mark.parametrize("other", [OTHERS, [*OTHERS, *NAMES[:2]]])
def test_lists_that_share_no_partner_are_not_joined_by_their_numbers(other: list[str]) -> None:
    """After a merger, two masters count from 1000 and have hardly a name in common: equal numbers are chance."""
    result = reconciled(written("erp.csv", NAMES, first=1000), written("shop.csv", other, first=1000))
    assert len(result.partners) == len({*NAMES, *other})
    (told,) = [finding for finding in result.findings if finding.code == "numbered-apart"]
    assert "of 12 numbers that both have, 0 have names with a word in common" in told.message


def test_numbers_with_gaps_are_no_chance() -> None:
    """A list of brands and a list of their legal names have nothing but the numbers in common."""
    brands = [profile for at, name in enumerate(NAMES) for profile in numbered("a", name, 10_000 + 7_919 * at)]
    legal = [profile for at, name in enumerate(OTHERS) for profile in numbered("b", name, 10_000 + 7_919 * at)]
    assert find_numberings([*brands, *legal]).apart == ()


def numbered(source: str, name: str, number: int) -> list[Profile]:
    """A record of a number."""
    return [
        Profile(key=f"table:{source}:x:{number}", source=source, name=name, identifiers=((OUR_NUMBER, str(number)),))
    ]


@pytest.mark.parametrize("said", [{"websites": ["acme.com"]}, {"phones": ["+49 30 1234599"]}])
def test_what_else_is_the_same_speaks_for_the_numbers(said: dict[str, list[str]]) -> None:
    """Of partners with nothing in common but a number and a web domain, the number is right."""
    lists = [
        evolve(profile, websites=said.get("websites", ()), phones=said.get("phones", ()))
        for source, names in (("a", NAMES), ("b", OTHERS))
        for at, name in enumerate(names)
        for profile in numbered(source, name, at)
    ]
    assert find_numberings(lists).apart == ()


def test_two_platforms_that_count_from_one_are_apart_too() -> None:
    """Numbers of ours that are chance are so on platforms too."""
    one = [profile for at, name in enumerate(NAMES) for profile in numbered("b", name, at)]
    other = [profile for at, name in enumerate(OTHERS) for profile in numbered("c", name, at)]
    found = find_numberings([evolve(one, key=one.key.replace("table", "crux")) for one in (*one, *other)])
    assert [one.labels for one in found.apart] == [("b", "c")]


def test_two_platforms_have_one_numbering() -> None:
    """What platforms call our number is ours, however many mistakes are in it."""
    platforms = [*profiles("b", 1, vendor="crux"), *profiles("c", 500, vendor="fabric")[:2]]
    assert find_numberings([*platforms, *profiles("c", 500, vendor="fabric")]).groups == {}
    beside_a_table = find_numberings([*profiles("a", 900), *platforms])
    assert beside_a_table.of("b") == beside_a_table.of("c") != beside_a_table.of("a")
