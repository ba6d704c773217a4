"""A list that comes whole."""

from __future__ import annotations

from attrs import frozen

from aggregator.adapter.steps import Call
from aggregator.wire.pagers.pager import Opening, PageSteps, Rows, ask


@frozen(kw_only=True)
class Single(Opening):
    """A list, or one record, that comes whole in one answer; the closing bracket is the sign of the end."""

    call: Call
    can_shift: bool = False
    exact_total: bool = True

    def first(self) -> Call:
        return self.call

    def pages(self) -> PageSteps:
        reply = yield from ask(self.call)
        yield Rows(envelope=self.open(reply), reply=reply)
