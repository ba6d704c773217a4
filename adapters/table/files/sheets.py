"""Rows of Excel workbooks, as text."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Final, Protocol
from zipfile import BadZipFile, ZipFile

from attrs import frozen

from adapters.table.files.contents import Contents
from adapters.table.files.extras import missing
from adapters.table.files.formats import shown
from adapters.table.files.formulas import unsolved_cells
from adapters.table.files.merges import Merge, merged_cells, with_merges
from adapters.table.files.values import as_text
from adapters.table.headings.heading_rows import DEEPEST, find_headings
from adapters.table.layout.sheet_choice import Choice, Sheet, choose_sheets
from adapters.table.row import SAVE_IT, Row, Unsolved
from adapters.table.rows.foot import without_foot
from aggregator.errors import ConfigurationError

_LAST_ROW: Final = 1_048_576
"""Where every spreadsheet program ends."""

_GAP: Final = 100
"""So many blank rows between others part them as a million would, and are not looked through as long."""

_MOST: Final = 4_000_000_000
"""Bytes that a workbook may unpack to."""
_MUCH: Final = 1_000_000_000
_DENSEST: Final = 200
"""So many times its size no list of partners unpacks to, but for a small one, which does no harm."""


class _Cell(Protocol):
    """A cell of a sheet."""

    value: object
    number_format: str


class _Sheet(Sheet, Protocol):
    """A sheet, with the cells of each row and not their values alone."""

    @property
    def rows(self) -> Iterable[tuple[_Cell, ...]]:
        """The cells of each row."""

    def reset_dimensions(self) -> None:
        """Forget how far the sheet says that it reaches."""


@frozen(kw_only=True)
class _Book:
    """An open workbook.

    Attributes:
        sheets: Its sheets by their titles; one that is a chart holds no rows, and is none of them.
        parts: Where in the archive each sheet is.
        archive: The file, which is a ZIP archive.
    """

    sheets: Mapping[str, _Sheet]
    parts: Mapping[str, str]
    archive: ZipFile


def _cells(sheet: _Sheet, path: Path) -> Iterator[tuple[object, ...]]:
    # A format far out would make each row as wide as the sheet can be; how far cells are filled, they say themselves.
    sheet.reset_dimensions()
    try:
        yield from map(_seen, sheet.rows)
    except MemoryError as error:
        raise _too_large(path) from error
    except Exception as error:  # as above: it is read only now
        raise _damaged(path, error) from error


def _damaged(path: Path, why: object) -> ConfigurationError:
    return ConfigurationError(f"{path} is damaged ({why}).", hint="Save it anew as .xlsx or CSV.")


def _too_large(path: Path) -> ConfigurationError:
    return ConfigurationError(f"{path} needs more memory than there is.", hint="Save the sheet with the list as CSV.")


def _seen(cells: Sequence[_Cell]) -> tuple[object, ...]:
    """Return the values of a row up to its last, with what a format such as 00000 shows beside the digits."""
    width = len(cells)
    while width and _is_blank(cells[width - 1].value):
        width -= 1
    values = ((cell, cell.value) for cell in cells[:width])
    # True and false are whole numbers to Python, and to nobody else.
    return tuple(_formatted(value, cell.number_format) if type(value) is int else value for cell, value in values)


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _formatted(number: int, number_format: str) -> object:
    text = shown(number, number_format)
    return number if text is None else text


def _not_blank(sheet: _Sheet, path: Path, unsolved: Mapping[int, tuple[Unsolved, ...]]) -> Iterator[Row]:
    for line, cells in enumerate(_cells(sheet, path), start=1):
        if line > _LAST_ROW:  # openpyxl would fill the gap up to whatever number stands there
            raise _damaged(path, f"a row in it has a number beyond {_LAST_ROW:,}, the last there can be")
        if cells or line in unsolved:
            yield Row(line, list(map(as_text, cells)), unsolved=unsolved.get(line, ()))


def _filled(rows: Iterable[Row]) -> list[Row]:
    """Return the rows with the blank ones between them, those that may be headings as wide as any.

    A remark beside the list is in a column without a heading, and no cell too many.
    """
    kept: list[Row] = []
    begun: list[Row] = []
    width = 0
    for row in rows:
        last = kept[-1].line if kept else 0
        kept.extend(Row(line, []) for line in range(max(last + 1, row.line - _GAP), row.line))
        kept.append(row)
        width = max(width, len(row.cells))
        if len(begun) < DEEPEST:
            begun.append(row)
    for row in begun:
        row.cells.extend([""] * (width - len(row.cells)))
    return kept


def read_workbook(path: Path, sheet: str | None, given: Collection[str] = ()) -> Contents:
    """Return the rows of a sheet of an Excel workbook.

    If none is named, it is the likeliest that is not hidden, with those that go on with it (`choose_sheets`).

    Args:
        path: The workbook.
        sheet: Its sheet, if one is named.
        given: Headings that the list is known to have.

    Raises:
        ConfigurationError: It is no workbook, has no such sheet, or openpyxl is not installed.
    """
    book = _opened(path)
    with closing(book.archive):
        choice = _choice(book.sheets, path, sheet, given)
        doubts = [choice.said] if choice.said else []
        rows: list[Row] = []
        for number, title in enumerate(choice.titles):
            unsolved = _unsolved(book, title)
            if unsolved:
                doubts.append(_without_results(unsolved))
            rows_there = _not_blank(book.sheets[title], path, unsolved)
            found = _filled(with_merges(rows_there, _merges(book, title)))
            if len(choice.titles) > 1:
                found = without_foot(found)
            rows += _going_on(found, rows) if number else found
    return Contents(rows=rows, doubt="; ".join(doubts) or None, lacking=choice.lacking)


def _choice(sheets: Mapping[str, _Sheet], path: Path, named: str | None, given: Collection[str]) -> Choice:
    """Return which sheets to read."""
    if not sheets:
        raise ConfigurationError(f"{path} holds charts, and no table.", hint="Name a file with a list.")
    if named is not None and named not in sheets:
        raise ConfigurationError(f"{path} has no sheet {named!r}.", hint=f"It has {', '.join(sheets)}.")
    if named is not None:
        return Choice(titles=[named])
    seen = [one for one in sheets.values() if one.sheet_state == "visible"]
    return choose_sheets(seen or list(sheets.values()), given)


def _going_on(rows: Sequence[Row], above: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows of a further sheet below its headings, their lines counted on."""
    lines = above[-1].line if above else 0
    for row in find_headings(iter(rows), "", {}).below:
        yield row._replace(line=lines + row.line)


