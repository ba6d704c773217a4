"""What an extra is needed for."""

from __future__ import annotations

from pathlib import Path

from aggregator.errors import ConfigurationError


def missing(path: Path, what: str, package: str, extra: str) -> ConfigurationError:
    """Return what says that a file cannot be read without a package, and how to get it."""
    return ConfigurationError(
        f"{path} cannot be read: for {what}, {package} must be installed.",
        hint=f"Try: pip install 'connection-aggregator[{extra}]'; or save it as CSV.",
    )
