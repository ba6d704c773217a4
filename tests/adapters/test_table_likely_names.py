"""Lists none of whose headings is known to hold names: what the cells are decides, and it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.table import Table, read_table
from aggregator.errors import ConfigurationError
from tests.adapters.test_table import written

NAMES = ["Acme Foods Ltd", "Zebra"]


@pytest.mark.parametrize(
    "heading",
    [
        "Suppliers", "Our suppliers", "Supplier list", "Lieferanten", "Fournisseurs", "Account", "TP Name", "ORG_NAME",
        "SuppName", "Co. Name", "PartnerDesc", "data__name", "Partner name (A-Z)", "Vendor (SAP)", "Suplier Name",
        "Raison sociale de votre entreprise", "Wie lautet der vollständige Name Ihres Unternehmens?",
        "Qual è la ragione sociale della sua azienda?", "貴社名をご記入ください", "Row Labels", "Bezeichnung 1",
        "Please enter your business name exactly as it appears on invoices",
    ],
)  # fmt: skip
def test_a_heading_that_speaks_of_partners_holds_their_names(tmp_path: Path, heading: str) -> None:
    """Plurals, questions, misspelt and shortened words: if nearly all cells are names, all different."""
    table = Table(path=written(tmp_path / "list.csv", f'City,"{heading}"\nLeeds,Acme Foods Ltd\nBath,Zebra\n'))
    assert [one.name for one in table.listing()] == NAMES
    assert f"the name is taken from {heading[:40]!r}"[:-1] in table.described()


@pytest.mark.parametrize("heading", ["Suppliers", "Our suppliers", "Lieferanten"])
def test_so_does_the_only_column(tmp_path: Path, heading: str) -> None:
    """Where every word of the heading is of that kind."""
    listing = read_table(written(tmp_path / "list.csv", f"{heading}\nAcme Foods Ltd\nZebra\n"))
    assert [one.name for one in listing] == NAMES


@pytest.mark.parametrize(
    "text",
    [
        "Partner Foods GmbH,London\nAcme,York\nZebra,Bath\n",  # a list without headings: the first is a partner
        "Supplier Foods\nAcme\nZebra\n",
        "City,Account Owner\nYork,Ann Lee\nBath,Bob Ray\n",
        "City,Supplier contact\nYork,Ann Lee\nBath,Bob Ray\n",
        "City,Supplier type\nYork,Farm\nBath,Mill\n",
        "City,Suppliers\nYork,3\nBath,4\n",
        "City,Suppliers\nYork,many\nBath,many\n",
    ],
)
def test_what_may_be_something_else_is_refused(tmp_path: Path, text: str) -> None:
    """Rather than to lose the first partner, or to call partners by their people."""
    with pytest.raises(ConfigurationError, match="no column that looks like a partner's name"):
        read_table(written(tmp_path / "list.csv", text))


def test_a_column_of_names_is_proposed(tmp_path: Path) -> None:
    """Where its heading says nothing of partners, a person decides."""
    path = written(tmp_path / "list.csv", "City,Wer\nYork,Acme Foods Ltd\nYork,Zebra\n")
    with pytest.raises(ConfigurationError, match=r"'Wer' may hold names\..*--column name='Wer'"):
        read_table(path)


def test_who_answers_a_form_is_a_contact(tmp_path: Path) -> None:
    """Forms ask for a name, and then for the organization's."""
    text = "Id,Email,Name,What is the name of your organisation?\n1,ann@acme.example,Ann Lee,Acme Foods Ltd\n"
    table = Table(path=written(tmp_path / "list.csv", f"{text}2,bob@zebra.example,Bob Ray,Zebra\n"))
    assert [one.name for one in table.listing()] == NAMES
    assert "contact = 'Name'" in table.described()


@pytest.mark.parametrize("heading", ["Description", "Bezeichnung", "Name / Address"])
def test_beside_numbers_a_description_is_the_name(tmp_path: Path, heading: str) -> None:
    """As SAP lists its vendors: the column "Vendor" holds their numbers."""
    text = f"Vendor,{heading},City\n100230,Acme Foods Ltd,London\n100231,Zebra,Bath\n"
    assert [(one.id, one.name) for one in read_table(written(tmp_path / "list.csv", text))] == [
        ("100230", "Acme Foods Ltd"), ("100231", "Zebra"),
    ]  # fmt: skip
