"""What nobody waits for any more ends at once, in threads, over real sockets; else each of these would take minutes."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from aggregator import Aggregator
from aggregator.adapter import ClientCredentials
from aggregator.client import Client
from aggregator.errors import UsageError
from aggregator.model import StopReason
from aggregator.secret import Secret
from aggregator.wire.options import Options
from aggregator.wire.pagers import PageNumber
from tests.wire.fake_vendor import Fake, open_rows, rows
from tests.wire.stuck import PATIENCE, Stuck, unreachable

ROOT = Path(__file__).parent.parent.parent
MINUTES = Options(
    connect_timeout=600.0, read_timeout=600.0, answer_timeout=600.0, token_timeout=600.0, concurrency=2, attempts=1
)
PAGES = PageNumber(path="/rows", opener=open_rows)
ALL = [row["id"] for row in rows(9)]
BEGINNINGS = pytest.mark.parametrize("begins", [0, 50], ids=["nothing", "half a body"])


def adapter_of(server: Stuck) -> Fake:
    return Fake(base_url=server.url, pager=PAGES)


def with_login(server: Stuck) -> Fake:
    secret = Secret("client-secret-77")
    login = ClientCredentials(token_url=f"{server.url}/token", client_id=server.url, client_secret=secret)
    return Fake(base_url=server.url, pager=PAGES, given_login=login)


def _threads() -> set[str]:
    """What is still there, once those have ended by themselves that were just connecting."""
    for one in threading.enumerate():
        if one.name == "aggregator-line":
            one.join(PATIENCE)
    return {one.name for one in threading.enumerate() if one.name.startswith("aggregator")}


def _interrupt_when(reached: threading.Semaphore, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*given: object, **how: object) -> None:
        assert reached.acquire(timeout=PATIENCE)
        raise KeyboardInterrupt

    monkeypatch.setattr("aggregator.collect.threads.wait", interrupted)


def _collect(adapter: Fake) -> Any:
    """Collect until Ctrl-C; return the one listing."""
    with Aggregator([adapter], options=MINUTES) as aggregator:
        with pytest.raises(KeyboardInterrupt):
            aggregator.collect()
        (listing,) = aggregator.so_far().listings
    assert listing.coverage.stop is StopReason.ABANDONED
    assert listing.error is None  # no platform is blamed
    return listing


@BEGINNINGS
def test_a_reader_that_stops_waits_for_no_answer(stuck_either: Stuck, begins: int) -> None:
    """The pages that were asked for ahead are given up with the first; the client is as good as before."""
    stuck_either.begins = begins
    with Client(adapter_of(stuck_either), options=MINUTES) as client:
        with closing(client.connections()) as connections:
            assert next(connections).id == "r00000"
            assert stuck_either.reached.acquire(timeout=PATIENCE)
        assert _threads() == set()
        assert stuck_either.left.acquire(timeout=PATIENCE)
        stuck_either.go_on()
        assert [one.id for one in client.connections()] == ALL


def test_a_list_that_is_given_up_leaves_the_others_of_its_client_alone(stuck_either: Stuck) -> None:
    """Its answers under way end at once, while another thread waits for those of its own list and gets them."""
    with Client(adapter_of(stuck_either), options=MINUTES) as client, ThreadPoolExecutor(1) as pool:
        with closing(client.connections()) as given_up:
            next(given_up)
            wanted = pool.submit(lambda: [one.id for one in client.connections()])
            for _ in range(4):  # two pages ahead of each
                assert stuck_either.reached.acquire(timeout=PATIENCE)
        for _ in range(2):
            assert stuck_either.left.acquire(timeout=PATIENCE)
        assert not stuck_either.left.acquire(blocking=False)
        assert not wanted.done()
        stuck_either.go_on()
        assert wanted.result(timeout=PATIENCE) == ALL
    assert _threads() == set()


def test_a_reader_that_stops_waits_for_no_login(stuck: Stuck) -> None:
    """Not even for one that is made in the middle of the list."""
    stuck.logins, stuck.refuses = 1, True
    with Client(with_login(stuck), options=MINUTES) as client:
        with closing(client.connections()) as connections:
            next(connections)
            assert stuck.reached.acquire(timeout=PATIENCE)
        assert _threads() == set()
        assert stuck.left.acquire(timeout=PATIENCE)
        stuck.go_on()
        assert [one.id for one in client.connections()] == ALL


@BEGINNINGS
def test_ctrl_c_waits_for_no_answer(stuck_either: Stuck, begins: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads of all accounts end at once; what came is kept."""
    stuck_either.begins = begins
    _interrupt_when(stuck_either.reached, monkeypatch)
    listing = _collect(adapter_of(stuck_either))
    assert len(listing) in (0, 3)  # the first page may just be read
    assert _threads() == set()


