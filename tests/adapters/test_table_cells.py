"""What programs put into a cell besides its value is taken out again, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.table import Table, read_table
from tests.adapters.test_table import written

# Guards of spreadsheets


def test_what_keeps_a_value_from_a_spreadsheet_is_no_part_of_it(tmp_path: Path) -> None:
    """With quotes around it or without, and with the marks that part cells within."""
    text = (
        "Vendor No.,Supplier,Phone,Remark\n"
        '="00100230",="Acme, Inc.",\'+44 20 7946 0000,=""\n'
        '"=""00100231""","=""Zebra """"Best"""" Ltd""",\'02079460001,x\n'
    )
    first, second = read_table(written(tmp_path / "list.csv", text))
    assert (first.id, first.name, first.phone) == ("00100230", "Acme, Inc.", "+44 20 7946 0000")
    assert (second.id, second.name, second.phone) == ("00100231", 'Zebra "Best" Ltd', "02079460001")


@pytest.mark.parametrize("name", ["'47 Brand", "'47", "'s-Hertogenbosch Foods", "Acme='1001'", "=Acme", "'123 Foods"])
def test_a_sign_that_belongs_to_a_name_stays(tmp_path: Path, name: str) -> None:
    """Only a whole cell is guarded."""
    listing = read_table(written(tmp_path / "list.csv", f"Name,Phone\n{name},'0123456\n"))
    assert (listing[0].name, listing[0].phone) == (name, "0123456")


# Letters that were encoded twice


def test_letters_that_were_encoded_twice_are_mended(tmp_path: Path) -> None:
    """In the whole file, which is said."""
    right = "name,city\nMüller & Söhne,Weiß\nÁgua “Viva”,São Paulo\nŁódź Foods,Caf\u00e9\n"
    twice = "".join(_twice(letter) for letter in right)
    table = Table(path=written(tmp_path / "list.csv", twice))
    assert [one.name for one in table.listing()] == ["Müller & Söhne", "Água “Viva”", "Łódź Foods"]
    assert "mended: its letters were encoded twice" in table.described()


def _twice(letter: str) -> str:
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else chr(byte)
        for byte in letter.encode()
    )


def test_lines_of_another_hand_stay_where_letters_are_mended(tmp_path: Path) -> None:
    """Of what is right, nothing becomes worse."""
    text = "ï»¿name\nMÃ¼ller\nMüller\nÆrø Foods\n北京公司\nAcmeÂ\xa0Ltd\n"
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [one.name for one in listing] == ["Müller", "Müller", "Ærø Foods", "北京公司", "Acme\xa0Ltd"]
    assert "name" in listing[0].raw


@pytest.mark.parametrize(
    "names",
    [
        ["SÃO PAULO"],
        ["SÃO PAULO", "MÃ¼ller"],  # not sure
        ["CHÂTEAU FOODS", "Crème"],
        ["IRMÃ\xa0LTDA"],
        ["Ärzte", "Łódź", "Ünlü"],
    ],
)
def test_letters_that_are_right_stay(tmp_path: Path, names: list[str]) -> None:
    """A Portuguese name may have an "Ã" of its own."""
    table = Table(path=written(tmp_path / "list.csv", "\n".join(["name", *names, ""])))
    assert [one.name for one in table.listing()] == names
    assert "mended" not in table.described()


# Whose e-mail, and which site


@pytest.mark.parametrize(
    ("headings", "email"),
    [
        ("Supplier,Buyer Email,Supplier Email,AP email", "Supplier Email"),
        ("Supplier,Buyer Email", None),
        ("Supplier,Account Manager Email,Company Email", "Company Email"),
        ("Supplier,Owner Email,Vendor e-mail", "Vendor e-mail"),
        ("Supplier,Account Owner Email", None),
        ("Supplier,Category Manager Email,Supplier Contact Email", "Supplier Contact Email"),
        ("Buyer,Buyer Email", "Buyer Email"),
        ("Retailer,Buyer Email", "Buyer Email"),
        ("Retailer,Supplier Name,Buyer Email", None),
        ("Buyer Name,Buyer E-mail Address", "Buyer E-mail Address"),
    ],
)
def test_an_address_of_ones_own_people_is_not_the_partners(tmp_path: Path, headings: str, email: str | None) -> None:
    """Of a buyer's it is only if the list is of buyers."""
    cells = ",".join(f"a{at}@acme.example" for at, _ in enumerate(headings.split(",")[1:]))
    grid = Table(path=written(tmp_path / "list.csv", f"{headings}\nAcme,{cells}\n")).grid()
    assert (grid.headings[grid.chosen["email"]] if "email" in grid.chosen else None) == email


@pytest.mark.parametrize(
    ("headings", "phone"), [("Supplier,Buyer Phone,Vendor Phone", "Vendor Phone"), ("Supplier,Buyer phone", None)]
)
def test_a_buyers_phone_is_not_the_partners(tmp_path: Path, headings: str, phone: str | None) -> None:
    """As their e-mail is not."""
    cells = ",".join("1234567" for _ in headings.split(",")[1:])
    grid = Table(path=written(tmp_path / "list.csv", f"{headings}\nAcme,{cells}\n")).grid()
    assert (grid.headings[grid.chosen["phone"]] if "phone" in grid.chosen else None) == phone


def test_nobodys_email_is_none(tmp_path: Path) -> None:
    """Microsoft's forms say "anonymous" where nobody signs in."""
    alone = read_table(written(tmp_path / "list.csv", "Company,Email\nAcme,anonymous\nZebra,anonymous\n"))
    assert [one.email for one in alone] == [None, None]
    text = "Company,Email,Contact Email\nAcme,anonymous,a@acme.example\nZebra,anonymous,\n"
    beside = read_table(written(tmp_path / "beside.csv", text))
    assert [one.email for one in beside] == ["a@acme.example", None]
    table = Table(path=tmp_path / "list.csv", columns={"email": "Email"})
    assert [one.email for one in table.listing()] == ["anonymous", "anonymous"]


@pytest.mark.parametrize(
    ("cells", "website"),
    [
        (["HQ"], None),
        (["HQ", "St. Louis Plant"], None),
        (["acme.example", "zebra.example"], "acme.example"),
        (["HQ", "https://zebra.example"], "HQ"),
    ],
)
def test_a_site_may_be_a_place(tmp_path: Path, cells: list[str], website: str | None) -> None:
    """A website has an address in one cell at least."""
    text = "".join(f"Acme {cell},{cell},London\n" for cell in cells)
    listing = read_table(written(tmp_path / "list.csv", f"Company,Site,City\n{text}"))
    assert listing[0].website == website
