"""What all platforms said at one time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Self, TypeVar

from attrs import field, frozen

from aggregator.errors import SecretUnavailable
from aggregator.model.connection import Connection
from aggregator.model.listing import Listing
from aggregator.model.order import Order
from aggregator.model.organization import Organization
from aggregator.model.record import Record
from aggregator.model.record_page import AccountPages
from aggregator.model.tuples import lists_as_tuples

R = TypeVar("R", bound=Record)


def _is_moment(_: object, __: object, said: datetime) -> None:
    if not isinstance(said, datetime):
        kind = type(said).__name__
        raise TypeError(f"taken_at is no datetime but {kind}: write datetime.now(UTC), or datetime.fromisoformat(...)")
    if said.utcoffset() is None:
        raise ValueError(f"taken_at = {said} has no zone: write datetime.now(UTC), or add tzinfo=UTC")


def _are_listings(_: object, __: object, said: tuple[Listing[Any], ...]) -> None:
    if isinstance(said, Listing):
        raise TypeError("listings is a single Listing: write listings=(listing,)")
    if not isinstance(said, tuple | list):
        raise TypeError(f"listings is no tuple but {type(said).__name__}: write listings=(first, second)")
    for one in said:
        if not isinstance(one, Listing):
            raise TypeError(f"listings holds no Listing but {type(one).__name__}: a table is listed by .listing()")


@frozen(kw_only=True, eq=False, field_transformer=lists_as_tuples)
class Snapshot:
    """All listings of a collection, with their coverage.

    Attributes:
        taken_at: When collecting began, in UTC.
        listings: One for each account and kind of list, in the order of the accounts.
        record_pages: Where people see the records of an account, of each whose settings say it.

    Raises:
        TypeError: `taken_at` is no datetime, or `listings` are none.
        ValueError: `taken_at` has no zone.
    """

    taken_at: datetime = field(validator=_is_moment)
    listings: tuple[Listing[Any], ...] = field(validator=_are_listings)
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

    @property
    def unasked(self) -> bool:
        """Whether no platform was asked for anything, since every account lacked a secret."""
        failures = [listing.coverage.failure for listing in self.listings]
        return bool(failures) and all(one is not None and one.code == SecretUnavailable.__name__ for one in failures)

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
