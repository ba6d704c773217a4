"""Tables as CSV, Parquet and a workbook. What people open in a spreadsheet cannot become a formula or a link."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Final

from aggregator.halves import whole
from aggregator.reconcile.cells import CsvWriter, harmless
from aggregator.reconcile.tables import Cell, Table

_LONGEST: Final = 32_767
"""Characters that a cell of a workbook can hold."""
_ROWS: Final = 1_048_575
"""Rows below the heading that a sheet can hold."""

_PAGES: Final = frozenset({"record_page", "left_page", "right_page"})
"""Columns of addresses that the settings name, which can be clicked; what a partner says never can."""
_LONGEST_LINK: Final = 2_000
_MOST_LINKS: Final = 65_000
"""Links that a sheet can hold; the rest are mere texts."""

_AS_TEXT: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def as_csv(table: Table) -> str:
    """Return a table as CSV; a cell that a spreadsheet would take for a formula gets an apostrophe in front."""
    text = StringIO()
    writer = CsvWriter(text)
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([harmless(_text(cell)) for cell in row])
    return text.getvalue()


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else str(cell)


def as_parquet(table: Table) -> bytes:
    """Return a table as Parquet, every value exactly as it is, but for halves of characters.

    Raises:
        ImportError: pyarrow is not installed.
    """
    from pyarrow import parquet  # noqa: PLC0415 - an extra

    file = BytesIO()
    parquet.write_table(table.to_arrow(), file, compression="zstd")
    return file.getvalue()


def as_workbook(tables: Iterable[Table], made_at: datetime) -> bytes:
    """Return a workbook with a sheet for each table, taken one by one; every text is a text, whatever it begins with.

    Args:
        tables: What it holds.
        made_at: When it says that it was made: not by the clock, or no two of the same tables were the same.

    Raises:
        ImportError: XlsxWriter is not installed.
    """
    import xlsxwriter  # noqa: PLC0415 - an extra

    file = BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True, **_AS_TEXT}) as book:
        book.set_properties({"created": made_at.astimezone(UTC)})
        heading = book.add_format({"bold": True, "bottom": 1})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(table.columns) - 1, 24)
            for column, name in enumerate(table.columns):
                sheet.write_string(0, column, name, heading)
            pages = [column for column, name in enumerate(table.columns) if name in _PAGES]
            linked = _MOST_LINKS // max(1, len(pages))
            for number, row in enumerate(table.rows[:_ROWS], start=1):
                for column, cell in enumerate(row):
                    if column in pages and number <= linked and isinstance(cell, str) and len(cell) <= _LONGEST_LINK:
                        sheet.write_url(number, column, whole(cell))
                    else:
                        _write(sheet, number, column, cell)
            sheet.autofilter(0, 0, max(1, min(len(table), _ROWS)), len(table.columns) - 1)
    return file.getvalue()


def _write(sheet: object, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)  # type: ignore[attr-defined]  # XlsxWriter has no types
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)  # type: ignore[attr-defined]
    elif cell:
        sheet.write_string(row, column, whole(harmless(cell))[:_LONGEST])  # type: ignore[attr-defined]
