"""Where results go: nothing that was there is lost, and what cannot be written is said in one message."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

from aggregator.cli import reconcile as command
from aggregator.cli import run

COMMAND = [sys.executable, "-m", "aggregator.cli"]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("left.csv").write_text("id,name\n1,Zebra Foods\n", "utf-8")
    Path("partners.csv").write_text("id,name\n77,Zebra Foods\n", "utf-8")


def refused(capsys: pytest.CaptureFixture[str], *words: str, code: int = 2) -> str:
    """Run a command that must refuse; return what it says."""
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    assert run(words) == code
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before
    return said


@pytest.mark.parametrize("taken", ["partners.csv", "left.csv", "decisions.csv", "policy.toml"])
def test_no_file_that_is_read_is_written_over(capsys: pytest.CaptureFixture[str], taken: str) -> None:
    """--matches never replaces a source, the decisions or the policy."""
    Path("decisions.csv").write_text("left,right,decision\nleft:1,partners:77,same\n", "utf-8")
    Path("policy.toml").write_text("expect = []\n", "utf-8")
    command = ("reconcile", "left.csv", "partners.csv", "-d", "decisions.csv", "-p", "policy.toml", "--matches", taken)
    assert f"{taken} is read" in refused(capsys, *command)


@pytest.mark.parametrize("taken", ["notes.txt", "report/decisions.csv", "report/review.csv", "elsewhere.csv"])
def test_pairs_replace_nothing_but_pairs(capsys: pytest.CaptureFixture[str], taken: str) -> None:
    """What people have decided on an earlier report, the report's own tables, and whatever else was written there."""
    Path("notes.txt").write_text("left_source and left_id\n", "utf-8")
    both = ("left.csv", "partners.csv")
    assert run(["reconcile", *both, "--out", "report"]) == 0
    for file in ("report/decisions.csv", "elsewhere.csv"):
        assert run(["link", "left:1", "partners:77", "-d", file]) == 0
    capsys.readouterr()
    assert f"{taken} holds something else than pairs" in refused(capsys, "reconcile", *both, "--matches", taken)
    said = refused(capsys, "reconcile", *both, "--out", "report", "--matches", taken)
    assert "holds something else than pairs" in said or "is a file of the report in report" in said


def test_pairs_take_no_place_of_the_reports_own(capsys: pytest.CaptureFixture[str]) -> None:
    """Decisions would be read from them the next time, and the report be half of pairs."""
    for taken in ("report/decisions.csv", "report/../report/partners.csv", "report/snapshot", "report"):
        Path("report").mkdir(exist_ok=True)
        said = refused(capsys, "reconcile", "left.csv", "partners.csv", "--out", "report", "--matches", taken)
        assert "is a file of the report in report" in said


def test_earlier_pairs_are_replaced() -> None:
    """So is an empty file, which holds nothing that could be lost."""
    Path("pairs.csv").touch()
    for _ in range(2):
        assert run(["reconcile", "left.csv", "partners.csv", "--matches", "pairs.csv"]) == 0
    assert "partners,77" in Path("pairs.csv").read_text("utf-8")


def test_a_report_replaces_nothing_but_a_report(capsys: pytest.CaptureFixture[str]) -> None:
    """A folder with files of somebody else's, called as a report's, is refused; an earlier report is not."""
    assert "would replace partners.csv" in refused(capsys, "reconcile", "left.csv", "partners.csv", "--out", ".")
    Path("site").mkdir()
    Path("site/index.html").write_text("precious", "utf-8")
    Path("site/policy.toml").write_text("expect = []", "utf-8")
    said = refused(capsys, "reconcile", "left.csv", "partners.csv", "--out", "site")
    assert "would replace index.html, policy.toml" in said
    for _ in range(2):
        assert run(["reconcile", "left.csv", "partners.csv", "--out", "report"]) == 0
    capsys.readouterr()
    said = refused(capsys, "reconcile", "left.csv", "report/partners.csv", "--out", "report")
    assert "report/partners.csv is read" in said


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--out", "left.csv"), "left.csv is no folder"),
        (("--out", "left.csv/report"), "left.csv is no folder"),
        (("--policy", "nowhere.toml"), "no policy file nowhere.toml. Write one"),
        (("--matches", "."), ". is a folder"),
        (("--matches", "nowhere/pairs.csv"), "there is no folder nowhere"),
        (("--matches", "pairs.xlsx"), "pairs.xlsx would hold CSV under another name. Name a file, such as pairs.csv"),
    ],
)
def test_a_slip_is_told_before_the_work(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], part: str) -> None:
    """Where a result cannot go is told at once, not after minutes; no list has been read by then."""
    said = refused(capsys, "reconcile", "left.csv", "partners.csv", *words)
    assert part in said
    assert "id = 'id'" not in said


