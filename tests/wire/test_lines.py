"""A read that nobody waits for any more ends at once, over real sockets; each of these would otherwise take minutes."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from socket import socketpair
from socketserver import StreamRequestHandler, ThreadingTCPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from aggregator import Aggregator
from aggregator.adapter import ClientCredentials
from aggregator.client import Client
from aggregator.model import StopReason
from aggregator.secret import Secret
from aggregator.wire.lines import Lines
from aggregator.wire.options import Options
from aggregator.wire.pagers import PageNumber
from aggregator.wire.stop import Stop
from tests.wire.fake_vendor import Fake, open_rows, rows

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 20  # seconds after which a test that hangs fails
MINUTES = Options(read_timeout=600.0, answer_timeout=600.0, token_timeout=600.0, concurrency=2)
PAGES = PageNumber(path="/rows", opener=open_rows)


class _Stuck(ThreadingTCPServer):
    """Answers the first page of three, or none, and gets stuck with every other, until the client is gone.

    Attributes:
        answers: Pages it answers.
        begins: What it sends of such an answer.
        is_well: It answers everything.
        reached: It is stuck.
        left: The client is gone.
    """

    daemon_threads = True
    answers = 1
    begins: bytes = b""
    is_well = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reached, self.left = threading.Event(), threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(StreamRequestHandler):
    server: _Stuck

    def handle(self) -> None:
        while (line := self.rfile.readline()) and self._answer(line.split()[1].decode()):
            pass

    def _answer(self, path: str) -> bool:
        while self.rfile.readline().strip():
            pass
        page = int(parse_qs(urlsplit(path).query).get("page", ["2"])[0])
        if page > self.server.answers and not self.server.is_well:
            self.wfile.write(self.server.begins)
            self.server.reached.set()
            with suppress(ConnectionError):
                self.rfile.read()  # to the end: the body of a login may come after its head
            self.server.left.set()
            return False
        body = json.dumps({"rows": rows(3, start=3 * (page - 1)), "page_count": 3, "total": 9}).encode()
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        return True


@pytest.fixture
def stuck() -> Iterator[_Stuck]:
    """A server that gets stuck."""
    with _Stuck() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


def _threads() -> set[str]:
    return {one.name for one in threading.enumerate() if one.name.startswith("aggregator")}


BEGINNINGS = {"nothing": b"", "half a body": b'HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{"rows": ['}


@pytest.mark.parametrize("begins", BEGINNINGS)
def test_a_reader_that_stops_waits_for_no_answer(stuck: _Stuck, begins: str) -> None:
    """The pages that were asked for ahead are given up with the first; the client is as good as before."""
    stuck.begins = BEGINNINGS[begins]
    with Client(Fake(base_url=stuck.url, pager=PAGES), options=MINUTES) as client:
        with closing(client.connections()) as connections:
            assert next(connections).id == "r00000"
            assert stuck.reached.wait(PATIENCE)
        assert _threads() == set()
        assert stuck.left.wait(PATIENCE)
        stuck.is_well = True
        assert [one.id for one in client.connections()] == [row["id"] for row in rows(9)]


@pytest.mark.parametrize("begins", BEGINNINGS)
def test_ctrl_c_waits_for_no_answer(stuck: _Stuck, begins: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads of all accounts end at once; what came is kept, and no platform is blamed for what did not."""
    stuck.begins = BEGINNINGS[begins]
    _interrupt_when(stuck.reached, monkeypatch)
    with Aggregator([Fake(base_url=stuck.url, pager=PAGES)], options=MINUTES) as aggregator:
        with pytest.raises(KeyboardInterrupt):
            aggregator.collect()
        assert _threads() == set()
        (listing,) = aggregator.so_far().listings
    assert listing.coverage.stop is StopReason.ABANDONED
    assert listing.error is None


def test_ctrl_c_waits_for_no_login(stuck: _Stuck, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is another one begun."""
    login = ClientCredentials(token_url=f"{stuck.url}/token", client_id="me", client_secret=Secret("client-secret-77"))
    _interrupt_when(stuck.reached, monkeypatch)
    adapter = Fake(base_url=stuck.url, pager=PAGES, given_login=login)
    with Aggregator([adapter], options=MINUTES) as aggregator:
        with pytest.raises(KeyboardInterrupt):
            aggregator.collect()
        assert _threads() == set()
        assert aggregator.so_far().listings[0].error is None


COMMAND = "from aggregator.cli import main; main()"


def test_the_command_ends_at_ctrl_c(stuck: _Stuck, tmp_path: Path) -> None:
    """A real interrupt, in a process of its own: it says where that is which came, and leaves with its exit code."""
    stuck.answers = 0
    account = ["[accounts.acme]", 'vendor = "fabric"', "brand_id = 1", f'base_url = "{stuck.url}"']
    (tmp_path / "aggregator.toml").write_text("\n".join([*account, 'token = { env = "T" }']), "utf-8")
    script = [sys.executable, "-c", COMMAND, "collect", "--out", "out"]
    env = {"PYTHONPATH": str(ROOT), "T": "some-token-0001"}
    process = subprocess.Popen(script, cwd=tmp_path, env=env, stderr=subprocess.PIPE, text=True)
    with process:
        assert stuck.reached.wait(PATIENCE)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE)  # its read_timeout is longer
    assert process.returncode == 130
    assert "out/" in said
    assert "Traceback" not in said


def _interrupt_when(reached: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*given: object, **how: object) -> None:
        assert reached.wait(PATIENCE)
        raise KeyboardInterrupt

    monkeypatch.setattr("aggregator.collect.threads.wait", interrupted)


def test_lines_are_cut_when_nobody_wants_any_call() -> None:
    """Which call goes over which line is not known, so one that is wanted keeps all of them."""
    lines, off, wanted = Lines(), Stop(), Stop()
    ours, theirs = socketpair()
    with ours, theirs:
        lines.opened(ours)
        lines.opened("no socket at all")
        off.set()
        with lines.call(off), lines.call(wanted):
            lines.cut()
            theirs.sendall(b"x")
            assert ours.recv(1) == b"x"
            wanted.set()
            lines.cut()
            assert (ours.recv(1), theirs.recv(1)) == (b"", b"")


def test_lines_that_nobody_talks_over_are_left_alone() -> None:
    """They are there for the next call."""
    lines, off = Lines(), Stop()
    ours, theirs = socketpair()
    with ours, theirs:
        lines.opened(ours)
        with lines.call(off):
            off.set()
        lines.cut()
        theirs.sendall(b"x")
        assert ours.recv(1) == b"x"


def test_a_line_that_is_opened_too_late_is_cut_at_once() -> None:
    """And one that is closed already does no harm."""
    lines, off = Lines(), Stop()
    off.set()
    ours, theirs = socketpair()
    with ours, theirs, lines.call(off):
        lines.opened(ours)
        assert theirs.recv(1) == b""
        ours.close()
        lines.opened(ours)
