"""Headings that are known but for what stands around the word: "Phone 1", "City/Town", "Name (required)"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Final

from adapters.table.fields import REGISTERED
from adapters.table.headings.partners import BRANDS, ORGANIZATIONS, PARTNERS, PLURALS, SINGULARS, STAFF, THIRD_PARTIES
from adapters.table.headings.words import CODES, FOR_WANT, HEADINGS, plain, written

_DETAILS: Final = frozenset(
    ("website", "email", "phone", "contact", "street", "street2", "city", "region", "postal_code", "country",
     *REGISTERED)
)  # fmt: skip
"""Fields of which it does not matter whose they are said to be: of a partner's names and numbers it does."""

_SEVERAL: Final = _DETAILS - {"street2"}
"""Fields of which the first may be numbered; "Partner 1" might be a partner."""

_OTHERWISE: Final = frozenset({"site", "via", "cap"})
"""Words that mean something else beside a name: an Oracle "Vendor Site" is a place."""

# "Buyer Email" may be one's own buyer's, and "Manufacturer Country" says where goods are from.
_PARTNERS: Final = PARTNERS - STAFF - THIRD_PARTIES

_WHOSE: Final = _PARTNERS | ORGANIZATIONS | frozenset(map(plain, (
    "billing", "bill", "bill to", "mailing", "postal", "physical", "registered", "registered office", "legal", "office",
    "head office", "headquarters", "hq", "main", "primary", "default", "default address", "primary address",
    "physical address",
    "main address", "billing address", "registered address", "address", "address 1", "address1",
    "work", "corporate", "official", "general", "store", "shop", "storefront",
    "insured", "sponsor", "donor", "grantee", "member", "institution", "school", "facility", "contact",
    "contact person", "primary contact", "main contact",
    "rechnung", "rechnungs", "adresse", "hauptsitz", "zentrale", "allgemein", "ansprechpartner",
    "facturation", "siège", "siège social", "facturación", "fiscal", "fatturazione", "sede", "sede legale", "kontakt",
    "faktura", "klienta", "kontrahenta", "firmy", "cari",
)))  # fmt: skip
"""Whose or which address, telephone and so on it is: the only one of a list is the partner's."""

_OF: Final = frozenset(
    ("of", "of the", "du", "de", "de la", "de l", "del", "do", "da", "di", "della", "dell", "van", "van de", "der",
     "des", "s")
)  # fmt: skip

REMARKS: Final = frozenset(map(plain, (
    "required", "mandatory", "optional", "if any", "if applicable", "if available", "pflicht", "pflichtfeld",
    "erforderlich", "obligatoire", "requis", "facultatif", "obligatorio", "requerido", "opcional", "obrigatório",
    "obbligatorio", "verplicht", "påkrævet", "obligatorisk", "obligatoriskt", "pakollinen", "wymagane", "povinné",
    "zorunlu", "обязательно", "必填", "必須", "필수",
)))  # fmt: skip

_NUMBERED: Final = re.compile(r"^\s*\(?(\d{1,2}|[A-Za-z])[.)]\s+")
_ADDED: Final = re.compile(
    r"(?i)__c$|[↑↓▲▼△▽⇅*]|[\[({](text|string|(var)?char|free text|[^\[({]*\d+ ?(chars?|characters|zeichen)|max\D*\d+"
    r"|\d+)[\])}]"
)
"""Salesforce ends its own fields so; arrows say by what a list was sorted, and brackets how long a text may be."""

_LANGUAGE: Final = re.compile(r" (en|english|latin|local language|roman)$")

_NAME: Final = frozenset(("name", "names"))
_LEGAL: Final = frozenset(("legal", "registered"))
_TRADING: Final = frozenset(("trading", "dba", "trade"))
# Of several, "Suppliers", the cells show whether they are names; "Buyer" may be one's own.
_KINDS: Final = (SINGULARS - STAFF) | BRANDS | (ORGANIZATIONS - PLURALS) | {"beneficiary", "payee"}
_ASIDE: Final = frozenset(
    ("full", "official", "current", "complete", "of", "the", "your", "their", "what", "is", "please", "enter",
     "provide", "give", "in", "english", "en", "local", "language", "latin", "s", "main", "primary", "and", "or", "as",
     "required", "mandatory", "text", "field")
)  # fmt: skip
"""Words beside a kind of partner that leave it a name."""

_APART: Final = re.compile(r"[/|\\\n()\[\]]|\s-\s")
_FIRST: Final = re.compile(r"(.*[^\d\s]) ?0?1")
_LONGEST: Final = 60