def test_ctrl_c_waits_for_no_login(stuck: Stuck, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is another one begun."""
    _interrupt_when(stuck.reached, monkeypatch)
    _collect(with_login(stuck))
    assert _threads() == set()
    assert stuck.asked == ["/token"]


def test_ctrl_c_waits_for_no_handshake(stuck_tls: Stuck, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that takes the call and says nothing holds nobody up."""
    stuck_tls.shakes_hands = False
    _interrupt_when(stuck_tls.reached, monkeypatch)
    _collect(adapter_of(stuck_tls))
    assert stuck_tls.left.acquire(timeout=PATIENCE)
    assert _threads() == set()


class _Lookup:
    """Looks up so many names, and gets stuck with the next until it is told to go on."""

    def __init__(self, answers: int) -> None:
        self.answers = answers
        self.reached, self.go_on = threading.Semaphore(0), threading.Event()
        self._look_up: Callable[..., Any] = socket.getaddrinfo

    def __call__(self, *given: Any, **how: Any) -> Any:
        self.answers -= 1
        if self.answers < 0:
            self.reached.release()
            assert self.go_on.wait(PATIENCE)
        return self._look_up(*given, **how)


@pytest.fixture
def lookup(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Lookup]:
    """Connecting gets stuck where nothing can end it."""
    lookup = _Lookup(0)
    monkeypatch.setattr("socket.getaddrinfo", lookup)
    yield lookup
    lookup.go_on.set()
    assert _threads() == set()


def test_ctrl_c_waits_for_no_connection(stuck_either: Stuck, lookup: _Lookup, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is made too late is closed at once, and nothing is sent over it."""
    _interrupt_when(lookup.reached, monkeypatch)
    _collect(adapter_of(stuck_either))
    lookup.go_on.set()
    assert _threads() == set()
    assert stuck_either.asked == []


def test_ctrl_c_waits_for_no_connection_to_log_in_over(
    stuck: Stuck, lookup: _Lookup, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The credentials stay here."""
    _interrupt_when(lookup.reached, monkeypatch)
    _collect(with_login(stuck))
    lookup.go_on.set()
    assert _threads() == set()
    assert stuck.asked == []


def test_a_reader_that_stops_waits_for_no_connection(stuck_either: Stuck, lookup: _Lookup) -> None:
    """Of the two pages asked for ahead, one goes over the connection that there is, and one would need another."""
    lookup.answers = 1
    with Client(adapter_of(stuck_either), options=MINUTES) as client:
        with closing(client.connections()) as connections:
            next(connections)
            assert lookup.reached.acquire(timeout=PATIENCE)
        lookup.go_on.set()
        assert _threads() == set()
        stuck_either.go_on()
        assert [one.id for one in client.connections()] == ALL


def test_an_interrupt_in_the_thread_that_waits_for_a_connection(stuck: Stuck, lookup: _Lookup) -> None:
    """Ctrl-C passes through whoever lists without a collect; here the interrupt comes while the name is looked up."""
    look_up = lookup._look_up

    def fails(*given: Any, **how: Any) -> Any:
        if not lookup.go_on.is_set():
            raise KeyboardInterrupt
        return look_up(*given, **how)

    lookup.answers, lookup._look_up = 1000, fails
    with Client(adapter_of(stuck), options=MINUTES) as client:
        with pytest.raises(KeyboardInterrupt):
            client.list_connections()
        lookup.go_on.set()
        stuck.go_on()
        assert [one.id for one in client.connections()] == ALL


def test_a_client_that_is_stopped_from_another_thread_lets_its_reader_go(stuck_either: Stuck) -> None:
    """The one who reads is told what happened, and keeps the records that came."""
    with Client(adapter_of(stuck_either), options=MINUTES) as client, ThreadPoolExecutor(1) as pool:
        reading = pool.submit(client.attempt, client.adapter.connections())
        assert stuck_either.reached.acquire(timeout=PATIENCE)
        client.stop()
        with pytest.raises(UsageError, match=r"The client was stopped\. Make a new one\."):
            reading.result(timeout=PATIENCE)
    assert _threads() == set()


def test_a_client_that_is_closed_lets_go_of_what_was_asked_for_ahead(stuck_either: Stuck) -> None:
    """The list is not read to its end, nor closed."""
    with Client(adapter_of(stuck_either), options=MINUTES) as client:
        connections = client.connections()
        next(connections)
        for _ in range(2):
            assert stuck_either.reached.acquire(timeout=PATIENCE)
    for _ in range(2):
        assert stuck_either.left.acquire(timeout=PATIENCE)
    connections.close()
    assert _threads() == set()


def test_who_reads_from_a_client_that_another_thread_closes_is_told_so(stuck_either: Stuck) -> None:
    """At once, and it is no platform's fault."""
    stuck_either.answers = 0
    with Client(adapter_of(stuck_either), options=MINUTES) as client, ThreadPoolExecutor(1) as pool:
        reading = pool.submit(client.list_connections)
        assert stuck_either.reached.acquire(timeout=PATIENCE)
        client.close()
        with pytest.raises(UsageError, match="closed"):
            reading.result(timeout=PATIENCE)


def test_who_connects_for_a_client_that_another_thread_closes_is_told_so(stuck_either: Stuck, lookup: _Lookup) -> None:
    """As soon as it has connected; nothing is sent."""
    with Client(adapter_of(stuck_either), options=MINUTES) as client, ThreadPoolExecutor(1) as pool:
        reading = pool.submit(client.list_connections)
        assert lookup.reached.acquire(timeout=PATIENCE)
        client.close()
        lookup.go_on.set()
        with pytest.raises(UsageError, match="closed"):
            reading.result(timeout=PATIENCE)
    assert stuck_either.asked == []


def test_connections_are_used_again(stuck_either: Stuck) -> None:
    """As many as pages are asked for at once are kept."""
    stuck_either.go_on()
    with Client(adapter_of(stuck_either), options=MINUTES) as client:
        for _ in range(5):
            assert [one.id for one in client.connections()] == ALL
    assert len(stuck_either.open) <= 2
    assert len(stuck_either.asked) >= 15


COMMAND = "from aggregator.cli import main; main()"

# Heeds Ctrl-C, even where these tests are run in the background; says on standard output that it connects.
SAYS = """
import logging
import signal

signal.signal(signal.SIGINT, signal.default_int_handler)

class Says(logging.Handler):
    def emit(self, record):
        if "connect_tcp.started" in record.getMessage():
            print("connecting", flush=True)

logging.getLogger("httpcore.connection").addHandler(Says())
logging.getLogger("httpcore.connection").setLevel("DEBUG")
"""


def _command(url: str, folder: Path) -> subprocess.Popen[str]:
    account = ["[accounts.acme]", 'vendor = "fabric"', "brand_id = 1", f'base_url = "{url}"']
    (folder / "aggregator.toml").write_text("\n".join([*account, 'token = { env = "T" }']), "utf-8")
    script = [sys.executable, "-c", SAYS + COMMAND, "collect", "--out", "out"]
    env = {"PYTHONPATH": str(ROOT), "T": "some-token-0001"}
    return subprocess.Popen(
        script, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def _interrupt(process: subprocess.Popen[str]) -> None:
    """Interrupt the command: it says where that is which came, and leaves with its exit code."""
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "out/" in said
    assert "Traceback" not in said


def test_the_command_ends_at_ctrl_c(stuck: Stuck, tmp_path: Path) -> None:
    """A real interrupt, in a process of its own, while it waits for an answer."""
    stuck.answers = 0
    with _command(stuck.url, tmp_path) as process:
        assert stuck.reached.acquire(timeout=PATIENCE)
        _interrupt(process)


def test_the_command_ends_at_ctrl_c_while_it_connects(tmp_path: Path) -> None:
    """To a port where connecting never ends; nothing waits for it at the end of the process either."""
    with unreachable() as port, _command(f"http://127.0.0.1:{port}", tmp_path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "connecting\n"
        _interrupt(process)
