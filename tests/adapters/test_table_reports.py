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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Supplier,City,Phone\nUNITED KINGDOM,,\nAcme,York,1\nGERMANY,,\nZebra,Bonn,3\n", ["Acme", "Zebra"]),
        ("Supplier,City,Phone\nA,,\nAcme,York,1\nB,,\nBolt,Bath,2\n", ["Acme", "Bolt"]),
        ("Supplier,City,Phone\nActive suppliers,,\nAcme,York,1\nInactive,,\nBolt,Bath,2\n", ["Acme", "Bolt"]),
        ("Name,City\nTo do,\nName,City\nAcme,York\nIn progress,\nName,City\nZebra,Bath\n", ["Acme", "Zebra"]),
        ("ID,Supplier,City\nEMEA,,\n1,Acme,York\n2,Zebra,Bath\nAPAC,,\n3,Yak,Tokyo\n", ["Acme", "Zebra", "Yak"]),
        ("Supplier,City\nAcme,York\nIT,\nYak,Bonn\n", ["Acme", "IT", "Yak"]),  # a partner of two letters
        ("Supplier,City\nAcme,York\nGermany Foods,\nYak,Bonn\n", ["Acme", "Germany Foods", "Yak"]),
        ("Supplier\nAcme\nGermany\nYak\n", ["Acme", "Germany", "Yak"]),  # every row says one thing
    ],
)
def test_headings_of_groups_among_names_and_numbers_are_no_partners(
    tmp_path: Path, text: str, names: list[str]
) -> None:
    """Countries, letters and states above their suppliers; what may be a partner that is known by its name is kept."""
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [one.name for one in listing] == names
    assert listing.coverage.complete


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Supplier,Spend\nAcme,10\nAcme Total,10\nZebra,5\nZebra Total,5\nGrand Total,15\n", ["Acme", "Zebra"]),
        ("Supplier,Orders,Average\nAcme,10,2\nZebra,6,4\nTotal,16,3\n", ["Acme", "Zebra"]),
        ("Supplier,Spend\nAcme,10.4\nZebra,6.4\nTotal,17\n", ["Acme", "Zebra"]),
        ("Supplier,Spend\nAcme,10\nZebra,6\n(blank),3\nGrand Total,19\n", ["Acme", "Zebra"]),
        ("Lieferant,Umsatz\nAcme,10\nZebra,6\nGesamtergebnis,99\n", ["Acme", "Zebra"]),
        ("Supplier,Spend\nAcme,10\nZebra,6\nCount,2\n", ["Acme", "Zebra"]),
        ("Lieferant,Nr,Ort\nAcme,1,York\nZebra,7,Bath\nAnzahl Lieferanten,2,\n", ["Acme", "Zebra"]),
        ("Supplier,City\nAcme,York\nZebra,Bath\nPrepared by,Ann Smith\nApproved by,Bob Lee\n", ["Acme", "Zebra"]),
        ("Supplier,Orders\nAcme,10\nTotal Produce,6\n", ["Acme", "Total Produce"]),
        ("Supplier,City,Orders\nAcme,York,10\nTotal,Paris,6\n", ["Acme", "Total"]),
        ("Supplier,Orders\nAcme,10\nTotal,6\n", ["Acme", "Total"]),
    ],
)
def test_sums_counts_and_signatures_are_no_partners(tmp_path: Path, text: str, names: list[str]) -> None:
    """Averages beside sums, rounded ones, and sums of each partner; one that may be called so is kept."""
    assert [one.name for one in read_table(written(tmp_path / "list.csv", text))] == names


@pytest.mark.parametrize(
    "remark",
    [
        "Records: 2", "*** END ***", "EOF", "Showing 1 to 2 of 2 entries", "« 1 2 3 »", "Note: spend excludes VAT",
        "Nombre de fournisseurs : 2", "* new supplier", "Approved by: ____", "Load more",
    ],
)  # fmt: skip
def test_what_a_report_ends_with_is_no_partner(tmp_path: Path, remark: str) -> None:
    """Below a list in which every row says more, with no blank row between."""
    table = Table(path=written(tmp_path / "list.csv", f"id,name,city\n1,Acme,York\n2,Zebra,Bath\n{remark}\n"))
    assert [one.name for one in table.listing()] == ["Acme", "Zebra"]
    assert "below the list: '" in table.described()


@pytest.mark.parametrize(
    ("text", "names", "further"),
    [
        ("Supplier,Contact,Email\nAcme,Ann,ann@acme.example\n,Bob,bob@acme.example\nZebra,Cy,c@z.example\n", 2, 1),
        ("Vendor,Name,Address\n100230,Acme,12 High St\n,,London 12345\n100231,Zebra,1 Low\n", 2, 1),
        ("Supplier,Country,Product\nAcme,GB,P1\n,,P2\nZebra,DE,P1\n", 2, 1),
        ("Supplier,Product,Price\nAcme,Cup,1\n,Mug,2\nBolt,Pen,3\n", 2, 1),
        ("name,email\nAcme,a@acme.example\n,b@zebra.example\n", 2, 0),  # as much as the one above says
        ("name,website,city\nAcme,acme.example,York\n,zebra.example,\n", 2, 0),  # a partner's own
    ],
)
def test_a_row_that_goes_on_with_the_partner_above_is_none_itself(
    tmp_path: Path, text: str, names: int, further: int
) -> None:
    """Further contacts, products, and the rest of an address; it is said how many."""
    table = Table(path=written(tmp_path / "list.csv", text))
    listing = table.listing()
    assert len(listing) == names
    assert listing.drift.notes.get("a row that goes on with the partner above it, passed over", 0) == further
    assert ("without name and number, of the partner above" in table.described()) is bool(further)


