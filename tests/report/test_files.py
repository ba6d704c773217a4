"""The same data in every file: exact for machines, harmless in a spreadsheet."""

from __future__ import annotations

import builtins
import csv
import json
import os
import re
import stat
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pandas as pd
import polars as pl
import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from pyarrow import parquet

from aggregator.cli import run
from aggregator.model.record_page import AccountPages, record_pages
from aggregator.reconcile.cells import harmless, unguarded
from aggregator.reconcile.tables import Table, TableName
from aggregator.report import as_markdown, read_partner_ids, write_report
from aggregator.report.spreadsheets import as_csv
from aggregator.snapshot import Snapshot
from tests.reconcile.making import connection, listing, snapshot
from tests.report.browsing import HOSTILE, doubtful_snapshot, hostile_snapshot, reconciled

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula, or skips in front of one; full-width signs count."""


@given(st.text(alphabet="'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20 a;|\"", max_size=9))
@example("Zebra;=1+2;x")
@example("'\t\"=1")
def test_a_guarded_cell_can_be_read_back(cell: str) -> None:
    """No guarded cell begins like a formula, nor does any part of it, and unguarding it gives what it was."""
    assert not harmless(cell).startswith(FORMULAS)
    parts = re.split(r"[;|\t\r\n]", harmless(cell))[1:]
    assert not [part for part in parts if part.lstrip(' "').startswith(FORMULAS)]
    assert unguarded(harmless(cell)) == cell


@pytest.mark.parametrize("mark", [";", "\t", "|"])
@pytest.mark.parametrize("name", ["Zebra{}=1+2{}x", 'Zebra, Ltd{} "=1+2"{}x', "Zebra\n=1+2, Ltd{}{}"])
def test_no_cell_is_a_formula_where_another_mark_parts_cells(mark: str, name: str) -> None:
    """A spreadsheet that opens a CSV file with a semicolon finds no formula in a name either."""
    table = Table(name="partners", columns={"id": str, "name": str}, rows=[("1", name.format(mark, mark))])
    cells = [cell for row in csv.reader(as_csv(table).splitlines(), delimiter=mark) for cell in row]
    assert len(cells) > 3
    assert not [cell for cell in cells if cell.strip(' "').startswith(FORMULAS)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A report of partners with hostile names."""
    assert write_report(reconciled(hostile_snapshot()), tmp_path) == ()
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="rights are POSIX's")
def test_a_new_folder_is_its_owners_alone(tmp_path: Path) -> None:
    """It holds raw records, as a snapshot does; the rights of a folder that was there are left as they are."""
    tmp_path.chmod(0o755)
    write_report(reconciled(hostile_snapshot()), tmp_path / "report")
    write_report(reconciled(hostile_snapshot()), tmp_path)
    assert [stat.S_IMODE(one.stat().st_mode) for one in (tmp_path / "report", tmp_path)] == [0o700, 0o755]


def test_a_folder_may_be_named_by_a_text(tmp_path: Path) -> None:
    """A report is written and read again from a path that is a text, as from any other."""
    result = reconciled(doubtful_snapshot())
    write_report(result, str(tmp_path))
    assert read_partner_ids(str(tmp_path)) == result.partner_ids


def test_the_same_reconciliation_is_the_same_files(tmp_path: Path) -> None:
    """Byte for byte, so that reports can be compared and kept by what they hold: no file tells when it was written."""
    for name in ("one", "other"):
        write_report(reconciled(doubtful_snapshot()), tmp_path / name)
    one, other = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "other"))
    assert [name for name in one if one[name] != other[name]] == []
    assert one.keys() == other.keys()
    with ZipFile(tmp_path / "one" / "report.xlsx") as book:
        assert b"2026-01-15T12:00:00Z" in book.read("docProps/core.xml")
        assert {part.date_time[0] for part in book.infolist()} == {1980}


def test_no_cell_of_a_spreadsheet_is_a_formula(folder: Path) -> None:
    """In CSV and in the workbook, no cell begins like a formula, and the workbook holds texts and numbers only."""
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            assert not [cell for row in csv.reader(file) for cell in row if cell.startswith(FORMULAS)]
    book = openpyxl.load_workbook(folder / "report.xlsx")
    assert book.sheetnames == ["partners", "findings", "review", "coverage"]
    for sheet in book.worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
        assert not [cell for cell in cells if str(cell.value).startswith(FORMULAS)]
        assert not [cell for cell in cells if cell.hyperlink]


