"""Dress a task of bare names in the other columns of a partner list, as unevenly filled and as wrong as real ones are.

Labelled lists with many columns can hardly be had; labelled names can. Every business is given a domain, a phone, an
address, a contact and an account number; each list then keeps some of them, and writes some of those wrongly. Some get
a sister, which shares the domain and no more, or a namesake abroad: neither a domain nor a name alone is proof. Some
are opened again on the same platform, now and then under another name: a good rival is not always another business.
"""

from __future__ import annotations

import itertools
import zlib
from random import Random
from typing import TYPE_CHECKING, Final

import attrs

from aggregator.reconcile.matching.profile import Person, PostalAddress, Profile
from aggregator.reconcile.matching.reading.folded_names import fold_names
from tools.matcher_corruption import varied
from tools.matcher_tasks import Task, leaders

if TYPE_CHECKING:
    from collections.abc import Mapping


def _cut(text: str, separator: str) -> list[str]:
    return text.split(separator)


_COUNTRIES: Final = ("us",) * 8 + ("gb",) * 3 + ("de",) * 3 + ("fr", "it", "nl", "se", "jp", "ca", "es", "pl")
_CITIES: Final = _cut(
    "Springfield Riverton Lakewood Ashford Milton Kingsport Bergen Neustadt Aville Brookfield Fairview Salem Dover "
    "Clayton Newport Hamilton Bristol Arden Granby Elmira Kirkwood Harlow Selby Wexford Tilburg Leuven Aachen Fulda "
    "Passau Kassel Linz Graz Chur Nimes Rouen Tours Pau Parma Lecce Siena Trento Burgos Lugo Cadiz Braga Faro Malmo "
    "Lund Gavle Odense Vejle Moss Hamar Turku Oulu Tartu Riga Gdynia Torun Opole Brno Zilina Gyor Pecs Arad Sibiu "
    "Varna Patras Izmir Bursa Nagoya Sendai Kobe Windsor Guelph Laval Regina Provo Boise Tulsa Dayton Ghent "
    "Macon Waco Reno Salinas Fresno Yuma Durham Preston Stirling Dundee Swansea Lugano Delft Breda Mainz Trier",
    " ",
)
_STREETS: Final = _cut(
    "Main Street,High Street,Oak Avenue,Mill Road,Station Road,Park Lane,Church Street,Industrial Way,Commerce Drive,"
    "Harbour Road,King Street,Elm Street,Market Square",
    ",",
)
_PEOPLE: Final = _cut("Anna Ben Carla David Eva Frank Grace Henry Ines Jonas Karin Leo", " ")
_SURNAMES: Final = _cut(
    "Berg Carter Dubois Evans Fischer Garcia Hughes Ito Jensen Kowalski Larsen Moreau Novak Olsen Parker Quinn Rossi "
    "Schmidt Turner Weber",
    " ",
)
_AGENCIES: Final = ("repgroup.com", "saleshouse.net", "brandagency.co.uk", "vendorhub.io", "marketmakers.com")
_FREE: Final = ("gmail.com", "outlook.com", "yahoo.com", "qq.com")
_TRADES: Final = (
    "Foods", "Textiles", "Tools", "Metals", "Sports", "Plastics", "Lighting", "Media", "Chemicals", "Apparel", "Farms",
    "Toys", "Music", "Filters", "Tea", "Furniture", "Services", "Industries", "Group", "Trading",
)  # fmt: skip
_CALLED: Final = {
    "us": "1", "gb": "44", "de": "49", "fr": "33", "it": "39", "nl": "31", "se": "46", "jp": "81", "ca": "1",
    "es": "34", "pl": "48",
}  # fmt: skip
_SISTERS: Final = 0.12
_NAMESAKES: Final = 0.03
_AGAIN: Final = 0.06
_RENAMED: Final = 0.25
_ENDINGS: Final = ("com", "com", "net", "de", "co.uk", "io")


