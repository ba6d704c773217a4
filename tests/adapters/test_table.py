"""A partner list of your own is read whole, whoever wrote it."""

from __future__ import annotations

import csv
import sys
import tracemalloc
from datetime import datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile
from zoneinfo import ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.table import Table, explain_columns, read_table
from adapters.table.files.mending import mended
from adapters.table.files.parquet import _values
from aggregator.errors import ConfigurationError
from aggregator.model import OrganizationStatus
from aggregator.reconcile.account_views import view_accounts
from aggregator.reconcile.profiles import profiles
from aggregator.snapshot import Snapshot
from tests.reconcile.making import NOON

_cell = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12).map(str.strip)
_cell = _cell.filter(lambda text: mended(text) is None)  # "Â¡" is read as the "¡" that somebody wrote
_rows = st.lists(st.tuples(_cell, _cell.filter(bool), _cell), max_size=8)


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A file of this text."""
    path.write_bytes(text.encode(encoding))
    return path


@given(
    rows=_rows,
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-32")),
    ending=st.sampled_from(("\n", "\r\n")),
)
def test_every_row_comes_back_whatever_the_dialect(
    rows: list[tuple[str, str, str]], delimiter: str, encoding: str, ending: str
) -> None:
    """Names and other cells come back as they were written, in any encoding, delimiter and line ending."""
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ending)
    writer.writerow(("id", "name", "umsatz"))
    writer.writerows((str(at), name, more) for at, (_, name, more) in enumerate(rows))
    with TemporaryDirectory() as folder:
        listing = read_table(written(Path(folder, "list.csv"), text.getvalue(), encoding))
    assert [(one.id, one.name, one.raw["umsatz"]) for one in listing] == [
        (str(at), name, more) for at, (_, name, more) in enumerate(rows)
    ]
    assert listing.coverage.complete


@given(text=st.text(max_size=200))
def test_no_row_is_lost_between_those_read_and_those_set_aside(text: str) -> None:
    """Whatever stands below the headings, each record that is received is read or set aside with its line."""
    with TemporaryDirectory() as folder:
        listing = read_table(written(Path(folder, "list.csv"), f"id,name\n{text}", "utf-8-sig"))
    assert listing.coverage.received == len(listing) + len(listing.rejected)
    assert listing.coverage.complete is not bool(listing.rejected)
    assert all(row.errors[0].startswith("line ") for row in listing.rejected)


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("id,name,city\n1,Acme,York\n2,Zeb", ["line 3: the file breaks off in it; fetch it anew"]),
        ('id,name,city\n\n1,"Acme",York\n2', ["line 4: the file breaks off in it; fetch it anew"]),
        ("id,name,city\n1,Acme,York\n2,Zeb\n", []),
        ("id,name,city\n1,Acme,York\n2,Zebra,", []),
        ("id,name,city\n1,Acme\n2,Zebra", []),  # others leave out blanks at the end too
        ("name\nAcme\nZeb", []),
        ("id,name,city\n1,Acme,York\n,,\nConfidential", []),
    ],
)
def test_a_file_that_breaks_off_is_no_whole_list(tmp_path: Path, text: str, errors: list[str]) -> None:
    """A download that failed would make everybody below missing."""
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [error for row in listing.rejected for error in row.errors] == errors
    assert listing.coverage.complete is not bool(errors)


def test_the_quick_way_reads_what_the_whole_way_reads(tmp_path: Path) -> None:
    """The matcher sees the same of a table whether findings are asked for or pairs alone."""
    path = written(
        tmp_path / "list.csv",
        "id,name,website,phone,contact,email,street,city,zip,country,vat,account number,role,aliases\n"
        "1,Zebra Foods,zebra.com,+44 161 / 9771632,Ann,ann@zebra.com,1 Mill Rd,York,YO1,GB,GB1,A-7,supplier,Zebra|ZF\n"
        "2,Quantum,,,,,,,,,,,,\n",
    )
    table = Table(path=path)
    (view,) = view_accounts(Snapshot(taken_at=NOON, listings=(table.listing(),)))
    assert table.quick().profiles == profiles(view.entries)


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("2,too,many", "line 3: it has 3 cells"),
        (',"no id"', "line 3: no id in the column 'id'"),
        ('2,"open', "line 3: broken quotes"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_line_and_the_next_is_read(tmp_path: Path, line: str, part: str) -> None:
    """One bad row costs no other row."""
    listing = read_table(written(tmp_path / "list.csv", f"id,name\n1,Acme\n{line}\n3,Zebra\n"))
    assert [one.id for one in listing] == ["1", "3"]
    assert part in listing.rejected[0].errors[0]


@pytest.mark.parametrize(
    ("text", "names", "lines"),
    [
        (
            '1,Zebra Foods\n2,"Quick Foods\n3,Quantum\n4,Falcon Tools\n5,Rack 19"\n6,Harbor\n',
            "Zebra Foods|Harbor",
            "3456",
        ),
        ('1,Zebra Foods\n2,"Quick Foods\n\n3,Rack 19"\n6,Harbor\n', "Zebra Foods|Harbor", "35"),
        ('"1,Zebra Foods\n2,Quick Foods"\n6,Harbor\n', "Harbor", "23"),
    ],
)
def test_rows_that_a_stray_quote_swallows_are_set_aside(tmp_path: Path, text: str, names: str, lines: str) -> None:
    """As one partner's name they would be missing, each with its line; the list proves nobody's absence."""
    listing = read_table(written(tmp_path / "list.csv", f"id,name\n{text}"))
    assert "|".join(one.name or "" for one in listing) == names
    assert "".join(one.pointer.rpartition("/")[2] for one in listing.rejected) == lines
    assert all("a quote that opens in line" in one.errors[0] for one in listing.rejected)
    assert not listing.coverage.complete


@pytest.mark.parametrize(
    "cell",
    ["1 Mill Road\nYork", "1 Mill Road, 2nd floor\nYork, UK", "1 Mill Road\n\nYork,UK", "Mill, Road,\nYork"],
)
def test_a_text_of_several_lines_swallows_nothing(tmp_path: Path, cell: str) -> None:
    """An address is written so, between quotes that belong there."""
    (one,) = read_table(written(tmp_path / "list.csv", f'id,name,street\n1,Acme,"{cell}"\n'))
    assert one.raw["street"] == cell


@pytest.mark.parametrize("others", ["2,Mill,active\n3,Foo,active\n", '2,"Mill\n(Old Mill)",active\n' * 3])
def test_a_cell_of_two_lines_in_a_middle_column_is_a_cell(tmp_path: Path, others: str) -> None:
    """Each line has as many delimiters as the other, but fewer than a row has."""
    text = f'Partners of,May\nid,name,status\n1,"Zebra Lighting Company\n(formerly Zebra Lamps)",active\n{others}'
    listing = read_table(written(tmp_path / "list.csv", text))
    assert listing[0].name == "Zebra Lighting Company (formerly Zebra Lamps)"
    assert not listing.rejected
    assert listing.coverage.complete


def test_a_stray_quote_in_a_middle_column_is_found_though_its_row_is_as_wide_as_others(tmp_path: Path) -> None:
    """Two rows that it makes one of have the cells of a row before and behind it together."""
    listing = read_table(written(tmp_path / "list.csv", 'id,name,status\n1,"Zebra,active\n2,Mill",active\n'))
    assert [row.pointer for row in listing.rejected] == ["/line/2", "/line/3"]


def test_decimal_commas_and_blank_rows_split_nothing(tmp_path: Path) -> None:
    """A list parted by semicolons whose figures hold commas, as Excel writes it in much of Europe."""
    path = written(tmp_path / "list.csv", "Nr;Firma;Umsatz\n1;Lundqvist, Söhne;1.234,50\n;;\n2;Zebra;0,5\n", "cp1252")
    listing = read_table(path)
    assert [(one.id, one.name) for one in listing] == [("1", "Lundqvist, Söhne"), ("2", "Zebra")]
    assert listing.coverage.complete


def test_columns_are_guessed_shown_and_can_be_given(tmp_path: Path) -> None:
    """What is not used is said too; a heading that is not there gets the nearest one."""
    path = written(tmp_path / "list.csv", "Zeile,Wortlaut,Kurzname\n1,Acme,A\n")
    with pytest.raises(ConfigurationError, match="no column that looks like a partner's name"):
        read_table(path)
    table = Table(path=path, columns={"name": "Wortlaut"})
    said = "name = 'Wortlaut'; not used: 'Zeile', 'Kurzname'; no ids: a row is known by its number or name"
    assert explain_columns(table.grid()) == said
    with pytest.raises(ConfigurationError, match="no column 'Wortlaud'") as slip:
        read_table(path, columns={"name": "Wortlaud"})
    assert "'Wortlaut'" in str(slip.value)


@pytest.mark.parametrize(("suffix", "package"), [("xlsx", "openpyxl"), ("parquet", "pyarrow")])
def test_a_missing_extra_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, package: str
) -> None:
    """What to install, or how to do without."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ConfigurationError, match=f"{package} must be installed") as missing:
        read_table(written(tmp_path / f"list.{suffix}", ""))
    assert "pip install 'connection-aggregator[" in str(missing.value)


