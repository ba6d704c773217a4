"""What people decide is kept, is obeyed, and must not contradict itself."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import ConfigurationError
from aggregator.reconcile import (
    Decisions,
    Ruling,
    Verdict,
    add_ruling,
    merge_into,
    merged,
    read_decisions,
    reconcile,
    ruling,
)
from aggregator.reconcile.decisions.decisions_file import take_back
from aggregator.snapshot import Snapshot
from tests.reconcile.making import connection, listing, organization, snapshot, source

SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE
HEADER = "left,right,decision,by,at,why\n"


def rows(*said: tuple[str, str, Verdict]) -> Decisions:
    """Decisions of these rows."""
    several = enumerate(said, start=2)
    return Decisions(rows=tuple(Ruling(left=a, right=b, verdict=word, line=line) for line, (a, b, word) in several))


def anybody(name: str) -> str:
    """Every record is there."""
    return name


def test_a_persons_word_joins_and_parts_whatever_the_matcher_says() -> None:
    """Names that have nothing in common are one business if a person says so, equal names are two."""
    world = snapshot(
        listing(connection("Zebra Foods", "1"), connection("Quantum Lighting", "2")),
        listing(
            connection("Zebra Foods", "1", vendor="fabric"),
            connection("Yak Wool Trading", "3", vendor="fabric"),
            vendor="fabric",
        ),
    )
    said = rows(
        ("crux:acme:o1", "fabric:acme:o1", DIFFERENT),
        ("crux:acme:connection:2", "fabric:acme:organization:o3", SAME),
    )
    before, after = reconcile(world), reconcile(world, decisions=said)
    assert {tuple(entry.name for entry in one.entries) for one in before.partners} == {
        ("Zebra Foods", "Zebra Foods"),
        ("Quantum Lighting",),
        ("Yak Wool Trading",),
    }
    assert {tuple(entry.name for entry in one.entries) for one in after.partners} == {
        ("Zebra Foods",),
        ("Quantum Lighting", "Yak Wool Trading"),
    }
    joined = next(one for one in after.partners if len(one.entries) == 2)
    assert "a person said they are one business" in joined.explain()


def test_unsure_leaves_the_pair_to_the_matcher_and_in_review() -> None:
    """A pair that a person could not judge stays before people's eyes."""
    world = snapshot(
        listing(connection("Zebra Foods", "1")),
        listing(connection("Zebra Foods", "1", vendor="fabric"), vendor="fabric"),
    )
    said = rows(("crux:acme:o1", "fabric:acme:o1", UNSURE))
    result = reconcile(world, decisions=said)
    assert len(result.partners) == 1
    assert len(result.review) == 1
    assert not reconcile(world).review


def test_what_nobody_could_say_is_not_called_missing() -> None:
    """A pair that the matcher would not think of stays before people's eyes too, and neither is missing meanwhile."""
    world = snapshot(
        listing(connection("Zebra Foods", "1")),
        listing(connection("Quantum Lighting", "2", vendor="fabric"), vendor="fabric"),
    )
    said = rows(("crux:acme:o1", "fabric:acme:o2", UNSURE), ("crux:acme:o1", "fabric:acme:o9", UNSURE))
    result = reconcile(world, decisions=said)
    (pair,) = result.review
    assert (pair.left, pair.right) == ("crux:acme:organization:o1", "fabric:acme:organization:o2")
    assert (pair.probability, pair.evidence) == result.explain(pair.left, pair.right)
    assert {one.code for one in result.findings} == {"maybe-missing", "decision-without-record"}
    assert [one.code for one in reconcile(world).findings] == ["missing", "missing"]


def test_a_decision_about_a_record_that_is_gone_is_reported_and_still_bridges() -> None:
    """Records that were both said to be a third, which has gone, are one business."""
    world = snapshot(
        listing(connection("Zebra Foods", "1")), listing(connection("Yak", "2", vendor="fabric"), vendor="fabric")
    )
    said = rows(("crux:acme:o1", "old:x:9", SAME), ("old:x:9", "fabric:acme:o2", SAME))
    result = reconcile(world, decisions=said)
    assert len(result.partners) == 1
    gone = [finding for finding in result.findings if finding.code == "decision-without-record"]
    assert len(gone) == 2
    assert "names 'old:x:9', which is not there" in gone[0].message
    assert "line 2" in gone[0].message


