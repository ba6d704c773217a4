"""What has to be guessed of a table is guessed well, said, and never silently wrong."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.table import Table, read_table
from aggregator.errors import ConfigurationError
from aggregator.reconcile.account_views import view_accounts
from aggregator.snapshot import Snapshot
from tests.adapters.test_table import written
from tests.reconcile.making import NOON


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        ("Kundennummer;Firma;Straße;PLZ;Ort;Telefon;E-Mail", "account_number name street postal_code city phone email"),
        ("Lieferant;Webseite;Land;Ansprechpartner", "name website country contact"),
        ("Raison sociale;Adresse;Code postal;Ville;Pays;Téléphone", "name street postal_code city country phone"),
        ("Código;Razón social;Dirección;Población;Teléfono", "id name street city phone"),
        ("Klantnaam;Adres;Postcode;Plaats;Telefoonnummer", "name street postal_code city phone"),
        ("Ragione sociale;Indirizzo;CAP;Città;Partita IVA", "name street postal_code city vat"),
        ("Account ID;Account Name;Billing City;Billing State/Province;Website", "id name city region website"),
        ("Vendor;Name 1;Street;City;Postal Code", "id name street city postal_code"),
        ("companyId;companyName;postalCode", "id name postal_code"),
        ("ID;公司名称", "id name"),
        ("brand;url", "name website"),
        ("code;name", "id name"),
        ("Name;Company;Email", "? name email"),  # a list of contacts: the company is the partner
        ("id;name;legal_name", "id name aliases"),
        (
            "LIFNR;LAND1;NAME1;ORT01;PSTLZ;STRAS;TELF1;STCEG",
            "account_number country name city postal_code street phone vat",
        ),
        ("Code fournisseur;Raison sociale;C.P.;N° TVA", "id name postal_code vat"),
        ("Lief.-Nr.;Firma", "account_number name"),
        ("取引先コード;取引先名;住所;電話番号", "id name street phone"),
        ("업체코드;업체명", "id name"),
        ("供应商编码;供应商名称;地址;电话", "id name street phone"),
        ("id;Brand;Legal entity name", "id aliases name"),
        ("Vendor Number;Vendor Name;Vendor Status", "account_number name status"),
        ("Account ID;Account Name;Account Status", "id name status"),
        ("No.;Trading Partner;Domains;Phone No.", "id name website phone"),
        ("Code tiers;Intitulé;Code postal", "id name postal_code"),
        ("Код;Наименование контрагента;ИНН", "id name tax_id"),
        ("Acc No;Creditor Name;Town", "account_number name city"),
        ("SUPP_CD;Supplier Name", "id name"),
        ("Kred.-Nr.;Name 1", "account_number name"),
        ("Kontonummer;Bezeichnung;Name", "account_number ? name"),
        ("Creditor Code;Creditor", "id name"),
        ("SAP No;Vendor Name", "account_number name"),
        ("AN8;Alpha Name;City", "account_number name city"),
        ("Satici No;Firma Ünvanı", "account_number name"),  # noqa: RUF001
        ("Levnr;Naam", "account_number name"),
        ("Relatienr;Bedrijfsnaam", "account_number name"),
        ("BP Number;BP Name", "account_number name"),
        ("Vendor No;Supp No;Name", "account_number ? name"),
        ("Vendor;Remit Address 1;Remit City;Pay-To ZIP;Remit-To Country", "name street city postal_code country"),
        ("Vendor;City;Remit Address 1;Remit City", "name city ? ?"),
        ("Vendor;Country;Remit To Country;Remit To City", "name country ? city"),
        ("Vendor;Remit Country;Remit Email", "name ? ?"),
    ],
)
def test_headings_of_many_languages_are_known(tmp_path: Path, headings: str, fields: str) -> None:
    """A list as an office abroad, or a program, writes it needs no setting."""
    cells = ";".join(f"x{number}" for number in range(headings.count(";") + 1))
    grid = Table(path=written(tmp_path / "list.csv", f"{headings}\n{cells}\n")).grid()
    known = {place: field for field, place in grid.chosen.items()}
    assert [known.get(place, "?") for place in range(headings.count(";") + 1)] == fields.split()


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("retailer id,supplier id,name\n7,1,Acme\n7,2,Zebra\n7,3,Quantum\n", "supplier id"),
        ("retailer id,uuid,name\n7,1,Acme\n7,2,Zebra\n7,3,Quantum\n", "uuid"),
        ("code,name\nEUR,Acme\nEUR,Zebra\nUSD,Quantum\n", None),
        ("code,id,name\nA,1,Acme\nB,2,Zebra\nC,3,Quantum\n", "id"),
        ("company id,name\n7,Acme\n7,Zebra\n7,Quantum\n", None),
        ("company id,name\n7,Acme\n7,Zebra\n7,Yak\n8,Quantum\n8,Pear\n8,Lamp\n", None),
        ("company id,name,city\n7,Acme,York\n7,Acme,Rome\n8,Zebra,Bonn\n8,Zebra,Oslo\n", "company id"),
    ],
)
def test_a_column_that_tells_no_rows_apart_is_no_id(tmp_path: Path, text: str, column: str | None) -> None:
    """What the columns hold decides between several that may be ids."""
    grid = Table(path=written(tmp_path / "list.csv", text)).grid()
    assert (grid.headings[grid.chosen["id"]] if "id" in grid.chosen else None) == column


_row = st.tuples(
    st.sampled_from(["1", "2", "3"]), st.sampled_from(["Acme", "Zebra", ""]), st.sampled_from(["York", "Rome"])
)


@pytest.mark.parametrize("headings", ["id,name,city", "remark,name,city"])
@given(rows=st.lists(_row, max_size=8), more=_row, order=st.randoms(use_true_random=False))
def test_a_row_is_called_alike_wherever_it_stands(
    tmp_path_factory: pytest.TempPathFactory,
    headings: str,
    rows: list[tuple[str, str, str]],
    more: tuple[str, str, str],
    order: object,
) -> None:
    """Keys hang neither on the order of rows nor on rows of other ids: a decision is never obeyed for another row.

    That is so as long as the same column tells rows apart: an id that all of them have is none.
    """
    folder = tmp_path_factory.mktemp("lists")

    def keys(several: list[tuple[str, str, str]]) -> set[str]:
        text = "".join(f"{','.join(row)}\n" for row in several)
        grid = Table(path=written(folder / "list.csv", f"{headings}\n{text}")).grid()
        assert len(set(grid.keys)) == len(several)
        by_id.add(grid.has_ids)
        return set(grid.keys)

    by_id: set[bool] = set()

    shuffled = list(rows)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert keys(shuffled) == keys(rows)
    known = "id" if headings.startswith("id") else "name"
    if more[0 if known == "id" else 1] not in {row[0 if known == "id" else 1] for row in rows}:
        before, after = keys(rows), keys([more, *rows])
        assert after >= before or len(by_id) > 1


def test_without_ids_a_row_is_known_by_its_number_or_name(tmp_path: Path) -> None:
    """A row put in at the top makes no other row another one's."""
    text = "Lieferantennummer,Firma\nL-1,Acme\n,Zebra\n,\n"
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [one.id for one in listing] == ["L-1", "Zebra"]
    unnumbered = read_table(written(tmp_path / "list.csv", "name,city\nAcme,York\nAcme,Rome\nZebra,York\n"))
    assert len({one.id for one in unnumbered}) == 3
    assert all(one.id.startswith("Acme (") for one in unnumbered[:2])


