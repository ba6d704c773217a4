"""Which sheets of a workbook are read where none is named."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from adapters.table import Table

Sheet = list[list[object]]

SUPPLIERS: Sheet = [["Supplier Name", "Supplier ID", "City"], ["Acme", 1001, "York"], ["Zebra", 1002, "Bath"]]
MORE: Sheet = [["Supplier list", None, None], ["supplier name", "Supplier ID", "City"], ["Quantum", 1003, "Rome"]]


def _book(path: Path, sheets: dict[str, Sheet]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("README", [["Field", "Name", "Description"], [1, "Supplier Name", "Legal name"], [2, "City", "Town"]]),
        ("Team", [["Name", "Role", "Email"], ["Ann", "Buyer", "ann@us.example"]]),
        ("Index", [["Sheet", "Name", "Description"], [1, "Suppliers", "All of them"]]),
        ("Settings", [["Company", "My Own Co"], ["Currency", "EUR"]]),
        ("Pivot", [["Supplier", "Sum of spend"], ["Acme", 10]]),
        ("Orders", [["PO", "Supplier", "City"], [1, "Acme", "York"], [2, "Acme", "York"], [3, "Acme", "York"]]),
        ("Contacts", [["Company", "Name", "Email"], ["Acme", "Ann", "ann@acme.example"]]),
        ("Intro", [["Company", "What this is"], ["Acme Holdings", "A list"]]),
    ],
)
def test_a_sheet_that_is_about_the_list_is_not_it(tmp_path: Path, title: str, rows: Sheet) -> None:
    """Guides, teams and summaries stand before the list, and name no partner."""
    table = Table(path=_book(tmp_path / "list.xlsx", {title: rows, "Data": SUPPLIERS}))
    assert [one.name for one in table.listing()] == ["Acme", "Zebra"]
    assert f"the likeliest sheet, 'Data'; there are also {title!r}: --read sheet=NAME" in table.described()
    assert len(Table(path=tmp_path / "list.xlsx", sheet=title).listing()) > 0  # whoever names it means it


def test_sheets_of_the_same_headings_are_one_list(tmp_path: Path) -> None:
    """One sheet for each region: to read the first alone would call the others' partners missing."""
    sheets: dict[str, Sheet] = {"EMEA": SUPPLIERS, "Americas": MORE, "Notes": [["Seen by", "Ann"]]}
    table = Table(path=_book(tmp_path / "list.xlsx", sheets))
    assert [one.name for one in table.listing()] == ["Acme", "Zebra", "Quantum"]
    said = "the sheets 'EMEA', 'Americas', of the same headings, read as one list; there are also 'Notes'"
    assert said in table.described()
    assert [one.name for one in Table(path=tmp_path / "list.xlsx", sheet="Americas").listing()] == ["Quantum"]


@pytest.mark.parametrize(
    ("titles", "names", "complete"),
    [
        (("UK", "Germany"), ["Acme", "Zebra", "Quantum"], True),
        (("Suppliers EMEA", "Suppliers APAC"), ["Acme", "Zebra", "Quantum"], True),
        (("UK 2026", "US 2026"), ["Acme", "Zebra", "Quantum"], True),
        (("A-M", "N-Z"), ["Acme", "Zebra", "Quantum"], True),
        (("Part 1", "Part 2"), ["Acme", "Zebra", "Quantum"], True),
        (("2025", "2026"), ["Quantum"], True),
        (("Vendors 2026", "Vendors 2025"), ["Acme", "Zebra"], True),
        (("UK 2025", "US 2026"), ["Acme", "Zebra"], False),
        (("Onboarded 2025", "Onboarded 2026"), ["Acme", "Zebra"], False),
        (("2025-01", "2025-02"), ["Acme", "Zebra"], False),
        (("January", "February"), ["Acme", "Zebra"], False),
        (("Active", "Inactive"), ["Acme", "Zebra"], False),
        (("Inactive", "Active"), ["Quantum"], False),
        (("Gekündigt", "Active"), ["Quantum"], False),
        (("Suppliers", "Blacklist"), ["Acme", "Zebra"], False),
        (("Suppliers", "Suppliers (2)"), ["Acme", "Zebra"], False),
        (("Sheet1", "Sheet2"), ["Acme", "Zebra"], False),
        (("Suppliers 2025", "Brands 2026"), ["Acme", "Zebra"], False),
        (("Suppliers", "Distributors"), ["Acme", "Zebra"], False),  # which may be suppliers
        (("Suppliers", "Customers"), ["Acme", "Zebra"], True),  # the other side
        (("Suppliers", "Buyers"), ["Acme", "Zebra"], True),
        (("Suppliers", "Merchants"), ["Acme", "Zebra"], True),
        (("Lieferanten", "Händler"), ["Acme", "Zebra"], True),
        (("Fornecedores", "Clientes"), ["Acme", "Zebra"], True),
        (("Suppliers", "Template"), ["Acme", "Zebra"], True),
    ],
)
def test_sheets_of_the_same_headings_are_read_if_they_are_one_list(
    tmp_path: Path, titles: tuple[str, str], names: list[str], *, complete: bool
) -> None:
    """Regions and parts are, and the latest of one list a year is it; of others only a person knows."""
    path = _book(tmp_path / "list.xlsx", dict(zip(titles, (SUPPLIERS, MORE), strict=True)))
    listing = Table(path=path).listing()
    assert [one.name for one in listing] == names
    assert listing.coverage.complete is complete
    if not complete:
        assert "have the same headings and were not read: --read sheet=NAME" in str(listing.coverage.reason)
        assert Table(path=path, sheet=titles[0]).listing().coverage.complete


