"""What came of it: partners, pairs, findings, and how sure the accounts' silence is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from html import escape
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from aggregator.model import Connection, ConnectionStatus, Organization, Role
from aggregator.reconcile.account_views import AccountView
from aggregator.reconcile.entries import Account, Entry
from aggregator.reconcile.finding import Finding, Severity
from aggregator.reconcile.joints import Joint
from aggregator.reconcile.matching import Evidence, MatchResult, ScoredPair
from aggregator.reconcile.plain import json_of, sections_of
from aggregator.reconcile.record_links import RecordLinks
from aggregator.reconcile.tables import Table, TableName, make_table
from aggregator.reconcile.wording import as_of, counted, nothing_disagrees

Join = Callable[[Sequence[str]], Sequence[Joint]]
"""Tells what joined the records of these keys, each other one with one before it."""


@frozen(kw_only=True, slots=False, eq=False)
class Partner:
    """One real business, with what each account has of it.

    Attributes:
        id: A name that stays the same from run to run.
        name: What it is called, by your own table if there is one, else by most accounts.
        entries: The business as each account has it; several of one account are duplicates.
    """

    id: str
    name: str
    entries: tuple[Entry, ...] = field(repr=False)
    _joints: Join = field(repr=False)

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        """The accounts that hold it."""
        return tuple(dict.fromkeys(entry.account for entry in self.entries))

    @property
    def records(self) -> Mapping[str, tuple[Connection | Organization, ...]]:
        """Its records, by the label of the account that holds them."""
        return {account.label: self.on(account.label) for account in self.accounts}

    @property
    def roles(self) -> frozenset[Role]:
        """Which sides of a trade it is on."""
        return frozenset(entry.role for entry in self.entries if entry.role is not None)

    @property
    def statuses(self) -> frozenset[ConnectionStatus]:
        """How things stand with it, on all accounts that say."""
        return frozenset(entry.status for entry in self.entries if entry.status is not None)

    def on(self, platform: str) -> tuple[Connection | Organization, ...]:
        """Return its records on a platform ("crux"), or of one account ("crux:acme"); empty if there are none."""
        return tuple(
            record
            for entry in self.entries
            if platform in (entry.account.vendor, entry.account.label)
            for record in entry.records
        )

    def explain(self) -> str:
        """Return why these records are one business, a line for each reason.

        Each record is told with the one that speaks most for it among those above: two may be joined by a third alone.
        """
        if len(self.entries) == 1:
            return f"{self.name}: only on {self.entries[0].account}, nothing was joined."
        lines = [f"{self.name}: {len(self.entries)} records are one business."]
        places = {entry.key: f"{entry.name!r} on {entry.account}" for entry in self.entries}
        for joint in self._joints([entry.key for entry in self.entries]):
            lines.append(f"{places[joint.told]} and {places[joint.other]}: {joint.probability:.3f}")
            lines += [f"  {item}" for item in joint.evidence]
        return "\n".join(lines)


@frozen(kw_only=True, slots=False, eq=False)
class Reconciliation:
    """Who is who, and what disagrees.

    Attributes:
        taken_at: When the snapshot was taken; ages are counted to it.
        partners: One for each real business; every entry of every account is in exactly one.
        matches: Pairs of entries that are one business, accepted without a person or by a person's word.
        review: Pairs that a person should look at, likeliest first.
        findings: What disagrees, gravest first.
        forgiven: How many findings the policy forgives; they are not among these.
        coverage: What each account said, and how sure its silence is.
        result: Every pair that was scored, as columns.
        match_from: Probability from which two records are joined without a person.
        review_from: Probability from which a person should look.
        links: Where each record can be looked at.
        remembered: The partner ids of earlier runs that the next one should know, by entry key: see
            `identity.remembered`.
    """

    taken_at: datetime
    partners: tuple[Partner, ...] = field(repr=False)
    matches: tuple[ScoredPair, ...] = field(repr=False)
    review: tuple[ScoredPair, ...] = field(repr=False)
    findings: tuple[Finding, ...] = field(repr=False)
    coverage: tuple[AccountView, ...] = field(repr=False)
    result: MatchResult = field(repr=False)
    match_from: float
    review_from: float
    forgiven: int = 0
    links: RecordLinks = field(factory=RecordLinks, repr=False)
    remembered: Mapping[str, str] = field(factory=dict, repr=False)

    @property
    def partner_ids(self) -> Mapping[str, str]:
        """The partner id of each entry key, as the next run should know it: give it to that as `previous`."""
        return MappingProxyType(self._partner_ids)

    @cached_property
    def _partner_ids(self) -> dict[str, str]:
        held = {entry.key: partner.id for partner in self.partners for entry in partner.entries}
        return {**held, **self.remembered}

    def partner(self, partner_id: str) -> Partner:
        """Return the partner of an id.

        Raises:
            KeyError: There is none.
        """
        return self._by_id[partner_id]

    @cached_property
    def _by_id(self) -> Mapping[str, Partner]:
        return {partner.id: partner for partner in self.partners}

    def explain(self, left: str, right: str) -> tuple[float, tuple[Evidence, ...]]:
        """Return how likely two entries are one business, and the reasons, heaviest first.

        Raises:
            KeyError: There is no entry of that key.
        """
        return self.result.explain(left, right)

    @property
    def evidence(self) -> Mapping[tuple[str, str], tuple[Evidence, ...]]:
        """The reasons for every pair to review and every match, by the keys of the pair."""
        return MappingProxyType(self._evidence)

    @cached_property
    def _evidence(self) -> dict[tuple[str, str], tuple[Evidence, ...]]:
        told = [(pair.left, pair.right) for pair in (*self.review, *self.matches)]
        explained = self.result.explain_all(told)
        return {pair: evidence for pair, (_, evidence) in zip(told, explained, strict=True)}

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every entry of every account, by its key."""
        return MappingProxyType(self._entries)

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        return {entry.key: entry for view in self.coverage for entry in view.entries}

    @property
    def several(self) -> int:
        """How many partners are on more than one account."""
        return sum(len(partner.accounts) > 1 for partner in self.partners)

    def tally(self) -> str:
        """Return how many partners and pairs there are, in a line."""
        return (
            f"{counted(len(self.partners), 'partner')}, {self.several:,} of them on more than one account; "
            f"{counted(len(self.matches), 'pair')} matched, {len(self.review):,} to review"
        )

    def worst(self) -> Severity | None:
        """Return the gravest severity among the findings."""
        return min((finding.severity for finding in self.findings), key=lambda one: one.rank, default=None)

    def summary(self) -> str:
        """Return the result in a few lines: of when it is and the accounts, since everything else rests on them."""
        lines = [f"{as_of(self.taken_at)}:", *(self._account_line(view) for view in self.coverage)]
        lines.append(self.tally())
        kinds = Counter((finding.severity, finding.code) for finding in self.findings)
        for (severity, code), count in sorted(kinds.items(), key=lambda one: (one[0][0].rank, one[0][1])):
            lines.append(f"  {count:>6,} {severity.value:<7} {code}")
        if not kinds:
            lines.append(f"  {nothing_disagrees(self.forgiven).lower()}")
        if self.forgiven:
            lines.append(f"  {self.forgiven:>6,} forgiven by the policy")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.summary()

    def to_frame(self, name: TableName) -> Table:
        """Return partners, findings, matches, review or coverage as a table for polars, pandas or a notebook.

        `polars.DataFrame(reconciliation.to_frame("partners"))`, and in pandas `DataFrame.from_arrow(...)`.

        Raises:
            ValueError: There is no table of that name.
        """
        return make_table(self, name)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.summary())}</pre>{self.to_frame('findings')._repr_html_()}"

    @staticmethod
    def _account_line(view: AccountView) -> str:
        state = f"complete{view.told_time}" if view.proves_absence else f"INCOMPLETE{view.told_time}: {view.reason}"
        return f"{view.account}: {counted(len(view.entries), 'partner')}, {state}"

    def to_plain(self) -> dict[str, Any]:
        """Return everything as plain values, for JSON.

        The reasons of a pair are numbers of "sentences", each with its weight.
        """
        return {name: list(value) if isinstance(value, Iterator) else value for name, value in sections_of(self)}

    def to_json(self) -> Iterator[str]:
        """Yield what `to_plain` returns as one JSON document, in pieces: a line for each partner, pair and finding."""
        return json_of(self)