def test_what_was_taken_back_is_reported_no_more() -> None:
    """A slip in a name is mended by a row that says unsure; it is nobody's concern any more."""
    world = snapshot(
        listing(connection("Zebra Foods", "1")), listing(connection("Yak", "2", vendor="fabric"), vendor="fabric")
    )
    said = rows(("crux:acme:o1", "fabric:acme:o9", SAME), ("crux:acme:o1", "fabric:acme:o9", UNSURE))
    assert "decision-without-record" not in {one.code for one in reconcile(world, decisions=said).findings}


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ([("a", "b", SAME), ("b", "a", DIFFERENT)], ["line 2", "line 3"]),
        ([("a", "b", SAME), ("b", "c", SAME), ("c", "a", DIFFERENT)], ["line 2", "line 3", "line 4"]),
        ([("a", "a", DIFFERENT)], ["line 2"]),
    ],
)
def test_contradictions_name_their_rows(said: list[tuple[str, str, Verdict]], lines: list[str]) -> None:
    """A person can only mend rows that are named."""
    with pytest.raises(ConfigurationError) as caught:
        rows(*said).obey(anybody)
    assert all(line in str(caught.value) for line in lines)


def test_unsure_takes_back_what_was_said() -> None:
    """After a row that says unsure, the opposite may be said."""
    said = rows(("a", "b", SAME), ("a", "b", UNSURE), ("b", "a", DIFFERENT))
    obeyed = said.obey(anybody)
    assert obeyed.different == (("a", "b"),)
    assert obeyed.same == ()


def test_a_person_overrules_a_platform() -> None:
    """A platform's own word that two records are one yields to a person's, also around a corner."""
    said = rows(("a", "b", SAME), ("b", "c", DIFFERENT))
    assert said.obey(anybody, sure=[("a", "c")]).same == (("a", "b"),)
    assert said.obey(anybody, sure=[("a", "d"), ("d", "c")]).same == (("a", "b"), ("b", "d"))


def test_what_a_list_says_itself_is_not_told_as_a_persons_word() -> None:
    """Records of one id and one name are said to be one by their list, and by a person where one has said so too."""
    table: dict[str, Any] = {"vendor": "table", "account": "left"}
    twice = [organization("Zebra Foods", "1", **table), organization("Zebra Foods", "1", **table)]
    twice[1] = evolve(twice[1], source=source("table", "left", "organization", "1 (a1b2c3)", "organizations"))
    world = snapshot(
        listing(*twice, **table, operation="partners"),
        listing(organization("Yak Wool", "7"), operation="organizations"),
        listing(organization("Yak Wool", "7", account="other"), account="other", operation="organizations"),
    )
    one, other = "table:left:organization:1", "table:left:organization:1 (a1b2c3)"
    yaks = ("crux:acme:organization:7", "crux:other:organization:7")
    by_lists = reconcile(world)
    assert [str(reason) for reason in by_lists.explain(other, one)[1]] == ["one id and one name in this list +20.0"]
    assert [str(reason) for reason in by_lists.explain(*yaks)[1]] == ["one id and one name on this platform +20.0"]
    assert all("a person said" not in partner.explain() for partner in by_lists.partners)
    for said, word in ((rows((one, other, SAME)), "a person said"), (rows((one, other, UNSURE)), "in this list")):
        assert word in str(reconcile(world, decisions=said).explain(one, other)[1])
    joined = reconcile(world, decisions=rows(("left:1", yaks[0], SAME)))
    assert len(joined.partners) == 1
    told = joined.partners[0].explain()
    assert (told.count("this list"), told.count("this platform"), told.count("a person said")) == (1, 1, 1)


KEYS = st.sampled_from("abcdef")
SAID = st.lists(st.tuples(KEYS, KEYS, st.sampled_from(list(Verdict))), max_size=12)


@given(said=SAID, there=st.frozensets(KEYS))
def test_what_follows_never_contradicts_itself(said: list[tuple[str, str, Verdict]], there: frozenset[str]) -> None:
    """Whatever is said, it is an error or what follows can be obeyed, and names only records that are there."""
    try:
        obeyed = rows(*said).obey(lambda name: name if name in there else None)
    except ConfigurationError:
        return
    group = {key: key for key in "abcdef"}
    for one, other in obeyed.same:
        old, new = group[one], group[other]
        group = {key: new if home == old else home for key, home in group.items()}
    assert all(group[one] != group[other] for one, other in obeyed.different)
    assert {key for pair in (*obeyed.same, *obeyed.different) for key in pair} <= there