@pytest.mark.parametrize(
    ("text", "name", "identifier"),
    [
        ("Partner;Name 1;Name 2;Ort\n100001;Acme;;York\n100002;Zebra;;\n", "Name 1", "Partner"),
        ("Company;Name\n1000;Acme\n1000;Zebra\n;3M\n", "Name", None),
        ("Company;Name\nAcme;Ann Jones\nZebra;\n", "Company", None),
        ("Company;Name\n3M;\n1664;\nAcme;\n", "Company", None),
        ("Supplier;Supplier name\n7;Acme\n8;Zebra\n", "Supplier name", "Supplier"),
    ],
)
def test_a_column_of_numbers_is_no_name(tmp_path: Path, text: str, name: str, identifier: str | None) -> None:
    """Where another column may be it: partners known by numbers would be missing everywhere."""
    grid = Table(path=written(tmp_path / "list.csv", text)).grid()
    assert grid.headings[grid.chosen["name"]] == name
    assert (grid.headings[grid.chosen["id"]] if "id" in grid.chosen else None) == identifier


_OWN: Final = "ACME US Inc."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"Company,Supplier Name,Supplier ID\n{_OWN},Zebra Foods,10\n{_OWN},Quantum,11\n", "Supplier Name"),
        (f"Company Name,Name\n{_OWN},Zebra Foods\n{_OWN},Quantum\n{_OWN},Falcon Tools\n", "Name"),
        ("Company Name,Name\n" + f"{_OWN},Zebra Foods\n{_OWN},Quantum\n" * 10 + "ACME UK,Yak\n", "Name"),
        ("Company,Name\nAcme,Ann\nAcme,Bob\nZebra,Cy\nZebra,Di\n", "Company"),
        ("Company,Vendor\nAcme,Yak\nAcme,Pear\nZebra,Lamp\nZebra,Cup\n", "Company"),
        ("Company,Vendor\n" + "".join(f"ACME {at % 2},Zebra {chr(65 + at)}\n" for at in range(12)), "Vendor"),
        (f"Company,Name\n{_OWN},\n{_OWN},\n{_OWN},Ann Lee\n", "Company"),
        ("Vendor Name,Name,Email\nZebra Foods,Ann Lee,a@x.com\nQuantum,Bob Ray,b@y.com\n", "Vendor Name"),
        ("Vendor Name,Company\n,Zebra Foods\n,Quantum\nYak,Falcon Tools\n", "Company"),
        ("Customer Name,Company\nAnn Lee,Zebra Foods\nBob Ray,Quantum\n", "Company"),
        ("Brand,Vendor Legal Name,Vendor Code\nZebby,Zebra Foods,10\nQ-Light,Quantum,11\n", "Vendor Legal Name"),
        (f"Organization,Supplier,Supplier Name\n{_OWN},S-1,Zebra Foods\n{_OWN},S-2,Quantum\n", "Supplier Name"),
        ("Firma,Lieferantenname\nACME GmbH,Zebra Foods\nACME AG,Quantum\n", "Lieferantenname"),
        ("Retailer Name,Supplier Name\nAcme,Zebra Foods\nAcme,Quantum\n", "Supplier Name"),
        ("Supplier Name,Retailer Name\nAcme,Zebra Foods\nAcme,Quantum\n", "Retailer Name"),
    ],
)
def test_the_name_is_the_partners(tmp_path: Path, text: str, name: str) -> None:
    """Neither one's own company nor a person: every partner would be missing everywhere."""
    grid = Table(path=written(tmp_path / "list.csv", text)).grid()
    assert grid.headings[grid.chosen["name"]] == name


def test_a_brand_is_another_name_where_a_column_holds_the_name(tmp_path: Path) -> None:
    """Whoever knows the partner by it finds it."""
    text = "Brand,Vendor Legal Name\nZebby,Zebra Foods\nQ-Light,Quantum\n"
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [(one.name, one.aliases) for one in listing] == [("Zebra Foods", ("Zebby",)), ("Quantum", ("Q-Light",))]


def test_a_heading_that_comes_twice_is_no_name_that_goes_on(tmp_path: Path) -> None:
    """A second "name" is a branch or a person; put together, the two are found nowhere."""
    table = Table(path=written(tmp_path / "list.csv", "id,name,name\n1,Zebra Foods,Berlin Office\n2,Quantum,Ann\n"))
    assert [(one.name, one.aliases) for one in table.listing()] == [("Zebra Foods", ()), ("Quantum", ())]
    assert "not used: 'name (2)'" in table.described()


def test_a_name_that_goes_on_in_the_next_column_is_one_name(tmp_path: Path) -> None:
    """Two "Stadtwerke" are two businesses; what follows may also be a remark, so that the beginning is an alias."""
    text = "LIFNR;NAME1;NAME2\n1;Stadtwerke;München GmbH\n2;Stadtwerke;Köln GmbH\n3;Acme GmbH;\n4;Zebra AG;c/o Jones\n"
    table = Table(path=written(tmp_path / "list.csv", text))
    listing = table.listing()
    assert [(one.name, one.aliases) for one in listing] == [
        ("Stadtwerke München GmbH", ()),
        ("Stadtwerke Köln GmbH", ()),
        ("Acme GmbH", ()),
        ("Zebra AG c/o Jones", ("Zebra AG",)),
    ]
    assert listing[0].raw["NAME2"] == "München GmbH"
    assert "name = 'NAME1' and 'NAME2'" in table.described()
    (one,) = read_table(written(tmp_path / "list.csv", "Firma;Name;Name 2\nAcme;Jones;Ann\n"))
    assert one.name == "Acme"


