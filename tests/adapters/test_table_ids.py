"""What a row of a table is called by stays, whatever becomes of other rows, and decisions about it hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.table import Table, read_table
from aggregator.reconcile import Decisions, Reconciliation, Ruling, Verdict, reconcile
from aggregator.snapshot import Snapshot
from tests.reconcile.making import NOON

ROWS = ["1,Zebra Foods GmbH", "2,Quantum Lighting Ltd", "3,Harbor Textiles", "4,Kiwi Labs", "5,Penguin Glass"]
THEIRS = ["77,Zebra Foods", "78,Nobody Else AB"]


def _reconciled(folder: Path, heading: str, rows: list[str], *said: tuple[str, str, Verdict]) -> Reconciliation:
    listings = []
    for name, first, lines in (("left", heading, rows), ("right", "id", THEIRS)):
        path = folder / f"{name}.csv"
        path.write_text("\n".join([f"{first},name", *lines, ""]), encoding="utf-8")
        listings.append(read_table(path))
    rulings = tuple(Ruling(left=one, right=other, verdict=verdict) for one, other, verdict in said)
    return reconcile(Snapshot(taken_at=NOON, listings=tuple(listings)), decisions=Decisions(rows=rulings))


def _homes(found: Reconciliation) -> dict[str, str]:
    return {f"{entry.account.name}:{entry.id}": partner.id for partner in found.partners for entry in partner.entries}


@pytest.mark.parametrize("heading", ["id", "Code", "Partner code"])
@pytest.mark.parametrize("more", ["5,Penguin Exports", ",Ibis Ovens"])
def test_a_number_that_is_met_twice_or_left_out_leaves_the_other_rows_what_they_are(
    tmp_path: Path, heading: str, more: str
) -> None:
    """Partners keep their ids, and decisions hold, whatever another row says."""
    said = (("left:1", "right:77", Verdict.DIFFERENT), ("left:3", "right:78", Verdict.SAME))
    before = _homes(_reconciled(tmp_path, heading, ROWS, *said))
    after = _homes(_reconciled(tmp_path, heading, [*ROWS, more], *said))
    for homes in (before, after):
        assert homes["left:1"] != homes["right:77"]
        assert homes["left:3"] == homes["right:78"]
    kept = ("left:1", "left:2", "left:3", "left:4")
    assert [after[name] for name in kept] == [before[name] for name in kept]


@pytest.mark.parametrize("copy", ["1,Zebra Foods GmbH", "1,ZEBRA FOODS GMBH"])
@pytest.mark.parametrize("name", ["left:1", "table:left:organization:1"])
def test_a_decision_holds_for_a_row_that_is_there_twice(tmp_path: Path, copy: str, name: str) -> None:
    """Rows of one id and name are one business by what their list says: a word about one is about both."""
    apart = _reconciled(tmp_path, "id", [*ROWS, copy], (name, "right:77", Verdict.DIFFERENT))
    sizes = sorted(len(partner.entries) for partner in apart.partners if "zebra" in partner.name.casefold())
    assert sizes == [1, 2]
    assert not [finding for finding in apart.findings if finding.code == "decision-without-record"]
    joined = _reconciled(tmp_path, "id", [*ROWS, copy], (name, "right:78", Verdict.SAME))
    (partner,) = [partner for partner in joined.partners if "Nobody" in str(partner.entries)]
    assert len([entry for entry in partner.entries if entry.id.startswith("1")]) == 2


def test_a_row_that_says_the_same_as_another_changes_no_key(tmp_path: Path) -> None:
    """A row pasted twice goes on being called by its id once, and by what it says the second time."""
    path = tmp_path / "left.csv"
    path.write_text("\n".join(["id,name", *ROWS, ROWS[0], ROWS[0], ""]), encoding="utf-8")
    keys = [record.key.id for record in read_table(path).records]
    assert min(keys) == "1"
    assert len(set(keys)) == len(keys) == 7


@pytest.mark.parametrize("heading", ["No", "No.", "Nr", "Number", "编号"])
def test_a_column_that_only_counts_the_rows_is_no_id(tmp_path: Path, heading: str) -> None:
    """A row that is put in above moves every number, and a decision about one partner would be obeyed for another."""
    said = ("left:Zebra Foods GmbH", "right:77", Verdict.DIFFERENT)
    before = _homes(_reconciled(tmp_path, heading, ROWS, said))
    moved = ["1,Ibis Ovens", *(f"{at},{row.partition(',')[2]}" for at, row in enumerate(ROWS, start=2))]
    after = _homes(_reconciled(tmp_path, heading, moved, said))
    assert after["left:Zebra Foods GmbH"] != after["right:77"]
    assert before.items() <= after.items()


@pytest.mark.parametrize(
    ("text", "ids", "counts"),
    [
        ("No.,Name,Vendor code\n1,Acme,V7\n2,Bolt,V8\n3,Zeta,V9\n", ["V7", "V8", "V9"], True),
        ("No.,Name,City\n1.,Acme,York\n\n2.,Bolt,Bath\n1.,Zeta,Rome\n", ["Acme", "Bolt", "Zeta"], True),
        ('No.,Name,City\n1,Acme,York\n2,"Bolt,Bath\n3,Zeta,Rome\n4,Quo,Bonn\n', ["Acme", "Zeta", "Quo"], True),
        ("No.,Name,City\n1,Acme,York\n2,Bolt,Bath\n4,Zeta,Rome\n", ["1", "2", "4"], False),  # one is no more
        ("No.,Name,City\n10,Acme,York\n11,Bolt,Bath\n12,Zeta,Rome\n", ["10", "11", "12"], False),
        ("No.,Name,City\n1,Acme,York\n2,Bolt,Bath\n", ["1", "2"], False),
        (f"No.,Name,City\n1,Acme,York\n{'9' * 5000},Bolt,Bath\nx,Zeta,Rome\n", ["1", "9" * 5000, "x"], False),
        ("ID,Name,City\n1,Acme,York\n2,Bolt,Bath\n3,Zeta,Rome\n", ["1", "2", "3"], False),  # a database counts so
        ("Vendor No,Name,City\n1,Acme,York\n2,Bolt,Bath\n3,Zeta,Rome\n", ["1", "2", "3"], False),
    ],
)
def test_what_counts_the_rows_is_told_from_numbers_of_partners(
    tmp_path: Path, text: str, ids: list[str], counts: bool
) -> None:
    """Numbers from 1 that leave none out, below a heading that says no more than that they are numbers."""
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    read = Table(path=path).read()
    assert [one.id for one in read.listing] == ids
    assert ("'No.' counts the rows, and is no id" in read.columns) is counts
    first = next(one.id for one in Table(path=path, columns={"id": text.partition(",")[0]}).listing())
    assert first[0] == text[text.index("\n") + 1]
