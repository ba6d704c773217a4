"""Exceptions of the policy: findings that are forgiven until a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final, Self

from attrs import field, frozen

from aggregator.reconcile.checks.context import Context
from aggregator.reconcile.entries import Account
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.policy.policy import PolicyException, any_fits

ABSENCES: Final = frozenset({"missing", "maybe-missing", "cannot-tell"})
"""What is said of a partner that was not seen on an account."""


@frozen(kw_only=True)
class Forgiven:
    """Which findings an exception covers today.

    Attributes:
        context: What is looked at.
        running: The exceptions that count today.
        over: Those that have run out.
        accounts: The accounts by label.
    """

    context: Context
    running: tuple[PolicyException, ...]
    over: tuple[PolicyException, ...]
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
            accounts={view.account.label: view.account for view in context.views},
        )

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is forgiven; every exception that forgives it is remembered as needed."""
        speaking = [at for at in self._of_whom_it_is(finding) if self._speaks_of(self.running[at], finding)]
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
        return self._names(exception, finding.accounts)

    def _of_whom_it_is(self, finding: Finding) -> list[int]:
        """The exceptions for every partner, and those for all partners that a finding is about."""
        named = [self._for_partner.get(partner, frozenset()) for partner in self._about(finding)]
        return sorted(self._for_all.union(frozenset.intersection(*named) if named else ()))

    @cached_property
    def _for_all(self) -> frozenset[int]:
        return frozenset(at for at, one in enumerate(self.running) if one.partner is None)

    @cached_property
    def _for_partner(self) -> Mapping[str, frozenset[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for at, one in enumerate(self.running):
            for partner in () if one.partner is None else self.context.called.fitting(one.partner):
                found[partner].add(at)
        return {partner: frozenset(several) for partner, several in found.items()}

    def _names(self, exception: PolicyException, labels: Iterable[str]) -> bool:
        return not exception.accounts or any_fits(exception.accounts, *(self.accounts[label] for label in labels))

    def _about(self, finding: Finding) -> set[str]:
        """The ids of the partners of a finding: one, or all whose records it rests on."""
        if finding.partner_id is not None:
            return {finding.partner_id}
        return {self.context.holders[key].id for key in finding.records}


def _where(finding: Finding) -> tuple[str, ...]:
    """The accounts of which an exception must name one: of who is missing, the account that lacks the partner."""
    return finding.accounts[:1] if finding.code in ABSENCES else finding.accounts
