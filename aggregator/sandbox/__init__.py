"""The vendors as real HTTP servers on loopback, built from their documented behaviour, with faults on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.lazy import lazily

if TYPE_CHECKING:
    from aggregator.sandbox.faults import UnknownFaultError
    from aggregator.sandbox.server import Sandbox, Vendor, in_process, installed_vendors, serve
    from aggregator.sandbox.world import World

__all__ = ["Sandbox", "UnknownFaultError", "Vendor", "World", "in_process", "installed_vendors", "serve"]

_HOMES = dict.fromkeys(__all__, ".server") | {"World": ".world", "UnknownFaultError": ".faults"}
_load = lazily(__name__, _HOMES)


def __getattr__(name: str) -> object:
    """Load a name when it is first used, so that looking at this package needs no extra."""
    try:
        return _load(name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in {"starlette", "uvicorn"}:
            message = "The sandbox needs an extra: pip install 'connection-aggregator[sandbox]'"
            raise ImportError(message, name=error.name) from error
        raise
