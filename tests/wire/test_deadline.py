"""No answer takes longer than a whole one may, at whichever of its bytes it drips: over real sockets, either way."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import suppress
from select import select
from socketserver import BaseRequestHandler, ThreadingTCPServer

import pytest
from attrs import evolve

from aggregator.adapter import ClientCredentials, Login
from aggregator.client import AsyncClient, Client
from aggregator.errors import NetworkError
from aggregator.secret import Secret
from aggregator.wire.options import Options
from tests.wire.fake_vendor import Fake, Way
from tests.wire.stuck import PATIENCE, unreachable

# Each single read is in time for ten minutes; the whole answer is not.
SOON = Options(attempts=1, token_attempts=1, answer_timeout=0.2, read_timeout=600.0, connect_timeout=600.0)

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
DRIPS = {
    "the first line": (b"H", b""),
    "a header": (OK + b"X-A: ", b"a"),
    "hints": (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
    "continue": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a body": (OK + b"Content-Length: 1000\r\n\r\n", b"a"),
    "a body up to the end of the connection": (OK + b"\r\n", b"a"),
    "a chunk's extension": (CHUNKED + b"1;", b"a"),
    "a trailer": (CHUNKED + b"1\r\n[\r\n0\r\nX: ", b"a"),
    "a refusal": (b"HTTP/1.1 401 Unauthorized\r\nX-A: ", b"a"),
}


class Drip(ThreadingTCPServer):
    """Begins each answer, and then drips until the client is gone.

    Attributes:
        begins: What it begins with.
        piece: What drips.
        left: Can be acquired each time that a client was gone.
    """

    daemon_threads = True
    begins = piece = b""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.left = threading.Semaphore(0)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseRequestHandler):
    server: Drip

    def handle(self) -> None:
        line = self.request
        line.recv(1 << 16)
        with suppress(OSError):
            line.sendall(self.server.begins)
            while not select([line], [], [], 0.01)[0] or line.recv(1 << 16):  # a request may come in two parts
                line.sendall(self.server.piece)
        self.server.left.release()


@pytest.fixture
def drip() -> Iterator[Drip]:
    """A platform that drips."""
    with Drip() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


def _list(way: Way, adapter: Fake, options: Options = SOON) -> None:
    """List the connections, which fails, and leaves no thread."""

    def in_threads() -> None:
        with Client(adapter, options=options) as client:
            client.list_connections()

    async def in_tasks() -> None:
        async with AsyncClient(adapter, options=options) as client:
            await client.list_connections()

    with pytest.raises(NetworkError, match="too slowly") as caught:
        in_threads() if way.name == "threads" else asyncio.run(in_tasks())
    assert caught.value.retryable
    assert "aggregator-deadline" not in {one.name for one in threading.enumerate()}


@pytest.mark.parametrize(("begins", "piece"), DRIPS.values(), ids=DRIPS)
def test_an_answer_that_drips_is_given_up(way: Way, drip: Drip, begins: bytes, piece: bytes) -> None:
    """Wherever it does so: within the time of a whole answer it is told, and the connection is closed."""
    drip.begins, drip.piece = begins, piece
    _list(way, Fake(base_url=drip.url))
    assert drip.left.acquire(timeout=PATIENCE)


def test_a_login_that_drips_is_given_up(way: Way, drip: Drip) -> None:
    """The answer of a token endpoint has no more time than any other."""
    drip.begins, drip.piece = DRIPS["a header"]
    login: Login = ClientCredentials(
        token_url=f"{drip.url}/token", client_id=drip.url, client_secret=Secret("client-secret-88")
    )
    _list(way, Fake(base_url=drip.url, given_login=login))
    assert drip.left.acquire(timeout=PATIENCE)


def test_connecting_is_a_part_of_the_exchange(way: Way) -> None:
    """What never connects is given up in the same time; a thread that nobody waits for ends when it gives up."""
    with unreachable() as port:
        _list(way, Fake(base_url=f"http://127.0.0.1:{port}"), evolve(SOON, connect_timeout=0.5))
        for one in threading.enumerate():
            if one.name == "aggregator-line":
                one.join(PATIENCE)
