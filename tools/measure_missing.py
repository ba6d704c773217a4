"""Measure how often "missing" is wrong: worlds are collected and reconciled, and the truth is asked.

A partner that is called missing on a platform is there in truth, if a record there is the same business; why it was not
recognised is told from what was done to the records. The other way round, a business that is in truth on no list of a
platform may not be called missing there. Run it with

    python -m tools.measure_missing --partners 500 1000 --seeds 41 42 43 --show
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from attrs import field, frozen

from aggregator.cli.demo import accounts
from aggregator.cli.demo_truth import truth_of
from aggregator.collect import Aggregator
from aggregator.reconcile import Entry, Finding, Partner, Reconciliation, reconcile
from aggregator.reconcile.policy.policy import LIVE
from aggregator.sandbox import Sandbox, World
from aggregator.sandbox.world import PartnerRecord

NAME_CAUSES: Final = (
    "alias", "region-suffix", "generic-word", "typo", "script", "word-order", "abbreviation", "ampersand",
    "case-and-punctuation", "legal-form",
)  # fmt: skip
"""What is done to names, the hardest first."""


def main() -> None:
    """Print the figures of each world, and of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--partners", type=int, nargs="+", default=[1000])
    parser.add_argument("--seeds", type=int, nargs="+", default=[41, 42, 43])
    parser.add_argument("--show", action="store_true", help="print each wrong one, with the records")
    options = parser.parse_args()
    for size in options.partners:
        figures = Figures()
        for seed in options.seeds:
            one = measure(size, seed)
            print(f"{size} businesses, seed {seed}: {one}")
            figures.add(one)
            if options.show:
                print(*one.shown, sep="\n")
        print(f"{size} businesses, all seeds: {figures}")
        for title, counts in (("wrong, by cause", figures.causes), ("truly missing, not said, by why", figures.unsaid)):
            print(f"  {title}:", ", ".join(f"{what} {count}" for what, count in counts.most_common()))


@frozen
class Figures:
    """What was said of a world, and what is true of it.

    Attributes:
        said: Findings by code and by whether the business is there in truth.
        causes: Of the partners wrongly called missing, why they were not recognised.
        unsaid: Of the businesses that are truly missing somewhere and not called so, why.
        truly: How many businesses are missing in truth, each counted for each platform.
        shown: Each wrong one, with its records.
    """

    said: Counter[tuple[str, bool]] = field(factory=Counter)
    causes: Counter[str] = field(factory=Counter)
    unsaid: Counter[str] = field(factory=Counter)
    truly: Counter[str] = field(factory=Counter)
    shown: list[str] = field(factory=list)

    def add(self, other: Figures) -> None:
        """Count another world in."""
        self.said.update(other.said)
        self.causes.update(other.causes)
        self.unsaid.update(other.unsaid)
        self.truly.update(other.truly)

    @property
    def share_wrong(self) -> float:
        """The share of those called missing that are there."""
        return self.said["missing", True] / max(1, self.said["missing", True] + self.said["missing", False])

    def __str__(self) -> str:
        missing, there = sum(self.said["missing", one] for one in (True, False)), self.said["missing", True]
        maybe = sum(self.said["maybe-missing", one] for one in (True, False))
        return (
            f"{missing} missing, {there} of them there ({100 * self.share_wrong:.1f} %); {maybe} maybe missing, "
            f"{self.said['maybe-missing', True]} of them there; {self.truly['all']} truly missing, "
            f"{sum(self.unsaid.values())} of them not said"
        )


def measure(partners: int, seed: int) -> Figures:
    """Collect a world, reconcile it as shipped, and compare with the truth."""
    world = World.generate(partners, seed)
    with Sandbox(world) as sandbox, Aggregator(accounts(sandbox)) as aggregator:
        snapshot = aggregator.collect()
    return compare(reconcile(snapshot), world)


def compare(reconciliation: Reconciliation, world: World) -> Figures:
    """Return what was said of a world beside what is true of it."""
    told, figures = Told(reconciliation, world), Figures()
    for finding in reconciliation.findings:
        if finding.code in {"missing", "maybe-missing"}:
            there = told.there(finding)
            figures.said[finding.code, bool(there)] += 1
            if there and finding.code == "missing":
                cause = told.cause(finding, there)
                figures.causes[cause] += 1
                figures.shown.extend(told.shown(finding, there, cause))
    for business, label in told.truly_missing():
        figures.truly["all"] += 1
        if why := told.silence(business, label):
            figures.unsaid[why] += 1
    return figures


