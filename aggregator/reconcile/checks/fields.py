"""Where accounts disagree on what a partner is called and how to reach it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import Final

from attrs import frozen

from aggregator.reconcile.checks.context import Context
from aggregator.reconcile.entries import Entry
from aggregator.reconcile.finding import Finding
from aggregator.reconcile.matching.columns import registrable_domain
from aggregator.reconcile.profiles import folded
from aggregator.reconcile.reconciliation import Partner


@frozen(kw_only=True)
class Comparison:
    """How one field is compared.

    Attributes:
        code: What is found if it differs.
        words: What it is called in a sentence.
        read: The values of an entry in a form in which equal means the same; empty if nothing is said.
        show: The values as they were written.
    """

    code: str
    words: str
    read: Callable[[Entry], frozenset[str]]
    show: Callable[[Entry], tuple[str, ...]]


def _names(entry: Entry) -> tuple[str, ...]:
    aliases = () if entry.organization is None else entry.organization.aliases
    return tuple(name for name in (entry.name, *aliases) if name)


def _websites(entry: Entry) -> tuple[str, ...]:
    site = None if entry.organization is None else entry.organization.website
    return (site,) if site else ()


def _domains(entry: Entry) -> frozenset[str]:
    return frozenset(filter(None, map(registrable_domain, _websites(entry))))


def _phones(entry: Entry) -> tuple[str, ...]:
    own = None if entry.organization is None else entry.organization.phone
    return tuple(dict.fromkeys(filter(None, (own, *(contact.phone for contact in entry.contacts)))))


def _digits(entry: Entry) -> frozenset[str]:
    """The last nine digits before any extension: country codes and trunk zeros are written or not."""
    bare = (re.sub(r"\D", "", re.split(r"(?i)ext|x|#", phone, maxsplit=1)[0]) for phone in _phones(entry))
    return frozenset(digits[-9:] for digits in bare if len(digits) >= 7)


def _mails(entry: Entry) -> tuple[str, ...]:
    own = None if entry.organization is None else entry.organization.email
    return tuple(dict.fromkeys(filter(None, (own, *(contact.email for contact in entry.contacts)))))


def _places(entry: Entry) -> tuple[str, ...]:
    address = None if entry.organization is None else entry.organization.address
    said = () if address is None else (address.postal_code, address.country)
    return tuple(part for part in said if part)


def _place(entry: Entry) -> frozenset[str]:
    address = None if entry.organization is None else entry.organization.address
    code = None if address is None else address.postal_code
    return frozenset({folded(code).replace(" ", "")}) if code else frozenset()


def _numbers(entry: Entry) -> frozenset[str]:
    """Numbers without prefix letters, separators and leading zeros, which are written or not."""
    bare = (re.sub(r"[^a-z0-9]", "", number.casefold()) for number in entry.account_numbers)
    return frozenset(re.sub(r"^[a-z]*0*(?=\d)", "", number) for number in bare if number)


COMPARISONS: Final[Mapping[str, Comparison]] = {
    "name": Comparison(
        code="name-conflict",
        words="name",
        read=lambda entry: frozenset(filter(None, map(folded, _names(entry)))),
        show=_names,
    ),
    "website": Comparison(code="website-conflict", words="web domain", read=_domains, show=_websites),
    "phone": Comparison(code="phone-conflict", words="telephone number", read=_digits, show=_phones),
    "contact": Comparison(
        code="contact-conflict",
        words="contact",
        read=lambda entry: frozenset(mail.strip().casefold() for mail in _mails(entry)),
        show=_mails,
    ),
    "address": Comparison(code="address-conflict", words="postal code", read=_place, show=_places),
    "account-number": Comparison(
        code="account-number-conflict",
        words="account number",
        read=_numbers,
        show=lambda entry: entry.account_numbers,
    ),
}


def compare_fields(context: Context) -> Iterator[Finding]:
    """Yield the fields in which two accounts have nothing in common, of the fields that the policy compares."""
    for partner in context.partners:
        if len(partner.accounts) > 1:
            for field in context.policy.fields:
                if field in COMPARISONS:
                    yield from _compare(context, partner, field, COMPARISONS[field])


def _compare(context: Context, partner: Partner, field: str, how: Comparison) -> Iterator[Finding]:
    said: dict[str, list[Entry]] = defaultdict(list)
    for entry in partner.entries:
        if how.read(entry):
            said[entry.account.label].append(entry)
    values = {label: frozenset().union(*map(how.read, entries)) for label, entries in said.items()}
    apart = [pair for pair in combinations(values, 2) if _differ(field, values[pair[0]], values[pair[1]])]
    if not apart:
        return
    labels = [label for label in values if any(label in pair for pair in apart)]
    entries = [entry for label in labels for entry in said[label]]
    words = "; ".join(f"{', '.join(how.show(entry))} on {entry.account}" for entry in entries)
    yield from context.find(
        how.code,
        f"{partner.name!r} has no {how.words} on which its accounts agree: {words}.",
        entries,
        partner=partner,
        value=lambda entry: (", ".join(sorted(how.read(entry))), ", ".join(how.show(entry))),
        field=field,
    )


def _differ(field: str, one: frozenset[str], other: frozenset[str]) -> bool:
    if field != "name":
        return not one & other
    # A name that only says more, such as a legal form, does not contradict.
    mine, theirs = [set(name.split()) for name in one], [set(name.split()) for name in other]
    return not any(a <= b or b <= a for a in mine for b in theirs)