def test_excel_and_parquet_say_the_same_as_csv(tmp_path: Path) -> None:
    """A number in a cell is written as a person would; blank rows are passed over."""
    openpyxl, pyarrow = pytest.importorskip("openpyxl"), pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    book = openpyxl.Workbook()
    for row in (["id", "name", "zip"], [1.0, "Acme", 10115], [None, None, None], [2, "Zebra", None]):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    columns = {"id": [1, 2], "name": ["Acme", "Zebra"], "zip": ["10115", None]}
    parquet.write_table(pyarrow.table(columns), tmp_path / "list.parquet")
    for name in ("list.xlsx", "list.parquet"):
        first, second = read_table(tmp_path / name)
        assert (first.id, first.name) == ("1", "Acme")
        assert first.address is not None
        assert first.address.postal_code == "10115"
        assert (second.id, second.name, second.address) == ("2", "Zebra", None)


def test_what_is_no_number_is_nothing(tmp_path: Path) -> None:
    """Data frames write NaN for a blank among numbers; a day in Excel is no midnight."""
    openpyxl, pyarrow = pytest.importorskip("openpyxl"), pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    numbers = [49301234567.0, float("nan"), float("inf"), None]
    columns = {
        "id": [1, 2, 3, 4],
        "name": ["A", "B", "C", "D"],
        "phone": numbers,
        "shares": [0.5, float("nan"), None, 2],
    }
    parquet.write_table(pyarrow.table(columns), tmp_path / "list.parquet")
    assert [one.phone for one in read_table(tmp_path / "list.parquet")] == ["49301234567", None, None, None]
    book = openpyxl.Workbook()
    noon = datetime(2026, 3, 1, 12, 30)  # noqa: DTZ001 - as Excel keeps times
    for row in (["id", "name"], [noon.replace(hour=0, minute=0), "A"], [noon, "B"]):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    assert [one.id for one in read_table(tmp_path / "list.xlsx")] == ["2026-03-01", "2026-03-01T12:30:00"]


