"""Commerce Layer's own JavaScript clients are satisfied with the sandbox."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from aggregator.sandbox import Sandbox, World

SCRIPT = Path(__file__).with_name("official_clients.mjs")
PACKAGES = ("@commercelayer/js-auth@8", "@commercelayer/provisioning-sdk@2")


def _install(npm: str, home: Path) -> None:
    """Install the clients, or skip in good time: without a registry npm would try again for minutes."""
    bounds = ["--fetch-retries=1", "--fetch-timeout=15000", "--fetch-retry-mintimeout=1000"]
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", *bounds, "--prefix", str(home), *PACKAGES]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        pytest.skip("npm reached no registry within a minute, so Commerce Layer's clients could not be installed")
    if done.returncode:
        pytest.skip(f"npm could not install Commerce Layer's clients: {done.stderr.strip()[-200:]}")


@pytest.fixture(scope="module")
def seen(world: World, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the clients saw of the usual world."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        pytest.skip("node and npm are not installed")
    home = tmp_path_factory.mktemp("clients")
    _install(npm, home)
    shutil.copy(SCRIPT, home)
    with Sandbox(world) as sandbox:
        vendor = sandbox.vendors["commerce_layer"]
        own = vendor.credentials
        command = [node, SCRIPT.name, vendor.base_url.removesuffix("/api"), own["client_id"], own["client_secret"]]
        ran = subprocess.run(command, cwd=home, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_they_go_to_their_own_hosts(seen: dict[str, Any]) -> None:
    """The script moves them to loopback; left alone they would ask the vendor, so their requests are the real ones."""
    assert seen["requested"] == ["https://auth.commercelayer.io", "https://provisioning.commercelayer.io"]


def test_they_log_in(seen: dict[str, Any]) -> None:
    """The token is one for the Provisioning API, twice the same, and its claims lead to the right base address."""
    assert seen["token"] == {"type": "bearer", "scope": "provisioning-api", "same": True}
    assert seen["claims"] == {"kind": "user", "iss": "https://auth.commercelayer.io", "alg": "RS512"}
    assert seen["lifetime"] == 7200
    assert seen["base"] == "https://provisioning.commercelayer.io"


def test_they_understand_a_refused_login(seen: dict[str, Any]) -> None:
    """A wrong secret is an error that they can read."""
    assert [(error["title"], error["status"]) for error in seen["wrong"]] == [("invalid_client", 401)]


def test_they_page_and_sort(seen: dict[str, Any], world: World) -> None:
    """Page by page, sorted by name, they see every organization of the world once."""
    expected = sorted((record.name, record.native_id) for record in world.records["commerce_layer"])
    assert sorted((name, identifier) for identifier, name in seen["everybody"]) == expected
    assert [name for _, name in seen["everybody"]] == [name for name, _ in expected]
    assert seen["meta"]["recordCount"] == seen["count"] == len(expected)
    assert seen["meta"]["currentPage"] == seen["meta"]["pageCount"]


def test_they_walk_by_keyset(seen: dict[str, Any], world: World) -> None:
    """Sorted by id, each page after the last id: the official way of a full scan."""
    assert seen["keyset"] == sorted(record.native_id for record in world.records["commerce_layer"])


def test_they_filter_include_and_thin_out(seen: dict[str, Any]) -> None:
    """Filters, includes over two steps, sparse fields, a related list and the user."""
    assert seen["filtered"] == ["xYZkjABcde"]
    assert seen["included"]["name"] == "The Blue Brand"
    assert seen["included"]["members"][0] == "commercelayer@commercelayer.io"
    assert seen["included"]["roles"] == ["Admin", "Read only"]
    assert seen["included"]["permissions"] == ["organizations", "orders"] * 2
    # 65 attributes, id and type, and the two relationships that were included.
    assert seen["included"]["attributes"] == 69
    assert seen["sparse"] == ["id", "name", "type"]
    assert seen["members"][0] == ["commercelayer@commercelayer.io", "Admin"]
    assert seen["user"] == "user@commercelayer.io"


def test_they_understand_our_errors(seen: dict[str, Any]) -> None:
    """Refused filters, missing records and bad tokens arrive as their own error objects with the documented codes."""
    assert (seen["refused"][0], seen["refused"][2]) == (400, "FILTER_NOT_ALLOWED")
    assert seen["missing"] == [404, "RECORD_NOT_FOUND"]
    assert seen["unauthorized"] == [401, "INVALID_TOKEN"]
