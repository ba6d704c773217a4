"""`aggregator orders` prints orders in every form, and remembers how far it came."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pyarrow.parquet
import pytest

from aggregator.cli import run
from aggregator.cli.orders_output import COLUMNS, _fitted
from aggregator.model import Order
from aggregator.model.converter import to_json
from aggregator.sandbox import Sandbox, World

Capture = pytest.CaptureFixture[str]

NOW = datetime.now(UTC)
BEFORE = ",".join(COLUMNS) + "\nas it was\n"


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, served: Sandbox) -> None:
    monkeypatch.chdir(tmp_path)
    crux, fabric = served.vendors["crux"], served.vendors["fabric"]
    monkeypatch.setenv("CRUX_TOKEN", crux.credentials["token"])
    Path("aggregator.toml").write_text(
        f'[accounts.acme]\nvendor = "crux"\nbase_url = "{crux.base_url}"\ntoken = {{ env = "CRUX_TOKEN" }}\n'
        f'[accounts.shop]\nvendor = "fabric"\nbase_url = "{fabric.base_url}"\nretailer_id = 500\n'
        f'token = {{ env = "CRUX_TOKEN" }}\n'
    )


@pytest.fixture(scope="module")
def served() -> Iterator[Sandbox]:
    """A small world of today."""
    with Sandbox(World.generate(5, as_of=NOW)) as sandbox:
        yield sandbox


def test_every_form_has_every_order(capsys: Capture) -> None:
    """Table, JSON Lines, CSV and Parquet hold the same orders, and coverage is said on standard error."""
    assert run(["orders", "--json"]) == 0
    said = capsys.readouterr()
    ids = [json.loads(line)["id"] for line in said.out.splitlines()]
    assert len(ids) == len(set(ids)) > 5
    assert "complete" in said.err
    assert run(["orders", "--format", "csv"]) == 0
    assert [one["id"] for one in csv.DictReader(StringIO(capsys.readouterr().out))] == ids
    assert run(["orders", "--format", "parquet", "--out", "orders.parquet"]) == 0
    table = pyarrow.parquet.read_table("orders.parquet")
    assert table.column("id").to_pylist() == ids
    assert tuple(table.column_names) == COLUMNS
    assert run(["orders"]) == 0
    assert capsys.readouterr().out.count("\n") == len(ids) + 1


def test_filters_are_sent(capsys: Capture) -> None:
    """A span of time, a status and a number narrow what comes."""
    assert run(["orders", "--json"]) == 0
    everything = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert run(["orders", "--json", "--since", "90d"]) == 0
    assert 0 < capsys.readouterr().out.count("\n") < len(everything)
    number = everything[-1]["purchase_order"]
    assert run(["orders", "--json", "--po", number, "--account", "acme"]) == 0
    assert json.loads(capsys.readouterr().out)["purchase_order"] == number
    assert run(["orders", "--json", "--status", "has_tracking"]) == 0
    assert all("HasTracking" in line for line in capsys.readouterr().out.splitlines())


def test_a_state_remembers(capsys: Capture) -> None:
    """The second run with the same state prints nothing."""
    assert run(["orders", "--json", "--state", "acme.json"]) == 0
    assert capsys.readouterr().out.count("\n") > 5
    assert run(["orders", "--json", "--state", "acme.json"]) == 0
    assert capsys.readouterr().out == ""


def test_a_run_that_is_interrupted_forgets_nothing(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C leaves the state as it was, so that the next run gives every order again."""
    assert run(["orders", "--json"]) == 0
    everything = capsys.readouterr().out
    written: list[Order] = []

    def interrupted(order: Order) -> str:
        written.append(order)
        if len(written) > 3:
            raise KeyboardInterrupt
        return to_json(order)

    with monkeypatch.context() as patched:
        patched.setattr("aggregator.cli.orders_output.to_json", interrupted)
        assert run(["orders", "--json", "--state", "acme.json"]) == 130
    said = capsys.readouterr()
    assert said.out.count("\n") == 3
    assert "interrupted" in said.err
    assert not Path("acme.json").exists()
    assert run(["orders", "--json", "--state", "acme.json"]) == 0
    assert capsys.readouterr().out.count("\n") == everything.count("\n")