def test_every_column_of_other_names_counts(tmp_path: Path) -> None:
    """Whoever knows a partner by its brand does not find its legal name, and would call it missing."""
    text = "id;Legal name;Trading name;DBA\n1;BT Sverige AB;Borealis Textiles;Boreal\n2;;Cobalt Foods;\n"
    table = Table(path=written(tmp_path / "list.csv", text))
    assert [(one.name, one.aliases) for one in table.listing()] == [
        ("BT Sverige AB", ("Borealis Textiles", "Boreal")),
        (None, ("Cobalt Foods",)),
    ]
    assert "aliases = 'Trading name' and 'DBA'" in table.described()


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("id,name,Is Active?\n1,Acme,Yes\n2,Zebra,No\n3,Quantum,\n", ["active", "ended", None]),
        ("id,name,isActive\n1,Acme,TRUE\n2,Zebra,FALSE\n", ["active", "ended"]),
        ("id,name,Inactive\n1,Acme,Yes\n2,Zebra,No\n", ["ended", "active"]),
        ("LIFNR,NAME1,LOEVM\n1,Acme,X\n2,Zebra,\n", ["ended", None]),
        ("id;Firma;Gesperrt\n1;Acme;ja\n2;Zebra;nein\n", ["suspended", None]),
        ("id,name,status,active\n1,Acme,pending,no\n", ["pending"]),
        ("id,name,active\n1,Acme,3\n2,Zebra,0\n", [None, None]),  # some number of active things
        ("id,name,active\n1,Acme,\n", [None]),
        (
            "id,name,active\n1,Acme,Yes\n2,Zebra,No\n3,Quantum,NULL\n4,Yak,N/A\n5,Pear,none\n6,Lamp,unknown\n",
            ["active", "ended", None, None, None, None],
        ),
        ("id,name,State\n1,Acme,Active\n2,Zebra,closed\n3,Quantum,N/A\n", ["active", "ended", None]),
        ("id,name,State\n1,Acme,Active\n2,Zebra,inactive\n", ["active", "ended"]),
        ("id,name,State\n1,Acme,Active\n2,Zebra,NY\n", [None, None]),
    ],
)
def test_a_column_of_yes_and_no_says_a_status(tmp_path: Path, text: str, statuses: list[str | None]) -> None:
    """Whom we no longer trade with is not missing elsewhere."""
    path = written(tmp_path / "list.csv", text)
    (view,) = view_accounts(Snapshot(taken_at=NOON, listings=(read_table(path),)))
    assert [one.status for one in view.entries] == statuses


@pytest.mark.parametrize(
    ("text", "name", "aliases"),
    [
        ("Vendor,Company\nAcme Inc,Acme\nZebra Foods,\nQuill & Sons,\n", "Vendor", "Company"),
        ("shop_name,corporate_name\nAcme,\nZebra,Zebra LLC\nQuill,\n", "shop_name", "corporate_name"),
        ("Legal name,Display name\nAcme LLC,Acme\nZebra LLC,Zebra\n", "Legal name", "Display name"),
    ],
)
def test_the_name_is_one_that_nearly_all_have(tmp_path: Path, text: str, name: str, aliases: str) -> None:
    """Programs keep a second name for the few that have one; taken for the name, it leaves the others without one."""
    headings = text.split("\n", maxsplit=1)[0].split(",")
    table = Table(path=written(tmp_path / "list.csv", text)).grid()
    assert [headings[table.chosen[field]] for field in ("name", "aliases")] == [name, aliases]


def test_ones_own_company_is_no_partner_though_every_row_has_it(tmp_path: Path) -> None:
    """Of five partners one has no name; that is no reason to call all of them by the buyer's."""
    rows = ["Northgate Holdings,Acme", "Northgate Holdings,", *(f"Northgate Holdings,Zebra {one}" for one in "ABC")]
    table = Table(path=written(tmp_path / "list.csv", "\n".join(["Company,Supplier", *rows, ""]))).grid()
    assert table.columns["name"].count("Acme") == 1


def test_the_part_of_a_shop_that_somebody_signed_up_on_is_no_website(tmp_path: Path) -> None:
    """Magento writes "base" or "Main Website" for every customer."""
    text = "id,company,website\n1,Acme,Main Website\n2,Zebra,Main Website\n"
    assert "website" not in Table(path=written(tmp_path / "list.csv", text)).grid().chosen


def test_what_very_many_are_called_is_nobodys_name(tmp_path: Path) -> None:
    """A column that holds the shop's own brand would make one business of all its suppliers."""
    rows = ["1,Acme,Own;Acme Best", "2,Zebra,own", "3,Quantum,OWN|Light", "4,Light & Co,Light"]
    listing = read_table(written(tmp_path / "list.csv", "\n".join(["id,name,brand", *rows, ""])))
    assert [one.aliases for one in listing] == [("Acme Best",), (), ("Light",), ("Light",)]
    assert listing[0].raw["brand"] == "Own;Acme Best"


def test_a_column_of_what_most_partners_share_holds_no_names(tmp_path: Path) -> None:
    """Dealers' brands say whose cars they sell: the only one of a brand is not called by it, either."""
    rows = ["1,Miller,Toyota", "2,Vandevere,Toyota", "3,Smith Motors,Toyota", "4,Hill,Kia"]
    listing = read_table(written(tmp_path / "list.csv", "\n".join(["id,name,brand", *rows, ""])))
    assert not any(one.aliases for one in listing)


def test_titles_above_the_headings_are_passed_over_and_said(tmp_path: Path) -> None:
    """As reports are exported: a title, a blank line, the headings."""
    table = Table(path=written(tmp_path / "list.csv", "Suppliers 2026;;\n;;\nNr;Firma;Ort\n1;Acme;York\n"))
    assert [(one.id, one.name) for one in table.listing()] == [("1", "Acme")]
    assert "above the headings: 1 row, passed over" in table.described()
    with pytest.raises(ConfigurationError, match=r"no column .* its columns are 'Acme'"):
        read_table(written(tmp_path / "list.csv", "Acme\nZebra\n"))


