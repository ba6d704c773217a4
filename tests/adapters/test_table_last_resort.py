"""Lists in which no heading is known for a name or likely to be: the only one that is called a name or a business."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.table import Table, read_table
from adapters.table.mapping import profiles
from aggregator.errors import ConfigurationError
from tests.adapters.test_table import written

NAMES = ["Acme Foods Ltd", "Zebra", "Zebra", "Acme Foods Ltd"]


def _list(tmp_path: Path, heading: str) -> Path:
    """A list of namesakes, in four towns."""
    rows = "".join(f"{town},{name}\n" for town, name in zip(("York", "Bonn", "Rome", "Oslo"), NAMES, strict=True))
    return written(tmp_path / "list.csv", f"City,{heading}\n{rows}")


@pytest.mark.parametrize(
    "heading",
    [
        "SCH_NAME", "INSTNAME", "INSTNM", "NM_SHORT", "Security Name", "Airline", "Airline Name", "AIRLINENAME",
        "paper", "storefront", "borrower", "doctor", "winery", "Name of winery", "Bank", "Bank Name", "Nom du vignoble",
        "Museo", "Krankenhaus",
    ],
)  # fmt: skip
def test_the_only_column_that_is_called_a_name_or_a_business_holds_the_names(tmp_path: Path, heading: str) -> None:
    """It is said that it was guessed."""
    table = Table(path=_list(tmp_path, heading))
    assert [one.name for one in table.listing()] == NAMES
    assert f"the name is taken from {heading!r} for want of another" in table.described()


@pytest.mark.parametrize(
    "heading",
    [
        "Contact Name", "CONTACTNAME", "User Name", "File Name", "FILENAME", "Sheet Name", "City Name", "Country Nm",
        "Account Manager Name", "ACCOUNTMANAGERNAME", "Sales Rep Name", "Product Name", "COUNTY_NM", "Vorname",
        "Name of product", "Nick Name", "Middle Name", "FIRST_NAME",
    ],
)  # fmt: skip
def test_the_name_of_somebody_or_something_else_is_refused(tmp_path: Path, heading: str) -> None:
    """And not proposed either."""
    with pytest.raises(ConfigurationError) as refused:
        read_table(_list(tmp_path, heading))
    assert "may hold names" not in refused.value.message


@pytest.mark.parametrize(
    "text",
    [
        "Big Name,London\nAcme,York\nZebra,Bath\n",  # a list without headings: the first is a partner
        "City,Bank,IBAN\nYork,Acme Bank,DE1\nBonn,Zebra Bank,DE2\n",  # where a partner has its money
        "City,Team\nYork,Sales\nBonn,Sales\nRome,Sales\nOslo,Field\nBath,Field\nUlm,Sales\n",
        "City,SECTION_NAME\nYork,Food\nBonn,Food\nRome,Food\n",
        "City,Paper\nYork,1\nBonn,2\n",
    ],
)
def test_what_may_be_something_else_is_refused(tmp_path: Path, text: str) -> None:
    """A kind, an amount, a first partner."""
    with pytest.raises(ConfigurationError, match="no column that looks like a partner's name"):
        read_table(written(tmp_path / "list.csv", text))


def test_a_heading_that_is_known_or_likely_goes_before(tmp_path: Path) -> None:
    """A doctor of a practice, and the bank of a supplier, are not asked for."""
    for heading in ("Practice Name", "Suppliers", "Legal name", "Hospital"):
        text = f"Doctor,{heading}\nAnn Lee,Acme Foods Ltd\nBob Ray,Zebra\n"
        table = Table(path=written(tmp_path / "list.csv", text))
        assert [one.name for one in table.listing()] == NAMES[:2], heading


def test_of_several_all_are_proposed(tmp_path: Path) -> None:
    """A person knows which; a short name beside a whole one is none of them."""
    rows = "Acme Air,York Port\nZebra Air,Bonn Port\n"
    with pytest.raises(ConfigurationError, match=r"'Airline' or 'Airport' may hold names\..*--column name='Airline'"):
        read_table(written(tmp_path / "list.csv", f"Airline,Airport\n{rows}"))
    short = "City,INSTNAME,INST_SHORT_NM\nYork,Acme Foods Ltd,Acme\nYork,Zebra,Zeb\nBonn,Zebra,Zeb\n"
    assert [one.name for one in read_table(written(tmp_path / "list.csv", short))] == [
        "Acme Foods Ltd",
        "Zebra",
        "Zebra",
    ]


def test_codes_are_not_proposed_where_names_are_there(tmp_path: Path) -> None:
    """Short words in capitals may be names, and several words are likelier."""
    path = written(tmp_path / "list.csv", "IATA,Wer,Country\nBA,Acme Air,GB\nLH,Zebra Air,DE\n")
    with pytest.raises(ConfigurationError, match="; 'Wer' may hold names"):
        read_table(path)


@pytest.mark.parametrize(
    "headings", ["LAST_NAME,FIRST_NAME", "Surname,Forename", "Nachname,Vorname", "Nom de famille,Prénom"]
)
def test_a_first_and_a_last_name_are_the_name_together(tmp_path: Path, headings: str) -> None:
    """Where no other column is it; who has no first name is called by the last."""
    last, first = headings.split(",")
    table = Table(path=written(tmp_path / "list.csv", f"{headings},City\nLee,Ann,York\nAcme Foods Ltd,,Bonn\n"))
    assert [one.name for one in table.listing()] == ["Ann Lee", "Acme Foods Ltd"]
    assert f"the name is put together from {first!r} and {last!r} for want of another" in table.described()
    assert [one.name for one in profiles(table.grid(), account="list")] == ["Ann Lee", "Acme Foods Ltd"]


def test_a_person_beside_a_business_is_not_the_name(tmp_path: Path) -> None:
    """A list of contacts: the business is the partner."""
    for heading in ("Company", "Airline"):
        text = f"First name,Last name,{heading}\nAnn,Lee,Acme Foods Ltd\nBob,Ray,Zebra\n"
        assert [one.name for one in read_table(written(tmp_path / "list.csv", text))] == NAMES[:2]
