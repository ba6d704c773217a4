"""Closes the connection of a task that was cancelled in the middle of its TLS handshake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from attrs import define, field


class _Stream(Protocol):
    async def aclose(self) -> None: ...


@define
class Handshake:
    """Hears what is done for one request of a task; httpcore forgets a connection whose handshake is cancelled."""

    _streams: list[_Stream] = field(factory=list, init=False)

    async def trace(self, what: str, info: Mapping[str, Any]) -> None:
        """Hear what the transport is doing, by httpcore's request extension "trace"."""
        match what.partition(".")[2]:
            case "connect_tcp.complete":
                self._streams.append(info["return_value"])
            case "start_tls.failed":
                for one in self._streams:
                    await one.aclose()
