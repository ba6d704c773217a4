"""Ten adapters, each with one classic mistake, beside the sound one they are made of."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any, ClassVar
from urllib.parse import urlsplit

from attrs import evolve, field, fields, frozen

from aggregator.adapter import (
    YES,
    Adapter,
    Call,
    Capabilities,
    ClientCredentials,
    DriftCount,
    Login,
    Malformed,
    Place,
    Plan,
    Reply,
    Steps,
    Token,
    Unreadable,
    no,
)
from aggregator.errors import AggregatorError
from aggregator.model import Connection, ConnectionStatus
from aggregator.secret import Secret
from aggregator.testing import AfterId, ListProfile, LoginProfile, Numbered, Offset, WireProfile
from aggregator.wire.pagers import (
    Envelope,
    Keyset,
    PageNumber,
    Pager,
    PageSteps,
    Rows,
    StartLimit,
    StartLimitBody,
    ask,
    count_of,
    rows_of,
)
from aggregator.wire.walk import walk

ORIGIN = "https://vendor.example"
HIDDEN = "broken-secret-4711"


def open_page(reply: Reply) -> Envelope:
    """Open `{"rows": [...], "total": 7, "next": "https://..."}`."""
    document = reply.json()
    rows = rows_of(document, "rows")
    return Envelope(rows=rows, total=count_of(document, "total"), more=bool(document.get("next")))


def read_row(row: Any, place: Place, drift: DriftCount) -> Connection:
    """A connection of a row."""
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not row["id"].strip():
        raise Unreadable("a text was due @ $.id")
    if not isinstance(row.get("name"), str):
        raise Unreadable("a text was due @ $.name")
    return make(row["id"], row, place)


def make(identifier: str, row: Mapping[str, Any], place: Place) -> Connection:
    """A connection."""
    source = place.source(kind="connection", id=identifier, mapping="broken.connection")
    status = ConnectionStatus.ACTIVE if row.get("status") == "active" else ConnectionStatus.UNKNOWN
    return Connection(source=source, id=identifier, status=status, retailer_identifier=str(row.get("name")))


@frozen(kw_only=True)
class Sound(Adapter):
    """No mistake."""

    vendor: ClassVar[str] = "broken"
    title: ClassVar[str] = "Broken"
    capabilities: ClassVar[Capabilities] = Capabilities(**{one.name: YES for one in fields(Capabilities)})
    base_url: str = ORIGIN
    secret: Any = field(factory=lambda: Secret(HIDDEN))

    @property
    def login(self) -> Login:
        return ClientCredentials(token_url=f"{ORIGIN}/token", client_id="me", client_secret=Secret(self.secret))

    def pager(self) -> Pager:
        return PageNumber(path="/rows", opener=open_page)

    def read(self, row: Any, place: Place, drift: DriftCount) -> Connection:
        return read_row(row, place, drift)

    def connections(self) -> Plan[Connection]:
        return self.plan("connections", self.steps)

    def steps(self) -> Steps[Connection]:
        return walk(self.pager(), self.read, adapter=self, operation="connections")

    def listings(self) -> tuple[Plan[Any], ...]:
        return (self.connections(),)

    def probe(self) -> Plan[Any]:
        return self.connections()


@frozen(kw_only=True)
class _OwnPager:
    """A pager of one's own; each mistake turns its pages in another way."""

    can_shift: bool = True
    exact_total: bool = True

    def first(self) -> Call:
        return self.call(1)

    def call(self, number: int) -> Call:
        return Call(path="/rows", query=(("page", str(number)),))

    def open(self, reply: Reply) -> Envelope:
        return open_page(reply)

    def page(self, call: Call) -> Generator[Call, Reply | None, Rows]:
        reply = yield from ask(call)
        return Rows(envelope=self.open(reply), reply=reply)

    def pages(self) -> PageSteps:
        raise NotImplementedError


class _FirstPage(_OwnPager):
    def open(self, reply: Reply) -> Envelope:
        return Envelope(rows=open_page(reply).rows)

    def pages(self) -> PageSteps:
        yield (yield from self.page(self.first()))


