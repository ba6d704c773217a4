"""One business held twice, one number for two businesses, and records that belong nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from aggregator.reconcile.checks.context import Context, status_of
from aggregator.reconcile.entries import Entry
from aggregator.reconcile.finding import Finding


def check_sameness(context: Context) -> Iterator[Finding]:
    """Yield duplicates, reused account numbers, rows that could not be read and connections without a side."""
    for partner in context.partners:
        held: dict[str, list[Entry]] = defaultdict(list)
        for entry in partner.entries:
            held[entry.account.label].append(entry)
        for entries in held.values():
            if len(entries) > 1:
                names = ", ".join(f"{entry.name!r} ({entry.id})" for entry in entries)
                message = f"{entries[0].account} holds {partner.name!r} {len(entries)} times: {names}."
                yield from context.find("duplicate", message, entries, partner=partner, value=status_of)
    yield from _reused_numbers(context)
    for pair in context.numberings.apart:
        yield from context.find("numbered-apart", f"{pair}.", accounts=pair.labels)
    yield from _gone(context)
    for view in context.views:
        for row in view.rejected:
            message = f"A row of {view.account} could not be read: {row}."
            yield from context.find("unreadable-record", message, accounts=(view.account.label,))
        for entry in view.entries:
            if entry.organization is None:
                message = f"{view.account} does not say which of {entry.name!r} is the partner."
                yield from context.find("side-unknown", message, (entry,))


def _gone(context: Context) -> Iterator[Finding]:
    for gone in context.gone:
        why = gone.ruling.why
        yield from context.find("decision-without-record", f"{gone}.", evidence=(why,) if why else ())


def _reused_numbers(context: Context) -> Iterator[Finding]:
    """A number of ours stands for one partner, on whatever account; the partner's numbers for us may well repeat."""
    used: dict[tuple[int, str], list[Entry]] = defaultdict(list)
    for entry in context.entries.values():
        for number in entry.account_numbers:
            used[context.numberings.of(entry.account.label), number].append(entry)
    for (_, number), entries in used.items():
        partners = dict.fromkeys(context.home[entry.key].id for entry in entries)
        if len(partners) > 1:
            names = ", ".join(f"{entry.name!r} on {entry.account}" for entry in entries)
            yield from context.find(
                "account-number-reused",
                f"The account number {number!r} stands for {len(partners)} partners: {names}.",
                entries,
                value=lambda entry: (", ".join(entry.account_numbers), None),
                field="account-number",
            )
