"""Sums in a list are nobody's; what may be a partner's is not taken for one, and said."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.table import Table, read_table
from adapters.table.row import Row
from adapters.table.rows.levels import require_one_level
from aggregator.errors import ConfigurationError
from tests.adapters.test_table import written


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Vendor,City,Status\nAcme,York,Active\nBolt,Bath,Active\nTotal,,2\n", ["Acme", "Bolt"]),
        ("Vendor,City,Status\nAcme,York,Active\nBolt,Bath,\nTotal,,1\n", ["Acme", "Bolt"]),
        ("Vendor,City,Zip\nAcme,York,11111\nBolt,Bath,22222\nTotal,Rome,2\n", ["Acme", "Bolt", "Total"]),
        ("Vendor,City\nAcme,York\nBolt,Bath\nTotal,3\n", ["Acme", "Bolt", "Total"]),
        ("Vendor,Spend\nAcme,10\nTotal Wine,7\nTotal,17\n", ["Acme", "Total Wine"]),
        ("Vendor,City,Spend\nAcme,York,10\nBolt,Bath,20\nTotal Wine,Rome,30\n", ["Acme", "Bolt", "Total Wine"]),
        ("|Vendor|Name 1|Sum|\n|11|Acme|1.000,00-|\n|12|Bolt|200,00|\n|**| |800,00-|\n", ["Acme", "Bolt"]),
        ("Vendor,Sum\nAcme,1\nBolt,2\n*,9\n", ["Acme", "Bolt", "*"]),
    ],
)
def test_the_last_row_of_a_list_may_be_its_sums(tmp_path: Path, text: str, names: list[str]) -> None:
    """A count below a column of words, as Excel's tables have it, and stars, as SAP has them, show it."""
    assert [one.name for one in read_table(written(tmp_path / "list.csv", text))] == names


def test_a_total_that_does_not_add_up_is_set_aside(tmp_path: Path) -> None:
    """Where rows are hidden, it is a sum; if it is a partner, nobody is told that it is missing."""
    text = "Vendor,City,Spend\nAcme,York,10\nBolt,Bath,20\nZeta,Rome,5\nTotal,{},90\n"
    listing = read_table(written(tmp_path / "list.csv", text.format("")))
    assert [one.name for one in listing] == ["Acme", "Bolt", "Zeta"]
    said = "line 5: it may hold sums, which do not add up; delete it, or say more of the partner"
    assert [one.errors for one in listing.rejected] == [(said,)]
    assert not listing.coverage.complete
    assert len(read_table(written(tmp_path / "list.csv", text.format("Paris")))) == 4


SALESFORCE = """Region,Account Name,Account ID,City
North,Acme Foods,A1,Boston
,Bolt Tools,A2,Salem
Subtotal,Count,2,
South,Zeta Glass,A3,Miami
,Sum Foods,A4,Tampa
Subtotal,Count,2,
Total,Count,4,
"""


def test_what_a_report_reckons_of_its_groups_is_no_partner(tmp_path: Path) -> None:
    """Salesforce says beside each subtotal what it is: "Count" is nobody."""
    listing = read_table(written(tmp_path / "list.csv", SALESFORCE))
    assert [one.name for one in listing] == ["Acme Foods", "Bolt Tools", "Zeta Glass", "Sum Foods"]
    assert listing.coverage.complete


@pytest.mark.parametrize("number", ["Account ID", "Segment"])
def test_headings_of_groups_say_what_they_are_and_how_many_are_in_them(tmp_path: Path, number: str) -> None:
    """As Salesforce sets out its reports, with or without a number of the partners."""
    text = (
        f"Account Name,{number},City\nOwner: Ann (2 records),,\nAcme,1,York\nBolt,2,Bath\n"
        "Owner: Bob (1 record),,\nZeta,3,Rome\nGrand Totals (3 records),,\n"
    )
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [one.name for one in listing] == ["Acme", "Bolt", "Zeta"]
    assert listing.coverage.complete


def test_what_a_report_was_filtered_by_is_no_partner(tmp_path: Path) -> None:
    """As Power BI says it below a table."""
    text = 'Vendor,City,Sum\nAcme,York,1\nBolt,,2\nZeta,,\n\n"Applied filters:\nYear is 2026\nRegion is North",,\n'
    table = Table(path=written(tmp_path / "list.csv", text))
    assert [one.name for one in table.listing()] == ["Acme", "Bolt", "Zeta"]
    assert "below the list: 'Applied filters:" in table.described()


@pytest.mark.parametrize("word", ["Overall Total", "Report Total", "Grand total"])
def test_what_a_saved_search_adds_up_is_no_partner(tmp_path: Path, word: str) -> None:
    """NetSuite writes the word below the numbers."""
    text = f"Internal ID,Name,Amount\n1,Acme,10\n2,Bolt,20\n{word},,30\n"
    assert [one.name for one in read_table(written(tmp_path / "list.csv", text))] == ["Acme", "Bolt"]


def test_the_sum_of_a_vendor_has_its_number_and_no_name(tmp_path: Path) -> None:
    """As SAP puts it below the vendor's rows; what says more than amounts goes on to be a row of its own."""
    text = "Vendor,Name 1,City,Phone,Sum\n1,Acme,York,5551,10\n1,,,,10\n2,Bolt,Bath,5552,5\n2,,,5553,5\n,,,,15\n"
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [(one.name, one.phone) for one in listing] == [("Acme", "5551"), ("Bolt", "5552"), (None, "5553")]


PIVOT = "Row Labels,Sum of Spend\nFood,300\n  Acme,100\n  Bolt,200\nTools,50\n  Zeta,50\nGrand Total,{}\n"


def test_a_pivot_of_several_levels_in_one_column_is_refused(tmp_path: Path) -> None:
    """They may be vendors below their groups, or articles below their vendors."""
    path = written(tmp_path / "list.csv", PIVOT.format(350))
    with pytest.raises(ConfigurationError, match=r"several levels in one column: line 2 is the sum.*Tabular Form"):
        read_table(path)
    assert len(read_table(written(path, PIVOT.format(700)))) == 5  # then it is a list of one level


_GROUPS = st.lists(st.lists(st.integers(1, 10_000), min_size=1, max_size=6), min_size=1, max_size=6)


@given(_GROUPS, st.booleans())
def test_sums_of_what_stands_below_them_are_found_out(groups: list[list[int]], deeper: bool) -> None:
    """Whatever the amounts are, and however many levels there are."""
    amounts = list(chain.from_iterable((sum(group), *group) for group in groups))
    whole = sum(map(sum, groups))
    amounts = [whole, *amounts] if deeper else amounts
    rows = [Row(line, ["x", str(one)]) for line, one in enumerate(amounts, start=2)]
    if len(rows) > 2:
        with pytest.raises(ConfigurationError):
            require_one_level(rows, Row(99, ["Grand Total", str(whole)]), "list.csv")


@given(st.lists(st.integers(0, 10_000), max_size=12))
def test_a_list_of_one_level_is_none_of_several(amounts: list[int]) -> None:
    """Its grand total is the sum of all rows."""
    rows = [Row(line, ["x", str(one)]) for line, one in enumerate(amounts, start=2)]
    require_one_level(rows, Row(99, ["Grand Total", str(sum(amounts))]), "list.csv")
    require_one_level(rows, None, "list.csv")
