"""A reconciliation for people and for machines: a page, a workbook, plain files, and a page to review matches."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aggregator.report.folder import read_partner_ids, write_report
    from aggregator.report.markdown import as_markdown
    from aggregator.report.page import render_page

_HOMES = {
    "as_markdown": "markdown",
    "read_partner_ids": "folder",
    "render_page": "page",
    "write_report": "folder",
}

__all__ = ["as_markdown", "read_partner_ids", "render_page", "write_report"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
