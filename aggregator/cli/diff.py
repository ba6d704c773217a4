"""`aggregator diff`: what changed between two snapshots."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from aggregator.cli import FINDINGS, INCOMPLETE
from aggregator.cli.places import Place
from aggregator.cli.terminal import clean
from aggregator.garbage import without_garbage_collection
from aggregator.model.converter import dump_json
from aggregator.model.record import Record
from aggregator.snapshot import Snapshot
from aggregator.snapshot.difference import ListingDiff, SnapshotDiff, name_of
from aggregator.snapshot.difference import diff as compared


def diff(
    old: Place,
    new: Place,
    /,
    *,
    json: Annotated[bool, Parameter(negative=())] = False,
    fail_on_change: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Say what changed from the snapshot OLD to the snapshot NEW: partners added, removed, and fields that differ.

    A partner is called removed only where the newer list is complete, and added only where the older one was. What
    cannot be told is said, with the reason. A platform's own counters, such as orders of the last days, are left out.

    Exit code 0: everything could be told. 4: not everything could. 5: something changed, with --fail-on-change.

    Parameters
    ----------
    old: Path
        The older snapshot folder.
    new: Path
        The newer snapshot folder.
    json: bool
        Print one line of JSON instead of text.
    fail_on_change: bool
        Exit with 5 if anything was added, removed or changed.
    """
    with without_garbage_collection():
        found = compared(Snapshot.load(old), Snapshot.load(new))
    if json:
        print(dump_json(found.to_plain()))  # noqa: T201 - the result
    else:
        _print(found)
    if fail_on_change and found:
        return FINDINGS
    return 0 if found.certain else INCOMPLETE


def _print(found: SnapshotDiff) -> None:
    for listing in found.listings:
        for line in (str(listing), *_lines(listing)):
            print(" ".join(clean(line).splitlines()))  # noqa: T201 - the result


def _lines(listing: ListingDiff) -> list[str]:
    return [
        *(f"! cannot tell all: {doubt}" for doubt in listing.doubts),
        *(f"  + {_named(record)}" for record in listing.added),
        *(f"  - {_named(record)}" for record in listing.removed),
        *(f"  ~ {_named(one.after)}: {'; '.join(map(str, one.fields))}" for one in listing.changed),
        *(f"  ? {_named(record)} is there; it may have been before" for record in listing.appeared),
        *(f"  ? {_named(record)} did not come; it may still be there" for record in listing.vanished),
    ]


def _named(record: Record) -> str:
    return f"{name_of(record)!r} ({record.key.kind} {record.key.id})"
