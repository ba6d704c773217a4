"""Exceptions of the policy: findings that are forgiven until a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Self

from attrs import field, frozen

from aggregator.reconcile.checks.context import Context
from aggregator.reconcile.entries import Account
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.policy.policy import PolicyException, any_fits, fits
from aggregator.reconcile.reconciliation import Partner

ABSENCES: Final = frozenset({"missing", "maybe-missing", "cannot-tell"})
"""What is said of a partner that was not seen on an account."""


@frozen(kw_only=True)
class Forgiven:
    """Which findings an exception covers today.

    Attributes:
        context: What is looked at.
        running: The exceptions that count today.
        over: Those that have run out.
        partners: The partners by id.
        accounts: The accounts by label.
    """

    context: Context
    running: tuple[PolicyException, ...]
    over: tuple[PolicyException, ...]
    partners: Mapping[str, Partner]
    accounts: Mapping[str, Account]
    _heeded: set[int] = field(factory=set, init=False)
    _covered: list[Finding] = field(factory=list, init=False)
    _elsewhere: dict[int, str] = field(factory=dict, init=False)

    @classmethod
    def of(cls, context: Context) -> Self:
        """Return what the policy of a context forgives on its day."""
        today = context.today
        return cls(
            context=context,
            running=tuple(one for one in context.policy.exceptions if one.until >= today),
            over=tuple(one for one in context.policy.exceptions if one.until < today),
            partners={partner.id: partner for partner in context.partners},
            accounts={view.account.label: view.account for view in context.views},
        )

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is forgiven; every exception that forgives it is remembered as needed."""
        speaking = [at for at, one in enumerate(self.running) if self._speaks_of(one, finding)]
        covering = [at for at in speaking if self._names(self.running[at], _where(finding))]
        self._heeded.update(covering)
        self._elsewhere.update((at, finding.accounts[0]) for at in speaking if at not in covering)
        if covering:
            self._covered.append(finding)
        return bool(covering)

    @property
    def count(self) -> int:
        """How many findings have been forgiven so far."""
        return len(self._covered)

    @property
    def unheeded(self) -> Iterator[tuple[PolicyException, str | None]]:
        """The exceptions that count today and have forgiven nothing so far.

        Beside each, where it names who holds a partner that is missing: an account that it is missing from.
        """
        for at, one in enumerate(self.running):
            if at not in self._heeded:
                yield one, self._elsewhere.get(at)

    def _speaks_of(self, exception: PolicyException, finding: Finding) -> bool:
        if exception.codes and finding.code not in exception.codes:
            return False
        if not self._names(exception, finding.accounts):
            return False
        if exception.partner is None:
            return True
        about = self._about(finding)
        return bool(about) and all(fits(exception.partner, *names_of(partner)) for partner in about)

    def _names(self, exception: PolicyException, labels: Iterable[str]) -> bool:
        return not exception.accounts or any_fits(exception.accounts, *(self.accounts[label] for label in labels))

    def _about(self, finding: Finding) -> list[Partner]:
        """The partners of a finding: one, or all whose records it rests on."""
        if finding.partner_id is not None:
            return [self.partners[finding.partner_id]]
        holders = self.context.holders
        return list({holders[key].id: holders[key] for key in finding.records}.values())


def _where(finding: Finding) -> tuple[str, ...]:
    """The accounts of which an exception must name one: of who is missing, the account that lacks the partner."""
    return finding.accounts[:1] if finding.code in ABSENCES else finding.accounts


def names_of(partner: Partner) -> Iterator[str]:
    """Whatever a person may call a partner by: its name and id, the names on its accounts, the names of its records."""
    yield from (partner.id, partner.name)
    for entry in partner.entries:
        yield from (entry.name, entry.key, f"{entry.account.label}:{entry.id}", *entry.record_keys)
