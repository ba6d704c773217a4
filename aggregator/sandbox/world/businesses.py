"""The businesses of a world, with the look-alikes that make matching hard: siblings, namesakes, near names."""

import re
import unicodedata
from datetime import datetime, timedelta
from random import Random

from attrs import evolve

from aggregator.sandbox.chance import seeded
from aggregator.sandbox.world.model import Address, Business, Person
from aggregator.sandbox.world.names import Place, core_name, surname
from aggregator.sandbox.world.vocabulary import Draw, Vocabulary, vocabulary

# The share of the world that has a look-alike of its kind, halved because each event makes a pair.
SIBLINGS, NAMESAKES, NEAR_NAMES, HUBS = 0.055, 0.015, 0.012, 0.001
_STATUSES = Draw.weighted({"active": 78, "pending": 6, "onboarding": 6, "suspended": 4, "ended": 6})


def businesses(count: int, seed: int, as_of: datetime) -> list[Business]:
    """The given number of businesses, the same for the same seed."""
    rng, words = seeded(seed, "businesses"), vocabulary()
    made: list[Business] = []
    while len(made) < count:
        first = _business(rng, words, len(made), as_of)
        made.append(first)
        made.extend(_look_alikes(rng, words, first, len(made), as_of))
    return _with_domains_of_their_own(made[:count])


def _with_domains_of_their_own(made: list[Business]) -> list[Business]:
    """Two businesses that happen to be called the same cannot both own one domain; those of one house may share it."""
    owner: dict[str, str] = {}
    changed = []
    for business in made:
        house = business.parent_id or business.id
        domain, again = business.domain, 1
        while owner.setdefault(domain, house) != house:
            head, _, tail = business.domain.partition(".")
            domain, again = f"{head}-{slug(business.address.city)[:12]}{again if again > 1 else ''}.{tail}", again + 1
        changed.append(business if domain == business.domain else _moved(business, domain))
    return changed


def _moved(business: Business, domain: str) -> Business:
    email = f"{business.contact.email.partition('@')[0]}@{domain}"
    return evolve(business, domain=domain, contact=evolve(business.contact, email=email))


def slug(name: str) -> str:
    """A name as it appears in a domain or a code: ASCII, lower case, no blanks."""
    folded = unicodedata.normalize("NFKD", name.translate(_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", folded.lower()) or "company"


_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "\u0131": "i", "æ": "ae", "&": "and", "đ": "d"}
)


def _business(rng: Random, words: Vocabulary, index: int, as_of: datetime) -> Business:
    country = words.countries.one(rng)
    town = words.towns[country].one(rng)
    core = core_name(rng, words, Place(country=country, town=town))
    return _described(rng, words, index, as_of, core=core, country=country, town=town)


def _described(
    rng: Random, words: Vocabulary, index: int, as_of: datetime, *, core: str, country: str, town: str, domain: str = ""
) -> Business:
    form = words.forms[country].one(rng)
    brand = core if rng.random() < 0.5 else " ".join(core.split()[: 2 if "&" not in core else 3])
    domain = domain or f"{slug(brand)[:24]}.{words.domains[country] if rng.random() < 0.55 else 'com'}"
    return Business(
        id=f"b{index + 1:07d}",
        legal_name=f"{core} {form}".strip(),
        core=core,
        form=form,
        brand=brand,
        domain=domain,
        phone=_phone(rng, words, country),
        address=_address(rng, words, country, town),
        tax_id=f"{country}{rng.randrange(10**8, 10**9)}",
        account_number=f"V{rng.randrange(10**6):06d}",
        contact=_contact(rng, words, domain, country),
        status=_STATUSES.one(rng),
        created_at=as_of - timedelta(seconds=rng.randrange(60 * 86400, 2900 * 86400)),
        hub=rng.random() < HUBS,
    )


def _phone(rng: Random, words: Vocabulary, country: str) -> str:
    """A number in E.164 with an area code of its country; made up all the same."""
    areas, digits = words.phones[country]
    local = f"{rng.randrange(2, 10)}{rng.randrange(10 ** (digits - 1)):0{digits - 1}d}"
    return f"+{words.calling_codes[country]}{rng.choice(areas)}{local}"


def _address(rng: Random, words: Vocabulary, country: str, town: str) -> Address:
    streets = words.streets.get(country, words.streets["other"])
    street = rng.choice(streets).format(n=rng.randrange(1, 400))
    # Postal codes with leading zeros are kept as text on purpose: New England has them.
    return Address(street=street, city=town, postal_code=f"{rng.randrange(100, 99999):05d}", country=country)


def _contact(rng: Random, words: Vocabulary, domain: str, country: str) -> Person:
    first, last = words.first_names.one(rng), surname(rng, words, country)
    return Person(
        first_name=first,
        last_name=last,
        email=f"{slug(first)}.{slug(last)}@{domain}",
        phone=_phone(rng, words, country) if rng.random() < 0.7 else None,
        job_title=rng.choice(words.job_titles) if rng.random() < 0.8 else None,
    )


def _look_alikes(rng: Random, words: Vocabulary, first: Business, index: int, as_of: datetime) -> list[Business]:
    roll = rng.random()
    if roll < SIBLINGS:
        return [_sibling(rng, words, first, index, as_of)]
    if roll < SIBLINGS + NAMESAKES:
        return [_namesake(rng, words, first, index, as_of)]
    if roll < SIBLINGS + NAMESAKES + NEAR_NAMES and len(first.core) < 14:
        return [_near_name(rng, words, first, index, as_of)]
    return []


def _sibling(rng: Random, words: Vocabulary, first: Business, index: int, as_of: datetime) -> Business:
    """Another company of the same house: it shares the brand's first word and the web domain, yet is not the same."""
    head, trade = first.core.split()[0], words.trades.one(rng)
    core = f"{head} {trade} {rng.choice(('', '', words.generic.one(rng)))}".strip()
    if core == first.core:
        core = f"{head} {words.second_trades.one(rng)} {trade}"
    address = first.address
    made = _described(
        rng, words, index, as_of, core=core, country=address.country, town=address.city, domain=first.domain
    )
    return evolve(made, brand=first.brand, relation="sibling", relative_id=first.id, parent_id=first.id)


def _namesake(rng: Random, words: Vocabulary, first: Business, index: int, as_of: datetime) -> Business:
    """An unrelated business elsewhere that happens to have the very same name."""
    country = words.countries.one(rng)
    if country == first.address.country:
        country = "AU" if country != "AU" else "GB"
    town = words.towns[country].one(rng)
    domain = f"{slug(first.brand)[:20]}-{slug(town)[:8]}.{words.domains[country]}"
    made = _described(rng, words, index, as_of, core=first.core, country=country, town=town, domain=domain)
    return evolve(made, relation="namesake", relative_id=first.id)


def _near_name(rng: Random, words: Vocabulary, first: Business, index: int, as_of: datetime) -> Business:
    """A different business whose short name is one letter away."""
    head, *tail = first.core.split()
    place = rng.randrange(len(head))
    letter = rng.choice([other for other in "aeilnorst" if other != head[place].lower()])
    core = " ".join([(head[:place] + letter + head[place + 1 :]).capitalize(), *tail])
    town = words.towns[first.address.country].one(rng)
    made = _described(rng, words, index, as_of, core=core, country=first.address.country, town=town)
    return evolve(made, relation="near_name", relative_id=first.id)