@pytest.mark.parametrize(
    ("above", "titles"),
    [
        ("Supplier;;\n", 1),  # a title that could be a heading
        ("Supplier\n", 1),
        ("Partner list;2026-01-01;\n", 1),
        ("Master data;;Contact\n", 1),  # names of groups of columns
        ("Report\nSupplier;;Contact\n", 2),
        ("Vendor;Vendor;Vendor\n", 1),
        ("", 0),
    ],
)
def test_the_headings_are_found_below_whatever_stands_above_them(tmp_path: Path, above: str, titles: int) -> None:
    """The row with most known headings is taken, and no partner is made of another."""
    rows = "id;name;phone\n1;Acme;\n2;Partner;\n"
    table = Table(path=written(tmp_path / "list.csv", above + rows))
    assert [(one.id, one.name) for one in table.listing()] == [("1", "Acme"), ("2", "Partner")]
    assert table.grid().titles == titles
    assert ("above the headings" in table.described()) is bool(titles)


@pytest.mark.parametrize(
    "text", ["name;umsatz\nPartner;\nAcme;3\n", ";name\nx;Partner\ny;Acme\n", "name\nPartner\nAcme\n"]
)
def test_a_single_word_below_the_headings_is_a_partner(tmp_path: Path, text: str) -> None:
    """Though it could be a heading elsewhere, whatever stands beside it."""
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [one.name for one in listing] == ["Partner", "Acme"]


def test_headings_that_come_again_are_no_partner(tmp_path: Path) -> None:
    """Two exports put one behind the other: nobody is called 'name', and missing everywhere else."""
    table = Table(path=written(tmp_path / "list.csv", "name;id;\nAcme;1;\n name ;id\nZebra;2;\n"))
    listing = table.listing()
    assert [one.name for one in listing] == ["Acme", "Zebra"]
    assert listing.coverage.complete
    assert listing.drift.notes == {"the headings once more, passed over": 1}
    assert "the headings once more in 1 row, passed over" in table.described()


@pytest.mark.parametrize(
    ("text", "ids", "summed"),
    [
        ("Nr;Firma;Umsatz\n1;Acme;3,50\n2;Zebra;4\n;Summe;7,50 EUR\n", ["1", "2"], True),
        ("Nr;Firma;Umsatz\n1;Acme;3,50\n2;Zebra;4\nGesamtsumme:;;7,50\n;;\n", ["1", "2"], True),
        ("Partner;Name 1;Umsatz\n1;Acme;3,50\n2;Zebra;4\n;Total;7,50\n", ["1", "2"], True),
        ("Lieferantennummer;Firma;Umsatz\n1;Acme;3,50\n2;Zebra;4\n;Grand total;7,50\n", ["1", "2"], True),
        ("Firma;Umsatz\nAcme;3,50\nZebra;4\nTotal;7,60\n", ["Acme", "Zebra", "Total"], False),
        ("Firma;Umsatz\nAcme;3,50\nZebra;4\nTotal;7,50\n", ["Acme", "Zebra"], True),
        ("Firma;Umsatz\nAcme;1.003,50 EUR\nZebra;-4\nTotal;999,50 EUR\n", ["Acme", "Zebra"], True),
        ("Firma;Umsatz\nAcme;3,50\nZebra;4\nTotal:;8\n", ["Acme", "Zebra"], True),
        ("Nr;Firma;Umsatz\n1;Acme;3,50\n2;Zebra;4\n;;7,50\n", ["1", "2"], True),
        ("Nr;Firma;Umsatz\n1;Acme;3,50\n2;Zebra;4\n;;7,60\n", ["1", "2"], False),
        ("Nr;Firma;Umsatz\n1;Acme;\n2;Zebra;x1\n;;7,60\n", ["1", "2"], False),
        ("Nr;Firma;Umsatz\n1;Acme;3,50\n2;Total;4\n", ["1", "2"], False),
        ("Nr;Firma;Telefon\n1;Acme;\n2;Zebra;\n;Total;030 1234567\n", ["1", "2"], False),
        ("Nr;Firma;Umsatz\n1;Acme;3,50\n;Summe;3,50\n2;Zebra;4\n", ["1", "2"], False),
    ],
)
def test_a_row_of_sums_is_no_partner(tmp_path: Path, text: str, ids: list[str], *, summed: bool) -> None:
    """Nor does it put the list in doubt; what may be a partner is kept or set aside, as any other row."""
    table = Table(path=written(tmp_path / "list.csv", text))
    listing = table.listing()
    assert [one.id for one in listing] == ids
    assert ("the last row holds sums" in table.described()) is summed
    assert listing.drift.notes.get("the sums in the last row, passed over", 0) == summed
    rows = [line for line in text.splitlines()[1:] if line != ";;"]
    passed = listing.drift.notes.get("a row that goes on with the partner above it, passed over", 0)
    assert len(listing) + len(listing.rejected) + summed + passed == len(rows)


@pytest.mark.parametrize(
    ("below", "names", "remarks"),
    [
        ("\n\nConfidential\n\nGenerated by Ann\nAcme, Inc.\n", ["Acme", "Zebra"], 3),
        (";;\n;;;\nCopyright;;\n", ["Acme", "Zebra"], 1),
        ("\n;Confidential;\n", ["Acme", "Zebra"], 1),
        ("Confidential;;\n", ["Acme", "Zebra"], 0),  # no blank row above it: it might head a group
        ("\n3;Quantum;\n", ["Acme", "Zebra", "Quantum"], 0),
        ("\n(3 rows affected)\n", ["Acme", "Zebra"], 1),
        ("\nPrepared by Ann on 2026-11-03\n", ["Acme", "Zebra"], 1),
        ("4;;\n\n3;;\n", ["Acme", "Zebra", "", ""], 0),  # rows of one cell are not strange here
        ("Copyright (c) 2000-2026 Example, Inc. All rights reserved.;;\n", ["Acme", "Zebra"], 1),
        ("Grand Totals (2 records);;\nConfidential - do not distribute;;\nGenerated by: Ann\n", ["Acme", "Zebra"], 3),
        ("Report generated 11/30/2026 by jsmith\n", ["Acme", "Zebra"], 1),
        (";2 records;\n", ["Acme", "Zebra"], 1),
    ],
)
def test_remarks_below_the_list_are_passed_over_and_said(
    tmp_path: Path, below: str, names: list[str], remarks: int
) -> None:
    """As programs end their exports: nobody is called 'Confidential', and the list is whole."""
    text = f"Nr;Firma;Ort\n1;Acme;York\n2;Zebra;\n{below}"
    table = Table(path=written(tmp_path / "list.csv", text))
    listing = table.listing()
    assert [one.name or "" for one in listing] == names
    assert listing.coverage.complete
    assert listing.drift.notes.get("a remark below the list, passed over", 0) == remarks
    assert ("; below the list: '" in table.described()) is bool(remarks)


