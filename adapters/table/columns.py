"""Which column of a table holds what: given by the user, or guessed from its heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from aggregator.errors import ConfigurationError
from aggregator.reconcile.profiles import folded

# What a column can hold, with the headings by which it is known, best first; without case, accents and punctuation.
HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (
        "id", "partner id", "supplier id", "vendor id", "retailer id", "brand id", "merchant id", "customer id",
        "organization id", "organisation id", "company id", "account id", "internal id", "record id", "uuid", "guid",
        "uid", "key", "a id", "b id", "nr", "no", "identifier", "identifiant", "identificador", "identificativo",
        "kunden id", "lieferanten id", "partner nr", "partnernummer", "klant id",
        "bianhao",
    ),
    "name": (
        "company name", "organization name", "organisation name", "business name", "account name", "company",
        "organization", "organisation", "firma", "name", "partner name", "partner", "legal name", "name 1", "name1",
        "registered name", "legal entity name", "entity name", "trading partner", "trading partner name",
        "name adressattyp unternehmen",
        "supplier name", "vendor name", "retailer name", "customer name", "merchant name", "brand name",
        "firmenname", "firmenbezeichnung", "unternehmen", "unternehmensname", "geschaftspartner",
        "kundenname", "lieferantenname", "handlername", "firmierung",
        "raison sociale", "denomination sociale", "denomination", "intitule", "societe", "nom de l entreprise",
        "nom entreprise",
        "nom du client", "nom client", "nom du fournisseur", "nom fournisseur", "entreprise", "nom",
        "razon social", "nombre de la empresa", "nombre empresa", "nombre del cliente", "nombre del proveedor",
        "nombre comercial", "empresa", "nombre", "razao social", "nome da empresa", "nome",
        "ragione sociale", "denominazione", "azienda", "nome azienda", "societa",
        "bedrijfsnaam", "handelsnaam", "bedrijf", "klantnaam", "leveranciersnaam", "naam",
        "firmanavn", "virksomhed", "virksomhedsnavn", "foretag", "foretagsnamn", "namn", "navn", "yritys",
        "nazwa firmy", "nazwa", "nazev firmy", "nazev", "cegnev",
        "business", "supplier", "vendor", "retailer", "merchant", "customer", "client",
        "kunde", "lieferant", "handler", "fournisseur", "proveedor", "cliente", "fornitore", "fornecedor",
        "klant", "leverancier", "kund", "leverantor", "leverandor", "klient", "dostawca",
        "huisheming", "qiyeming", "farenming", "shanghao", "quyinxianming", "quyinxianmingcheng", "shiruxianming",
        "shiruxianmingcheng", "deyixianming", "gukeming", "gongsimingcheng", "qiyemingcheng", "danweimingcheng",
        "gongyingshangmingcheng", "kehumingcheng", "mingcheng", "hoesamyeong", "sanghomyeong", "sangho",
        "geolaecheomyeong", "eobchemyeong", "gogaegmyeong", "gonggeubeobchemyeong", "naimenovanie kontragenta",
        "nazvanie kompanii", "kontragent",
        "nazvanie", "naimenovanie", "kompaniya", "eponymia", "title",
    ),
    "aliases": (
        "aliases", "alias", "also known as", "aka", "trading as", "trading name", "trade name", "doing business as",
        "dba", "brand", "other names", "former name", "legal name", "registered name", "legal entity name",
        "nom commercial", "handelsname", "marke", "marque", "marca", "merk",
    ),
    "role": ("role", "partner type", "partner role", "type", "org type", "side"),
    "status": (
        "status", "state of relation", "connection status", "partner status", "vendor status", "supplier status",
        "customer status", "retailer status", "account status", "company status", "active status", "current status",
        "lieferantenstatus", "kundenstatus", "statut",
    ),
    "website": (
        "website", "web site", "url", "web", "homepage", "domain", "web address", "domains", "websites", "site",
        "webseite", "internet", "internetseite", "internetadresse", "site web", "site internet",
        "sitio web", "pagina web", "sito web", "sito",
        "hemsida", "hjemmeside", "www", "company domain name",
    ),
    "email": (
        "email", "e mail", "mail", "email address", "e mail address", "contact email", "e mail adresse", "courriel",
        "adresse e mail", "adresse mail", "correo electronico", "correo", "posta elettronica", "e mailadres", "e post",
    ),
    "phone": (
        "phone", "telephone", "phone number", "phone no", "telephone number", "tel", "tel no", "mobile", "telefon",
        "telefonnummer",
        "tel nr", "rufnummer", "numero de telephone", "telefono", "telefone", "telefoon", "telefoonnummer", "puhelin",
        "contact phone", "main phone", "business phone", "telf1", "dianhuafanhao", "dianhua", "jeonhwabeonho",
    ),
    "contact": (
        "contact", "contact name", "contact person", "primary contact", "ansprechpartner", "kontakt", "kontaktperson",
        "interlocuteur", "contacto", "persona de contacto", "contatto", "referente", "contactpersoon",
        "account manager",
    ),
    "street": (
        "street", "address", "street address", "address line 1", "address1", "address 1", "line1", "addr",
        "billing street", "billing address", "strasse", "strasse nr", "strasse und hausnummer", "anschrift", "adresse",
        "adresse 1", "rue", "calle", "direccion", "endereco", "via", "indirizzo", "straat", "adres", "gata", "adress",
        "stras", "zhusuo", "suozaide", "dezhi", "juso",
    ),
    "street2": ("street2", "street 2", "address line 2", "address2", "address 2", "line2", "suite", "adresse 2"),
    "city": (
        "city", "town", "billing city", "ort", "stadt", "wohnort", "ville", "commune", "localite", "ciudad",
        "poblacion", "localidad", "municipio", "cidade", "citta", "comune", "localita", "plaats", "woonplaats", "stad",
        "miasto", "mesto", "ort01", "chengshi", "gorod",
    ),
    "region": (
        "region", "state", "state province", "billing state province", "billing state", "province", "county",
        "bundesland", "provincia", "departement", "provincie", "regio",
    ),
    "postal_code": (
        "postal code", "postalcode", "postcode", "post code", "zip", "zip code", "zipcode", "zip postal code",
        "billing zip postal code", "billing postal code", "plz", "postleitzahl", "code postal", "cp", "codigo postal",
        "c p", "cap", "codice postale", "postnummer", "postnr", "kod pocztowy", "psc", "pstlz", "postl code",
        "youbianfanhao", "youbian",
    ),
    "country": (
        "country", "country code", "country region", "billing country", "land", "landercode", "landerkurzel", "pays",
        "code pays", "pais", "paese", "nazione", "kraj", "land1", "country key", "ctry", "guojia",
    ),
    "account_number": (
        "account number", "account no", "account nr", "account", "supplier number", "supplier no", "vendor number",
        "vendor no", "customer number", "customer no", "retailer identifier", "kundennummer", "kundennr", "kunden nr",
        "kd nr", "lieferantennummer", "lieferantennr", "lieferanten nr", "kreditor", "debitor", "kreditorennummer",
        "debitorennummer", "numero de compte", "numero client", "numero fournisseur", "no client", "no fournisseur",
        "numero de cliente", "numero de proveedor", "numero cliente", "numero fornitore", "klantnummer",
        "leveranciersnummer", "kundnummer", "leverantorsnummer", "lief nr", "lifnr", "kunnr",
    ),
    "reference": (
        "reference", "external id", "erp id", "our reference", "referenz", "ref", "referencia", "riferimento",
    ),
    "vat": (
        "vat", "vat number", "vat no", "vat id", "vat registration number", "tax registration number", "ust id",
        "eu ustid",
        "ust idnr", "ust id nr", "ustid", "ustidnr", "umsatzsteuer id", "tva", "numero tva", "n tva",
        "no tva", "ndeg tva", "tva intracommunautaire", "partita iva", "p iva", "piva", "nif iva", "btw nummer",
        "momsnummer", "nip", "stceg",
    ),
    "tax_id": (
        "tax id", "tax number", "ein", "tin", "steuernummer", "siret", "siren", "nif", "cif", "codice fiscale", "stcd1",
        "inn",
    ),
    "duns": ("duns", "duns number", "d u n s"),
    "gln": ("gln",),
    "lei": ("lei",),
    "created_at": ("created at", "created", "created on", "since", "start date", "created date"),
}  # fmt: skip

CODES: Final = (
    "code", "partner code", "supplier code", "vendor code", "retailer code", "customer code", "company code",
    "business partner", "partner", "number", "nummer", "numero", "codigo", "codice", "kod", "supplier", "vendor",
    "retailer", "customer", "lieferant", "kunde", "fournisseur", "proveedor", "fornitore", "klant", "leverancier",
    "code fournisseur", "code client", "codigo proveedor", "codigo cliente", "codice fornitore", "codice cliente",
    "kodo", "quyinxiankodo", "shiruxiankodo", "deyixiankodo", "gukekodo", "bianma", "gongyingshangbianma",
    "gongyingshangbianhao", "kehubianma", "kehubianhao", "eobchekodeu", "geolaecheokodeu",
)  # fmt: skip
"""Headings of a column that tells rows apart only if no two of them hold the same there: else it may be any code.

