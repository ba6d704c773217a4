"""`aggregator reconcile`, explain, link and unlink with two CSV files and nothing else, good and bad."""

from __future__ import annotations

import csv
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from adapters.table import Table
from adapters.table.grid import Grid
from aggregator.cli import run
from aggregator.reconcile import Decisions, linkage, profiles
from aggregator.reconcile.entries import Entry
from aggregator.reconcile.matching import Profile
from aggregator.reconcile.sources import open_sources
from tests.reconcile.making import connection, listing, snapshot

LEFT = "id,name,website\n1,Zebra Foods GmbH,zebra-foods.com\n2,Quantum Lighting Ltd,\n3,Only Left Trading,\n"
RIGHT = "nr;firma;web\n77;Zebra Foods;www.zebra-foods.com\n78;QUANTUM LIGHTING LIMITED;\n79;Nobody Else AB;\n"
COLUMNS = ["left_source", "left_id", "right_source", "right_id", "probability", "decision", "evidence"]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("left.csv").write_text(LEFT, "utf-8")
    Path("right.csv").write_text(RIGHT, "utf-8")


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run the command; return its exit code, its result and its notes."""
    code = run(words)
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return code, captured.out, captured.err


def pairs(path: str = "pairs.csv") -> list[dict[str, str]]:
    """The rows of a file of pairs."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        assert reader.fieldnames == COLUMNS
    return rows


def test_two_files_are_enough(capsys: pytest.CaptureFixture[str]) -> None:
    """The columns are guessed and shown, partners are joined, and who is missing where is said."""
    code, out, err = said(capsys, "reconcile", "left.csv", "right.csv")
    assert code == 0
    assert "name = 'firma'" in err
    assert "--policy" in err, "nobody has said yet who should be where"
    assert "4 partners, 2 of them on more than one account" in out
    assert "(1 from right, 1 from left)" in out or "(1 from left, 1 from right)" in out
    assert "'Only Left Trading' is on left, but not on right, whose list is complete." in out


@pytest.mark.parametrize("more", [(), ("--matches", "pairs.csv")])
def test_each_table_is_read_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    """Its columns are told and its rows compared by one reading: it may hold a million rows."""
    read: list[str] = []
    grid = Table.grid

    def counted(table: Table, *, keep_raw: bool = False) -> Grid:
        read.append(table.account)
        return grid(table, keep_raw=keep_raw)

    monkeypatch.setattr(Table, "grid", counted)
    assert "left: id = 'id', name = 'name'" in said(capsys, "reconcile", "left.csv", "right.csv", *more)[2]
    assert read == ["left", "right"]


def test_where_all_findings_are_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """Of very many findings some are printed; the rest is in the report, if one was asked for."""
    Path("left.csv").write_text(LEFT + "".join(f"x{at},Alone {at * 7919} Ltd,\n" for at in range(60)), "utf-8")
    assert "with --out DIR or --format json." in said(capsys, "reconcile", "left.csv", "right.csv")[2]
    _, _, err = said(capsys, "reconcile", "left.csv", "right.csv", "--out", "report")
    assert "All findings are in report." in err
    assert "--out DIR" not in err


def test_ids_are_the_table_s_own_whatever_it_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    """A colon in the name of a file is no part of an id, neither in the file of pairs nor in a decision."""
    Path("left.csv").rename("2026:left.csv")
    assert said(capsys, "reconcile", "2026:left.csv", "right.csv", "--matches", "pairs.csv")[0] == 0
    assert {(row["left_source"], row["left_id"]) for row in pairs()} == {("2026:left", "1"), ("2026:left", "2")}
    Path("decisions.csv").write_text("left,right,decision\n2026:left:1,right:77,different\n", "utf-8")
    command = ("reconcile", "2026:left.csv", "right.csv", "--matches", "pairs.csv", "-d", "decisions.csv")
    assert said(capsys, *command)[0] == 0
    assert {row["left_id"] for row in pairs() if row["decision"] == "match"} == {"2"}