@pytest.mark.parametrize("name", ["d.csv", "d.sqlite"])
def test_what_is_added_is_read_again(tmp_path: Path, name: str) -> None:
    """A CSV and a SQLite file mean the same."""
    path = tmp_path / "new" / name
    add_ruling(path, ruling("crux:a:o:1", "fabric:a:b:2", SAME, by="ada", why='said "yes", twice\nreally'))
    add_ruling(path, ruling("crux:a:o:1", "fabric:a:b:3", DIFFERENT, by="=bob"))
    first, second = read_decisions(path).rows
    assert (first.left, first.right, first.verdict, first.by) == ("crux:a:o:1", "fabric:a:b:2", SAME, "ada")
    assert 'said "yes", twice' in first.why
    assert second.by == "=bob"
    assert isinstance(first.at, datetime)
    assert first.at.tzinfo is not None


@pytest.mark.parametrize("name", ["d.csv", "d.sqlite"])
def test_what_nobody_said_is_not_taken_back(tmp_path: Path, name: str) -> None:
    """An undo is written once for each decision, whatever it calls the records; any other would raise a doubt."""
    path = tmp_path / name
    undo = ruling("crux:a:b", "table:left:organization:2  3", UNSURE, by="ben")
    assert take_back(path, undo) is None
    assert not path.exists()
    for verdict in (SAME, DIFFERENT):
        add_ruling(path, ruling("left:2 3", "crux:a:organization:b", verdict, by="ada"))
        assert take_back(path, ruling("left:2 3", "crux:a:c", UNSURE, by="ben")) is None, "another pair"
        before = path.read_bytes()
        assert take_back(path, undo) is not None
        assert path.read_bytes() != before
        assert take_back(path, undo) is None
    assert [row.verdict for row in read_decisions(path).rows] == [SAME, UNSURE, DIFFERENT, UNSURE]


@pytest.mark.parametrize("name", ["d.csv", "d.sqlite"])
def test_what_a_clock_ahead_of_ours_wrote_can_be_taken_back(tmp_path: Path, name: str) -> None:
    """Two people have two clocks, and rows count in the order of their times."""
    path = tmp_path / name
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    add_ruling(path, evolve(ruling("left:1", "right:1", SAME, by="ada"), at=tomorrow))
    assert take_back(path, ruling("left:1", "right:1", UNSURE, by="ben")) is not None
    said = read_decisions(path).last_said("left:1", "right:1")
    assert said is not None
    assert said.verdict is UNSURE


def test_what_contradicts_itself_can_be_taken_back() -> None:
    """The last row about a pair is found where the rows cannot all hold, and by every name of its records."""
    said = rows(("a", "b", SAME), ("b", "a", DIFFERENT), ("a", "c", UNSURE))
    assert said.last_said("a", "b") == said.rows[1]
    assert said.last_said("c", "A", str.casefold) == said.rows[2]
    assert said.last_said("b", "c") is None


def test_adding_never_changes_what_is_there(tmp_path: Path) -> None:
    """The file only grows, by one line for each decision, also where the last line has no end."""
    path = tmp_path / "d.csv"
    path.write_text(HEADER + "a,b,same,,,\n\n# a note\nc,d,different,,,", encoding="utf-8")
    before = path.read_text("utf-8")
    add_ruling(path, ruling("e", "f", SAME, by=""))
    after = path.read_text("utf-8")
    assert after.startswith(before)
    assert after.removeprefix(before).count("\n") == 2
    assert len(read_decisions(path).rows) == 3


@pytest.mark.parametrize(
    "by_hand",
    [
        "left,right,decision\na,b,same\n",
        "left,right,decision,at,by,why\na,b,same,2026-01-15,ada,\n",
        "left,right,decision,by,at,why,ticket\na,b,same,ada,2026-01-15,,T-1",
        "Right,left,decision,why,by\nb,a,same,,ada\n",
        "left,right,decision,why,at,by\na,b,same,,2026-01-15,ada\n",
    ],
)
def test_what_is_added_to_a_file_with_other_columns_is_read_again(tmp_path: Path, by_hand: str) -> None:
    """A file may be begun by hand with fewer columns, more, or in another order; nothing that is added is misread."""
    path = tmp_path / "d.csv"
    path.write_text(by_hand, encoding="utf-8")
    add_ruling(path, ruling("c", "d", DIFFERENT, by="ben", why="asked"))
    add_ruling(path, ruling("e", "f", SAME, by="cleo", why="told"))
    first, *added = read_decisions(path).rows
    assert first.pair == ("a", "b")
    assert [(row.pair, row.verdict, row.by, row.why) for row in added] == [
        (("c", "d"), DIFFERENT, "ben", "asked"),
        (("e", "f"), SAME, "cleo", "told"),
    ]
    assert path.read_text("utf-8").startswith(by_hand)


