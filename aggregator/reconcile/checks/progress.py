"""Connections that do not get on, and plans that have run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from aggregator.model import Connection, ConnectionStatus, Subscription
from aggregator.reconcile.checks.context import Context, status_of
from aggregator.reconcile.entries import Entry
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.reconciliation import Partner


def check_progress(context: Context) -> Iterator[Finding]:
    """Yield connections that are stuck and subscriptions that have lapsed."""
    for partner in context.partners:
        for entry in partner.entries:
            for connection in entry.connections:
                yield from _stuck(context, partner, entry, connection)
            if entry.organization is not None and entry.organization.subscription is not None:
                yield from _subscription(context, partner, entry, entry.organization.subscription)


def _stuck(context: Context, partner: Partner, entry: Entry, connection: Connection) -> Iterator[Finding]:
    since = connection.requested_at or connection.created_at
    age = None if since is None else context.now - since
    where = f"{partner.name!r} on {entry.account}"
    if connection.status is ConnectionStatus.PENDING:
        if age is not None and age > timedelta(days=context.policy.pending_days):
            message = f"{where} has been pending for {age.days} days, since {since:%Y-%m-%d}."
            yield from context.find("stuck-pending", message, (entry,), partner=partner, value=status_of)
    elif connection.status is ConnectionStatus.ONBOARDING:
        target = connection.onboarding_target_at
        message = ""
        if target is not None and target < context.now:
            message = f"{where} was to be onboarded by {target:%Y-%m-%d} and is not."
        elif target is None and age is not None and age > timedelta(days=context.policy.onboarding_days):
            message = f"{where} has been onboarding for {age.days} days, since {since:%Y-%m-%d}."
        if message:
            yield from context.find("stuck-onboarding", message, (entry,), partner=partner, value=status_of)


def _subscription(context: Context, partner: Partner, entry: Entry, plan: Subscription) -> Iterator[Finding]:
    where = f"{partner.name!r} on {entry.account}"
    if plan.is_delinquent:
        message = f"{where} owes the platform for its plan."
        yield from context.find("subscription-delinquent", message, (entry,), partner=partner)
    past = plan.expires_at is not None and plan.expires_at < context.now
    if plan.is_expired is False or plan.required is False or not (plan.is_expired or past):
        return
    when = "" if plan.expires_at is None else f" on {plan.expires_at:%Y-%m-%d}"
    grace = plan.is_on_grace_period and (plan.grace_period_ends_at is None or plan.grace_period_ends_at >= context.now)
    code, word = ("subscription-grace", "; its grace period is running") if grace else ("subscription-lapsed", "")
    yield from context.find(code, f"The plan of {where} expired{when}{word}.", (entry,), partner=partner)
