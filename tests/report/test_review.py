"""The review as a person uses it: every answer is kept at once, obeyed at once, and can be taken back."""

from __future__ import annotations

import csv
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qs, urlsplit

import anyio
import httpx
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aggregator.cli import run
from aggregator.errors import AggregatorError, ConfigurationError
from aggregator.reconcile import Reconciliation, Verdict, read_decisions, reconcile
from aggregator.reconcile.decisions.decisions_file import add_ruling
from aggregator.reconcile.decisions.rulings import ruling
from aggregator.report.folder import keep_for_review
from aggregator.report.review.kept import Kept
from aggregator.report.review.questions import doubt
from aggregator.report.review.rewriting import rewrite_apart
from aggregator.report.review.server import make_app
from aggregator.report.review.session import Session
from aggregator.snapshot import Snapshot
from tests.reconcile.making import connection, listing, snapshot
from tests.reconcile.matching.examples import FILLER
from tests.report.browsing import (
    CHROMIUM,
    crowded_snapshot,
    doubtful_snapshot,
    hostile_snapshot,
    page_in_browser,
    picture,
    serious_faults,
    wait_for_text,
)

HOST = "127.0.0.1:8642"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report of pairs that a person should look at."""
    doubtful_snapshot().save(tmp_path / "snapshot")
    assert run(["reconcile", str(tmp_path / "snapshot"), "--out", str(tmp_path / "report")]) == 0
    return tmp_path / "report"


def answered(session: Session, word: str) -> tuple[str, str]:
    """Answer the question that is asked, and return its pair."""
    question = session.state()["question"]
    pair = (question["left"]["key"], question["right"]["key"])
    session.answer(*pair, word)
    return pair


def test_an_answer_is_kept_and_obeyed_at_once(report: Path) -> None:
    """A yes joins, a no keeps apart, the file has both, and the next run on the report obeys."""
    session = Session(report, by="ada")
    yes, no = answered(session, "yes"), answered(session, "no")
    assert session.together(*yes)
    assert not session.together(*no)
    rows = read_decisions(report / "decisions.csv").rows
    assert [(row.pair, row.verdict, row.by) for row in rows] == [
        (tuple(sorted(yes)), Verdict.SAME, "ada"),
        (tuple(sorted(no)), Verdict.DIFFERENT, "ada"),
    ]
    assert all(row.at for row in rows)
    assert run(["reconcile", str(report / "snapshot"), "--out", str(report)]) == 0
    with (report / "partners.csv").open(encoding="utf-8", newline="") as file:
        partner = {row["key"]: row["partner_id"] for row in csv.DictReader(file)}
    assert partner[yes[0]] == partner[yes[1]]
    assert partner[no[0]] != partner[no[1]]


def test_the_page_says_what_an_answer_did(report: Path) -> None:
    """After a yes both records are named as one business, after a no as two."""
    session = Session(report, by="ada")
    answered(session, "yes")
    assert [len(records) for records in session.state()["effect"]] == [2]
    answered(session, "no")
    assert [len(records) for records in session.state()["effect"]] == [1, 1]


def test_a_review_begins_with_what_the_report_keeps(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is matched again when a review starts, and the evidence is that of the report."""
    whole = reconcile(Snapshot.load(report / "snapshot"))
    monkeypatch.setattr("aggregator.report.review.rewriting.reconcile", None)
    session = Session(report, by="ada")
    question = session.state()["question"]
    pair = (question["left"]["key"], question["right"]["key"])
    probability, evidence = whole.explain(*pair)
    told = session.score(*pair)
    assert told["probability"] == round(probability, 4)
    assert told["evidence"] == [[one.sentence, round(one.weight, 2)] for one in evidence]
    assert session.clusters() == clusters_of(whole)


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 cut short", None])
def test_without_what_is_kept_it_is_worked_out_again(report: Path, damage: bytes | None) -> None:
    """A file that is gone, cut short or of another version costs time only."""
    asked_before = Session(report, by="ada").state()
    if damage is None:
        (report / "review.npz").unlink()
    else:
        (report / "review.npz").write_bytes(damage)
    assert Session(report, by="ada").state() == asked_before
    assert Kept.read(report / "review.npz") is not None  # for the next time


