"""Nothing leaves the configured origin."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from aggregator.adapter import Call
from aggregator.errors import ConfigurationError, ContractError, InvalidQuery, NetworkError, OriginViolation
from aggregator.wire import transport
from aggregator.wire.transport import AsyncPinnedTransport, LeavesOrigin, PinnedTransport, origin_of, tls_for
from tests.wire.fake_vendor import Fake, FakeServer, Way, respond, wire_of


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.test/x",
        "http://vendor.test/x",
        "https://vendor.test:444/x",
        "https://vendor.test./x",
        "https://vendor.test.evil.test/x",
        "https://vendor.test@evil.test/x",
        "https://user:pw@evil.test/",
        "HTTPS://EVIL.TEST/x",
        "https://[::1]/x",
        "ftp://vendor.test/x",
    ],
)
def test_a_call_elsewhere_is_not_sent(way: Way, path: str) -> None:
    """A call that names another scheme, host or port ends as an error, and nothing is sent anywhere."""
    server = FakeServer(lambda request: respond([]))
    with pytest.raises(OriginViolation) as caught:
        way.fetch(wire_of(Fake()), server, Call(path=path))
    assert server.requests == []
    assert (caught.value.who, caught.value.retryable) == ("maintainers", False)


@pytest.mark.parametrize(
    "path",
    [
        "/x",
        "//evil.test/x",
        "/\\evil.test/x",
        "@evil.test/x",
        "/../../x",
        "https://VENDOR.test/x",
        "https://vendor.test:443/x",
        "https://nick@vendor.test/x",
    ],
)
def test_tricks_with_paths_stay_at_home(way: Way, path: str) -> None:
    """What looks like another host in a path, and other spellings of our own, reach the configured origin."""
    server = FakeServer(lambda request: respond([]))
    way.fetch(wire_of(Fake()), server, Call(path=path))
    assert {(one.url.scheme, one.url.host, one.url.port) for one in server.requests} == {("https", "vendor.test", None)}


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://vendor.test", ("https", "vendor.test", 443)),
        ("HTTPS://Vendor.Test:443/a/b", ("https", "vendor.test", 443)),
        ("http://127.0.0.1:8080", ("http", "127.0.0.1", 8080)),
        ("https://[::1]:8/", ("https", "::1", 8)),
        ("https://bücher.test", ("https", "xn--bcher-kva.test", 443)),
        ("https://xn--bcher-kva.test", ("https", "xn--bcher-kva.test", 443)),
    ],
)
def test_origins_are_compared_as_they_go_onto_the_wire(url: str, origin: tuple[str, str, int]) -> None:
    """Letter case, default ports and international names do not make another origin."""
    assert origin_of(url) == origin


@pytest.mark.parametrize("host", ["https://bücher.test", "https://xn--bcher-kva.test"])
def test_a_host_with_an_international_name_is_reached(way: Way, host: str) -> None:
    """Whichever way its name is written, such a platform can be talked to."""
    assert way.fetch(wire_of(Fake(base_url=host)), FakeServer(lambda request: respond([]))).status == 200


@pytest.mark.parametrize("url", ["https://[::1", "https://a\x00b"])
def test_what_is_no_url_is_a_setting_to_mend(url: str) -> None:
    """An address that no request can be made of is told as such."""
    with pytest.raises(ConfigurationError, match="not a URL"):
        origin_of(url)


@pytest.mark.parametrize(
    "location", ["https://evil.test/x?token=1", "http://vendor.test/x", "/elsewhere", "https://vendor.test/loop", ""]
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(way: Way, location: str, status: int) -> None:
    """A redirect anywhere, the own origin included, is an answer nobody can use: one request, one error."""
    server = FakeServer(lambda request: respond({}, status=status, headers={"location": location} if location else {}))
    with pytest.raises(ContractError, match="redirect"):
        way.fetch(wire_of(Fake()), server)
    assert len(server.requests) == 1


def test_a_redirect_to_no_address_is_an_error_of_ours(way: Way) -> None:
    """A redirect whose target cannot be parsed is an error like any other."""
    server = FakeServer(lambda request: respond({}, status=302, headers={"location": "https://[::1"}))
    with pytest.raises((ContractError, NetworkError)):
        way.fetch(wire_of(Fake(), attempts=1), server)


@pytest.mark.parametrize("value", ["a\x00b", "a\nb", "\ud800"])
def test_an_id_that_no_url_can_carry_is_the_callers_to_mend(way: Way, value: str) -> None:
    """Control characters and lone surrogates in a path, a filter or a body end in a sentence, or go out encoded."""
    server = FakeServer(lambda request: respond([]))
    with pytest.raises(InvalidQuery, match="cannot be put into a request"):
        way.fetch(wire_of(Fake()), server, Call(path=f"/rows/{value}"))
    if value == "\ud800":
        for call in (Call(path="/x", query=(("q", value),)), Call(path="/x", body={"q": value}, method="POST")):
            with pytest.raises(InvalidQuery):
                way.fetch(wire_of(Fake()), server, call)
    assert server.requests == []


def test_a_pinned_transport_by_itself_refuses() -> None:
    """The gate holds for whoever uses it, and closing it closes what is behind it."""
    closed: list[Any] = []

    class Inner(FakeServer):
        def close(self) -> None:
            closed.append(self)

        async def aclose(self) -> None:
            closed.append(self)

    inner = Inner(lambda request: respond([]))
    pinned = PinnedTransport(inner, origin_of("https://vendor.test"))
    with pytest.raises(LeavesOrigin, match=r"https://evil\.test:443 is not https://vendor\.test:443"):
        pinned.handle_request(httpx.Request("GET", "https://evil.test/"))
    assert pinned.handle_request(httpx.Request("GET", "https://vendor.test/")).status_code == 200
    pinned.close()
    assert closed == [inner]


async def test_closing_an_asynchronous_gate_closes_what_is_behind_it() -> None:
    """The asynchronous gate passes closing on, too."""
    closed: list[Any] = []

    class Inner(FakeServer):
        async def aclose(self) -> None:
            closed.append(self)

    inner = Inner(lambda request: respond([]))
    pinned = AsyncPinnedTransport(inner, origin_of("https://vendor.test"))
    with pytest.raises(LeavesOrigin):
        await pinned.handle_async_request(httpx.Request("GET", "https://vendor.test:8443/"))
    await pinned.aclose()
    assert closed == [inner]


@pytest.fixture
def _no_authorities_yet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither variable is set, and what encrypts is made anew."""
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    transport._tls.cache_clear()
    yield
    transport._tls.cache_clear()


