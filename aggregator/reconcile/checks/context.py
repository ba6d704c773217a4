"""What every check looks at, and how it says what it found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cached_property

from attrs import field, frozen

from aggregator.activity import Trade
from aggregator.reconcile.account_views import AccountView
from aggregator.reconcile.checks.called import Called, KnownNames, names_of
from aggregator.reconcile.checks.names import plain_name
from aggregator.reconcile.checks.numbers import usual_numbers
from aggregator.reconcile.checks.signs import Signs, signs_of
from aggregator.reconcile.decisions.decisions import GoneRuling
from aggregator.reconcile.entries import Account, Entry
from aggregator.reconcile.finding import Claim, Finding
from aggregator.reconcile.matching import ScoredPair
from aggregator.reconcile.numbering import Numberings
from aggregator.reconcile.policy.policy import Policy
from aggregator.reconcile.reconciliation import Partner

Doubts = Mapping[str, tuple[tuple[Entry, float], ...]]


@frozen(kw_only=True, slots=False, eq=False)
class Context:
    """Everything a check may look at.

    Attributes:
        partners: The partners.
        views: What each account said.
        policy: What should be the case.
        now: When the snapshot was taken.
        review: Pairs that wait for a person.
        faint: Pairs that are too unlikely for the review, and yet not impossible.
        gone: Decisions about records that are not there.
        parted: Pairs of entry keys that a person has called two businesses.
        numberings: Which accounts take their account numbers from one numbering.
        trades: The orders of each account whose orders were collected, by vendor and account.
    """

    partners: tuple[Partner, ...]
    views: tuple[AccountView, ...]
    policy: Policy
    now: datetime
    review: tuple[ScoredPair, ...]
    faint: tuple[ScoredPair, ...] = ()
    gone: tuple[GoneRuling, ...] = ()
    parted: tuple[tuple[str, str], ...] = ()
    trades: Mapping[tuple[str, str], Trade] = field(factory=dict)
    numberings: Numberings = field(factory=Numberings)

    @property
    def today(self) -> date:
        """The day of the snapshot in UTC, by which days are counted whatever zone its time is told in."""
        return _day_of(self.now)

    def now_of(self, account: Account) -> datetime:
        """Return the time to which ages on an account are counted: that of its own list where this is an old one."""
        return self._own_times.get(account, self.now)

    def today_of(self, account: Account) -> date:
        """Return the day in UTC to which days on an account are counted, as `now_of` is the time."""
        return _day_of(self.now_of(account))

    def trade_on(self, account: Account) -> Trade | None:
        """Return the orders of an account; None where they were not collected."""
        return self.trades.get((account.vendor, account.name))

    @cached_property
    def _own_times(self) -> Mapping[Account, datetime]:
        return {view.account: view.taken_at for view in self.views if view.behind}

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every entry by its key."""
        return {entry.key: entry for view in self.views for entry in view.entries}

    @cached_property
    def home(self) -> Mapping[str, Partner]:
        """The partner of each entry key."""
        return {entry.key: partner for partner in self.partners for entry in partner.entries}

    @cached_property
    def holders(self) -> Mapping[str, Partner]:
        """The partner of each record key."""
        return {key: partner for partner in self.partners for entry in partner.entries for key in entry.record_keys}

    @cached_property
    def called(self) -> Called:
        """The partners by whatever a person may call them."""
        return Called((partner.id, name) for partner in self.partners for name in names_of(partner))

    @cached_property
    def named(self) -> Called:
        """The partners by their names on accounts alone."""
        return Called((partner.id, entry.name) for partner in self.partners for entry in partner.entries)

    @cached_property
    def names(self) -> KnownNames:
        """The names of the partners, on all accounts."""
        named = ((partner.name, *(entry.name for entry in partner.entries)) for partner in self.partners)
        return KnownNames(name for several in named for name in several)

    @cached_property
    def apart(self) -> frozenset[frozenset[str]]:
        """Pairs of partner ids that a person has called two businesses."""
        return frozenset(frozenset((self.home[one].id, self.home[other].id)) for one, other in self.parted)

    @cached_property
    def by_name(self) -> Mapping[tuple[str, str], tuple[Entry, ...]]:
        """The entries of each account's label and plain name."""
        found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self.entries.values():
            found[entry.account.label, plain_name(entry.name)].append(entry)
        return {key: tuple(several) for key, several in found.items()}

    @cached_property
    def signs(self) -> Signs:
        """By what else than a scored pair a partner may be known again."""
        return signs_of(self.partners)

    @cached_property
    def nameless(self) -> Mapping[str, Mapping[frozenset[str], tuple[Entry, ...]]]:
        """For the label of an account, its entries that say no name and were found nowhere else, by what they say.

        A web domain is nearly a name: others can be told from it.
        """
        found: dict[str, dict[frozenset[str], list[Entry]]] = defaultdict(lambda: defaultdict(list))
        for entry in self.entries.values():
            alone = entry.is_nameless and len(self.home[entry.key].accounts) == 1
            if alone and "domain" not in entry.kinds:
                found[entry.account.label][entry.kinds].append(entry)
        return {label: {said: tuple(several) for said, several in by.items()} for label, by in found.items()}

    @cached_property
    def doubts(self) -> Doubts:
        """For the key of an entry, the entries that may be the same business, with the probability."""
        return self._by_key(self.review)

    @cached_property
    def faint_doubts(self) -> Doubts:
        """For the key of an entry, the entries that are unlikely to be the same business, with the probability."""
        return self._by_key(self.faint)

    def _by_key(self, pairs: Iterable[ScoredPair]) -> Doubts:
        found: dict[str, list[tuple[Entry, float]]] = defaultdict(list)
        for pair in pairs:
            found[pair.left].append((self.entries[pair.right], pair.probability))
            found[pair.right].append((self.entries[pair.left], pair.probability))
        return {key: tuple(several) for key, several in found.items()}

    @cached_property
    def usual_numbers(self) -> Mapping[str, Mapping[str, tuple[int, int]]]:
        """The account numbers that partners usually have, by the label of the account and the field."""
        share, connections = self.policy.account_number_share, self.policy.account_number_connections
        return usual_numbers(self.views, share=share, connections=connections)

    def finding(
        self,
        code: str,
        message: str,
        entries: Iterable[Entry] = (),
        *,
        partner: Partner | None = None,
        value: Callable[[Entry], tuple[str | None, str | None]] | None = None,
        field: str | None = None,
        accounts: tuple[str, ...] = (),
        evidence: tuple[str, ...] = (),
    ) -> Iterator[Finding]:
        """Yield a finding, or nothing where the policy has switched it off.

        Args:
            code: Its place in the catalogue.
            message: A sentence.
            entries: What it rests on.
            partner: Of which partner.
            value: Our value and the platform's own word for it, of an entry.
            field: The field that differs.
            accounts: Labels of accounts besides those of the entries.
            evidence: Why we say so.
        """
        severity = self.policy.severity(code)
        if severity is None:
            return
        held = tuple(entries)
        yield Finding(
            code=code,
            severity=severity,
            message=message,
            partner_id=None if partner is None else partner.id,
            accounts=tuple(dict.fromkeys((*accounts, *(entry.account.label for entry in held)))),
            field=field,
            claims=tuple(_claim(entry, value) for entry in held) if value else (),
            evidence=evidence,
            records=tuple(key for entry in held for key in entry.record_keys),
        )


def _day_of(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def _claim(entry: Entry, value: Callable[[Entry], tuple[str | None, str | None]]) -> Claim:
    ours, native = value(entry)
    return Claim(account=entry.account.label, key=entry.key, value=ours, native=native)


def status_of(entry: Entry) -> tuple[str | None, str | None]:
    """Return the status of an entry, and the platform's own word."""
    return None if entry.status is None else entry.status.value, entry.status_native