def _opened(path: Path) -> _Book:
    try:
        from openpyxl import reader  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise missing(path, "Excel files", "openpyxl", "excel") from error

    class Reader(reader.excel.ExcelReader):  # type: ignore[misc]
        """Reads workbooks with a chart sheet on which nothing is drawn, at which openpyxl stumbles."""

        def read_chartsheet(self, sheet: object, rel: object) -> None:
            """Read a chart sheet as far as it goes: there are no rows in it."""
            with suppress(AttributeError):
                super().read_chartsheet(sheet, rel)

    try:
        opened = Reader(path, read_only=True, data_only=True)
        _refuse_bloated(opened.archive, path)
        opened.read()
    except ConfigurationError:
        raise
    except MemoryError as error:
        raise _too_large(path) from error
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror or error}.") from error
    except Exception as error:
        # A damaged archive shows itself as almost any exception.
        raise ConfigurationError(f"{path} is no Excel workbook ({error}).", hint="Save it as .xlsx or CSV.") from error
    return _Book(
        sheets={sheet.title: sheet for sheet in opened.wb.worksheets},
        parts={sheet.name: relation.target for sheet, relation in opened.parser.find_sheets()},
        archive=opened.archive,
    )


def _refuse_bloated(archive: ZipFile, path: Path) -> None:
    """Make sure that a small file does not unpack to more than there is memory for; no more is read than it says."""
    unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > _MOST or (unpacked > _MUCH and unpacked > _DENSEST * path.stat().st_size):
        archive.close()
        raise ConfigurationError(
            f"{path} would unpack to {unpacked / 1_000_000_000:.1f} GB.", hint="Save the sheet with the list as CSV."
        )


def _unsolved(book: _Book, title: str) -> Mapping[int, tuple[Unsolved, ...]]:
    try:
        with book.archive.open(book.parts[title]) as file:
            return unsolved_cells(file)
    except (OSError, EOFError, BadZipFile, zlib.error):  # that a file is damaged is told by whoever reads its rows
        return {}


def _merges(book: _Book, title: str) -> Sequence[Merge]:
    try:
        with book.archive.open(book.parts[title]) as file:
            return merged_cells(file)
    except (OSError, EOFError, BadZipFile, zlib.error):  # as above
        return ()


def _without_results(unsolved: Mapping[int, tuple[Unsolved, ...]]) -> str:
    count, first = sum(map(len, unsolved.values())), next(iter(unsolved.values()))[0].cell
    where = f"{count:,} cells hold formulas" if count > 1 else "a cell holds a formula"
    return f"{where} without a result, read as blank, {'the first in ' if count > 1 else ''}{first}: {SAVE_IT}"