def test_zeros_that_a_format_shows_belong_to_the_id(tmp_path: Path) -> None:
    """As people see it in Excel, and as the same list says in CSV; other formats change nothing."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["id", "name", "zip"], [42, "Acme", 10115], [123456, "Zebra", 1067], [None, None, None]):
        book.active.append(row)
    for place, shown in (("A2", "00000"), ("A3", "00000"), ("C2", "0.00"), ("C3", "00000")):
        book.active[place].number_format = shown
    book.save(tmp_path / "list.xlsx")
    listing = read_table(tmp_path / "list.xlsx")
    assert [(one.id, one.address and one.address.postal_code) for one in listing] == [
        ("00042", "10115"),
        ("123456", "01067"),
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (7, '"V-"0000', "V-0007"),
        (42, "000-000", "000-042"),
        (1234567, "000-000", "1234-567"),
        (42, "00000;[Red]-00000", "00042"),
        (42, "[Blue]00000", "00042"),
        (43, "00000;@", "00043"),
        (44, "\\D\\E\\ 000", "DE 044"),
        (301234567, "(000) 000-0000", "(030) 123-4567"),
        (7, '"V-"0', "V-7"),
        (7, "0", "7"),
        (-7, "00000", "-7"),
        (7, "#,##0", "7"),
        (7, "0.00", "7"),
        (7, '0.0" kg"', "7"),
        (7, '0" pieces"', "7"),
        (7, "[$-409]000", "7"),
        (7, "[>5]000", "7"),
        (7, "General", "7"),
    ],
)
def test_an_id_is_what_its_format_shows(tmp_path: Path, value: int, number_format: str, shown: str) -> None:
    """Prefixes, zeros and dashes are what people write elsewhere; amounts stay numbers."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["id", "name"], [value, "Acme"]):
        book.active.append(row)
    book.active["A2"].number_format = number_format
    book.save(tmp_path / "list.xlsx")
    assert [one.id for one in read_table(tmp_path / "list.xlsx")] == [shown]


