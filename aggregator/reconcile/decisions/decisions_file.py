"""Decisions on disk: a CSV file for people and version control, or SQLite for very many.

left,right,decision,by,at,why
crux:acme:organization:757c,fabric:acme:brand:500,same,ada,2026-01-15T12:00:00+00:00,same VAT number
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Final

from attrs import evolve

from aggregator.devices import read_whole
from aggregator.errors import ConfigurationError, NotReadable, NotWritable
from aggregator.halves import WHOLE, whole
from aggregator.reconcile.cells import harmless, unguarded
from aggregator.reconcile.decisions.database import append_rows, is_database, kept_rows
from aggregator.reconcile.decisions.decisions import Decisions, merged
from aggregator.reconcile.decisions.rulings import Ruling, Verdict, verdict_of
from aggregator.reconcile.references import spaced

COLUMNS: Final = ("left", "right", "decision", "by", "at", "why")
_NEEDED: Final = COLUMNS[:3]
_DAY: Final = len("2026-01-15")
_CONFLICT: Final = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_REMARK: Final = "#"
_NO_ROW: Final = (_REMARK, *_CONFLICT)
_OTHERWISE: Final = re.compile(r"[;\t|]|^sep=")
"""What spreadsheets put between cells, or say that they do, where it is no comma."""

_OTHER_FORMATS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".parquet", ".pq", ".json", ".toml"})


def read_decisions(path: str | Path) -> Decisions:
    """Return the decisions in a CSV file, or in a SQLite file if its name ends in .sqlite, .sqlite3 or .db.

    Raises:
        ConfigurationError: It cannot be read; the message names the line.
    """
    place = Path(path)
    if not place.exists():
        raise ConfigurationError(f"There is no decisions file {place}.", hint="`aggregator link` makes one.")
    rows = _read_database(place) if is_database(place) else _read_text(place)
    return Decisions(rows=tuple(rows), where=str(place))


def has_headings(place: Path) -> bool:
    """Whether a file that is there was made for decisions, and is not merely empty.

    Raises:
        ConfigurationError: It holds something else, or cannot be read.
    """
    if is_database(place):
        read_decisions(place)
        return place.stat().st_size > 0
    return bool(_columns_behind(place))


def add_ruling(path: str | Path, ruling: Ruling, *, find: Callable[[str], str | None] | None = None) -> Decisions:
    """Add a decision to a file, which is made if there is none, and return all of them; see `add_rulings`."""
    return add_rulings(path, [ruling], find=find)


def add_rulings(
    path: str | Path, rulings: Iterable[Ruling], *, find: Callable[[str], str | None] | None = None
) -> Decisions:
    """Add decisions to a file, all or none, and return all that it holds; the file is made if there is none.

    Decisions that take others back (`unsure`) can always be added, also to a file that contradicts itself.

    Args:
        path: The file.
        rulings: What is added.
        find: As in `Decisions.contradiction`.

    Raises:
        ConfigurationError: The file cannot be read, written or be called so, or a decision does not name two records or
            would contradict others; nothing is written then.
    """
    place, new = Path(path), list(rulings)
    for one in new:
        _check_names(one)
    refuse_name(place)
    before = _held(place)
    added = Decisions(rows=(*before.rows, *new), where=str(place))
    problem = added.contradiction(find)
    if problem is not None and not all(one.verdict is Verdict.UNSURE for one in new):
        raise problem
    if is_database(place):
        append_rows(place, list(map(_cells, new)))
    elif new:
        _append_text(place, new)
    return added


def take_back(path: str | Path, ruling: Ruling, *, find: Callable[[str], str | None] | None = None) -> Decisions | None:
    """Add an `unsure` that takes back what a file says of its two records, and return all that the file holds.

    They are named as the row names them that is taken back, so that whoever has no lists sees that it is. None if no
    row is about them, or that was taken back: nothing is written then, for the row would be a new doubt.

    Args:
        path: The file, which need not be there.
        ruling: The row that is added.
        find: As in `Decisions.contradiction`.

    Raises:
        ConfigurationError: As of `add_rulings`.
    """
    _check_names(ruling)
    said = _held(Path(path)).last_said(ruling.left, ruling.right, find)
    if said is None or said.verdict is Verdict.UNSURE:
        return None
    undo = evolve(ruling, left=said.left, right=said.right, at=_not_before(said.at, ruling.at))
    return add_ruling(path, undo, find=find)


def _not_before(said: datetime | date | None, now: datetime | date | None) -> datetime | date | None:
    """Return when a row is taken back: the clock of who said it may be ahead of that of who takes it back."""
    return max(said, now) if isinstance(said, datetime) and isinstance(now, datetime) else now


def _held(place: Path) -> Decisions:
    return read_decisions(place) if place.exists() else Decisions(where=str(place))


def _check_names(ruling: Ruling) -> None:
    left, right = ruling.left, ruling.right
    if not left.strip() or not right.strip() or left.split() == right.split():
        raise ConfigurationError(
            f"A decision is about two records, not about {left!r} and {right!r}.", hint="Name two."
        )
    if (left, right) != (whole(left), whole(right)):
        raise ConfigurationError(f"No file can hold an id with half a character: {left!r}, {right!r}.")


def refuse_name(place: Path) -> None:
    """Make sure that a new file of decisions is not called as one of another format, which nothing could open.

    Raises:
        ConfigurationError: It is.
    """
    if place.suffix.casefold() in _OTHER_FORMATS and not place.exists():
        raise ConfigurationError(
            f"{place} would hold CSV under another name.", hint="Name a file such as decisions.csv or decisions.sqlite."
        )


def merge_into(path: str | Path, other: str | Path) -> Decisions:
    """Add to a file the decisions of another that it does not hold yet, and return all of them.

    Raises:
        ConfigurationError: A file cannot be used, or together they contradict each other; nothing is written then.
    """
    mine = _held(Path(path))
    both = merged((mine, read_decisions(other)))
    problem = both.contradiction()
    if problem is not None:
        raise problem
    held = set(map(_cells, mine.rows))
    return add_rulings(path, (row for row in both.rows if _cells(row) not in held))


def _cells(ruling: Ruling) -> tuple[str, ...]:
    at = "" if ruling.at is None else ruling.at.isoformat()
    return (ruling.left, ruling.right, ruling.verdict.value, ruling.by, at, ruling.why)


def _append_text(place: Path, rulings: Iterable[Ruling]) -> None:
    line = StringIO()
    writer = csv.writer(line, lineterminator="\n")
    quoting = csv.writer(line, lineterminator="\n", quoting=csv.QUOTE_ALL)
    try:
        old = place.read_bytes() if place.exists() else b""
        if old.strip() and not old.endswith(b"\n"):
            line.write("\n")
        if _columns_behind(place) != COLUMNS:  # a file written by hand may have others, or in another order
            writer.writerow(COLUMNS)
        for ruling in rulings:
            # One decision is one line, so that versions can be compared and merged line by line.
            row = [spaced(cell) for cell in _cells(ruling)]
            cells = [*row[:3], *map(harmless, row[3:])]
            # In quotes, a record whose name begins like a remark or a conflict is none.
            (quoting if row[0].startswith(_NO_ROW) else writer).writerow(cells)
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("ab") as file:
            file.write(line.getvalue().encode("utf-8", WHOLE))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise NotWritable(f"{place} cannot be written: {error.strerror}.", hint="Name another.") from error


def _columns_behind(place: Path) -> tuple[str, ...]:
    """Return the columns that a row at the end of a file is read by; none if there is no file, or no heading in it."""
    rows = _rows(place) if place.exists() else ()
    return next((header for _, _, header, _ in reversed(list(rows))), ())


def _read_text(place: Path) -> Iterator[Ruling]:
    for number, where, header, cells in _rows(place):
        if not cells:
            continue
        if len(cells) != len(header):
            raise ConfigurationError(
                f"{where} has {len(cells)} cells instead of {len(header)}; it may be half written.",
                hint="Complete the line or delete it.",
            )
        yield _ruling(dict(zip(header, cells, strict=True)), where, number)


def _rows(place: Path) -> Iterator[tuple[int, str, tuple[str, ...], list[str]]]:
    """Yield the number of each line that says something, where that is, by which columns it is read, and its cells.

    A line of headings has none. There may be several: two files put one behind the other, or rows added to one that
    lacks columns.
    """
    try:
        text = read_whole(place).decode("utf-8-sig")
    except OSError as error:
        raise NotReadable(f"{place} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{place} is not UTF-8 ({error}).", hint="Save it as UTF-8.") from error
    header: tuple[str, ...] = ()
    for number, line in enumerate(StringIO(text, newline=None), start=1):
        where = f"{place}, line {number}"
        if line.startswith(_CONFLICT):
            raise ConfigurationError(
                f"{where} is a mark of a merge conflict.", hint="Keep the rows of both sides that hold, and delete it."
            )
        if not line.strip() or line.startswith(_REMARK):
            continue
        cells = _split(line.rstrip("\n"), where)
        if not any(cells):  # a blank row as spreadsheets write it
            continue
        if not header or {cell.casefold() for cell in cells}.issuperset(_NEEDED):
            header = _header(cells, where)
            yield number, where, header, []
        else:
            yield number, where, header, cells


def _split(line: str, where: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], strict=True))]
    except csv.Error as error:
        raise ConfigurationError(f"{where} cannot be read ({error}); it may be half written.") from error


def _header(cells: list[str], where: str) -> tuple[str, ...]:
    names = tuple(cell.casefold() for cell in cells)
    missing = [name for name in _NEEDED if name not in names]
    if missing or len(set(names)) < len(names):
        raise ConfigurationError(
            f"{where} must name the columns; it lacks {', '.join(missing) or 'nothing but names one twice'}.",
            hint=f"Write: {','.join(COLUMNS)}{', with commas between them' if _OTHERWISE.search(cells[0]) else ''}",
        )
    return names


def _ruling(row: Mapping[str, str], where: str, line: int) -> Ruling:
    verdict = verdict_of(row["decision"], where=where)
    if not row["left"] or not row["right"]:
        raise ConfigurationError(f"{where} does not name two records.", hint="Complete the line or delete it.")
    return Ruling(
        left=row["left"],
        right=row["right"],
        verdict=verdict,
        by=unguarded(row.get("by", "")),
        at=_time(row.get("at", ""), where),
        why=unguarded(row.get("why", "")),
        line=line,
    )


def _time(text: str, where: str) -> datetime | date | None:
    if not text:
        return None
    if len(text) <= _DAY:
        with suppress(ValueError):
            return date.fromisoformat(text)
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigurationError(
            f"{where}: {text!r} is no time.", hint="Write it as 2026-01-15T12:00:00Z or 2026-01-15, or leave it out."
        ) from error


def _read_database(place: Path) -> Iterator[Ruling]:
    for number, cells in kept_rows(place):
        yield _ruling(dict(zip(COLUMNS, cells, strict=True)), f"{place}, row {number}", number)