Beside the name, "Vendor" is the vendor's number.
"""

NAME_GOES_ON: Final = (
    "name 2", "name2", "name 3", "name3", "name 4", "name4", "firma 2", "firma2", "firmenname 2", "namenszusatz",
)  # fmt: skip
"""Headings of columns that hold what of a long name did not fit, as SAP writes it: "Stadtwerke", "München GmbH"."""

_NAME_BEGINS: Final = ("name", "name 1", "name1")

_OF_ONE: Final = " What holds for one of several tables is written TABLE:name=HEADING."

_LONGEST: Final = 60
"""So much of a heading is shown."""

_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")

_FOR_WANT_OF_A_NAME: Final = HEADINGS["aliases"]
"""Headings that hold the name where no other column does: a list of brands."""

MOST_TITLES: Final = 10
"""So many rows above the headings may hold a title and nothing else."""


def choose_columns(headings: Sequence[str], given: Mapping[str, str], where: str, advice: str = "") -> dict[str, int]:
    """Return the number of the column that holds each field, as given, and guessed for fields that were not.

    Args:
        headings: The first row of the table.
        given: Field and heading; they are never guessed otherwise.
        where: The table's name, for messages.
        advice: What else to try where no column looks like a name.

    Raises:
        ConfigurationError: A field or heading that was given is not known, or no column looks like a name.
    """
    known = [plain(heading) for heading in headings]
    chosen: dict[str, int] = {}
    for field, heading in given.items():
        _require(field, HEADINGS, f"{where}: a table has no field {field!r}")
        if plain(heading) not in known:
            _require(heading, headings, f"{where} has no column {heading!r}", _OF_ONE)
        chosen[field] = known.index(plain(heading))
    for field, words in HEADINGS.items():
        at = _known_by(words, known, chosen)
        if field not in chosen and at is not None:
            chosen[field] = at
    if "name" not in chosen and (at := _known_by(_FOR_WANT_OF_A_NAME, known, {})) is not None:
        chosen = {field: place for field, place in chosen.items() if place != at} | {"name": at}
    if "name" not in chosen:
        shown = ", ".join(map(shortened, headings[:20])) or "none"
        raise ConfigurationError(
            f"{where} has no column that looks like a partner's name; its columns are {shown}.",
            hint="Its first row must be headings, one of them 'name'; or say which it is: "
            f"--column name=HEADING{advice}.",
        )
    return chosen


def shortened(heading: str) -> str:
    """Return a heading in quotes, cut where it is so long that it is hardly one."""
    return repr(heading if len(heading) <= _LONGEST else f"{heading[: _LONGEST - 1]}…")


def identifying(headings: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return the numbers of the columns whose headings say that they tell rows apart, and of those that may."""
    known = [plain(heading) for heading in headings]
    return tuple([known.index(word) for word in words if word in known] for words in (HEADINGS["id"], CODES))  # type: ignore[return-value]


