"""A platform over a real socket that falls silent: its clients are given up, or it goes on when it is told to."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from select import select
from socket import SHUT_RDWR, socket, socketpair
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Semaphore, Thread
from typing import BinaryIO
from urllib.parse import parse_qs, urlsplit

from tests.wire.fake_vendor import rows

PATIENCE = 60  # seconds after which a test that hangs fails; none that passes waits so long


class Stuck(ThreadingTCPServer):
    """Answers the first page of three, and gets stuck with all else.

    Attributes:
        answers: Pages it answers.
        logins: Logins it answers.
        begins: Bytes it sends of any other answer.
        shakes_hands: It answers who wants to talk TLS.
        refuses: It is not stuck with the other pages, but refuses the token.
        asked: What came, in order.
        open: The connections so far.
        reached: Can be acquired each time that it got stuck.
        left: Can be acquired each time that a client was gone, with which it was stuck.
    """

    request_queue_size = 16
    answers = 1
    logins = 0
    begins = 0
    shakes_hands = True
    refuses = False

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.tls = tls
        self.asked: list[str] = []
        self.open: list[socket] = []
        self.reached, self.left = Semaphore(0), Semaphore(0)
        self._tell, self.told = socketpair()

    @property
    def url(self) -> str:
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self.server_address[1]}"

    def go_on(self) -> None:
        """Answer all it is stuck with, and everything after it."""
        self.answers, self.logins, self.refuses = 1000, 1000, False
        self._tell.send(b"x")  # which nobody takes out: everybody sees it

    def hang_up(self) -> None:
        """Close all connections but those that talk TLS."""
        for line in self.open:
            with suppress(OSError):
                line.shutdown(SHUT_RDWR)

    def is_left(self, line: socket) -> bool:
        """Wait until the client is gone or it goes on; return whether the client is gone."""
        self.reached.release()
        is_left = line in select([line, self.told], [], [])[0]
        if is_left:
            self.left.release()
        return is_left

    def server_close(self) -> None:
        self._tell.close()  # which ends all waiting
        super().server_close()
        self.told.close()

    @contextmanager
    def serving(self) -> Iterator[Stuck]:
        """Serve until the end of the context."""
        with self:
            Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
            try:
                yield self
            finally:
                self.shutdown()


class _Handler(BaseRequestHandler):
    server: Stuck

    def handle(self) -> None:
        self.server.open.append(self.request)
        with suppress(OSError):
            if self.server.tls is None:
                self._serve(self.request)
            elif self.server.shakes_hands:
                with self.server.tls.wrap_socket(self.request, server_side=True) as line:
                    self._serve(line)
            else:
                self.request.recv(1 << 16)  # the client's half of the handshake
                self.server.is_left(self.request)

    def _serve(self, line: socket) -> None:
        with line.makefile("rb") as read:
            while (begin := read.readline()) and self._answer(begin.split()[1].decode(), line, read):
                pass

    def _answer(self, path: str, line: socket, read: BinaryIO) -> bool:
        length = 0
        while header := read.readline().strip().lower():
            name, _, value = header.partition(b":")
            length = int(value) if name == b"content-length" else length
        read.read(length)
        self.server.asked.append(path)
        answer, sent = _reply(path, refused=self._is_refused(path)), 0
        if self._is_stuck(path):
            sent = self.server.begins
            line.sendall(answer[:sent])
            if self.server.is_left(line):
                return False
        line.sendall(answer[sent:])
        return True

    def _is_refused(self, path: str) -> bool:
        return self.server.refuses and _page_of(path) > self.server.answers

    def _is_stuck(self, path: str) -> bool:
        if path == "/token":
            return self.server.asked.count(path) > self.server.logins
        return _page_of(path) > self.server.answers and not self.server.refuses


def _page_of(path: str) -> int:
    return int(parse_qs(urlsplit(path).query).get("page", ["1"])[0])


def _reply(path: str, *, refused: bool) -> bytes:
    if path == "/token":
        said: object = {"access_token": "token-number-1", "token_type": "bearer", "expires_in": 3600}
    else:
        said = {"rows": rows(3, start=3 * (_page_of(path) - 1)), "page_count": 3, "total": 9}
    body = json.dumps(said).encode()
    status = b"401 Unauthorized" if refused else b"200 OK"
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body)


@contextmanager
def unreachable() -> Iterator[int]:
    """Yield a port of this machine where connecting never ends: what may wait to be accepted there is full."""
    with socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        waiting = [socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(server.getsockname())
        try:
            yield server.getsockname()[1]
        finally:
            for one in waiting:
                one.close()
