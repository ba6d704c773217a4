"""Each command does what its help says, for people and for scripts."""

from __future__ import annotations

import importlib.metadata
import json
import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from aggregator import Snapshot
from aggregator.__main__ import main
from aggregator.cli import run
from aggregator.cli.terminal import clean


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_demo_shows_everything(capsys: pytest.CaptureFixture[str]) -> None:
    """Coverage of every list, partners by number of platforms, findings, and where the result is."""
    assert run(["demo", "--partners", "30"]) == 0
    captured = capsys.readouterr()
    for part in (
        "crux (demo) connections",
        "fabric (demo)",
        "commerce_layer (demo)",
        "partners on 3 of 3",
        "active connections on crux (demo) had an order in the last 30 days",
        "active connections on fabric (demo) had an order in the last 7 days",
        "active-but-silent",
        "trading-while-inactive",
        "backorder-overdue",
        "unallocated-overdue",
        "account-number-missing",
        "order-without-connection",
        "precision",
    ):
        assert part in captured.out
    (folder,) = [one for one in Path("demo").iterdir() if not one.is_symlink()]
    assert str(folder) in captured.err
    assert Snapshot.load(folder).complete
    assert json.loads((folder / "reconciliation.json").read_text())["against_the_truth"]["pairs_found"] > 0


def test_the_demo_says_what_it_cannot_tell(capsys: pytest.CaptureFixture[str]) -> None:
    """With one platform down, nothing is called missing from it, and the exit code says that a list is incomplete."""
    assert run(["demo", "--partners", "20", "--fault", "commerce_layer:403=1", "--json"]) == 4
    said = capsys.readouterr()
    assert "commerce_layer (demo), organizations: " in said.err
    result = json.loads(said.out)
    coverage = {one["vendor"]: one["coverage"]["complete"] for one in result["listings"]}
    assert not coverage["commerce_layer"]
    missing = [one for one in result["findings"] if one["code"] == "missing"]
    assert not any("not on commerce_layer" in one["message"] for one in missing)


def test_a_demo_of_which_no_list_comes_exits_as_collecting_does() -> None:
    """With every platform down, the code is that of the first failure, and the folder is written all the same."""
    faults = [word for vendor in ("crux", "fabric", "commerce_layer") for word in ("--fault", f"{vendor}:403=1")]
    assert run(["demo", "--partners", "5", *faults]) == 11
    assert not Snapshot.load("demo/latest").complete


