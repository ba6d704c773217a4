"""Connections that do not get on, and plans that have run out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime, time, timedelta
from functools import partial

from aggregator.model import Connection, ConnectionStatus, Subscription
from aggregator.reconcile.checks.context import Context
from aggregator.reconcile.checks.held import by_account, told_as
from aggregator.reconcile.entries import Entry
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.policy.policy import Policy
from aggregator.reconcile.reconciliation import Partner

_Claim = tuple[str | None, str | None]


def check_progress(context: Context) -> Iterator[Finding]:
    """Yield connections that are stuck and subscriptions that have lapsed.

    What is true of several records that one account has of a partner is said once.
    """
    for partner in context.partners:
        for entries in by_account(partner):
            yield from _all_stuck(context, partner, entries)
            yield from _subscriptions(context, partner, entries)


def _all_stuck(context: Context, partner: Partner, entries: tuple[Entry, ...]) -> Iterator[Finding]:
    found: dict[tuple[str, str, _Claim], dict[Entry, None]] = defaultdict(dict)
    for entry in entries:
        for one in entry.connections:
            for code, words in _stuck(context.policy, one, context.now_of(entry.account)):
                claim: _Claim = (one.status.value, one.status_native)  # another one with the partner may be livelier
                found[code, words, claim][entry] = None
    for (code, words, claim), held in found.items():
        message = f"{_where(partner, held)} {words}."
        yield from context.finding(code, message, held, partner=partner, value=partial(_claimed, claim=claim))


def _claimed(entry: Entry, *, claim: _Claim) -> _Claim:  # noqa: ARG001 - one of the entry's connections claims it
    return claim


def _where(partner: Partner, entries: Collection[Entry]) -> str:
    return f"{partner.name!r} on {next(iter(entries)).account}{told_as(partner, entries)}"


def _is_over(entry: Entry) -> bool:
    """Whether every connection with a record has ended: what its business owes for that plan is nobody's matter here.

    Another record of the partner has a plan of its own.
    """
    return bool(entry.connections) and all(one.status is ConnectionStatus.ENDED for one in entry.connections)


def _stuck(policy: Policy, connection: Connection, now: datetime) -> Iterator[tuple[str, str]]:
    since = connection.requested_at or connection.created_at
    age = timedelta(0) if since is None else now - since
    if connection.status is ConnectionStatus.PENDING:
        if age > timedelta(days=policy.pending_days):
            yield "stuck-pending", f"has been pending for {age.days} days, since {since:%Y-%m-%d}"
    elif connection.status is ConnectionStatus.ONBOARDING:
        target = connection.onboarding_target_at
        if target is not None and _is_past(target, now):
            yield "stuck-onboarding", f"was to be onboarded by {target:%Y-%m-%d} and is not"
        elif target is None and age > timedelta(days=policy.onboarding_days):
            yield "stuck-onboarding", f"has been onboarding for {age.days} days, since {since:%Y-%m-%d}"


def _is_past(target: datetime, now: datetime) -> bool:
    """Whether a target is over; a date without a time is read as its midnight, and is meant until the next."""
    last = target + timedelta(days=1) if target.time() == time() else target
    return last < now


def _subscriptions(context: Context, partner: Partner, entries: tuple[Entry, ...]) -> Iterator[Finding]:
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        plan = None if entry.organization is None else entry.organization.subscription
        if plan is not None and not _is_over(entry):
            for said in _plan(plan, context.now_of(entry.account)):
                found[said].append(entry)
    for (code, words), held in found.items():
        yield from context.finding(code, words.format(where=_where(partner, held)), held, partner=partner)


def _plan(plan: Subscription, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield codes and sentences, to be filled with where it is."""
    if plan.is_delinquent:
        yield "subscription-delinquent", "{where} owes the platform for its plan."
    past = plan.expires_at is not None and plan.expires_at < now
    if plan.is_expired is False or plan.required is False or not (plan.is_expired or past):
        return
    grace = _is_in_grace(plan, now)
    code, word = ("subscription-grace", "; its grace period is running") if grace else ("subscription-lapsed", "")
    yield code, f"The plan of {{where}} {_expired(plan.expires_at, now)}{word}."


def _is_in_grace(plan: Subscription, now: datetime) -> bool:
    """Whether a grace period runs, by the platform's word and its end, or by the one of them that it gives."""
    if plan.grace_period_ends_at is None:
        return bool(plan.is_on_grace_period)
    return plan.is_on_grace_period is not False and plan.grace_period_ends_at >= now


def _expired(expires_at: datetime | None, now: datetime) -> str:
    if expires_at is None:
        return "expired"
    if expires_at < now:
        return f"expired on {expires_at:%Y-%m-%d}"
    return f"is expired, as the platform says, though its date, {expires_at:%Y-%m-%d}, is ahead"
