"""What a person can get wrong, and what a platform can: one clear message, the right exit code, nothing lost."""

from __future__ import annotations

import base64
import json
import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from aggregator import Snapshot
from aggregator.cli import run
from aggregator.client import Client
from aggregator.collect import OnProgress, Progress
from aggregator.sandbox import Sandbox, World
from aggregator.wire import transport
from aggregator.wire.wire import Announce, silent

CRUX = """
[accounts.shop]
vendor = "crux"
base_url = "{crux.base_url}"
token = {{ env = "CRUX_TOKEN" }}
"""
FABRIC = """
[accounts.drop]
vendor = "fabric"
base_url = "{fabric.base_url}"
retailer_id = "{fabric.credentials[retailer_id]}"
client_id = "{fabric.credentials[client_id]}"
client_secret = {{ env = "FABRIC_SECRET" }}
token_url = "{fabric.credentials[token_url]}"
"""
QUICK = """
[options]
attempts = 2
max_wait = 1
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """The bundled vendors, well."""
    with Sandbox(World.generate(20)) as served:
        yield served


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    monkeypatch.chdir(tmp_path)
    _know(monkeypatch, sandbox)


def _know(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    monkeypatch.setenv("CRUX_TOKEN", sandbox.vendors["crux"].credentials["token"])
    monkeypatch.setenv("FABRIC_SECRET", sandbox.vendors["fabric"].credentials["client_secret"])
    monkeypatch.setenv("LAYER_SECRET", sandbox.vendors["commerce_layer"].credentials["client_secret"])


def _write(sandbox: Sandbox, *accounts: str, options: str = QUICK) -> None:
    Path("aggregator.toml").write_text("".join(one.format(**sandbox.vendors) for one in accounts) + options, "utf-8")


def _collect(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = run(["collect", "--json"])
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return code, captured.err


def _one_message(said: str, *parts: str) -> None:
    lines = [line for line in said.splitlines() if line.startswith("aggregator:")]
    assert len(lines) == 1, said
    for part in parts:
        assert part in lines[0]


def test_a_wrong_token(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 10, and the message asks to check the credentials without showing them."""
    monkeypatch.setenv("CRUX_TOKEN", "0123456789abcdef-wrong")
    _write(sandbox, CRUX)
    code = run(["doctor"])
    captured = capsys.readouterr()
    assert code == 10
    assert "crux (shop)" in captured.out
    assert "not accepted" in captured.out
    assert "Check them" in captured.out
    assert "0123456789abcdef-wrong" not in captured.out + captured.err


