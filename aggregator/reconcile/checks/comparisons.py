"""How each field is compared in which accounts may disagree on a partner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import eq
from typing import Final

from attrs import frozen

from aggregator.reconcile.checks.domains import domains_comparable
from aggregator.reconcile.checks.mails import mails_agree
from aggregator.reconcile.checks.names import names_agree, plain_name
from aggregator.reconcile.checks.phones import phones_agree, plain_phone
from aggregator.reconcile.entries import Entry
from aggregator.reconcile.matching.reading.identifiers import numbers_agree, plain_number
from aggregator.reconcile.matching.reading.phones import phone_digits, phone_parts
from aggregator.reconcile.matching.reading.places import plain_postal_code
from aggregator.reconcile.matching.reading.web_and_mail import mail_addresses, registrable_domain
from aggregator.reconcile.profiles import parts_of, said_names


@frozen(kw_only=True)
class Comparison:
    """How one field is compared.

    Attributes:
        code: What is found if it differs.
        words: What it is called in a sentence.
        show: The fields of an entry as they were written.
        parts: The values in one field.
        plain: A value without habits of writing, given a country; "" if it tells nothing.
        agree: Whether two plain values do not contradict.
        comparable: Whether two plain values can contradict at all.
        local: Whether a value is read as of a country: that of its record, else those that its partner may be in.
        shareable: Whether a value that very many partners share tells nothing.
        known_by: By what of it such a value is known again, given a country; None if by its plain value.
        told_as_written: Whether a claim says what was written, for what is compared of it is no value.
        numbered: Whether it is compared only where two accounts take their numbers from one numbering.
    """

    code: str
    words: str
    show: Callable[[Entry], tuple[str, ...]]
    parts: Callable[[str], Iterable[str]] = lambda text: (text,)
    plain: Callable[[str, str | None], str]
    agree: Callable[[str, str], bool] = eq
    comparable: Callable[[str, str], bool] = lambda one, other: True  # noqa: ARG005 - most always can
    local: bool = False
    shareable: bool = False
    known_by: Callable[[str, str | None], str] | None = None
    told_as_written: bool = False
    numbered: bool = False


def _websites(entry: Entry) -> tuple[str, ...]:
    return () if entry.organization is None else _said(entry.organization.website)


def _post_codes(entry: Entry) -> tuple[str, ...]:
    address = None if entry.organization is None else entry.organization.address
    return () if address is None else _said(address.postal_code)


def _said(*values: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value and value.strip()))


COMPARISONS: Final[Mapping[str, Comparison]] = {
    "name": Comparison(
        code="name-conflict",
        words="name",
        show=lambda entry: _said(*said_names(entry)),
        plain=lambda text, _: text if plain_name(text) else "",
        agree=names_agree,
        told_as_written=True,
    ),
    "website": Comparison(
        code="website-conflict",
        words="web domain",
        show=_websites,
        parts=parts_of,
        plain=lambda text, _: registrable_domain(text) or "",
        comparable=domains_comparable,
        shareable=True,
    ),
    "phone": Comparison(
        code="phone-conflict",
        words="telephone number",
        show=lambda entry: _said(*entry.phones),
        parts=phone_parts,
        plain=plain_phone,
        agree=phones_agree,
        local=True,
        shareable=True,
        known_by=lambda text, region: phone_digits(text, region)[1],
    ),
    "contact": Comparison(
        code="contact-conflict",
        words="contact",
        show=lambda entry: _said(*entry.emails),
        parts=mail_addresses,
        plain=lambda text, _: text,
        agree=mails_agree,
        shareable=True,
    ),
    "address": Comparison(
        code="address-conflict",
        words="postal code",
        show=_post_codes,
        plain=lambda text, _: plain_postal_code(text),
    ),
    "account-number": Comparison(
        code="account-number-conflict",
        words="account number",
        show=lambda entry: entry.account_numbers,
        plain=lambda text, _: plain_number(text),
        agree=numbers_agree,
        numbered=True,
    ),
}