def test_a_file_of_remarks_alone_gets_headings(tmp_path: Path) -> None:
    """A file that begins with what it is for can be added to."""
    path = tmp_path / "d.csv"
    path.write_text("# what we have decided\n", encoding="utf-8")
    add_ruling(path, ruling("a", "b", SAME, by="ada"))
    assert [row.pair for row in read_decisions(path).rows] == [("a", "b")]


def test_rows_of_commas_and_odd_line_ends_within_a_reason_are_no_half_lines(tmp_path: Path) -> None:
    """Spreadsheets leave rows of commas behind; a reason may hold the line separator of another system."""
    path = tmp_path / "d.csv"
    path.write_text(HEADER + ",,,,,\na,b,same,ada,,one\u2028two\x0bthree\x85four\n", encoding="utf-8")
    assert [row.pair for row in read_decisions(path).rows] == [("a", "b")]


@pytest.mark.parametrize("name", ["#list:7", "<<<<<<< list:7", "=======:7"])
def test_a_record_whose_name_looks_like_a_remark_is_read_again(tmp_path: Path, name: str) -> None:
    """A table may be called '#1 suppliers.csv': what is decided about its rows is not passed over as a remark."""
    path = tmp_path / "d.csv"
    add_ruling(path, ruling(name, "b", SAME, by="ada"))
    assert [(row.left, row.right, row.by) for row in read_decisions(path).rows] == [(name, "b", "ada")]


def test_blanks_in_an_id_hinder_no_decision(tmp_path: Path) -> None:
    """A decisions file holds a line a decision, so that an id of many blanks or lines is written with single ones."""
    path = tmp_path / "d.csv"
    odd, other = connection("Zebra Foods", "A  1\n2"), connection("Yak Wool", "B", vendor="fabric")
    add_ruling(path, ruling(str(odd.key), str(other.key), SAME, by="ada"))
    result = reconcile(snapshot(listing(odd), listing(other, vendor="fabric")), decisions=path)
    assert len(result.partners) == 1
    assert not [one for one in result.findings if one.code == "decision-without-record"]


def test_of_two_ids_that_differ_in_blanks_none_is_taken_for_the_other(tmp_path: Path) -> None:
    """What is written with single blanks is the one that has them; what is written otherwise could be either."""
    records = [connection("Zebra Foods", "A  1"), connection("Yak Wool", "A 1"), connection("Xylo", "A   1")]
    other = connection("Walrus", "B", vendor="fabric")
    world = snapshot(listing(*records), listing(other, vendor="fabric"))
    path = tmp_path / "d.csv"
    add_ruling(path, ruling(str(records[1].key), str(other.key), SAME, by="ada"))
    joined = [one for one in reconcile(world, decisions=path).partners if len(one.entries) > 1]
    assert [{entry.name for entry in one.entries} for one in joined] == [{"Yak Wool", "Walrus"}]


def test_a_sqlite_file_of_another_tool_may_leave_cells_empty(tmp_path: Path) -> None:
    """NULL says as little as a blank."""
    path = tmp_path / "d.db"
    columns = ("number", *HEADER.strip().split(","))
    with closing(sqlite3.connect(path)) as base:
        base.execute(f"CREATE TABLE decisions ({', '.join(map(repr, columns))})".replace("'", '"'))
        base.execute("INSERT INTO decisions VALUES (1, 'a', 'b', 'same', NULL, NULL, NULL)")
        base.commit()
    (row,) = read_decisions(path).rows
    assert (row.pair, row.by, row.at, row.why) == (("a", "b"), "", None, "")


def test_an_empty_sqlite_file_holds_no_decisions_yet(tmp_path: Path) -> None:
    """As made by touch, or by a tool that opened it."""
    path = tmp_path / "d.sqlite"
    path.touch()
    assert read_decisions(path).rows == ()
    assert len(add_ruling(path, ruling("a", "b", SAME, by="")).rows) == 1
    assert len(read_decisions(path).rows) == 1


