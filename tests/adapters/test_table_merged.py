"""Merged cells of a workbook: what stands in the first of several rows holds for each, where the sheet says so."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.table import Table
from adapters.table.files.merges import Merge, merged_cells, with_merges
from adapters.table.row import Row

Cells = list[list[str | None]]


def _book(path: Path, rows: Cells, *merged: str) -> Table:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(path)
    return Table(path=path)


REGIONS: Cells = [
    ["Region", "Vendor ID", "Vendor", "Status"],
    ["North", "V1", "Acme Foods", "Active"],
    [None, "V2", "Bolt Tools", None],
    [None, None, None, None],
    ["South", "V3", "Zeta Glass", "Closed"],
    [None, "V4", "Quo Labs", None],
]


def test_what_is_merged_downwards_holds_for_each_row(tmp_path: Path) -> None:
    """A region or a status that stands once is that of every row of the cell, and that it was filled is said."""
    table = _book(tmp_path / "list.xlsx", REGIONS, "A2:A4", "D2:D3", "A5:A6", "D5:D6")
    read = table.read()
    assert [one.address and one.address.region for one in read.listing] == ["North", "North", "South", "South"]
    assert [one.status for one in read.listing] == ["active", "active", "deactivated", "deactivated"]
    assert "'Region' is merged over several rows, and holds for 2 further rows" in read.columns
    assert read.listing.drift.notes["a blank row, passed over"] == 1


def test_what_is_not_merged_is_not_filled(tmp_path: Path) -> None:
    """A blank below a region may be a partner without one."""
    listing = _book(tmp_path / "list.xlsx", REGIONS).listing()
    assert [one.address and one.address.region for one in listing] == ["North", None, "South", None]


def test_headings_that_are_merged_fill_no_row(tmp_path: Path) -> None:
    """Headings over two rows are merged downwards as well."""
    rows: Cells = [
        ["Vendor", "Vendor ID", "Address", None],
        [None, None, "Street", "City"],
        ["Acme", "1", "Main 1", "York"],
        ["Bolt", None, "Main 2", None],
    ]
    table = _book(tmp_path / "list.xlsx", rows, "A1:A2", "B1:B2", "C1:D1")
    assert [(one.name, one.address and one.address.line1) for one in table.listing()] == [
        ("Acme", "Main 1"),
        ("Bolt", "Main 2"),
    ]


def test_a_partner_that_is_merged_over_its_sites_is_named_on_each(tmp_path: Path) -> None:
    """A row of a place of its own is a partner's; that of a further contact goes on with the row above."""
    sites = _book(
        tmp_path / "sites.xlsx",
        [["Vendor", "City", "Phone"], ["Acme", "York", "1"], [None, "Bath", "2"], ["Zeta", "Rome", "3"]],
        "A2:A3",
    )
    assert [(one.name, one.address and one.address.city) for one in sites.listing()] == [
        ("Acme", "York"),
        ("Acme", "Bath"),
        ("Zeta", "Rome"),
    ]
    contacts = _book(
        tmp_path / "contacts.xlsx",
        [["Vendor ID", "Vendor", "Contact"], ["V1", "Acme", "Ann"], [None, None, "Bob"], ["V2", "Zeta", "Zoe"]],
        "A2:A3",
        "B2:B3",
    )
    assert [one.id for one in contacts.listing()] == ["V1", "V2"]


