"""Adapters are found by entry point, so a third party's package plugs in the same way as ours."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import cast

from aggregator.adapter.base import Adapter
from aggregator.errors import ConfigurationError

GROUP = "aggregator.adapters"


def adapter_names() -> tuple[str, ...]:
    """Return the names of all installed adapters, in alphabetical order."""
    return tuple(sorted(entry_points(group=GROUP).names))


def load_adapter(name: str) -> type[Adapter]:
    """Return the adapter of this name.

    Raises:
        ConfigurationError: There is none of that name, or what it needs is not installed.
    """
    found = entry_points(group=GROUP, name=name)
    if not found:
        raise ConfigurationError(
            f"There is no adapter named {name!r}.", hint=f"Installed are: {', '.join(adapter_names())}."
        )
    return _load(next(iter(found)))


def _load(entry_point: EntryPoint) -> type[Adapter]:
    try:
        return cast("type[Adapter]", entry_point.load())
    except ModuleNotFoundError as error:
        package = "" if entry_point.dist is None else entry_point.dist.name
        raise ConfigurationError(
            f"The adapter {entry_point.name!r} needs the package {error.name!r}, which is not installed.",
            hint=f"Try: pip install '{package}[{entry_point.name}]'.",
        ) from error
