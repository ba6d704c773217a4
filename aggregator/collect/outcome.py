"""What failures make of a listing, and of the whole."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias, get_args

from aggregator.adapter.base import Adapter
from aggregator.adapter.steps import Plan
from aggregator.adapter.unready import Unready
from aggregator.collect.accounts import source_of
from aggregator.collect.progress import Progress, Teller
from aggregator.errors import UsageError
from aggregator.model.coverage import Coverage, Failure, StopReason
from aggregator.model.listing import UNNAMED, Listing, ListingSource
from aggregator.model.record import Record
from aggregator.snapshot import Snapshot

OnFailure: TypeAlias = Literal["keep", "raise_if_any", "raise_if_all"]
"""Listings that failed are kept as incomplete; or raise a `CollectFailed` if any, or if all, of them did."""

_log = logging.getLogger("aggregator.collect")


class CollectFailed(ExceptionGroup[Exception]):
    """Listings that failed, one exception each; what could be collected is in `snapshot`, in each part of it too."""

    snapshot: Snapshot

    def derive(self, excs: Sequence[Exception], /) -> CollectFailed:  # type: ignore[override] # of whatever is inside
        """Return those of the exceptions that `except*` or `split` picks, with the same snapshot."""
        part = CollectFailed(self.message, excs)
        part.snapshot = self.snapshot
        return part


def without_plans(adapter: Adapter, error: Exception, tell: Teller) -> Listing[Any]:
    """The listing of an adapter that could not even say what it lists."""
    source = ListingSource(vendor=adapter.vendor, account=adapter.account, operation=UNNAMED)
    listing = broken(source, error)
    tell(Progress(source=source, done=True, listing=listing))
    return listing


def unasked(account: Unready, plans: Iterable[Plan[Any]], tell: Teller) -> list[Listing[Any]]:
    """The lists of an account whose secret cannot be had; where nobody can say which those are, one for them all."""
    error = account.error
    whole = ListingSource(vendor=account.vendor, account=account.account, operation=UNNAMED)
    listings = [
        unfinished(
            source,
            (),
            stop=StopReason.FAILURE,
            reason=str(error),
            scope=scope,
            failure=error.as_failure(),
            error=error,
        )
        for source, scope in [(source_of(plan), plan.scope) for plan in plans] or [(whole, None)]
    ]
    for listing in listings:
        tell(Progress(source=listing.source, done=True, listing=listing))
    return listings


def broken(
    source: ListingSource, error: Exception, scope: str | None = None, kept: Iterable[Record] = ()
) -> Listing[Any]:
    """The listing of an adapter that raised what no adapter should: its own fault, not the vendor's."""
    _log.exception("adapter_failed vendor=%s account=%s operation=%s", source.vendor, source.account, source.operation)
    message = (
        f"{source.vendor} ({source.account}), {source.operation}: a fault in the adapter ({type(error).__name__})."
    )
    failure = Failure(code=type(error).__name__, message=f"{message} Please report it.")
    return unfinished(
        source,
        tuple(kept),
        stop=StopReason.FAILURE,
        reason=failure.message,
        scope=scope,
        failure=failure,
        error=error,
    )


def unfinished(
    source: ListingSource,
    records: tuple[Record, ...],
    *,
    stop: StopReason,
    reason: str,
    scope: str | None = None,
    failure: Failure | None = None,
    error: Exception | None = None,
) -> Listing[Any]:
    """Return the incomplete listing of a walk that did not come to its own end."""
    now = datetime.now(UTC)
    coverage = Coverage(
        complete=False,
        reason=reason,
        stop=stop,
        scope=scope,
        unique=len(records),
        started_at=now,
        finished_at=now,
        failure=failure,
    )
    return Listing(source=source, records=records, coverage=coverage, error=error)


def check_on_failure(said: str) -> None:
    """Refuse a word that is none, before anything is fetched.

    Raises:
        UsageError: It is none.
    """
    known = get_args(OnFailure)
    if said not in known:
        raise UsageError(f"on_failure={said!r} cannot be.", hint=f"It is one of {', '.join(map(repr, known))}.")


def judged(snapshot: Snapshot, on_failure: OnFailure) -> Snapshot:
    """Return the snapshot.

    Raises:
        CollectFailed: Listings failed, and `on_failure` says that it matters.
    """
    errors = [listing.error for listing in snapshot.listings if listing.error is not None]
    too_many = bool(errors) if on_failure == "raise_if_any" else len(errors) == len(snapshot.listings) > 0
    if on_failure == "keep" or not too_many:
        return snapshot
    failed = CollectFailed(f"{len(errors)} of {len(snapshot.listings)} listings failed", errors)
    failed.snapshot = snapshot
    raise failed