@pytest.mark.parametrize(
    ("rows", "merged", "names"),
    [
        (
            [["Packaging"], ["Acme", "York", "1"], ["Raw materials"], ["Zeta", "Rome", "2"], ["Prepared by Ann"]],
            ("A2:C2", "A4:C4", "A6:C6"),
            ["Acme", "Zeta"],
        ),
        # Each name goes over two columns, of which the second is never filled.
        ([["Acme", None, "1"], ["Zeta"], ["Quo", None, "2"]], ("A2:B2", "A3:B3", "A4:B4"), ["Acme", "Zeta", "Quo"]),
        ([["Acme", "York", "1"], ["Zeta"]], (), ["Acme", "Zeta"]),
    ],
)
def test_a_heading_over_the_whole_list_is_no_partner(
    tmp_path: Path, rows: Cells, merged: tuple[str, ...], names: list[str]
) -> None:
    """What is merged over columns that partners fill heads a group of them, whatever it says."""
    table = _book(tmp_path / "list.xlsx", [["Vendor", "City", "Phone"], *rows], *merged)
    listing = table.listing()
    assert [one.name for one in listing] == names
    assert listing.drift.notes.get("a heading or sum of a group of rows, passed over", 0) == len(rows) - len(names)


def test_a_heading_that_is_merged_with_its_group_is_no_partner(tmp_path: Path) -> None:
    """What it says holds for the rows below it, so that nothing is lost."""
    rows: Cells = [["Region", "Vendor", "City"], ["North"], [None, "Acme", "York"], ["South"], [None, "Zeta", "Rome"]]
    listing = _book(tmp_path / "list.xlsx", rows, "A2:A3", "A4:A5").listing()
    assert [(one.name, one.address and one.address.region) for one in listing] == [("Acme", "North"), ("Zeta", "South")]


@given(st.lists(st.tuples(st.sampled_from(["North", "South", ""]), st.integers(1, 4)), min_size=1, max_size=5))
def test_a_list_says_the_same_merged_and_written_out(runs: list[tuple[str, int]]) -> None:
    """Whatever is merged, its rows say what they would if the cell were repeated."""
    out: Cells = [["Region", "Vendor ID", "Vendor"]]
    once: Cells = [["Region", "Vendor ID", "Vendor"]]
    merged = []
    for text, count in runs:
        first = len(out) + 1
        for at in range(count):
            number = len(out)
            out.append([text, f"V{number}", f"Partner {chr(64 + number)}"])
            once.append([text if at == 0 else None, f"V{number}", f"Partner {chr(64 + number)}"])
        merged += [f"A{first}:A{first + count - 1}"] if count > 1 else []
    with TemporaryDirectory() as folder:
        written_out = _book(Path(folder) / "list.xlsx", out).quick().profiles
        assert _book(Path(folder) / "list.xlsx", once, *merged).quick().profiles == written_out


_RANGES = st.lists(
    st.builds(
        lambda top, left, down, over: Merge(top, left, top + down, left + over),
        st.integers(1, 60), st.integers(0, 800), st.integers(0, 1_000_000), st.integers(0, 9_000),
    ),
    max_size=20,
)  # fmt: skip


def _letters(column: int) -> str:
    return str(openpyxl.utils.get_column_letter(column + 1))


@given(_RANGES, st.sampled_from(["", "x:"]))
def test_merged_cells_are_found_behind_the_rows(merges: list[Merge], prefix: str) -> None:
    """Whatever program wrote the sheet, and however many rows stand above."""
    inner = "".join(
        f'<{prefix}mergeCell ref="{_letters(one.left)}{one.top}:{_letters(one.right)}{one.bottom}"/>'
        for one in merges
        if one.right < 16_384
    )
    sheet = f"<sheetData>{'<row/>' * 1000}</sheetData><{prefix}mergeCells>{inner}</{prefix}mergeCells></worksheet>"
    assert merged_cells(BytesIO(sheet.encode())) == sorted(one for one in merges if one.right < 16_384)
    assert merged_cells(BytesIO(b"<sheetData/>")) == []


@given(_RANGES)
def test_each_row_knows_how_far_its_cells_go(merges: list[Merge]) -> None:
    """No cell reaches beyond the lines that the sheet says, and each begins where it says."""
    for row in with_merges((Row(line, ["x"]) for line in range(1, 100)), sorted(merges)):
        for one in row.merged:
            whole = Merge(row.line - one.above, one.column, row.line + one.below, one.column + one.width - 1)
            assert whole in merges
            assert one.above >= 0 <= one.below