def test_pairs_take_the_place_of_others_only_when_they_are_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that breaks off in the middle of writing leaves the file of the run before, and no half one."""
    assert run(["reconcile", "left.csv", "partners.csv", "--matches", "pairs.csv"]) == 0
    before = Path("pairs.csv").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("aggregator.reconcile.pairs_file.CsvWriter.writerows", full)
    capsys.readouterr()
    assert "pairs.csv cannot be written: No space left" in refused(
        capsys, "reconcile", "left.csv", "partners.csv", "--matches", "pairs.csv", code=3
    )
    assert Path("pairs.csv").read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ("reconcile", "left.csv", "partners.csv", "--out", ""),
        ("reconcile", "left.csv", "partners.csv", "--matches="),
        ("reconcile", "left.csv", "partners.csv", "-p", ""),
        ("reconcile", "left.csv", "partners.csv", "-d", ""),
        ("reconcile", "left.csv", ""),
        ("collect", "--out", ""),
        ("collect", "--config", ""),
        ("orders", "--out", ""),
        ("demo", "--out", ""),
        ("link", "left:1", "partners:77", "-d", ""),
        ("review", ""),
        ("diff", "left.csv", ""),
    ],
)
def test_an_empty_path_is_no_path(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    """A variable that a script never set is told, and nothing is read from or written into the current folder."""
    said = refused(capsys, *words)
    assert "is empty. Is a variable of your script not set?" in said
    assert words[-2] in said or not words[-2].startswith("-")


def test_a_folder_that_cannot_be_written_is_the_systems_word(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report that cannot be written exits with 3, as a snapshot that cannot be written does."""

    def locked(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", locked)
    said = refused(capsys, "reconcile", "left.csv", "partners.csv", "--out", "report", code=3)
    assert "report cannot be written: Permission denied." in said


@pytest.mark.parametrize("locked", ["left.csv", "decisions.csv", "decisions.sqlite", "policy.toml", "aggregator.toml"])
def test_what_may_not_be_read_is_the_systems_word(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, locked: str
) -> None:
    """Whatever it is that nobody may read, a file or the folder that it is in: exit code 3, and the file is named."""
    Path("policy.toml").write_text("expect = []\n", "utf-8")
    Path("aggregator.toml").touch()
    for file in ("decisions.csv", "decisions.sqlite"):
        assert run(["link", "left:1", "partners:77", "-d", file]) == 0
    capsys.readouterr()
    opened, connect, access = Path.open, sqlite3.connect, os.access

    def guarded(self: Path, mode: str = "r", *how: Any, **more: Any) -> IO[Any]:
        if self.name == locked and mode == "rb":
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, mode, *how, **more)

    def elsewhere(path: str | Path) -> sqlite3.Connection:
        return connect(path if Path(path).name != locked else "nowhere/at/all")

    monkeypatch.setattr(Path, "open", guarded)
    monkeypatch.setattr(sqlite3, "connect", elsewhere)
    monkeypatch.setattr(os, "access", lambda path, mode: str(path) != locked and access(path, mode))
    words = [
        "reconcile",
        "left.csv",
        "partners.csv",
        "-p",
        "policy.toml",
        "-d",
        "decisions.csv",
        "-d",
        "decisions.sqlite",
    ]
    assert run(["doctor"] if locked == "aggregator.toml" else words) == 3
    assert f"aggregator: {locked} cannot be" in capsys.readouterr().err


