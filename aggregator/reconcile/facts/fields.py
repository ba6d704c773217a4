"""What the fields of two records beside their names have in common, and where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import Final, TypeAlias

from rapidfuzz.distance import JaroWinkler

from aggregator.reconcile.matching import PostalAddress, Profile
from aggregator.reconcile.matching.reading.field_values import (
    domains_of,
    identifiers_of,
    mails_of,
    people_of,
    phones_of,
)
from aggregator.reconcile.matching.reading.identifiers import bare_identifier, parted_otherwise, unparted
from aggregator.reconcile.matching.reading.places import plain_city, plain_country, plain_postal_code
from aggregator.reconcile.matching.reading.streets import house_and_street, plain_street
from aggregator.reconcile.matching.reading.web_and_mail import domain_label

_Value: TypeAlias = tuple[str, ...]
Values: TypeAlias = frozenset[_Value]
"""What one field of a record says."""


def _single(values: Iterable[str | None]) -> Values:
    return frozenset((value,) for value in values if value)


def _place(address: PostalAddress) -> _Value:
    """Return a street, the number of its house and the rest of it, the town and the postal code."""
    street = plain_street(address.street or "")
    house, name = house_and_street(street)
    return street, house, name, plain_city(address.city or ""), plain_postal_code(address.postcode or "")


def _compare_shared(what: str, mine: Values, theirs: Values) -> str:
    shared = mine & theirs
    return f"same {what} {min(shared)[0]}" if shared else f"{what} differs"


def _compare_domains(what: str, mine: Values, theirs: Values) -> str:
    told = _compare_shared(what, mine, theirs)
    if mine.isdisjoint(theirs) and (called := _labels(mine) & _labels(theirs)):
        return f"{told} in its ending alone: {min(called)}"
    return told


def _labels(domains: Values) -> set[str]:
    return {domain_label(domain) for (domain,) in domains}


def _compare_phones(what: str, mine: Values, theirs: Values) -> str:
    """Numbers are one though only one of the two says the country."""
    same = [max(pair) for pair in product(mine, theirs) if _one_phone(*pair)]
    if not same:
        return f"{what} differs"
    code, number = max(same)
    return f"same {what} {f'+{code} ' if code else ''}{number}"


def _one_phone(one: _Value, other: _Value) -> bool:
    if one[0] and other[0]:
        return one == other
    return one[1] == other[1] or "".join(one) == "".join(other)


def _compare_places(what: str, mine: Values, theirs: Values) -> str:
    pairs = list(product(mine, theirs)) if len(mine) == len(theirs) == 1 else sorted(product(mine, theirs))
    same = [pair for pair in pairs if pair[0][0] == pair[1][0]]
    if same:
        here = next((one for one, other in same if _one_town(one, other)), None)
        return f"same street {same[0][0][0]}, other town" if here is None else f"same {what} {here[0]}"
    alike = next((pair for pair in pairs if _alike(*pair) and _one_town(*pair)), None)
    return f"{what} differs" if alike is None else f"{what} alike: {alike[0][0]}/{alike[1][0]}"


def _one_town(one: _Value, other: _Value) -> bool:
    """Whether towns do not contradict: a district is told or not, and a postal code is one in any language."""
    *_, town, code = one
    *_, other_town, other_code = other
    if town == other_town or (code and code == other_code):
        return True
    return _part_of_each_other(town, other_town)


def _part_of_each_other(town: str, other: str) -> bool:
    mine, theirs = set(town.split()), set(other.split())
    return mine <= theirs or theirs <= mine


def _compare_towns(what: str, mine: Values, theirs: Values) -> str:
    same = [town for (town,), (other,) in product(sorted(mine), sorted(theirs)) if _part_of_each_other(town, other)]
    return f"same {what} {same[0]}" if same else f"{what} differs"


def _alike(one: _Value, other: _Value) -> bool:
    """Whether streets are nearly the same: one says more of it or is misspelt, and the house is the same."""
    (_, house, name, *_), (_, other_house, other_name, *_) = one, other
    if house != other_house or not name or not other_name:
        return False
    words, others = set(name.split()), set(other_name.split())
    return words <= others or others <= words or JaroWinkler.normalized_similarity(name, other_name) >= _NEARLY


_NEARLY: Final = 0.9
"""As near as "main" and "mian"; "n main" and "s main" are less."""


def _compare_identifiers(what: str, mine: Values, theirs: Values) -> str:
    """Numbers of one kind agree, agree but for how they are written, or differ; numbers of two kinds say nothing."""
    if shared := _shared_numbers(mine, theirs, lambda scheme, value: f"{scheme}:{unparted(value)}"):
        return f"same {what} {' '.join(min(shared))}"
    if bare := {bare_identifier(*one) for one in _shared_numbers(mine, theirs, bare_identifier)}:
        return f"same {what} but for prefix or zeros {min(bare).replace(':', ' ', 1)}"
    return f"{what} differs" if {scheme for scheme, _ in mine} & {scheme for scheme, _ in theirs} else ""


def _shared_numbers(mine: Values, theirs: Values, read: Callable[[str, str], str]) -> set[_Value]:
    """Those of mine that are one with any of theirs, as they are read, whose digits are not parted otherwise."""
    others: dict[str, list[str]] = defaultdict(list)
    for scheme, value in theirs:
        others[read(scheme, value)].append(value)
    return {
        (scheme, value)
        for scheme, value in mine
        if any(not parted_otherwise(scheme, value, other) for other in others.get(read(scheme, value), ()))
    }


_COMPARED: Final[Mapping[str, Callable[[str, Values, Values], str]]] = {
    "web domain": _compare_domains,
    "phone": _compare_phones,
    "e-mail": _compare_shared,
    "address": _compare_places,
    "town": _compare_towns,
    "contact": _compare_shared,
    "identifier": _compare_identifiers,
    "country": _compare_shared,
}


def values_of(profile: Profile) -> dict[str, Values]:
    """Return what each field of a record says, as it is compared."""
    places = [_place(address) for address in profile.addresses]
    said = {
        "web domain": _single(domains_of(profile)),
        "phone": frozenset(phone for phone in phones_of(profile) if any(phone)),
        "e-mail": _single(mails_of(profile)),
        "address": frozenset(place for place in places if place[0]),
        "town": _single(town for *_, town, _ in places),
        "contact": _single(people_of(profile)),
        "identifier": frozenset((scheme, value.strip()) for scheme, value in identifiers_of(profile)),
        "country": _single([plain_country(profile.country or "")]),
    }
    return {name: values for name, values in said.items() if values}


def compare_values(one: Mapping[str, Values], other: Mapping[str, Values]) -> Iterator[str]:
    """Yield of each field that both records have something in, whether they share it or differ.

    Towns are told where a street is missing, and so the address.
    """
    placed = "address" in one and "address" in other
    for name, mine in one.items():
        if name == "town" and placed:
            continue
        if (theirs := other.get(name)) and (told := _COMPARED[name](name, mine, theirs)):
            yield told


def says_more(profile: Profile) -> bool:
    """Whether a record has anything but a name to compare: of a list of names alone, nothing is read."""
    return bool(
        profile.websites
        or profile.phones
        or profile.emails
        or profile.addresses
        or profile.people
        or profile.identifiers
        or profile.country
    )
