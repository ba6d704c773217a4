"""A page for people about each partner, which stands for the platform's own: no vendor documents one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Final

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from aggregator.sandbox.world import PartnerRecord

PATH: Final = "/sandbox/partners/"
"""Where the pages lie; no vendor has such a path."""

_SAFE: Final = {"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff"}


def with_pages(app: ASGIApp, name: str, records: Iterable[PartnerRecord]) -> ASGIApp:
    """The application, with a page for each partner that a browser opens without credentials.

    Args:
        app: the vendor.
        name: what it is called.
        records: its part of the world.
    """
    known: dict[str, PartnerRecord] = {}

    async def paged(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PATH):
            await app(scope, receive, send)
            return
        if not known:
            known.update(_by_id(records))
        record = known.get(scope["path"].removeprefix(PATH))
        shown = _page(name, "There is no such partner.", {}) if record is None else _page(name, *_told(record))
        await HTMLResponse(shown, 404 if record is None else 200, _SAFE)(scope, receive, send)

    return paged


def _by_id(records: Iterable[PartnerRecord]) -> Iterator[tuple[str, PartnerRecord]]:
    for record in records:
        if record.connection_id is not None:
            yield record.connection_id, record
        yield record.native_id, record


def _told(record: PartnerRecord) -> tuple[str, Mapping[str, str | None]]:
    return record.name, {
        "Id": record.native_id,
        "Connection": record.connection_id,
        "Status": record.status,
        "Website": record.website,
        "E-mail": record.email,
        "Phone": record.phone,
        "Account number": record.account_number,
        "Since": f"{record.created_at:%Y-%m-%d}",
    }


def _page(vendor: str, title: str, rows: Mapping[str, str | None]) -> str:
    told = "".join(f"<dt>{key}</dt><dd>{escape(value)}</dd>" for key, value in rows.items() if value)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<p>The sandbox of {escape(vendor)}, for want of the platform's own page</p>"
        f"<h1>{escape(title)}</h1><dl>{told}</dl></html>"
    )
