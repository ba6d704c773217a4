"""The published generations of Crux Connect's API, and where they answer."""

from __future__ import annotations

from enum import StrEnum

# Getting Started, in the vendor's documentation of March 2019.
PRODUCTION = "https://api.cruxconnect.com"
SANDBOX = "https://api-sandbox.cruxconnect.com"


class Generation(StrEnum):
    """Which API is spoken; the path and the names of an order's fields and filters differ."""

    TIMPANOGOS = "timp"  # "the most current version", by the documentation of March 2019
    V1 = "v1"  # "the previous release", without a prefix

    @property
    def prefix(self) -> str:
        """What every path begins with."""
        return "/timp" if self is Generation.TIMPANOGOS else ""
