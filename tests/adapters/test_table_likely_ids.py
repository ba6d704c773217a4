"""Where no heading says which column holds ids, one that nearly every row has a code of its own in does."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.table import Table
from adapters.table.grid import Grid

NAMES = ("Acme", "Bolt", "Cedar", "Dunes", "Elm", "Fjord", "Grove", "Heath", "Iris", "Juno", "Kiwi", "Lark")


def _grid(folder: Path, headings: str, rows: list[str]) -> Grid:
    path = folder / "list.csv"
    path.write_text("\n".join([headings, *rows, ""]), encoding="utf-8")
    return Table(path=path).grid()


def _rows(cell: str) -> list[str]:
    """Write a row for each name, with a cell in which `#` is another number in each."""
    return [f"{name},{cell.replace('#', str(17 + 7 * at))}" for at, name in enumerate(NAMES)]


@pytest.mark.parametrize("cell", ["V-#", "10#", "ACM#X", "000001#", "3f2504e0-4f89-41d3-9a0c-0305e82c33#"])
def test_codes_below_a_heading_that_nobody_knows_are_ids(tmp_path: Path, cell: str) -> None:
    """They are, in a list that its author headed as nobody else does, and it is said that this is guessed."""
    grid = _grid(tmp_path, "Name,Zzz", _rows(cell))
    assert grid.headings[grid.chosen["id"]] == "Zzz"
    assert grid.keys[0] == cell.replace("#", "17")
    assert any("'Zzz' is taken for the id" in one for one in grid.done)


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Zzz", "#"),  # two digits, and three from 101 on
        ("Zzz", "+44 20 79460#"),
        ("Zzz", "02079460#0"),
        ("Zzz", "DE1234567#"),
        ("Zzz", "GB29NWBK601613319268#"),
        ("Zzz", "#00.50"),
        ("Zzz", "SW#1AA"),
        ("Zzz", "Site #"),
        ("Zzz", "shop#.example"),
        ("Fax", "10#"),
        ("Order no", "PO-#"),
        ("Employees", "1#"),
        ("Second phone", "10#"),
    ],
)
def test_what_is_no_code_or_speaks_of_something_else_is_no_id(tmp_path: Path, heading: str, cell: str) -> None:
    """Telephones, tax numbers, amounts and postal codes differ from row to row, too."""
    assert "id" not in _grid(tmp_path, f"Name,{heading}", _rows(cell)).chosen


@pytest.mark.parametrize("added", ["Moor,", "Moor,V-17", "Moor,none yet", "Moor,V-9000"])
def test_one_more_row_changes_no_id(tmp_path: Path, added: str) -> None:
    """Whatever it says, and wherever it stands: decisions about the others hold."""
    rows = _rows("V-#")
    before = _grid(tmp_path, "Name,Zzz", rows)
    for after in (_grid(tmp_path, "Name,Zzz", [*rows, added]), _grid(tmp_path, "Name,Zzz", [added, *rows])):
        assert set(before.keys) - {"V-17"} <= set(after.keys)
        assert len(after) == len(NAMES) + 1


def test_the_first_of_several_is_taken_and_none_beside_a_known_number(tmp_path: Path) -> None:
    """Lists begin with what tells their rows apart; whatever a heading is known for goes before what is guessed."""
    rows = [f"A-{at},{name},B{at}" for at, name in enumerate(NAMES, start=3)]
    assert _grid(tmp_path, "Yyy,Name,Zzz", rows).keys[0] == "A-3"
    assert _grid(tmp_path, "Yyy,Name,Supplier number", rows).keys[0] == "B3"
    assert _grid(tmp_path, "Yyy,Name,Code", rows).keys[0] == "B3"


def test_names_and_counts_are_never_taken_for_ids(tmp_path: Path) -> None:
    """A short list, names with digits, and a count of the rows leave a row known by its name."""
    assert _grid(tmp_path, "Name,Zzz", _rows("V-#")[:9]).keys[0] == "Acme"
    assert _grid(tmp_path, "Zzz,Name", [f"{at},{name}" for at, name in enumerate(NAMES, 1)]).keys[0] == "Acme"
    shops = [f"Shop{at},Mall{at}" for at in range(12)]
    assert _grid(tmp_path, "Name,Legal name", shops).keys[0] == "Shop0"
