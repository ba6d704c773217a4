"""Lists as reports and forms set them out: behind a cover, in groups, with a row that says what to fill in."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from adapters.table import Table, read_table
from aggregator.errors import ConfigurationError
from tests.adapters.test_table import written


def test_a_list_behind_a_cover_is_read(tmp_path: Path) -> None:
    """The first sheet says what the workbook is, and holds no list; one whose headings are given is no cover."""
    book = openpyxl.Workbook()
    book.active.append(["As of", "2026-11-01"])
    book.active.append(["Kreditor 1", "Wo"])
    book.create_sheet("Vendors").append(["Vendor", "City"])
    book["Vendors"].append(["Acme", "York"])
    book.save(tmp_path / "list.xlsx")
    assert [one.name for one in read_table(tmp_path / "list.xlsx")] == ["Acme"]
    given = Table(path=tmp_path / "list.xlsx", columns={"name": "Kreditor 1"})
    assert "the first sheet, 'Sheet'" in given.described()


@pytest.mark.parametrize(
    ("text", "names", "passed"),
    [
        ("Region,Supplier,City\nNorth,,\n,Acme,York\nSubtotal North,1,\nSouth,,\n,Zebra,Bath\n", ["Acme", "Zebra"], 3),
        ("Kategorie;Firma;Ort\nA;;\n;Acme;York\n;Zebra;\nB;;\n;Quantum;\n", ["Acme", "Zebra", "Quantum"], 2),
        ("Region,Supplier,City\nNorth,Acme,York\nSouth,,\n,Zebra,Bath\n", ["Acme", "Zebra"], 0),  # filled by others
        ("Region,Supplier,City\n,Acme,York\nSouth,,\n,Zebra,Bath\n", ["Acme", "Zebra"], 0),  # not above all
        ("Web,Supplier,City\na.example,,\n,Zebra,Bath\n", ["", "Zebra"], 0),  # a partner's own
        ("Supplier,Type,Sum\nAcme,x,3\nTotal Produce,,4\nTotal x,,\n", ["Acme", "Total Produce", "Total x"], 0),
    ],
)
def test_headings_and_sums_of_groups_are_no_partners(tmp_path: Path, text: str, names: list[str], passed: int) -> None:
    """As reports set out their lists; what may be a partner is kept."""
    table = Table(path=written(tmp_path / "list.csv", text))
    listing = table.listing()
    assert [one.name or "" for one in listing] == names
    assert listing.drift.notes.get("a heading or sum of a group of rows, passed over", 0) == passed
    assert ("headings or sums of groups in" in table.described()) is bool(passed)


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ("[required],[optional],[ISO 3166]", ["Acme"]),
        ("required,optional,", ["Acme"]),
        ("(Acme),York,", ["(Acme)", "Acme"]),
    ],
)
def test_a_row_that_says_what_to_fill_in_is_no_partner(tmp_path: Path, row: str, names: list[str]) -> None:
    """As forms have it below their headings."""
    table = Table(path=written(tmp_path / "list.csv", f"Supplier Name (Legal)*,City,Country\n{row}\nAcme,York,GB\n"))
    assert [one.name for one in table.listing()] == names


@pytest.mark.parametrize(
    "heading",
    [
        "Supplier Name (Legal)*", "Company name (legal entity)", "Supplier Name [Text]", "Vendor Name (Max 80 chars)",
        "Name (EN)", "Company (English)", "Vendor_Name__c", "Full Legal Business Name", "Registered Name of Company",
        "1. Supplier Name", "A. Company Name", "What is your company name?", "Organisation (legal) name",
        "Please enter the legal name of your company", "Beneficiary Name", "Partner/Brand", "Brand(s)",
        "Brand Partner Name", "Company: Company Name", "Name ↓", "Name (required) [80]",
    ],
)  # fmt: skip
def test_a_name_is_known_whatever_a_form_adds_to_its_heading(tmp_path: Path, heading: str) -> None:
    """Numbers of questions, whole sentences, marks of what must be filled in and how long it may be."""
    (one,) = read_table(written(tmp_path / "list.csv", f"City,{heading}\nYork,Acme Foods\n"))
    assert one.name == "Acme Foods"


@pytest.mark.parametrize(
    "heading", ["Contact Name (EN)", "Company Type", "Account Owner", "Parent Company", "3. Phone"]
)
def test_what_else_a_form_asks_is_no_name(tmp_path: Path, heading: str) -> None:
    """Of a partner's people, kind and owners nobody is called."""
    with pytest.raises(ConfigurationError, match="no column that looks like a partner's name"):
        read_table(written(tmp_path / "list.csv", f"City,{heading}\nYork,Acme Foods\n"))


def test_of_a_legal_name_and_a_brand_each_is_known(tmp_path: Path) -> None:
    """However the form asks for them."""
    text = "Supplier Name (Legal)*,Supplier Name (DBA)\nAcme Foods Ltd,Sunny Snacks\n"
    (one,) = read_table(written(tmp_path / "list.csv", text))
    assert (one.name, one.aliases) == ("Acme Foods Ltd", ("Sunny Snacks",))


@pytest.mark.parametrize(
    ("text", "names", "used"),
    [
        (
            "Supplier name,Address,,,Status\n,Street,City,Country,\nAcme,1 High St,London,GB,Active\n",
            ["Acme"],
            "city = 'Address City', country = 'Address Country'",
        ),
        (
            "Supplier,,Contact,,Status\nNo.,Name,Name,E-mail,\n1001,Acme,Ann Smith,ann@acme.example,Active\n",
            ["Acme"],
            "name = 'Supplier Name', status = 'Status', email = 'Contact E-mail', contact = 'Contact Name'",
        ),
        ("Vendor,Vendor,Postal\nNumber,Name,Code\n1001,Acme,10115\n", ["Acme"], "account_number = 'Vendor Number'"),
        (
            "List of 2026,,\n\nSupplier,Seat,\n,City,Country\nAcme,York,GB\n",
            ["Acme"],
            "city = 'City', country = 'Country'",
        ),
        ("name,city\nCompany,York\n", ["Company"], "city = 'city'"),  # a partner of that name
        ("id,name,status,active\n1,Acme,pending,no\n", ["Acme"], "status = 'status'"),
    ],
)
def test_headings_over_two_rows_are_joined(tmp_path: Path, text: str, names: list[str], used: str) -> None:
    """What is above several columns holds for each of them; what is merged with the cell below it stands alone."""
    table = Table(path=written(tmp_path / "list.csv", text))
    assert [one.name for one in table.listing()] == names
    assert used in table.described()


@pytest.mark.parametrize(
    "row",
    [
        "Vendor,Name,City", "LIFNR,NAME1,ORT01", "Supplier Code,Supplier Name,City", "string,string,string",
        "CHAR(10),CHAR(35),CHAR(25)", "A,B,C", "1,2,3", ",Example: Acme Ltd,London",
        "Open-Ended Response,Open-Ended Response,Response",
    ],
)  # fmt: skip
@pytest.mark.parametrize("headings", ["Vendor ID,Vendor name,City", "供应商编码,供应商名称,城市"])
def test_a_second_row_that_explains_the_headings_is_no_partner(tmp_path: Path, headings: str, row: str) -> None:
    """In another language, as the database calls them, of what type they are, or with an example."""
    listing = read_table(written(tmp_path / "list.csv", f"{headings}\n{row}\n1001,Acme,York\n1002,Zebra,Bath\n"))
    assert [(one.id, one.name) for one in listing] == [("1001", "Acme"), ("1002", "Zebra")]
    assert listing.coverage.complete
