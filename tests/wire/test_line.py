"""One connection: what ends it, when it is of use again, and what is closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from select import select
from socket import socketpair
from typing import Any, cast

import pytest

from aggregator.wire import line as line_module
from aggregator.wire.http import httpx
from aggregator.wire.line import ERRAND, Errand, Gone, Line
from aggregator.wire.lines import Lines
from aggregator.wire.stop import Abandoned, Stop
from tests.wire.stuck import PATIENCE, Stuck


def _request(server: Stuck, stop: Stop | None = None, *, page: int = 1) -> httpx.Request:
    errand = Errand(stop or Stop())
    return httpx.Request("GET", f"{server.url}/rows", params={"page": page}, extensions={ERRAND: errand})


def _send(send: Callable[[httpx.Request, Errand], httpx.Response], request: httpx.Request) -> bytes:
    response = send(request, request.extensions[ERRAND])
    content = response.read()
    response.close()
    return content


@pytest.fixture
def line() -> Iterator[Line]:
    """A line over TCP."""
    line = Line(httpx.HTTPTransport())
    yield line
    line.close()


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Lines over TCP, of which two are kept."""
    with Lines(httpx.HTTPTransport, keep=2) as lines:
        yield lines


def _ask(lines: Lines, request: httpx.Request) -> httpx.Response:
    response = lines.handle_request(request)
    response.read()
    return response


def _hang_up(server: Stuck, line: Line) -> None:
    """Close the connection from the other side, and wait until this one can know."""
    server.hang_up()
    one = line._socket()
    assert one is not None
    assert select([one], [], [], PATIENCE)[0]


def test_a_line_whose_connection_is_gone_makes_no_other(stuck: Stuck, line: Line) -> None:
    """The thread that would connect is the caller's, which nothing could wake."""
    _send(line.dial, _request(stuck))
    _hang_up(stuck, line)
    with pytest.raises(Gone):
        _send(line.send, _request(stuck))
    assert len(stuck.open) == 1


def test_a_line_that_the_other_side_closed_is_stale(stuck: Stuck, line: Line) -> None:
    """As one is that has rested for too long."""
    _send(line.dial, _request(stuck))
    line.rest()
    assert not line.is_stale
    _hang_up(stuck, line)
    assert line.is_stale


def test_a_line_that_rested_for_long_is_stale(stuck: Stuck, line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is of no use, though it is open."""
    _send(line.dial, _request(stuck))
    line.rest()
    monkeypatch.setattr(line_module, "KEEP_ALIVE", -1.0)
    assert line.is_stale


@pytest.mark.parametrize("is_noticed", [True, False])
def test_a_line_that_is_gone_is_replaced(
    stuck: Stuck, lines: Lines, is_noticed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether that is seen before the request, or only when it is to be sent."""
    stuck.go_on()
    _ask(lines, _request(stuck))
    _hang_up(stuck, lines._resting[0])
    if not is_noticed:
        monkeypatch.setattr(Line, "is_stale", False)
    assert _ask(lines, _request(stuck)).status_code == 200
    assert len(stuck.open) == 2


def test_so_many_lines_are_kept_and_no_more(stuck: Stuck, lines: Lines) -> None:
    """The rest are closed as soon as they are not used."""
    stuck.go_on()
    for _ in range(2):
        for response in [lines.handle_request(_request(stuck)) for _ in range(3)]:
            response.read()
            cast("httpx.SyncByteStream", response.stream).close()  # again, which does no harm
    assert len(stuck.open) == 4


def test_a_request_that_nobody_wants_is_not_sent(stuck: Stuck, lines: Lines) -> None:
    """Not even over a connection that is there."""
    _ask(lines, _request(stuck))
    stop = Stop()
    stop.set()
    for _ in range(2):
        with pytest.raises(Abandoned):
            lines.handle_request(_request(stuck, stop))
    assert len(stuck.asked) == 1


def test_a_call_that_is_over_is_not_called_off_any_more(stuck: Stuck, lines: Lines) -> None:
    """Its line may carry the next one."""
    stuck.go_on()
    stop = Stop()
    _ask(lines, _request(stuck, stop))
    response = lines.handle_request(_request(stuck))
    stop.set()
    assert response.read()
    assert len(stuck.open) == 1


def test_a_proxy_that_falls_silent_holds_nobody_up(stuck: Stuck) -> None:
    """Before it has led anywhere."""
    stuck.answers, stop = 0, Stop()
    request = httpx.Request("GET", "https://vendor.test/", extensions={ERRAND: Errand(stop)})
    lines = Lines(partial(httpx.HTTPTransport, proxy=stuck.url), keep=1)
    with lines, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(lines.handle_request, request)
        assert stuck.reached.acquire(timeout=PATIENCE)
        stop.set()
        assert isinstance(asked.exception(timeout=PATIENCE), Abandoned)
        assert stuck.left.acquire(timeout=PATIENCE)
    assert stuck.asked == ["vendor.test:443"]


@pytest.mark.parametrize("event", ["connect_tcp.complete", "start_tls.complete", "start_tls.started"])
def test_what_is_made_too_late_is_closed_at_once(line: Line, event: str) -> None:
    """And nothing is sent over it."""
    ours, theirs = socketpair()
    stream = _Stream(ours)
    tell = partial(line._trace, Errand(Stop()))
    if event == "start_tls.started":
        tell("connection.connect_tcp.complete", {"return_value": stream})
    line.set()
    with theirs, pytest.raises(Abandoned):
        tell(f"connection.{event}", {"return_value": stream})
    assert ours.fileno() == -1


def test_a_handshake_that_fails_leaves_nothing_open(line: Line) -> None:
    """Nor does shutting it shut anything else afterwards."""
    ours, theirs = socketpair()
    tell = partial(line._trace, Errand(Stop()))
    tell("connection.connect_tcp.complete", {"return_value": _Stream(ours)})
    tell("connection.start_tls.started", {})
    ours.close()
    with theirs:
        tell("connection.start_tls.failed", {})
        assert theirs.recv(1) == b""
        line.set()


def test_what_is_no_socket_is_left_alone(line: Line) -> None:
    """A transport may know other streams; TLS in TLS has none of its own."""
    tell = partial(line._trace, Errand(Stop()))
    tell("connection.connect_tcp.complete", {"return_value": _Stream(object())})
    tell("connection.start_tls.started", {})
    tell("connection.start_tls.failed", {})
    line.set()
    assert line.is_shut


class _Stream:
    def __init__(self, one: Any) -> None:
        self.one = one

    def get_extra_info(self, info: str) -> Any:
        return {"socket": self.one}[info]

    def close(self) -> None:
        self.one.close()
