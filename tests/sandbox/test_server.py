"""The sandbox over real sockets: it starts, serves, breaks connections on demand, and leaves nothing behind."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from random import randrange
from urllib.parse import urlsplit

import httpx
import pytest
from attrs import evolve

from aggregator.sandbox import Sandbox, UnknownFaultError, World
from aggregator.sandbox.server import as_json, as_text

FABRIC_LIST = "/v1/retailers/500/connections/"


def bearer(sandbox: Sandbox) -> dict[str, str]:
    """The Authorization header for fabric."""
    own = sandbox.vendors["fabric"].credentials
    body = {"client_id": own["client_id"], "client_secret": own["client_secret"]}
    answer = httpx.post(own["token_url"], data=body).raise_for_status()
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def accepts(url: str) -> bool:
    """Whether anybody listens there."""
    parts = urlsplit(url)
    with socket.socket() as probe:
        return probe.connect_ex((parts.hostname or "", parts.port or 0)) == 0


def test_three_vendors_are_served_and_then_gone(world: World) -> None:
    """Inside the block every base URL answers; after it no socket listens and no thread runs."""
    threads = set(threading.enumerate())
    with Sandbox(world) as sandbox:
        urls = [vendor.base_url for vendor in sandbox.vendors.values()]
        statuses = [httpx.get(url, follow_redirects=True).status_code for url in urls]
        assert set(sandbox.vendors) == {"crux", "fabric", "commerce_layer"}
        assert len({urlsplit(url).port for url in urls}) == 3
        assert statuses == [404, 404, 404]
    assert set(threading.enumerate()) <= threads
    assert not any(accepts(url) for url in urls)


def test_a_sandbox_can_be_used_again(world: World) -> None:
    """Stopping twice does no harm, and starting again serves again."""
    sandbox = Sandbox(world)
    for _ in range(2):
        with sandbox:
            assert httpx.get(f"{sandbox.vendors['fabric'].base_url}{FABRIC_LIST}").status_code == 401
        sandbox.stop()


@pytest.mark.parametrize(
    ("fault", "error"),
    [("reset", httpx.ReadError), ("reset-body", httpx.ReadError), ("cut", httpx.RemoteProtocolError)],
)
def test_connections_break_for_real(world: World, fault: str, error: type[Exception]) -> None:
    """A reset is a reset and a short body is short; the next request is served on a new connection."""
    with Sandbox(world, faults=[f"fabric:{fault}=1x"]) as sandbox, httpx.Client(headers=bearer(sandbox)) as client:
        url = f"{sandbox.vendors['fabric'].base_url}{FABRIC_LIST}"
        with pytest.raises(error):
            client.get(url)
        assert client.get(url).json()["count"] > 0


def test_a_request_that_is_never_answered_times_out(world: World) -> None:
    """`hang` keeps the client waiting for as long as it waits, and stopping does not wait for it."""
    with (
        Sandbox(world, faults=["fabric:hang=1x"]) as sandbox,
        httpx.Client(headers=bearer(sandbox)) as client,
        pytest.raises(httpx.ReadTimeout),
    ):
        client.get(f"{sandbox.vendors['fabric'].base_url}{FABRIC_LIST}", timeout=httpx.Timeout(60, read=0.05))


def test_a_body_can_drip(world: World) -> None:
    """Sixteen bytes at a time, and the whole of it in the end."""
    with Sandbox(world, faults=["fabric:drip=at1"]) as sandbox, httpx.Client(headers=bearer(sandbox)) as client:
        url = f"{sandbox.vendors['fabric'].base_url}/v1/retailers/500/connections/1/"
        answer = client.get(url)
    assert answer.json() == {"detail": "Not found."}


def _free_port(bound: socket.socket) -> int:
    """Bind to a port that no connection of another process is given by chance."""
    while True:
        port = randrange(10_000, 32_000)
        with suppress(OSError):
            bound.bind(("127.0.0.1", port))
            return port


def test_ports_can_be_chosen(world: World) -> None:
    """A given port is used, and a taken one is an OSError that leaves no socket behind."""
    with socket.socket() as taken:
        port = _free_port(taken)
        with pytest.raises(OSError, match="in use"):
            Sandbox(world, ports={"fabric": port}).start()
    with Sandbox(world, ports={"fabric": port}) as sandbox:
        assert sandbox.vendors["fabric"].base_url == f"http://127.0.0.1:{port}"


def test_loopback_only(world: World) -> None:
    """No other host is served."""
    with pytest.raises(ValueError, match="loopback"):
        Sandbox(world, host="0.0.0.0")


def test_a_wrong_fault_is_told_before_anything_is_served(world: World) -> None:
    """The constructor checks."""
    with pytest.raises(UnknownFaultError, match="latency"):
        Sandbox(world, faults=["fabric:earthquake"])


def test_what_is_told_is_what_adapters_take(world: World) -> None:
    """One line of JSON per start, with base URL and credentials per vendor; the text for people says the same."""
    with Sandbox(world) as sandbox:
        told = json.loads(as_json(sandbox))
        text = as_text(sandbox)
    assert as_json(sandbox).count("\n") == 1
    assert set(told["crux"]) == {"base_url", "record_page", "username", "password", "token"}
    ids = {"retailer_id", "brand_id"}
    assert set(told["fabric"]) == {"base_url", "record_page", "client_id", "client_secret", "token_url", *ids}
    assert set(told["commerce_layer"]) == {"base_url", "record_page", "client_id", "client_secret", "token_url"}
    assert all(str(value) in text for vendor in told.values() for value in vendor.values())


def test_a_partner_has_a_page_for_people(world: World) -> None:
    """A browser opens it without credentials, by the organization's id or the connection's; names are text in it."""
    record = evolve(world.records["crux"][0], name="<script>x</script>")
    served = evolve(world, records={**world.records, "crux": (record, *world.records["crux"][1:])})
    with Sandbox(served) as sandbox:
        template = sandbox.vendors["crux"].record_page
        found = httpx.get(template.format(organization_id=record.native_id))
        assert httpx.get(template.format(organization_id=record.connection_id or record.native_id)).text == found.text
        assert httpx.get(template.format(organization_id="nobody")).status_code == 404
    assert found.headers["content-type"].startswith("text/html")
    assert "&lt;script&gt;x&lt;/script&gt;" in found.text
    assert "<script>" not in found.text


def test_secrets_stay_out_of_reprs(world: World) -> None:
    """A vendor's repr shows where it is, not what opens it."""
    with Sandbox(world) as sandbox:
        shown = repr(dict(sandbox.vendors))
    assert "secret" not in shown
    assert "password" not in shown


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_until_it_is_told_to_end(number: signal.Signals) -> None:
    """It prints one line when it serves, and ends cleanly and silently on a signal."""
    program = "from aggregator.sandbox import serve; serve(partners=5, seed=3, json_line=True)"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    ) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        answer = httpx.get(f"{told['fabric']['base_url']}{FABRIC_LIST}")
        process.send_signal(number)
        rest, errors = process.communicate(timeout=60)
    assert answer.status_code == 401
    assert (process.returncode, rest, errors) == (0, "", "")


def test_looking_at_the_package_loads_nothing() -> None:
    """Importing aggregator.sandbox imports neither Starlette nor uvicorn; an unknown name is an AttributeError."""
    program = (
        "import sys, aggregator.sandbox as sandbox; "
        "print({'starlette', 'uvicorn'} & set(sys.modules), hasattr(sandbox, 'nothing'))"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout == "set() False\n"


def test_a_missing_extra_is_said_in_one_sentence() -> None:
    """Without Starlette the import error says what to install."""
    program = (
        "import sys; sys.modules['starlette'] = None\n"
        "try:\n    from aggregator.sandbox import Sandbox\n"
        "except ImportError as error:\n    print(error)"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout == "The sandbox needs an extra: pip install 'connection-aggregator[sandbox]'\n"


def test_text_goes_where_it_is_sent(world: World) -> None:
    """as_text ends with how to end."""
    with Sandbox(world) as sandbox:
        out = io.StringIO(as_text(sandbox))
    assert "Ctrl-C" in out.read()