@pytest.mark.parametrize(
    "footer",
    [
        "Total: 2 partners",
        "Total number of suppliers: 1.204",
        "Page 1 of 1",
        "Seite 1 von 2",
        "Source: ERP",
        "(2 rows)",
        "2 records",
        "Stand: 01.11.2026",
        "--- End of report ---",
        "(2 rows)\n\nPage 1 of 1",
    ],
)
@pytest.mark.parametrize(("headings", "rest"), [("id,name,city", ",York"), ("name,city", ""), ("name", "")])
def test_what_can_be_no_name_is_a_remark_below_any_list(tmp_path: Path, footer: str, headings: str, rest: str) -> None:
    """Also where rows of the list hold a name alone: nobody is called 'Page 1 of 1', and the list is whole."""
    rows = "".join(f"{'7,' * headings.startswith('id')}{name}{rest}\n" for name in ("Acme", "Zebra"))
    table = Table(path=written(tmp_path / "list.csv", f"{headings}\n{rows}\n{footer}\n"))
    assert [one.name for one in table.listing()] == ["Acme", "Zebra"]
    assert table.listing().coverage.complete
    assert "below the list: '" in table.described()


@pytest.mark.parametrize(
    "name", ["3 brands", "Created by Ann", "Confidential Shredding Company", "Copyright Clearance Center", "Total"]
)
def test_a_partner_that_says_no_more_than_its_name_is_no_remark(tmp_path: Path, name: str) -> None:
    """Though it stands last, and all others say where they are."""
    listing = read_table(written(tmp_path / "list.csv", f"Firma;Ort\nAcme;York\nZebra;Bonn\n{name};\n"))
    assert [one.name for one in listing] == ["Acme", "Zebra", name]


def test_remarks_may_stand_around_the_sums(tmp_path: Path) -> None:
    """As reports end that count, add up and warn, with no blank row anywhere."""
    text = "Firma;Ort;Umsatz\nAcme;York;3\nZebra;Bonn;4\n2 records;;\nGrand Total;;7\nExported 2026-11-30 12:14;;\n"
    table = Table(path=written(tmp_path / "list.csv", text))
    assert [one.name for one in table.listing()] == ["Acme", "Zebra"]
    assert "below the list: '2 records' and 1 more, passed over; the last row holds sums" in table.described()


@pytest.mark.parametrize("name", ["Total Produce", "Page One", "Total", "Source", "99 Ranch", "Seite an Seite"])
def test_a_partner_that_sounds_like_a_remark_is_one(tmp_path: Path, name: str) -> None:
    """Below a blank row too, where others say no more of themselves."""
    listing = read_table(written(tmp_path / "list.csv", f"name\nAcme\nZebra\n\n{name}\n"))
    assert [one.name for one in listing] == ["Acme", "Zebra", name]


def test_a_partner_below_a_blank_row_is_no_remark(tmp_path: Path) -> None:
    """Though of it alone nothing but the name is said: it would be missing from its own list."""
    listing = read_table(written(tmp_path / "list.csv", "Firma;Ort\nAcme;York\nZebra;Bonn\n\nQuantum;\n"))
    assert [one.name for one in listing] == ["Acme", "Zebra", "Quantum"]


@pytest.mark.parametrize("drawn", ["--;-----;---", "------------", "===;===;===", "+--;--+;-"])
def test_lines_that_are_drawn_are_no_partners(tmp_path: Path, drawn: str) -> None:
    """As databases and terminals print tables; a name that begins with a dash is one."""
    text = f"Nr;Firma;Ort\n{drawn}\n1;Acme;York\n-;-;York\n{drawn}\n"
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [(one.id, one.name) for one in listing] == [("1", "Acme"), ("-", "-")]
    assert listing.coverage.complete


@pytest.mark.parametrize(
    ("rows", "ids", "lost"),
    [
        ("1,Acme,York\n,Zebra,Bonn\n,Quantum,\n", ["1", "Zebra"], 1),  # headings of groups say one thing
        ("1,Acme,York\n,Zebra,Bonn\n,Total,3\n", ["1", "Zebra"], 1),
        ("1,Acme,York\n" * 20 + ",Zebra,Bonn\n,Quantum,Rome\n", ["1"] * 20 + ["Zebra", "Quantum"], 0),
        ("1,Acme,York\n2,Other,Rome\n,Zebra,Rome\n", ["1", "2", "Zebra"], 0),
        ("1,Acme,York\n" * 20 + ",Zebra,\n", ["1"] * 20, 1),  # one that says one thing
        ("1,Acme,York\n" * 8 + ",Zebra,Bonn\n,Quantum,Rome\n", ["1"] * 8 + ["Zebra", "Quantum"], 0),
    ],
)
def test_where_many_rows_have_no_id_they_are_partners(tmp_path: Path, rows: str, ids: list[str], lost: int) -> None:
    """Whoever lacks a number that another system gives is no broken row, and is known by name."""
    table = Table(path=written(tmp_path / "list.csv", f"vendor id,name,city\n{rows}"))
    listing = table.listing()
    assert [one.id for one in listing] == ids
    assert len(listing.rejected) == lost
    assert ("without an id, known by name" in table.described()) is ("Zebra" in ids)
    two = Table(path=written(tmp_path / "list.csv", "vendor id,name\n1,Acme\n,Zebra\n,Quantum\n"))
    assert [one.id for one in two.listing()] == ["1", "Zebra", "Quantum"]


def test_a_list_of_names_alone_is_not_parted_at_their_commas(tmp_path: Path) -> None:
    """Without a delimiter among the headings there is one column, unless every row has more: then headings lack."""
    listing = read_table(written(tmp_path / "list.csv", 'company\nAcme, Inc.\nZebra\n"Bar; Ltd, Co."\n'))
    assert [one.name for one in listing] == ["Acme, Inc.", "Zebra", "Bar; Ltd, Co."]
    headless = read_table(written(tmp_path / "list.csv", "company\nAcme,1\nZebra,2\n"))
    assert (len(headless), len(headless.rejected)) == (0, 2)


