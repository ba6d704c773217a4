"""States and provinces as they are compared, and those that stand behind a town: "Aurora, CO", "Colorado"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from aggregator.reconcile.matching.reading.names import fold
from aggregator.reconcile.matching.reading.vocabulary import load_list
from aggregator.reconcile.matching.reading.written import plain_country

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aggregator.reconcile.matching.profile import PostalAddress


def regions_of(address: PostalAddress) -> tuple[str, ...]:
    """Return the states or provinces that an address may be in: "WA" is one of Washington or Western Australia.

    Of a country whose addresses do without, and of a word that we do not know, nothing is returned, which is said by
    nobody: one list may say a county and another a region.
    """
    said = address.region or _town_and_region(address.city or "")[1]
    if not said:
        return ()
    (words,) = fold([said])
    country = plain_country(address.country or "")
    found = _regions().get(words, ())
    return tuple(region for region in found if not country or region.startswith(f"{country}-"))


def town_of(address: PostalAddress) -> str:
    """Return the town of an address, without the state that may stand behind it."""
    return _town_and_region(address.city or "")[0]


def _town_and_region(city: str) -> tuple[str, str]:
    town, comma, behind = city.rpartition(",")
    if not comma or not town.strip() or fold([behind])[0] not in _regions():
        return city, ""
    return town, behind


@cache
def _regions() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for country, regions in load_list("regions.json").items():
        if country != "note":
            for code, names in regions.items():
                for spelling in (code, *names):
                    found[spelling] = (*found.get(spelling, ()), f"{country}-{code}")
    return found