@pytest.mark.parametrize(
    "foreign",
    [
        "CREATE TRIGGER x BEFORE INSERT ON decisions BEGIN SELECT RAISE(IGNORE); END",
        """DROP TRIGGER decisions_are_not_changed;
        CREATE TRIGGER decisions_are_not_changed AFTER INSERT ON decisions BEGIN SELECT 1; END""",
        """DROP TABLE decisions; CREATE VIEW decisions AS
        WITH RECURSIVE n(number) AS (SELECT 1 UNION ALL SELECT number FROM n) SELECT number FROM n""",
        """CREATE TRIGGER x BEFORE INSERT ON decisions BEGIN SELECT RAISE(IGNORE); END;
        PRAGMA writable_schema = ON; UPDATE sqlite_master SET type = 'index' WHERE name = 'x'""",
        "DROP TABLE decisions; CREATE VIRTUAL TABLE decisions USING fts5(x)",
        "CREATE TABLE notes (x)",
    ],
)
def test_a_sqlite_file_of_more_than_decisions_is_refused(tmp_path: Path, foreign: str) -> None:
    """What answers for the table, or changes what is added, would make decisions that nobody took."""
    path = tmp_path / "d.sqlite"
    add_ruling(path, ruling("a", "b", SAME, by=""))
    with closing(sqlite3.connect(path)) as base:
        base.executescript(foreign)
    with pytest.raises(ConfigurationError, match=r"no file of decisions has|malformed"):
        read_decisions(path)
    with pytest.raises(ConfigurationError, match=r"no file of decisions has|malformed"):
        add_ruling(path, ruling("c", "d", SAME, by=""))


def test_a_sqlite_file_that_drops_decisions_is_refused(tmp_path: Path) -> None:
    """A table of another tool that keeps one row of two says so, and keeps none."""
    path = tmp_path / "d.sqlite"
    with closing(sqlite3.connect(path)) as base:
        base.execute(
            'CREATE TABLE decisions (number INTEGER PRIMARY KEY, "left" UNIQUE ON CONFLICT IGNORE, "right", decision, '
            '"by", at, why)'
        )
        base.execute('CREATE INDEX by_right ON decisions ("right")')
    add_ruling(path, ruling("a", "b", SAME, by=""))
    with pytest.raises(ConfigurationError, match="does not keep all decisions"):
        add_ruling(path, ruling("a", "c", SAME, by=""))
    assert len(read_decisions(path).rows) == 1


def test_a_damaged_sqlite_file_is_an_error(tmp_path: Path) -> None:
    """Also where SQLite says what is wrong with it in bytes that are no text."""
    path = tmp_path / "d.sqlite"
    add_ruling(path, ruling("a", "b", SAME, by=""))
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE decisions", b"CREATE TABL\xff decisions"))
    with pytest.raises(ConfigurationError, match="cannot be used as a SQLite file of decisions"):
        read_decisions(path)


def test_a_cell_cannot_become_a_formula(tmp_path: Path) -> None:
    """A reason that begins like a formula is written so that a spreadsheet shows it."""
    path = tmp_path / "d.csv"
    add_ruling(path, ruling("a", "b", SAME, by="", why="=HYPERLINK(1)"))
    with path.open(encoding="utf-8") as file:
        assert next(iter(csv.DictReader(file)))["why"] == "'=HYPERLINK(1)"
    assert read_decisions(path).rows[0].why == "=HYPERLINK(1)"


def test_a_decision_that_would_contradict_is_not_written(tmp_path: Path) -> None:
    """The file stays usable."""
    path = tmp_path / "d.csv"
    add_ruling(path, ruling("a", "b", SAME, by=""))
    with pytest.raises(ConfigurationError, match="the new decision"):
        add_ruling(path, ruling("b", "a", DIFFERENT, by=""))
    assert len(read_decisions(path).rows) == 1


def test_one_record_under_two_names_is_held_against_itself(tmp_path: Path) -> None:
    """A record may be named by its key or by ACCOUNT:ID; who looks records up is told of the clash at once.

    Of rows of tables, which decisions are mostly about, so is who does not.
    """
    path = tmp_path / "d.csv"
    known = {"left:1": "table:left:organization:1", "right:77": "table:right:organization:77"}
    add_ruling(path, ruling("left:1", "right:77", SAME, by="ada"))
    clash = ruling(known["left:1"], "right:77", DIFFERENT, by="ben")
    with pytest.raises(ConfigurationError, match="the new decision"):
        add_ruling(path, clash)
    with pytest.raises(ConfigurationError, match=r"line 2 .* the new decision"):
        add_ruling(path, clash, find=lambda name: known.get(name, name))
    assert len(read_decisions(path).rows) == 1


