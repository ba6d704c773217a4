"""A world: its businesses, and what each platform makes of them."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from attrs import field, frozen

from aggregator.sandbox.world import examples
from aggregator.sandbox.world.businesses import businesses
from aggregator.sandbox.world.model import PLATFORMS, Business, PartnerRecord, Truth
from aggregator.sandbox.world.views import coverage, view

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
"""The day on which a world stands unless it is told another, so that the same seed is the same world tomorrow."""


@frozen(kw_only=True)
class World:
    """A seeded set of businesses of which each platform knows a part, under its own ids and spellings."""

    seed: int
    as_of: datetime
    businesses: tuple[Business, ...] = field(repr=False)
    records: Mapping[str, tuple[PartnerRecord, ...]] = field(repr=False)

    @classmethod
    def generate(
        cls, partners: int = 60, seed: int = 1, *, as_of: datetime = AS_OF, empty: Collection[str] = ()
    ) -> "World":
        """The same world for the same arguments, on every machine.

        Args:
            partners: how many businesses, besides the three of the vendors' documented examples.
            seed: which world.
            as_of: the present of this world; orders and dates lie before it.
            empty: platforms that know nobody at all, to see what an empty list does.

        Raises:
            ValueError: for fewer than no partners, or a platform that does not exist.
        """
        if partners < 0:
            raise ValueError(f"a world cannot have {partners} partners")
        if unknown := set(empty) - set(PLATFORMS):
            raise ValueError(f"no such platform: {', '.join(sorted(unknown))}; there are {', '.join(PLATFORMS)}")
        made = businesses(partners, seed, as_of)
        known = coverage(made, seed)
        records = {platform: _records(platform, known[platform], seed, as_of, empty) for platform in PLATFORMS}
        return cls(seed=seed, as_of=as_of, businesses=(*examples.BUSINESSES, *made), records=MappingProxyType(records))

    def truth(self) -> tuple[Truth, ...]:
        """Which record is which business, for every record of every platform."""
        return tuple(
            Truth(
                business_id=record.business_id,
                platform=platform,
                native_id=record.native_id,
                connection_id=record.connection_id,
            )
            for platform in PLATFORMS
            for record in self.records[platform]
        )


def _records(
    platform: str, known: list[Business], seed: int, as_of: datetime, empty: Collection[str]
) -> tuple[PartnerRecord, ...]:
    if platform in empty:
        return ()
    return (examples.RECORDS[platform], *view(platform, known, seed, as_of))