class FirstPageOnly(Sound):
    """It never asks for a second page."""

    def pager(self) -> Pager:
        return _FirstPage()


class _ShortPage(_OwnPager):
    def open(self, reply: Reply) -> Envelope:
        return Envelope(rows=open_page(reply).rows)

    def pages(self) -> PageSteps:
        for number in range(1, 100):
            page = yield from self.page(self.call(number))
            yield page
            if len(page.envelope.rows) < 3:
                return


class ShortPageEnds(Sound):
    """It takes a page with fewer rows than it asked for as the last one."""

    def pager(self) -> Pager:
        return _ShortPage()


class _Striding(_OwnPager):
    def call(self, number: int) -> Call:
        return Call(path="/rows", query=(("start", str(3 * (number - 1))), ("limit", "3")))

    def open(self, reply: Reply) -> Envelope:
        return Envelope(rows=open_page(reply).rows)

    def pages(self) -> PageSteps:
        for number in range(1, 100):
            page = yield from self.page(self.call(number))
            yield page
            if not page.envelope.rows:
                return


class StridesByAsked(Sound):
    """It goes on by the size it asked for."""

    def pager(self) -> Pager:
        return _Striding()


class _EmptyEnds(_OwnPager):
    def open(self, reply: Reply) -> Envelope:
        return Envelope(rows=open_page(reply).rows)

    def pages(self) -> PageSteps:
        for number in range(1, 100):
            reply = yield from ask(self.call(number))
            more, page = open_page(reply).more, Rows(envelope=self.open(reply), reply=reply)
            yield page
            if not page.envelope.rows or not more:
                return


class EmptyPageEnds(Sound):
    """It takes an empty page for the end."""

    def pager(self) -> Pager:
        return _EmptyEnds()


class _FollowsLink(_OwnPager):
    def pages(self) -> PageSteps:
        call = self.first()
        while True:
            reply = yield from ask(call)
            yield Rows(envelope=self.open(reply), reply=reply)
            link = reply.json().get("next")
            if not link:
                return
            is_own = urlsplit(link)[:2] == urlsplit(ORIGIN)[:2]
            call = Call(path=link.removeprefix(ORIGIN) if is_own else link)


class FollowsNextLink(Sound):
    """It follows the platform's absolute link."""

    def pager(self) -> Pager:
        return _FollowsLink()


class _ErrorEnds(_OwnPager):
    def open(self, reply: Reply) -> Envelope:
        return Envelope(rows=open_page(reply).rows)

    def pages(self) -> PageSteps:
        for number in range(1, 100):
            try:
                page = yield from self.page(self.call(number))
            except (AggregatorError, Malformed):
                return
            yield page
            if not page.envelope.rows:
                return


class ErrorEnds(Sound):
    """It takes a failed request for the end of the list."""

    def pager(self) -> Pager:
        return _ErrorEnds()


class _NeverEnds(_OwnPager):
    def pages(self) -> PageSteps:
        number = 1
        while True:
            reply = yield from ask(self.call(number))
            envelope = self.open(reply)
            if envelope.rows and not envelope.more:
                yield Rows(envelope=envelope, reply=reply)
                return
            number += 1


class NeverEnds(Sound):
    """It goes on until it is told to stop, whatever comes."""

    def pager(self) -> Pager:
        return _NeverEnds()


class CoercesIds(Sound):
    """It makes a text of whatever stands where the id should."""

    def read(self, row: Any, place: Place, drift: DriftCount) -> Connection:
        return make(str((row or {}).get("id")), row or {}, place)


class FailsOnNewWords(Sound):
    """It knows all words there will ever be."""

    def read(self, row: Any, place: Place, drift: DriftCount) -> Connection:
        record = read_row(row, place, drift)
        if row.get("status") not in {"active", "ended"}:
            raise Unreadable(f"{row.get('status')!r} is no status @ $.status")
        return record