def test_names_of_which_each_has_a_comma_are_read_as_they_are_told_to_be(tmp_path: Path) -> None:
    """Whether headings lack or commas belong to the names, a person knows: what to say for it is said."""
    path = written(tmp_path / "list.csv", "name\nZebra Foods, Inc.\nQuantum, LLC\n")
    assert "if they are parts of a name, --read delimiter=tab keeps it whole" in Table(path=path).described()
    told = Table(path=path, delimiter="tab")
    assert [one.name for one in told.listing()] == ["Zebra Foods, Inc.", "Quantum, LLC"]
    assert "delimiter" not in told.described()


def test_a_column_without_a_heading_costs_no_row(tmp_path: Path) -> None:
    """A remark beside the table is kept as it is; columns in which nothing stands are not."""
    listing = read_table(written(tmp_path / "list.csv", "id,name,,,\n1,Acme,,,\n2,Zebra,late payer,,\n"))
    assert [dict(one.raw) for one in listing] == [
        {"id": "1", "name": "Acme", "column 3": ""},
        {"id": "2", "name": "Zebra", "column 3": "late payer"},
    ]
    assert listing.coverage.complete


def test_a_row_without_a_name_is_not_known_by_its_line(tmp_path: Path) -> None:
    """Another row above it would make it somebody else, and a decision about it be obeyed for another."""
    rows = [",a.example", ",b.example", "Acme,"]
    found = []
    for several in (rows, rows[::-1]):
        listing = read_table(written(tmp_path / "list.csv", "\n".join(["name,website", *several])))
        found.append({one.website: one.id for one in listing})
    assert found[0] == found[1]
    assert len(set(found[0].values())) == 3


def test_a_name_that_is_broken_over_lines_is_one_line(tmp_path: Path) -> None:
    """So that it can be read in a sentence, and named in a decisions file where it is the id."""
    (one,) = read_table(written(tmp_path / "list.csv", 'name,city\n"Acme \r\nFoods",York\n'))
    assert (one.id, one.name) == ("Acme Foods", "Acme Foods")
    assert one.raw["name"] == "Acme \r\nFoods"


def test_whole_numbers_of_data_frames_are_whole(tmp_path: Path) -> None:
    """Blanks among numbers make them 1001.0, which nobody's number or postal code is; an id stays as it is written."""
    text = "id,name,account number,zip,phone\n1.0,Acme,1001.0,10115.0,\n2.0,Zebra,,,493012345.0\n"
    first, second = read_table(written(tmp_path / "list.csv", text))
    assert (first.id, first.identifiers[0].value, second.phone) == ("1.0", "1001", "493012345")
    assert first.address is not None
    assert first.address.postal_code == "10115"


@pytest.mark.parametrize(
    ("heading", "cell", "other", "read"),
    [
        ("account number", "1234.0", "5678", "1234"),
        ("account number", "1234.0", "A-77", "1234"),
        ("phone", "442079460001.0", "+49 30.123", "442079460001"),
        ("zip", "2139.0", "SW1A 1AA", "2139"),
        ("duns", "150483782.0", "15-048-3783", "150483782"),
        ("gln", "4012345000009.0", "4012345000016", "4012345000009"),
        ("account number", "12.0", "12.1", "12.0"),
        ("account number", "12.0", "A-12.10", "12.0"),
        ("account number", "12.0", "12.01", "12.0"),
    ],
)
def test_a_whole_number_is_whole_beside_other_texts_but_not_beside_decimals(
    tmp_path: Path, heading: str, cell: str, other: str, read: str
) -> None:
    """Frames that are put together hold 1234.0 in the rows of one alone; 12.0 beside 12.1 is a numbering."""
    table = Table(path=written(tmp_path / "list.csv", f"id,name,{heading}\n1,Acme,{cell}\n2,Zebra,{other}\n"))
    (column,) = table.grid().columns.keys() - {"id", "name"}
    assert table.grid().columns[column] == [read, other]


@pytest.mark.parametrize("cut", ["1.00012E+11", "1,00012E+11", "1e+12"])
def test_a_number_that_a_spreadsheet_cut_stands_for_none_and_is_said_once(tmp_path: Path, cut: str) -> None:
    """Its digits are lost, and those of other partners look the same."""
    text = f"id;name;account number;phone\n1;Acme;{cut};+44 20 7946 0001\n2;Zebra;{cut};\n3;Yak;100012345678;\n"
    table = Table(path=written(tmp_path / "list.csv", text))
    assert table.grid().columns["account_number"] == ["", "", "100012345678"]
    assert table.listing()[0].raw["account number"] == cut
    assert table.described().count(f"account_number: a spreadsheet cut the digits of 2 numbers ({cut})") == 1


def test_what_programs_write_for_no_name_is_none(tmp_path: Path) -> None:
    """Two rows of a database without a name are not one business called NULL."""
    listing = read_table(written(tmp_path / "list.csv", "id,name\n1,NULL\n2,#N/A\n3,n/a\n4,Null\n5,Unknown\n"))
    assert [one.name for one in listing] == [None, None, None, "Null", "Unknown"]


