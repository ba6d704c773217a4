"""The exit code is the command's own, whatever became of the streams that it was started with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO, FileIO, TextIOWrapper
from pathlib import Path

import pytest

from aggregator.cli import streams
from aggregator.snapshot import Snapshot

AGGREGATOR = (sys.executable, "-m", "aggregator.cli")
WARNED = ("reconcile", "left.csv", "right.csv", "--fail-on", "warning")
CALLS = pytest.mark.parametrize(
    ("words", "code"),
    [
        (WARNED, 5),
        (("vendors",), 0),  # printed by rich
        (("diff", "left.csv", "right.csv"), 3),
        (("collect", "--ouut", "x"), 2),
    ],
)
FULL = Path("/dev/full")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("left.csv").write_text("id,name\n1,Zebra Foods\n2,Only Left Trading\n", "utf-8")
    Path("right.csv").write_text("id,name\n77,Zebra Foods\n", "utf-8")


@contextmanager
def nobody_reads() -> Iterator[int]:
    """A pipe whose other end is closed already, as `| head -1` closes it later."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        yield writing
    finally:
        os.close(writing)


def run_in_shell(words: Sequence[str], redirected: str) -> subprocess.CompletedProcess[str]:
    """Run the command with streams that only a shell can make."""
    line = " ".join((*AGGREGATOR, *words, redirected))
    return subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False, timeout=120)


@CALLS
def test_a_reader_that_goes_changes_no_exit_code(words: Sequence[str], code: int) -> None:
    """What nobody reads is dropped, without a word, and the command is done as ever."""
    with nobody_reads() as pipe:
        done = subprocess.run(
            [*AGGREGATOR, *words], stdout=pipe, stderr=subprocess.PIPE, text=True, check=False, timeout=120
        )
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr


def test_a_reader_that_goes_changes_nothing_without_a_buffer() -> None:
    """Containers set PYTHONUNBUFFERED, so that every line is tried at once."""
    with nobody_reads() as pipe:
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        done = subprocess.run([*AGGREGATOR, *WARNED], stdout=pipe, check=False, timeout=120, env=environment)
    assert done.returncode == 5


def test_notes_that_nobody_reads_change_no_exit_code() -> None:
    """As of `2>&1 | head -1`, where both streams are one pipe."""
    with nobody_reads() as pipe:
        done = subprocess.run([*AGGREGATOR, *WARNED], stdout=pipe, stderr=pipe, check=False, timeout=120)
    assert done.returncode == 5


@CALLS
@pytest.mark.parametrize("closed", ["2>&-", "0<&- 1>&- 2>&-"])
def test_a_stream_that_is_closed_changes_no_exit_code(words: Sequence[str], code: int, closed: str) -> None:
    """Whoever closes a stream wants nothing of it, and all of the rest."""
    done = run_in_shell(words, closed)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
def test_notes_that_cannot_be_written_change_no_exit_code() -> None:
    """A full disk below a log is no reason to leave the work."""
    assert run_in_shell(WARNED, f"2>{FULL}").returncode == 5


@pytest.mark.parametrize("redirected", ["2>&-", "1>&-"])
def test_a_file_that_is_opened_takes_no_place_of_a_closed_stream(redirected: str) -> None:
    """Notes and results meant for a closed stream never go into a report, which is written whole."""
    usual = run_in_shell((*WARNED, "--out", "usual"), "2>&1")
    assert run_in_shell((*WARNED, "--out", "report"), redirected).returncode == usual.returncode == 5
    assert {one.name for one in Path("report").iterdir()} == {one.name for one in Path("usual").iterdir()}
    assert Path("report/partners.csv").read_bytes() == Path("usual/partners.csv").read_bytes()
    assert Snapshot.load("report/snapshot").complete


def test_streams_that_somebody_else_has_put_there_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test, a notebook or a server that catches what is printed goes on catching it."""
    own = TextIOWrapper(BytesIO())
    monkeypatch.setattr(sys, "stdout", own)
    monkeypatch.setattr(sys, "stderr", own)
    streams.make_usable()
    assert sys.stdout is own
    assert sys.stderr is own
    assert not streams.reader_has_gone()


def test_streams_are_made_usable_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Called again, nothing is put around what has been put around already."""
    with FileIO(tmp_path / "printed", "w") as file:
        own = TextIOWrapper(file, write_through=True)
        monkeypatch.setattr(sys, "stdout", own)
        streams.make_usable()
        once = sys.stdout
        streams.make_usable()
        assert sys.stdout is once
