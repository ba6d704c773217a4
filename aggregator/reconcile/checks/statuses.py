"""Where accounts disagree on how things stand with a partner."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from aggregator.model import ConnectionStatus, OrganizationStatus
from aggregator.reconcile.checks.context import Context, status_of
from aggregator.reconcile.entries import LIVELIEST, Entry
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.policy.policy import LIVE
from aggregator.reconcile.policy.words import STATUSES, told_word
from aggregator.reconcile.reconciliation import Partner
from aggregator.reconcile.words import counted

_GOES_ON = frozenset({ConnectionStatus.ACTIVE, ConnectionStatus.ONBOARDING})


def check_statuses(context: Context) -> Iterator[Finding]:
    """Yield conflicts of status, organizations that are shut off, and words that nobody knows."""
    yield from _unknown_words(context)
    for partner in context.partners:
        if "status" in context.policy.fields:
            yield from _conflict(context, partner)
        for entry in partner.entries:
            yield from _deactivated(context, partner, entry)


def _conflict(context: Context, partner: Partner) -> Iterator[Finding]:
    telling = [entry for entry in partner.entries if entry.status not in {None, ConnectionStatus.UNKNOWN}]
    # Several records of one account are judged by the liveliest, or each duplicate would be a conflict.
    best: dict[str, Entry] = {}
    for entry in telling:
        held = best.get(entry.account.label)
        if held is None or _rank(entry) < _rank(held):
            best[entry.account.label] = entry
    statuses = {entry.status for entry in best.values()}
    if len(statuses) < 2:
        return
    ended = ConnectionStatus.ENDED in statuses and statuses & _GOES_ON
    said = ", ".join(f"{status_of(entry)[0]} on {entry.account}" for entry in best.values())
    yield from context.finding(
        "ended-here-active-there" if ended else "status-conflict",
        f"{partner.name!r} is {said}.",
        best.values(),
        partner=partner,
        value=status_of,
        field="status",
    )


def _rank(entry: Entry) -> tuple[int, str]:
    return (LIVELIEST.index(entry.status) if entry.status is not None else len(LIVELIEST), entry.key)


def _deactivated(context: Context, partner: Partner, entry: Entry) -> Iterator[Finding]:
    organization = entry.organization
    if organization is None or organization.status is not OrganizationStatus.DEACTIVATED:
        return
    if entry.connections and entry.status in LIVE:
        yield from context.finding(
            "organization-deactivated",
            f"{entry.account} has deactivated {partner.name!r}, but the connection with it is {entry.status.value}.",
            (entry,),
            partner=partner,
            value=lambda one: (status_of(one)[0], organization.status_native),
            field="status",
        )


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
    words = [one.status_native for one in entry.connections if one.status is ConnectionStatus.UNKNOWN]
    organization = entry.organization
    if not entry.connections:
        words += [entry.status_native] if entry.status is ConnectionStatus.UNKNOWN else []
    elif organization is not None and organization.status is OrganizationStatus.UNKNOWN:
        words += filter(None, [told_word(organization.status_native)])  # the connection says a status
    return dict.fromkeys(map(told_word, words))


def _advice(word: str | None) -> str:
    if word is None:
        return ""
    others = ", ".join(f'"{status}"' for status in STATUSES if status is not ConnectionStatus.ACTIVE)
    line = f'{json.dumps(word, ensure_ascii=False)} = "{ConnectionStatus.ACTIVE}"'  # JSON's texts are TOML's too
    return f" Say what it means, below [statuses] in the policy: {line} (or {others})."
