"""The environment's proxy: which one is used, and what is said of one that cannot be."""

from __future__ import annotations

import os

import pytest

from aggregator.errors import ConfigurationError
from aggregator.wire import proxy
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