def test_machines_get_every_value_exactly(folder: Path) -> None:
    """JSON and Parquet keep each name as the platform wrote it."""
    told = json.loads((folder / "reconciliation.json").read_text())
    names = {entry["name"] for partner in told["partners"] for entry in partner["entries"]}
    assert set(HOSTILE) <= names
    assert set(HOSTILE) <= set(parquet.read_table(folder / "partners.parquet")["name"].to_pylist())


def test_the_workbook_leads_to_the_records(tmp_path: Path) -> None:
    """Pages that the settings name can be clicked in the workbook, and stand in every other file."""
    pages = AccountPages(vendor="crux", account="acme", pages=record_pages("https://x.test/{id}"))
    write_report(reconciled(evolve(doubtful_snapshot(), record_pages=(pages,))), tmp_path)
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    heads = {sheet.title: [cell.value for cell in sheet[1]] for sheet in book.worksheets}
    for sheet, column in (("partners", "record_page"), ("review", "left_page")):
        place = heads[sheet].index(column) + 1
        cells = [row[0] for row in book[sheet].iter_rows(min_row=2, min_col=place, max_col=place)]
        linked = [cell for cell in cells if cell.value is not None]
        assert linked
        assert all(cell.hyperlink.target == cell.value for cell in linked)
        assert str(linked[0].value).startswith("https://x.test/a")
    told = json.loads((tmp_path / "reconciliation.json").read_text())
    entries = [entry for partner in told["partners"] for entry in partner["entries"]]
    assert {bool(entry["record_page"]) for entry in entries if entry["account"] == "crux:acme"} == {True}
    assert {entry["record_page"] for entry in entries if entry["account"] == "fabric:acme"} == {None}
    assert "https://x.test/a0" in (tmp_path / "findings.csv").read_text("utf-8")


