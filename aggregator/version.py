"""The version of this library, as its distribution says it: the only place that is asked."""

from __future__ import annotations


def version() -> str | None:
    """Return the installed version; None where the code is run without having been installed."""
    from importlib.metadata import PackageNotFoundError  # noqa: PLC0415 - slow to import, and seldom asked
    from importlib.metadata import version as version_of  # noqa: PLC0415

    try:
        return version_of("connection-aggregator")
    except PackageNotFoundError:
        return None