def test_a_format_far_out_costs_no_memory(tmp_path: Path) -> None:
    """A row is as long as it is filled, and blank rows are not kept: who formats whole columns has a short list."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["id", "name"], [1, "Acme"], [None, None, "late payer"], [2, "Zebra"]):
        book.active.append(row)
    for place in ("XFD1", "XFD4", "XFD20000"):
        book.active[place].number_format = "00000"
    book.active["D5000"] = " "
    book.save(tmp_path / "list.xlsx")
    tracemalloc.start()
    listing = read_table(tmp_path / "list.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(one.name, one.raw) for one in listing if one.name] == [
        ("Acme", {"id": "1", "name": "Acme", "column 3": ""}),
        ("Zebra", {"id": "2", "name": "Zebra", "column 3": ""}),
    ]
    assert peak < 50_000_000


def test_blank_rows_above_the_list_are_not_kept(tmp_path: Path) -> None:
    """Though the headings are looked for in the first rows that are filled, of which there may be few."""
    path = written(tmp_path / "list.csv", "id,name\n1,Acme\n" + f"{',' * 1000}\n" * 10_000)
    tracemalloc.start()
    assert len(read_table(path)) == 1
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000


def test_too_little_memory_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads that the file is damaged would look for the fault there."""
    openpyxl = pytest.importorskip("openpyxl")
    openpyxl.Workbook().save(tmp_path / "list.xlsx")

    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("adapters.table.files.sheets._seen", full)
    book = openpyxl.Workbook()
    book.active.append(["id", "name"])
    book.save(tmp_path / "list.xlsx")
    with pytest.raises(ConfigurationError, match="needs more memory than there is"):
        read_table(tmp_path / "list.xlsx")


@pytest.mark.parametrize("drawn", [True, False])
def test_a_chart_sheet_is_passed_over(tmp_path: Path, *, drawn: bool) -> None:
    """It holds no rows, wherever it stands and whether or not a chart is on it."""
    openpyxl = pytest.importorskip("openpyxl")
    chart = pytest.importorskip("openpyxl.chart")
    book = openpyxl.Workbook()
    for row in (["id", "name"], [1, "Acme"]):
        book.active.append(row)
    sheet = book.create_chartsheet("Chart", 0)
    if drawn:
        bars = chart.BarChart()
        bars.add_data(chart.Reference(book["Sheet"], min_col=1, min_row=1, max_row=2))
        sheet.add_chart(bars)
    book.save(tmp_path / "list.xlsx")
    assert [one.name for one in read_table(tmp_path / "list.xlsx")] == ["Acme"]
    with pytest.raises(ConfigurationError, match=r"no sheet 'Chart'\. It has Sheet\."):
        Table(path=tmp_path / "list.xlsx", sheet="Chart").listing()


def test_columns_of_one_name_in_parquet_are_told(tmp_path: Path) -> None:
    """The file is one, and what to do about it is said."""
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    table = pyarrow.Table.from_arrays([pyarrow.array(["Acme"]), pyarrow.array(["Zebra"])], names=["name", "name"])
    parquet.write_table(table, tmp_path / "list.parquet")
    with pytest.raises(ConfigurationError, match="has two columns of one name"):
        read_table(tmp_path / "list.parquet")