def _fields() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    brands = set(HEADINGS["aliases"]).difference(HEADINGS["name"])
    for field, words in (*HEADINGS.items(), *FOR_WANT.items(), ("code", CODES)):
        for word in words:
            if not (field == "name" and word in brands):
                found[word].add(field)
    return {word: frozenset(fields) for word, fields in found.items()}


FIELDS: Final[Mapping[str, frozenset[str]]] = _fields()
"""Every word that is known, with what it may mean."""

_RUN_TOGETHER: Final = {bare: word for word in FIELDS if " " in word and len(bare := word.replace(" ", "")) > 5}
"""Words as databases write them: "COMPANYNAME". Of shorter ones, too many are others."""


@lru_cache(maxsize=16_384)
def loosened(heading: str) -> str:
    """Return the word as which a heading is known that is not known as it is written; empty if there is none.

    Words that are parted by a slash or a bracket must all mean the same.
    """
    text = written(heading)
    if not text or text in FIELDS or len(heading) > _LONGEST:
        return ""
    whole = _RUN_TOGETHER.get(text.replace(" ", "")) or _word(text)
    if whole:
        return whole
    parts = [part for part in map(written, _APART.split(heading)) if part]
    words = [_word(part) for part in parts if part not in REMARKS]
    if words and all(words):
        shared = frozenset.intersection(*(FIELDS[word] for word in words))
        return words[0] if shared else _name_at_length(heading)
    return _undressed(heading) or _name_at_length(heading)


def _undressed(heading: str) -> str:
    """Return the word that is known without what forms and programs add: "1. Name", "Name__c", "Name [9]", "Name ↓"."""
    bare = _ADDED.sub(" ", _NUMBERED.sub("", heading))
    text = _LANGUAGE.sub("", written(bare))
    return text if bare != heading and text in FIELDS else _word(text) if text else ""


def _name_at_length(heading: str) -> str:
    """Return what kind of name a heading asks for in words that say nothing else: "What is your company's legal name?".

    Two kinds of partners without the word for a name may be their role: "Customer/Vendor".
    """
    words = set(written(_ADDED.sub(" ", _NUMBERED.sub("", heading))).split())
    kinds = words & _KINDS
    if not kinds or not words <= _KINDS | _NAME | _ASIDE | _TRADING | _LEGAL:
        return ""
    if not words & _NAME and (len(kinds) > 2 or (len(kinds) == 2 and not kinds & BRANDS)):
        return ""
    if words & _TRADING:
        return "trading name"
    if words & _LEGAL:
        return "legal name"
    return "brand" if kinds <= BRANDS else "company name"


def resembled(heading: str, lacking: Collection[str]) -> str | None:
    """Return which of these fields a heading seems to hold though it is not known, for a person to say."""
    words = [word.rstrip("0123456789") for word in written(heading).split()]
    runs = [" ".join(words[at : at + size]) for size in range(min(len(words), 4), 0, -1) for at in range(len(words))]
    meant = (field for run in runs if run not in _OTHERWISE for field in sorted(FIELDS.get(run, ())))
    return next((field for field in meant if field in _DETAILS and field in lacking), None)


def _word(text: str) -> str:
    """Return the word that is known of a text, without remarks, whose it is, and that it is the first."""
    if text in FIELDS:
        return text
    bare = _without(text, REMARKS)
    for one in bare:
        if one in FIELDS:
            return one
    for one in (text, *bare):
        for rest in (one, *_without_whose(one)):
            first = _FIRST.fullmatch(rest)
            if rest != one and _is_detail(rest, _DETAILS):
                return rest
            if first is not None and _is_detail(first[1], _SEVERAL):
                return first[1]
    return ""


def _is_detail(word: str, fields: frozenset[str]) -> bool:
    return word in FIELDS and FIELDS[word] <= fields and word not in _OTHERWISE


def _without(text: str, others: frozenset[str]) -> list[str]:
    """Return what is left of a text that begins or ends with one of these."""
    words = text.split()
    found = []
    for count in range(1, min(len(words), 4)):
        if " ".join(words[:count]) in others:
            found.append(" ".join(words[count:]))
        if " ".join(words[-count:]) in others:
            found.append(" ".join(words[:-count]))
    return found


def _without_whose(text: str) -> Iterator[str]:
    for rest in _without(text, _WHOSE):
        yield rest
        yield from _without(rest, _OF)
