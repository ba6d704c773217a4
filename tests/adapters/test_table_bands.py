"""Headings of groups among the rows: a partner that nobody has would be missing everywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.table import Table, read_table
from adapters.table.row import Row
from adapters.table.rows.bands import Band, bands
from tests.adapters.test_table import written

WITH_IDS = """Vendor ID,Vendor,City
{0}
1001,Acme Foods,Boston
1002,Bolt Tools,Salem
{1}
1003,Zeta Glass,Miami
1004,Quo Labs,Tampa
"""
PARTNERS = ["Acme Foods", "Bolt Tools", "Zeta Glass", "Quo Labs"]


@pytest.mark.parametrize(
    ("first", "second"),
    [(",Packaging,", ",Raw materials,"), ("Packaging,,", "Raw materials,,"), (",NORTHEAST REGION,", ",SOUTH REGION,")],
)
@pytest.mark.parametrize("ids", ["", "V"])
def test_what_stands_above_each_group_and_has_no_number_is_no_partner(
    tmp_path: Path, first: str, second: str, ids: str
) -> None:
    """Every partner has a name, a number and more, and these rows have one thing each."""
    text = WITH_IDS.replace("\n10", f"\n{ids}10").format(first, second)
    table = Table(path=written(tmp_path / "list.csv", text))
    listing = table.listing()
    assert [one.name for one in listing] == PARTNERS
    assert listing.coverage.complete
    assert "headings or sums of groups in 2 rows" in table.described()


def test_what_is_taken_for_a_heading_is_shown(tmp_path: Path) -> None:
    """So that whoever knows better can say so."""
    table = Table(path=written(tmp_path / "list.csv", WITH_IDS.format(",Packaging,", ",Raw materials,")))
    assert "'Packaging' and 1 more head groups, for nothing else stands in these rows" in table.described()


def test_where_no_column_is_a_number_such_rows_are_set_aside(tmp_path: Path) -> None:
    """They may be partners of which nothing is known but the name: each is said with its line."""
    text = WITH_IDS.replace("Vendor ID", "Street").replace("100", "Main ").format(",Packaging,", ",Raw materials,")
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [one.name for one in listing] == PARTNERS
    assert [one.pointer for one in listing.rejected] == ["/line/2", "/line/5"]
    assert "line 2: nothing but a name, as headings of groups have" in listing.rejected[0].errors[0]
    assert not listing.coverage.complete


@pytest.mark.parametrize(
    "rows",
    [
        ["Acme,York,1", "Zeta,,", "Bolt,Rome,2", "Quo,,", "Ibis,Bath,3"],  # none above all
        ["Acme,,", "Zeta,York,1", "Bolt,Rome,2"],  # a single one
        ["Acme,,", "Zeta,,", "Bolt,York,1", "Quo,Rome,2"],  # one below the other
        ["Acme,,", "Zeta,York,1", "Bolt,,"],  # nobody below the last
        ["Acme,,", "Zeta,York,", "Bolt,,", "Quo,Rome,2"],  # another lacks something, too
    ],
)
def test_a_partner_of_which_nothing_is_known_is_one(tmp_path: Path, rows: list[str]) -> None:
    """Where rows set out nothing, each is a partner's."""
    listing = read_table(written(tmp_path / "list.csv", "\n".join(["Vendor,City,Phone", *rows, ""])))
    assert [one.name for one in listing] == [row.partition(",")[0] for row in rows]


_CELL = st.sampled_from(["", "x"])


@given(st.lists(st.tuples(_CELL, _CELL, _CELL), min_size=1, max_size=12), st.sets(st.integers(0, 2)))
def test_only_rows_of_one_thing_are_headings_and_never_the_last(
    rows: list[tuple[str, str, str]], numbers: set[int]
) -> None:
    """Whatever a list is like, who says more than a name or has nobody below is a partner."""
    read = [Row(line, list(cells)) for line, cells in enumerate(rows, start=2)]
    alone = {at: cells.index("x") for at, cells in enumerate(rows) if cells.count("x") == 1}
    wide = [row for at, row in enumerate(read) if at not in alone]
    found = bands(read, alone, wide, 1, numbers)
    assert found.keys() <= alone.keys() - {len(rows) - 1}
    assert Band.HEADING not in found.values() or numbers