def test_another_version_scores_anew(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another model or release has scored is not mixed with this one's."""
    assert Kept.read(report / "review.npz") is not None
    monkeypatch.setattr("aggregator.report.review.kept._made_by", lambda: "a later release")
    assert Kept.read(report / "review.npz") is None


def test_a_report_that_tells_all_decisions_is_not_written_again(report: Path) -> None:
    """A report is stale from an answer on, also one of a run that was killed, until it is written."""
    assert not Session(report, by="ada").stale
    answered(Session(report, by="ada"), "yes")
    session = Session(report, by="ada")
    assert session.stale
    session.write()
    assert not session.stale
    assert not Session(report, by="ada").stale


def clusters_of(result: Reconciliation) -> frozenset[tuple[str, ...]]:
    """The keys of each partner."""
    return frozenset(tuple(sorted(entry.key for entry in partner.entries)) for partner in result.partners)


answers = st.tuples(st.sampled_from(["yes", "no", "no", "split", "unsure", "skip", "undo"]), st.integers(0, 80))


@settings(max_examples=8, deadline=None)
@given(given_answers=st.lists(answers, min_size=1, max_size=10))
@example(
    given_answers=[("no", 49), ("no", 52), ("yes", 0), ("undo", 0), ("no", 55)]
)  # of one platform: rivals from then on
def test_answers_one_by_one_come_to_the_same_as_a_run_from_the_start(given_answers: list[tuple[str, int]]) -> None:
    """Whatever is answered in whatever order, clusters, scores and open pairs are those of a whole run."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        taken = crowded_snapshot()
        keep_for_review(folder, taken, reconcile(taken), decisions=(), policy=None)
        session = Session(folder, by="ada")
        for word, place in given_answers:
            questions = session._standing.questions
            if word == "undo":
                session.undo()
            elif len(questions):
                with suppress(ConfigurationError):  # an answer that contradicts earlier ones is refused
                    session.answer(*session._standing.keys(questions.pair(place % len(questions))), word)
        session.wait()
        whole = reconcile(taken, decisions=session.file if session.file.exists() else None)
        assert frozenset(tuple(sorted(keys)) for keys in session.clusters()) == clusters_of(whole)
        questions = session._standing.questions
        for place in range(0, len(questions), 7):
            pair = session._standing.keys(questions.pair(place))
            told = session.score(*pair)
            probability, evidence = whole.result.explain_all([pair], unaided=True)[0]
            assert told["probability"] == round(probability, 4)
            assert told["evidence"] == [[one.sentence, round(one.weight, 2)] for one in evidence]


def house_snapshot() -> Snapshot:
    """A house of eighteen accounts on each of two platforms, and partners that have nothing to do with it."""
    regions = ("EU", "US", "UK", "APAC", "- Dropship", "(Test)")
    said = {"website": "https://lundqvist.se", "phone": "+46 8 701 01 01", "email": "anna@lundqvist.se"}
    made = []
    for vendor in ("crux", "fabric"):
        house = [
            connection(f"Lundqvist {one}", f"{one}{n}", vendor=vendor, partner=said) for one in regions for n in "123"
        ]
        rest = [connection(one, one, vendor=vendor) for one in FILLER]
        made.append(listing(*house, *rest, vendor=vendor))
    return snapshot(*made)


@pytest.mark.parametrize(
    ("taken", "crossing"),
    [(crowded_snapshot(), False), (house_snapshot(), False), (house_snapshot(), True)],
    ids=["duplicates", "a house, in one list", "a house, in two lists"],
)
def test_two_records_that_are_held_for_one_account_or_house_become_rivals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: Snapshot, *, crossing: bool
) -> None:
    """Such a no is obeyed at once, and what it means for all other pairs follows."""
    monkeypatch.setattr("aggregator.report.review.session._PAUSE", 60.0)  # until it is waited for
    keep_for_review(tmp_path, taken, reconcile(taken), decisions=(), policy=None)
    session = Session(tmp_path, by="ada")
    weighed, house = session._standing._kept.weighed, session._standing._scoring.context.house
    crosses = weighed.source[weighed.left] != weighed.source[weighed.right]
    place = np.flatnonzero((house[weighed.left] == house[weighed.right]) & (crosses == crossing))[0]
    one, other = session._standing.keys((int(weighed.left[place]), int(weighed.right[place])))
    assert session.together(one, other)
    session.answer(one, other, "no")
    assert not session.together(one, other)
    assert not session.state()["settled"]
    session.wait()
    assert session.state()["settled"]
    whole = reconcile(taken, decisions=session.file)
    assert frozenset(tuple(sorted(keys)) for keys in session.clusters()) == clusters_of(whole)
    assert session.undo()
    session.wait()
    assert session.together(one, other)


def test_undo_reaches_back_into_an_earlier_run(report: Path) -> None:
    """What was answered before the program ended can be taken back after it, one answer at a time."""
    first = Session(report, by="ada")
    pairs = [answered(first, "yes"), answered(first, "no")]
    second = Session(report, by="ada")
    assert second.undo()
    assert second.undo()
    assert not second.undo()
    assert second.state()["decided"] == 0
    assert not second.together(*pairs[0])


def test_nobody_takes_back_what_another_said(report: Path) -> None:
    """Undo is one's own."""
    answered(Session(report, by="ada"), "yes")
    assert not Session(report, by="ben").undo()


def test_split_leaves_the_first_record_alone(report: Path) -> None:
    """After a split the record is none of the others shown, and undo takes all of it back."""
    session = Session(report, by="ada")
    pair = answered(session, "yes")
    session.answer(*pair[::-1], "unsure")
    session.undo()
    session.answer(*pair, "split")
    assert len(session.partner(pair[0])) == 1
    assert session.undo()
    assert session.state()["decided"] == 0


def test_a_report_is_written_in_another_process(report: Path) -> None:
    """It tells the answers afterwards; what keeps it from being written is told, and no file is touched."""
    session = Session(report, by="ada")
    answered(session, "yes")
    rewrite_apart(report, session.files)
    assert not session.stale
    assert Kept.read(report / "review.npz") is not None
    answered(session, "no")
    before = (report / "reconciliation.json").read_bytes()
    (report / "policy.toml").write_text("[severity]\nnothing = 7\n", "utf-8")
    with pytest.raises(ConfigurationError, match=r"policy\.toml, \[severity\]: there is no finding 'nothing'"):
        rewrite_apart(report, session.files)
    assert (report / "reconciliation.json").read_bytes() == before
    assert session.stale


def test_an_answer_that_contradicts_is_refused(report: Path) -> None:
    """Yes after no is not written: both rows are named, and the file stays as it was."""
    session = Session(report, by="ada")
    pair = answered(session, "no")
    before = session.file.read_bytes()
    with pytest.raises(ConfigurationError, match="contradicts"):
        session.answer(*pair, "yes")
    assert session.file.read_bytes() == before


def test_two_peoples_contradiction_is_shown_and_never_resolved(report: Path, tmp_path: Path) -> None:
    """Of a = b and b = c by one, and a ≠ c by another, all three rows are shown, and taking one back settles it."""
    keys = sorted(read_keys(report))[:3]
    mine, theirs = tmp_path / "mine.csv", tmp_path / "theirs.csv"
    add_ruling(mine, ruling(keys[0], keys[1], Verdict.SAME, by="ada"))
    add_ruling(mine, ruling(keys[1], keys[2], Verdict.SAME, by="ada"))
    add_ruling(theirs, ruling(keys[0], keys[2], Verdict.DIFFERENT, by="ben"))
    session = Session(report, by="ada", decisions=(mine, theirs))
    state = session.state()
    assert state["question"] is None
    assert {row["by"] for row in state["contradiction"]} == {"ada", "ben"}
    assert len(state["contradiction"]) == 3
    session.take_back([(keys[0], keys[1])])
    assert session.state()["contradiction"] is None
    assert len(read_decisions(theirs).rows) == 1


def test_what_was_decided_on_the_report_counts_beside_other_files(report: Path, tmp_path: Path) -> None:
    """A review with a file of one's own writes no report that has forgotten the answers of an earlier review."""
    keys = sorted(read_keys(report))[:3]
    add_ruling(report / "decisions.csv", ruling(keys[0], keys[1], Verdict.SAME, by="ada"))
    session = Session(report, by="ben", decisions=(tmp_path / "bens.csv",))
    assert session.file == tmp_path / "bens.csv", "new answers go where they were asked for"
    session.write()
    rows = list(csv.DictReader((report / "partners.csv").read_text("utf-8-sig").splitlines()))
    assert len({row["partner_id"] for row in rows if row["key"] in keys[:2]}) == 1
    again = Session(report, by="ben", decisions=(report / "decisions.csv",))
    assert again.files == (report / "decisions.csv",)


def test_a_report_whose_decisions_are_gone_is_not_reviewed(report: Path, tmp_path: Path) -> None:
    """A file that was moved is said, for the report would be written anew without what people decided in it."""
    keys, kept = sorted(read_keys(report))[:2], tmp_path / "kept.csv"
    add_ruling(kept, ruling(keys[0], keys[1], Verdict.SAME, by="ada"))
    assert run(["reconcile", str(report / "snapshot"), "--decisions", str(kept), "--out", str(report)]) == 0
    kept.rename(tmp_path / "elsewhere.csv")
    for named in ((), (kept,)):
        with pytest.raises(ConfigurationError, match=r"obeys decisions in .*kept\.csv, and there is no such file"):
            Session(report, by="ben", decisions=named)
    assert Session(report, by="ben", decisions=(tmp_path / "new.csv", tmp_path / "elsewhere.csv")).files


def test_only_the_first_file_of_decisions_may_be_new(report: Path, tmp_path: Path) -> None:
    """A slip in the name of a colleague's file is told, not passed over."""
    with pytest.raises(ConfigurationError, match=r"There is no decisions file .*theirs\.csv"):
        Session(report, by="ben", decisions=(tmp_path / "mine.csv", tmp_path / "theirs.csv"))


@pytest.mark.parametrize("there", [None, "", "alias ls=ls\n"])
def test_a_report_that_was_sent_cannot_say_that_answers_go_into_files_of_ones_own(
    report: Path, tmp_path: Path, there: str | None
) -> None:
    """Its word makes no file outside its folder and adds nothing to one that holds no decisions; --decisions does."""
    outside = tmp_path / ".bash_aliases"
    if there is not None:
        outside.write_text(there)
    (report / "review.json").write_text(json.dumps({"decisions": [str(outside)], "obeyed": None}))
    with pytest.raises(ConfigurationError, match=r"bash_aliases"):
        Session(report, by="ada")
    assert (outside.read_text() if outside.exists() else None) == there
    if not there:
        answered(Session(report, by="ada", decisions=(outside,)), "yes")
        assert len(read_decisions(outside).rows) == 1


@pytest.mark.parametrize("name", ["kept.csv", "kept.sqlite"])
def test_answers_go_on_where_decisions_are_kept_outside_the_report(report: Path, tmp_path: Path, name: str) -> None:
    """The file that `reconcile --decisions` named holds decisions, and takes those of a review."""
    keys, kept = sorted(read_keys(report))[:2], tmp_path / name
    add_ruling(kept, ruling(keys[0], keys[1], Verdict.UNSURE, by="ada"))
    assert run(["reconcile", str(report / "snapshot"), "--decisions", str(kept), "--out", str(report)]) == 0
    answered(Session(report, by="ben"), "yes")
    assert len(read_decisions(kept).rows) == 2


def test_answers_follow_no_link_out_of_a_report(report: Path, tmp_path: Path) -> None:
    """A decisions.csv that leads elsewhere is refused, also where decisions are kept there."""
    keys, elsewhere = sorted(read_keys(report))[:2], tmp_path / "elsewhere.csv"
    (report / "decisions.csv").symlink_to(elsewhere)
    with pytest.raises(ConfigurationError, match=r"link"):
        Session(report, by="ada")
    assert not elsewhere.exists()
    add_ruling(elsewhere, ruling(keys[0], keys[1], Verdict.UNSURE, by="ada"))
    with pytest.raises(ConfigurationError, match=r"link"):
        Session(report, by="ada")


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes")
@pytest.mark.parametrize(
    "name",
    ["review.json", "review.npz", "decisions.csv", "policy.toml", "reconciliation.json", "snapshot/manifest.json"],
)
def test_nothing_in_a_report_is_waited_for(report: Path, name: str) -> None:
    """A pipe in its place is passed over where the file may be gone, and else told."""
    (report / "review.npz").unlink()  # so that all is read
    (report / name).unlink(missing_ok=True)
    os.mkfifo(report / name)
    if name in {"review.json", "review.npz"}:
        assert Session(report, by="ada").state()["question"]
        return
    with pytest.raises(AggregatorError, match="It is no regular file"):
        Session(report, by="ada")
    if name in {"decisions.csv", "reconciliation.json"}:
        assert run(["reconcile", str(report / "snapshot"), "--out", str(report)]) == 3


def test_a_file_of_another_format_takes_no_answers(report: Path, tmp_path: Path) -> None:
    """It is told when the review is opened, not with the first answer."""
    with pytest.raises(ConfigurationError, match="would hold CSV under another name"):
        Session(report, by="ada", decisions=(tmp_path / "answers.xlsx",))


def read_keys(report: Path) -> set[str]:
    """The keys of all entries of a report."""
    with (report / "partners.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"] for row in csv.DictReader(file)}


