"""How each platform sees the world: what it covers, what it asks for, how it writes, and what it keeps twice."""

import re
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from types import MappingProxyType

from attrs import evolve, frozen

from aggregator.sandbox.chance import seeded
from aggregator.sandbox.world.businesses import slug
from aggregator.sandbox.world.corruptions import corrupted
from aggregator.sandbox.world.model import PLATFORMS, Business, PartnerRecord, Person
from aggregator.sandbox.world.vocabulary import Draw, Vocabulary, vocabulary

STATUS_DISAGREES, DUPLICATES, SHARED_DOMAIN, SHARED_PHONE = 0.10, 0.05, 0.05, 0.04


@frozen(kw_only=True)
class Habits:
    """What one platform does to the truth: the shares of the world it knows and of the fields that are filled."""

    coverage: float
    website: float
    phone: float
    contact: float
    account_number: float
    severity: float


HABITS: Mapping[str, Habits] = MappingProxyType(
    {
        "crux": Habits(coverage=0.68, website=0.6, phone=0.75, contact=0.85, account_number=0.55, severity=1.0),
        "fabric": Habits(coverage=0.72, website=0.65, phone=0.7, contact=0.8, account_number=0.45, severity=1.0),
        "commerce_layer": Habits(coverage=0.55, website=0.6, phone=0.6, contact=0.9, account_number=0.4, severity=1.0),
    }
)


def coverage(all_businesses: list[Business], seed: int) -> dict[str, list[Business]]:
    """Which businesses each platform knows; every business is known to at least one."""
    rng = seeded(seed, "coverage")
    known: dict[str, list[Business]] = {platform: [] for platform in PLATFORMS}
    for business in all_businesses:
        chosen = [platform for platform in PLATFORMS if rng.random() < HABITS[platform].coverage]
        for platform in chosen or [rng.choice(PLATFORMS)]:
            known[platform].append(business)
    return known


def view(platform: str, known: list[Business], seed: int, as_of: datetime) -> list[PartnerRecord]:
    """The platform's records of the businesses that it knows, in an order of its own."""
    rng, words, ids = seeded(seed, platform), vocabulary(), _Ids(platform, seeded(seed, platform, "ids"))
    records = [record for business in known for record in _records(platform, business, rng, words, ids)]
    rng.shuffle(records)
    return [_recent(record, seed, as_of) for record in records]


def _recent(record: PartnerRecord, seed: int, as_of: datetime) -> PartnerRecord:
    """What is pending or being onboarded began lately, but for one in seven that is stuck."""
    rng = seeded(seed, record.platform, record.native_id)
    if record.status not in {"pending", "onboarding"} or record.example or rng.random() < 0.15:
        return record
    return evolve(record, created_at=as_of - timedelta(seconds=rng.randrange(3600, 45 * 86400)))


def _records(platform: str, business: Business, rng: Random, words: Vocabulary, ids: "_Ids") -> Iterator[PartnerRecord]:
    yield _record(platform, business, rng, words, ids)
    for _ in range(_accounts(business, rng)):
        again = _second_account(business, _record(platform, business, rng, words, ids))
        if business.hub:
            suffixed = f"{again.name} {words.regions.one(rng)}"
            again = evolve(again, name=suffixed, corruptions=(*again.corruptions, "region-suffix"))
        yield again


def _second_account(business: Business, record: PartnerRecord) -> PartnerRecord:
    """An account that somebody opened again; more often than not it stands otherwise than the first."""
    rng = seeded(record.platform, record.native_id, "again")
    status = _ANY_STATUS.one(rng) if rng.random() < 0.6 else record.status
    causes = [cause for cause in record.corruptions if cause != "status-disagrees"]
    if status != business.status:
        causes.append("status-disagrees")
    return evolve(record, duplicate=True, status=status, corruptions=tuple(causes))


def _accounts(business: Business, rng: Random) -> int:
    """How many more accounts a business has: a house such as a marketplace has one for every region and channel."""
    if business.hub:
        return rng.randrange(5, 40)
    return 1 if rng.random() < DUPLICATES else 0


def _record(platform: str, business: Business, rng: Random, words: Vocabulary, ids: "_Ids") -> PartnerRecord:
    habits = HABITS[platform]
    name, corruptions = corrupted(business, rng, words, habits.severity)
    website, website_cause = _website(business, rng, words, habits)
    phone, phone_cause = _phone(business, rng, words, habits)
    number, number_cause = _account_number(business, rng, habits)
    status = business.status if rng.random() >= STATUS_DISAGREES else _ANY_STATUS.one(rng)
    status_cause = "" if status == business.status else "status-disagrees"
    contact = _contact(business, rng, words, habits, free_mail=website_cause == "shared-domain")
    return PartnerRecord(
        platform=platform,
        business_id=business.id,
        native_id=ids.organization(),
        connection_id=ids.connection(),
        name=name,
        website=website,
        phone=phone,
        email=contact.email if contact else None,
        contact=contact,
        account_number=number,
        status=status,
        created_at=business.created_at,
        corruptions=(*corruptions, *filter(None, (website_cause, phone_cause, number_cause, status_cause))),
    )


