"""Text reports in columns of a fixed width: read where a line of dashes marks them, else refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.table import Table, read_table
from adapters.table.files.ruled import read_ruled, ruled
from adapters.table.rows.remarks import is_footer
from aggregator.errors import ConfigurationError
from tests.adapters.test_table import written

AS400 = """ 11/30/26               ACME CORPORATION                 PAGE     1
                     VENDOR MASTER LISTING

 VENDOR   VENDOR NAME                    CITY            ST
 NUMBER
 -------- ------------------------------ --------------- --
   100023 ACME FOODS INC                 BOSTON          MA
   100024 BOLT TOOLS, LTD                SALEM
\f 11/30/26               ACME CORPORATION                 PAGE     2
                     VENDOR MASTER LISTING

 VENDOR   VENDOR NAME                    CITY            ST
 NUMBER
 -------- ------------------------------ --------------- --
   100025 ZETA GLASS                     MIAMI           FL
 TOTAL VENDORS LISTED:      3
                   *** END OF REPORT ***
"""

SQLCMD = """id          name                           city
----------- ------------------------------ ----------------
          1 Acme Foods                     Boston
          2 Bolt Tools                     NULL

(2 rows affected)

Completion time: 2026-11-30T10:11:12.1234567+01:00
"""

SQLPLUS = """SQL> select * from vendors;

 VENDOR_ID VENDOR_NAME                    CITY
---------- ------------------------------ ---------------
    100023 ACME FOODS INC                 BOSTON

 VENDOR_ID VENDOR_NAME                    CITY
---------- ------------------------------ ---------------
    100024 BOLT TOOLS                     SALEM

2 rows selected.

SQL> spool off
"""


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        (AS400, [("100023", "ACME FOODS INC"), ("100024", "BOLT TOOLS, LTD"), ("100025", "ZETA GLASS")]),
        (SQLCMD, [("1", "Acme Foods"), ("2", "Bolt Tools")]),
        (SQLPLUS, [("100023", "ACME FOODS INC"), ("100024", "BOLT TOOLS")]),
    ],
)
def test_a_report_is_read_by_the_line_of_dashes_below_its_headings(
    tmp_path: Path, text: str, partners: list[tuple[str, str]]
) -> None:
    """Headings over two lines, pages, and what programs say below are no partners."""
    listing = read_table(written(tmp_path / "list.txt", text))
    assert [(one.id, one.name) for one in listing] == partners
    assert listing.coverage.complete


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("   100024 A NAME THAT IS WIDER THAN ITS COLUMN  MA", "line 8: it does not stand in the columns"),
        ("   100024 \tBOLT                         SALEM", "line 8: it holds a tab, or letters as wide as two"),
        ("   100024 株式会社                       SALEM", "line 8: it holds a tab, or letters as wide as two"),
    ],
)
def test_a_line_that_does_not_stand_in_its_columns_is_set_aside(tmp_path: Path, line: str, why: str) -> None:
    """Where one cell runs into the next, nobody knows where it ends."""
    text = AS400.replace("   100024 BOLT TOOLS, LTD                SALEM", line)
    listing = read_table(written(tmp_path / "list.txt", text))
    assert [one.id for one in listing] == ["100023", "100025"]
    assert listing.rejected[0].errors[0].startswith(why)


@pytest.mark.parametrize(
    "text",
    [
        "Report\n\nVendor No  Vendor Name          City\n100023     ACME FOODS INC       BOSTON\n",
        "VENDOR     VENDOR NAME\n100023     ACME FOODS INC, NEW\n",
    ],
)
def test_without_such_a_line_a_report_is_refused(tmp_path: Path, text: str) -> None:
    """Where columns end would be a guess, and a wrong one is seen by nobody."""
    with pytest.raises(ConfigurationError, match=r"columns of a fixed width, which nothing parts.*Export it as CSV"):
        read_table(written(tmp_path / "list.txt", text))


@pytest.mark.parametrize(
    "text", ["Vendor  Name\nAcme\n", "Vendor;City;Note   City\nAcme;York;\n", "Vendor\nAcme   City\n"]
)
def test_blanks_within_a_list_that_is_parted_otherwise_are_blanks(tmp_path: Path, text: str) -> None:
    """Two blanks in a heading part nothing, nor do any where other marks do."""
    first, *_ = read_table(written(tmp_path / "list.csv", text))
    assert first.name is not None
    assert first.name.startswith("Acme")


def test_headings_that_are_not_known_are_read_by_the_line_below_them(tmp_path: Path) -> None:
    """Whoever knows which is the name says so."""
    path = written(tmp_path / "list.txt", "Foo    Bar\n------ ----------\nX1     Acme Ltd\nX2     Bolt\n")
    assert [one.name for one in Table(path=path, columns={"name": "Bar"}).listing()] == ["Acme Ltd", "Bolt"]


def test_dashes_that_underline_a_title_mark_no_columns(tmp_path: Path) -> None:
    """What stands below them is parted otherwise."""
    text = "Vendor list\n------ ----\nname,city\nAcme Foods,York\nBolt Tools,Bath\n"
    assert [one.name for one in read_table(written(tmp_path / "list.csv", text))] == ["Acme Foods", "Bolt Tools"]


def test_the_line_below_the_headings_of_other_tables_is_drawn(tmp_path: Path) -> None:
    """Markdown says in it on which side a column stands."""
    text = "| id | name | city |\n|---:|:-----|:----:|\n| 1 | Acme | York |\n"
    table = Table(path=written(tmp_path / "list.md", text))
    assert [one.name for one in table.listing()] == ["Acme"]


_WORD = st.text(st.characters(codec="latin-1", categories=("Lu", "Ll")), min_size=1, max_size=8)
_TEXT = st.lists(_WORD, max_size=3).map(" ".join)
_FILLED = _TEXT.filter(bool)


@given(st.lists(st.tuples(_TEXT, _FILLED, _TEXT), max_size=6), st.sampled_from("-=_"), st.sampled_from(["\n", "\r\n"]))
def test_every_cell_of_a_report_comes_back(rows: list[tuple[str, str, str]], dash: str, end: str) -> None:
    """Whatever stands in it, as long as it is as wide as its column."""
    whole = [("Code", "Name", "City"), *rows]
    widths = [max(len(row[at]) for row in whole) for at in range(3)]
    lines = [" ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in whole]
    text = end.join([lines[0], " ".join(dash * width for width in widths), *lines[1:], ""])
    columns = ruled(text)
    assert columns is not None
    heading, *below = read_ruled(text, columns)
    assert heading.cells == list(whole[0])
    assert [row.cells for row in below] == [
        [line.strip()] if is_footer(line.strip()) else list(row) for row, line in zip(rows, lines[1:], strict=True)
    ]
    assert [row.line for row in below] == list(range(3, 3 + len(rows)))
