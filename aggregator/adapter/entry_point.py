"""Loads what a distribution plugs in, and says what is the matter where it cannot be loaded."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint

from aggregator.errors import ConfigurationError

ASK_ITS_AUTHOR = "Install another version of it, or ask its author."


def load_entry_point(entry_point: EntryPoint, what: str) -> object:
    """Return what an entry point names.

    Args:
        entry_point: Where it is.
        what: What it is called in an error, such as "adapter".

    Raises:
        ConfigurationError: What it needs is not installed, another package goes by its name, or it cannot be loaded.
    """
    called = f"The {what} {entry_point.name!r}"
    try:
        return entry_point.load()
    except ModuleNotFoundError as error:
        missing = error.name or "it is made of"
        if missing.startswith(f"{_package(entry_point)}."):
            raise _shadowed(entry_point, called) from error
        raise ConfigurationError(
            f"{called} needs the package {missing!r}, which is not installed.",
            hint=f"Try: pip install '{_wanted(entry_point, missing)}'.",
        ) from error
    except (ImportError, AttributeError) as error:
        raise ConfigurationError(f"{called} cannot be loaded: {error}.", hint=ASK_ITS_AUTHOR) from error


def _package(entry_point: EntryPoint) -> str:
    return entry_point.module.partition(".")[0]


def _shadowed(entry_point: EntryPoint, called: str) -> ConfigurationError:
    """Return the error for a package that was found, and is another one of the same name."""
    package = _package(entry_point)
    owner = "its distribution" if entry_point.dist is None else entry_point.dist.name
    return ConfigurationError(
        f"{called} cannot be loaded: the package {package!r} found at {_place(package)} is not that of {owner}.",
        hint="Rename that one, or work in another folder. The command `aggregator` does not look into the folder it is "
        "called in, as `python -m aggregator` does.",
    )


def _place(package: str) -> str:
    found = sys.modules.get(package)
    return getattr(found, "__file__", None) or next(iter(getattr(found, "__path__", ())), "a place that nobody knows")


def _wanted(entry_point: EntryPoint, missing: str) -> str:
    """Return what to install: the extra of the entry point's name, if its distribution has one."""
    dist = entry_point.dist
    if dist is None:
        return missing
    if entry_point.name in (dist.metadata.get_all("Provides-Extra") or ()):
        return f"{dist.name}[{entry_point.name}]"
    return dist.name if missing == _package(entry_point) else missing