def test_a_wrong_brand_id(sandbox: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    """The platform has no such account, or will not show it: the message names what to check."""
    account = FABRIC.replace('retailer_id = "{fabric.credentials[retailer_id]}"', "brand_id = 999999")
    _write(sandbox, account)
    code, said = _collect(capsys)
    assert code in {11, 12}
    _one_message(said, "fabric (drop), connections:", "Check the ids")


def test_an_unreachable_host_costs_the_others_nothing(sandbox: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 4, one message about that host, and the other account's list is in the snapshot."""
    _write(sandbox, FABRIC.replace("{fabric.base_url}", "http://127.0.0.1:9"), CRUX)
    code, said = _collect(capsys)
    assert code == 4
    _one_message(said, "fabric (drop), connections:", "127.0.0.1 cannot be reached", "base_url")
    listings = {one.source.vendor: one for one in Snapshot.load("snapshots/latest").listings}
    assert listings["crux"].coverage.complete
    assert not listings["fabric"].coverage.complete


def test_an_unreachable_host_alone_exits_with_its_own_code(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """When no list came at all, the exit code says why: 22, the network."""
    _write(sandbox, FABRIC.replace("{fabric.base_url}", "http://127.0.0.1:9"))
    code, said = _collect(capsys)
    assert code == 22
    _one_message(said, "cannot be reached")


@pytest.mark.parametrize(
    ("variable", "value"),
    [("HTTPS_PROXY", "ftp://127.0.0.1:1080"), ("ALL_PROXY", "http://"), ("SSL_CERT_DIR", "nowhere")],
)
@pytest.mark.parametrize("command", ["collect", "doctor"])
def test_network_settings_that_cannot_be_used(
    sandbox: Sandbox,
    command: str,
    variable: str,
    value: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exit code 2, the message names the variable, and no snapshot is written."""
    transport._tls.cache_clear()
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv(variable, value)
    _write(sandbox, CRUX.replace("{crux.base_url}", "https://vendor.test"))
    assert run([command]) == 2
    _one_message(capsys.readouterr().err, f"{variable} names", f"Set {variable}")
    assert not Path("snapshots").exists()


def test_a_fault_of_an_adapter_alone_exits_as_a_fault_of_ours(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Exit code 70 in the place of 4, one sentence that asks to report it, and no traceback."""

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("a slip")

    monkeypatch.setattr(Client, "attempt", fails)
    _write(sandbox, CRUX)
    code = run(["collect", "--json"])
    said = capfd.readouterr().err
    assert code == 70
    assert "crux (shop), connections: a fault in the adapter (RuntimeError). Please report it." in said
    assert "Traceback" not in said


def _jwt(scope: str) -> str:
    def part(claims: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")

    return f"{part({'alg': 'RS512'})}.{part({'scope': scope, 'exp': 4102444800})}.c2lnbmF0dXJl"


def test_a_token_of_another_api(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Core API token given to the Provisioning adapter is refused before anything is sent, and we say why."""
    monkeypatch.setenv("LAYER_TOKEN", _jwt("market:all"))
    _write(sandbox, '[accounts.shops]\nvendor = "commerce_layer"\ntoken = {{ env = "LAYER_TOKEN" }}\n')
    code, said = _collect(capsys)
    assert code == 2
    _one_message(said, "[accounts.shops]", "rovisioning")


def test_an_unknown_key_in_the_settings(sandbox: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, with the place and the key that was probably meant."""
    _write(sandbox, CRUX.replace("base_url =", "base_ulr ="))
    code, said = _collect(capsys)
    assert code == 2
    _one_message(said, "aggregator.toml", "[accounts.shop]", "'base_url'")


@pytest.mark.parametrize(
    ("fault", "code", "part"),
    [
        ("html=1", 23, "HTML"),
        ("truncate=1", 23, "cannot be read"),
        ("500=1", 20, "failed with status 500"),
        ("429=1", 21, "too many requests"),
        ("empty=1", 23, "empty body"),
    ],
)
def test_an_answer_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: str, code: int, part: str
) -> None:
    """HTML with status 200, JSON cut short, a failing platform: one message each, and the right exit code."""
    with Sandbox(World.generate(20), faults=(f"crux:{fault}",)) as broken:
        _know(monkeypatch, broken)
        _write(broken, CRUX)
        found = run(["doctor"])
    captured = capsys.readouterr()
    assert found == code, captured.out
    assert part in captured.out
    assert "crux (shop)" in captured.out


def test_a_record_without_an_id_is_set_aside(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The other records are kept, the list is incomplete, the row and the reason are in the snapshot: exit code 4."""
    with Sandbox(World.generate(20), faults=("fabric:no-id=1",)) as broken:
        _know(monkeypatch, broken)
        _write(broken, FABRIC)
        code, _ = _collect(capsys)
    assert code == 4
    listing = Snapshot.load("snapshots/latest").listings[0]
    assert len(listing) > 0
    assert listing.rejected
    assert "id" in str(listing.rejected[0])
    assert "could not be read" in (listing.coverage.reason or "")


def test_an_unknown_option_is_answered_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    """A slip on the command line exits with 2 and no traceback."""
    assert run(["collect", "--ouut", "x"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_no_secret_is_printed_by_any_command(sandbox: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither standard output nor standard error of doctor and collect holds a credential."""
    _write(sandbox, CRUX, FABRIC)
    assert run(["doctor", "--json"]) == 0
    assert run(["collect"]) == 0
    captured = capsys.readouterr()
    for vendor, name in (("crux", "token"), ("fabric", "client_secret")):
        assert sandbox.vendors[vendor].credentials[name] not in captured.out + captured.err


PAGES = ("fabric:page-size=3", "commerce_layer:clamp=3")
LAYER = """
[accounts.shops]
vendor = "commerce_layer"
base_url = "{commerce_layer.base_url}"
client_id = "{commerce_layer.credentials[client_id]}"
client_secret = {{ env = "LAYER_SECRET" }}
token_url = "{commerce_layer.credentials[token_url]}"
"""
ONE_ATTEMPT = """
[options]
attempts = 1
concurrency = 1
"""


@pytest.mark.parametrize(
    ("account", "listed"),
    [(FABRIC, "fabric (drop), connections:"), (LAYER, "commerce_layer (shops), organizations:")],
    ids=["fabric", "commerce_layer"],
)
@pytest.mark.parametrize(
    ("fault", "what", "next_step"),
    [
        ("html=at4", "HTML", "base_url"),
        ("truncate=at4", "cannot be read", "base_url"),
        ("empty=at4", "empty body", "base_url"),
        ("403=at4", "may not do this", "ask the platform"),
        ("500=at4", "status 500", "again"),
        ("429=at4", "too many requests", "again"),
        ("reset=at4", "broke off", "again"),
        ("cut=at4", "broke off", "again"),
    ],
)
def test_trouble_in_mid_walk_keeps_the_pages_before(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    account: str,
    listed: str,
    fault: str,
    what: str,
    next_step: str,
) -> None:
    """Page four fails: exit code 4, one message that says whose list and what to do; the three pages are kept."""
    vendor = "fabric" if account is FABRIC else "commerce_layer"
    with Sandbox(World.generate(60), faults=(*PAGES, f"{vendor}:{fault}")) as broken:
        _know(monkeypatch, broken)
        _write(broken, account, CRUX, options=ONE_ATTEMPT)
        code, said = _collect(capsys)
    assert code == 4
    _one_message(said, listed, what, next_step)
    listing = next(one for one in Snapshot.load("snapshots/latest").listings if one.source.vendor == vendor)
    assert len(listing) == listing.coverage.unique == 9
    assert listing.coverage.failure is not None
    assert listing.coverage.pages == 3


def _fabric_token(sandbox: Sandbox) -> str:
    known = sandbox.vendors["fabric"].credentials
    form = {name: known[name] for name in ("client_id", "client_secret")} | {"grant_type": "client_credentials"}
    with urllib.request.urlopen(known["token_url"], urllib.parse.urlencode(form).encode()) as answer:
        token: str = json.load(answer)["access_token"]
    return token


READY = """
[accounts.drop]
vendor = "fabric"
base_url = "{fabric.base_url}"
retailer_id = "{fabric.credentials[retailer_id]}"
token = {{ env = "FABRIC_TOKEN" }}
"""


def test_a_ready_token_that_is_refused_in_mid_walk(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 4, a message that asks whether it expired without showing it, and the pages before are kept."""
    with Sandbox(World.generate(60), faults=("fabric:page-size=3", "fabric:revoke-after=3")) as strict:
        token = _fabric_token(strict)
        monkeypatch.setenv("FABRIC_TOKEN", token)
        _know(monkeypatch, strict)
        _write(strict, READY, CRUX, options=ONE_ATTEMPT)
        code, said = _collect(capsys)
    assert code == 4
    _one_message(said, "fabric (drop), connections:", "not accepted", "expired")
    assert token not in said
    listings = {one.source.vendor: one for one in Snapshot.load("snapshots/latest").listings}
    assert len(listings["fabric"]) == 9


@pytest.mark.parametrize("fault", ["fabric:revoke-after=3", "fabric:401=at4"])
def test_a_fetched_token_that_is_refused_in_mid_walk_is_renewed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    """With client credentials the walk goes on with a new token, and the list is whole: exit code 0, nothing to say."""
    with Sandbox(World.generate(60), faults=("fabric:page-size=3", fault)) as strict:
        _know(monkeypatch, strict)
        _write(strict, FABRIC)
        code, said = _collect(capsys)
    assert (code, said) == (0, "")
    assert Snapshot.load("snapshots/latest").listings[0].coverage.complete


def test_a_host_that_goes_away_in_mid_walk(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Once nobody answers any more, one message names the host, and the pages that had come are in the snapshot."""
    going = Sandbox(World.generate(60), faults=("fabric:page-size=3",)).start()
    stopped = threading.Event()

    @contextmanager
    def ends_it() -> Iterator[tuple[OnProgress, Announce]]:
        def on_progress(progress: Progress) -> None:
            if progress.records >= 9 and not stopped.is_set():
                stopped.set()
                going.stop()

        yield on_progress, silent

    monkeypatch.setattr("aggregator.cli.collect.shown_progress", ends_it)
    _know(monkeypatch, going)
    _write(going, FABRIC, options=ONE_ATTEMPT)
    code, said = _collect(capsys)
    assert code == 22  # the only list there is
    _one_message(said, "fabric (drop), connections:", "127.0.0.1")
    (listing,) = Snapshot.load("snapshots/latest").listings
    assert len(listing) >= 9
    assert not listing.coverage.complete