def test_a_day_at_the_end_of_time_is_a_day(tmp_path: Path) -> None:
    """A date that nobody means is no reason to stop."""
    path = tmp_path / "d.csv"
    path.write_text(HEADER + "a,b,same,,9999-12-30,\nb,a,unsure,,9999-12-31,\n", encoding="utf-8")
    assert read_decisions(path).contradiction() is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("left\tright\tdecision\n", "must name the columns"),
        ("sep=;\nleft;right;decision\n", "must name the columns"),
        (HEADER + "a,b,same,ada,2026-01-15T12", "line 2 has 5 cells"),
        (HEADER + 'a,b,same,ada,2026-01-15,"half', "line 2 cannot be read"),
        (HEADER + "a,b,sam,,,\n", "Did you mean 'same'"),
        (HEADER + "a,,same,,,\n", "does not name two records"),
        (HEADER + "a,b,same,,soon,\n", "'soon' is no time"),
        (
            HEADER + "a,b,same,,,\n<<<<<<< HEAD\nc,d,same,,,\n=======\n>>>>>>> x\n",
            "line 3 is a mark of a merge conflict",
        ),
        ("left,right\n", "lacks decision"),
        ("a,b,same\n", "must name the columns"),
        ("left;right;decision\n", "with commas between them"),
        (b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_a_broken_file_is_an_error_with_its_line(tmp_path: Path, text: str | bytes, message: str) -> None:
    """Half-written lines and merge conflicts are never guessed at."""
    path = tmp_path / "d.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigurationError, match=message):
        read_decisions(path)


def test_a_sqlite_file_only_grows(tmp_path: Path) -> None:
    """Rows of the table can be neither changed nor deleted, and another file of that name is an error."""
    path = tmp_path / "d.sqlite"
    add_ruling(path, ruling("a", "b", SAME, by=""))
    base = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="only added"):
        base.execute("DELETE FROM decisions")
    base.close()
    other = tmp_path / "x.db"
    other.write_bytes(b"no database at all, but text that is long enough")
    with pytest.raises(ConfigurationError, match="cannot be used as a SQLite file"):
        read_decisions(other)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    """A file that was named and is not there is an error, not "no decisions"."""
    with pytest.raises(ConfigurationError, match="aggregator link"):
        read_decisions(tmp_path / "none.csv")


def write(path: Path, *lines: str) -> Path:
    """A decisions file of these lines."""
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), "utf-8")
    return path


def test_a_contradiction_can_be_taken_back_by_adding_a_row(tmp_path: Path) -> None:
    """A file that contradicts itself accepts `unsure`, and is well again; it accepts nothing else meanwhile."""
    path = write(tmp_path / "decisions.csv", "a,b,same,,,", "a,b,different,,,")
    assert read_decisions(path).contradiction() is not None
    with pytest.raises(ConfigurationError, match=r"line 2 .*line 3"):
        add_ruling(path, ruling("c", "d", SAME, by="ada"))
    add_ruling(path, ruling("b", "a", UNSURE, by="ada"))
    assert read_decisions(path).contradiction() is None


def test_two_peoples_files_are_merged_in_either_order(tmp_path: Path) -> None:
    """Rows count in the order in which they were said, in whichever order files are merged; none is lost or doubled."""
    ada = write(
        tmp_path / "ada.csv", "a,b,same,ada,2026-01-01T10:00:00Z,", "b,a,unsure,ada,2026-01-03T10:00:00Z,too early"
    )
    ben = write(tmp_path / "ben.csv", "a,b,different,ben,2026-01-04T10:00:00Z,", "c,d,same,ben,2026-01-02T10:00:00Z,")
    for first, second in ((ada, ben), (ben, ada)):
        both = merged([read_decisions(first), read_decisions(second)])
        assert len(both.rows) == 4
        obeyed = both.obey(anybody)
        assert (obeyed.same, obeyed.different) == ((("c", "d"),), (("a", "b"),))
    assert len(merge_into(ada, ben).rows) == 4
    assert len(merge_into(ada, ben).rows) == 4, "merging again adds nothing"
    assert ada.read_text("utf-8").startswith(HEADER + "a,b,same,ada"), "what was there stays as it was"


