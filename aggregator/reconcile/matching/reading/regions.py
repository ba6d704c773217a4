"""States and provinces as they are compared, and those that stand behind a town: "Aurora, CO", "Colorado"."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.places import plain_country
from aggregator.reconcile.matching.reading.vocabulary import load_list

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aggregator.reconcile.matching.profile import PostalAddress

_CACHED: Final = 100_000
"""Towns, and towns with their states, that are parted once: very many records are in one."""


def regions_of(address: PostalAddress) -> tuple[str, ...]:
    """Return the states or provinces that an address may be in: "WA" is one of Washington or Western Australia.

    Of a country whose addresses do without, and of a word that we do not know, nothing is returned: one list may say a
    county and another a region. Nor is it of "Berlin, DE" or "Toronto, CA", where the letters may be those of a
    country, unless the country is said.
    """
    return _regions_in(address.region or "", address.city or "", address.country or "")


@lru_cache(maxsize=_CACHED)
def _regions_in(state: str, city: str, country: str) -> tuple[str, ...]:
    behind = _parted(city)[1]
    within = plain_country(country or (behind[1] if len(behind) > 1 else ""))
    said = state or (behind[0] if behind else "")
    found = regions_called(said)
    if not state and not country and len(behind) == 1 and fold_names([said])[0] in _LIKE_A_COUNTRY:
        return ()
    return tuple(region for region in found if not within or region.startswith(f"{within}-"))


def regions_called(text: str) -> tuple[str, ...]:
    """Return the states or provinces that are called so, or have these letters, however they are written."""
    return _regions().get(fold_names([text])[0], ())


def may_end_a_region(word: str) -> bool:
    """Whether the name of a state or a province, or its letters, may end with a word; quicker told than which."""
    plain = word.lower().replace(".", "")
    return not plain.isascii() or plain in _endings()


@cache
def _endings() -> frozenset[str]:
    return frozenset(spelling.rsplit(maxsplit=1)[-1] for spelling in _regions())


def town_of(address: PostalAddress) -> str:
    """Return the town of an address, without the state and the country that may stand behind it."""
    return _parted(address.city or "")[0]


_STATE_AND_COUNTRY: Final = 2
_LIKE_A_COUNTRY: Final = frozenset({"ar", "ca", "co", "de", "il", "in", "nl"})
"""States whose letters are a country's that many partners are in."""


@lru_cache(maxsize=_CACHED)
def _parted(city: str) -> tuple[str, Sequence[str]]:
    """A town, and the state or the state and the country behind it: "Aurora, CO, USA", "Aurora, CO 80012"."""
    town, *behind = [part.strip() for part in _POSTCODE.sub("", city).split(",")]
    known = behind and fold_names(behind[:1])[0] in _regions() and len(behind) <= _STATE_AND_COUNTRY
    return (town, tuple(behind)) if town and known else (city, ())


_POSTCODE: Final = re.compile(r"(?<=[^\W\d]) \d{4,5}(?:-\d{4})?$")


@cache
def _regions() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for country, regions in load_list("regions.json").items():
        if country != "note":
            for code, names in regions.items():
                # "US-TX" is how ISO 3166-2 writes Texas.
                for spelling in (code, f"{country} {code}", *names):
                    found[spelling] = (*found.get(spelling, ()), f"{country}-{code}")
    return found