def beside(headings: Sequence[str], chosen: Mapping[str, int], given: Mapping[str, str]) -> dict[str, list[int]]:
    """Return the numbers of further columns of a field: of aliases, and of a name that goes on in the next column."""
    known = [plain(heading) for heading in headings]
    words = {"aliases": HEADINGS["aliases"], "name": NAME_GOES_ON}
    if any(word in _NAME_BEGINS and at != chosen["name"] for at, word in enumerate(known)):
        words["name"] = ()  # it is a contact's name that goes on
    found = {
        field: [at for at, word in enumerate(known) if word in words[field] and at not in chosen.values()]
        for field in words
        if field in chosen and field not in given
    }
    return {field: several for field, several in found.items() if several}


def naming(headings: Sequence[str]) -> list[int]:
    """Return the numbers of the columns whose headings say that they may hold the name, best first."""
    known = [plain(heading) for heading in headings]
    return [known.index(word) for word in HEADINGS["name"] if word in known]


def has_a_name(headings: Sequence[str]) -> bool:
    """Whether one of these headings is known to hold a name."""
    known = {plain(heading) for heading in headings}
    return not known.isdisjoint((*HEADINGS["name"], *_FOR_WANT_OF_A_NAME))


def _known_by(words: Iterable[str], known: Sequence[str], chosen: Mapping[str, int]) -> int | None:
    free = (known.index(word) for word in words if word in known and known.index(word) not in chosen.values())
    return next(free, None)


def looks_like(headings: Sequence[str]) -> int:
    """Return how many of these headings are known: the higher, the likelier they were split in the right places.

    One that is repeated counts once: "Vendor, Vendor" is the name of a group of columns.
    """
    words = {word for words in HEADINGS.values() for word in words}
    return len(words.intersection(map(plain, headings)))


def plain(heading: str) -> str:
    """A heading without case, accents and punctuation, "CompanyName" and "company_name" in two words."""
    return folded(_HUMP.sub(" ", heading))


def _require(word: str, known: Sequence[str] | Mapping[str, object], message: str, more: str = "") -> None:
    if word not in known:
        close = get_close_matches(word, list(known), n=1)
        meant = f"Did you mean {close[0]!r}? " if close else ""
        raise ConfigurationError(f"{message}.", hint=f"{meant}There are: {', '.join(known)}.{more}")
