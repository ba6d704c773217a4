"""The last gate before the network: a request that would leave the configured origin is not sent."""

from __future__ import annotations

import ssl
from functools import cache
from typing import TypeAlias
from urllib.request import getproxies, proxy_bypass

from aggregator.adapter.base import is_loopback
from aggregator.errors import ConfigurationError
from aggregator.wire.http import httpx

Origin: TypeAlias = tuple[str, str, int]

_DEFAULT_PORTS = {"https": 443, "http": 80}


class LeavesOrigin(Exception):  # noqa: N818 - it becomes an OriginViolation once vendor and operation are known
    """A request was addressed to another scheme, host or port than the configured one."""


def origin_of(url: str) -> Origin:
    """Return scheme, host and port of a URL as they go onto the wire: names in ASCII, the port spelled out.

    Raises:
        ConfigurationError: It is no URL that can be sent.
    """
    try:
        return _origin(httpx.URL(url))
    except httpx.InvalidURL as error:
        raise ConfigurationError(f"{url!r} is not a URL ({error}).", hint="Write it as https://host/path.") from error


def _origin(url: httpx.URL) -> Origin:
    return url.scheme, url.raw_host.decode("ascii"), url.port or _DEFAULT_PORTS.get(url.scheme, 0)


def proxy_for(url: str) -> str | None:
    """Return the proxy that the environment (HTTPS_PROXY, NO_PROXY …) names for a URL; never one for loopback.

    httpx reads the environment only where it makes the transport itself, and ours is wrapped.
    """
    scheme, host, _ = origin_of(url)
    if is_loopback(host) or proxy_bypass(host):
        return None
    return getproxies().get(scheme) or getproxies().get("all")


def tls_for(url: str) -> ssl.SSLContext:
    """Return what encrypts connections to a URL: one for all clients, since loading the authorities takes long.

    Plain HTTP, which only loopback may speak, gets one that trusts nobody: it costs nothing, and would refuse.
    """
    return _tls() if origin_of(url)[0] == "https" else _trusts_nobody()


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()


@cache
def _trusts_nobody() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _check(request: httpx.Request, origin: Origin) -> None:
    asked = _origin(request.url)
    if asked != origin:
        raise LeavesOrigin(f"{asked[0]}://{asked[1]}:{asked[2]} is not {origin[0]}://{origin[1]}:{origin[2]}")


class PinnedTransport(httpx.BaseTransport):
    """Sends requests to one origin and to no other."""

    def __init__(self, inner: httpx.BaseTransport, origin: Origin) -> None:
        self._inner = inner
        self._origin = origin

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request on, if it stays."""
        _check(request, self._origin)
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


class AsyncPinnedTransport(httpx.AsyncBaseTransport):
    """Sends requests to one origin and to no other."""

    def __init__(self, inner: httpx.AsyncBaseTransport, origin: Origin) -> None:
        self._inner = inner
        self._origin = origin

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request on, if it stays."""
        _check(request, self._origin)
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()
