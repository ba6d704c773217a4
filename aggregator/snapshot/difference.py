"""What changed between two snapshots, and what cannot be told.

A record is called removed only where the newer list is whole, and added only where the older one was: otherwise it may
merely not have come. What a platform counts by itself (`Connection.activity`) changes from day to day and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from attrs import field, frozen

from aggregator.model.connection import Connection
from aggregator.model.converter import dump_json, to_plain
from aggregator.model.listing import Listing, ListingSource
from aggregator.model.order import Order
from aggregator.model.organization import AccessRole, Membership, Organization
from aggregator.model.record import Record
from aggregator.snapshot.snapshot import Snapshot

# Where a record was read from, how it was spelled, and what the platform counts: none of it is news of the partner.
_NO_NEWS = frozenset({"source", "raw", "activity"})


@frozen(kw_only=True)
class FieldChange:
    """One field that differs, with plain JSON values; a dotted path leads into a nested record: "supplier.name"."""

    field: str
    before: Any
    after: Any

    def __str__(self) -> str:
        return f"{self.field}: {_said(self.before)} → {_said(self.after)}"


@frozen(kw_only=True)
class RecordChange:
    """A record that is in both snapshots and differs."""

    before: Record = field(repr=False)
    after: Record
    fields: tuple[FieldChange, ...]


@frozen(kw_only=True)
class ListingDiff:
    """What changed on one list.

    Attributes:
        source: Which list.
        added: Records that were certainly not there before.
        removed: Records that are certainly no longer there.
        changed: Records whose fields differ.
        appeared: Records that are only in the newer snapshot, where the older list was not whole.
        vanished: Records that are only in the older snapshot, where the newer list is not whole.
        doubts: Why some of it cannot be told, one sentence each; none where both lists are whole.
    """

    source: ListingSource
    added: tuple[Record, ...] = ()
    removed: tuple[Record, ...] = ()
    changed: tuple[RecordChange, ...] = ()
    appeared: tuple[Record, ...] = ()
    vanished: tuple[Record, ...] = ()
    doubts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    def __str__(self) -> str:
        said = f"{len(self.added)} added, {len(self.removed)} removed, {len(self.changed)} changed"
        return f"{self.source}: {said}{'' if not self.doubts else '; cannot tell all'}"


@frozen(kw_only=True)
class SnapshotDiff:
    """What changed between two snapshots; true if anything certainly did.

    Attributes:
        before: When the older one was taken.
        after: When the newer one was taken.
        listings: One for each list that is in either of them.
    """

    before: datetime
    after: datetime
    listings: tuple[ListingDiff, ...]

    @property
    def certain(self) -> bool:
        """Whether everything that changed is told: both snapshots hold the same lists, each of them whole."""
        return not any(one.doubts for one in self.listings)

    def __bool__(self) -> bool:
        return any(self.listings)

    def to_plain(self) -> dict[str, Any]:
        """Return the difference as plain values, for scripts."""
        return {
            "before": self.before.isoformat(),
            "after": self.after.isoformat(),
            "certain": self.certain,
            "listings": [_plain_listing(one) for one in self.listings],
        }


def diff(before: Snapshot, after: Snapshot) -> SnapshotDiff:
    """Return what changed from one snapshot to a later one, list by list.

    Raises:
        TypeError: One is no snapshot.
    """
    for one in (before, after):
        if not isinstance(one, Snapshot):
            raise TypeError(f"no snapshot but {type(one).__name__}: write diff(Snapshot.load(old), Snapshot.load(new))")
    old = {one.source: one for one in before.listings}
    new = {one.source: one for one in after.listings}
    sources = dict.fromkeys((*new, *old))
    listings = tuple(_compare(source, old.get(source), new.get(source)) for source in sources)
    return SnapshotDiff(before=before.taken_at, after=after.taken_at, listings=listings)


def _compare(source: ListingSource, before: Listing[Any] | None, after: Listing[Any] | None) -> ListingDiff:
    old = {} if before is None else {record.key: record for record in before}
    new = {} if after is None else {record.key: record for record in after}
    gone = tuple(record for key, record in old.items() if key not in new)
    come = tuple(record for key, record in new.items() if key not in old)
    no_before, no_after = _doubt("older", before, after), _doubt("newer", after, before)
    span = _common_span(before, after)
    if span is not None and all(_dated(record) for record in (*gone, *come)):
        # What is older is in one list only because the other was not asked for it: that is no news.
        gone, come = (tuple(one for one in some if one.created_at >= span) for some in (gone, come))
        no_before = no_after = None
    return ListingDiff(
        source=source,
        added=come if no_before is None else (),
        removed=gone if no_after is None else (),
        changed=tuple(_changes({key: (old[key], new[key]) for key in new if key in old})),
        appeared=() if no_before is None else come,
        vanished=() if no_after is None else gone,
        doubts=tuple(doubt for doubt in (no_before, no_after) if doubt is not None),
    )


def _common_span(before: Listing[Any] | None, after: Listing[Any] | None) -> datetime | None:
    """Since when both lists hold everything, if at least one of them was asked for a span of time up to its day."""
    sides = [one.coverage for one in (before, after) if one is not None and one.coverage.complete]
    spans = [one.since for one in sides if one.scope is not None]
    known = [one for one in spans if one is not None]
    return max(known) if len(sides) == 2 and known and len(known) == len(spans) else None


def _dated(record: Any) -> bool:  # noqa: ANN401 - whatever a list holds
    return getattr(record, "created_at", None) is not None


def _doubt(which: str, listing: Listing[Any] | None, other: Listing[Any] | None) -> str | None:
    """Why a record that is not in `listing` may be on the platform nevertheless; None if it is not."""
    if listing is None:
        return f"the {which} snapshot does not hold this list"
    if not listing.coverage.complete:
        return f"the {which} list is incomplete: {listing.coverage.reason}"
    if listing.coverage.scope is not None and (other is None or other.coverage.scope != listing.coverage.scope):
        return f"the {which} list holds only records where {listing.coverage.scope}"
    return None


def _changes(pairs: Mapping[Any, tuple[Record, Record]]) -> Iterator[RecordChange]:
    for before, after in pairs.values():
        if before != after:  # raw payloads do not count
            changed = tuple(_differing(_flat(to_plain(before)), _flat(to_plain(after))))
            if changed:
                yield RecordChange(before=before, after=after, fields=changed)


def _differing(before: dict[str, Any], after: dict[str, Any]) -> Iterator[FieldChange]:
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name), after.get(name)
        if _unordered(old) != _unordered(new):
            yield FieldChange(field=name, before=old, after=new)


def _flat(plain: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in plain.items():
        if name in _NO_NEWS:
            continue
        if isinstance(value, Mapping):
            found.update(_flat(value, f"{prefix}{name}."))
        else:
            found[prefix + name] = value
    return found


def _unordered(value: Any) -> Any:  # noqa: ANN401 - plain JSON values
    """The order in which a platform lists contacts or aliases is no news."""
    if not isinstance(value, list | tuple):
        return value
    return sorted(dump_json(_flat(one) if isinstance(one, Mapping) else one) for one in value)


def _said(value: Any) -> str:  # noqa: ANN401 - plain JSON values
    if value is None:
        return "nothing"
    return value if isinstance(value, str) else dump_json(value)


def name_of(record: Record) -> str:
    """Return what people call a record: the partner's name, a purchase order's number, a person; else its id."""
    match record:
        case Connection():
            sides = (record.partner, record.supplier, record.retailer)
            found = next((side.name for side in sides if side is not None and side.name), None)
        case Organization() | AccessRole():
            found = record.name
        case Order():
            found = record.purchase_order
        case Membership():
            found = record.contact.name or record.contact.email
        case _:
            found = None
    return found or record.key.id


def _plain_listing(one: ListingDiff) -> dict[str, Any]:
    return {
        "vendor": one.source.vendor,
        "account": one.source.account,
        "operation": one.source.operation,
        **{
            kind: [_plain_record(record) for record in getattr(one, kind)]
            for kind in ("added", "removed", "appeared", "vanished")
        },
        "changed": [
            {**_plain_record(change.after), "fields": [to_plain(field) for field in change.fields]}
            for change in one.changed
        ],
        "doubts": list(one.doubts),
    }


def _plain_record(record: Record) -> dict[str, Any]:
    return {"kind": record.key.kind, "id": record.key.id, "name": name_of(record)}