def test_names_that_were_written_for_web_pages_are_read(tmp_path: Path) -> None:
    """Exports of shops escape accents and apostrophes; nobody else calls a partner so."""
    text = "id,name,city\n1,Caf&eacute; M&uuml;ller &amp; S&#246;hne,K&ouml;ln\n2,AT&T;,\n&amp;,O&#x27;Neill,\n"
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [(one.id, one.name) for one in listing] == [
        ("1", "Café Müller & Söhne"),
        ("2", "AT&T;"),
        ("&amp;", "O'Neill"),
    ]
    assert listing[0].raw["name"] == "Caf&eacute; M&uuml;ller &amp; S&#246;hne"
    assert listing[0].address is not None
    assert listing[0].address.city == "Köln"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1251", "Ромашка"),
        ("gb18030", "北京贸易有限公司"),
        ("shift_jis", "東京商事"),
        ("cp1253", "Ελληνικά"),
        ("mac_roman", "Müller Möbel"),
        ("cp850", "Möbel Groß"),
    ],
)
def test_another_alphabet_is_never_read_as_western_letters(tmp_path: Path, encoding: str, name: str) -> None:
    """Names turned into gibberish would all be missing on every other list."""
    path = written(tmp_path / "list.csv", f"id,name\n1,{name}\n2,Acme\n", encoding)
    with pytest.raises(ConfigurationError, match="--read encoding="):
        read_table(path)
    assert Table(path=path, encoding=encoding).listing()[0].name == name


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1250", "Łódź Sp. z o.o."),
        ("cp1250", "Małopolska"),
        ("cp1250", "Żabka"),
        ("cp1250", "Bucureşti SRL"),
        ("cp1254", "Koç Doğu"),
        ("cp1254", "Yol A.Ş."),
    ],
)
def test_letters_of_central_europe_are_never_read_as_western_signs(tmp_path: Path, encoding: str, name: str) -> None:
    """One "£ódŸ" among names that are alike in both is missing on every other list."""
    rows = "".join(f"{number},Müller {number}\n" for number in range(10))
    path = written(tmp_path / "list.csv", f"id,name\n{rows}77,{name}\n", encoding)
    with pytest.raises(ConfigurationError, match="--read encoding=cp1250"):
        read_table(path)
    assert Table(path=path, encoding=encoding).listing()[10].name == name


@pytest.mark.parametrize(
    "name",
    ["Guðmundur Þór hf.", "Ýmir", "10 m³/h Pumpen für €", "¿Qué?", "Nº5 & MªJosé García", "£5 Shop", "Café¹", "Œuvre"],
)
def test_western_signs_are_read_as_they_are(tmp_path: Path, name: str) -> None:
    """What stands alone, or behind a number, is no letter of another alphabet."""
    (one,) = read_table(written(tmp_path / "list.csv", f"id,name\n1,{name}\n", "cp1252"))
    assert one.name == name


def test_a_few_lines_of_another_encoding_are_said(tmp_path: Path) -> None:
    """Of many lines one may be by another hand: it is read, and named as doubtful."""
    rows = "".join(f"{number},Müller {number}\n" for number in range(40))
    table = Table(path=written(tmp_path / "list.csv", f"id,name\n{rows}77,Ma³opolska\n", "cp1252"))
    assert "41 lines are not UTF-8, and read as Windows-1252, though 1 of them may be Central" in table.described()


def test_lines_of_two_encodings_are_each_read_right_and_said(tmp_path: Path) -> None:
    """Two programs have written to one file, or one byte is broken: the other lines stay as they are."""
    path = tmp_path / "list.csv"
    path.write_bytes("id,name\n1,Müller\n".encode() + "2,Müller & Söhne\n".encode("cp1252"))
    table = Table(path=path)
    assert [one.name for one in table.listing()] == ["Müller", "Müller & Söhne"]
    assert "1 line is not UTF-8, and read as Windows-1252" in table.described()


def test_a_stray_nul_does_not_make_it_utf_16(tmp_path: Path) -> None:
    """Half of the bytes of UTF-16 are zero, not one."""
    assert read_table(written(tmp_path / "list.csv", "id,name\n1,Ac\0me\n2,Zebra\n"))[1].name == "Zebra"


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    """As with `aggregator reconcile <(curl ...)`: columns are shown, then the rows are read."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=("id,name\n1,Acme\n",))
    writer.start()
    table = Table(path=path)
    assert "name = 'name'" in table.described()
    assert [one.name for one in table.listing()] == ["Acme"]
    writer.join()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('[{"id": 1, "name": "Acme"}]', "JSON"),
        ('\ufeff{\n "name": "Acme"}', "JSON"),
        ("<!DOCTYPE html><title>Log in</title>", "a web page or XML"),
        ("\n<?xml version='1.0'?><a/>", "a web page or XML"),
    ],
)
def test_another_format_is_called_so(tmp_path: Path, text: str, kind: str) -> None:
    """A download that asks to log in, or an export of another kind, has no broken quotes."""
    with pytest.raises(ConfigurationError, match=f"is {kind}, and no table"):
        read_table(written(tmp_path / "list.csv", text))
    assert len(read_table(written(tmp_path / "list.csv", "[id],[name]\n1,<Acme>\n"))) == 1


def test_a_table_that_is_not_parted_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """Nobody guesses every character; where the cells are parted, that is not the fault."""
    with pytest.raises(ConfigurationError, match="--read delimiter="):
        read_table(written(tmp_path / "list.csv", "id^name\n1^Acme\n"))
    with pytest.raises(ConfigurationError, match=r"HEADING\.$"):
        read_table(written(tmp_path / "list.csv", "id,city\n1,York\n"))


def test_a_workbook_has_no_cells_to_part(tmp_path: Path) -> None:
    """What cannot help is not said."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["Zeile"], ["Acme"]):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    with pytest.raises(ConfigurationError, match=r"HEADING\.$"):
        read_table(tmp_path / "list.xlsx")


def test_headings_that_stand_too_far_down_are_said_to(tmp_path: Path) -> None:
    """Nobody need wonder why the first title is called the only column."""
    titles = "".join(f"Title {number}\n" for number in range(12))
    with pytest.raises(
        ConfigurationError, match=r"no headings among its first 11 rows, nor three .*: delete those above them"
    ):
        read_table(written(tmp_path / "list.csv", f"{titles}id,name\n1,Acme\n"))
    with pytest.raises(ConfigurationError, match=r"delimiter=\.\.\.\.$"):
        read_table(written(tmp_path / "list.csv", "Zeile\nAcme\n"))


@pytest.mark.parametrize("title", ["Parameter {}", "Parameter {},value", "Company {},Acme Corp", "Company: Acme {}"])
@pytest.mark.parametrize("count", [11, 12, 40, 59])
def test_headings_far_down_are_found_if_three_are_known(tmp_path: Path, title: str, count: int) -> None:
    """Reports say first what they were asked for, line by line."""
    titles = "\n".join(title.format(number) for number in range(count))
    table = Table(path=written(tmp_path / "list.csv", f"{titles}\nVendor No,Vendor,City,Sum\nV1,Acme,York,3\n"))
    assert [one.name for one in table.listing()] == ["Acme"]
    assert f"above the headings: {count} rows, passed over" in table.described()


def test_the_headings_of_a_pivot_are_those_above_its_labels(tmp_path: Path) -> None:
    """Above them stands what is summed up."""
    text = "Sum of Spend,Column Labels\nRow Labels,2025,2026,Grand Total\nAcme,1,2,3\nBolt,3,4,7\nGrand Total,4,6,10\n"
    assert [one.name for one in read_table(written(tmp_path / "list.csv", text))] == ["Acme", "Bolt"]


