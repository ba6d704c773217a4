"""The world that the sandbox serves: businesses, each platform's records of them, and the truth between the two."""

from aggregator.sandbox.world.model import PLATFORMS, Address, Business, PartnerRecord, Person, Truth
from aggregator.sandbox.world.tables import true_pairs, write_tables
from aggregator.sandbox.world.world import AS_OF, World

__all__ = [
    "AS_OF",
    "PLATFORMS",
    "Address",
    "Business",
    "PartnerRecord",
    "Person",
    "Truth",
    "World",
    "true_pairs",
    "write_tables",
]
