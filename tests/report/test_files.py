"""The same data in every file: exact for machines, harmless in a spreadsheet."""

from __future__ import annotations

import builtins
import csv
import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pyarrow import parquet

from aggregator.cli import run
from aggregator.report import as_markdown, write_report
from tests.report.browsing import HOSTILE, hostile_snapshot, reconciled


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A report of partners with hostile names."""
    assert write_report(reconciled(hostile_snapshot()), tmp_path) == ()
    return tmp_path


def test_no_cell_of_a_spreadsheet_is_a_formula(folder: Path) -> None:
    """In CSV and in the workbook, no cell begins like a formula, and the workbook holds texts and numbers only."""
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            assert not [cell for row in csv.reader(file) for cell in row if cell.startswith(("=", "+", "-", "@"))]
    book = openpyxl.load_workbook(folder / "report.xlsx")
    assert book.sheetnames == ["partners", "findings", "review", "coverage"]
    for sheet in book.worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
        assert not [cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))]
        assert not [cell for cell in cells if cell.hyperlink]


def test_machines_get_every_value_exactly(folder: Path) -> None:
    """JSON and Parquet keep each name as the platform wrote it."""
    told = json.loads((folder / "reconciliation.json").read_text())
    names = {entry["name"] for partner in told["partners"] for entry in partner["entries"]}
    assert set(HOSTILE) <= names
    assert set(HOSTILE) <= set(parquet.read_table(folder / "partners.parquet")["name"].to_pylist())


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


def test_frames_need_no_particular_library() -> None:
    """A table hands its rows over by the Arrow PyCapsule interface, and shows itself in a notebook, escaped."""
    result = reconciled(hostile_snapshot())
    for name in ("partners", "findings", "matches", "review", "coverage"):
        table = result.to_frame(name)
        assert hasattr(table, "__arrow_c_stream__")
        assert table.to_arrow().num_rows == len(table)
    shown = result.to_frame("partners")._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    with pytest.raises(ValueError, match="there are partners, findings"):
        result.to_frame("people")  # type: ignore[arg-type]


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
    assert text.index("fabric") < text.index("## ")
    assert "<script>" not in text.replace("\\<", "")


def test_the_command_names_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`reconcile --out` ends by saying what to open, and fails where it was asked to."""
    folder = hostile_snapshot().save(tmp_path / "snapshot")
    assert run(["reconcile", str(folder), "--out", str(tmp_path / "report"), "--fail-on", "error"]) == 5
    assert str(tmp_path / "report" / "index.html") in capsys.readouterr().err
