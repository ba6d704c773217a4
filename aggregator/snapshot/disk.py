"""A snapshot as a folder: a manifest, and a file of JSON Lines for each listing.

It is written beside its place and moved there when it is whole, so a folder of that name is always a whole snapshot.
The manifest carries a checksum of every file; a file that was changed or cut short is noticed when it is read.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from attrs import frozen
from cattrs import BaseValidationError

from aggregator.devices import open_regular, read_regular
from aggregator.drafts import draft_beside
from aggregator.errors import SnapshotError
from aggregator.garbage import without_garbage_collection
from aggregator.model import AccessRole, Connection, Listing, ListingSource, Membership, Order, Organization, provenance
from aggregator.model.converter import dump_json, from_plain, load_json, to_json, to_plain
from aggregator.model.coverage import Coverage, Drift, Rejected
from aggregator.model.provenance import FieldRules
from aggregator.model.record_page import AccountPages

if TYPE_CHECKING:
    from aggregator.snapshot.snapshot import Snapshot

FORMAT = 1
MANIFEST = "manifest.json"
LATEST = "latest"

_LINES_AT_ONCE = 1_000
"""Lines that are read as one document, in which names of keys are kept once: a quarter of the memory."""

_KINDS = {kind.__name__: kind for kind in (AccessRole, Connection, Membership, Order, Organization)}


@frozen(kw_only=True)
class _ListingEntry:
    """What the manifest says of one listing."""

    source: ListingSource
    kind: str | None
    file: str
    sha256: str
    count: int
    coverage: Coverage
    drift: Drift
    rejected: tuple[Rejected, ...]


@frozen(kw_only=True)
class _Manifest:
    """What the folder holds."""

    format: int
    taken_at: datetime
    listings: tuple[_ListingEntry, ...]
    rules: tuple[FieldRules, ...]
    record_pages: tuple[AccountPages, ...] = ()


def save(snapshot: Snapshot, folder: Path) -> Path:
    """Write a snapshot as a new folder, all of it or nothing.

    Raises:
        SnapshotError: The folder exists and holds something, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SnapshotError(f"{folder} exists already.", hint="Name a new folder; a snapshot is never overwritten.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Only the owner may read it: it holds names, telephone numbers and mail addresses of people.
        draft = Path(mkdtemp(prefix=f".{folder.name}.", suffix=".unfinished", dir=folder.parent))
    except OSError as error:
        raise SnapshotError(f"{folder} cannot be written: {error.strerror}.", hint="Name another folder.") from error
    try:
        _write(snapshot, draft)
        if folder.exists():
            folder.rmdir()  # Windows lets nothing take the place of a folder, not even of an empty one
        draft.replace(folder)
    except OSError as error:
        raise SnapshotError(f"{folder} cannot be written: {error.strerror}.", hint="Is the disk full?") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def save_beside(snapshot: Snapshot, parent: Path) -> Path:
    """Write a snapshot as a folder named by its time below `parent`; `latest` stays what it is.

    Raises:
        SnapshotError: It cannot be written.
    """
    return save(snapshot, parent / f"{snapshot.taken_at.astimezone(UTC):%Y-%m-%dT%H%M%S.%fZ}")


def save_under(snapshot: Snapshot, parent: Path) -> Path:
    """Write a snapshot as a folder named by its time below `parent`, and let `latest` point to it.

    `latest` stays what it is where no platform was asked for anything: in a scheduled job, a variable that is not set
    must not put an empty snapshot in the place of the last one.

    Raises:
        SnapshotError: It cannot be written.
    """
    folder = save_beside(snapshot, parent)
    if snapshot.unasked:
        return folder
    link = parent / LATEST
    draft = draft_beside(link)
    try:
        draft.symlink_to(folder.name, target_is_directory=True)
        draft.replace(link)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise SnapshotError(f"{link} cannot be set: {error.strerror}.", hint=f"The snapshot is in {folder}.") from error
    return folder


def copy_saved(folder: Path, into: Path) -> None:
    """Copy a snapshot, and nothing else that lies beside it, into an empty folder.

    Raises:
        OSError: It cannot be read or written.
        SnapshotError: It holds no snapshot, or a damaged one.
    """
    for name in (*(entry.file for entry in _read_manifest(folder).listings), MANIFEST):
        with open_regular(_inside(folder, name)) as file, (into / name).open("wb") as copy:
            shutil.copyfileobj(file, copy)


def _inside(folder: Path, name: str) -> Path:
    if Path(name).name != name:
        raise SnapshotError(f"{folder / MANIFEST} names a file outside its folder.", hint="Collect again.")
    return folder / name


def _write(snapshot: Snapshot, draft: Path) -> None:
    entries = tuple(_write_listing(number, one, draft) for number, one in enumerate(snapshot.listings, start=1))
    used = {one.source.mapping for listing in snapshot.listings for one in listing}
    manifest = _Manifest(
        format=FORMAT,
        taken_at=snapshot.taken_at,
        listings=entries,
        rules=tuple(rules for name, rules in sorted(provenance.registered().items()) if _is_used(name, used)),
        record_pages=snapshot.record_pages,
    )
    _write_lines(draft / MANIFEST, [dump_json(to_plain(manifest))])


def _is_used(name: str, used: set[str]) -> bool:
    # A connection's organizations have mappings of their own, of the same vendor.
    return name.partition(".")[0] in {mapping.partition(".")[0] for mapping in used}


def _write_listing(number: int, listing: Listing[Any], draft: Path) -> _ListingEntry:
    source = listing.source
    words = re.sub(r"[^a-z0-9]+", "-", f"{source.vendor} {source.account} {source.operation}".lower()).strip("-")
    name = f"{number:02d}-{words[:80]}.jsonl"
    return _ListingEntry(
        source=source,
        kind=type(listing[0]).__name__ if listing else None,
        file=name,
        sha256=_write_lines(draft / name, map(to_json, listing)),
        count=len(listing),
        coverage=listing.coverage,
        drift=listing.drift,
        rejected=listing.rejected,
    )


def _write_lines(path: Path, lines: Iterable[str]) -> str:
    digest = sha256()
    with path.open("wb") as file:
        for line in lines:
            data = line.encode("ascii") + b"\n"
            digest.update(data)
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


@without_garbage_collection()
def load(folder: Path) -> tuple[datetime, tuple[Listing[Any], ...], tuple[AccountPages, ...]]:
    """Return the time and the listings a folder holds, and where people see their records.

    Raises:
        SnapshotError: It holds no snapshot, or a damaged one.
    """
    manifest = _read_manifest(folder)
    known = provenance.registered()
    for rules in manifest.rules:
        if rules.name not in known:
            provenance.register(rules)
    listings = tuple(_read_listing(folder, entry) for entry in manifest.listings)
    return manifest.taken_at, listings, manifest.record_pages


def _read_manifest(folder: Path) -> _Manifest:
    path = folder / MANIFEST
    try:
        plain = load_json(read_regular(path).decode("ascii"))
        found = plain.get("format")
        if found != FORMAT:
            raise SnapshotError(f"{folder} is a snapshot of format {found!r}; this version reads {FORMAT}.")
        return from_plain(plain, _Manifest)
    except FileNotFoundError as error:
        # The folder of all snapshots, or of a report, is easily named in the place of the one inside.
        inside = next((one for one in (LATEST, "snapshot") if (folder / one / MANIFEST).is_file()), None)
        raise SnapshotError(
            f"{folder} holds no snapshot: there is no {MANIFEST} in it.",
            hint=f"Did you mean {folder / inside}?" if inside else "Name a folder that `aggregator collect` wrote.",
        ) from error
    except NotADirectoryError as error:
        raise SnapshotError(
            f"{folder} is a file, and no snapshot.",
            hint="Name a folder that `aggregator collect` wrote; tables are compared by `aggregator reconcile`.",
        ) from error
    except OSError as error:
        raise SnapshotError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, AttributeError, TypeError, BaseValidationError) as error:
        raise SnapshotError(f"{path} is damaged.", hint="Collect again.") from error


def _read_listing(folder: Path, entry: _ListingEntry) -> Listing[Any]:
    path = _inside(folder, entry.file)
    try:
        records = tuple(_read_records(path, entry))
    except OSError as error:
        raise SnapshotError(f"{path} cannot be read: {error.strerror}.", hint="Collect again.") from error
    except (ValueError, KeyError, TypeError, BaseValidationError) as error:
        raise SnapshotError(f"{path} is damaged.", hint="Collect again.") from error
    return Listing(
        source=entry.source,
        records=records,
        coverage=entry.coverage,
        rejected=entry.rejected,
        drift=entry.drift,
    )


def _read_records(path: Path, entry: _ListingEntry) -> Iterator[Any]:
    digest, count = sha256(), 0
    with open_regular(path) as file:
        while lines := list(islice(file, _LINES_AT_ONCE)):
            count += len(lines)
            for line in lines:
                digest.update(line)
            for plain in load_json(f"[{b','.join(lines).decode('ascii')}]"):
                yield from_plain(plain, _KINDS[entry.kind or ""])
    if count != entry.count or digest.hexdigest() != entry.sha256:
        raise ValueError(f"{entry.count} records were written, {count} are there")
