"""A name without the place that its record is in: "Bomgaars Storm Lake", of Storm Lake, is the Bomgaars there."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.places import country_called, may_end_a_country, plain_city, plain_country
from aggregator.reconcile.matching.reading.regions import may_end_a_region, regions_called, regions_of, town_of
from aggregator.reconcile.matching.reading.vocabulary import is_legal_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aggregator.reconcile.matching.profile import PostalAddress, Profile

_CACHED: Final = 10_000
_SHORT: Final = {"st": "saint", "mt": "mount", "ft": "fort"}
_WAYS: Final = {long: f"(?:{long}|{short})" for short, long in _SHORT.items()}
"""How a word of a town may be written, in small letters and without its dot."""
_EDGES: Final = " \t,;:-/()[]|"
_LEAST: Final = 3
"""Letters, at the least, of a town that is looked for."""


def without_place(name: str, profile: Profile) -> tuple[str, str] | None:
    """A name without the town of its record, or without the state or the country behind it, and what it then holds for.

    Returns:
        the name, and the town as it is compared, the code of the state, or the country; None where the name says
        none of them.
    """
    for address in profile.addresses:
        found = _without_town(name, address) or _without_region(name, address) or _without_country(name, address)
        if found:
            return found
    return None


def _without_town(name: str, address: PostalAddress) -> tuple[str, str] | None:
    if not address.city:
        return None
    town = town_of(address).strip().lower()
    if len(town) < _LEAST or town.rsplit(maxsplit=1)[-1] not in name.lower():  # quicker looked for than the pattern
        return None
    said = _pattern(town).search(name)
    if said is None:
        return None
    rest = f"{name[: said.start()].rstrip(_EDGES)} {name[said.end() :].lstrip(_EDGES)}".strip(_EDGES).strip()
    named = _without_region(rest, address)
    return (named[0] if named else rest, plain_city(town)) if rest else None


@lru_cache(maxsize=_CACHED)
def _pattern(town: str) -> re.Pattern[str]:
    words = [_SHORT.get(word, word) for word in re.split(r"[\s.-]+", town) if word]
    ways = r"[\s.-]+".join(_WAYS.get(word, re.escape(word)) for word in words)
    return re.compile(rf"(?<!\w)(?:of\s+|in\s+|at\s+)?{ways}(?!\w)", re.IGNORECASE)


_BETWEEN_WORDS: Final = re.compile(r"([\s,(\[/-]+)")


def _without_region(name: str, address: PostalAddress) -> tuple[str, str] | None:
    if not address.region and not address.city:
        return None
    words = _BETWEEN_WORDS.split(name.rstrip(_EDGES))
    if not may_end_a_region(words[-1]):
        return None
    for size in (2, 1):
        rest, said = "".join(words[: -2 * size]).strip(_EDGES).strip(), " ".join(words[1 - 2 * size :: 2])
        called = regions_called(said) if rest else ()
        region = next((region for region in regions_of(address) if region in called), None) if called else None
        if region:
            return rest, region
    return None


def as_country(code: str) -> str:
    """Return the code of a country as what a name leaves out: there is a town called "Au", and it is no Australia."""
    return f"the country {code}"


_LONGEST: Final = 4
"""Words, at the most, of a country or of a legal form: "Sp. z o.o." is three."""


def _without_country(name: str, address: PostalAddress) -> tuple[str, str] | None:
    """A name without the country behind it, before its legal form: "Vodafone Magyarország Zrt." is "Vodafone Zrt."."""
    if not address.country:
        return None
    parts = _BETWEEN_WORDS.split(name.rstrip(_EDGES))
    if not any(map(may_end_a_country, parts[2::2])):  # told quicker than where the legal form begins
        return None
    end = _before_legal_forms(parts)
    if end <= 1 or not may_end_a_country(parts[end - 1]):
        return None
    for begin in range(max(end - 2 * _LONGEST + 1, 2), end, 2):
        code = country_called("".join(parts[begin:end]))
        if code is not None and code == plain_country(address.country):
            before, behind = "".join(parts[: begin - 1]).strip(_EDGES), "".join(parts[end:]).strip(_EDGES)
            return (f"{before} {behind}".strip(), as_country(code)) if before else None
    return None


def _before_legal_forms(parts: Sequence[str]) -> int:
    """How many of the words, and of what is between them, stand before the legal forms at the end."""
    end = len(parts)
    while True:
        sizes = (end - 2 * words + 1 for words in range(_LONGEST, 0, -1))
        begin = next((begin for begin in sizes if begin > 0 and _is_of_a_legal_form("".join(parts[begin:end]))), None)
        if begin is None:
            return end
        end = begin - 1


@lru_cache(maxsize=_CACHED)
def _is_of_a_legal_form(text: str) -> bool:
    words = fold_names([text])[0].split()
    return words == ["and"] or is_legal_form(words)  # "GmbH & Co. KG"
