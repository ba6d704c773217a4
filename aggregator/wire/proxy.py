"""Which proxy the environment names, and whether it can be used."""

from __future__ import annotations

import os
from base64 import b64encode
from importlib.util import find_spec
from urllib.request import getproxies, proxy_bypass

from aggregator.adapter.base import is_loopback
from aggregator.errors import ConfigurationError
from aggregator.secret import Secret
from aggregator.wire.http import httpx
from aggregator.wire.transport import origin_of

_SOCKS_NEEDS = "socksio"


def proxy_for(url: str) -> str | None:
    """Return the proxy that the environment (HTTPS_PROXY, ALL_PROXY, NO_PROXY) names for a URL; never one for loopback.

    httpx reads the environment only where it makes the transport itself, and ours is wrapped.

    Raises:
        ConfigurationError: It names one that cannot be used.
    """
    scheme, host, port = origin_of(url)
    if is_loopback(host) or proxy_bypass(host) or proxy_bypass(f"{host}:{port}"):
        return None
    named = getproxies()
    for kind in (scheme, "all"):
        if kind in named:
            return _usable(named[kind], _variable(kind))
    return None


def _variable(kind: str) -> str:
    """Return what the proxy was read from; a system may have settings of its own for that."""
    names = (f"{kind}_proxy", f"{kind.upper()}_PROXY")
    return next((name for name in names if os.environ.get(name)), "the system's proxy setting")


def _usable(said: str, variable: str) -> str:
    """Return a proxy's URL. One without a scheme speaks HTTP, as every other tool takes it.

    No message quotes it, for it may hold a password.
    """
    url = said if "://" in said else f"http://{said}"
    hint = f"Set {variable} to an address such as http://proxy.example.com:3128, or name the host in NO_PROXY."
    try:
        proxy = httpx.Proxy(url)
    except (httpx.InvalidURL, ValueError):
        raise ConfigurationError(f"{variable} names no proxy that can be used.", hint=hint) from None
    if not proxy.url.host:
        raise ConfigurationError(f"{variable} names a proxy without a host.", hint=hint)
    if proxy.url.scheme.startswith("socks") and find_spec(_SOCKS_NEEDS) is None:
        raise ConfigurationError(
            f"{variable} names a SOCKS proxy, which needs the package {_SOCKS_NEEDS}.",
            hint=f"Try: pip install {_SOCKS_NEEDS}. Or set {variable} to an HTTP proxy.",
        )
    if proxy.auth is not None:
        _know(*proxy.auth)
    return url


def _know(user: str, password: str) -> None:
    """Have a proxy's password masked from now on, also as it goes over the wire: a proxy may give it back."""
    for one in (password, b64encode(f"{user}:{password}".encode()).decode()):
        Secret(one)