def test_the_page_lets_only_its_own_script_run(folder: Path) -> None:
    """The policy names the hashes of the one script and the one style, and allows nothing else."""
    text = (folder / "index.html").read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    allowed = policy[1].replace("&#39;", "'")
    for element in ("script", "style"):
        (inline,) = re.findall(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
        assert f"{element}-src 'sha256-{b64encode(sha256(inline.encode()).digest()).decode()}';" in allowed
    assert "default-src 'none'" in allowed
    assert "innerHTML" not in text
    assert not re.search(r'style="|https?://(?!vendor\.test)', text.split("<script type")[0])


FRAMES: tuple[TableName, ...] = ("partners", "findings", "matches", "review", "coverage")


@pytest.mark.parametrize("name", FRAMES)
def test_polars_and_pandas_take_every_table(name: TableName) -> None:
    """Both read a table by the Arrow PyCapsule interface: every row, every value, texts and numbers as such."""
    for taken in (hostile_snapshot(), doubtful_snapshot(), snapshot(listing(), listing(vendor="fabric"))):
        table = reconciled(taken).to_frame(name)
        in_polars, in_pandas = pl.DataFrame(table), pd.DataFrame.from_arrow(table)
        assert in_polars.columns == list(in_pandas.columns) == list(table.columns)
        assert in_polars.rows() == [tuple(row) for row in table.rows]
        assert len(in_pandas) == len(table)
        for column, kind in table.columns.items():
            place = list(table.columns).index(column)
            told = [row[place] for row in table.rows]
            assert [None if pd.isna(cell) else cell for cell in in_pandas[column]] == told
            assert in_polars.schema[column] == {str: pl.String, int: pl.Int64, float: pl.Float64}.get(kind, pl.Boolean)


def test_a_notebook_shows_everything_escaped() -> None:
    """A reconciliation and its tables show themselves; a name is text, cut off where there are very many rows."""
    result = reconciled(hostile_snapshot())
    for shown in (result._repr_html_(), *(result.to_frame(name)._repr_html_() for name in FRAMES)):
        assert "<script" not in shown
        assert "<img" not in shown
        assert "\u202e" not in shown
    assert "&lt;/script&gt;" in result._repr_html_() + result.to_frame("partners")._repr_html_()
    assert "INCOMPLETE" in result._repr_html_()
    many = reconciled(doubtful_snapshot(40)).to_frame("partners")
    assert many._repr_html_().count("<tr>") == 21
    assert f"and {len(many) - 20:,} more" in many._repr_html_()


def test_there_is_no_other_table() -> None:
    """A wrong name is answered with the right ones."""
    with pytest.raises(ValueError, match="there are partners, findings"):
        reconciled(hostile_snapshot()).to_frame("people")  # type: ignore[arg-type]


def test_without_the_extra_there_are_still_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """JSON, CSV and Markdown need nothing else, and what is left out is named."""
    real = builtins.__import__

    def lacking(name: str, *rest: Any, **more: Any) -> Any:
        if name.split(".", maxsplit=1)[0] in {"jinja2", "xlsxwriter", "pyarrow"}:
            raise ImportError(name)
        return real(name, *rest, **more)

    from aggregator.report import page  # noqa: PLC0415 - its cache is cleared

    page._environment.cache_clear()
    monkeypatch.setattr(builtins, "__import__", lacking)
    left_out = write_report(reconciled(hostile_snapshot()), tmp_path)
    assert "index.html" in left_out
    assert "report.xlsx" in left_out
    assert (tmp_path / "reconciliation.json").exists()
    assert (tmp_path / "findings.csv").exists()


def test_markdown_is_a_summary_with_coverage_first() -> None:
    """The accounts come first, then findings by kind; names cannot become markup."""
    text = as_markdown(reconciled(hostile_snapshot()))
    assert "\n\nAs of 2026-01-15 12:00 UTC.\n\n" in text
    assert text.index("fabric") < text.index("## ")
    assert "<script>" not in text.replace("\\<", "")


def test_the_command_names_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`reconcile --out` ends by saying what to open, and fails where it was asked to."""
    folder = hostile_snapshot().save(tmp_path / "snapshot")
    assert run(["reconcile", str(folder), "--out", str(tmp_path / "report"), "--fail-on", "error"]) == 5
    assert str(tmp_path / "report" / "index.html") in capsys.readouterr().err


def test_a_name_is_neither_link_nor_mention_in_markdown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pull request that shows the summary calls nobody and leads nowhere, and its writing runs one way."""
    names = (
        "ask @octocat",
        "see https://evil.test/x",
        "WWW.evil.test",
        "mail a@evil.test",
        "fixes #12",
        "a\u202eb\x00",
    )
    left = [connection(f"Zebra {name}", f"a{number}") for number, name in enumerate((*names, "&commat;octocat"))]
    taken = snapshot(listing(*left), listing(vendor="fabric"))
    text = as_markdown(reconciled(taken))
    assert run(["reconcile", str(taken.save(tmp_path / "taken")), "--format", "markdown"]) == 0
    assert capsys.readouterr().out == text
    assert "octocat" in text
    assert not re.search(r"@\w|://|www\.|#\d|[\u202e\0]|(?<!\\)&", text, re.IGNORECASE)


def test_half_a_character_ends_no_report(tmp_path: Path) -> None:
    """JSON can name one: U+FFFD stands for it in every file, and the raw record keeps what the platform sent."""
    names = ("Acme \ud800 Foods", "\udfff", "Zebra Foods")
    left = [connection(name, f"a{number}", status_native="\ud800") for number, name in enumerate(names)]
    right = [connection(name, f"b{number}", vendor="fabric") for number, name in enumerate(names)]
    snapshot(listing(*left), listing(*right, vendor="fabric")).save(tmp_path / "taken")
    pairs = str(tmp_path / "pairs.csv")
    assert run(["reconcile", str(tmp_path / "taken"), "--out", str(tmp_path / "report"), "--matches", pairs]) == 0
    for path in (*(tmp_path / "report").glob("*.csv"), tmp_path / "report" / "report.md", tmp_path / "pairs.csv"):
        assert path.read_text("utf-8")
    assert "Acme \ufffd Foods" in (tmp_path / "report" / "partners.csv").read_text("utf-8")
    assert "Acme \ufffd Foods" in parquet.read_table(tmp_path / "report" / "partners.parquet")["name"].to_pylist()
    assert openpyxl.load_workbook(tmp_path / "report" / "report.xlsx")
    kept = Snapshot.load(tmp_path / "report" / "snapshot")
    assert "Acme \ud800 Foods" in [one.supplier.name for taken in kept.listings for one in taken]
