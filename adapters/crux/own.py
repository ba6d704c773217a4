"""Finds out who we are before a list of connections is walked, so that each knows which side is the partner."""

from __future__ import annotations

from attrs import define, field, frozen

from adapters.crux import wire, words
from adapters.crux.mapping import OwnSide
from aggregator.adapter.schema import said
from aggregator.adapter.steps import Call, DriftCount, Malformed, Reply, Unreadable
from aggregator.errors import NotFound, PermissionDenied
from aggregator.wire.pagers import Envelope, Pager, PageSteps, ask

_DOUBT = "own_role is not known ({why}), so neither side is the partner; set own_role"


@define
class Finding:
    """What a walk has found out about who we are."""

    own: OwnSide = field(factory=OwnSide)


@frozen(kw_only=True)
class AskingWhoWeAre:
    """Asks for the own organization, then turns the pages of another pager.

    A platform that does not let us ask, or answers with something else, leaves the side open; any other failure is one
    of the walk.
    """

    pager: Pager
    call: Call
    finding: Finding

    @property
    def can_shift(self) -> bool:
        """As of the pager behind it."""
        return self.pager.can_shift

    @property
    def exact_total(self) -> bool:
        """As of the pager behind it."""
        return self.pager.exact_total

    def first(self) -> Call:
        """Return the call for the first page of the list itself."""
        return self.pager.first()

    def open(self, reply: Reply) -> Envelope:
        """Open one page of the list itself."""
        return self.pager.open(reply)

    def pages(self) -> PageSteps:
        """Ask, remember the answer, and turn the pages."""
        try:
            reply = yield from ask(self.call)
        except (NotFound, PermissionDenied) as error:
            self.finding.own = OwnSide(doubt=_DOUBT.format(why=error.code))
        else:
            self.finding.own = _read(reply)
        yield from self.pager.pages()


def _read(reply: Reply) -> OwnSide:
    try:
        row = wire.ORGANIZATION.read(reply.json(), DriftCount())
    except (Malformed, Unreadable):
        return OwnSide(doubt=_DOUBT.format(why="the own organization cannot be read"))
    role = words.ORGANIZATION_TYPE.get(words.fold(said(row.org_type) or ""))
    return OwnSide(role=role, organization_id=row.uuid)