def test_names_that_do_not_stand_below_their_heading_are_refused(tmp_path: Path) -> None:
    """Reports have columns between columns; partners without a name would be nobody."""
    path = written(tmp_path / "list.csv", ",,Vendor,City\n,Acme,,York\n,Bolt,,Bath\n")
    with pytest.raises(
        ConfigurationError, match=r"'Vendor' is empty in every row, and column 2, .* may hold the names"
    ):
        read_table(path)
    assert len(read_table(written(path, "id,,Vendor,City\n1,,,York\n2,,,Bath\n"))) == 2


def test_a_single_heading_is_that_of_the_list_below_it(tmp_path: Path) -> None:
    """A table further down is another one, and its rows are set aside."""
    partners = "".join(f"Partner {chr(65 + number)}\n" for number in range(15))
    listing = read_table(written(tmp_path / "list.csv", f"Company\n{partners}\nName,City,Phone\nAnn,York,1\n"))
    assert [one.name for one in listing][:15] == partners.splitlines()
    assert len(listing.rejected) == 2


def test_words_of_headings_among_partners_far_down_are_none(tmp_path: Path) -> None:
    """Two headings that are known hold whatever stands below them."""
    rows = "".join(f"Partner {number},York,x\n" for number in range(20))
    text = f"Vendor,City,Foo\n{rows}Company Name,City,Phone\n"
    assert len(read_table(written(tmp_path / "list.csv", text))) == 21


def test_a_way_of_reading_that_says_nothing_of_a_file_is_said_to(tmp_path: Path) -> None:
    """Whoever names a sheet of a CSV file has another file in mind."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["id", "name"], [1, "Acme"]):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    path = written(tmp_path / "list.csv", "id,name\n1,Acme\n")
    passed = "that was given is passed over"
    assert f"the sheet {passed}: a workbook has one, and no .csv file" in Table(path=path, sheet="New").described()
    said = Table(path=tmp_path / "list.xlsx", encoding="utf-8", delimiter=",").described()
    assert all(
        f"the {one} {passed}: a CSV file has one, and no .xlsx file" in said for one in ("encoding", "delimiter")
    )
    assert passed not in Table(path=path, encoding="utf-8", delimiter=",").described()
    assert passed not in Table(path=tmp_path / "list.xlsx", sheet="Sheet").described()


@pytest.mark.parametrize("encoding", ["utf-88", "undefined", "rot13", "utf\0-8"])
def test_an_encoding_that_no_text_is_in_is_said(tmp_path: Path, encoding: str) -> None:
    """Python knows some that are none."""
    with pytest.raises(ConfigurationError, match="There is no encoding"):
        Table(path=written(tmp_path / "list.csv", "id,name\n1,Acme\n"), encoding=encoding).listing()


def test_a_delimiter_is_one_character() -> None:
    """Anything else is said at once."""
    assert Table(path=Path("list.csv"), delimiter="tab").delimiter == "\t"
    with pytest.raises(ConfigurationError, match="'::' cannot part"):
        Table(path=Path("list.csv"), delimiter="::")


def test_other_sheets_are_named(tmp_path: Path) -> None:
    """The first sheet is read, and nobody need wonder what became of the others."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "Suppliers"
    for row in (["id", "name"], [1, "Acme"]):
        book.active.append(row)
    book.create_sheet("Old")
    book.save(tmp_path / "list.xlsx")
    assert "the first sheet, 'Suppliers'; there are also 'Old'" in Table(path=tmp_path / "list.xlsx").described()
    assert "sheet" not in Table(path=tmp_path / "list.xlsx", sheet="Suppliers").described()
    with pytest.raises(ConfigurationError, match="has no sheet 'New'"):
        Table(path=tmp_path / "list.xlsx", sheet="New").described()
    book["Suppliers"].sheet_state = "hidden"
    for row in (["id", "name"], [1, "Zebra"]):
        book["Old"].append(row)
    book.save(tmp_path / "list.xlsx")
    assert [one.name for one in read_table(tmp_path / "list.xlsx")] == ["Zebra"]
    assert "sheet" not in Table(path=tmp_path / "list.xlsx").described()
    book["Suppliers"].sheet_state = "visible"
    book["Old"].delete_rows(1, 2)
    book.move_sheet("Old", -1)
    book.save(tmp_path / "list.xlsx")
    said = Table(path=tmp_path / "list.xlsx").described()
    assert "the only sheet with a heading for a name, 'Suppliers'; there are also 'Old': --read sheet=NAME" in said
    book["Suppliers"].delete_rows(1, 2)
    book.save(tmp_path / "list.xlsx")
    with pytest.raises(ConfigurationError, match=r"is empty.*'Old'; there are also 'Suppliers': --read sheet=NAME"):
        read_table(tmp_path / "list.xlsx")


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\x1f\x8b", b"%PDF"])
def test_a_file_that_is_no_text_is_called_so(tmp_path: Path, start: bytes) -> None:
    """A packed list, or a workbook under another name, is not taken for a strange encoding."""
    path = tmp_path / "list.csv"
    path.write_bytes(start + bytes(range(256)))
    with pytest.raises(ConfigurationError, match="is packed or no text"):
        read_table(path)


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_of_any_length_is_read(tmp_path: Path, quote: str) -> None:
    """However long a cell is, its row and the others come."""
    long = "a" * ((1 << 24) + 1)
    path = written(tmp_path / "list.csv", f"id,name,remark\n1,Acme,{quote}{long}{quote}\n2,Zebra,\n")
    assert [one.name for one in read_table(path)] == ["Acme", "Zebra"]


def test_of_very_many_columns_that_are_not_used_some_are_named(tmp_path: Path) -> None:
    """What is used stays in sight."""
    headings = ",".join(f"column{number}" for number in range(100))
    said = Table(path=written(tmp_path / "list.csv", f"name,{headings}\nAcme{',' * 100}\n")).described()
    assert "name = 'name'; not used: 'column0'" in said
    assert "and 70 more" in said
    with pytest.raises(ConfigurationError) as none:
        read_table(written(tmp_path / "list.csv", "x" * 100_000))
    assert len(str(none.value)) < 500, "a file that is no list is not printed whole"
