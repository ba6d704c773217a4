"""What ships for adapter authors: the conformance kit (a pytest plugin) and the cassette profile."""

from aggregator.testing.cassettes import cassette_profile
from aggregator.testing.conformance import AdapterConformance
from aggregator.testing.paging import AfterId, ByCursor, Numbered, Offset, Paging, Whole
from aggregator.testing.profile import ListProfile, LoginProfile, WireProfile

__all__ = [
    "AdapterConformance",
    "AfterId",
    "ByCursor",
    "ListProfile",
    "LoginProfile",
    "Numbered",
    "Offset",
    "Paging",
    "Whole",
    "WireProfile",
    "cassette_profile",
]
