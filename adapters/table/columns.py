"""Which column of a table holds what: given by the user, or guessed from its heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from aggregator.errors import ConfigurationError
from aggregator.reconcile.profiles import folded

# What a column can hold, with the headings by which it is known, best first; without case, accents and punctuation.
HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (
        "id", "partner id", "supplier id", "vendor id", "retailer id", "brand id", "merchant id", "customer id",
        "organization id", "organisation id", "company id", "record id", "uuid", "key", "a id", "b id", "nr", "no",
    ),
    "name": (
        "name", "company", "company name", "partner", "partner name", "organization", "organisation",
        "organization name", "organisation name", "business name", "business", "legal name", "supplier",
        "supplier name", "vendor", "vendor name", "retailer", "retailer name", "brand name", "customer",
        "customer name", "title", "firma", "firmenname", "nom", "raison sociale", "nombre", "razon social",
        "ragione sociale", "naam", "bedrijfsnaam",
    ),
    "aliases": ("aliases", "alias", "also known as", "aka", "trading as", "trade name", "dba", "brand", "other names"),
    "role": ("role", "partner type", "partner role", "type", "org type", "side"),
    "status": ("status", "state of relation", "connection status", "partner status"),
    "website": ("website", "web site", "url", "web", "homepage", "domain", "site", "webseite", "site web", "sitio web"),
    "email": ("email", "e mail", "mail", "email address", "e mail address", "contact email"),
    "phone": (
        "phone", "telephone", "phone number", "telephone number", "tel", "mobile", "telefon", "telefono",
        "contact phone",
    ),
    "contact": ("contact", "contact name", "contact person", "ansprechpartner", "account manager"),
    "street": (
        "street", "address", "street address", "address line 1", "address1", "address 1", "line1", "addr", "strasse",
        "rue", "calle", "via",
    ),
    "street2": ("street2", "address line 2", "address2", "address 2", "line2", "suite"),
    "city": ("city", "town", "ort", "stadt", "ville", "ciudad", "citta"),
    "region": ("region", "state", "province", "county", "bundesland"),
    "postal_code": (
        "postal code", "postalcode", "postcode", "post code", "zip", "zip code", "zipcode", "plz", "code postal", "cap",
    ),
    "country": ("country", "country code", "land", "pays", "pais", "paese"),
    "account_number": (
        "account number", "account no", "account nr", "account", "supplier number", "vendor number",
        "customer number", "retailer identifier", "kundennummer", "lieferantennummer", "numero de compte",
    ),
    "reference": ("reference", "external id", "erp id", "our reference"),
    "vat": ("vat", "vat number", "vat id", "ust id", "ust idnr", "tva", "partita iva"),
    "tax_id": ("tax id", "tax number", "ein", "tin"),
    "duns": ("duns", "duns number", "d u n s"),
    "gln": ("gln",),
    "lei": ("lei",),
    "created_at": ("created at", "created", "created on", "since", "start date"),
}  # fmt: skip


def choose_columns(headings: Sequence[str], given: Mapping[str, str], where: str) -> dict[str, int]:
    """Return the number of the column that holds each field, as given, and guessed for fields that were not.

    Args:
        headings: The first row of the table.
        given: Field and heading; they are never guessed otherwise.
        where: The table's name, for messages.

    Raises:
        ConfigurationError: A field or heading that was given is not known, or no column looks like a name.
    """
    known = [folded(heading) for heading in headings]
    chosen: dict[str, int] = {}
    for field, heading in given.items():
        _require(field, HEADINGS, f"{where}: a table has no field {field!r}")
        if folded(heading) not in known:
            _require(heading, headings, f"{where} has no column {heading!r}")
        chosen[field] = known.index(folded(heading))
    for field, words in HEADINGS.items():
        free = (word for word in words if word in known and known.index(word) not in chosen.values())
        word = next(free, None)
        if field not in chosen and word is not None:
            chosen[field] = known.index(word)
    if "name" not in chosen:
        shown = ", ".join(repr(heading) for heading in headings[:20]) or "none"
        raise ConfigurationError(
            f"{where} has no column that looks like a partner's name; its columns are {shown}.",
            hint="Its first row must be headings, one of them 'name'; or say which it is: name=HEADING.",
        )
    return chosen


def looks_like(headings: Sequence[str]) -> int:
    """Return how many of these headings are known: the higher, the likelier they were split in the right places."""
    words = {word for words in HEADINGS.values() for word in words}
    return sum(folded(heading) in words for heading in headings)


def _require(word: str, known: Sequence[str] | Mapping[str, object], message: str) -> None:
    if word not in known:
        close = get_close_matches(word, list(known), n=1)
        meant = f"Did you mean {close[0]!r}? " if close else ""
        raise ConfigurationError(f"{message}.", hint=f"{meant}There are: {', '.join(known)}.")
