"""What programs put into a cell besides its value is taken out again, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.table import Table, read_table
from aggregator.reconcile.matching.reading.places import plain_country
from tests.adapters.test_table import written

# Names with their numbers


@pytest.mark.parametrize(
    "form",
    [
        "{name} ({number})",  # SAP Fiori
        "{name} [{number}]",
        "{name} - {number}",
        "({number}) {name}",
        "{number} - {name}",
        "{number}: {name}",
        "{number} {name}",
        "V{number} {name}",  # NetSuite
        "V-{number} {name}",
        "#{number} {name}",
    ],
)
def test_a_number_in_every_name_is_no_part_of_it(tmp_path: Path, form: str) -> None:
    """It is the partner's account number, and a decision can name it."""
    names = ["Acme Foods Ltd", "Zebra (UK) Ltd", "3M Company"]
    cells = [form.format(name=name, number=100230 + at) for at, name in enumerate(names)]
    table = Table(path=written(tmp_path / "list.csv", "".join(f"{cell},York\n" for cell in ["Supplier", *cells])))
    listing = table.listing()
    number = "V-100230" if "V-" in form else "V100230" if "V" in form else "100230"
    assert [one.name for one in listing] == names
    assert (listing[0].id, listing[0].identifiers[0].scheme, listing[0].identifiers[0].value) == (
        number,
        "account_number",
        number,
    )
    assert "names are read without the number in them, which is the account number" in table.described()
    assert listing[0].raw["Supplier"] == cells[0]


def test_beside_ids_the_number_in_a_name_is_the_account_number(tmp_path: Path) -> None:
    """A list's own ids are what its rows are known by, and no number is lost."""
    text = "ID,Name\n7,Acme (100230)\n8,Zebra (100231)\n9,Quantum (100232)\n"
    table = Table(path=written(tmp_path / "list.csv", text))
    listing = table.listing()
    assert [(one.id, one.name) for one in listing] == [("7", "Acme"), ("8", "Zebra"), ("9", "Quantum")]
    assert [one.identifiers[0].value for one in listing] == ["100230", "100231", "100232"]
    assert "names are read without the number in them" in table.described()


def test_a_name_without_a_number_among_numbered_ones_stays(tmp_path: Path) -> None:
    """One in ten may lack it; it is known by its name."""
    lines = [f"Acme {chr(65 + at)} ({1000 + at})" for at in range(9)]
    listing = read_table(written(tmp_path / "list.csv", "\n".join(["Supplier", *lines, "Zebra Ltd", ""])))
    assert (listing[0].id, listing[0].name) == ("1000", "Acme A")
    assert (listing[9].id, listing[9].name) == ("Zebra Ltd", "Zebra Ltd")


def test_several_rows_of_one_numbered_partner_are_one_number(tmp_path: Path) -> None:
    """As in a list of addresses."""
    text = "Supplier,City\nAcme (1001),York\nAcme (1001),Rome\nZebra (1002),Bonn\nQuantum (1003),Oslo\n"
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [one.name for one in listing] == ["Acme", "Acme", "Zebra", "Quantum"]
    assert [one.identifiers[0].value for one in listing] == ["1001", "1001", "1002", "1003"]


@pytest.mark.parametrize(
    "names",
    [
        ["3M 2000", "Studio 54", "Total (2019)", "Acme"],
        ["BP (2018)", "Shell (2021)", "Total (2019)"],  # years
        ["2019 Acme", "2019 Zebra", "2019 Quantum"],
        ["Acme (100)", "Zebra (100)", "Quantum (101)"],  # a rating
        ["Acme (10)", "Zebra (11)", "Quantum (12)"],  # of employees
        ["Acme (1001)", "Zebra (1002)"],
        ["Acme (1001)", "Zebra (1002)", "Quantum (1003)", "Pear", "Lamp"],
        ["Walmart (1001)", "Walmart (1002)", "Walmart (1003)"],
        ["1200 Broadway", "350 Fifth Avenue", "99500 Main Street"],
        ["1234567 Ontario Inc.", "7654321 Canada Ltd", "5554321 Alberta Ltd"],
        ["1001", "1002", "1003"],
        ["(1001)", "(1002)", "(1003)"],
        ["Acme (ABCD1001)", "Zebra (ABCD1002)", "Quantum (ABCD1003)"],
        ["Acme 1001", "Zebra 1002", "Quantum 1003"],
        ["V1001 Acme", "K1002 Zebra", "A1003 Quantum"],
        ["1001 - 1", "1002 - 2", "1003 - 3"],
    ],
)
def test_a_number_that_belongs_to_names_stays(tmp_path: Path, names: list[str]) -> None:
    """Years, houses, branches, and companies that are called by a number."""
    listing = read_table(written(tmp_path / "list.csv", "\n".join(["Name", *names, ""])))
    assert [one.name for one in listing] == names


