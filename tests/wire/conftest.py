"""Both ways to wait, for every test that asks for a `way`; and a platform that falls silent, with TLS and without."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from aggregator.wire.http import httpx
from tests.wire.fake_vendor import WAYS, Way
from tests.wire.stuck import Stuck


@pytest.fixture(params=WAYS, ids=lambda way: way.name)
def way(request: pytest.FixtureRequest) -> Way:
    """Threads, then tasks."""
    chosen: Way = request.param
    return chosen


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    """The certificate of an authority of our own, in a file, and a server's side of TLS that it vouches for."""
    authority = trustme.CA()
    file = tmp_path_factory.mktemp("tls") / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    return file, tls


@pytest.fixture
def stuck() -> Iterator[Stuck]:
    """A platform that falls silent."""
    with Stuck().serving() as server:
        yield server


@pytest.fixture
def stuck_tls(authority: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch) -> Iterator[Stuck]:
    """A platform that speaks TLS and falls silent."""
    file, tls = authority
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    monkeypatch.setattr("aggregator.wire.transport._tls", httpx.create_ssl_context)
    with Stuck(tls).serving() as server:
        yield server


@pytest.fixture(params=["stuck", "stuck_tls"], ids=["plain", "tls"])
def stuck_either(request: pytest.FixtureRequest) -> Stuck:
    """One of them."""
    chosen: Stuck = request.getfixturevalue(request.param)
    return chosen