@pytest.mark.usefixtures("_no_authorities_yet")
@pytest.mark.parametrize(
    ("variable", "named", "why"),
    [
        ("SSL_CERT_FILE", "nowhere.pem", "which cannot be read"),
        ("SSL_CERT_FILE", "no.pem", "which holds no certificates"),
        ("SSL_CERT_DIR", "nowhere", "which is no folder"),
        ("SSL_CERT_DIR", "no.pem", "which is no folder"),
    ],
)
def test_authorities_that_cannot_be_used_are_a_setting_to_mend(
    way: Way, variable: str, named: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variable and what it names are told as soon as a client is made; a platform on loopback needs neither."""
    (tmp_path / "no.pem").write_text("no certificate", "utf-8")
    monkeypatch.setenv(variable, str(tmp_path / named))
    with pytest.raises(ConfigurationError, match=f"{variable} names .*{named}.*{why}.*Set {variable} to"):
        way.open(wire_of(Fake()))
    way.open(wire_of(Fake(base_url="http://127.0.0.1:9")))


@pytest.mark.usefixtures("_no_authorities_yet")
@pytest.mark.parametrize("variable", [None, "SSL_CERT_FILE", "SSL_CERT_DIR"])
def test_authorities_are_taken_from_the_environment(
    variable: str | None, authority: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file or a folder of certificates is taken; without either, the usual authorities are."""
    if variable is not None:
        monkeypatch.setenv(variable, str(authority[0] if variable == "SSL_CERT_FILE" else authority[0].parent))
    assert tls_for("https://vendor.test").verify_mode is ssl.CERT_REQUIRED