@frozen(slots=False)
class Told:
    """A reconciliation beside the truth."""

    reconciliation: Reconciliation
    world: World

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every entry by its key, of businesses that the world knows."""
        entries = [entry for view in self.reconciliation.coverage for entry in view.entries]
        return {entry.key: entry for entry in entries if self._place(entry) in self._truth}

    @cached_property
    def business(self) -> Mapping[str, str]:
        """The business of each entry key."""
        return {key: self._truth[self._place(entry)] for key, entry in self.entries.items()}

    @cached_property
    def held(self) -> Mapping[str, list[Entry]]:
        """The entries of each business."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for key, business in self.business.items():
            found[business].append(self.entries[key])
        return found

    @cached_property
    def home(self) -> Mapping[str, Partner]:
        """The partner of each entry key."""
        return {entry.key: partner for partner in self.reconciliation.partners for entry in partner.entries}

    @cached_property
    def findings(self) -> Mapping[tuple[str, str], set[str]]:
        """What is said of the presence of a partner on an account, by the partner's id and the account's label."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in self.reconciliation.findings:
            if one.partner_id and one.code in {"missing", "maybe-missing", "cannot-tell"}:
                found[one.partner_id, one.accounts[0]].add(one.code)
        return found

    @cached_property
    def asked_about(self) -> frozenset[str]:
        """The keys of the records that may be a partner that was not found, and of that partner."""
        asked = (one for one in self.reconciliation.findings if one.code == "maybe-missing")
        return frozenset(key for one in asked for key in one.records)

    @cached_property
    def _truth(self) -> Mapping[tuple[str, str], str]:
        return truth_of(self.world)

    @cached_property
    def _records(self) -> Mapping[tuple[str, str], PartnerRecord]:
        records = [record for several in self.world.records.values() for record in several]
        asked = {(one.platform, one.connection_id): one for one in records if one.connection_id}
        return {**asked, **{(one.platform, one.native_id): one for one in records}}

    @cached_property
    def _houses(self) -> frozenset[str]:
        return frozenset(business.id for business in self.world.businesses if business.hub)

    @staticmethod
    def _place(entry: Entry) -> tuple[str, str]:
        return entry.account.vendor, entry.id

    def businesses(self, partner: Partner) -> set[str]:
        """Return which businesses a partner is in truth: several, if they were wrongly joined."""
        return {self.business[entry.key] for entry in partner.entries if entry.key in self.business}

    def there(self, finding: Finding) -> list[Entry]:
        """Return the records that a partner has in truth on the account on which it was not found."""
        businesses = self.businesses(self.reconciliation.partner(finding.partner_id or ""))
        entries = [entry for business in businesses for entry in self.held[business]]
        return [entry for entry in entries if entry.account.label == finding.accounts[0]]

    def cause(self, finding: Finding, there: list[Entry]) -> str:
        """Return why a partner was not recognised in the records that it has on an account."""
        partner = self.reconciliation.partner(finding.partner_id or "")
        if len(self.businesses(partner)) > 1:
            return "two businesses joined"
        if self.businesses(partner) & self._houses:
            return "house with many accounts"
        if any(set(self.home[entry.key].accounts) & set(partner.accounts) for entry in there):
            return "second account"
        pair = max(
            ((one, other) for one in partner.entries for other in there),
            key=lambda pair: self.reconciliation.explain(pair[0].key, pair[1].key)[0],
        )
        causes = {cause for entry in pair for cause in self._records[self._place(entry)].corruptions}
        return next((cause for cause in NAME_CAUSES if cause in causes), "other columns")

    def shown(self, finding: Finding, there: list[Entry], cause: str) -> Iterator[str]:
        """Yield lines that show a wrong finding."""
        partner = self.reconciliation.partner(finding.partner_id or "")
        odds = max(self.reconciliation.explain(one.key, other.key)[0] for one in partner.entries for other in there)
        yield f"  {finding.message} Likeliest {odds:.3f}: {cause}."
        yield from (f"    here   {self._described(entry)}" for entry in partner.entries)
        yield from (f"    there  {self._described(entry)}" for entry in there[:5])

    def _described(self, entry: Entry) -> str:
        record = self._records[self._place(entry)]
        said = (record.website, record.email, record.phone, record.account_number)
        return f"{entry.account}: {entry.name!r} {said} {', '.join(record.corruptions)}"

    def truly_missing(self) -> Iterator[tuple[str, str]]:
        """Yield each business that should be on an account and is not, with the account's label."""
        for business, entries in self.held.items():
            statuses = {entry.status for entry in entries if entry.status is not None}
            if statuses and not statuses & LIVE:
                continue
            on = {entry.account.label for entry in entries}
            yield from (
                (business, view.account.label) for view in self.reconciliation.coverage if view.account.label not in on
            )

    def silence(self, business: str, label: str) -> str:
        """Return why a business that is missing on an account was not called so; empty if it was."""
        partners = {self.home[entry.key].id: self.home[entry.key] for entry in self.held[business]}
        said = {code for one in partners for code in self.findings.get((one, label), ())}
        if "missing" in said:
            return ""
        if said:
            return min(said)
        if all(any(account.label == label for account in one.accounts) for one in partners.values()):
            return "joined with another business"
        keys = {key for one in partners.values() for entry in one.entries for key in entry.record_keys}
        return "part of a question asked before" if keys & self.asked_about else "nothing said"


if __name__ == "__main__":
    main()
