"""How far orders have been read, so that the next run asks only for what has come since.

As a file it is one line of JSON:

    {"format": 1, "vendor": "crux", "account": "acme", "until": "2026-01-31T12:00:00+00:00",
     "recent": {"9a39a7e0-078b-4321-a6dc-02bb2a505243": "1f0c…"}}

`until` is when the newest order that was read was created, by the platform's clock. The next run begins a day
(`OVERLAP`) before that; `recent` holds each order of that day with a digest of what it said, so that it comes again
only if it changed. Orders from which no date of creation can be read are there too, as long as the platform lists them:
a run that finds all of what it asked for, and not them, lets them go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Final, Self

from attrs import field, frozen
from cattrs import BaseValidationError

from aggregator.drafts import drafted
from aggregator.errors import SnapshotError
from aggregator.model.converter import dump_json, from_json, to_plain
from aggregator.model.order import Order
from aggregator.model.raw import thaw

OVERLAP: Final = timedelta(days=1)
FORMAT: Final = 1


_FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)


def digest(order: Order) -> str:
    """Return a short text that changes with what the platform says of an order."""
    return blake2b(dump_json(thaw(order.raw)).encode("ascii"), digest_size=8).hexdigest()


def _is_recent(created: datetime, until: datetime | None) -> bool:
    return until is not None and created >= until - OVERLAP


@frozen(kw_only=True)
class Watermark:
    """How far the orders of one account have been read.

    Attributes:
        vendor: The platform.
        account: The account.
        until: When the newest order was created that is not dated in the future; None before the first.
        recent: A digest of each order of the day before `until` or later, and of each without a date, by id.
        format: Of the file.
    """

    vendor: str
    account: str
    until: datetime | None = None
    recent: Mapping[str, str] = field(factory=dict)
    format: int = FORMAT

    @property
    def begin(self) -> datetime | None:
        """From when on the next run asks; None for everything."""
        return None if self.until is None else self.until - OVERLAP

    def is_new(self, order: Order) -> bool:
        """Whether an order has not been read yet, or has changed since; what lies before `begin` was read."""
        if self.begin is not None and order.created_at is not None and order.created_at < self.begin:
            return False
        known = self.recent.get(order.id)
        return known is None or known != digest(order)

    def advanced(self, orders: Iterable[tuple[str, datetime | None, str]], *, at: datetime) -> Self:
        """Return the mark after a whole list was read.

        Args:
            orders: Id, time of creation and digest of each of its latest orders, and of those without a time.
            at: When it was read. The mark goes no further, or one order of 2099 would hide all that come before then.
        """
        several = list(orders)
        dated = [created for _, created, _ in several if created is not None]
        so_far = [created for created in dated if created <= at] or ([at] if dated else [])
        until = max(so_far + ([self.until] if self.until else []), default=None)
        kept = {key: mark for key, created, mark in several if created is None or _is_recent(created, until)}
        return type(self)(vendor=self.vendor, account=self.account, until=until, recent=kept)

    def save(self, path: str | Path) -> None:
        """Write the mark, whole or not at all.

        Raises:
            SnapshotError: It cannot be written.
        """
        try:
            with drafted(Path(path)) as draft:
                draft.write_text(dump_json(to_plain(self)) + "\n", "ascii")
        except OSError as error:
            raise SnapshotError(f"{path} cannot be written: {error.strerror}.") from error

    @classmethod
    def load(cls, path: str | Path, *, vendor: str, account: str) -> Self:
        """Return the mark in a file; a fresh one if there is no file yet.

        Raises:
            SnapshotError: The file cannot be read, is no mark, or another account's.
        """
        hint = "Remove it to read everything again, or name another file."
        try:
            mark = from_json(Path(path).read_text("ascii"), cls)
        except FileNotFoundError:
            return cls(vendor=vendor, account=account)
        except OSError as error:  # it may well hold one
            raise SnapshotError(f"{path} cannot be read: {error.strerror}.") from error
        except (ValueError, TypeError, BaseValidationError) as error:
            raise SnapshotError(f"{path} holds no watermark.", hint=hint) from error
        if mark.until is not None and (mark.until.tzinfo is None or mark.until.replace(tzinfo=UTC) < _FIRST):
            why = "has no time zone" if mark.until.tzinfo is None else "is no day of any order"
            raise SnapshotError(f"{path} holds no watermark: its until, {mark.until.isoformat()}, {why}.", hint=hint)
        if (mark.vendor, mark.account, mark.format) != (vendor, account, FORMAT):
            raise SnapshotError(
                f"{path} is the watermark of {mark.vendor} ({mark.account}), format {mark.format}.",
                hint="Give each account a file of its own.",
            )
        return mark
