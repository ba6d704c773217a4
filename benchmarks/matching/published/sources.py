"""The sets: which packages, which identifier joins them, what a row is in each, and how the truth can be wrong."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from benchmarks.matching.published import numbers, stocks
from benchmarks.matching.published.records import Record

Sides = tuple[list[Record], list[Record]]


@attrs.frozen
class Source:
    """A pair of published lists.

    Args:
        name: of the set.
        kept: nobody has read what the matcher gets wrong here, so that nothing was fitted to it.
        joined_by: the identifier.
        alike_only: names without anything in common are left out: most likely the identifier was handed out again.
        read: fetches both lists.
    """

    name: str
    kept: bool
    joined_by: str
    alike_only: bool
    read: Callable[[], Sides]


SOURCES = (
    Source("airlines", kept=False, joined_by="ICAO code", alike_only=True, read=numbers.airlines),
    Source("banks_brazil", kept=False, joined_by="ISPB", alike_only=False, read=numbers.banks_brazil),
    Source("mobile_itu", kept=False, joined_by="MCC-MNC", alike_only=True, read=numbers.mobile_itu),
    Source("stocks_us_sec", kept=False, joined_by="ticker", alike_only=True, read=stocks.us_sec),
    Source("oui_address", kept=True, joined_by="OUI", alike_only=False, read=numbers.oui_address),
    Source("stocks_index", kept=True, joined_by="Yahoo ticker", alike_only=True, read=stocks.index),
    Source("stocks_us_nasdaq", kept=True, joined_by="ticker", alike_only=True, read=stocks.us_nasdaq),
)