def test_an_unknown_fault_is_answered_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in --fault exits with 2 and lists the faults."""
    assert run(["demo", "--fault", "fabric:latancy=1"]) == 2
    assert "latency" in capsys.readouterr().err


def test_the_version_is_that_of_the_distribution(capsys: pytest.CaptureFixture[str]) -> None:
    """--version says what pip says."""
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.strip() == importlib.metadata.version("connection-aggregator")


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_vendors_are_shown_in_every_form(capsys: pytest.CaptureFixture[str], form: str) -> None:
    """The matrix names every installed platform, for people, for a document and for a script."""
    assert run(["vendors", "--format", form]) == 0
    out = capsys.readouterr().out
    assert "Crux Connect" in out
    if form == "json":
        assert {one["vendor"] for one in json.loads(out)} >= {"crux", "fabric", "commerce_layer"}


def test_vendors_that_cannot_be_loaded_end_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A package of one's own by the name of ours is told for each platform, and the command exits with 2."""
    for name in [one for one in sys.modules if one.partition(".")[0] == "adapters"]:
        monkeypatch.delitem(sys.modules, name)
    (tmp_path / "adapters.py").write_text("", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert run(["vendors"]) == 2
    monkeypatch.delitem(sys.modules, "adapters")
    said = capsys.readouterr().err
    assert f"the package 'adapters' found at {tmp_path / 'adapters.py'} is not that of connection-aggregator" in said
    assert "There is no adapter that can be loaded." in said


def test_a_review_without_its_extra_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the page is made with is missed before it is served."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    assert run(["review", "report"]) == 2
    assert "A review needs jinja2. Install it: pip install 'connection-aggregator[review]'" in capsys.readouterr().err


def test_the_sandbox_serves_until_it_is_ended() -> None:
    """One line of JSON once it serves, with what an adapter takes; SIGTERM ends it well."""
    command = [sys.executable, "-m", "aggregator.cli", "sandbox", "--json", "--partners", "3"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        vendors = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert errors == ""
    assert vendors["commerce_layer"]["token_url"].startswith("http://127.0.0.1:")
    assert {"base_url", "retailer_id", "brand_id", "client_id", "client_secret", "token_url"} <= set(vendors["fabric"])


def test_the_faults_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """`sandbox --faults` explains each in a line and serves nothing."""
    assert run(["sandbox", "--faults"]) == 0
    assert "latency" in capsys.readouterr().out


def test_output_that_nobody_reads_is_no_error() -> None:
    """A pipe that closes early, as with `| head`, ends the command without a complaint."""
    command = f"{sys.executable} -m aggregator.cli sandbox --faults | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stderr == ""


@pytest.mark.parametrize("module", ["aggregator", "aggregator.cli"])
def test_the_command_runs_as_a_module(module: str) -> None:
    """Where the command is not on the path, Python runs it."""
    done = subprocess.run([sys.executable, "-m", module, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.strip()


def test_an_interrupt_while_it_is_still_being_loaded_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C in the first tenth of a second says the same as any later one."""

    class Interrupting:
        @staticmethod
        def find_spec(*_: object) -> None:
            raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "aggregator.cli")
    monkeypatch.setattr(sys, "meta_path", [Interrupting])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
    assert capsys.readouterr().err == "aggregator: interrupted\n"


def test_the_installed_command_is_the_module_that_catches_it() -> None:
    """Nothing that takes long to load stands before what catches an interrupt."""
    project = tomllib.loads(Path(__file__).parents[2].joinpath("pyproject.toml").read_text("utf-8"))["project"]
    assert project["scripts"]["aggregator"] == f"{main.__module__}:{main.__name__}"


def test_a_fault_of_ours_is_said_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unexpected exception exits with 70 and asks to be reported."""
    from aggregator.cli import vendors  # noqa: PLC0415

    def slip() -> None:
        raise ZeroDivisionError("a slip")

    monkeypatch.setattr(vendors, "installed", slip)
    monkeypatch.delenv("AGGREGATOR_DEBUG", raising=False)
    assert run(["vendors"]) == 70
    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said
    assert "Traceback" not in said


def test_help_loads_nothing_heavy() -> None:
    """`aggregator --help` imports neither httpx nor numpy nor the adapters."""
    script = (
        "import sys\nfrom aggregator.cli import run\nrun(['--help'])\n"
        "print(sorted({'httpx', 'numpy', 'adapters', 'cattrs'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={**os.environ}
    )
    assert done.stderr.strip() == "[]"


def test_reconciling_loads_nothing_that_only_collecting_needs() -> None:
    """`aggregator reconcile` of two tables starts without httpx, which takes a tenth of the time of short ones."""
    script = "import sys, aggregator.cli.reconcile, aggregator.reconcile.linkage; print('httpx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("command", "taught"),
    [
        ("collect", "latest points to the newest"),
        ("doctor", "One small request is made for each list"),
        ("diff", "only where the newer list is complete"),
        ("demo", "businesses are made up"),
        ("sandbox", "Nothing leaves this machine"),
        ("reconcile", "Excel or Parquet"),
    ],
)
def test_help_teaches(capsys: pytest.CaptureFixture[str], command: str, taught: str) -> None:
    """The help of a command is more than the line it has in the list of commands."""
    assert run([command, "--help"]) == 0
    assert taught in " ".join(capsys.readouterr().out.split())


def test_progress_is_for_terminals_alone(capfd: pytest.CaptureFixture[str]) -> None:
    """Where standard error is no terminal, nothing of the progress bars is printed; JSON is one line."""
    assert run(["demo", "--partners", "10", "--json"]) == 0
    printed = capfd.readouterr()
    assert len(printed.out.splitlines()) == 1
    assert "\x1b" not in printed.out + printed.err


@pytest.mark.parametrize("hostile", ["\x1b[31mred", "a\rb", "a\u202eb", "a\x07", "\u200bx"])
def test_a_partner_name_cannot_steer_the_terminal(hostile: str) -> None:
    """Control and formatting characters in a name are shown as replaced, never sent to the terminal."""
    assert clean(hostile).isprintable()
