"""Where accounts disagree on what a partner is called and how to reach it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations, product

from aggregator.reconcile.checks.comparisons import COMPARISONS, Comparison
from aggregator.reconcile.checks.context import Context
from aggregator.reconcile.checks.phones import region_of
from aggregator.reconcile.checks.signs import SHARED
from aggregator.reconcile.entries import Entry
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.matching.reading.phones import phone_parts
from aggregator.reconcile.matching.reading.places import plain_country
from aggregator.reconcile.reconciliation import Partner


def compare_fields(context: Context) -> Iterator[Finding]:
    """Yield the fields in which two accounts have nothing in common, of the fields that the policy compares."""
    several = [partner for partner in context.partners if len(partner.accounts) > 1]
    for field in context.policy.fields:
        if several and field in COMPARISONS and context.policy.severity(COMPARISONS[field].code) is not None:
            how = COMPARISONS[field]
            common = _held_by_many(context, how) if how.shareable else frozenset()
            for partner in several:
                yield from _compare(context, partner, field, how, common)


def _held_by_many(context: Context, how: Comparison) -> frozenset[str]:
    """What very many partners hold, as it is known again."""
    holders: dict[str, set[str]] = defaultdict(set)
    for partner in context.partners:
        homes = _homes(partner) if how.local else ()
        for entry in partner.entries:
            for part in _parts(entry, how):
                for value in _known_by(part, how, _places(entry, homes)):
                    holders[value].add(partner.id)
    return frozenset(value for value, partners in holders.items() if len(partners) >= SHARED)


def _country(entry: Entry) -> str | None:
    address = None if entry.organization is None else entry.organization.address
    country = plain_country((address and address.country) or "")
    return country.upper() if len(country) == len("de") else None


def _compare(
    context: Context, partner: Partner, field: str, how: Comparison, common: frozenset[str]
) -> Iterator[Finding]:
    homes = _homes(partner) if how.local else ()
    read = partial(_read, how=how, homes=homes, common=common)
    said: dict[str, list[Entry]] = defaultdict(list)
    values: dict[str, set[str]] = defaultdict(set)
    for entry in partner.entries:
        if found := read(entry):
            said[entry.account.label].append(entry)
            values[entry.account.label] |= found
    apart = [
        pair
        for pair in combinations(values, 2)
        if _comparable(context, how, pair) and not _agree(how, values[pair[0]], values[pair[1]])
    ]
    if not apart:
        return
    labels = [label for label in values if any(label in pair for pair in apart)]
    entries = [entry for label in labels for entry in said[label]]
    whose = "its" if len(labels) == 2 else "all its"
    words = "; ".join(f"{', '.join(how.show(entry))} on {entry.account}" for entry in entries)
    yield from context.finding(
        how.code,
        f"{partner.name!r} has no {how.words} on which {whose} accounts agree: {words}.",
        entries,
        partner=partner,
        value=lambda entry: (_told(entry, how, homes), ", ".join(how.show(entry))),
        field=field,
    )


def _comparable(context: Context, how: Comparison, pair: tuple[str, str]) -> bool:
    """Whether two accounts speak of the same thing: each may have account numbers of its own."""
    numbering = context.numberings.of
    return not how.numbered or numbering(pair[0]) == numbering(pair[1])


def _read(entry: Entry, *, how: Comparison, homes: Sequence[str], common: frozenset[str]) -> frozenset[str]:
    """The telling values of an entry."""
    places = _places(entry, homes)
    telling = (part for part in _parts(entry, how) if common.isdisjoint(_known_by(part, how, places)))
    return frozenset(value for part in telling for place in places if (value := how.plain(part, place)))


def _parts(entry: Entry, how: Comparison) -> Iterator[str]:
    return (part for text in how.show(entry) for part in how.parts(text))


def _places(entry: Entry, homes: Sequence[str]) -> Sequence[str | None]:
    """The countries that an entry's values are read in: its own, else each that its partner may be in."""
    own = _country(entry)
    return (own,) if own else homes or (None,)


def _known_by(part: str, how: Comparison, places: Iterable[str | None]) -> set[str]:
    """By what a value is known again at other partners, wherever these are."""
    known_by = how.known_by or how.plain
    return {value for place in places if (value := known_by(part, place))}


def _told(entry: Entry, how: Comparison, homes: Sequence[str]) -> str:
    """What an entry says, as it is compared."""
    if how.told_as_written:
        return ", ".join(how.show(entry))
    place = _places(entry, homes)[0]
    return ", ".join(sorted({value for part in _parts(entry, how) if (value := how.plain(part, place))}))


def _homes(partner: Partner) -> tuple[str, ...]:
    """The countries of a partner: of its addresses, else of the numbers that are written with a country code.

    A free number that is written with a country code may be another country's.
    """
    countries = {_country(entry) for entry in partner.entries} - {None}
    phones = (phone for entry in partner.entries for text in entry.phones for phone in phone_parts(text))
    return tuple(sorted(one for one in (countries or set(map(region_of, phones))) if one))


def _agree(how: Comparison, mine: set[str], theirs: set[str]) -> bool:
    """Whether any two values are one, or none can contradict another."""
    if any(how.agree(one, other) for one, other in product(mine, theirs)):
        return True
    return not any(how.comparable(one, other) for one, other in product(mine, theirs))
