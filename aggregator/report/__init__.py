"""A reconciliation for people and for machines: a page, a workbook, plain files, and a page to review matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.lazy import lazily

if TYPE_CHECKING:
    from aggregator.report.folder import read_partner_ids, write_report
    from aggregator.report.markdown import as_markdown
    from aggregator.report.page import render_page

_HOMES = {
    "as_markdown": ".markdown",
    "read_partner_ids": ".folder",
    "render_page": ".page",
    "write_report": ".folder",
}

__all__ = ["as_markdown", "read_partner_ids", "render_page", "write_report"]


if not TYPE_CHECKING:  # type checkers shall go on knowing which names there are
    __getattr__ = lazily(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
