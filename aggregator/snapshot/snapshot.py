"""What all platforms said at one time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Self, TypeVar

from attrs import frozen

from aggregator.model.connection import Connection
from aggregator.model.listing import Listing
from aggregator.model.order import Order
from aggregator.model.organization import Organization
from aggregator.model.record import Record
from aggregator.model.record_page import AccountPages

R = TypeVar("R", bound=Record)


@frozen(kw_only=True, eq=False)
class Snapshot:
    """All listings of a collection, with their coverage.

    Attributes:
        taken_at: When collecting began, in UTC.
        listings: One for each account and kind of list, in the order of the accounts.
        record_pages: Where people see the records of an account, of each whose settings say it.
    """

    taken_at: datetime
    listings: tuple[Listing[Any], ...]
    record_pages: tuple[AccountPages, ...] = ()

    @property
    def connections(self) -> tuple[Connection, ...]:
        """Every connection of every listing."""
        return tuple(self.records(Connection))

    @property
    def organizations(self) -> tuple[Organization, ...]:
        """Every organization listed by itself; those within a connection are reached through it."""
        return tuple(self.records(Organization))

    @property
    def orders(self) -> tuple[Order, ...]:
        """Every purchase order, where orders were collected too."""
        return tuple(self.records(Order))

    @property
    def complete(self) -> bool:
        """Whether every listing is the whole list."""
        return all(listing.coverage.complete for listing in self.listings)

    def records(self, kind: type[R]) -> Iterator[R]:
        """Yield every record of one kind."""
        return (record for listing in self.listings for record in listing if isinstance(record, kind))

    def save(self, folder: str | Path) -> Path:
        """Write the snapshot as a new folder, all of it or nothing, and return the folder.

        Raises:
            SnapshotError: The folder exists and holds something, or cannot be written.
        """
        from aggregator.snapshot.disk import save  # noqa: PLC0415 - reading and writing need more than looking

        return save(self, Path(folder))

    @classmethod
    def load(cls, folder: str | Path) -> Self:
        """Return the snapshot a folder holds.

        Raises:
            SnapshotError: It holds none, or a damaged one.
        """
        from aggregator.snapshot.disk import load  # noqa: PLC0415 - reading and writing need more than looking

        taken_at, listings, pages = load(Path(folder))
        return cls(taken_at=taken_at, listings=listings, record_pages=pages)
