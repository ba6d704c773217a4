"""Tells how far collecting has come."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeAlias

from attrs import define, frozen

from aggregator.model.listing import Listing, ListingSource

_log = logging.getLogger("aggregator.collect")


@frozen(kw_only=True)
class Progress:
    """How far one listing has come.

    Attributes:
        source: Which listing.
        records: Distinct records so far, in this walk.
        declared: How many the platform says there are, None if it does not say.
        walk: The number of the walk, from 1.
        done: The listing is finished; `listing` holds it.
        listing: The finished listing.
    """

    source: ListingSource
    records: int = 0
    declared: int | None = None
    walk: int = 1
    done: bool = False
    listing: Listing[Any] | None = None


OnProgress: TypeAlias = Callable[[Progress], None]


@define
class Teller:
    """Calls back with progress. A callback that raises is logged and not called again: no list is lost over it."""

    callback: OnProgress | None

    def __call__(self, progress: Progress) -> None:
        """Tell of progress."""
        callback = self.callback
        if callback is None:
            return
        try:
            callback(progress)
        except Exception:  # noqa: BLE001 - what a progress bar stumbles over must not cost a list
            self.callback = None
            _log.exception("on_progress_failed at %s: it is not called again; collecting goes on", progress.source)
