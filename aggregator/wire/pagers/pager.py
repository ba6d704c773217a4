"""What a pager is, and what it and its driver say to each other."""

from __future__ import annotations

from collections.abc import Generator
from typing import Protocol, TypeAlias

from attrs import field, frozen

from aggregator.adapter.steps import Ahead, Call, Reply
from aggregator.wire.pagers.envelope import Envelope, Opener


@frozen(kw_only=True)
class Rows:
    """A page's rows, ready to be read, with the reply they came in."""

    envelope: Envelope
    reply: Reply = field(repr=False)


@frozen(kw_only=True)
class Vanished:
    """A page that was there a moment ago is gone: the list became shorter while it was walked."""

    what: str


# What a pager is sent: the reply to a call; after a page, how many records its rows stand for; else nothing.
Sent: TypeAlias = Reply | int | None

PageSteps: TypeAlias = Generator[Call | Ahead | Rows | Vanished, Sent, None]


class Pager(Protocol):
    """Turns pages.

    Attributes:
        can_shift: Rows inserted or deleted during the walk move others to another page.
        exact_total: The declared total counts exactly the rows of this list.
    """

    @property
    def can_shift(self) -> bool: ...

    @property
    def exact_total(self) -> bool: ...

    def first(self) -> Call:
        """Return the call for the first page."""

    def open(self, reply: Reply) -> Envelope:
        """Open one page; raises Malformed if it is none."""

    def pages(self) -> PageSteps:
        """Yield calls, and each page's rows, until the platform's own sign of the end."""


def ask(call: Call) -> Generator[Call, Sent, Reply]:
    """Yield a call, for a pager of one's own, and return the reply to it."""
    reply = yield call
    if not isinstance(reply, Reply):
        raise TypeError("a driver sends the reply to a call")
    return reply


def give(page: Rows) -> Generator[Rows, Sent, int]:
    """Yield a page, for a pager that counts, and return how many records its rows stand for: repeats stand for none."""
    records = yield page
    return records if isinstance(records, int) else len(page.envelope.rows)


@frozen(kw_only=True)
class Opening:
    """What opens each page of a list.

    Attributes:
        opener: Opens one page.
    """

    opener: Opener

    def open(self, reply: Reply) -> Envelope:
        """Open one page; raises Malformed if it is none."""
        return self.opener(reply)