def test_times_that_python_cannot_hold_cost_no_row(tmp_path: Path) -> None:
    """Data frames write nanoseconds, old systems days that never come, others zones that this machine does not know."""
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    columns = {
        "name": ["Acme", "Zebra"],
        "far": pyarrow.array([10**14, None], pyarrow.timestamp("s")),
        "day": pyarrow.array([10**7, 0], pyarrow.int32()).cast(pyarrow.date32()),
        "zone": pyarrow.array([1700000000, None], pyarrow.timestamp("s", tz="Nowhere/Land")),
        "nano": pyarrow.array([1700000000000000001, None], pyarrow.timestamp("ns")),
    }
    parquet.write_table(pyarrow.table(columns), tmp_path / "list.parquet")
    acme, zebra = read_table(tmp_path / "list.parquet")
    assert (acme.name, zebra.name) == ("Acme", "Zebra")
    assert acme.raw["nano"].replace("T", " ") == "2023-11-14 22:13:20.000000001"
    assert acme.raw["zone"].startswith("1700000000")
    assert zebra.raw["day"] == "1970-01-01"
    assert zebra.raw["far"] == ""


def test_the_fields_of_records_in_parquet_are_columns(tmp_path: Path) -> None:
    """An address of street, town and country is no street in braces; what fits into no cell is left out, and said."""
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    place = {"street": "Pikk 1", "zip": "10111", "country": "EE", "geo": {"lat": 59.4}}
    columns = {
        "id": [1, 2],
        "name": ["Acme", "Zebra"],
        "address": [place, None],
        "aliases": [["Acme Foods", "AF"], []],
        "contacts": [[{"name": "Ann"}], None],
        "meta": pyarrow.array([[("a", "b")], None], pyarrow.map_(pyarrow.string(), pyarrow.string())),
    }
    parquet.write_table(pyarrow.table(columns), tmp_path / "list.parquet")
    table = Table(path=tmp_path / "list.parquet")
    acme, zebra = table.listing()
    assert acme.address is not None
    assert (acme.address.line1, acme.address.postal_code, acme.address.country) == ("Pikk 1", "10111", "EE")
    assert (acme.aliases, zebra.address) == (("Acme Foods", "AF"), None)
    assert acme.raw.keys() - {"id", "name", "aliases"} == {
        f"address.{one}" for one in ("street", "zip", "country", "geo.lat")
    }
    assert "left out, for lists of records and maps are no cells: 'contacts', 'meta'" in table.described()


def test_a_field_of_a_record_in_parquet_is_told_from_a_column(tmp_path: Path) -> None:
    """Which of two columns of one name is meant, nobody could say."""
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    columns = {"name": ["Acme"], "address": [{"city": "York"}], "address.city": ["Rome"]}
    parquet.write_table(pyarrow.table(columns), tmp_path / "list.parquet")
    with pytest.raises(ConfigurationError, match="has two columns of one name"):
        read_table(tmp_path / "list.parquet")


class _ColumnOfAnUnknownZone:
    """A column as pyarrow had it up to its version 24."""

    def to_pylist(self) -> list[object]:
        raise ZoneInfoNotFoundError("No time zone found with key Mars/Base")

    def cast(self, _: object) -> Any:
        return pytest.importorskip("pyarrow").array(["1970-01-01 00:00:00Z"])


def test_a_zone_that_python_does_not_know_costs_no_row() -> None:
    """Whichever error pyarrow makes of it, the times are read as text."""
    pytest.importorskip("pyarrow")
    assert _values(_ColumnOfAnUnknownZone(), "list.parquet, column 'zone'") == ["1970-01-01 00:00:00Z"]


def test_words_of_a_connection_are_known_in_any_case(tmp_path: Path) -> None:
    """Only what nobody knows is counted as unknown."""
    listing = read_table(written(tmp_path / "list.csv", "name,status\nAcme,Suspended\nZebra,frozen\n"))
    assert listing.drift.unknown_values == {"status=frozen": 1}


