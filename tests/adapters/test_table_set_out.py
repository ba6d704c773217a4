"""Lists that stand beside others, or begin each row with a number for which there is no heading."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.table import Table, read_table
from adapters.table.layout.beside import first_of_several
from adapters.table.layout.row_names import with_row_names
from adapters.table.row import Row
from tests.adapters.test_table import written


@pytest.mark.parametrize(
    "text",
    [
        '"id","name","city"\n"1","100023","Acme, Inc.","York"\n"2","100024","Bolt","Bath"\n"7","100025","Zeta",NA\n',
        "name\tcity\n1\tAcme, Inc.\tYork\n2\tBolt\tBath\n\n7\tZeta\tNA\n",
    ],
)
def test_row_names_of_r_are_no_cells(tmp_path: Path, text: str) -> None:
    """It writes them without a heading, so that each row has a cell more."""
    table = Table(path=written(tmp_path / "list.csv", text))
    assert [one.name for one in table.listing()] == ["Acme, Inc.", "Bolt", "Zeta"]
    assert table.listing().coverage.complete
    assert "each row begins with a number of its own, as R writes it" in table.described()


def test_a_row_of_fewer_cells_below_row_names_is_set_aside(tmp_path: Path) -> None:
    """Each of its cells would stand below another heading."""
    listing = read_table(written(tmp_path / "list.csv", "name,city\n1,Acme,York\n2,Bolt,Bath\n3,Zeta\n"))
    assert [one.name for one in listing] == ["Acme", "Bolt"]
    assert listing.rejected[0].errors == ("line 4: it has 2 cells, the others have 3",)


@pytest.mark.parametrize(
    "text",
    [
        "id,name\n1,Acme,York\n2,Bolt,Bath\n",  # the last heading is missing
        "name,city\na1,Acme,York\nb2,Bolt,Bath\n",  # whatever the first may be
        "name,city\nAcme, Inc.,York\nBolt, Ltd.,Bath\n",  # half of a name
        "id,name,city\n1,V1,Acme,York\n2,VX2,Bolt,Bath\n",
        "name,city\n1,Acme,York\n",
    ],
)
def test_a_cell_more_that_may_be_anything_is_one_too_many(tmp_path: Path, text: str) -> None:
    """Rows are set aside rather than misread."""
    listing = read_table(written(tmp_path / "list.csv", text))
    assert not listing.records
    assert len(listing.rejected) == text.count("\n") - 1


SIDE_BY_SIDE = "Name,City,,Name,City\nAcme,York,,Shop A,Rome\nBolt,Bath,,Shop B,\n,,,Shop C,Bonn\n"


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (SIDE_BY_SIDE, "from 'Name' in column 4"),
        ("Suppliers,,,Customers,\n" + SIDE_BY_SIDE, "from 'Customers Name' in column 4"),
        ("Vendor No,Vendor,,Vendor No,Vendor\nV1,Acme,,V3,Zeta\nV2,Bolt,,,\n", "from 'Vendor No' in column 4"),
        ("Supplier,City,,Customer\nAcme,York,,Shop A\nBolt,Bath,,Shop B\n", "from 'Customer' in column 4"),
        ("Name,City,,,Name,City\nAcme,York,,,Shop A,Rome\nBolt,Bath,,,,\n", "from 'Name' in column 5"),
        ("Name,City,Name,City\nAcme,York,Shop A,Rome\nBolt,Bath,,\n", "from 'Name' in column 3"),
    ],
)
def test_of_two_lists_side_by_side_the_first_is_read_and_is_not_whole(tmp_path: Path, text: str, other: str) -> None:
    """Whether the other goes on with it, nobody knows: who is on neither is missing from nowhere."""
    read = Table(path=written(tmp_path / "list.csv", text)).read()
    assert [one.name for one in read.listing] == ["Acme", "Bolt"]
    assert not read.listing.coverage.complete
    assert f"another list stands beside it, {other} on, and was not read" in str(read.listing.coverage.reason)
    assert "give it a sheet or a file of its own" in read.columns


def test_two_lists_side_by_side_on_a_sheet_are_told_as_well(tmp_path: Path) -> None:
    """As they are mostly made."""
    book = openpyxl.Workbook()
    for line in SIDE_BY_SIDE.splitlines():
        book.active.append([cell or None for cell in line.split(",")])
    book.save(tmp_path / "list.xlsx")
    listing = read_table(tmp_path / "list.xlsx")
    assert [one.name for one in listing] == ["Acme", "Bolt"]
    assert not listing.coverage.complete


@pytest.mark.parametrize(
    "text",
    [
        "Vendor,City,,Status,Meaning\nAcme,York,,A,active\nBolt,Bath,,I,inactive\n",
        "Company,City,,Name,Email\nAcme,York,,Ann,ann@acme.example\nBolt,Bath,,,\n",
        "Name,City,,Name,Email\nAcme,York,,Ann,ann@acme.example\nBolt,Bath,,,\n",
        "Name,City,,Name,City\nAcme,York,x,Ann,Rome\nBolt,Bath,,,\n",  # the column is not empty
        "Name,City,Name,City\nAcme,York,ACME,Rome\nBolt,Bath,,\n",  # who is billed, and where it is delivered
        "Name,City,,Name,City\nAcme,York,,,\nBolt,Bath,,,\n",  # nothing is beside
    ],
)
def test_what_else_stands_beside_a_list_is_no_other_list(tmp_path: Path, text: str) -> None:
    """Legends and contacts make a list no less whole."""
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [one.name for one in listing] == ["Acme", "Bolt"]
    assert listing.coverage.complete


def test_a_heading_that_both_lists_have_is_that_of_the_first(tmp_path: Path) -> None:
    """Whoever names it has not named the other."""
    listing = Table(path=written(tmp_path / "list.csv", SIDE_BY_SIDE), columns={"name": "Name"}).listing()
    assert [one.name for one in listing] == ["Acme", "Bolt"]
    assert not listing.coverage.complete


def test_whoever_names_a_column_of_the_other_list_means_it(tmp_path: Path) -> None:
    """What is given is never guessed otherwise."""
    path = written(tmp_path / "list.csv", "Vendor,City,,Customer\nAcme,York,,Shop A\nBolt,Bath,,Shop B\n")
    assert [one.name for one in Table(path=path, columns={"name": "Customer"}).listing()] == ["Shop A", "Shop B"]


_NAMES = st.lists(st.from_regex(r"[A-Z][a-z]{2,8}", fullmatch=True), min_size=1, max_size=6)


@given(_NAMES, _NAMES)
def test_no_cell_of_the_other_list_is_read_as_one_of_the_first(left: list[str], right: list[str]) -> None:
    """However long each of them is."""
    pairs = list(zip_longest(left, [f"Shop {name}" for name in right], fillvalue=""))
    rows = (Row(line, [one, "York", "", other, "Rome"]) for line, (one, other) in enumerate(pairs, start=2))
    first = first_of_several(["Name", "City", "", "Name", "City"], rows, {})
    assert first.headings == ["Name", "City"]
    assert [row.cells for row in first.below] == [[one, "York"] for one, _ in pairs]
    assert first.lacking


@given(_NAMES, st.booleans(), st.sampled_from([0, 1, 4711]))
def test_rows_are_the_same_with_and_without_row_names(names: list[str], has_names: bool, first: int) -> None:
    """What R adds changes no cell."""
    cells = [[name, "York"] for name in names]
    rows = [Row(at, [str(at + first), *one] if has_names else list(one)) for at, one in enumerate(cells)]
    headings, below = with_row_names(["name", "city"], iter(rows), {}, [], "list.csv")
    assert headings == ["", "name", "city"][-len(headings) :]
    assert (len(headings) == 3) is (has_names and len(names) > 1)
    assert [row.cells[-2:] for row in below] == cells


def test_a_sheet_of_many_empty_columns_is_looked_through_quickly() -> None:
    """Reports have an empty column beside each."""
    headings = ["Name", "", *(f"x{at}" if at % 2 else "" for at in range(8_000)), "Name"]
    assert first_of_several(headings, iter([]), {}).lacking is None
