"""`aggregator orders` prints orders in every form, and remembers how far it came."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pyarrow.parquet
import pytest

from aggregator.cli import run
from aggregator.cli.orders_output import COLUMNS
from aggregator.sandbox import Sandbox, World

Capture = pytest.CaptureFixture[str]


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
    with Sandbox(World.generate(5, as_of=datetime.now(UTC))) as sandbox:
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


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--since", "yesterday"], "is no time"),
        (["--account", "nobody"], "There is no account"),
        (["--account", "shop"], "fabric Dropship has no orders"),
        (["--format", "parquet"], "--out"),
        (["--state", "acme.json", "--since", "90d"], "unfiltered"),
        (["--organization", "x"], "uuid"),
        (["--out", "no/such/folder"], "cannot be written"),
    ],
)
def test_a_wrong_call_says_what_to_do(capsys: Capture, arguments: list[str], said: str) -> None:
    """Nothing is fetched, there is no traceback, and the message helps."""
    code = run(["orders", *arguments])
    assert 0 < code < 20
    assert said in capsys.readouterr().err


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