@attrs.frozen(slots=True, kw_only=True)
class _Business:
    domain: str
    phone: str
    address: PostalAddress
    person: str
    account: str


@attrs.frozen(slots=True, kw_only=True)
class _Fill:
    """Share of the records of one list that say each thing."""

    website: float
    phone: float
    email: float
    address: float
    postcode: float
    country: float
    person: float
    account: float


def dress(task: Task, *, seed: int = 1) -> Task:
    """The same records and truth with columns added; the same seed adds the same.

    Args:
        task: a task of names.
        seed: which dressing.
    """
    leader = leaders([profile.key for profile in task.profiles], task.truth)
    named = {key: profile.name for key, profile in zip(leader, task.profiles, strict=True)}
    made = {key: _business(key, name, seed) for key, name in named.items()}
    fills = {side: _fill(Random(f"{task.name}{side}{seed}")) for side in ("a", "b")}
    profiles = tuple(
        _worn(profile, made[key], fills[profile.source], Random(f"{profile.key}{seed}"))
        for profile, key in zip(task.profiles, leader, strict=True)
    )
    others = tuple(
        _worn(other, business, fills[other.source], Random(f"{other.key}{seed}"))
        for key in sorted(named)
        for other, business in _look_alike(key, named[key], made[key], Random(f"{key}other{seed}"))
    )
    again = tuple(
        (profile, _worn(_opened_again(profile, named, random), made[key], fills[profile.source], random))
        for profile, key in zip(task.profiles, leader, strict=True)
        for random in (Random(f"{profile.key}again{seed}"),)
        if random.random() < _AGAIN
    )
    return Task(
        name=f"{task.name}, dressed",
        profiles=profiles + others + tuple(other for _, other in again),
        truth=_with_duplicates(task.truth, {profile.key: other.key for profile, other in again}),
        weight=task.weight,
    )


