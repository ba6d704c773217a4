"""The last gate before the network: a request that would leave the configured origin is not sent."""

from __future__ import annotations

import os
import ssl
from functools import cache
from pathlib import Path
from typing import TypeAlias

from aggregator.errors import ConfigurationError
from aggregator.wire.http import httpx

Origin: TypeAlias = tuple[str, str, int]

_DEFAULT_PORTS = {"https": 443, "http": 80}

# The variables that name certificate authorities, the first one first, and what each is to be set to.
_AUTHORITIES = {"SSL_CERT_FILE": "a file of certificates in PEM", "SSL_CERT_DIR": "a folder of certificates"}


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


def tls_for(url: str) -> ssl.SSLContext:
    """Return what encrypts connections to a URL: one for all clients, since loading the authorities takes long.

    Plain HTTP, which only loopback may speak, gets one that trusts nobody: it costs nothing, and would refuse.

    Raises:
        ConfigurationError: SSL_CERT_FILE or SSL_CERT_DIR names what holds no certificates.
    """
    return _tls() if origin_of(url)[0] == "https" else _trusts_nobody()


@cache
def _tls() -> ssl.SSLContext:
    named = next(((name, said) for name in _AUTHORITIES if (said := os.environ.get(name))), None)
    if named is None:
        return httpx.create_ssl_context()
    variable, said = named
    hint = f"Set {variable} to {_AUTHORITIES[variable]}, or unset it."
    if variable == "SSL_CERT_DIR" and not Path(said).is_dir():  # which OpenSSL would take in silence
        raise ConfigurationError(f"{variable} names {said!r}, which is no folder.", hint=hint)
    try:
        return httpx.create_ssl_context()
    except (OSError, ValueError) as error:  # an SSLError is an OSError; ValueError: a NUL in the name
        why = "which holds no certificates" if isinstance(error, ssl.SSLError) else "which cannot be read"
        raise ConfigurationError(f"{variable} names {said!r}, {why}: {error}.", hint=hint) from error


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
