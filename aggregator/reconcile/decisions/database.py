"""Decisions in a SQLite file: one table, whose rows are only added."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from aggregator.errors import ConfigurationError, NotReadable, NotWritable

_PRIMARY: Final = 0xFF
_REFUSED: Final = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)
"""Results of SQLite, in the lowest byte of its codes, that are the system's word and not about what a file holds."""

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    "left" TEXT NOT NULL,
    "right" TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('same', 'different', 'unsure')),
    "by" TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL DEFAULT '',
    why TEXT NOT NULL DEFAULT ''
);
CREATE TRIGGER IF NOT EXISTS decisions_are_not_changed BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are only added; take one back with another that says unsure'); END;
CREATE TRIGGER IF NOT EXISTS decisions_are_not_deleted BEFORE DELETE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are only added; take one back with another that says unsure'); END;
"""

_STRANGERS: Final = """
SELECT type, name, sql FROM sqlite_master WHERE NOT (
    type = 'table' AND (name LIKE 'decisions' OR name LIKE 'sqlite~_%' ESCAPE '~') AND sql LIKE 'CREATE TABLE %'
    OR type = 'index' AND (sql IS NULL OR sql LIKE 'CREATE INDEX %' OR sql LIKE 'CREATE UNIQUE INDEX %')
)
"""
"""By `sql` too, which is what SQLite goes by: whoever writes a file byte by byte can call a trigger an index."""


def is_database(place: Path) -> bool:
    """Whether a file of this name holds its decisions as SQLite does."""
    return place.suffix.casefold() in {".sqlite", ".sqlite3", ".db"}


def kept_rows(place: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the number of each row and its cells: left, right, decision, by, at, why.

    Raises:
        ConfigurationError: The file cannot be read, or holds something else.
    """
    if not place.stat().st_size:  # as an empty CSV file, it holds no decisions yet
        return
    with _database(place, NotReadable) as base:
        found = base.execute(
            'SELECT number, "left", "right", decision, "by", at, why FROM decisions ORDER BY number'
        ).fetchall()
    for number, *cells in found:
        yield number, tuple("" if cell is None else str(cell) for cell in cells)


def append_rows(place: Path, rows: Sequence[tuple[str, ...]]) -> None:
    """Add rows behind those of a file, all or none; it is made if there is none.

    Raises:
        ConfigurationError: The file cannot be written, or does not keep them as they are.
    """
    with _database(place, NotWritable) as base:
        base.executescript(_SCHEMA)
        before = _count(base)
        base.executemany(
            'INSERT INTO decisions ("left", "right", decision, "by", at, why) VALUES (?, ?, ?, ?, ?, ?)', rows
        )
        if _count(base) != before + len(rows):  # what a table says of conflicts may drop rows, or replace others
            raise ConfigurationError(f"{place} does not keep all decisions that are added.", hint="Name a new file.")
        base.commit()


def _count(base: sqlite3.Connection) -> int:
    return int(base.execute("SELECT count(*) FROM decisions").fetchone()[0])


@contextmanager
def _database(place: Path, refused: type[ConfigurationError]) -> Iterator[sqlite3.Connection]:
    """Open a SQLite file; `refused` says that the system does not let us."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(place)) as base:
            _refuse_strangers(base, place)
            yield base
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:  # of a damaged file, SQLite's own words may be none
        kind = refused if _is_refusal(error) else ConfigurationError
        raise kind(f"{place} cannot be used as a SQLite file of decisions: {error}.") from error


def _refuse_strangers(base: sqlite3.Connection, place: Path) -> None:
    """Make sure that nothing in a file can answer for the table, change what is added, or run for ever."""
    base.execute("PRAGMA trusted_schema = OFF")
    for kind, name, sql in base.execute(_STRANGERS):
        if (kind, name, sql) not in _own():
            raise ConfigurationError(
                f"{place} holds a {kind} {name!r}, which no file of decisions has.",
                hint="`aggregator link` makes a new one.",
            )


@cache
def _own() -> frozenset[tuple[str, str, str]]:
    """What makes the rows of our own files stay as they are."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(_SCHEMA)
        return frozenset(base.execute(_STRANGERS))


def _is_refusal(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", 0)  # not every error of SQLite's has one
    return isinstance(error, OSError) or code & _PRIMARY in _REFUSED
