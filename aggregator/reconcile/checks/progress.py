"""Connections that do not get on, and plans that have run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from aggregator.model import Connection, ConnectionStatus, Subscription
from aggregator.reconcile.checks.context import Context
from aggregator.reconcile.entries import Entry
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.reconciliation import Partner


def check_progress(context: Context) -> Iterator[Finding]:
    """Yield connections that are stuck and subscriptions that have lapsed."""
    for partner in context.partners:
        for entry in partner.entries:
            for connection in entry.connections:
                yield from _stuck(context, partner, entry, connection)
            plan = None if entry.organization is None else entry.organization.subscription
            if plan is not None and not _is_over(entry):
                yield from _subscription(context, partner, entry, plan)


def _is_over(entry: Entry) -> bool:
    """Whether every connection with a partner has ended: what it owes for its plan is nobody's matter here."""
    return bool(entry.connections) and all(one.status is ConnectionStatus.ENDED for one in entry.connections)


def _stuck(context: Context, partner: Partner, entry: Entry, connection: Connection) -> Iterator[Finding]:
    since = connection.requested_at or connection.created_at
    age = None if since is None else context.now - since
    where = f"{partner.name!r} on {entry.account}"
    code = message = ""
    if connection.status is ConnectionStatus.PENDING:
        if age is not None and age > timedelta(days=context.policy.pending_days):
            code, message = "stuck-pending", f"{where} has been pending for {age.days} days, since {since:%Y-%m-%d}."
    elif connection.status is ConnectionStatus.ONBOARDING:
        code, target = "stuck-onboarding", connection.onboarding_target_at
        if target is not None and _is_past(target, context.now):
            message = f"{where} was to be onboarded by {target:%Y-%m-%d} and is not."
        elif target is None and age is not None and age > timedelta(days=context.policy.onboarding_days):
            message = f"{where} has been onboarding for {age.days} days, since {since:%Y-%m-%d}."
    if message:
        claim = (connection.status.value, connection.status_native)  # another one with the partner may be livelier
        yield from context.finding(code, message, (entry,), partner=partner, value=lambda _: claim)


def _is_past(target: datetime, now: datetime) -> bool:
    """Whether a target is over; a date without a time is read as its midnight, and is meant until the next."""
    last = target + timedelta(days=1) if target.time() == time() else target
    return last < now


def _subscription(context: Context, partner: Partner, entry: Entry, plan: Subscription) -> Iterator[Finding]:
    where = f"{partner.name!r} on {entry.account}"
    if plan.is_delinquent:
        message = f"{where} owes the platform for its plan."
        yield from context.finding("subscription-delinquent", message, (entry,), partner=partner)
    past = plan.expires_at is not None and plan.expires_at < context.now
    if plan.is_expired is False or plan.required is False or not (plan.is_expired or past):
        return
    when = "" if plan.expires_at is None else f" on {plan.expires_at:%Y-%m-%d}"
    grace = plan.is_on_grace_period and (plan.grace_period_ends_at is None or plan.grace_period_ends_at >= context.now)
    code, word = ("subscription-grace", "; its grace period is running") if grace else ("subscription-lapsed", "")
    yield from context.finding(code, f"The plan of {where} expired{when}{word}.", (entry,), partner=partner)