def test_a_reader_that_has_gone_moves_no_state() -> None:
    """What `| head` did not read comes again; nothing is complained of."""
    command = [sys.executable, "-m", "aggregator.cli", "orders", "--json", "--state", "acme.json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        said = process.stderr.read()
    assert process.returncode == 0
    assert "Traceback" not in said
    assert "BrokenPipe" not in said
    assert not Path("acme.json").exists()


def test_a_reader_that_has_gone_is_asked_for_no_more(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """There may be millions of orders: no more are fetched, and the exit code is of what had come by then."""
    gone = iter([False, False])
    monkeypatch.setattr("aggregator.cli.orders_output.reader_has_gone", lambda: next(gone, True))
    monkeypatch.setattr("aggregator.cli.orders.reader_has_gone", lambda: next(gone, True))
    assert run(["orders", "--json", "--account", "acme", "--state", "acme.json"]) == 0
    said = capsys.readouterr()
    assert (said.out.count("\n"), said.err) == (3, "")
    assert not Path("acme.json").exists()


def test_a_reader_that_has_gone_hides_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A login that is refused has its own exit code, whoever reads."""
    monkeypatch.setenv("CRUX_TOKEN", "expired-token")
    command = [sys.executable, "-m", "aggregator.cli", "orders"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        process.stdout.close()
    assert process.returncode == 10


def test_a_run_that_is_killed_between_pages_is_run_again(capsys: Capture) -> None:
    """A process that dies in mid-list leaves no state, nor half of one; the next run gives every order."""
    words = ["orders", "--account", "acme", "--json", "--state", "acme.json"]
    with Sandbox(World.generate(5, as_of=NOW), faults=["crux:clamp=3", "crux:hang=at4"]) as silent:
        settings = Path("aggregator.toml").read_text()
        base, token = silent.vendors["crux"].base_url, silent.vendors["crux"].credentials["token"]
        Path("silent.toml").write_text(re.sub(r'base_url = "[^"]*"', f'base_url = "{base}"', settings, count=1))
        command = [sys.executable, "-m", "aggregator.cli", *words, "--config", "silent.toml"]
        environment = {**os.environ, "CRUX_TOKEN": token, "PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as process:
            assert process.stdout is not None
            assert json.loads(process.stdout.readline())["id"]
            process.kill()
    assert [one.name for one in Path().iterdir() if "acme.json" in one.name] == []
    assert run(words) == 0
    ids = [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]
    assert len(ids) == len(set(ids)) > 10
    assert run(words) == 0
    assert capsys.readouterr().out == ""


def test_nothing_found_is_an_empty_result(capsys: Capture) -> None:
    """Where no order fits, each form is what it would be with one, without rows, and all is well."""
    nothing = ["orders", "--since", "2199-01-01"]
    for form, lines in (("table", 1), ("jsonl", 0), ("csv", 1)):
        assert run([*nothing, "--format", form]) == 0
        said = capsys.readouterr()
        assert said.out.count("\n") == lines
        assert "0 orders" in said.err
    assert run([*nothing, "--format", "parquet", "--out", "orders.parquet"]) == 0
    table = pyarrow.parquet.read_table("orders.parquet")
    assert (table.num_rows, tuple(table.column_names)) == (0, COLUMNS)


def test_a_failure_is_told_once(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Why a list failed stands on one line, and how much came before that on another."""
    monkeypatch.setenv("CRUX_TOKEN", "expired-token")
    assert run(["orders", "--json"]) == 10
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("were not accepted") == 1
    assert "crux (acme) orders: 0 came before that, INCOMPLETE" in said.err


def test_the_owners_organization_is_a_party_to_every_order(capsys: Capture) -> None:
    """An organization may be either side of an order."""
    assert run(["orders", "--json"]) == 0
    everything = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    owner = everything[-1]["retailer"]["organization_id"]
    assert run(["orders", "--json", "--organization", owner]) == 0
    assert capsys.readouterr().out.count("\n") == len(everything)


def test_what_does_not_fit_a_column_is_cut_with_a_sign() -> None:
    """A name that is too long for the table ends in an ellipsis."""
    assert _fitted("Ash Ltd", 9) == "Ash Ltd  "
    assert _fitted("Ash Limited", 9) == "Ash Limi…"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--since", "2026-02-01", "--until", "2026-01-01"], "--since is after --until"),
        (["--since", "9999-12-31T23:59:59-12:00"], "outside the calendar"),
        (["--state", "no/such/acme.json"], "There is no folder"),
        (["--since", ""], "is no time"),
        (["--po", ""], "--purchase-order is empty"),
        (["--term", " "], "--term is empty"),
        (["--status", "lost"], "has-tracking"),
        (["--status", "unknown"], "cannot be 'unknown'"),
        (["--status", "rejected", "--status", "has_tracking"], "one other status alone"),
        (["--format", "xml"], "jsonl"),
        (["--since", "yesterday"], "is no time"),
        (["--account", "nobody"], "There is no account"),
        (["--account", "shop"], "fabric Dropship has no orders"),
        (["--state", "acme.json", "--since", "90d"], "unfiltered"),
        (["--organization", "x"], "uuid"),
        (["--out", "no/such/folder"], "cannot be written"),
    ],
)
def test_a_wrong_call_says_what_to_do(capsys: Capture, arguments: list[str], said: str) -> None:
    """Nothing is fetched or printed, a file is left as it was, there is no traceback, and the message helps."""
    Path("before").write_text(BEFORE)
    code = run(["orders", "--out", "before", *arguments] if "--out" not in arguments else ["orders", *arguments])
    assert 0 < code < 20
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""
    assert Path("before").read_text() == BEFORE


