"""By what a business may be known again where no pair says anything: a platform's id, its name, a web domain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from aggregator.reconcile.checks.abbreviated import as_initials, as_spelled_out, has_initials, letters_spelled_out
from aggregator.reconcile.checks.names import name_everywhere, name_in_letters
from aggregator.reconcile.entries import TABLE, Account, Entry
from aggregator.reconcile.matching.reading.identifiers import registered_number
from aggregator.reconcile.matching.reading.web_and_mail import registrable_domain
from aggregator.reconcile.profiles import said_names
from aggregator.reconcile.reconciliation import Partner

SHARED: Final = 3
"""From so many partners on, a web domain, number or address is an agency's or the platform's, and tells nothing."""

_FEWEST_LETTERS: Final = 3
"""A name of fewer is no sign of a domain, nor a domain of it."""

Holders = Mapping[str, Mapping[tuple[Account, ...], tuple[Entry, ...]]]
"""The entries of each sign, by the accounts that hold their partners: many partners may share a sign, few sets do."""


@frozen(kw_only=True)
class Borne:
    """The signs of one entry.

    Attributes:
        ids: The platform's id of its organization, which other accounts of the platform may show too.
        names: Its names, as all accounts of a house have them.
        called: Its names in letters, as web domains have them.
        domains: Its web domains, in letters too, of its pages and of its addresses.
        numbers: Its LEI and its VAT numbers, of which a business has one a country.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    called: tuple[str, ...]
    domains: tuple[str, ...]
    numbers: tuple[str, ...]


@frozen(kw_only=True)
class Signs:
    """Where each sign is found, and which an entry bears.

    Attributes:
        of: The signs of each entry, by its key.
        ids: Ids of a platform.
        names: Names, as all accounts of a house have them.
        called: Names in letters, as web domains have them.
        domains: Web domains, in letters too, but for those of an agency, which very many partners share.
        numbers: LEIs and VAT numbers, but for those of a tax group.
        initials: Names as they read if a word of them is initials, but for those that no other name spells out.
        spelled_out: The names that spell these out, as they read with initials.
        with_initials: The readings in `initials` of each entry that has any, by its key.
        spelling_out: The readings in `spelled_out` of each entry that has any, by its key.
    """

    of: Mapping[str, Borne]
    ids: Holders
    names: Holders
    called: Holders
    domains: Holders
    numbers: Holders
    initials: Holders
    spelled_out: Holders
    with_initials: Mapping[str, Sequence[str]]
    spelling_out: Mapping[str, Sequence[str]]


def signs_of(partners: Iterable[Partner]) -> Signs:
    """Return the signs of all partners."""
    of: dict[str, Borne] = {}
    ids, names, called, domains, numbers = _Found(), _Found(), _Found(), _Found(), _Found()
    abbreviated = _Abbreviated()
    for partner in partners:
        for entry in partner.entries:
            said = said_names(entry)
            borne = of[entry.key] = _borne(entry, said)
            ids.add(partner, entry, borne.ids)
            names.add(partner, entry, borne.names)
            called.add(partner, entry, borne.called)
            domains.add(partner, entry, borne.domains)
            numbers.add(partner, entry, borne.numbers)
            abbreviated.add(partner, entry, said)
    initials, spelled_out = abbreviated.held()
    return Signs(
        of=of,
        ids=ids.held(),
        names=names.held(),
        called=called.held(),
        domains=domains.held(most=SHARED - 1),
        numbers=numbers.held(most=SHARED - 1),
        initials=initials,
        spelled_out=spelled_out,
        with_initials=_by_entry(initials),
        spelling_out=_by_entry(spelled_out),
    )


def _by_entry(holders: Holders) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for sign, held in holders.items():
        for entries in held.values():
            for entry in entries:
                found[entry.key].append(sign)
    return dict(found)


def _borne(entry: Entry, said: Sequence[str]) -> Borne:
    return Borne(
        ids=tuple(_ids(entry)),
        names=tuple(filter(None, map(name_everywhere, said))),
        called=tuple(name for name in map(name_in_letters, said) if len(name) >= _FEWEST_LETTERS),
        domains=tuple(_domains(entry)),
        numbers=tuple(_numbers(entry)),
    )


def _ids(entry: Entry) -> Iterator[str]:
    """A table's ids are its own: two tables never say of two rows that they are one."""
    if entry.organization is not None and entry.account.vendor != TABLE:
        key = entry.organization.key
        yield f"{key.vendor}:{key.kind}:{key.id}"


def _domains(entry: Entry) -> Iterator[str]:
    website = None if entry.organization is None else entry.organization.website
    for address in (website, *entry.emails):
        domain = registrable_domain(address) if address else None
        name = name_in_letters(domain.partition(".")[0]) if domain else ""
        if len(name) >= _FEWEST_LETTERS:
            yield name


def _numbers(entry: Entry) -> Iterator[str]:
    for identifier in () if entry.organization is None else entry.organization.identifiers:
        if number := registered_number(identifier.scheme, identifier.value):
            yield number


class _Found:
    def __init__(self) -> None:
        self._entries: dict[str, dict[tuple[Account, ...], dict[str, Entry]]] = defaultdict(lambda: defaultdict(dict))
        self._partners: dict[str, set[str]] = defaultdict(set)

    def add(self, partner: Partner, entry: Entry, signs: Iterable[str]) -> None:
        for sign in signs:
            self._entries[sign][partner.accounts][entry.key] = entry
            self._partners[sign].add(partner.id)

    def held(self, most: int | None = None) -> Holders:
        """Where each sign is found, but for signs of more partners than a sign may have."""
        return {
            sign: {accounts: tuple(entries.values()) for accounts, entries in held.items()}
            for sign, held in self._entries.items()
            if most is None or len(self._partners[sign]) <= most
        }


class _Abbreviated:
    """Collects names that may have initials of others, and these others.

    Nearly every name has a short word that could be initials: kept are those of which another name has the words.
    """

    def __init__(self) -> None:
        self._read: list[tuple[Partner, Entry, Sequence[str], str]] = []
        self._known: set[str] = set()

    def add(self, partner: Partner, entry: Entry, said: Sequence[str]) -> None:
        readings = tuple(reading for name in said for reading in as_initials(name))
        self._known.update(readings)
        self._read.append((partner, entry, readings, " ".join(map(letters_spelled_out, said))))

    def held(self) -> tuple[Holders, Holders]:
        """Where each reading of a name with initials is found, and of a name that spells them out."""
        among = {reading.partition(" ")[0] for reading in self._known}
        initials, spelled_out, met = _Found(), _Found(), set[str]()
        for partner, entry, _, letters in self._read:
            # Few names have such letters at all: no others are read again.
            if has_initials(letters, among):
                found = {one for name in said_names(entry) for one in as_spelled_out(name, among)} & self._known
                spelled_out.add(partner, entry, found)
                met |= found
        for partner, entry, readings, _ in self._read:
            initials.add(partner, entry, (reading for reading in readings if reading in met))
        return initials.held(), spelled_out.held()