@pytest.mark.parametrize(
    ("lines", "same", "different"),
    [
        (["a,b,same,ada,2026-01-15T12:00:00Z,", "a,b,unsure,ada,2026-01-15,"], False, False),
        (["a,b,same,ada,2026-01-15T12:00:00Z,", "b,a,unsure,,2026-01-15,", "a,b,different,,2026-01-15,"], False, True),
        (["a,b,unsure,ada,2026-01-15,", "a,b,same,ada,2026-01-15T12:00:00Z,"], True, False),
        (["a,b,unsure,ada,2026-01-15,", "a,b,same,ada,2026-01-15,"], True, False),
        (["a,b,same,ada,2026-01-15,", "a,b,unsure,ada,2026-01-14T12:00:00Z,"], True, False),
        (["a,b,unsure,ada,2026-01-16T12:00:00Z,", "a,b,same,ada,2026-01-15,"], False, False),
        (["a,b,same,ada,2026-01-16T01:00:00Z,", "a,b,unsure,ada,2026-01-15,"], False, False),
        (["a,b,same,ada,2026-01-15T20:00:00-05:00,", "a,b,unsure,ada,2026-01-15,"], False, False),
        (
            ["c,d,same,,2026-01-15T18:00:00Z,", "a,b,unsure,,2026-01-15,", "a,b,same,,2026-01-15T09:00:00Z,"],
            True,
            False,
        ),
        (["a,b,same,ada,2026-01-15T12:00:00Z,", "c,d,same,,2026-01-01,", "a,b,unsure,ada,,"], False, False),
        (["a,b,unsure,ada,2026-01-17,", "a,b,different,ben,2026-01-16,"], False, False),
    ],
    ids=[
        "an undo by hand on the same day",
        "an undo and the opposite by hand on the same day",
        "a time below a day",
        "two days below each other",
        "an earlier day further down",
        "a later day further up",
        "an evening in the west, where it is the day before",
        "a time as it is written in the west",
        "another pair's time between them",
        "no time at all, below an older row",
        "an earlier day below a day",
    ],
)
def test_what_is_written_by_hand_counts_at_its_place(
    tmp_path: Path, lines: list[str], same: bool, different: bool
) -> None:
    """A day without a time is that day at its place in the file, so that an undo by hand takes effect."""
    obeyed = read_decisions(write(tmp_path / "decisions.csv", *lines)).obey(anybody)
    assert (("a", "b") in obeyed.same, ("a", "b") in obeyed.different) == (same, different)


def test_a_day_stays_a_day(tmp_path: Path) -> None:
    """No midnight is made up when rows are merged or moved into SQLite."""
    path = write(tmp_path / "decisions.csv", "a,b,same,ada,2026-01-15,", "a,b,unsure,ada,2026-01-15,")
    for name in ("other.csv", "other.sqlite"):
        merge_into(tmp_path / name, path)
        merge_into(tmp_path / name, path)
        assert [row.at for row in read_decisions(tmp_path / name).rows] == [date(2026, 1, 15)] * 2
    assert "ada,2026-01-15," in (tmp_path / "other.csv").read_text("utf-8")


TIMES = st.sampled_from(["2026-01-14T09:00:00+00:00", "2026-01-15T09:00:00+00:00", "2026-01-15T18:00:00+00:00"])
DAYS = st.sampled_from(["2026-01-13", "2026-01-14", "2026-01-15"])


@given(times=st.lists(TIMES | DAYS | st.just(""), max_size=8))
def test_the_last_row_by_hand_of_a_day_wins(times: list[str]) -> None:
    """Rows with a time keep their order in time, and a last row of the last day, by hand, counts last."""
    at = [
        None if not one else date.fromisoformat(one) if len(one) == 10 else datetime.fromisoformat(one) for one in times
    ]
    last = (*at, date(2026, 1, 15))
    said = Decisions(
        rows=tuple(Ruling(left="a", right="b", verdict=SAME, at=one, line=n) for n, one in enumerate(last))
    )
    ordered = said.in_time
    assert ordered[-1].line == len(at)
    timed = [row.at for row in ordered if isinstance(row.at, datetime)]
    assert timed == sorted(timed)


def test_files_that_contradict_each_other_are_not_merged(tmp_path: Path) -> None:
    """The message names the line and the file of both rows, and nothing is written."""
    ada = write(tmp_path / "ada.csv", "a,b,same,ada,,")
    ben = write(tmp_path / "ben.csv", "c,d,same,ben,,", "a,b,different,ben,,")
    before = ada.read_bytes()
    with pytest.raises(ConfigurationError, match=r"line 2 of .*ada\.csv .*line 3 of .*ben\.csv"):
        merge_into(ada, ben)
    assert ada.read_bytes() == before