class _Static(ClientCredentials):
    def blames_token(self, reply: Reply, *, token: Token, remaining: float | None) -> bool:
        return False


class KeepsOldToken(Sound):
    """It declares that it can renew its token, and never does."""

    @property
    def login(self) -> Login:
        return _Static(token_url=f"{ORIGIN}/token", client_id="me", client_secret=Secret(HIDDEN))


@frozen(kw_only=True)
class PrintsSecret(Sound):
    """It keeps its credential as a plain text."""

    secret: Any = HIDDEN


# Each mistake, and the words of the message that name it.
MISTAKES: dict[type[Sound], tuple[str, ...]] = {
    FirstPageOnly: ("QUIET LOSS", "only the first page was asked for"),
    ShortPageEnds: ("QUIET LOSS", "it takes a short page for the last one"),
    StridesByAsked: ("QUIET LOSS", "it goes on by the size it asked for"),
    EmptyPageEnds: ("QUIET LOSS", "it takes an empty page for the end"),
    FollowsNextLink: ("LEAVES ORIGIN", "it tried to follow an address that the platform gave"),
    ErrorEnds: ("QUIET LOSS", "it takes a failed request for the end of the list"),
    NeverEnds: ("ENDLESS", "it never notices that pages repeat"),
    CoercesIds: ("GHOST", "it makes an id of something that is none"),
    FailsOnNewWords: ("GIVES UP", "it fails over a new word"),
    KeepsOldToken: ("GIVES UP", "it holds on to a token that is no longer good"),
    PrintsSecret: ("SECRET", "a credential stands in the clear"),
}


def wire_of(adapter: type[Sound]) -> WireProfile:
    """The wire profile of one of them."""
    profile = ListProfile(
        plan=lambda one: one.connections(),
        path="/rows",
        sample={"id": "", "name": "", "status": "active"},
        status_at=("status",),
        rows_at=("rows",),
        total_at=("total",),
        next_at=("next",),
        paging=Offset() if adapter is StridesByAsked else Numbered(),
    )
    return WireProfile(adapter=adapter, secrets=(HIDDEN,), login=LoginProfile(url=f"{ORIGIN}/token"), lists=(profile,))


def open_bare_page(reply: Reply) -> Envelope:
    """Open `{"rows": [...]}`, of a platform that says nothing of its end."""
    return Envelope(rows=rows_of(reply.json(), "rows"))


class Bare(Sound):
    """No mistake, on a platform that says neither a total nor whether there is a next page."""

    capabilities: ClassVar[Capabilities] = Capabilities(
        **{one.name: no("it says none") if one.name == "declared_total" else YES for one in fields(Capabilities)}
    )

    def pager(self) -> Pager:
        return PageNumber(path="/rows", opener=open_bare_page)


class BareOffset(Bare):
    """The same, by offset."""

    def pager(self) -> Pager:
        return StartLimit(path="/rows", limit=3, opener=open_bare_page)


class BareBody(Bare):
    """The same, by an offset in a posted body."""

    def pager(self) -> Pager:
        return StartLimitBody(path="/rows", body={}, limit=3, opener=open_bare_page, exact_total=True)


class BareKeys(Bare):
    """The same, by the last id seen."""

    def pager(self) -> Pager:
        return Keyset(path="/rows", after_parameter="after", row_id=_row_id, opener=open_bare_page)


def _row_id(row: Any) -> Any:
    return row.get("id")


# Each with how the fake platform cuts its list.
BARE: dict[type[Bare], dict[str, Any]] = {
    Bare: {},
    BareOffset: {"paging": Offset()},
    BareBody: {"paging": Offset(), "method": "POST"},
    BareKeys: {"paging": AfterId(parameter="after", row_id=_row_id)},
}


def bare_wire(adapter: type[Bare]) -> WireProfile:
    """Its wire profile: an empty page is the end, and the only sign of it."""
    wire = wire_of(adapter)
    (profile,) = wire.lists
    return evolve(wire, lists=(evolve(profile, total_at=None, next_at=None, **BARE[adapter]),))