def test_a_sheet_of_nearly_the_same_headings_leaves_it_open_whether_the_list_is_whole(tmp_path: Path) -> None:
    """One column more, and it is not read, nor forgotten."""
    more: Sheet = [["Supplier Name", "Supplier ID", "City", "Note"], ["Quantum", 1003, "Rome", "new"]]
    listing = Table(path=_book(tmp_path / "list.xlsx", {"EMEA": SUPPLIERS, "APAC": more})).listing()
    assert [one.name for one in listing] == ["Acme", "Zebra"]
    assert not listing.coverage.complete


def test_headings_in_other_words_leave_it_open_whether_the_list_is_whole(tmp_path: Path) -> None:
    """The sheets of two regions need not have one author."""
    more: Sheet = [["Vendor name", "Vendor No.", "Town"], ["Quantum", 1003, "Rome"]]
    assert not Table(path=_book(tmp_path / "list.xlsx", {"EMEA": SUPPLIERS, "APAC": more})).listing().coverage.complete


def test_a_list_that_begins_in_another_column_is_not_put_below(tmp_path: Path) -> None:
    """Its cells would stand below other headings."""
    more: Sheet = [[None, "Supplier Name", "Supplier ID", "City"], [None, "Quantum", 1003, "Rome"]]
    listing = Table(path=_book(tmp_path / "list.xlsx", {"EMEA": SUPPLIERS, "APAC": more})).listing()
    assert [one.name for one in listing] == ["Acme", "Zebra"]
    assert not listing.coverage.complete


def test_sums_and_remarks_of_each_sheet_are_no_partners(tmp_path: Path) -> None:
    """Each ends as a list of its own."""
    spend: Sheet = [["Supplier", "Spend"], ["Acme", 3], ["Total", 3], ["Exported on 2026-11-30"]]
    more: Sheet = [["Supplier", "Spend"], ["Zebra", 4], ["Total", 4]]
    table = Table(path=_book(tmp_path / "list.xlsx", {"EMEA": spend, "APAC": more}))
    assert [one.name for one in table.listing()] == ["Acme", "Zebra"]


def test_the_first_of_several_lists_is_read(tmp_path: Path) -> None:
    """Contacts behind the suppliers have more columns that are known, and are no longer a list of suppliers."""
    contacts: Sheet = [["Company", "Contact", "E-mail", "City"], ["Acme", "Ann", "ann@acme.example", "York"]]
    spend: Sheet = [["Supplier", "Spend"], ["Acme", 3], ["Yak", 4]]
    table = Table(path=_book(tmp_path / "list.xlsx", {"Suppliers": spend, "Contacts": contacts}))
    assert [one.name for one in table.listing()] == ["Acme", "Yak"]
    assert "the first sheet, 'Suppliers'; there are also 'Contacts'" in table.described()


def test_a_row_of_a_further_sheet_is_named_by_a_line_of_its_own(tmp_path: Path) -> None:
    """So that a row that cannot be used is found, and is no other one."""
    broken: Sheet = [["Supplier Name", "Supplier ID", "City"], ["Quantum", None, None], ["Yak", 1005, "Rome"]]
    listing = Table(path=_book(tmp_path / "list.xlsx", {"EMEA": SUPPLIERS, "APAC": broken})).listing()
    assert [one.name for one in listing] == ["Acme", "Zebra", "Yak"]
    assert [one.pointer for one in listing.rejected] == ["/line/5"]
