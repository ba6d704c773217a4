"""Tells whoever wants to know what happens on the wire: by hooks, and by log lines with stable names."""

from __future__ import annotations

import logging
from typing import Literal, TypeAlias

from attrs import asdict, frozen

EventName: TypeAlias = Literal["request", "retry", "wait", "page", "listing"]

_log = logging.getLogger("aggregator.events")


@frozen(kw_only=True)
class WireEvent:
    """Something that happened; what does not apply is None.

    Attributes:
        vendor: The adapter's name.
        account: The user's name for the account.
        operation: What is fetched, such as "connections".
        request: Method and URL, without credentials.
        status: HTTP status of the answer.
        seconds: How long the request took, or how long is waited.
        reason: Why a request is repeated, or why is waited.
        page: The number of the page in its walk.
        records: Records on the page, or in the listing.
        complete: Whether the listing is complete.
    """

    vendor: str
    account: str
    operation: str
    request: str | None = None
    status: int | None = None
    seconds: float | None = None
    reason: str | None = None
    page: int | None = None
    records: int | None = None
    complete: bool | None = None


class Hooks:
    """Override what you want to hear of. It may be called from several threads; what it raises breaks nothing."""

    def request(self, event: WireEvent) -> None:
        """An answer came, good or bad."""

    def retry(self, event: WireEvent) -> None:
        """A request will be repeated."""

    def wait(self, event: WireEvent) -> None:
        """Nothing is sent for some seconds: a rate limit, or a pause before a repetition."""

    def page(self, event: WireEvent) -> None:
        """A page was read."""

    def listing(self, event: WireEvent) -> None:
        """A list was walked to its end, or as far as it went."""


def tell(hooks: Hooks, name: EventName, event: WireEvent) -> None:
    """Log an event and pass it on; a hook that raises is logged and otherwise ignored."""
    if _log.isEnabledFor(logging.DEBUG):
        said = asdict(event, filter=lambda _, value: value is not None)
        _log.debug("%s %s", name, " ".join(f"{key}={value!r}" for key, value in said.items()))
    try:
        getattr(hooks, name)(event)
    except Exception:  # noqa: BLE001 - a hook of the user's must not break the call it hears of
        _log.exception("hook_failed event=%s", name)
