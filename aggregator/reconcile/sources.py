"""What the command reconciles: snapshot folders and partner tables, named in the order they are given."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final, Protocol, cast

from attrs import frozen

from aggregator.adapter.entry_point import load_entry_point
from aggregator.errors import ConfigurationError, NotReadable, SnapshotError
from aggregator.model import Listing, Organization, Rejected
from aggregator.reconcile.entries import Account
from aggregator.reconcile.matching import Profile
from aggregator.snapshot import Snapshot

GROUP = "aggregator.tables"


class ListedTable(Protocol):
    """A table of which every row was read as an organization, and which column holds what, in words."""

    listing: Listing[Organization]
    columns: str


class QuickTable(Protocol):
    """A table read for the matcher alone."""

    profiles: list[Profile]
    ids: Mapping[str, str]
    columns: str
    rejected: Sequence[Rejected]


class TableSource(Protocol):
    """What a reader of tables offers; `adapters.table` has the one that comes along."""

    path: Path
    account: str

    def read(self) -> ListedTable:
        """Read every row as an organization."""

    def quick(self) -> QuickTable:
        """Read every row for the matcher alone."""


@frozen(kw_only=True)
class SourcesRead:
    """Everything that was given, read.

    Attributes:
        snapshot: All of it as one snapshot, taken when the last of its parts was.
        columns: Which column of each table holds what, in words.
    """

    snapshot: Snapshot
    columns: Mapping[str, str]


@frozen(kw_only=True)
class Sources:
    """Everything that was given to the command.

    Attributes:
        parts: Snapshots and tables, in their order.
        saved: The folder that holds all of it, if it is a single snapshot.
    """

    parts: tuple[Snapshot | TableSource, ...]
    saved: Path | None = None

    @property
    def tables(self) -> tuple[TableSource, ...]:
        """The tables among them."""
        return tuple(part for part in self.parts if not isinstance(part, Snapshot))

    @property
    def only_tables(self) -> bool:
        """Whether there are no snapshots among them."""
        return len(self.tables) == len(self.parts)

    def read(self) -> SourcesRead:
        """Read all of it, each table once.

        Raises:
            ConfigurationError: An account is in two of the parts, or a table cannot be read.
        """
        times = [part.taken_at for part in self.parts if isinstance(part, Snapshot)]
        listings: list[Listing[Organization]] = []
        columns: dict[str, str] = {}
        held: dict[tuple[str, str], int] = {}
        for number, part in enumerate(self.parts):
            if isinstance(part, Snapshot):
                several = part.listings
            else:
                table = part.read()
                several, columns[part.account] = (table.listing,), table.columns
            for one in several:
                account = (one.source.vendor, one.source.account)
                if held.setdefault(account, number) != number:
                    raise ConfigurationError(
                        f"{account[0]} ({account[1]}) is in two of the sources.",
                        hint="Give one snapshot of each account; `aggregator diff` compares two.",
                    )
            listings += several
        pages = (one for part in self.parts if isinstance(part, Snapshot) for one in part.record_pages)
        taken_at = max(times, default=datetime.now(UTC))
        snapshot = Snapshot(taken_at=taken_at, listings=tuple(listings), record_pages=tuple(pages))
        return SourcesRead(snapshot=snapshot, columns=columns)


READING: Final = ("encoding", "delimiter", "sheet")
"""How a table is read, where guessing would go wrong."""


def open_sources(paths: Sequence[Path], columns: Sequence[str] = (), reading: Sequence[str] = ()) -> Sources:
    """Return what the paths lead to: a folder is a snapshot, a file a table.

    Args:
        paths: Folders and files.
        columns: Which heading holds which field of a table: "name=Firma", or "left:name=Firma" for one table.
        reading: How tables are read: "encoding=cp1250", "delimiter=tab", "sheet=2026", or "left:sheet=2026".

    Raises:
        ConfigurationError: A path leads nowhere, or a column or a way of reading is not given as it should be.
        SnapshotError: A folder holds no snapshot, or a damaged one.
    """
    given = _by_table(columns, "which column holds what", "name=HEADING")
    ways = _by_table(reading, "how a table is read", "encoding=cp1250, delimiter=tab or sheet=NAME", known=READING)
    snapshots = {path: Snapshot.load(path) for path in paths if path.is_dir()}
    taken, labels = _labels(snapshots.values()), set[str]()
    parts: list[Snapshot | TableSource] = []
    for path in paths:
        if path in snapshots:
            parts.append(snapshots[path])
        elif path.exists():
            if not os.access(path, os.R_OK):  # before others are read, which may be long
                raise NotReadable(f"{path} cannot be read: Permission denied.")
            label = _unique(readable(path.stem), taken)
            labels.add(label)
            columns_here, ways_here = ({**one.get("", {}), **one.get(label, {})} for one in (given, ways))
            parts.append(_table(path, label, columns_here, ways_here))
        else:
            raise ConfigurationError(f"There is nothing at {path}.", hint="Name a snapshot folder or a table file.")
    _refuse_unused({**given, **ways}, labels)
    alone = len(paths) == 1 and paths[0].is_dir()
    return Sources(parts=tuple(parts), saved=paths[0] if alone else None)


def _table(path: Path, label: str, columns: Mapping[str, str], ways: Mapping[str, str]) -> TableSource:
    found = entry_points(group=GROUP)
    if not found:
        raise ConfigurationError("No reader of tables is installed.", hint="Install connection-aggregator whole.")
    if path.name == "manifest.json":
        raise SnapshotError(f"{path} is a part of a snapshot.", hint=f"Name its folder: {path.parent}")
    reader = cast("Callable[..., TableSource]", load_entry_point(next(iter(found)), "reader of tables"))
    return reader(path=path, account=label, columns=columns, **ways)


def readable(path: str | Path) -> str:
    """Return a path as text that can be written: a file's name may be of bytes that are none."""
    return str(path).encode("utf-8", "replace").decode("utf-8") if not str(path).isascii() else str(path)


def _labels(snapshots: Iterable[Snapshot]) -> set[str]:
    """What the accounts are called: a table of such a name would be taken for one of them."""
    sources = (listing.source for snapshot in snapshots for listing in snapshot.listings)
    return {Account(vendor=source.vendor, name=source.account).label for source in sources}


def _unique(stem: str, labels: set[str]) -> str:
    label, number = stem, 1
    while label in labels:
        number += 1
        label = f"{stem}-{number}"
    labels.add(label)
    return label


def _by_table(
    texts: Sequence[str], what: str, example: str, known: Sequence[str] | None = None
) -> dict[str, dict[str, str]]:
    """Return what was said of each table, and under "" of all, from texts such as left:name=Firma."""
    given: dict[str, dict[str, str]] = {}
    for text in texts:
        left, equals, value = text.partition("=")
        label, colon, key = left.rpartition(":")
        if not equals or not value or not key or (known is not None and key not in known):
            raise ConfigurationError(f"{text!r} does not say {what}.", hint=f"Write {example}.")
        of_table = given.setdefault(label if colon else "", {})
        if of_table.setdefault(key, value) != value:
            raise ConfigurationError(
                f"{text!r} says another thing than {left}={of_table[key]}.", hint="Say one of the two."
            )
    return given


def _refuse_unused(given: Mapping[str, object], labels: set[str]) -> None:
    for label in given:
        if label and label not in labels:
            raise ConfigurationError(
                f"No table is called {label!r}.", hint=f"There are: {', '.join(sorted(labels)) or 'none'}."
            )