def _contact(business: Business, rng: Random, words: Vocabulary, habits: Habits, *, free_mail: bool) -> Person | None:
    if rng.random() >= habits.contact:
        return None
    contact = business.contact
    if free_mail:
        mail = f"{slug(contact.first_name)}.{slug(business.brand)[:16]}@{words.free_mail.one(rng)}"
        return evolve(contact, email=mail)
    return contact


_ANY_STATUS = Draw.weighted({"active": 30, "pending": 20, "onboarding": 15, "suspended": 15, "ended": 20})


def _website(business: Business, rng: Random, words: Vocabulary, habits: Habits) -> tuple[str | None, str]:
    if rng.random() >= habits.website:
        return None, ""
    if rng.random() < SHARED_DOMAIN:
        return words.agencies.one(rng), "shared-domain"
    roll = rng.random()
    if roll < 0.06:
        return f"{slug(business.brand)}-online.com", "other-domain"
    if roll < 0.11:
        country = words.domains[business.address.country]
        return (
            f"{business.domain.partition('.')[0]}.{'com' if not business.domain.endswith('.com') else country}",
            "other-tld",
        )
    if roll < 0.19:
        return f"shop.{business.domain}", "subdomain"
    written = rng.choice(
        (business.domain, f"www.{business.domain}", f"https://{business.domain}", f"https://www.{business.domain}/")
    )
    return written, ""


def _phone(business: Business, rng: Random, words: Vocabulary, habits: Habits) -> tuple[str | None, str]:
    if rng.random() >= habits.phone:
        return None, ""
    if rng.random() < SHARED_PHONE:
        return rng.choice(words.call_centres), "shared-phone"
    return _typed(business.phone, business.address.country, rng, words), ""


def _typed(phone: str, country: str, rng: Random, words: Vocabulary) -> str:
    """The same number as people type it: E.164, grouped, national, with an extension."""
    code = words.calling_codes[country]
    national = phone.removeprefix(f"+{code}")
    first, middle, last = national[:-7], national[-7:-4], national[-4:]
    if country in {"US", "CA"}:
        local = rng.choice((f"({first}){middle}-{last}", f"{first}.{middle}.{last}", f"{first}-{middle}-{last}"))
    else:
        # Italy keeps its leading zero; elsewhere the trunk zero goes before the area code.
        local = f"{'' if first.startswith('0') else '0'}{first} {middle} {last}"
    return rng.choice(
        (phone, f"+{code} {first} {middle} {last}", local, f"00{code}{national}", f"{phone}x{rng.randrange(10, 999)}")
    )


def _account_number(business: Business, rng: Random, habits: Habits) -> tuple[str | None, str]:
    if rng.random() >= habits.account_number:
        return None, ""
    number, roll = business.account_number, rng.random()
    if roll < 0.72:
        return number, ""
    if roll < 0.82:
        return f"ACC-{number}", "account-number-prefixed"
    if roll < 0.92:
        return number[1:].lstrip("0") or "0", "account-number-stripped"
    if roll < 0.96:
        at = rng.randrange(1, len(number))
        return number[:at] + str(rng.randrange(10)) + number[at + 1 :], "account-number-mistyped"
    return f"V{rng.randrange(400):06d}", "account-number-reused"


class _Ids:
    """Native ids in each platform's own style."""

    def __init__(self, platform: str, rng: Random) -> None:
        self._platform, self._rng = platform, rng
        self._organization, self._connection = 1200, 2000
        self._last = ""

    def organization(self) -> str:
        if self._platform == "crux":
            return self._uuid()
        if self._platform == "fabric":
            self._organization += self._rng.randrange(1, 9)
            return str(self._organization)
        return self._letters()

    def connection(self) -> str | None:
        if self._platform == "crux":
            return self._uuid()
        if self._platform == "fabric":
            self._connection += self._rng.randrange(1, 5)
            return str(self._connection)
        return None

    def _uuid(self) -> str:
        return str(uuid.UUID(int=self._rng.getrandbits(128), version=4))

    def _letters(self) -> str:
        """Ten letters; one in fifty differs from the one before by case alone, because ids are case-sensitive."""
        swapped = self._last.swapcase()
        if self._last and re.fullmatch(r"[a-zA-Z]+", swapped) and self._rng.random() < 0.02:
            self._last = ""
            return swapped
        self._last = "".join(self._rng.choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", k=10))
        return self._last
