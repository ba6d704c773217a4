"""The vendors as real HTTP servers on loopback, built from their documented behaviour, with faults on demand."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aggregator.sandbox.faults import UnknownFaultError
    from aggregator.sandbox.server import Sandbox, Vendor, in_process, installed_vendors, serve
    from aggregator.sandbox.world import World

__all__ = ["Sandbox", "UnknownFaultError", "Vendor", "World", "in_process", "installed_vendors", "serve"]

_HOMES = {"World": "world", "UnknownFaultError": "faults"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Import on first use, so that looking at this package costs nothing and needs no extra."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    try:
        return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'server')}"), name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in {"starlette", "uvicorn"}:
            message = "The sandbox needs an extra: pip install 'connection-aggregator[sandbox]'"
            raise ImportError(message, name=error.name) from error
        raise
