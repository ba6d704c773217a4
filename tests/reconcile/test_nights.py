"""A script that runs every night: partners come, go, move and are renamed, platforms fail, people decide."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import pytest
from attrs import define, evolve, field

from aggregator.model import ConnectionStatus, Listing
from aggregator.reconcile import Decisions, Reconciliation, Ruling, Verdict, reconcile
from aggregator.sandbox.world import PartnerRecord, World
from aggregator.snapshot import Snapshot
from tests.reconcile.making import connection, listing, snapshot
from tests.reconcile.matching.examples import FILLER

PLATFORMS = ("crux", "fabric")
NIGHTS = 12


@define
class Month:
    """What the platforms hold, and what people have decided, from night to night."""

    seed: int
    rng: random.Random = field(init=False)
    held: dict[str, dict[str, PartnerRecord]] = field(init=False)
    coming: list[PartnerRecord] = field(init=False)
    decided: list[Ruling] = field(factory=list)
    down: str | None = None
    lost: float = 0

    def __attrs_post_init__(self) -> None:
        """Half of a world is known on the first night."""
        self.rng = random.Random(self.seed)
        records = [one for name in PLATFORMS for one in World.generate(50, self.seed).records[name]]
        self.coming = [one for one in records if one.business_id[-1] in "13579"]
        there = [one for one in records if one not in self.coming]
        self.held = {name: {one.native_id: one for one in there if one.platform == name} for name in PLATFORMS}

    def day(self) -> None:
        """Let some things happen, and perhaps a platform fail in the night."""
        for happens in self.rng.sample((self.add, self.rename, self.end, self.remove, self.reuse, self.move), k=3):
            happens(self.rng.choice(PLATFORMS))
        self.down = self.rng.choice((None, None, *PLATFORMS))
        self.lost = self.rng.choice((0.3, 1))

    def add(self, _platform: str) -> None:
        """A partner is connected."""
        for one in [self.coming.pop() for _ in range(min(2, len(self.coming)))]:
            self.held[one.platform][one.native_id] = one

    def rename(self, platform: str) -> None:
        """A partner is called otherwise."""
        self._change(platform, lambda one: evolve(one, name=f"New {one.name}"))

    def end(self, platform: str) -> None:
        """A connection is ended."""
        self._change(platform, lambda one: evolve(one, status="ended"))

    def move(self, platform: str) -> None:
        """A partner has another number and domain."""
        self._change(platform, lambda one: evolve(one, phone="+12025550147", website="moved.example"))

    def remove(self, platform: str) -> None:
        """A record goes, and comes back some day."""
        self.coming.insert(0, self.held[platform].pop(self._any(platform)))

    def reuse(self, platform: str) -> None:
        """An id is given to somebody else."""
        other = self.held[platform][self._any(platform)]
        self._change(platform, lambda one: evolve(other, native_id=one.native_id))

    def _any(self, platform: str) -> str:
        return self.rng.choice(sorted(self.held[platform]))

    def _change(self, platform: str, changed: Any) -> None:
        number = self._any(platform)
        self.held[platform][number] = changed(self.held[platform][number])

    def night(self) -> Snapshot:
        """What is collected, in any order: of a platform that fails a part comes, or nothing."""
        return snapshot(*(self._listed(platform) for platform in PLATFORMS))

    def _listed(self, platform: str) -> Listing[Any]:
        records = sorted(self.held[platform].values(), key=lambda one: one.native_id)
        kept = len(records) if platform != self.down else round(len(records) * (1 - self.lost))
        rows = [_row(one) for one in records[:kept]]
        self.rng.shuffle(rows)
        return listing(*rows, vendor=platform, complete=platform != self.down)

    def decide(self, result: Reconciliation) -> None:
        """A person answers a question of the review, or parts a match."""
        for pairs, verdict in ((result.review, self.rng.choice(list(Verdict))), (result.matches, Verdict.DIFFERENT)):
            if pairs and self.rng.random() < 0.5:
                pair = self.rng.choice(pairs)
                more = Ruling(left=pair.left, right=pair.right, verdict=verdict)
                if Decisions(rows=(*self.decided, more)).contradiction() is None:
                    self.decided.append(more)

    @property
    def decisions(self) -> Decisions:
        """Everything that people have decided so far."""
        return Decisions(rows=tuple(self.decided))


def _row(record: PartnerRecord) -> Any:
    return connection(
        record.name,
        record.native_id,
        vendor=record.platform,
        status=ConnectionStatus(record.status),
        created_at=record.created_at,
        partner={"website": record.website, "phone": record.phone},
        retailers_supplier_account_number=record.account_number,
    )


def _nights(month: Month) -> Iterator[tuple[Reconciliation, Snapshot]]:
    previous: Mapping[str, str] = {}
    for _ in range(NIGHTS):
        taken = month.night()
        result = reconcile(taken, decisions=month.decisions, previous=previous)
        shuffled = [evolve(one, records=one.records[::-1]) for one in taken.listings]
        again = reconcile(snapshot(*shuffled), decisions=month.decisions, previous=previous)
        assert "".join(again.to_json()) == "".join(result.to_json()), "the order of a list changes nothing"
        yield result, taken
        previous = result.partner_ids
        month.decide(result)
        month.day()


@pytest.mark.parametrize("seed", [3, 5, 7])
def test_night_after_night(seed: int) -> None:
    """Records are kept, decisions obeyed, ids lasting, and nobody is missing from a list that is not whole."""
    month = Month(seed)
    whole: dict[frozenset[str], str] = {}
    failed = 0
    for result, taken in _nights(month):
        held = [entry.key for partner in result.partners for entry in partner.entries]
        assert sorted(held) == sorted(f"{one.key.vendor}:acme:organization:o{one.id}" for one in taken.connections)
        _check_decisions(month, result)
        _check_silence(result, {one.source.vendor for one in taken.listings if not one.coverage.complete})
        failed += not taken.complete
        if taken.complete:
            ids = {frozenset(entry.key for entry in partner.entries): partner.id for partner in result.partners}
            assert {keys: one for keys, one in ids.items() if whole.get(keys, one) != one} == {}
            assert len(set(ids.values())) == len(ids)
            whole = ids
    assert 0 < failed < NIGHTS
    assert month.decided


def _check_decisions(month: Month, result: Reconciliation) -> None:
    home = {entry.key: partner.id for partner in result.partners for entry in partner.entries}
    last = {row.pair: row for row in month.decided}
    for row in last.values():
        if row.verdict is not Verdict.UNSURE and {row.left, row.right} <= home.keys():
            assert (home[row.left] == home[row.right]) is (row.verdict is Verdict.SAME)
    away = [row for row in month.decided if not {row.left, row.right} <= home.keys()]
    said = [one for one in result.findings if one.code == "decision-without-record"]
    assert sorted(map(str, away)) == sorted(
        one.message.partition(": ")[2].removesuffix(". It is kept.") for one in said
    )


def _check_silence(result: Reconciliation, down: set[str]) -> None:
    codes = partial(_accounts, result)
    assert set(codes("incomplete-account")) == {f"{vendor}:acme" for vendor in down}
    assert not set(codes("missing")) & set(codes("incomplete-account"))
    assert down or not codes("cannot-tell")


def _accounts(result: Reconciliation, code: str) -> list[str]:
    return [one.accounts[0] for one in result.findings if one.code == code]


REGIONS = ("EU", "US", "UK", "- Dropship", "(Test)")
"""What its accounts are called after, so that it has three of one name and more on each platform."""


@define
class HouseMonth:
    """A house with many accounts on both platforms, two of which a person keeps apart, from night to night."""

    rng: random.Random
    held: dict[tuple[str, str], dict[str, Any]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Every column is filled for four accounts in five."""
        for platform in PLATFORMS:
            for place in range(20):
                self.open(platform, f"h{place:02}", REGIONS[place % len(REGIONS)])

    def open(self, platform: str, number: str, region: str) -> None:
        """An account is opened."""
        said = {"website": "lundqvist.se", "phone": "+46 8 701 01 01", "email": "anna@lundqvist.se"}
        filled = {name: value for name, value in said.items() if self.rng.random() < 0.8}
        self.held[platform, number] = {"name": f"Lundqvist {region}", **filled}

    def day(self, number: int) -> None:
        """An account is opened, one is closed, one is called otherwise, and one moves."""
        self.open(self.rng.choice(PLATFORMS), f"n{number}", self.rng.choice(REGIONS))
        others = sorted(key for key in self.held if key not in {("crux", "h00"), ("crux", "h11")})
        closed, renamed, moved = self.rng.sample(others, k=3)
        del self.held[closed]
        self.held[renamed] |= {"name": f"Lundqvist {self.rng.choice(REGIONS)}"}
        self.held[moved] |= {"phone": "+46 8 909 09 09"}

    def night(self) -> Snapshot:
        """What is collected."""
        made = []
        for platform in PLATFORMS:
            rows = [
                connection(
                    said["name"], number, vendor=platform, partner={k: v for k, v in said.items() if k != "name"}
                )
                for (of, number), said in self.held.items()
                if of == platform
            ]
            rest = [connection(name, f"f{place}", vendor=platform) for place, name in enumerate(FILLER)]
            made.append(listing(*rows, *rest, vendor=platform))
        return snapshot(*made)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("known", [True, False], ids=["known ids", "ids anew"])
def test_a_house_of_which_a_person_parts_two_accounts_stays_one_partner(seed: int, *, known: bool) -> None:
    """One account leaves, the same one every night, and the rest keeps its id whatever else comes, goes and moves."""
    month = HouseMonth(random.Random(seed))
    first = reconcile(month.night())
    parted = [f"crux:acme:organization:oh{number}" for number in ("00", "11")]
    house, other = (first.partner_ids[key] for key in parted)
    assert house == other
    said = Decisions(rows=(Ruling(left=parted[0], right=parted[1], verdict=Verdict.DIFFERENT),))
    previous: Mapping[str, str] = first.partner_ids
    alone, rest = set(), set()
    for number in range(8):
        result = reconcile(month.night(), decisions=said, previous=previous if known else {})
        previous = result.partner_ids
        leaver, stayer = sorted(parted, key=lambda key: len(result.partner(previous[key]).entries))
        assert [entry.key for entry in result.partner(previous[leaver]).entries] == [leaver]
        assert len(result.partner(previous[stayer]).entries) > 30
        alone.add(leaver)
        rest.add(previous[stayer])
        month.day(number)
    assert len(alone) == 1
    assert rest == {house} if known else len(rest) == 1