@given(
    names=st.lists(
        st.builds(
            lambda begin, name, end: f"{begin}{name}{end}",
            st.sampled_from(["", "1001 ", "1002 - ", "V1003 ", "[", "<a href='x.example'>", "'", '="']),
            st.sampled_from(["Acme", "Zebra", "3M", "1001", "Total"]),
            st.sampled_from(["", " (1001)", " (1002)", "[2]", "](x.example)", "</a>", '"', " [1003]", "Ã¼", "Ã"]),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_no_row_and_no_name_is_lost(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    """Whatever stands in the cells."""
    cells = "".join('"{}"\n'.format(name.replace('"', '""')) for name in names)
    path = tmp_path_factory.mktemp("lists") / "list.csv"
    path.write_text(f"name\n{cells}", encoding="utf-8")
    listing = read_table(path)
    assert len(listing) == len(names)
    assert all(one.name for one in listing)


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


# Links, markup and footnotes


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("[Acme](https://acme.example)", "Acme"),
        ('[Acme](https://acme.example ""Acme\'s shop"")', "Acme"),
        ('<a href=""https://acme.example"">Acme Foods Ltd</a>', "Acme Foods Ltd"),
        ("<a href='/acme'><b>Acme Foods Ltd</b></a>", "Acme Foods Ltd"),
        ("&lt;b&gt;Acme &amp; Co&lt;/b&gt;", "Acme & Co"),
        ("Acme Foods Ltd[2]", "Acme Foods Ltd"),
        ("Acme Foods Ltd[1][note 3]", "Acme Foods Ltd"),
        ("Vitamin[D]", "Vitamin[D]"),
        ("[Acme](https://acme.example)[2]", "Acme"),
        ("[Acme](Holding)", "[Acme](Holding)"),
        ("[Acme]", "[Acme]"),
        ("Acme [2]", "Acme [2]"),
        ("Acme[Foods]", "Acme[Foods]"),
        ("[2]", "[2]"),
        ("<b>Acme</b> Foods", "<b>Acme</b> Foods"),
        ("<a href='x'></a>", "<a href='x'></a>"),
        ("Acme <3 Foods", "Acme <3 Foods"),
        ('=HYPERLINK(""https://acme.example"",""Acme"")', "Acme"),
        ('=HYPERLINK(""https://acme.example"")', "https://acme.example"),
    ],
)
def test_a_name_is_read_without_its_link(tmp_path: Path, cell: str, name: str) -> None:
    """Only where the cell is a link or footnoted as a whole."""
    listing = read_table(written(tmp_path / "list.csv", f'Name,City\n"{cell}",York\n'))
    assert (listing[0].name, listing[0].website) == (name, None)


def test_where_names_lead_is_the_website_if_no_column_is(tmp_path: Path) -> None:
    """If each leads elsewhere: those of a wiki are its own pages."""
    text = 'Supplier;City\n=HYPERLINK("https://acme.example";"Acme");York\n[Zebra](https://zebra.example/uk);Bonn\n'
    table = Table(path=written(tmp_path / "list.csv", text))
    assert [(one.name, one.website) for one in table.listing()] == [
        ("Acme", "https://acme.example"),
        ("Zebra", "https://zebra.example/uk"),
    ]
    assert "where the names lead is the website" in table.described()
    wiki = "Supplier\n[Acme](https://wiki.example/acme)\n[Zebra](https://wiki.example/zebra)\n"
    assert [one.website for one in read_table(written(tmp_path / "wiki.csv", wiki))] == [None, None]
    beside = "Supplier,Web\n[Acme](https://wiki.example/acme),[shop](https://acme.example)\nZebra,zebra.example\n"
    assert [one.website for one in read_table(written(tmp_path / "beside.csv", beside))] == [
        "https://acme.example",
        "zebra.example",
    ]


# Countries


@pytest.mark.parametrize(
    "country",
    [
        "DE", "DEU", "Germany", "Germany (DE)", "DE - Germany", "DE Germany", "Germany, DEU", "\U0001f1e9\U0001f1ea",
        "\U0001f1e9\U0001f1ea Germany", "Deutschland (DE)",
    ],
)  # fmt: skip
def test_a_country_is_one_however_it_is_said(country: str) -> None:
    """As SAP Fiori and others write it, with its letters beside its name."""
    assert plain_country(country) == "de"


@pytest.mark.parametrize(
    ("country", "plain"),
    [
        ("Niger (NE)", "ne"),
        ("The Netherlands (NL)", "nl"),
        ("NL - The Netherlands", "nl"),
        ("United Kingdom (GB)", "gb"),
        ("US - United States of America", "us"),
        ("Isle of Man (GB)", "isle of man gb"),  # two countries
        ("Atlantis (DE)", "atlantis de"),
        ("Republic of the Congo", "cg"),
        ("Taiwan, Province of China", "tw"),
    ],
)
def test_letters_and_a_name_are_one_country_only_if_they_say_the_same(country: str, plain: str) -> None:
    """What is not known stays as it is."""
    assert plain_country(country) == plain


@pytest.mark.parametrize(
    ("cells", "countries"),
    [
        (["276", "840"], ["DE", "US"]),
        (["276", "40", ""], ["DE", "AT", None]),  # Excel makes 40 of 040
        (["49", "1"], ["49", "1"]),  # of telephones
        (["380", "372"], ["380", "372"]),  # of Italy and Ireland, or of telephones in Ukraine and Estonia
        (["276", "GB"], ["276", "GB"]),
        (["999", "276"], ["999", "276"]),
    ],
)
def test_numbers_of_countries_are_known(tmp_path: Path, cells: list[str], countries: list[str | None]) -> None:
    """If the whole column holds them, and they are no beginnings of telephone numbers."""
    text = "".join(f"Acme {cell},{cell}\n" for cell in cells)
    listing = read_table(written(tmp_path / "list.csv", f"Name,Country\n{text}"))
    assert [one.address and one.address.country for one in listing] == countries


@pytest.mark.parametrize(
    ("headings", "country"),
    [
        ("Name,Country* (ISO2)", "Country* (ISO2)"),
        ("Name,Country of incorporation", "Country of incorporation"),
        ("Name,Country Key", "Country Key"),
        ("Name,Country/Region Key", "Country/Region Key"),
        ("Name,City,Cty", "Cty"),
        ("Name,Cty", None),  # of a city, or a county
        ("Name,City,Cty,Country", "Country"),
    ],
)
def test_a_heading_of_countries_is_known(tmp_path: Path, headings: str, country: str | None) -> None:
    """As SAP and forms call it."""
    cells = ",".join("x" for _ in headings.split(","))
    grid = Table(path=written(tmp_path / "list.csv", f"{headings}\n{cells}\n")).grid()
    assert (grid.headings[grid.chosen["country"]] if "country" in grid.chosen else None) == country


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


@pytest.mark.parametrize("heading", ["Location", "place", "Headquarters"])
@pytest.mark.parametrize(
    ("cells", "towns", "countries"),
    [
        (("Rome", "St. Louis"), ("Rome", "St. Louis"), (None, None)),
        (("Rome, Italy", "York"), ("Rome", "York"), ("Italy", None)),
        (("Rome, Lazio, Italy", "Paris, France"), ("Rome", "Paris"), ("Italy", "France")),
        (("Austin, TX", "Aurora, CO, USA"), ("Austin, TX", "Aurora, CO, USA"), (None, None)),
        (("Atlanta, Georgia", "Rome, Georgia"), ("Atlanta, Georgia", "Rome, Georgia"), (None, None)),
    ],
)
def test_a_location_is_a_town_where_its_cells_look_like_towns(
    tmp_path: Path, heading: str, cells: tuple[str, str], towns: tuple[str, str], countries: tuple[str, str]
) -> None:
    """The country behind a town is parted from it; a state stays, as in a column of towns."""
    text = f'name;{heading}\nAcme;"{cells[0]}"\nZebra;"{cells[1]}"\n'
    found = [one.address for one in read_table(written(tmp_path / "list.csv", text))]
    assert [one and (one.city, one.country) for one in found] == list(zip(towns, countries, strict=True))


@pytest.mark.parametrize(
    "cells",
    [
        ("Main Branch", "Warehouse"), ("12 Main St", "4 High St"), ("High Street", "Park Avenue"), ("HQ", "Plant"),
        ("Italy", "France"), ("Texas", "Ohio"), ("TX", "OH"), ("Kitchen", "Kitchen"), ("Downtown", "Airport"),
        ("North", "South"), ("Filiale Ulm", "Filiale Bonn"), ("", ""),
    ],
)  # fmt: skip
def test_a_location_that_may_be_a_branch_or_a_street_is_not_used(tmp_path: Path, cells: tuple[str, str]) -> None:
    """Two lists of one partner would be in two towns."""
    table = Table(path=written(tmp_path / "list.csv", f"name;Location\nAcme;{cells[0]}\nZebra;{cells[1]}\n"))
    assert "not used: 'Location'" in table.described()


def test_a_location_is_no_town_beside_a_city(tmp_path: Path) -> None:
    """What says one thing goes before what may be two."""
    table = Table(path=written(tmp_path / "list.csv", "name;Place;City\nAcme;Rome;Oslo\nZebra;York;Bonn\n"))
    assert "city = 'City'; not used: 'Place'" in table.described()