@pytest.mark.parametrize("file", ["d.csv", "d.sqlite"])
def test_decisions_that_cannot_be_written_are_the_systems_word(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    """As of every other file that a command writes: exit code 3."""

    def locked(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", locked)
    assert f"{file} cannot be" in refused(capsys, "link", "left:1", "partners:77", "-d", file, code=3)


def test_what_the_system_does_not_allow_is_no_fault_of_ours(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that nobody may look into is named, with exit code 3."""

    def locked(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "left.csv")

    monkeypatch.setattr(command, "open_sources", locked)
    assert run(["reconcile", "left.csv", "partners.csv"]) == 3
    assert capsys.readouterr().err == "aggregator: left.csv cannot be used: Permission denied.\n"


@pytest.mark.parametrize("option", ["--matches", "--out"])
def test_a_link_that_leads_back_to_itself_is_told_before_the_work(
    capsys: pytest.CaptureFixture[str], option: str
) -> None:
    """Nothing can be written there; it looks as if nothing was there."""
    for name, target in (("pairs.csv", "other.csv"), ("other.csv", "pairs.csv")):
        try:
            Path(name).symlink_to(target)
        except OSError:
            pytest.skip("this system has no such links")
    said = refused(capsys, "reconcile", "left.csv", "partners.csv", option, "pairs.csv", code=3)
    assert "pairs.csv cannot be written" in said
    assert "id = 'id'" not in said
    assert "pairs.csv" in refused(capsys, "link", "left:1", "partners:77", "-d", "pairs.csv", code=3)


@pytest.mark.parametrize("obeyed", ["{}", "[]", "1", "[" * 5000 + "]" * 5000])
def test_a_report_whose_settings_are_damaged_is_replaced(capsys: pytest.CaptureFixture[str], obeyed: str) -> None:
    """It obeys what lies beside it, as one without settings does."""
    both = ("reconcile", "left.csv", "partners.csv", "--out", "report")
    assert run(both) == 0
    Path("report/review.json").write_text(f'{{"format":1,"decisions":["decisions.csv"],"obeyed":{obeyed}}}', "utf-8")
    assert run(both) == 0
    assert json.loads(Path("report/review.json").read_text("utf-8"))["decisions"] == ["decisions.csv"]
    assert "aggregator:" not in capsys.readouterr().err


def test_a_report_that_is_nested_too_deeply_is_damaged(capsys: pytest.CaptureFixture[str]) -> None:
    """Partners keep their ids only while what an earlier report called them can be read."""
    both = ("reconcile", "left.csv", "partners.csv", "--out", "report")
    assert run(both) == 0
    capsys.readouterr()
    Path("report/reconciliation.json").write_text("[" * 100_000, "utf-8")
    assert "is damaged, so partners would lose their ids" in refused(capsys, *both)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no device that never ends")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("reconcile", "/dev/zero", "partners.csv"), 2),
        (("reconcile", "left.csv", "partners.csv", "-d", "/dev/zero"), 3),
        (("reconcile", "left.csv", "partners.csv", "-p", "/dev/zero"), 3),
        (("collect", "--config", "/dev/zero"), 3),
    ],
)
def test_a_device_that_never_ends_is_not_read(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int
) -> None:
    """It would take all memory there is."""
    assert "/dev/zero cannot be read: It is a device, and no file." in refused(capsys, *words, code=code)


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="this system has no name for the output")
def test_what_is_printed_is_not_waited_for() -> None:
    """The pipe of the output has no end before the command has one; that of the input has."""
    words = [*COMMAND, "reconcile", "left.csv", "partners.csv", "-d"]
    done = subprocess.run([*words, "/dev/stdout"], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (3, "")
    assert "/dev/stdout cannot be read" in done.stderr
    said = "left,right,decision\nleft:1,partners:77,different\n"
    done = subprocess.run([*words, "/dev/stdin"], input=said, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_an_output_that_is_full_is_said() -> None:
    """A result that cannot be printed is an error, with exit code 3 and one message."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [*COMMAND, "vendors"], stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60
        )
    assert (done.returncode, done.stderr) == (3, "aggregator: The output cannot be used: No space left on device.\n")


def test_an_output_that_is_closed_is_not_printed_to() -> None:
    """Whoever starts the command without a standard output wants its exit code alone."""
    command = ["sh", "-c", f"{sys.executable} -m aggregator.cli vendors >&-"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_output_of_few_letters_is_printed_to() -> None:
    """A pipe on Windows, or a script without a language: names in other scripts are written as codes."""
    Path("left.csv").write_text("id,name\n1,Ромашка\n", "utf-8")
    command = [*COMMAND, "reconcile", "left.csv", "partners.csv"]
    done = subprocess.run(
        command, capture_output=True, check=False, timeout=60, env={**os.environ, "PYTHONIOENCODING": "ascii"}
    )
    assert done.returncode == 0
    assert b"'\\u0420\\u043e\\u043c\\u0430\\u0448\\u043a\\u0430' is on left" in done.stdout


def test_a_file_whose_name_is_no_text_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    """As old disks hold them; it is named with what can be read of it."""
    odd = os.fsdecode(b"l\xfcft.csv")
    try:
        Path(odd).write_text("id,name\n1,Zebra Foods\n", "utf-8")
    except OSError:
        pytest.skip("this system has no such names")
    for more in ((), ("--matches", "pairs.csv"), ("--out", "report"), ("--format", "json")):
        assert run(["reconcile", odd, "partners.csv", *more]) == 0
        assert "fault" not in capsys.readouterr().err
    assert "l?ft,1,partners" in Path("pairs.csv").read_text("utf-8")


@pytest.mark.parametrize("name", ["[2026-11] left", '["left"]', "{left}"])
def test_a_name_of_a_file_is_no_json(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """A path is taken as it is, wherever one is named."""
    Path("left.csv").rename(f"{name}.csv")
    both = (f"{name}.csv", "partners.csv")
    assert run(["link", "1", "77", "--in", both[0], "--in", both[1], "-d", f"{name}.decisions"]) == 0
    assert run(["reconcile", *both, "-d", f"{name}.decisions", "--matches", f"{name}.pairs"]) == 0
    assert name.replace(chr(34), chr(34) * 2) in Path(f"{name}.pairs").read_text("utf-8")
    assert run(["explain", f"{name}:1", "partners:77", *both, "--column", f"{name}:name=name"]) == 0
    assert "error" not in capsys.readouterr().err.casefold()


@pytest.mark.parametrize(("left", "right"), [("left:1", "left:1"), ("", "left:1"), ("left:1", "  ")])
def test_a_decision_that_is_about_one_record_is_not_written(
    capsys: pytest.CaptureFixture[str], left: str, right: str
) -> None:
    """It would make the file unreadable, or say nothing."""
    assert "A decision is about two records" in refused(capsys, "link", left, right)


def test_a_decision_about_an_id_alone_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    """It would be about no record, and obeyed nowhere; where it is looked up, an id is enough."""
    assert "'2' does not say on which account" in refused(capsys, "link", "left:1", "2")
    assert not Path("decisions.csv").exists()
    assert run(["link", "1", "77", "--in", "left.csv", "--in", "partners.csv"]) == 0


@pytest.mark.parametrize("name", ["d.xlsx", "d.JSON", "d.parquet"])
def test_decisions_are_not_written_under_the_name_of_another_format(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Nothing could open the file; one that is called so already, and holds decisions, goes on holding them."""
    assert f"{name} would hold CSV under another name. Name a file such as decisions.csv" in refused(
        capsys, "link", "left:1", "partners:77", "-d", name
    )
    Path(name).write_text("left,right,decision\n", "utf-8")
    assert run(["link", "left:1", "partners:77", "-d", name]) == 0


@pytest.mark.parametrize("port", ["-1", "99999"])
def test_a_port_that_cannot_be_is_said(capsys: pytest.CaptureFixture[str], port: str) -> None:
    """It is a slip of the caller's, not a fault of ours."""
    pytest.importorskip("starlette")
    assert run(["reconcile", "left.csv", "partners.csv", "--out", "report"]) == 0
    capsys.readouterr()
    assert f"There is no port {port}" in refused(capsys, "review", "report", "--port", port)
    assert run(["link", os.fsdecode(b"l\xfcft:1"), "partners:77", "--why", os.fsdecode(b"\xfc")]) == 0
    assert "l?ft:1,partners:77,same" in Path("decisions.csv").read_text("utf-8"), "as the list is called"


@pytest.mark.parametrize("command", ["collect", "demo"])
def test_a_folder_that_cannot_take_a_snapshot_is_refused_before_anything_is_asked(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not even the settings are read: minutes of fetching are not lost over a slip."""
    Path("taken/latest").mkdir(parents=True)
    assert "left.csv is no folder" in refused(capsys, command, "--out", "left.csv/snapshots")
    assert "taken/latest is a folder, and no link" in refused(capsys, command, "--out", "taken")
    Path("kept").mkdir()
    Path("kept/latest").write_text("precious", "utf-8")
    assert "kept/latest is a file, and no link" in refused(capsys, command, "--out", "kept")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "snapshots cannot be written: Permission denied." in refused(capsys, command, "--out", "snapshots", code=3)


def test_a_state_that_cannot_be_written_is_refused_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder in its place, none to hold it, and one that may not be written."""
    account = '[accounts.acme]\nvendor = "crux"\nbase_url = "http://127.0.0.1:9"\ntoken = { env = "CRUX_TOKEN" }\n'
    Path("aggregator.toml").write_text(account, "utf-8")
    monkeypatch.setenv("CRUX_TOKEN", "a-token-of-4711")
    Path("state").mkdir()
    assert "state is a folder" in refused(capsys, "orders", "--state", "state")
    assert "There is no folder no" in refused(capsys, "orders", "--state", "no/acme.json")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "cannot be written: Permission denied." in refused(capsys, "orders", "--state", "state/acme.json", code=3)