def test_the_answer_that_teaches_most_is_asked_first(report: Path) -> None:
    """Questions come by what their answers teach; an even chance teaches more than a sure one."""
    teaches = Session(report, by="ada")._standing.questions.teaches.tolist()
    assert len(teaches) > 3
    assert teaches == sorted(teaches, reverse=True)
    assert doubt(np.array([0.5, 0.6, 0.9])).tolist() == [
        1,
        pytest.approx(0.971, abs=0.001),
        pytest.approx(0.469, abs=0.001),
    ]


def test_what_follows_from_answers_is_not_asked(report: Path) -> None:
    """Where a = b and b = c, or a = b and b differs from c, nobody is asked of a and c."""
    session = Session(report, by="ada")
    before = len(session._standing.questions)
    answered(session, "yes")
    assert len(session._standing.questions) < before


def asked(session: Session, method: str, path: str, headers: dict[str, str]) -> httpx.Response:
    """What the server answers."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=make_app(session, token="right", hosts=frozenset({HOST})))
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            return await client.request(method, path, headers=headers)

    return anyio.run(ask)


@pytest.mark.parametrize(
    "headers",
    [
        {"x-token": "right"},
        {"x-token": "wrong", "origin": f"http://{HOST}"},
        {"origin": f"http://{HOST}"},
        {"x-token": "right", "origin": "http://evil.test"},
        {"x-token": "right", "origin": "null"},
        {"x-token": "right", "origin": f"http://{HOST}", "host": "evil.test:8642"},
    ],
)
def test_no_other_page_can_decide(report: Path, headers: dict[str, str]) -> None:
    """A wrong Host, a foreign or missing Origin and a wrong token are each refused, and nothing is written."""
    session = Session(report, by="ada")
    assert asked(session, "POST", "/undo", headers).status_code == 403
    assert not session.file.exists()


def test_its_own_page_may(report: Path) -> None:
    """With Host, Origin and token right, the server answers, and no score is told unasked."""
    session = Session(report, by="ada")
    headers = {"x-token": "right", "origin": f"http://{HOST}"}
    told = asked(session, "GET", "/state", headers)
    assert told.status_code == 200
    assert "probability" not in told.text
    assert asked(session, "POST", "/undo", headers).json()["undone"] is False


def test_half_a_character_is_asked_about_as_anything_else(tmp_path: Path) -> None:
    """The page gets a name that holds one, and the answer is kept."""
    left, right = (
        connection("Alderwick \ud800 Foods", "a0"),
        connection("Alderwick Food Services", "b0", vendor="fabric"),
    )
    taken = snapshot(listing(left), listing(right, vendor="fabric"))
    keep_for_review(tmp_path, taken, reconcile(taken), decisions=(), policy=None)
    session = Session(tmp_path, by="ada")
    answer = asked(session, "GET", "/state", {"x-token": "right"})
    assert answer.json()["question"] is not None
    assert r"Alderwick \ud800 Foods" in answer.text
    answered(session, "yes")


OWN = {"x-token": "right", "origin": f"http://{HOST}"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"x" * 70_000, 403),
        (b"[" * 30_000, 400),
        (b'{"left":' + b"[" * 5_000 + b"]" * 5_000 + b',"right":"b","word":"yes"}', 400),
        (b'{"left":"a","right":"b","word":["yes"]}', 400),
        (b'"text"', 400),
        (b"\xff", 400),
    ],
)
def test_a_request_that_is_none_is_refused(report: Path, body: bytes, status: int) -> None:
    """One without a length that goes on too long, one nested too deeply, and one of other values than texts."""

    async def ask() -> int:
        async def pieces() -> AsyncIterator[bytes]:
            for start in range(0, len(body), 1_000):
                yield body[start : start + 1_000]

        transport = httpx.ASGITransport(app=make_app(session, token="right", hosts=frozenset({HOST})))
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            return (await client.post("/answer", content=pieces(), headers=OWN)).status_code

    session = Session(report, by="ada")
    assert anyio.run(ask) == status
    assert not session.file.exists()


def test_a_request_that_is_cut_short_does_nothing(report: Path) -> None:
    """A browser that goes away while it asks ends nothing, and takes back no answer."""
    session = Session(report, by="ada")
    answered(session, "yes")
    told: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        told.append(message)

    headers = [(name.encode(), value.encode()) for name, value in {**OWN, "host": HOST}.items()]
    scope = {"type": "http", "method": "POST", "path": "/undo", "query_string": b"", "headers": headers}
    anyio.run(make_app(session, token="right", hosts=frozenset({HOST})), scope, receive, send)
    assert told[0]["status"] == 400
    assert session.state()["decided"] == 1


def test_only_this_machine_unless_told_in_full_words(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another address than loopback is refused, and the words that allow it are named."""
    assert run(["review", str(report), "--host", "0.0.0.0"]) == 2
    assert "everybody-on-this-network-may-decide" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("host", "browsers"), [("127.0.0.1", {"127.0.0.1", "localhost"}), ("0.0.0.0", {"127.0.0.1", socket.gethostname()})]
)
def test_the_full_words_let_others_in_by_the_names_of_this_machine(
    report: Path, host: str, browsers: set[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where every address was asked for, the printed one can be reached, and Host is still one of this machine's."""
    allowed: list[str] = []

    def noted(session: Session, *, token: str, hosts: frozenset[str]) -> str:
        del session, token
        allowed.extend(name.rpartition(":")[0] for name in hosts)
        return "app"

    monkeypatch.setattr("aggregator.report.review.server.make_app", noted)
    monkeypatch.setattr("aggregator.cli.review._serve", lambda app, listening: None)
    words = "everybody-on-this-network-may-decide"
    assert run(["review", str(report), "--host", host, "--i-understand", words]) == 0
    assert browsers <= set(allowed)
    assert "evil.test" not in allowed
    assert urlsplit(capsys.readouterr().out.strip()).hostname in {name.lower() for name in allowed} - {"0.0.0.0"}


def test_a_folder_without_a_report_is_said_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the command that makes one."""
    assert run(["review", str(tmp_path)]) == 2
    assert "aggregator reconcile --out" in capsys.readouterr().err


@contextmanager
def served(report: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command in a process of its own, and the address it prints."""
    command = [sys.executable, "-m", "aggregator.cli", "review", str(report), "--by", "ada"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
def test_ten_matches_by_keyboard_and_a_kill(report: Path) -> None:
    """Ten answers by single keys; the process is killed; after a new start all ten are there, and u takes one back."""
    with page_in_browser() as page:
        with served(report) as (process, address):
            page.goto(address)
            page.wait_for_selector("#sides table")
            assert "Probability" not in page.locator("main").inner_text()
            page.keyboard.press("e")
            page.wait_for_selector("#score .weights")
            assert serious_faults(page) == []
            picture(page, "review")
            for number in range(10):
                page.keyboard.press("yn"[number % 2])
                wait_for_decided(page, number + 1)
            page.goto("about:blank")  # a page that is left open asks on, and would note that nobody answers
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert len(read_decisions(report / "decisions.csv").rows) == 10
        with served(report) as (process, address):
            assert parse_qs(urlsplit(address).query)["token"][0]
            page.goto(address)
            wait_for_decided(page, 10)
            page.keyboard.press("u")
            wait_for_decided(page, 9)
            page.keyboard.press("w")
            wait_for_text(page, "#said", "^The report is written")
            page.goto("about:blank")
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 0
        assert len({urlsplit(url).netloc for url in page.asked if not url.startswith("data:")}) == 2


def wait_for_decided(page: Any, count: int) -> None:
    """Wait until the page says that so many pairs are decided."""
    wait_for_text(page, "#progress", rf" {count} pairs decided")


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
def test_a_contradiction_is_looked_at_and_mended_on_the_page(report: Path) -> None:
    """All rows that clash are shown with who said them, nothing else is asked, and a button takes one back."""
    keys = sorted(read_keys(report))[:3]
    for one, other in ((0, 1), (1, 2)):
        add_ruling(report / "decisions.csv", ruling(keys[one], keys[other], Verdict.SAME, by="ada"))
    add_ruling(report / "bens.csv", ruling(keys[0], keys[2], Verdict.DIFFERENT, by="ben"))
    with (report / "decisions.csv").open("a", encoding="utf-8") as file:  # merged line by line, as version control does
        file.write((report / "bens.csv").read_text("utf-8").splitlines()[1] + "\n")
    with page_in_browser() as page, served(report) as (_, address):
        page.goto(address)
        wait_for_text(page, "#clashing", "ben")
        assert page.locator("#clashing tbody tr").count() == 3
        assert not page.locator("#question").is_visible()
        assert serious_faults(page) == []
        page.get_by_role("button", name="Take back “different” by ben").click()
        page.wait_for_selector("#question:not([hidden])")
        assert not page.locator("#contradiction").is_visible()
        page.goto("about:blank")
    assert read_decisions(report / "decisions.csv").rows[-1].verdict is Verdict.UNSURE


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
def test_hostile_names_do_nothing_in_a_review(tmp_path: Path) -> None:
    """Names that are script or markup are shown as text."""
    hostile_snapshot().save(tmp_path / "snapshot")
    assert run(["reconcile", str(tmp_path / "snapshot"), "--out", str(tmp_path / "report")]) == 0
    with page_in_browser() as page, served(tmp_path / "report") as (_, address):
        page.goto(address)
        wait_for_text(page, "#progress", "questions left")
        for _ in range(3):
            page.keyboard.press("k")
        assert page.title() == "Review matches"
        assert page.locator("img").count() == 0
        page.goto("about:blank")
