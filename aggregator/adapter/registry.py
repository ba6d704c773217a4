"""Adapters are found by entry point, so a third party's package plugs in the same way as ours."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from aggregator.adapter.base import Adapter
from aggregator.adapter.entry_point import ASK_ITS_AUTHOR, load_entry_point
from aggregator.errors import ConfigurationError

GROUP = "aggregator.adapters"


def adapter_names() -> tuple[str, ...]:
    """Return the names of all installed adapters, in alphabetical order."""
    return tuple(sorted(entry_points(group=GROUP).names))


def load_adapter(name: str) -> type[Adapter]:
    """Return the adapter of this name.

    Raises:
        ConfigurationError: There is none of that name, what it needs is not installed, or it cannot be loaded.
    """
    found = entry_points(group=GROUP, name=name)
    if not found:
        raise ConfigurationError(
            f"There is no adapter named {name!r}.", hint=f"Installed are: {', '.join(adapter_names())}."
        )
    return _load(next(iter(found)))


def record_kinds() -> frozenset[str]:
    """Return the kinds of records that any installed adapter lists partners by; nothing where one does not say."""
    known: set[str] = set()
    for entry_point in entry_points(group=GROUP):
        try:
            kinds = _load(entry_point).record_kinds
        except ConfigurationError:  # whoever uses this adapter is told so
            kinds = ()
        if not kinds:
            return frozenset()
        known.update(kinds)
    return frozenset(known)


def _load(entry_point: EntryPoint) -> type[Adapter]:
    found = load_entry_point(entry_point, "adapter")
    if not (isinstance(found, type) and issubclass(found, Adapter)):
        raise ConfigurationError(f"{entry_point.value!r} is no adapter.", hint=ASK_ITS_AUTHOR)
    return found
