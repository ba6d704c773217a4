"""The sets: which packages, which identifier joins them, what a row is in each, and how the truth can be wrong."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from benchmarks.matching.published import (
    banks,
    climate,
    fortune,
    makers,
    map_brands,
    markets,
    numbers,
    schools,
    stocks,
    trackers,
)
from benchmarks.matching.published.records import Sides


@attrs.frozen
class Source:
    """A pair of published lists.

    Args:
        name: of the set.
        kept: nobody has read what the matcher gets wrong here, so that nothing was fitted to it.
        joined_by: the identifier.
        alike_only: names without anything in common are left out: most likely the identifier was handed out again, or
            one list has another language, where no matcher that goes by names has anything to go by.
        read: fetches both lists.
    """

    name: str
    kept: bool
    joined_by: str
    alike_only: bool
    read: Callable[[], Sides]


SOURCES = (
    Source("airlines", kept=False, joined_by="ICAO code", alike_only=True, read=numbers.airlines),
    Source("banks_brazil", kept=False, joined_by="ISPB", alike_only=False, read=banks.brazil),
    Source("banks_germany", kept=False, joined_by="BIC", alike_only=True, read=banks.germany),
    Source("banks_spain", kept=False, joined_by="BIC", alike_only=True, read=banks.spain),
    Source("banks_uk", kept=False, joined_by="BIC", alike_only=True, read=banks.united_kingdom),
    Source("banks_world", kept=False, joined_by="BIC", alike_only=True, read=banks.world),
    Source("climate_gleif", kept=False, joined_by="LEI", alike_only=True, read=climate.gleif),
    Source("fortune_capiq", kept=False, joined_by="ticker", alike_only=True, read=fortune.with_capital_iq),
    Source("mobile_itu", kept=False, joined_by="MCC-MNC", alike_only=True, read=numbers.mobile_itu),
    Source("osm_operators", kept=False, joined_by="Wikidata's number", alike_only=True, read=map_brands.operators),
    Source("osm_shops", kept=False, joined_by="Wikidata's number", alike_only=True, read=map_brands.shops),
    Source("schools_swot", kept=False, joined_by="web domain", alike_only=True, read=schools.swot),
    Source("stocks_hong_kong", kept=False, joined_by="ticker", alike_only=True, read=stocks.hong_kong),
    Source("stocks_japan", kept=False, joined_by="securities code", alike_only=True, read=stocks.japan),
    Source("stocks_turkey", kept=False, joined_by="ticker", alike_only=True, read=stocks.turkey),
    Source("stocks_us_sec", kept=False, joined_by="ticker", alike_only=True, read=stocks.us_sec),
    Source("trackers", kept=False, joined_by="domain of a script", alike_only=True, read=trackers.trackers),
    Source("usb_makers", kept=False, joined_by="USB vendor id", alike_only=True, read=makers.usb),
    Source("climate_stocks", kept=True, joined_by="ISIN", alike_only=True, read=climate.stocks),
    Source("colleges", kept=True, joined_by="NCAA id", alike_only=True, read=schools.colleges),
    Source("fortune_index", kept=True, joined_by="ticker", alike_only=True, read=fortune.with_index),
    Source("markets_legal", kept=True, joined_by="MIC", alike_only=True, read=markets.legal),
    Source("osm_services", kept=True, joined_by="Wikidata's number", alike_only=True, read=map_brands.services),
    Source("oui_address", kept=True, joined_by="OUI", alike_only=False, read=makers.oui_address),
    Source("stocks_index", kept=True, joined_by="Yahoo ticker", alike_only=True, read=stocks.index),
    Source("stocks_us_nasdaq", kept=True, joined_by="ticker", alike_only=True, read=stocks.us_nasdaq),
    Source("utilities", kept=True, joined_by="PUDL's number", alike_only=False, read=numbers.utilities),
    Source("vin_makers", kept=True, joined_by="WMI", alike_only=True, read=makers.vehicles),
)