def _opened_again(profile: Profile, named: Mapping[str, str], random: Random) -> Profile:
    """A second account of the same business: mostly spelt alike, now and then known by a brand."""
    name = varied(profile.name, random)
    if random.random() < _RENAMED:
        one, other = (random.choice(list(named.values())).split()[0] for _ in range(2))
        name = one[: max(2, len(one) // 2)] + other[len(other) // 2 :].lower()
    return attrs.evolve(profile, key=f"{profile.key} again", name=name)


def _with_duplicates(truth: frozenset[tuple[str, str]], again: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """The pairs of the records, and those of their duplicates."""

    def accounts(key: str) -> tuple[str, ...]:
        return (key, again[key]) if key in again else (key,)

    return frozenset(pair for one, other in truth for pair in itertools.product(accounts(one), accounts(other)))


def _look_alike(key: str, name: str, business: _Business, random: Random) -> list[tuple[Profile, _Business]]:
    """A sister that shares the domain, a namesake abroad, or mostly nothing."""
    roll = random.random()
    side = random.choice("ab")
    own = _business(f"{key}other", name, random.randrange(1000))
    if roll < _SISTERS:
        profile = Profile(key=f"{side}:{key} sister", source=side, name=_sister(name, random))
        return [(profile, attrs.evolve(own, domain=business.domain))]
    if roll < _SISTERS + _NAMESAKES:
        label, city = business.domain.split(".", 1)[0], random.choice(_CITIES).lower()
        profile = Profile(key=f"{side}:{key} namesake", source=side, name=name)
        return [(profile, attrs.evolve(own, domain=f"{label}-{city}.{random.choice(('de', 'co.uk', 'fr', 'com'))}"))]
    return []


def _sister(name: str, random: Random) -> str:
    words = name.split()
    stem = words[: max(1, len(words) // 2)]
    return random.choice(
        (" ".join([*stem, random.choice(_TRADES)]), f"{name} {random.choice(_TRADES)}", " ".join(stem))
    )


def _fill(random: Random) -> _Fill:
    return _Fill(**{field.name: random.uniform(0.3, 0.9) for field in attrs.fields(_Fill)})


def _business(key: str, name: str, seed: int) -> _Business:
    words = [word for word in fold_names([name])[0].split() if len(word) > 2] or ["shop"]
    own = Random(f"{key}{seed}")
    # Businesses whose names begin alike are often one house: its shops share what the house has.
    house = Random(f"{words[0]}{seed}")
    of_house = own.random() < 0.35
    shared = house if of_house else own
    label = words[0] if of_house else "".join(words[:2])
    number = "" if of_house or own.random() < 0.7 else str(own.randrange(99))
    domain = f"{label}{number}.{shared.choice(_ENDINGS)}"
    digits = shared.randrange(2_000_000_000, 7_999_999_999)
    address = _address(shared if own.random() < 0.5 else own)
    return _Business(
        domain=domain,
        phone=f"+{_CALLED[address.country or 'us']}{digits}",
        address=address,
        person=f"{own.choice(_PEOPLE)} {own.choice(_SURNAMES)}",
        account=f"{own.randrange(10_000, 999_999):07d}",
    )


def _address(random: Random) -> PostalAddress:
    return PostalAddress(
        street=f"{random.randrange(1, 300)} {random.choice(_STREETS)}",
        city=random.choice(_CITIES),
        postcode=f"{random.randrange(10_000, 99_999)}",
        country=random.choice(_COUNTRIES),
    )


def _worn(profile: Profile, business: _Business, fill: _Fill, random: Random) -> Profile:
    address = _address(random) if random.random() < 0.15 else business.address
    if random.random() < 0.8:
        address = attrs.evolve(address, country=business.address.country)
    person = business.person if random.random() < 0.6 else f"{random.choice(_PEOPLE)} {random.choice(_SURNAMES)}"
    domain = _domain(business.domain, random)
    says: Mapping[str, bool] = {
        field.name: random.random() < getattr(fill, field.name) for field in attrs.fields(_Fill)
    }
    mail_domain = random.choice(_FREE) if random.random() < 0.2 else domain
    mail = f"{random.choice(('info', 'sales', person.split()[0].lower()))}@{mail_domain}"
    return attrs.evolve(
        profile,
        websites=(f"https://www.{domain}",) if says["website"] else (),
        phones=(_phone(business.phone, random),) if says["phone"] else (),
        emails=(mail,) if says["email"] else (),
        addresses=_said_address(address, says),
        country=address.country if says["country"] else None,
        people=(Person(name=person),) if says["person"] else (),
        identifiers=(("account", _account(business.account, random)),) if says["account"] else (),
    )


def _said_address(address: PostalAddress, says: Mapping[str, bool]) -> tuple[PostalAddress, ...]:
    if not says["address"]:
        return ()
    return (attrs.evolve(address, country=None, postcode=address.postcode if says["postcode"] else None),)


def _domain(domain: str, random: Random) -> str:
    roll = random.random()
    if roll < 0.04:
        return random.choice(_AGENCIES)
    if roll < 0.10:
        return f"{domain.split('.', 1)[0]}-online.com"
    if roll < 0.15:
        return f"{domain.split('.', 1)[0]}.{random.choice(('eu', 'fr', 'com', 'org'))}"
    if roll < 0.18:
        return f"holding{zlib.crc32(domain.encode()) % 9999}.com"
    return domain


def _phone(phone: str, random: Random) -> str:
    if random.random() < 0.3:
        return f"{phone[:-10]}{random.randrange(2_000_000_000, 7_999_999_999)}"
    code, area, rest = phone[:-10], phone[-10:-7], phone[-7:]
    return random.choice((phone, f"{code} ({area}) {rest[:3]}-{rest[3:]}", f"{phone} ext. 12", f"{area}{rest}"))


def _account(account: str, random: Random) -> str:
    roll = random.random()
    if roll < 0.7:
        return account
    if roll < 0.8:
        return f"ACC-{account}"
    if roll < 0.9:
        return account.lstrip("0")
    return f"{random.randrange(400):07d}"