def test_a_partner_without_an_id_leaves_the_list_whole(tmp_path: Path) -> None:
    """New partners have none yet; what says little may be a sum or a heading, and is set aside."""
    rows = "1,Acme,York,a@acme.example\n2,Zebra,Bath,z@zebra.example\n,Evergreen,Portland,e@evergreen.example\n"
    listing = read_table(written(tmp_path / "list.csv", f"id,name,city,email\n{rows}"))
    assert [one.name for one in listing] == ["Acme", "Zebra", "Evergreen"]
    assert listing.coverage.complete
    listing = read_table(written(tmp_path / "list.csv", f"id,name,city,email\n{rows},Quantum,,\n"))
    assert len(listing.rejected) == 1


def test_titles_that_each_page_repeats_are_no_partners(tmp_path: Path) -> None:
    """Whatever number the page has."""
    page = "Acme Holdings plc,,Page {} of 2\nSupplier,Name,City\n"
    text = f"{page.format(1)}1001,Acme,York\n{page.format(2)}1002,Zebra,Bath\n"
    table = Table(path=written(tmp_path / "list.csv", text))
    assert [one.name for one in table.listing()] == ["Acme", "Zebra"]
    assert "the headings once more in 2 rows, passed over" in table.described()


@pytest.mark.parametrize(
    "text",
    [
        '"id,name,city"\n"1,Acme,York"\n"2,""Zebra, Inc."",Bath"\n',
        '"id;name;city"\n"1;Acme;York"\n"2;Zebra, Inc.;Bath"\n',
    ],
)
def test_lines_that_are_one_cell_each_are_parted(tmp_path: Path, text: str) -> None:
    """A file that was quoted twice, and one that was pasted into the first column of a workbook."""
    names = ["Acme", "Zebra, Inc."]
    assert [one.name for one in read_table(written(tmp_path / "list.csv", text))] == names
    book = openpyxl.Workbook()
    for line in ("id;name;city", "1;Acme;York", "2;Zebra, Inc.;Bath"):
        book.active.append([line])
    book.save(tmp_path / "list.xlsx")
    assert [one.name for one in read_table(tmp_path / "list.xlsx")] == names


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_whole_line_in_one_cell_may_be_broken_within_a_name(tmp_path: Path, end: str) -> None:
    """Whoever pasted the list pressed Alt and Enter in a name, or in a heading."""
    book = openpyxl.Workbook()
    for line in (f"id;name;ci{end}ty", f"1;Acme{end}Foods;York", "2;Zebra;Bath"):
        book.active.append([line])
    book.save(tmp_path / "list.xlsx")
    assert [one.name for one in read_table(tmp_path / "list.xlsx")] == ["Acme Foods", "Zebra"]
    text = f'"id,name,ci{end}ty"\n"2,Zebra,Bath"\n'
    assert [one.name for one in read_table(written(tmp_path / "list.csv", text))] == ["Zebra"]


def test_whole_lines_that_stand_in_one_cell_together_are_set_aside(tmp_path: Path) -> None:
    """Their cells are those of several partners, and none of them is lost."""
    book = openpyxl.Workbook()
    for line in ("id;name;city", "1;Acme;York", "2;Zebra;Bath\n3;Yak;Rome"):
        book.active.append([line])
    book.save(tmp_path / "list.xlsx")
    listing = read_table(tmp_path / "list.xlsx")
    assert [one.name for one in listing] == ["Acme"]
    assert [one.errors for one in listing.rejected] == [("line 3: it has 5 cells, the headings are 3",)]


def test_a_list_of_names_with_marks_in_them_is_left_alone(tmp_path: Path) -> None:
    """Its heading is one word."""
    listing = read_table(written(tmp_path / "list.csv", 'name\n"Zebra, Inc."\nAcme\n'))
    assert [one.name for one in listing] == ["Zebra, Inc.", "Acme"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Company name,Acme\nAddress,12 High St\nCity,York\nCountry,GB\n", ["Acme"]),
        ("Supplier:,Acme,Zebra\nCity:,York,Bath\nPhone:,1,2\nBuyer's remark,,late\n", ["Acme", "Zebra"]),
        ("name,city\nCompany,York\nCity,Bath\nPhone,Rome\n", ["Company", "City", "Phone"]),  # the first row is headings
    ],
)
def test_a_list_on_its_side_is_turned(tmp_path: Path, text: str, names: list[str]) -> None:
    """A form that is set out downwards holds one partner, and no partner called "City"."""
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [one.name for one in listing] == names
    assert listing[0].address is None or listing[0].address.city in {None, "York"}


def test_years_below_a_heading_of_amounts_are_no_partner(tmp_path: Path) -> None:
    """As reports of spend have it: the heading is merged above them, and sums are below."""
    text = "Supplier,Spend,\n,2024,2025\nAcme,100,200\nZebra,30,40\nTotal,130,240\n"
    assert [one.name for one in read_table(written(tmp_path / "list.csv", text))] == ["Acme", "Zebra"]


def test_a_list_of_one_column_may_have_a_title(tmp_path: Path) -> None:
    """Which names what the list holds, or its day; else the row below it may be a partner called "Supplier"."""
    text = '"Approved supplier list, May 2026"\n\nSupplier\nAcme\nZebra\n'
    assert [one.name for one in read_table(written(tmp_path / "list.csv", text))] == ["Acme", "Zebra"]


def test_a_count_beside_a_sum_is_no_partner(tmp_path: Path) -> None:
    """If it counts the rows above it."""
    text = "Supplier,Orders\nAcme,1\nZebra,2\n{} suppliers,3\n"
    assert len(read_table(written(tmp_path / "list.csv", text.format(2)))) == 2
    assert len(read_table(written(tmp_path / "list.csv", text.format(3)))) == 3
