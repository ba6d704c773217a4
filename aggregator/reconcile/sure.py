"""What a list or a platform itself calls one business: its records of one id and one name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aggregator.reconcile.entries import TABLE, Entry
from aggregator.reconcile.folding import folded
from aggregator.reconcile.references import Named


def sure_links(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Yield pairs of entries that one platform itself calls one business: equal id and name, in two accounts of it too.

    A table's ids are its own, so two tables never say that.
    """
    return _chained((_called(entry), entry) for entry in entries if entry.organization is not None)


def sure_rows(rows: Iterable[Named]) -> Iterator[tuple[str, str]]:
    """Yield the same pairs of rows of tables."""
    return _chained((_row_called(row), row) for row in rows)


def _called(entry: Entry) -> tuple[str, ...]:
    if entry.organization is None or entry.account.vendor == TABLE:
        return _row_called(entry)
    key = entry.organization.key
    return key.vendor, key.kind, key.id


def _row_called(row: Named) -> tuple[str, ...]:
    return TABLE, row.account.label, row.id


def _chained(called: Iterable[tuple[tuple[str, ...], Named]]) -> Iterator[tuple[str, str]]:
    """Yield each record with the first that is called as it is; one without a name is like no other."""
    seen: dict[tuple[str, ...], str] = {}
    for own, record in called:
        if not record.name:
            continue
        first = seen.setdefault((*own, folded(record.name)), record.key)
        if first != record.key:
            yield first, record.key
