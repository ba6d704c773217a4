"""One business held twice, one number for two businesses, and records that belong nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from aggregator.model import Role
from aggregator.reconcile.checks.context import Context, status_of
from aggregator.reconcile.checks.held import by_account
from aggregator.reconcile.entries import Entry
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.matching.reading.identifiers import plain_number
from aggregator.reconcile.wording import counted

_SIDES: Final = (Role.RETAILER, Role.SUPPLIER)


def check_sameness(context: Context) -> Iterator[Finding]:
    """Yield duplicates, reused account numbers, rows that could not be read and connections without a side."""
    for partner in context.partners:
        for entries in by_account(partner):
            if len(entries) > 1:
                names = ", ".join(f"{entry.name!r} ({entry.id})" for entry in entries)
                message = f"{entries[0].account} holds {partner.name!r} {len(entries)} times: {names}."
                yield from context.finding("duplicate", message, entries, partner=partner, value=status_of)
    yield from _reused_numbers(context)
    for pair in context.numberings.apart:
        yield from context.finding("numbered-apart", f"{pair}.", accounts=pair.labels)
    yield from _gone(context)
    for view in context.views:
        for row in view.rejected:
            message = f"A row of {view.account} could not be read: {row}."
            yield from context.finding("unreadable-record", message, accounts=(view.account.label,))
        if more := view.rejected_but_not_kept:
            message = f"{counted(more, 'more row')} of {view.account} could not be read."
            yield from context.finding("unreadable-record", message, accounts=(view.account.label,))
        for entry in view.entries:
            if entry.organization is None:
                yield from context.finding("side-unknown", _without_side(entry), (entry,))


def _gone(context: Context) -> Iterator[Finding]:
    for gone in context.gone:
        why = gone.ruling.why
        yield from context.finding("decision-without-record", f"{gone}.", evidence=(why,) if why else ())


def _reused_numbers(context: Context) -> Iterator[Finding]:
    """A number of ours stands for one partner, on whatever account; the partner's numbers for us may well repeat."""
    used: dict[tuple[int, str], list[Entry]] = defaultdict(list)
    for entry in context.entries.values():
        for number in dict.fromkeys(map(plain_number, entry.account_numbers)):
            used[context.numberings.of(entry.account.label), number].append(entry)
    for (_, number), entries in used.items():
        count = len({context.home[entry.key].id for entry in entries})
        if count > 1:
            names = ", ".join(f"{entry.name!r} on {entry.account}" for entry in entries)
            ours = (one for entry in entries for one in entry.account_numbers)
            written = " or ".join(dict.fromkeys(repr(one) for one in ours if plain_number(one) == number))
            yield from context.finding(
                "account-number-reused",
                f"The account number {written} stands for {count} partners: {names}.",
                entries,
                value=lambda entry: (", ".join(entry.account_numbers), None),
                field="account-number",
            )


def _without_side(entry: Entry) -> str:
    """Say of a connection what it does not say of its two businesses."""
    (connection,) = entry.connections
    where = f"The connection {connection.id!r} of {entry.account}"
    if connection.own_role is not None:
        return f"{where} names no {connection.own_role.counterpart}, who is the partner."
    if len(entry.sides) == len(_SIDES):
        return f"{entry.account} does not say which of {entry.name!r} is the partner."
    if entry.sides:
        return f"{where} names {entry.name!r} alone, and not whether that is the partner."
    return f"{where} names neither {' nor '.join(_SIDES)}."