def test_the_summary_counts_the_pairs_that_are_written(capsys: pytest.CaptureFixture[str]) -> None:
    """Pairs within one table are told apart from those between tables, and counted where they are written."""
    Path("left.csv").write_text("id,name\n1,Lundqvist Tools\n2,Lundqvist Tools\n", "utf-8")
    Path("right.csv").write_text("id,name\n7,Lundqvist Tools\n", "utf-8")
    _, out, _ = said(capsys, "reconcile", "left.csv", "right.csv", "--matches", "pairs.csv")
    assert sum(int(word) for word in out.splitlines()[2].split() if word.isdigit()) == len(pairs()) == 2
    assert out.splitlines()[3] == "1 pair within one table, which --duplicates writes too"
    said(capsys, "reconcile", "left.csv", "right.csv", "--matches", "pairs.csv", "--duplicates")
    assert len(pairs()) == 3


@pytest.mark.parametrize(
    ("more", "whole"),
    [
        (("--format", "text"), False),
        (("--fail-on", "never"), False),
        (("--format", "markdown"), True),
        (("--fail-on", "error"), True),
    ],
)
def test_an_option_that_says_the_usual_asks_for_no_more_than_leaving_it_out(
    capsys: pytest.CaptureFixture[str], more: tuple[str, ...], whole: bool
) -> None:
    """Only pairs are worked out until another form, or another exit code, needs the whole result."""
    command = ("reconcile", "left.csv", "right.csv", "--matches", "pairs.csv")
    _, alone, _ = said(capsys, *command)
    _, out, _ = said(capsys, *command, *more)
    assert (out != alone) == ("4 partners" in out) == whole


@pytest.mark.parametrize("more", [(), ("--format", "json"), ("--out", "report")])
def test_the_pairs_file_is_as_promised(capsys: pytest.CaptureFixture[str], more: tuple[str, ...]) -> None:
    """Its columns, one row a pair, left and right in the order of the sources, whichever way it was worked out."""
    for first, second in (("left", "right"), ("right", "left")):
        code, _, _ = said(capsys, "reconcile", f"{first}.csv", f"{second}.csv", "--matches", "pairs.csv", *more)
        assert code == 0
        rows = pairs()
        assert {(row["left_source"], row["right_source"]) for row in rows} == {(first, second)}
        assert {row["decision"] for row in rows} <= {"match", "review", "no"}
        assert all(0.05 <= float(row["probability"]) <= 1 for row in rows)
        ids = {tuple(sorted((row["left_id"], row["right_id"]))): row["decision"] for row in rows}
        assert len(ids) == len(rows)
        assert ids["1", "77"] == "match"


