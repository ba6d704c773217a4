"""Where a record came from: platform, account, page and request."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen


@frozen(kw_only=True)
class RecordKey:
    """What tells one record from every other, on all platforms: brand 500 and retailer 500 differ."""

    vendor: str
    account: str
    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.vendor}:{self.account}:{self.kind}:{self.id}"


@frozen(kw_only=True)
class Source:
    """The place a record was read from.

    Attributes:
        vendor: The adapter's name, such as "crux".
        account: The name the user gave to the account it was read with.
        kind: What it is on that platform: "connection", "organization", "brand", "retailer", "order" …
        id: The platform's own id, as text.
        operation: What was asked for, such as "connections".
        page: The number of the page it stood on, from 1.
        request: Method and URL of that page, without credentials.
        pointer: JSON pointer to the record in the body of that page.
        mapping: The name of the field rules it was mapped by; see `explain`.
        fetched_at: When the page arrived, in UTC.
    """

    vendor: str
    account: str
    kind: str
    id: str
    operation: str
    page: int
    request: str
    pointer: str
    mapping: str
    fetched_at: datetime

    @property
    def key(self) -> RecordKey:
        """The record's identity on all platforms."""
        return RecordKey(vendor=self.vendor, account=self.account, kind=self.kind, id=self.id)

    def __str__(self) -> str:
        return f"{self.vendor} ({self.account}) {self.kind} {self.id}"