@pytest.mark.parametrize("word", ["Rejected", "Nicht aktiv", "not active", "Discontinued", "Cerrado"])
def test_words_for_what_is_over_are_known(tmp_path: Path, word: str) -> None:
    """Whoever was turned away or has gone is expected nowhere, and no word is left open."""
    listing = read_table(written(tmp_path / "list.csv", f"name,status\nAcme,{word}\n"))
    assert listing[0].status is OrganizationStatus.DEACTIVATED
    assert not listing.drift.unknown_values


def test_a_workbook_that_breaks_off_is_no_short_list(tmp_path: Path) -> None:
    """The rows before the damage are not the list."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for number in range(50):
        book.active.append(["id", "name"] if not number else [number, "Acme"])
    book.save(tmp_path / "whole.xlsx")
    with ZipFile(tmp_path / "whole.xlsx") as whole, ZipFile(tmp_path / "list.xlsx", "w") as cut:
        for name in whole.namelist():
            data = whole.read(name)
            cut.writestr(name, data[: len(data) // 2] if "sheet1" in name else data)
    with pytest.raises(ConfigurationError, match="is damaged"):
        read_table(tmp_path / "list.xlsx")


def test_a_file_that_is_neither_is_said_in_one_sentence(tmp_path: Path) -> None:
    """A CSV file that is called .xlsx or .parquet is no traceback."""
    pytest.importorskip("openpyxl")
    pytest.importorskip("pyarrow")
    for suffix in ("xlsx", "parquet", "xls"):
        with pytest.raises(ConfigurationError, match=f"list.{suffix}"):
            read_table(written(tmp_path / f"list.{suffix}", "id,name\n1,Acme\n"))


def _with_formulas(path: Path, rows: list[list[object]]) -> Path:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_formula_without_a_result_is_told_with_its_cell(tmp_path: Path) -> None:
    """Programs write formulas and leave the reckoning to Excel: a row whose name is one is set aside, and says why."""
    rows: list[list[object]] = [["id", "name"], [1, "Acme"], [2, '="Zebra"&" Foods"'], ['="3"', "Yak"]]
    table = Table(path=_with_formulas(tmp_path / "list.xlsx", rows))
    listing = table.listing()
    assert [one.name for one in listing] == ["Acme"]
    assert [one.errors[0] for one in listing.rejected] == [
        f"line {line}: the cell {cell} holds a formula without a result; "
        "open the workbook in a spreadsheet program and save it"
        for line, cell in ((3, "B3"), (4, "A4"))
    ]
    (view,) = view_accounts(Snapshot(taken_at=NOON, listings=(listing,)))
    assert not view.proves_absence
    assert "2 cells hold formulas without a result, read as blank, the first in B3: open" in table.described()


def test_a_row_of_nothing_but_such_formulas_is_no_blank_row(tmp_path: Path) -> None:
    """It would be passed over, and its partner called missing."""
    rows: list[list[object]] = [["id", "name"], [1, "Acme"], ["=A2+1", '="Ze"&"bra"']]
    listing = read_table(_with_formulas(tmp_path / "list.xlsx", rows))
    assert len(listing.rejected) == 1


def test_a_formula_without_a_result_elsewhere_costs_no_row(tmp_path: Path) -> None:
    """The telephone is read as blank, and that is said."""
    table = Table(path=_with_formulas(tmp_path / "list.xlsx", [["id", "name", "phone"], [1, "Acme", "=1+1"]]))
    (acme,) = table.listing()
    assert (acme.name, acme.phone) == ("Acme", None)
    assert "a cell holds a formula without a result, read as blank, C2: open" in table.described()
    assert any("C2" in note for note in table.listing().drift.notes)


def test_what_goes_wrong_where_formulas_are_looked_for_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook read without them would have partners called nothing, and nobody would know why."""
    path = _with_formulas(tmp_path / "list.xlsx", [["id", "name"], [1, '="Acme"']])
    monkeypatch.delattr("adapters.table.files.sheets.unsolved_cells")
    with pytest.raises(NameError):
        read_table(path)