def test_pairs_beside_a_report_cost_no_second_reading(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read of each record to match it is what its pairs are put into words by."""
    read, once = profiles._profile, []

    def counting(entry: Entry, *rest: Any) -> Any:
        once.append(entry.key)
        return read(entry, *rest)

    monkeypatch.setattr(profiles, "_profile", counting)
    code, _, _ = said(capsys, "reconcile", "left.csv", "right.csv", "--matches", "pairs.csv", "--out", "report")
    assert code == 0
    assert len(pairs()) > 0
    assert len(once) == len(set(once)) == 6


@pytest.mark.parametrize(("fail_on", "code"), [("never", 0), ("error", 0), ("warning", 5)])
def test_the_exit_code_says_how_grave_it_is(capsys: pytest.CaptureFixture[str], fail_on: str, code: int) -> None:
    """Two partners are missing, which is a warning."""
    assert said(capsys, "reconcile", "left.csv", "right.csv", "--fail-on", fail_on)[0] == code


def test_json_pipes(capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output is one JSON document, notes go elsewhere."""
    _, out, _ = said(capsys, "reconcile", "left.csv", "right.csv", "--format", "json")
    assert {"partners", "matches", "review", "findings", "coverage"} <= set(json.loads(out))


def test_a_decision_is_made_obeyed_and_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    """Link two that have nothing in common, see them joined, undo it, see them apart."""
    link = ("link", "Only Left Trading", "79", "--in", "left.csv", "--in", "right.csv", "--by", "ada")
    reconcile = ("reconcile", "left.csv", "right.csv", "--decisions", "decisions.csv")
    assert said(capsys, *link)[0] == 0
    assert "3 partners, 3 of them" in said(capsys, *reconcile)[1]
    assert said(capsys, *link, "--undo")[0] == 0
    assert "4 partners, 2 of them" in said(capsys, *reconcile)[1]
    assert len(Path("decisions.csv").read_text("utf-8").splitlines()) == 3, "nothing is ever taken out"


@pytest.mark.parametrize(
    ("decisions", "decided"),
    [
        ((), "match"),
        (("left:2,right:78,different",), "no"),
        (("table:left:organization:2,right:78,different",), "no"),
        (("left:2,right:78,unsure",), "match"),
        (("left:2,right:79,same", "left:1,right:78,different"), "review"),
        (("left:4,right:79,same",), "match"),
    ],
)
@pytest.mark.parametrize(
    "copy", ["2,Quantum Lighting Ltd,", "2,QUANTUM LIGHTING LTD,", "2,Quantum Lighting Ltd,q.example"]
)
def test_rows_of_one_id_and_one_name_are_one_business_whichever_way_it_is_worked_out(
    capsys: pytest.CaptureFixture[str], decisions: tuple[str, ...], decided: str, copy: str
) -> None:
    """Their list binds them, and a decision about the id is about all; where their names differ, it is about none."""
    Path("left.csv").write_text(f"{LEFT}{copy}\n4,Lundqvist Tools,\n4,Harbor Textiles,\n", "utf-8")
    Path("d.csv").write_text("\n".join(["left,right,decision", *decisions, ""]), "utf-8")
    command = ("reconcile", "left.csv", "right.csv", "-d", "d.csv", "--matches", "pairs.csv", "--duplicates")
    _, _, alone = said(capsys, *command)
    quick = pairs()
    said(capsys, *command, "--format", "json")
    assert quick == pairs()
    found = {(row["left_id"], row["right_id"]): row["decision"] for row in quick}
    assert (found["2", "2"], found["2", "78"]) == ("match", decided)
    assert ("not the only one of that id" in alone) == ("left:4" in str(decisions))


def test_where_no_id_repeats_no_row_is_looked_at_for_what_its_list_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list may have millions of rows: without decisions, each is read and compared, and no more."""
    looked: list[Profile] = []
    monkeypatch.setattr(linkage, "_id", looked.append)
    tables = open_sources((Path("left.csv"), Path("right.csv")), (), ()).tables
    assert len(linkage.link_tables(tables, Decisions()).tables) == 2
    assert not looked


@pytest.mark.parametrize("command", ["link", "unlink"])
def test_undoing_what_nobody_decided_writes_nothing_and_says_so(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """A pair that nobody has spoken of stays what it is, and so does one of which all was taken back."""
    undo = (command, "left:1", "right:77", "--undo")
    code, _, err = said(capsys, *undo)
    assert (code, "decisions.csv holds nothing of them to take back. Nothing was written." in err) == (0, True)
    assert not Path("decisions.csv").exists()
    assert said(capsys, "link", "1", "77", "--in", "left.csv", "--in", "right.csv")[0] == 0
    assert said(capsys, *undo)[0] == 0
    before = Path("decisions.csv").read_bytes()
    code, _, err = said(capsys, *undo)
    assert (code, "Nothing was written." in err) == (0, True)
    assert Path("decisions.csv").read_bytes() == before
    assert said(capsys, "link", *undo[1:], "--unsure")[0] == 0
    assert Path("decisions.csv").read_bytes().startswith(before)
    assert Path("decisions.csv").read_bytes() != before, "somebody has looked"


@pytest.mark.parametrize("name", ["left:1", "1", "left:1 "])
def test_who_shares_an_id_is_shown_with_what_tells_them_apart(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """An id of several rows is answered with their keys and names, and each key is enough to decide about its row."""
    Path("left.csv").write_text(f"{LEFT}1,Lundqvist Tools AB,\n1,{'Yak ' * 99},\n", "utf-8")
    lists = ("--in", "left.csv", "--in", "right.csv")
    code, _, err = said(capsys, "link", name, "right:79", *lists)
    assert (code, f"3 records are called {name!r}: " in err) == (2, True)
    assert "Write one of these keys, in quotes" in err
    (key,) = re.findall(r"(table:left:organization:1 [(]\w+[)]) is 'Lundqvist Tools AB'", err)
    assert f"'{'Yak ' * 15}…'" in err
    assert not Path("decisions.csv").exists()
    assert said(capsys, "link", key, "right:79", *lists)[0] == 0
    assert f"{key},table:right:organization:79,same" in Path("decisions.csv").read_text("utf-8")


def test_rows_of_one_id_and_one_name_are_one_record_to_whoever_decides(capsys: pytest.CaptureFixture[str]) -> None:
    """Their id or their name alone is enough, since a decision about one of them is about all."""
    Path("left.csv").write_text(f"{LEFT}3,Only Left Trading,only-left.com\n", "utf-8")
    for name in ("left:3", "3", "only left trading"):
        code, _, err = said(capsys, "link", name, "right:79", "--in", "left.csv", "--in", "right.csv", "--by", "ada")
        assert (code, "table:left:organization:3" in err) == (0, True)


def test_unlink_parts_and_a_contradiction_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, both rows are named, and the file stays as it was."""
    assert said(capsys, "unlink", "left:1", "right:77")[0] == 0
    before = Path("decisions.csv").read_bytes()
    code, _, err = said(capsys, "link", "left:1", "right:77")
    assert (code, Path("decisions.csv").read_bytes()) == (2, before)
    assert "line 2" in err
    assert "the new decision" in err
    _, out, _ = said(capsys, "reconcile", "left.csv", "right.csv", "-d", "decisions.csv")
    assert "5 partners, 1 of them" in out


def test_blanks_in_an_id_hinder_no_decision(capsys: pytest.CaptureFixture[str]) -> None:
    """The quick way finds a record of many blanks by a line of the decisions file too."""
    Path("left.csv").write_text("id,name\nA  1,Zebra Foods\n", "utf-8")
    assert said(capsys, "link", "left:A  1", "right:79")[0] == 0
    code, _, err = said(capsys, "reconcile", "left.csv", "right.csv", "-d", "decisions.csv", "--matches", "pairs.csv")
    assert (code, "not there" in err) == (0, False)
    assert pairs()[0]["right_id"] == "79"
    _, out, _ = said(capsys, "reconcile", "left.csv", "right.csv", "-d", "decisions.csv")
    assert "left: 1 partner, complete" in out
    assert "3 partners, 1 of them on more than one account; 1 pair matched" in out


def test_what_was_decided_on_a_report_counts_beside_the_files_that_are_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Another file of decisions takes nothing back, and one that is named no longer is told."""
    report = ("reconcile", "left.csv", "right.csv", "--out", "report")
    assert said(capsys, *report)[0] == 0
    assert said(capsys, "unlink", "left:1", "right:77", "--decisions", "report/decisions.csv")[0] == 0
    assert said(capsys, "unlink", "left:2", "right:78", "--decisions", "ours.csv")[0] == 0
    _, out, err = said(capsys, *report, "--decisions", "ours.csv")
    assert "6 partners" in out
    assert "report/decisions.csv are obeyed too" in err
    assert "6 partners" in said(capsys, *report)[1], "nor are they forgotten by the run after it"
    Path("theirs.csv").write_text("left,right,decision\n", "utf-8")
    _, out, err = said(capsys, *report, "--decisions", "theirs.csv")
    assert "5 partners" in out
    assert "Decisions in ours.csv, which the report in report obeyed, no longer count" in err
    _, _, err = said(capsys, *report, "--decisions", "./report/decisions.csv", "--decisions", "theirs.csv")
    assert "too" not in err
    assert "no longer" not in err


def test_decisions_that_a_report_obeys_are_not_lost_in_silence(capsys: pytest.CaptureFixture[str]) -> None:
    """Where their file is gone, what people said would count no more; a file that was never there is not missed."""
    Path("rules").mkdir()
    decided = ("unlink", "left:1", "right:77", "--decisions")
    report = ("reconcile", "left.csv", "right.csv", "--out", "report")
    assert said(capsys, *report)[0] == said(capsys, *report)[0] == 0
    assert said(capsys, *decided, "rules/ours.csv")[0] == 0
    assert said(capsys, *report, "--decisions", "rules/ours.csv")[0] == 0
    assert "5 partners" in said(capsys, *report)[1]
    Path("rules/ours.csv").rename("rules/elsewhere.csv")
    code, _, err = said(capsys, *report)
    assert code == 2
    assert "obeys decisions in rules/ours.csv" in err
    assert "5 partners" in said(capsys, *report, "--decisions", "rules/elsewhere.csv")[1]
    other = ("reconcile", "left.csv", "right.csv", "--out", "other")
    assert said(capsys, *other)[0] == said(capsys, *decided, "other/decisions.csv")[0] == 0
    assert "5 partners" in said(capsys, *other)[1]
    Path("other/decisions.csv").unlink()
    code, out, err = said(capsys, *other)
    assert (code, "4 partners" in out, "they no longer count" in err) == (0, True, True)


def test_two_files_of_one_name_are_told_apart_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    """What they are called hangs on their order, and so would what is decided about their rows."""
    Path("old").mkdir()
    Path("old/left.csv").write_text(LEFT, "utf-8")
    _, out, err = said(capsys, "reconcile", "left.csv", "old/left.csv")
    assert "left-2: 3 partners" in out
    assert "old/left.csv is called left-2 here" in err
    assert "is called" not in said(capsys, "reconcile", "left.csv", "right.csv")[2]
    assert "are one file" not in err


@pytest.mark.parametrize(
    ("undecided", "probable"),
    [("left:2,right:78", False), ("left:1,right:79", False), ("left:1,right:77", True), ("left:9,right:77", None)],
    ids=["not thought of", "nothing in common", "joined anyway", "gone"],
)
def test_pairs_that_nobody_could_decide_are_in_the_file(
    capsys: pytest.CaptureFixture[str], undecided: str, probable: bool | None
) -> None:
    """Whatever their score is, as in the report's review, and whichever way it was worked out: so many to review."""
    Path("left.csv").write_text("id,name\n1,Zebra Foods\n2,Quantum Lighting\n", "utf-8")
    Path("right.csv").write_text("id,name\n77,Zebra Foods\n78,QL Holding\n79,Nobody Else AB\n", "utf-8")
    Path("d.csv").write_text(f"left,right,decision\n{undecided},unsure\n", "utf-8")
    command = ("reconcile", "left.csv", "right.csv", "-d", "d.csv", "--matches", "pairs.csv")
    _, alone, _ = said(capsys, *command)
    quick = pairs()
    _, out, _ = said(capsys, *command, "--format", "json")
    assert pairs() == quick
    waiting = {pair["left"] + pair["right"] for pair in json.loads(out)["review"]}
    assert f"{len(waiting)} to review" in alone
    assert f", {len(waiting)} to review" in said(capsys, *command, "--out", "report")[1]
    chances = [float(row["probability"]) for row in quick]
    assert chances == sorted(chances, reverse=True)
    left, right = (one.partition(":")[2] for one in undecided.split(","))
    decisions = [row["decision"] for row in quick if (row["left_id"], row["right_id"]) == (left, right)]
    assert decisions == {True: ["match"], False: ["review"], None: []}[probable]


def test_pairs_of_one_list_that_nobody_could_decide_are_written_with_duplicates(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As all pairs within one source are, and in no other case."""
    Path("d.csv").write_text("left,right,decision\nleft:2,left:3,unsure\n", "utf-8")
    command = ("reconcile", "left.csv", "right.csv", "-d", "d.csv", "--matches", "pairs.csv")
    for more in ((), ("--format", "json")):
        said(capsys, *command, *more)
        assert "left" not in {row["right_source"] for row in pairs()}
        said(capsys, *command, *more, "--duplicates")
        assert [(row["left_id"], row["right_id"]) for row in pairs() if row["right_source"] == "left"] == [("2", "3")]


def test_a_file_is_never_called_as_an_account(capsys: pytest.CaptureFixture[str]) -> None:
    """Else its rows would be records of the account, and what is decided about one be about the other."""
    snapshot(listing(connection("Zebra Foods", "1"))).save(Path("snapshot"))
    Path("crux:acme.csv").write_text(RIGHT, "utf-8")
    for sources in (("snapshot", "crux:acme.csv"), ("crux:acme.csv", "snapshot")):
        _, out, err = said(capsys, "reconcile", *sources, "--matches", "pairs.csv", "--format", "markdown")
        assert "crux:acme.csv is called crux:acme-2 here, for another is called crux:acme." in err
        assert {pairs()[0]["left_source"], pairs()[0]["right_source"]} == {"crux:acme", "crux:acme-2"}
        assert "crux:acme-2" in out


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this system has no names for open files")
def test_a_pipe_has_no_lasting_name_which_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """The shell numbers it anew each time, and a decision about its rows is about nobody the next time."""
    reading, writing = os.pipe()
    os.write(writing, RIGHT.encode())
    os.close(writing)
    _, _, err = said(capsys, "link", "1", "77", "--in", "left.csv", "--in", f"/dev/fd/{reading}")
    os.close(reading)
    assert f"/dev/fd/{reading} is a pipe, which is called {reading} here and may be called otherwise" in err
    Path("63.csv").write_text(RIGHT, "utf-8")
    assert "is a pipe" not in said(capsys, "reconcile", "left.csv", "63.csv")[2]


def test_a_file_that_is_given_twice_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """Compared with itself, everything is well, whatever the other list says."""
    Path("link.csv").symlink_to("left.csv")
    for other in ("link.csv", "left.csv"):
        code, _, err = said(capsys, "reconcile", "left.csv", other)
        assert (code, f"left.csv and {other} are one file" in err) == (0, True)


def test_a_name_as_long_as_a_book_is_not_printed_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """What is said of it is; files hold the whole name."""
    Path("left.csv").write_text(f"id,name\n1,{'Yak Wool ' * 1000}\n", "utf-8")
    _, out, _ = said(capsys, "reconcile", "left.csv", "right.csv", "--out", "report")
    line = next(one for one in out.splitlines() if "Yak Wool Yak Wool" in one)
    assert len(line) < 700
    assert line.endswith("but not on right, whose list is complete.")
    assert "Yak Wool " * 999 in Path("report/findings.csv").read_text("utf-8")


def test_explain_shows_the_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    """By name, by id or by ACCOUNT:ID; the reasons are sentences with weights."""
    code, out, _ = said(capsys, "explain", "Zebra Foods GmbH", "right:77", "left.csv", "right.csv")
    assert code == 0
    assert "probability 0.9" in out
    assert "zebra" in out.casefold()
    code, _, err = said(capsys, "explain", "Nobody", "77", "left.csv", "right.csv")
    assert code == 2
    assert "No record is called 'Nobody'" in err


def test_a_record_is_not_explained_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """It is one business with itself, which says nothing of anything."""
    code, _, err = said(capsys, "explain", "left:1", "1", "left.csv")
    assert (code, "'left:1' and '1' are one record" in err) == (2, True)


def test_what_is_said_twice_and_differs_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The last would win, and nobody know; for one table and for all, the one table counts."""
    for option, one, other in (("--column", "left:name=name", "left:name=id"), ("--read", "sheet=A", "sheet=B")):
        code, _, err = said(capsys, "reconcile", "left.csv", option, one, option, other)
        assert (code, f"'{other}' says another thing than {one}" in err) == (2, True)
    both = ("--column", "name=name", "--column", "left:name=name", "--column", "name=name")
    assert said(capsys, "reconcile", "left.csv", *both)[0] == 0


@pytest.mark.parametrize("of_pairs_alone", [False, True])
@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("name=Nome", "left.csv has no column 'Nome', which --column name=Nome names."),
        ("right:nmae=name", "right.csv: a table has no field 'nmae', which --column nmae=name names."),
    ],
)
def test_a_slip_about_a_column_names_the_table_and_the_option(
    capsys: pytest.CaptureFixture[str], option: str, told: str, *, of_pairs_alone: bool
) -> None:
    """Of several tables and options, nobody would know which is meant."""
    more = ("--matches", "pairs.csv") if of_pairs_alone else ()
    code, _, err = said(capsys, "reconcile", "left.csv", "right.csv", "--column", option, *more)
    assert (code, told in " ".join(err.split())) == (2, True)


