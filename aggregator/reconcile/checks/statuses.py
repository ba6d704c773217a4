"""Where accounts disagree on how things stand with a partner."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from aggregator.model import ConnectionStatus, OrganizationStatus
from aggregator.reconcile.checks.context import Context, status_of
from aggregator.reconcile.checks.held import by_account, told_as
from aggregator.reconcile.entries import LIVELIEST, Entry
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.policy.policy import LIVE
from aggregator.reconcile.policy.words import STATUSES, told_word
from aggregator.reconcile.reconciliation import Partner
from aggregator.reconcile.wording import counted

_GOES_ON = frozenset({ConnectionStatus.ACTIVE, ConnectionStatus.ONBOARDING})


def check_statuses(context: Context) -> Iterator[Finding]:
    """Yield conflicts of status, organizations that are shut off, and words that nobody knows."""
    yield from _unknown_words(context)
    for partner in context.partners:
        if "status" in context.policy.fields:
            yield from _conflict(context, partner)
        for entries in by_account(partner):
            yield from _deactivated(context, partner, entries)


def _conflict(context: Context, partner: Partner) -> Iterator[Finding]:
    best = [entry for entries in by_account(partner) if (entry := _liveliest(entries)) is not None]
    statuses = {entry.status for entry in best}
    if len(statuses) < 2:
        return
    ended = ConnectionStatus.ENDED in statuses and statuses & _GOES_ON
    said = ", ".join(f"{status_of(entry)[0]} on {entry.account}" for entry in best)
    yield from context.finding(
        "ended-here-active-there" if ended else "status-conflict",
        f"{partner.name!r} is {said}.",
        best,
        partner=partner,
        value=status_of,
        field="status",
    )


def _liveliest(entries: tuple[Entry, ...]) -> Entry | None:
    """The record that says how things stand on an account; None if none says it, or a word may that nobody knows.

    Several records of one account are judged by the liveliest, or each duplicate would be a conflict.
    """
    telling = [entry for entry in entries if entry.status not in {None, ConnectionStatus.UNKNOWN}]
    best = min(telling, key=_rank, default=None)
    if best is None or best.status is ConnectionStatus.ACTIVE:  # nothing is livelier, whatever the word means
        return best
    return None if any(entry.unknown_words for entry in entries) else best


def _rank(entry: Entry) -> tuple[int, str]:
    return (LIVELIEST.index(entry.status) if entry.status is not None else len(LIVELIEST), entry.key)


def _deactivated(context: Context, partner: Partner, entries: tuple[Entry, ...]) -> Iterator[Finding]:
    found: dict[ConnectionStatus, list[Entry]] = defaultdict(list)
    for entry in entries:
        if _is_deactivated(entry) and entry.connections and entry.status in LIVE:
            found[entry.status].append(entry)
    for status, held in found.items():
        whom = f"{partner.name!r}{told_as(partner, held)}"
        yield from context.finding(
            "organization-deactivated",
            f"{held[0].account} has deactivated {whom}, but the connection with it is {status.value}.",
            held,
            partner=partner,
            value=_shut_off,
            field="status",
        )


def _shut_off(entry: Entry) -> tuple[str | None, str | None]:
    return status_of(entry)[0], None if entry.organization is None else entry.organization.status_native


def _is_deactivated(entry: Entry) -> bool:
    return entry.organization is not None and entry.organization.status is OrganizationStatus.DEACTIVATED


def _unknown_words(context: Context) -> Iterator[Finding]:
    used: dict[tuple[str, str | None], list[Entry]] = defaultdict(list)
    for view in context.views:
        for entry in view.entries:
            for word in _words_unknown(entry):
                used[view.account.label, word].append(entry)
    for (label, word), entries in used.items():
        yield from _unknown_word(context, label, word, entries)


def _unknown_word(context: Context, label: str, word: str | None, entries: list[Entry]) -> Iterator[Finding]:
    said = "no status at all" if word is None else f"the status {word!r}, which we do not know,"
    message = f"{label} gives {said} of {counted(len(entries), 'partner')}.{_advice(word)}"
    claim = (ConnectionStatus.UNKNOWN.value, word)  # another connection with the partner may be livelier
    yield from context.finding("unknown-status", message, entries, value=lambda _: claim, field="status")


def _words_unknown(entry: Entry) -> dict[str | None, None]:
    """The words that nobody knows of an entry's connections and, whatever those say, of its organization."""
    words = list(entry.unknown_words)
    organization = entry.organization
    if entry.connections and organization is not None and organization.status is OrganizationStatus.UNKNOWN:
        words += filter(None, [told_word(organization.status_native)])  # the connection says a status
    return dict.fromkeys(map(told_word, words))


def _advice(word: str | None) -> str:
    if word is None:
        return ""
    others = ", ".join(f'"{status}"' for status in STATUSES if status is not ConnectionStatus.ACTIVE)
    line = f'{json.dumps(word, ensure_ascii=False)} = "{ConnectionStatus.ACTIVE}"'  # JSON's texts are TOML's too
    return f" Say what it means, below [statuses] in the policy: {line} (or {others})."
