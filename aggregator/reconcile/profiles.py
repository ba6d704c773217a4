"""From entries to what the matcher reads: every field that can tell whose a record is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from aggregator.model import Address, Contact, Organization, Role
from aggregator.reconcile.entries import TABLE, Entry
from aggregator.reconcile.folding import folded
from aggregator.reconcile.matching import Person, PostalAddress, Profile
from aggregator.reconcile.matching.reading.phones import phone_parts

OUR_NUMBER: Final = "account number"
THEIR_NUMBER: Final = "their account number for us"

_READ_APART: Final = frozenset({"slug", "account_number"})

# Given to a business by others than the platform, so that even two records of one platform can share or contradict.
_PUBLIC: Final = frozenset({"vat", "tax_id", "duns", "gln", "lei"})

_BETWEEN: Final = re.compile(r"\s*[;|,\n]\s*|\s+/\s+")
"""What parts several addresses in one field."""

_MARKS: Final = frozenset(";|,\n/")


def parts_of(text: str | None) -> tuple[str, ...]:
    """Return the addresses of which there may be several in one field."""
    if not text:
        return ()
    return (text,) if _MARKS.isdisjoint(text) else tuple(filter(None, _BETWEEN.split(text.strip())))


def profiles(entries: Sequence[Entry]) -> list[Profile]:
    """Return a profile of each entry, in their order, with the entry's key."""
    schemes = _shared_schemes(entries)
    staff = _staff(entries)
    return [_profile(entry, schemes, staff) for entry in entries]


def _profile(entry: Entry, schemes: frozenset[str], staff: frozenset[tuple[str, str]]) -> Profile:
    organization = entry.organization
    if organization is None:
        # Matching one of two businesses would be a guess.
        return Profile(key=entry.key, source=entry.account.label)
    people = tuple(_person(contact) for contact in entry.contacts)
    # A manager's e-mail address leads to an agency or the platform as often as to the partner: the name is all we take.
    managers = tuple(
        Person(name=one.name) for one in entry.managers if one.name and (entry.account.label, one.name) not in staff
    )
    identifiers: Iterable[Any] = dict.fromkeys(list(_identifiers(entry, organization, schemes)))
    addresses: Iterable[Any] = () if organization.address is None else (_address(organization.address),)
    everybody: Iterable[Any] = dict.fromkeys((*people, *managers))
    return Profile(
        key=entry.key,
        source=entry.account.label,
        name=entry.name,
        aliases=_aliases(organization),
        websites=parts_of(organization.website),
        emails=parts_of(organization.email),
        phones=[part for phone in entry.phones for part in phone_parts(phone)],
        addresses=addresses,
        people=everybody,
        identifiers=identifiers,
        role=side_of(entry.role),
        country=None if organization.address is None else organization.address.country,
    )


def side_of(role: Role | None) -> str | None:
    """Return which side of the trade a role is; a tenant of a platform may be on either, which contradicts nobody."""
    return None if role not in {Role.RETAILER, Role.SUPPLIER} else str(role)


def _aliases(organization: Organization) -> tuple[str, ...]:
    slugs = (one.value.replace("-", " ").replace("_", " ") for one in organization.identifiers if one.scheme == "slug")
    return distinct_aliases(organization.name or "", (*organization.aliases, *slugs))


def said_names(entry: Entry) -> tuple[str, ...]:
    """Return what an entry's partner is called, its name first, then the aliases that say more."""
    aliases = () if entry.organization is None else entry.organization.aliases
    return (entry.name, *distinct_aliases(entry.name, aliases))


def distinct_aliases(name: str, aliases: Iterable[str]) -> tuple[str, ...]:
    """Return the aliases that say more than the name, each once."""
    known = {folded(name)}
    kept = []
    for alias in aliases:
        if folded(alias) not in known:
            known.add(folded(alias))
            kept.append(alias)
    return tuple(kept)


def _identifiers(entry: Entry, organization: Organization, schemes: frozenset[str]) -> Iterator[tuple[str, str]]:
    for number in entry.account_numbers:
        yield OUR_NUMBER, number
    for number in entry.partners_account_numbers:
        yield THEIR_NUMBER, number
    for identifier in organization.identifiers:
        if identifier.scheme in schemes and identifier.value.strip():
            yield identifier.scheme, identifier.value.strip()


def _shared_schemes(entries: Sequence[Entry]) -> frozenset[str]:
    """Schemes that several platforms know: one platform's own ids only tell its own records apart, which they are."""
    known: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for identifier in () if entry.organization is None else entry.organization.identifiers:
            known[identifier.scheme].add(entry.account.label if entry.account.vendor == TABLE else entry.account.vendor)
    return frozenset(scheme for scheme, vendors in known.items() if len(vendors) > 1) - _READ_APART | _PUBLIC


def _staff(entries: Sequence[Entry]) -> frozenset[tuple[str, str]]:
    """Account managers whom an account shows at more than one partner, with the account's label."""
    held = Counter(
        (entry.account.label, name) for entry in entries for name in {one.name for one in entry.managers if one.name}
    )
    return frozenset(one for one, count in held.items() if count > 1)


def _person(contact: Contact) -> Person:
    return Person(name=contact.name, email=contact.email)


def _address(address: Address) -> PostalAddress:
    street = " ".join(line for line in (address.line1, address.line2) if line)
    return PostalAddress(
        street=street or None,
        city=address.city,
        region=address.region,
        postcode=address.postal_code,
        country=address.country,
    )
