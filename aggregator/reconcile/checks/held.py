"""A partner as one account holds it: once, or several times, and then which of its records is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final

from aggregator.reconcile.entries import Account, Entry
from aggregator.reconcile.reconciliation import Partner

_NAMED: Final = 3


def by_account(partner: Partner) -> Iterator[tuple[Entry, ...]]:
    """Yield what each account has of a partner: a sentence about both must hold for all of it, and is said once."""
    held: dict[Account, list[Entry]] = defaultdict(list)
    for entry in partner.entries:
        held[entry.account].append(entry)
    return map(tuple, held.values())


def told_as(partner: Partner, entries: Collection[Entry]) -> str:
    """Return which records of one account are meant, " as 'Ash Ltd' (7)"; nothing where it has no others."""
    account = next(iter(entries)).account
    if len(entries) == sum(entry.account == account for entry in partner.entries):
        return ""
    named = [f"{entry.name!r} ({entry.id})" for entry in entries]
    more = f" and {len(named) - _NAMED:,} more" if len(named) > _NAMED else ""
    return f" as {', '.join(named[:_NAMED])}{more}"
