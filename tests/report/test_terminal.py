"""The terminal: tables as wide as it is, harmless whatever partners are called, and plain lines in a pipe."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from aggregator.cli import run
from aggregator.model import Activity
from aggregator.report.terminal import print_tables
from aggregator.snapshot import Snapshot
from tests.reconcile.making import connection, listing, snapshot
from tests.report.browsing import doubtful_snapshot, hostile_snapshot, reconciled

_STYLE = re.compile(r"\x1b\[[0-9;]*m")


def printed(taken: Snapshot, width: int, *, styled: bool = True) -> str:
    """What a terminal of a width shows."""
    file = io.StringIO()
    console = Console(
        file=file, width=width, force_terminal=styled, highlight=False, markup=False, emoji=False, legacy_windows=False
    )
    print_tables(reconciled(taken), console, where="--out DIR writes all of them")
    return file.getvalue()


def lines(taken: Snapshot, width: int) -> list[str]:
    """The same, line by line, without colours."""
    return _STYLE.sub("", printed(taken, width)).splitlines()


def test_coverage_comes_first_then_findings_reviews_and_partners() -> None:
    """An incomplete list is said before anything else, and what is not shown is counted."""
    shown = "\n".join(lines(doubtful_snapshot(), 120))
    doubtful = len(reconciled(doubtful_snapshot()).review)
    titles = ("Are the lists whole?", "Findings (", f"To review ({doubtful})", "Partners (28)")
    assert shown.startswith("As of 2026-01-15 12:00 UTC:\n"), "of an old snapshot, all of it is old"
    places = [shown.index(title) for title in titles]
    assert places == sorted(places)
    assert f"… and {doubtful - 10} more: --out DIR writes all of them" in shown
    assert "… and 18 more: --out DIR writes all of them" in shown
    assert "NO: its list of connections is incomplete" in " ".join("\n".join(lines(hostile_snapshot(), 200)).split())


@pytest.mark.parametrize("width", [30, 60, 80, 132, 240])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """Columns that do not fit are left out, names are cut, and only the plain sentences between tables are folded."""
    for taken in (doubtful_snapshot(), hostile_snapshot()):
        assert max(map(cell_len, lines(taken, width))) <= width


def test_names_change_nothing_on_the_terminal() -> None:
    """Markup is shown as it is; escapes, carriage returns and marks that turn the writing round are made visible."""
    names = (
        "[red]Alder[/red]",
        "\x1b[31mBirch\x1b[0m\x1b]8;;http://evil.test\x07",
        "Cedar\rOak",
        "\u202eElm\u2066",
        "a\nb",
    )
    taken = snapshot(
        listing(*(connection(name, f"a{number}") for number, name in enumerate(names))),
        listing(connection("Fir", "b1", vendor="fabric"), vendor="fabric"),
    )
    text = printed(taken, 160)
    assert "[red]Alder[/red]" in text
    assert "Cedar Oak" in text
    rest = _STYLE.sub("", text)
    assert not [one for one in rest if not one.isprintable() and one != "\n"]
    assert "\x1b[31mBirch" not in text


def test_a_table_shows_itself_where_rich_prints_it() -> None:
    """`rich.print(reconciliation.to_frame("partners"))` is as harmless."""
    file = io.StringIO()
    Console(file=file, width=200).print(reconciled(hostile_snapshot()).to_frame("partners"))
    text = file.getvalue()
    assert "partners (32)" in text
    assert not [one for one in text if not one.isprintable() and one != "\n"]


def test_columns_of_activity_are_shown_where_something_is_known() -> None:
    """Orders of a partner are added up over its platforms; without any known number there is no such column."""
    busy = connection("Alder Bicycles", "a1", activity=Activity(orders_last_7_days=3, orders_last_30_days=1200))
    same = connection("Alder Bicycles", "b1", vendor="fabric", activity=Activity(orders_last_7_days=4))
    shown = lines(snapshot(listing(busy), listing(same, vendor="fabric")), 240)
    heading = next(line for line in shown if "orders 7 d" in line)
    row = next(line for line in shown if line.startswith(" Alder Bicycles"))
    assert row[: heading.index("orders 7 d") + len("orders 7 d")].split()[-1] == "7"
    assert "1,200" in row
    assert "90 d" not in heading
    assert not any("orders 7 d" in line for line in lines(doubtful_snapshot(), 240))


def test_on_a_terminal_the_command_prints_tables_and_in_a_pipe_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a script reads stays as it was: one finding a line, nothing folded, no colours."""
    doubtful_snapshot().save(tmp_path / "taken")
    assert run(["reconcile", str(tmp_path / "taken")]) == 0
    plain = capsys.readouterr().out
    assert "\x1b" not in plain
    assert "crux (acme): 14 partners, complete" in plain.splitlines()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run(["reconcile", str(tmp_path / "taken")]) == 0
    assert "Are the lists whole?" in capsys.readouterr().out