def test_rows_without_a_name_are_said_with_the_pairs(capsys: pytest.CaptureFixture[str]) -> None:
    """They are in no pair, and would not be missed."""
    Path("left.csv").write_text("id,name\n1,Zebra Foods\n2,\n3,N/A\n", "utf-8")
    _, out, _ = said(capsys, "reconcile", "left.csv", "right.csv", "--matches", "pairs.csv")
    assert "left: 3 rows, 2 of them without a name\n" in out


def test_tables_are_no_snapshots_to_diff(capsys: pytest.CaptureFixture[str]) -> None:
    """What compares them is named."""
    code, _, err = said(capsys, "diff", "left.csv", "right.csv")
    assert (code, "left.csv is a file, and no snapshot. Name a folder" in err) == (3, True)
    assert "tables are compared by `aggregator reconcile`" in err


LISTS = {
    "headings alone": "id,name\n",
    "equal names": "id,name\n" + "".join(f"{at},Same Name Ltd\n" for at in range(12)),
    "names of one letter": "id,name\n1,A\n2,B\n3,A\n",
    "emoji": "id,name\n1,😀\n2,😀😀 Trading\n3,👩‍👩‍👧 GmbH\n",
    "a very long name": f"id,name\n1,{'x' * 10_000}\n2,{'long word ' * 1_000}\n",
    "every script": "id,name\n1,株式会社\n2,Ромашка\n3,שלום בע״מ\n4,شركة النور\n5,บริษัท ไทย\n6,Ελλάς\n7,한국전력\n",
    "control characters": "id,name\n1,\x01\x02\n2,Acme\x1b[31m Ltd\n3,\u202eevil\u202c\n",
    "equal ids": "id,name\n1,Acme Ltd\n1,Acme Ltd\n1,Zebra Foods\n",
    "no names": "id,name\n1,\n2,\n",
    "a formula": "id,name\n=1+1,=HYPERLINK(1)\n",
}


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("other", ["itself", "right.csv", "nothing"])
def test_odd_lists_get_a_right_answer(capsys: pytest.CaptureFixture[str], kind: str, other: str) -> None:
    """Every row is in exactly one partner, whatever is in it, and nothing reaches the terminal that could steer it."""
    Path("odd.csv").write_text(LISTS[kind], "utf-8")
    sources = {"itself": ["odd.csv", "odd.csv"], "right.csv": ["odd.csv", "right.csv"], "nothing": ["odd.csv"]}[other]
    code, out, err = said(capsys, "reconcile", *sources, "--format", "json", "--matches", "pairs.csv")
    assert code == 0, err
    plain = json.loads(out)
    keys = [entry["key"] for partner in plain["partners"] for entry in partner["entries"]]
    rows = len(LISTS[kind].splitlines()) - 1
    assert len(keys) == len(set(keys)) == rows * (2 if other == "itself" else 1) + (3 if other == "right.csv" else 0)
    pairs()
    code, out, _ = said(capsys, "reconcile", *sources)
    assert code == 0
    assert "\x1b" not in out
    assert "\u202e" not in out


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("a,b\n1,2\n", "no column that looks like a partner's name"),
        ("\x00\x01\x02\x03", "no column that looks like a partner's name"),
    ],
)
def test_a_file_that_is_no_list_is_said_in_one_message(
    capsys: pytest.CaptureFixture[str], text: str, part: str
) -> None:
    """Exit code 2, the file is named."""
    Path("odd.csv").write_text(text, "utf-8")
    code, _, err = said(capsys, "reconcile", "left.csv", "odd.csv")
    assert code == 2
    assert "odd.csv" in err
    assert part in err


