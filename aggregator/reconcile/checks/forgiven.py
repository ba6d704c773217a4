"""Exceptions of the policy: findings that are forgiven until a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Self

from attrs import frozen

from aggregator.reconcile.checks.context import Context
from aggregator.reconcile.entries import Account
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.policy import PolicyException, fits, fits_account
from aggregator.reconcile.reconciliation import Partner


@frozen(kw_only=True)
class Forgiven:
    """Which findings an exception covers today."""

    context: Context
    running: tuple[PolicyException, ...]
    over: tuple[PolicyException, ...]
    partners: Mapping[str, Partner]
    holders: Mapping[str, Partner]
    accounts: Mapping[str, Account]

    @classmethod
    def of(cls, context: Context) -> Self:
        """Return what the policy of a context forgives on its day."""
        today = context.now.date()
        return cls(
            context=context,
            running=tuple(one for one in context.policy.exceptions if one.until >= today),
            over=tuple(one for one in context.policy.exceptions if one.until < today),
            partners={partner.id: partner for partner in context.partners},
            holders={
                key: partner for partner in context.partners for entry in partner.entries for key in entry.record_keys
            },
            accounts={view.account.label: view.account for view in context.views},
        )

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is forgiven."""
        return any(self._covers(one, finding) for one in self.running)

    def _covers(self, exception: PolicyException, finding: Finding) -> bool:
        if exception.codes and finding.code not in exception.codes:
            return False
        held = [self.accounts[label] for label in finding.accounts]
        if exception.accounts and not any(fits_account(one, account) for one in exception.accounts for account in held):
            return False
        if exception.partner is None:
            return True
        about = self._about(finding)
        return bool(about) and all(fits(exception.partner, *_names(partner)) for partner in about)

    def _about(self, finding: Finding) -> list[Partner]:
        """The partners of a finding: one, or all whose records it rests on."""
        if finding.partner_id is not None:
            return [self.partners[finding.partner_id]]
        return list({self.holders[key].id: self.holders[key] for key in finding.records}.values())

    def expired(self) -> Iterator[Finding]:
        """Yield a finding for each exception that has run out."""
        for one in self.over:
            about = one.partner or "every partner"
            message = f"The exception for {about} ({one.reason}) expired on {one.until:%Y-%m-%d}."
            yield from self.context.find("exception-expired", message)


def _names(partner: Partner) -> Iterator[str]:
    """Whatever a person may call a partner by: its name and id, the names on its accounts, the keys of its records."""
    yield from (partner.id, partner.name)
    for entry in partner.entries:
        yield from (entry.name, entry.key, *entry.record_keys)
