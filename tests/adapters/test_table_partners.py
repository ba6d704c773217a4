"""Whatever word a list has for its partners, it is read alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.table import Table, read_table
from adapters.table.headings.partners import (
    ORGANIZATIONS,
    PARTNERS,
    PLURALS,
    RETAILERS,
    SINGULARS,
    SUPPLIERS,
    role_of,
)
from aggregator.model import Role
from aggregator.reconcile.folding import folded
from tests.adapters.test_table import written


def test_a_word_is_of_one_side_and_compared_in_plain_letters() -> None:
    """A word of both sides would say neither."""
    assert not SUPPLIERS & RETAILERS
    assert not PARTNERS & ORGANIZATIONS
    assert SUPPLIERS | RETAILERS < PARTNERS == (SINGULARS | PLURALS) - ORGANIZATIONS
    assert all(folded(word) == word for word in PARTNERS | ORGANIZATIONS)


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("Suppliers", Role.SUPPLIER),
        ("Marke", Role.SUPPLIER),
        ("Dealer", Role.RETAILER),
        ("Händler", Role.RETAILER),
        ("merchant", Role.RETAILER),
        ("tenant", Role.TENANT),
        ("Distributor", None),  # to a shop a supplier, to a brand a customer
        ("Partner", None),
    ],
)
def test_a_role_is_read_by_any_word_of_its_side(tmp_path: Path, word: str, role: Role | None) -> None:
    """One of them or several; a word of no side is noted."""
    listing = read_table(written(tmp_path / "list.csv", f"name,role\nAcme,{word}\n"))
    assert listing[0].role is role
    assert (f"role={word}" in listing.drift.unknown_values) is (role is None)
    assert role in {role_of(word), Role.TENANT}


@pytest.mark.parametrize("word", ["suppliers", "Kreditoren", "dealers", "Händler", "furnizori", "distributors"])
def test_how_many_there_are_is_nobody(tmp_path: Path, word: str) -> None:
    """A count below the list is a remark in any word; one that counts something else is a name."""
    text = f"Supplier,City\nAcme,York\nZebra,Bath\n2 {word},\n"
    assert [one.name for one in read_table(written(tmp_path / "list.csv", text))] == ["Acme", "Zebra"]
    text = text.replace(f"2 {word}", f"7 {word}")
    assert [one.name for one in read_table(written(tmp_path / "odd.csv", text))] == ["Acme", "Zebra", f"7 {word}"]


@pytest.mark.parametrize("heading", ["Supplier", "Lieferant", "Fournisseur", "Seller", "Proveedor"])
def test_the_e_mail_of_one_s_own_buyer_is_no_supplier_s(tmp_path: Path, heading: str) -> None:
    """He would be found in every supplier of the other list."""
    text = f"{heading},Buyer,Buyer Email\nAcme,Ann,ann@us.example\nZebra,Bob,bob@us.example\n"
    assert [one.email for one in read_table(written(tmp_path / "list.csv", text))] == [None, None]


@pytest.mark.parametrize("whose", ["Vendor", "Dealer", "Retailer", "Brand", "Merchant", "Lieferant", "Debitor"])
def test_whether_a_partner_is_active_is_its_status(tmp_path: Path, whose: str) -> None:
    """By any word for it."""
    text = f"Name,{whose} active\nAcme,yes\nZebra,no\n"
    assert [one.status for one in read_table(written(tmp_path / "list.csv", text))] == ["active", "deactivated"]


@pytest.mark.parametrize("whose", ["Buyer", "Manufacturer", "Distributor"])
def test_whether_another_is_active_says_nothing(tmp_path: Path, whose: str) -> None:
    """One's own buyer, or who makes or hands on the goods."""
    text = f"Name,{whose} active\nAcme,yes\nZebra,no\n"
    assert [one.status for one in read_table(written(tmp_path / "list.csv", text))] == [None, None]


@pytest.mark.parametrize("whose", ["Supplier", "Dealer", "Merchant", "Debitor", "Reseller"])
def test_a_name_that_says_whose_it_is_goes_before_one_s_own_company(tmp_path: Path, whose: str) -> None:
    """By any word for a partner."""
    text = f"Company,{whose} name\nUs North,Acme\nUs South,Zebra\n"
    assert [one.name for one in read_table(written(tmp_path / "list.csv", text))] == ["Acme", "Zebra"]


@pytest.mark.parametrize("whose", ["Customer", "Kunde", "Buyer", "Handler"])
def test_a_name_that_may_be_a_person_s_is_no_surer(tmp_path: Path, whose: str) -> None:
    """A shop's customers are people, and so are one's own buyers."""
    text = f"Company,{whose} name\nAcme Foods,Ann Smith\nZebra Foods,Bob Jones\n"
    assert [one.name for one in read_table(written(tmp_path / "list.csv", text))] == ["Acme Foods", "Zebra Foods"]


@pytest.mark.parametrize(
    ("heading", "cells", "is_role"),
    [
        ("type", ("Supplier", "Brand", "Other"), True),
        ("Type (required)", ("Distributor", "Wholesaler", "Retailer"), True),
        ("type", ("Tenant", "Tenant", "Retailer"), True),
        ("type", ("Steak", "Japanese", "French"), False),
        ("Org type", ("Company", "Person", "Brand"), False),
        ("type", ("", "", ""), False),
        ("Partner type", ("Key", "Key", "New"), True),
    ],
)
def test_a_type_is_a_role_where_most_of_its_cells_are(
    tmp_path: Path, heading: str, cells: tuple[str, str, str], is_role: bool
) -> None:
    """What a restaurant cooks is no side of the trade, and is not counted as a role that nobody knows."""
    rows = "".join(f"{name},{cell}\n" for name, cell in zip(("Acme", "Zebra", "Quantum"), cells, strict=True))
    table = Table(path=written(tmp_path / "list.csv", f"name,{heading}\n{rows}"))
    assert (f"role = '{heading}'" in table.described()) is is_role


def test_a_type_that_is_said_to_be_the_role_is_it(tmp_path: Path) -> None:
    """Whatever its cells are: nothing is guessed then."""
    path = written(tmp_path / "list.csv", "name,type\nAcme,Steak\nZebra,French\n")
    assert "role = 'type'" in Table(path=path, columns={"role": "type"}).described()