def test_a_bad_row_is_set_aside_with_its_line_and_stops_us_from_saying_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The row that could not be read may be the partner that is not found."""
    Path("odd.csv").write_text("id,name\n1,Zebra Foods\n2,Too,many,cells\n", "utf-8")
    code, out, err = said(capsys, "reconcile", "left.csv", "odd.csv")
    assert code == 0
    assert "line 3" in err
    assert "from odd)" not in "".join(line for line in out.splitlines() if " missing (" in line)
    assert "cannot-tell (" in out


DECISIONS = "left,right,decision,by,at,why\n"


@pytest.mark.parametrize(
    ("rows", "parts"),
    [
        ("left:1,right:77,sa", ["line 2", "half written"]),
        ("left:1,right:77,smae,,,", ["line 2", "'smae'", "same"]),
        ("<<<<<<< HEAD\nleft:1,right:77,same,,,", ["line 2", "merge conflict"]),
        ("left:1,right:77,same,,,\nleft:1,right:77,different,,,", ["line 2", "line 3", "contradicts"]),
        ('left:1,right:77,same,"ada,,', ["line 2", "half written"]),
    ],
)
def test_a_broken_decisions_file_is_refused_with_its_line(
    capsys: pytest.CaptureFixture[str], rows: str, parts: list[str]
) -> None:
    """Exit code 2; nothing is reconciled on half of what people said."""
    Path("decisions.csv").write_text(DECISIONS + rows, "utf-8")
    for more in ((), ("--matches", "pairs.csv")):
        code, out, err = said(capsys, "reconcile", "left.csv", "right.csv", "-d", "decisions.csv", *more)
        assert (code, out) == (2, "")
        assert all(part in err for part in parts), err


def test_decisions_about_records_that_are_gone_are_kept_and_reported(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown id is no error: the record may come back."""
    Path("decisions.csv").write_text(DECISIONS + "left:404,right:77,same,,,\n", "utf-8")
    code, out, _ = said(capsys, "reconcile", "left.csv", "right.csv", "-d", "decisions.csv")
    assert code == 0
    assert "decision-without-record" in out
    assert "left:404" in out
    code, _, err = said(capsys, "reconcile", "left.csv", "right.csv", "-d", "decisions.csv", "--matches", "pairs.csv")
    assert code == 0
    assert "left:404" in err, "also where only pairs are asked for"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[treshold]\n", ["'treshold'", "'thresholds'"]),
        ("[thresholds]\npending_day = 3\n", ["[thresholds]", "'pending_days'"]),
        ('[severity]\nmising = "error"\n', ["'mising'", "'missing'"]),
        ('[severity]\nmissing = "eror"\n', ["'eror'", "'error'"]),
        ("thresholds = [\n", ["is not TOML"]),
    ],
)
def test_a_typo_in_the_policy_gets_the_nearest_right_word(
    capsys: pytest.CaptureFixture[str], text: str, parts: list[str]
) -> None:
    """One message, exit code 2."""
    Path("policy.toml").write_text(text, "utf-8")
    code, _, err = said(capsys, "reconcile", "left.csv", "right.csv", "--policy", "policy.toml")
    assert code == 2
    errors = [line for line in err.splitlines() if line.startswith("aggregator:")]
    assert len(errors) == 1
    assert all(part in errors[0] for part in ["policy.toml", *parts]), errors[0]