@pytest.mark.parametrize("form", ["table", "jsonl", "csv", "parquet"])
def test_earlier_orders_are_replaced_in_whatever_form(form: str) -> None:
    """So is an empty file; who may read the file stays as it was, and a link stays a link."""
    Path("kept").touch(mode=0o600)
    Path("orders").symlink_to("kept")
    for one in (form, "csv", form):
        assert run(["orders", "--since", "90d", "--out", "orders", "--format", one]) == 0
    assert Path("orders").is_symlink()
    assert Path("kept").stat().st_mode & 0o777 == 0o600
    assert [one.name for one in Path().iterdir() if one.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--state", "s.json", "--account", "acme", "--out", "s.json"), "s.json is read"),
        (("--state", "new.json", "--account", "acme", "--out", "./new.json"), "new.json is read"),
        (("--out", "aggregator.toml"), "aggregator.toml is read"),
        (("--out", "decisions.csv"), "decisions.csv holds something else than orders"),
        (("--out", "other.jsonl"), "other.jsonl holds something else than orders"),
        (("--out", "other.parquet"), "other.parquet holds something else than orders"),
        (("--out", "cut.parquet"), "cut.parquet holds something else than orders"),
        (("--out", "."), ". is a folder"),
        (("--out", "nowhere/orders.csv"), "there is no folder"),
    ],
)
def test_orders_replace_nothing_but_orders(capsys: Capture, words: tuple[str, ...], said: str) -> None:
    """Neither what is read and remembered, nor what people decided, nor any other file; nothing is read by then."""
    assert run(["orders", "--account", "acme", "--json", "--state", "s.json"]) == 0
    Path("decisions.csv").write_text("left,right,decision\na:1,b:2,same\n")
    Path("other.jsonl").write_text('{"source":{"kind":"connection"}}\n')
    pyarrow.parquet.write_table(pyarrow.table({"name": ["Zebra"]}), "other.parquet")
    Path("cut.parquet").write_bytes(b"PAR1 and nothing")
    capsys.readouterr()
    before = {path: path.read_bytes() for path in Path().iterdir()}
    assert run(["orders", *words]) == 2
    assert said in capsys.readouterr().err
    assert {path: path.read_bytes() for path in Path().iterdir()} == before


def test_orders_that_cannot_be_had_replace_none(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """A login that is refused tonight leaves the file of last night, and says so; with no such file none is made."""
    Path("before").write_text(BEFORE)
    monkeypatch.setenv("CRUX_TOKEN", "expired-token")
    for out in ("before", "new"):
        assert run(["orders", "--out", out]) == 10
        assert f"0 orders; nothing is written to {out}" in capsys.readouterr().err
    assert Path("before").read_text() == BEFORE
    assert not Path("new").exists()


def test_orders_take_the_place_of_others_only_when_they_are_whole(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full in mid-list leaves the file of the run before, and no half one: exit code 3."""

    def full(order: Order) -> str:
        raise OSError(28, "No space left on device")

    Path("before").write_text(BEFORE)
    monkeypatch.setattr("aggregator.cli.orders_output.to_json", full)
    assert run(["orders", "--json", "--out", "before"]) == 3
    assert "before cannot be written: No space left" in capsys.readouterr().err
    assert Path("before").read_text() == BEFORE
    assert [one.name for one in Path().iterdir() if one.name.startswith(".")] == []


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="this system has no such device")
def test_a_device_is_written_to_as_it_is() -> None:
    """It holds nothing, and nothing can take its place."""
    command = [sys.executable, "-m", "aggregator.cli", "orders", "--json", "--out", "/dev/stdout"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert all(json.loads(line)["id"] for line in done.stdout.splitlines())
    assert done.stdout.count("\n") > 5


def test_parquet_needs_a_file(capsys: Capture) -> None:
    """Parquet cannot be streamed to a terminal; in a file, times and counts are typed."""
    assert run(["orders", "--format", "parquet"]) == 2
    assert "--out" in capsys.readouterr().err
    assert run(["orders", "--format", "parquet", "--out", "orders.parquet"]) == 0
    row = pyarrow.parquet.read_table("orders.parquet").to_pylist()[-1]
    assert isinstance(row["created_at"], datetime)
    assert row["created_at"].utcoffset() == timedelta(0)
    assert row["lines"] >= 1


def test_collect_takes_orders_along(capsys: Capture) -> None:
    """`collect --orders 90`, or the settings file, keeps orders in the snapshot; what makes no sense is refused."""
    text = Path("aggregator.toml").read_text()
    Path("aggregator.toml").write_text(text.partition("[accounts.shop]")[0])
    assert run(["collect", "--orders", "90", "--json"]) == 0
    listings = {one["operation"]: one for one in json.loads(capsys.readouterr().out)["listings"]}
    assert listings["orders"]["records"] > 0
    assert listings["orders"]["coverage"]["since"] is not None
    Path("aggregator.toml").write_text("orders = 90\n" + Path("aggregator.toml").read_text())
    assert run(["collect", "--json"]) == 0
    assert '"operation":"orders"' in capsys.readouterr().out
    assert run(["collect", "--json", "--orders", "none"]) == 0
    assert '"operation":"orders"' not in capsys.readouterr().out
    assert run(["collect", "--orders", "many"]) == 2
    assert "number of days" in capsys.readouterr().err
