"""Where each record can be looked at: a page for people, where somebody has said it, and the record in the API."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from attrs import field, frozen

from aggregator.model import Connection, Organization, provenance
from aggregator.model.raw import bare
from aggregator.model.record_page import RecordPage
from aggregator.reconcile.account_views import AccountView
from aggregator.reconcile.entries import Account, Entry
from aggregator.reconcile.policy.policy import Policy, any_fits
from aggregator.snapshot import Snapshot

Record = Connection | Organization


@frozen(kw_only=True)
class RecordLinks:
    """The addresses of records.

    Attributes:
        pages: The pages of each account, those that the policy names first.
    """

    pages: Mapping[Account, tuple[RecordPage, ...]] = field(factory=dict)
    _found: dict[str, str | None] = field(factory=dict, init=False, repr=False, eq=False)  # each is asked for often

    def page(self, entry: Entry, record: Record | None = None) -> str | None:
        """Return where a person sees a record of an entry, the first that has a page if none is named."""
        pages = self.pages.get(entry.account)
        if not pages:
            return None
        partner = None if entry.organization is None else entry.organization.id
        records = entry.records if record is None else (record,)
        found = (page.of(one, partner) for one in records for page in pages)
        return next((url for url in found if url is not None), None)

    def api(self, entry: Entry) -> str | None:
        """Return where the API has the first record of an entry that has an address of its own there."""
        if entry.key not in self._found:
            found = (url for one in entry.records if (url := api_address(one)) is not None)
            self._found[entry.key] = next(found, None)
        return self._found[entry.key]


def links_of(snapshot: Snapshot, policy: Policy, views: tuple[AccountView, ...]) -> RecordLinks:
    """Return the links to the records of a snapshot; what the policy says goes before what was collected along."""
    taken = {Account(vendor=one.vendor, name=one.account): one.pages for one in snapshot.record_pages}
    found = {}
    for account in (view.account for view in views):
        ruled = [rule.pages for rule in policy.links if any_fits(rule.accounts, account)]
        found[account] = tuple(page for pages in (*ruled, taken.get(account, ())) for page in pages)
    return RecordLinks(pages=found)


def api_address(record: Record) -> str | None:
    """Return the address of a record in the platform's API, which wants credentials; None if nobody documents it.

    It is what the record calls itself (JSON:API's `links.self`), if that is of the origin that was asked, else what
    the adapter's rules document.
    """
    asked = record.source.request.partition(" ")[2]
    return _own_link(bare(record.raw), asked) or _documented(record, asked)


def _own_link(raw: Any, asked: str) -> str | None:  # noqa: ANN401 - any JSON
    links = raw.get("links") if isinstance(raw, dict) else None
    address = links.get("self") if isinstance(links, dict) else None
    if not isinstance(address, str):
        return None
    origin = _origin(asked)
    return address if origin is not None and address.startswith(f"{origin[0]}/") else None


def _documented(record: Record, asked: str) -> str | None:
    rules = provenance.registered_as(record.source.mapping)
    identifier = record.source.id
    if rules is None or rules.address is None or not identifier.strip(". "):
        return None
    origin = _origin(asked)
    return None if origin is None else urljoin(origin[1], rules.address.replace("{id}", quote(identifier, safe="")))


@lru_cache(maxsize=1 << 12)
def _origin(asked: str) -> tuple[str, str] | None:
    """The origin of the address of a list, and that address without what was asked; None if it is no http(s) URL."""
    try:
        parts = urlsplit(asked)
    except ValueError:
        return None
    if parts.scheme not in {"https", "http"}:
        return None
    origin = f"{parts.scheme}://{parts.netloc}"
    return origin, f"{origin}{parts.path}"
