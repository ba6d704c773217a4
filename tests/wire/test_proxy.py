"""The environment's proxy: which one is used, and what is said of one that cannot be."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from base64 import b64encode
from collections.abc import Iterator
from socketserver import StreamRequestHandler, ThreadingTCPServer

import pytest

from aggregator.client import AsyncClient, Client
from aggregator.errors import ConfigurationError, NetworkError
from aggregator.wire import proxy
from aggregator.wire.options import Options
from aggregator.wire.proxy import proxy_for
from tests.wire.fake_vendor import Fake, Way, wire_of


@pytest.fixture(autouse=True)
def _no_proxy_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)


def test_the_environments_proxy_is_used_but_never_for_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """HTTPS_PROXY and NO_PROXY are heeded, and this machine is always reached directly."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:3128")
    monkeypatch.setenv("NO_PROXY", "direct.test,ported.test:8443")
    assert proxy_for("https://vendor.test") == "http://proxy.test:3128"
    assert proxy_for("https://direct.test") is None
    assert proxy_for("https://ported.test:8443") is None
    assert proxy_for("https://ported.test") == "http://proxy.test:3128"
    assert proxy_for("https://127.0.0.1:8443") is None
    assert proxy_for("http://localhost:8080") is None
    monkeypatch.delenv("HTTPS_PROXY")
    assert proxy_for("https://vendor.test") is None
    monkeypatch.setenv("ALL_PROXY", "http://all.test:1")
    assert proxy_for("https://vendor.test") == "http://all.test:1"


def test_a_proxy_without_a_scheme_speaks_http(monkeypatch: pytest.MonkeyPatch) -> None:
    """Host and port alone are taken as other tools take them."""
    monkeypatch.setenv("https_proxy", "proxy.test:3128")
    assert proxy_for("https://vendor.test") == "http://proxy.test:3128"


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
@pytest.mark.parametrize(
    ("named", "why"),
    [
        ("socks5://nick:pass-4711@127.0.0.1:1080", "SOCKS proxy"),
        ("ftp://nick:pass-4711@proxy.test", "no proxy that can be used"),
        ("http://nick:pass-4711@proxy.test:port", "no proxy that can be used"),
        ("http://", "without a host"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_a_setting_to_mend(
    way: Way, variable: str, named: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variable is told as soon as a client is made, and what it holds is not; loopback needs no proxy."""
    monkeypatch.setattr(proxy, "_SOCKS_NEEDS", "a_package_that_nobody_has")
    monkeypatch.setenv(variable, named)
    with pytest.raises(ConfigurationError, match=f"^{variable} names .*{why}") as caught:
        way.open(wire_of(Fake()))
    assert variable in caught.value.hint
    assert "pass-4711" not in f"{caught.value}{caught.value.__cause__}"
    way.open(wire_of(Fake(base_url="http://127.0.0.1:9")))


def test_a_socks_proxy_is_used_where_its_package_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """What can be used is used."""
    monkeypatch.setattr(proxy, "_SOCKS_NEEDS", "pytest")
    monkeypatch.setenv("ALL_PROXY", "socks5h://proxy.test:1080")
    assert proxy_for("https://vendor.test") == "socks5h://proxy.test:1080"


def test_a_systems_own_setting_is_called_that(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no variable is set, the message names the system's settings."""
    monkeypatch.setattr(proxy, "getproxies", lambda: {"https": "http://"})
    with pytest.raises(ConfigurationError, match="the system's proxy setting names"):
        proxy_for("https://vendor.test")


PASSWORD = "pass/word 4711"
PAIR = b64encode(f"nick:{PASSWORD}".encode()).decode()


class _Echo(StreamRequestHandler):
    """Refuses what it is asked, and gives back the credentials that it was sent, also in clear."""

    def handle(self) -> None:
        sent = ""
        while header := self.rfile.readline().strip().decode():
            name, _, value = header.partition(": ")
            sent = value if name.lower() == "proxy-authorization" else sent
        reason = f"{sent} ({PASSWORD}) is not enough"
        self.wfile.write(f"HTTP/1.1 407 {reason}\r\nContent-Length: 0\r\n\r\n".encode())


@pytest.fixture
def echo() -> Iterator[int]:
    """The port of a proxy that gives back what it was sent."""
    with ThreadingTCPServer(("127.0.0.1", 0), _Echo) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_a_proxy_that_gives_back_its_password_has_it_masked(
    way: Way, echo: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither in clear nor as it goes over the wire does it stand in an error or a log line."""
    monkeypatch.setenv("HTTPS_PROXY", f"http://nick:pass%2Fword%204711@127.0.0.1:{echo}")
    caplog.set_level(logging.DEBUG)

    def in_threads() -> None:
        with Client(Fake(), options=Options(attempts=1)) as client:
            client.list_connections()

    async def in_tasks() -> None:
        async with AsyncClient(Fake(), options=Options(attempts=1)) as client:
            await client.list_connections()

    with pytest.raises(NetworkError) as caught:
        in_threads() if way.name == "threads" else asyncio.run(in_tasks())
    assert "Basic *** (***) is not enough" in str(caught.value)
    told = f"{caught.value}{caught.value.__cause__}{caplog.text}"
    assert PASSWORD not in told
    assert PAIR not in told