def test_files_put_one_behind_the_other_are_one_file(tmp_path: Path) -> None:
    """`cat ada.csv ben.csv` leaves the headings of the second in the middle."""
    path = write(tmp_path / "both.csv", "a,b,same,ada,,", HEADER.strip(), "c,d,different,ben,,")
    assert [row.line for row in read_decisions(path).rows] == [2, 4]


def test_a_csv_file_moves_into_sqlite(tmp_path: Path) -> None:
    """Both kinds of file mean the same, so that one is merged into the other."""
    path = write(tmp_path / "decisions.csv", "a,b,same,ada,2026-01-01T10:00:00+00:00,why", "c,d,unsure,,,")
    moved = merge_into(tmp_path / "decisions.sqlite", path)
    assert moved.obey(anybody) == read_decisions(tmp_path / "decisions.sqlite").obey(anybody)
    assert moved.obey(anybody).same == (("a", "b"),)


_FEW = st.sampled_from("abcdefgh")
_PAIRS = st.lists(st.tuples(_FEW, _FEW).filter(lambda pair: pair[0] != pair[1]), max_size=8)


@given(_PAIRS, _PAIRS)
def test_what_a_platform_calls_one_never_joins_what_a_person_keeps_apart(
    kept_apart: list[tuple[str, str]], sure: list[tuple[str, str]]
) -> None:
    """Pair after pair is joined, unless that would make one of two records that are kept apart, by whatever way."""
    groups = {name: {name} for name in "abcdefgh"}
    for one, other in sure:
        both = groups[one] | groups[other]
        if not any({left, right} <= both for left, right in kept_apart):
            groups.update(dict.fromkeys(both, both))

    obeyed = rows(*((left, right, DIFFERENT) for left, right in kept_apart)).obey(anybody, sure)

    joined = {name: {name} for name in "abcdefgh"}
    for one, other in obeyed.same:
        both = joined[one] | joined[other]
        joined.update(dict.fromkeys(both, both))
    assert joined == groups
    assert all(right not in joined[left] for left, right in obeyed.different)


def _of_two_lists() -> Snapshot:
    """Zebra Foods on both sides, which the matcher joins."""
    return snapshot(
        listing(connection("Zebra Foods", "1")),
        listing(connection("Zebra Foods", "1", vendor="fabric"), vendor="fabric"),
    )


@pytest.mark.parametrize("word", [DIFFERENT, "different", "Different"])
def test_a_verdict_may_be_its_plain_word(word: Any) -> None:
    """What a person says in code is obeyed as a row of a file is, in whatever case it is written."""
    said = Decisions(rows=(ruling("crux:acme:o1", "fabric:acme:o1", word, by="ada"),))
    assert len(reconcile(_of_two_lists(), decisions=said).partners) == 2


def test_a_word_that_is_no_verdict_is_told() -> None:
    """A slip never counts as having said nothing."""
    with pytest.raises(ConfigurationError, match=r"'diferent' is no decision. Did you mean 'different'\?"):
        ruling("crux:acme:o1", "fabric:acme:o1", "diferent", by="ada")


def test_a_record_may_be_named_by_its_key() -> None:
    """A record's `key` is as good as its text; what is no key is told with what to write."""
    world = _of_two_lists()
    left, right = (one.key for one in world.connections)
    said = Decisions(rows=(ruling(left, right, DIFFERENT, by="ada"),))
    assert len(reconcile(world, decisions=said).partners) == 2
    with pytest.raises(ConfigurationError, match=r"by its key, and Connection is none. Write record.key"):
        ruling(world.connections[0], right, DIFFERENT, by="ada")  # type: ignore[arg-type]


def test_a_time_without_a_zone_is_utc_in_code_too() -> None:
    """Rows with a zone and without stand in one order, as those of a file do; a text is no time."""
    several = Decisions(
        rows=(
            Ruling(left="a", right="b", verdict=SAME, at=datetime(2026, 1, 15, 13, tzinfo=UTC)),
            Ruling(left="a", right="b", verdict=UNSURE, at=datetime.fromisoformat("2026-01-15T12:00:00")),
        )
    )
    assert [row.verdict for row in several.in_time] == [UNSURE, SAME]
    with pytest.raises(ConfigurationError, match="at = '2026-01-15' is no time"):
        Ruling(left="a", right="b", verdict=SAME, at="2026-01-15")  # type: ignore[arg-type]