@pytest.mark.parametrize(
    ("mine", "theirs", "told"),
    [
        ("V-001234", "V-001234", "same identifier account number V-001234"),
        ("V-001234", "1234", "same identifier but for prefix or zeros account number 1234"),
        ("V-001234", "9999", "identifier differs"),
    ],
)
def test_numbers_are_compared_in_the_pairs_file_as_they_are_scored(
    capsys: pytest.CaptureFixture[str], mine: str, theirs: str, told: str
) -> None:
    """A number in another spelling is not said to differ, nor are numbers of two kinds."""
    Path("left.csv").write_text(f"id,name,account number\n1,Zebra Foods GmbH,{mine}\n", "utf-8")
    Path("right.csv").write_text(f"id,name,account number\n7,Zebra Foods,{theirs}\n", "utf-8")
    assert said(capsys, "reconcile", "left.csv", "right.csv", "--matches", "pairs.csv")[0] == 0
    assert pairs()[0]["evidence"].endswith(f"; {told}")
    Path("right.csv").write_text("id,name,vat\n7,Zebra Foods,GB123456789\n", "utf-8")
    assert said(capsys, "reconcile", "left.csv", "right.csv", "--matches", "pairs.csv")[0] == 0
    assert "identifier" not in pairs()[0]["evidence"]
