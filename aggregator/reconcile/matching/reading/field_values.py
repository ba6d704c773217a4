"""What each field of a record says, as it is compared, but for what is nobody's own."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.identifiers import is_filler
from aggregator.reconcile.matching.reading.phones import phone_digits, phone_parts
from aggregator.reconcile.matching.reading.placeholders import placeholders
from aggregator.reconcile.matching.reading.places import plain_country
from aggregator.reconcile.matching.reading.web_and_mail import mail_addresses, registrable_domain

if TYPE_CHECKING:
    from aggregator.reconcile.matching.profile import Profile

_CACHED: Final = 1 << 16


def domains_of(profile: Profile) -> list[str]:
    """Return the web domains of a record and of its mail addresses, but for those that are nobody's own."""
    mails = [*profile.emails, *(person.email for person in profile.people if person.email)]
    found = [registrable_domain(site) for site in profile.websites]
    return [domain for domain in (*found, *map(registrable_domain, mails)) if domain]


def mails_of(profile: Profile) -> list[str]:
    """Return the mail addresses of a record and of its people, but for nobody's."""
    said = (*profile.emails, *(person.email or "" for person in profile.people))
    return [mail for text in said for mail in mail_addresses(text) if not _is_nobodys(mail)]


def _is_nobodys(mail: str) -> bool:
    mailbox, _, domain = mail.rpartition("@")
    nothing = placeholders()
    return mailbox in nothing["mailboxes"] or domain in nothing["domains"]


def phones_of(profile: Profile) -> list[tuple[str, str]]:
    """Return the telephone numbers of a record, each with its country's calling code, as `phone_digits` reads them."""
    country = plain_country(profile.country or "")
    return [phone_digits(part, country) for phone in profile.phones for part in phone_parts(phone)]


def countries_of(profile: Profile) -> list[str]:
    """Return the countries that a record and its addresses say, each by its two letters where it is known."""
    said = (profile.country, *(address.country for address in profile.addresses))
    return [plain_country(country) for country in said if country]


_ANYWHERE: Final = frozenset(
    {"ai", "am", "be", "cc", "co", "eu", "fm", "gg", "io", "la", "ly", "me", "sh", "to", "tv", "ws"}
)
"""Endings of a country that are registered for their looks, or of no one country."""


@cache
def _calling_code(region: str) -> str:
    import phonenumbers  # noqa: PLC0415 - heavy, and most lists have no phones

    code = phonenumbers.country_code_for_region(plain_country(region).upper())
    return str(code) if code else ""


def nations_of(profile: Profile) -> list[str]:
    """Return the calling codes of the countries that phones, web and e-mail domains and addresses place a record in.

    A number of no country ("+49 800 ...", a call centre) and an ending of no country (".com", ".io") place it nowhere.
    """
    endings = [domain.rsplit(".", 1)[-1] for domain in domains_of(profile)]
    said = [country for country in countries_of(profile) if len(country) == 2]
    local = [ending for ending in endings if len(ending) == 2 and ending not in _ANYWHERE]
    found = [*map(_dialled, profile.phones), *map(_calling_code, local), *map(_calling_code, said)]
    return [code for code in found if code]


def _dialled(phone: str) -> str:
    import phonenumbers  # noqa: PLC0415 - heavy, and most lists have no phones

    text = re.sub(r"\(0\)|[^0-9+]", "", phone[:60])
    digits = text[1:] if text.startswith("+") else text[2:] if text.startswith("00") else ""
    known = (digits[:size] for size in (1, 2, 3) if digits[:size].isdigit())
    code = next((code for code in known if int(code) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE), "")
    within = digits[len(code) :]
    if code and within.startswith("0") and _trunk_zero(code):
        within = within[1:]
    return "" if within.startswith("800") else code


@cache
def _trunk_zero(code: str) -> bool:
    """Whether numbers of a country have a zero in front within it, which some write behind its calling code, too."""
    import phonenumbers  # noqa: PLC0415 - heavy, and most lists have no phones

    region = phonenumbers.region_code_for_country_code(int(code))
    return bool(phonenumbers.ndd_prefix_for_region(region, True) == "0")


def identifiers_of(profile: Profile) -> list[tuple[str, str]]:
    """Return the numbers of a record with their schemes, but for those that fill up a field."""
    return [(scheme, value) for scheme, value in profile.identifiers if not is_filler(value)]


def people_of(profile: Profile) -> list[str]:
    """Return the folded names of a record's people, but for whoever is on duty."""
    return [name for person in profile.people if person.name and (name := _plain_person(person.name))]


_REMARKED: Final = re.compile(r"\([^)]*\)|\[[^]]*\]")
_AFTER_NAME: Final = re.compile(
    r",\s*(?:c[eftio]o|m\.?d|ph\.?d|mba|cpa|esq|jr|sr|director|manager|owner|president)\b.*", re.IGNORECASE
)
_TITLES: Final = frozenset(
    {"dr", "dipl", "frau", "hr", "herr", "ing", "madame", "miss", "mme", "mr", "mrs", "ms", "prof", "sig", "sra", "sr"}
)


@lru_cache(maxsize=_CACHED)
def _plain_person(text: str) -> str:
    """A person's name folded, in whichever order and without titles; "" for whoever is on duty: a desk is nobody's.

    "Holm, Mette", "Ms. Mette Holm" and "Mette Holm (Sales)" are one.
    """
    (whole,) = fold_names([text])
    nothing = placeholders()
    if whole in nothing["desks"] or whole in nothing["words"]:
        return ""
    (name,) = fold_names([_AFTER_NAME.sub("", _REMARKED.sub(" ", text))])
    parts = sorted(part for part in name.split() if part not in _TITLES)
    return " ".join(parts) or whole