def test_a_workbook_is_closed_though_it_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else nobody could move the file on Windows."""
    path = _with_formulas(tmp_path / "list.xlsx", [["id", "name"], [1, "Acme"]])
    closed: list[str | None] = []
    monkeypatch.setattr(ZipFile, "close", lambda archive: closed.append(archive.filename))
    with pytest.raises(ConfigurationError, match="no sheet 'Other'"):
        Table(path=path, sheet="Other").listing()
    assert closed == [str(path)]


def test_headings_that_are_formulas_without_results_are_told(tmp_path: Path) -> None:
    """That there is no name is said with why."""
    path = _with_formulas(tmp_path / "list.xlsx", [['="id"', '="name"'], [1, "Acme"], [2, "Zebra"]])
    with pytest.raises(ConfigurationError, match=r"formulas without a result.*the first in A1"):
        read_table(path)


def test_a_formula_with_its_result_is_a_cell_like_any_other(tmp_path: Path) -> None:
    """A number, a text, and an empty text, as Excel keeps them."""
    path = _with_formulas(tmp_path / "bare.xlsx", [["id", "name", "city"], [1, '="A"', '=""'], [2, "Zebra", "x"]])
    with ZipFile(path) as bare, ZipFile(tmp_path / "list.xlsx", "w") as solved:
        for name in bare.namelist():
            data = bare.read(name)
            if "sheet1" in name:
                for cell, result in ((b"B2", b"Acme"), (b"C2", b"")):
                    begin = data.index(b'r="%s"' % cell)
                    end = data.index(b"</c>", begin)
                    formula = data[data.index(b"<f>", begin) : data.index(b"</f>", begin) + 4]
                    head = b'r="%s" t="str">%s<v>%s</v>' % (cell, formula, result)
                    data = data[:begin] + head + data[end:]
            solved.writestr(name, data)
    table = Table(path=tmp_path / "list.xlsx")
    assert [one.name for one in table.listing()] == ["Acme", "Zebra"]
    assert "formula" not in table.described()


@pytest.mark.parametrize(
    "text",
    [
        'id,name\n1,"Acme \\"Best\\" Foods"\n2,Zebra\n3,"Yak, Wool"\n',
        'id,name\n1,"Acme \\"Best\\" Foods"\n2,"Zebra"\n3,"Yak, Wool"\n',
        '"id","name"\n"1","Acme \\"Best\\" Foods"\n"2","Zebra"\n"3","Yak, Wool"\n',
    ],
)
def test_quotes_that_are_escaped_by_backslashes_are_read(tmp_path: Path, text: str) -> None:
    """As databases write them: no row is set aside, and the name has its quotes."""
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [one.name for one in listing] == ['Acme "Best" Foods', "Zebra", "Yak, Wool"]
    assert listing.rejected == ()


def test_an_escaped_quote_at_the_end_and_an_escaped_backslash_are_read(tmp_path: Path) -> None:
    """The quote that ends a cell is told from one of its text."""
    text = 'id,name,path\n1,"Acme \\"Best\\"","C:\\\\dir\\\\"\n2,"Zebra","x"\n'
    acme, _ = read_table(written(tmp_path / "list.csv", text))
    assert (acme.name, acme.raw["path"]) == ('Acme "Best"', "C:\\dir\\")
    mixed = 'id,name\n1,"Acme ""Best"""\n2,"Zebra \\"Z\\" x"\n3,Yak\n'
    assert [one.name for one in read_table(written(tmp_path / "mixed.csv", mixed))] == [
        'Acme "Best"',
        'Zebra "Z" x',
        "Yak",
    ]


@pytest.mark.parametrize(
    ("text", "names", "rejected"),
    [
        ('id,name,path\n1,"Acme ""Best""","C:\\"\n2,Zebra,"D:\\"\n', ['Acme "Best"', "Zebra"], 0),
        ('id,name\n1,"Acme \\"B\\" x"\n2,"Zebra""\n3,Yak\n', ["Yak"], 2),
        ('id,name\n1,C:\\\\Acme\n2,"Zebra"\n', ["C:\\\\Acme", "Zebra"], 0),
    ],
)
def test_a_backslash_stays_one_where_it_escapes_nothing(
    tmp_path: Path, text: str, names: list[str], rejected: int
) -> None:
    """A path that ends in one, and a file that is broken either way, are read as they always were."""
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [one.name for one in listing] == names
    assert len(listing.rejected) == rejected
