"""Whether a list is the whole list, and how we know."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from attrs import field, frozen


class StopReason(StrEnum):
    """Why a walk through a list ended."""

    END = "end"  # the vendor's own sign that there is no more
    LIMIT = "limit"  # a cap of ours, or of the caller's
    FAILURE = "failure"  # an error that retrying did not heal
    ABANDONED = "abandoned"  # the caller stopped reading


@frozen(kw_only=True)
class Failure:
    """An error as data, so that it can be kept in a snapshot: what went wrong and who can mend it."""

    code: str
    message: str
    retryable: bool = False


@frozen(kw_only=True)
class Coverage:
    """What the vendor declared, what came, and why the walk stopped.

    Attributes:
        complete: Every record the vendor holds within the scope is in the listing. Only then may a partner that is
            not in it be called missing.
        reason: Why it is not complete, as a sentence; None when it is.
        stop: Why the last walk ended.
        scope: The filter that was asked for, None for everything. A complete filtered list says nothing of the rest.
        since: Where the scope is nothing but a span of time up to now, its beginning; else None.
        declared: How many records the vendor said there are, None if it does not say.
        received: Rows that came in the last walk, duplicates and unreadable ones included.
        unique: Distinct records in the listing.
        duplicates: Rows of the last walk that repeated an id already seen.
        rejected: How many rows could not be read; the first 1,000 of each walk are in `Listing.rejected`.
        pages: Pages read in the last walk.
        walks: How many times the list was walked before two walks agreed.
        drift: What made a further walk necessary, one sentence each.
        started_at: When the first page was asked for, in UTC.
        finished_at: When the last page was read, in UTC.
        failure: The error that ended the walk, if one did.
    """

    complete: bool
    reason: str | None = None
    stop: StopReason
    scope: str | None = None
    since: datetime | None = None
    declared: int | None = None
    received: int = 0
    unique: int = 0
    duplicates: int = 0
    rejected: int = 0
    pages: int = 0
    walks: int = 1
    drift: tuple[str, ...] = ()
    started_at: datetime
    finished_at: datetime
    failure: Failure | None = None

    @property
    def proves_absence(self) -> bool:
        """A record that is not in this listing does not exist on the platform: it is complete and was not filtered."""
        return self.complete and self.scope is None

    def __str__(self) -> str:
        of = "" if self.declared is None else f" of {self.declared} declared"
        scope = "" if self.scope is None else f" where {self.scope}"
        walks = "" if self.walks == 1 else f", {self.walks} walks"
        state = "complete" if self.complete else f"INCOMPLETE: {self.reason}"
        return f"{self.unique}{of}{scope}, {self.pages} {'page' if self.pages == 1 else 'pages'}{walks}, {state}"


@frozen(kw_only=True)
class Rejected:
    """A row that could not be read, set aside with the reason, so that nothing is lost and nothing sinks the rest.

    Attributes:
        page: The number of the page it stood on, from 1.
        request: Method and URL of that page.
        pointer: JSON pointer to the row in the body of the page.
        errors: What is wrong, each with a JSON path into the row: "required field missing @ $.id".
        raw: The row as it came; it can be any JSON value.
    """

    page: int
    request: str
    pointer: str
    errors: tuple[str, ...]
    raw: object = field(default=None, repr=False, eq=False)

    def __str__(self) -> str:
        return f"{self.pointer} on page {self.page}: {'; '.join(self.errors)}"


@frozen(kw_only=True)
class Drift:
    """Where the vendor's answers differ from what its documentation says: counted, never fatal.

    Attributes:
        unknown_keys: JSON path of each key no document names, with the number of records that carry it.
        unknown_values: Field and word of each status or kind no document names, with its count.
        notes: Anything else worth a look, such as a time without a zone, with its count.
    """

    unknown_keys: Mapping[str, int] = field(factory=dict)
    unknown_values: Mapping[str, int] = field(factory=dict)
    notes: Mapping[str, int] = field(factory=dict)

    def __bool__(self) -> bool:
        return bool(self.unknown_keys or self.unknown_values or self.notes)
