"""The review as a person uses it: every answer is kept at once, obeyed at once, and can be taken back."""

from __future__ import annotations

import csv
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import anyio
import httpx
import pytest

from aggregator.cli import run
from aggregator.errors import ConfigurationError
from aggregator.reconcile import Verdict, read_decisions
from aggregator.reconcile.decisions import ruling
from aggregator.reconcile.decisions_file import add_ruling
from aggregator.report.review.questions import doubt
from aggregator.report.review.server import make_app
from aggregator.report.review.session import Session
from tests.report.browsing import (
    CHROMIUM,
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


def together(session: Session, pair: tuple[str, str]) -> bool:
    """Whether two entries are one partner now."""
    return session._partner(pair[0]) is session._partner(pair[1])


def test_an_answer_is_kept_and_obeyed_at_once(report: Path) -> None:
    """A yes joins, a no keeps apart, the file has both, and the next run on the report obeys."""
    session = Session(report, by="ada")
    yes, no = answered(session, "yes"), answered(session, "no")
    assert together(session, yes)
    assert not together(session, no)
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


def test_a_person_never_waits_for_a_large_world(report: Path) -> None:
    """Where the clusters take long, the answer is kept and the next question asked; a report waits for them."""
    session = Session(report, by="ada")
    session._took = 60.0
    pair = answered(session, "yes")
    assert session.state()["question"]["left"]["key"] != pair[0]
    assert len(read_decisions(session.file).rows) == 1
    session.write()
    assert session.state()["settled"]
    assert together(session, pair)


def test_undo_reaches_back_into_an_earlier_run(report: Path) -> None:
    """What was answered before the program ended can be taken back after it, one answer at a time."""
    first = Session(report, by="ada")
    pairs = [answered(first, "yes"), answered(first, "no")]
    second = Session(report, by="ada")
    assert second.undo()
    assert second.undo()
    assert not second.undo()
    assert second.state()["decided"] == 0
    assert not together(second, pairs[0])


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
    assert len(session._partner(pair[0]).entries) == 1
    assert session.undo()
    assert session.state()["decided"] == 0


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


def read_keys(report: Path) -> set[str]:
    """The keys of all entries of a report."""
    with (report / "partners.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"] for row in csv.DictReader(file)}


def test_the_answer_that_teaches_most_is_asked_first(report: Path) -> None:
    """Questions come by what their answers teach; an even chance teaches more than a sure one."""
    teaches = [one.teaches for one in Session(report, by="ada")._open]
    assert teaches == sorted(teaches, reverse=True)
    assert doubt(0.5) == 1
    assert doubt(0.9) < doubt(0.6)


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


def test_only_this_machine_unless_told_in_full_words(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another address than loopback is refused, and the words that allow it are named."""
    assert run(["review", str(report), "--host", "0.0.0.0"]) == 2
    assert "everybody-on-this-network-may-decide" in capsys.readouterr().err


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
            page.wait_for_selector("#score table")
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
            page.goto("about:blank")
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
        assert len({urlsplit(url).netloc for url in page.asked if not url.startswith("data:")}) == 2


def wait_for_decided(page: Any, count: int) -> None:
    """Wait until the page says that so many pairs are decided."""
    wait_for_text(page, "#progress", rf" {count} pairs decided")


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
