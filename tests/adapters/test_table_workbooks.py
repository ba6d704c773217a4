"""What workbooks hold that no person sees: formulas without results, and rows far beyond the last."""

from __future__ import annotations

import io
import re
import tracemalloc
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from adapters.table import Table, read_table
from adapters.table.files.formulas import unsolved_cells
from aggregator.errors import ConfigurationError

MEBIBYTE = 1 << 20
FORMULA = b'<row r="2"><c r="B2"><f>1+1</f><v/></c></row>'


def _book(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def _changed(path: Path, old: str, new: str) -> Path:
    """The workbook with something else in the XML of its sheet."""
    with ZipFile(path) as read:
        parts = {name: read.read(name) for name in read.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet], count = re.subn(old.encode(), new.encode(), parts[sheet])
    assert count == 1
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return path


def test_a_remark_below_sums_without_a_result_is_no_partner(tmp_path: Path) -> None:
    """The row of sums shows nothing until a spreadsheet program has reckoned it, and is told with its cell."""
    rows: list[list[object]] = [[at, f"Firm {at}", "York", 5] for at in (1, 2, 3)]
    below: list[list[object]] = [[None, None, None, "=SUM(D2:D4)"], ["Confidential"]]
    table = Table(path=_book(tmp_path / "list.xlsx", [["id", "name", "city", "spend"], *rows, *below]))
    listing = table.listing()
    assert [one.name for one in listing] == ["Firm 1", "Firm 2", "Firm 3"]
    assert [one.pointer for one in listing.rejected] == ["/line/5"]
    assert "below the list: 'Confidential', passed over" in table.described()
    assert "a cell holds a formula without a result, read as blank, D5" in table.described()


def test_a_row_beyond_the_last_there_can_be_is_damage(tmp_path: Path) -> None:
    """Else all those before it would be read, which takes an hour."""
    path = _book(tmp_path / "list.xlsx", [["id", "name"], [1, "Acme"], [2, "Zebra"]])
    with pytest.raises(ConfigurationError, match=r"is damaged \(a row in it has a number beyond 1,048,576"):
        read_table(_changed(path, '<row r="3"', '<row r="300000000"'))


def with_a_cell_far_below(path: Path, row: int) -> Path:
    """Somebody pressed Ctrl and the arrow downwards, and wrote a word there."""
    book = openpyxl.Workbook()
    for cells in (["id", "name", "city"], [1, "Acme", "York"], [2, "Zebra", "Bath"]):
        book.active.append(cells)
    book.active.cell(row, 2, "Yak")
    book.active.cell(row, 4, "a cell too many")
    book.save(path)
    return path


def test_a_cell_in_the_last_row_there_can_be_is_read(tmp_path: Path) -> None:
    """However far below the others it stands."""
    listing = read_table(with_a_cell_far_below(tmp_path / "list.xlsx", 1_048_576))
    assert [(one.name, one.source.pointer) for one in listing] == [
        ("Acme", "/line/2"),
        ("Zebra", "/line/3"),
        ("Yak", "/line/1048576"),
    ]


def test_a_gap_above_a_cell_is_not_kept(tmp_path: Path) -> None:
    """It takes less than 20 bytes a row, which no row that is kept would."""
    path = with_a_cell_far_below(tmp_path / "list.xlsx", 200_000)
    tracemalloc.start()
    assert len(read_table(path)) == 3
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000


@pytest.mark.parametrize(
    "before",
    [
        b" " * 64 * MEBIBYTE,  # no cell
        b"<cols>" + b" " * 64 * MEBIBYTE,  # what begins as a cell does
        b" " * (MEBIBYTE - FORMULA.index(b"<c") - 1),  # between two blocks, and within what begins a cell
        b" " * (MEBIBYTE - FORMULA.index(b"<f")),
    ],
    ids=len,
)
def test_formulas_are_found_whatever_stands_before_them_and_that_is_not_kept(before: bytes) -> None:
    """A file of a few kilobytes may unpack to gigabytes of blanks."""
    sheet = io.BytesIO(before + FORMULA)
    tracemalloc.start()
    cells = unsolved_cells(sheet)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [one.cell for several in cells.values() for one in several] == ["B2"]
    assert peak < 60 * MEBIBYTE


def test_a_formula_in_a_row_of_thousands_of_digits_is_damage(tmp_path: Path) -> None:
    """Nobody can count so far."""
    path = _book(tmp_path / "list.xlsx", [["id", "name"], [1, "=1+1"]])
    with pytest.raises(ConfigurationError, match="is damaged"):
        read_table(_changed(path, 'r="B2"', f'r="B{"2" * 5000}"'))


@pytest.mark.parametrize("size", [1_500_000_000, 4_100_000_000])
def test_a_workbook_that_unpacks_to_more_than_memory_is_refused(tmp_path: Path, size: int) -> None:
    """A cell of a gigabyte is a megabyte in a file; what a part says of its size is all that is unpacked of it."""
    path = _book(tmp_path / "list.xlsx", [["id", "name"], [1, "Acme"]])
    data = path.read_bytes()
    with ZipFile(path) as file:
        part = file.getinfo("xl/worksheets/sheet1.xml")
        entry = data.rindex(part.filename.encode()) - 46  # of the directory at the end, which says the sizes
    path.write_bytes(data[: entry + 24] + size.to_bytes(4, "little") + data[entry + 28 :])
    with pytest.raises(ConfigurationError, match=rf"would unpack to {size / 1e9:.1f} GB"):
        read_table(path)
