"""What seldom happens on the wire is answered like everything else: by a right list or a reason."""

from __future__ import annotations

import importlib.metadata
import logging
from datetime import datetime, timedelta, timezone
from typing import Any

import httpx
import pytest
from attrs import frozen

from aggregator.adapter import Call, ClientCredentials, OrderFilter, Reply
from aggregator.errors import InvalidQuery, NotFound, PaginationLoop, Unsupported
from aggregator.secret import Secret
from aggregator.wire.cursor import Cursor
from aggregator.wire.hooks import Hooks, WireEvent, tell
from aggregator.wire.options import Options
from aggregator.wire.pagers import Envelope, PageNumber, PageSteps, Rows, Single, Vanished, ask
from tests.fakes import NOON, reply
from tests.wire.fake_vendor import Fake, FakeServer, Way, open_rows, play, respond, rows, wire_of


def _open(document: Reply) -> Envelope:
    body = document.json()
    return Envelope(rows=body["rows"], pointer="/rows", cursor=body.get("cursor"), total=body.get("total"))


BY_CURSOR = Cursor(path="/rows", query=(("size", "3"),), parameter="after", opener=_open)


def _by_cursor(held: list[Any], *, circle: bool = False) -> Any:
    def answer(call: Call) -> Reply:
        assert ("size", "3") in call.query
        start = int(dict(call.query).get("after", "0"))
        following = 3 if circle else start + 3
        cursor = str(following) if start + 3 < len(held) else None
        return reply({"rows": held[start : start + 3], "cursor": cursor, "total": len(held)})

    return answer


def test_a_cursor_brings_every_row_once() -> None:
    """Each page is asked for by what the one before it gave; no cursor is the end."""
    played = play(Fake(pager=BY_CURSOR).steps(), _by_cursor(rows(8)))
    assert played.ids == [row["id"] for row in rows(8)]
    assert played.end.coverage.complete
    # Three pages, and another look at the first, since rows can move.
    assert [dict(call.query).get("after") for call in played.calls] == [None, "3", "6", None]


def test_a_cursor_that_came_before_is_a_loop() -> None:
    """A platform that leads in a circle ends in an error that says so, after the rows that came."""
    played = play(Fake(pager=BY_CURSOR).steps(), _by_cursor(rows(30), circle=True))
    assert isinstance(played.end.error, PaginationLoop)
    assert "leads to an earlier page" in str(played.end.error)
    assert not played.end.coverage.complete


def test_an_announced_page_that_is_gone_leads_to_another_walk() -> None:
    """The list became shorter while it was walked: it is walked again, and the walks that agree are the list."""
    asked = []

    def answer(call: Call) -> Any:
        number = int(dict(call.query)["page"])
        asked.append(number)
        if number == 3:
            return NotFound("gone", vendor="fake", account="a", operation="connections")
        is_short = len(asked) > 3
        held = rows(6)[(number - 1) * 3 : number * 3]
        return reply({"rows": held, "page_count": 2 if is_short else 3, "more": number < (2 if is_short else 3)})

    played = play(Fake(pager=PageNumber(path="/rows", opener=open_rows)).steps(), answer)
    assert "page 3 was announced and is gone" in played.end.coverage.drift
    assert played.end.coverage.walks > 1
    assert played.end.coverage.complete
    assert played.ids == [row["id"] for row in rows(6)]


@frozen(kw_only=True)
class _Resigning:
    """A pager of an author's own that takes an address that is gone for the end, without a word."""

    can_shift: bool = False
    exact_total: bool = True

    def first(self) -> Call:
        return Call(path="/rows")

    def open(self, document: Reply) -> Envelope:
        return _open(document)

    def pages(self) -> PageSteps:
        answered = yield from ask(self.first())
        yield Rows(envelope=self.open(answered), reply=answered)
        try:
            yield Call(path="/more")
        except NotFound:
            return


def test_a_pager_may_end_on_an_error() -> None:
    """What a pager makes of an error is its own affair."""

    def answer(call: Call) -> Any:
        if call.path == "/more":
            return NotFound("none", vendor="fake", account="a", operation="connections")
        return reply({"rows": rows(2), "total": 2})

    played = play(Fake(pager=_Resigning()).steps(), answer)
    assert played.end.coverage.complete
    assert len(played.ids) == 2


@frozen(kw_only=True)
class _Told(_Resigning):
    """A pager of an author's own, whose platform says in an answer that a page is gone."""

    def pages(self) -> PageSteps:
        answered = yield from ask(self.first())
        yield Rows(envelope=self.open(answered), reply=answered)
        yield Vanished(what="page 2 is said to be gone")


def test_a_pager_may_say_itself_that_a_page_is_gone() -> None:
    """Without a total to compare with, such a list is walked again and never called whole."""
    end = play(Fake(pager=_Told()).steps(), lambda call: reply({"rows": rows(2)})).end
    assert end.coverage.drift == ("page 2 is said to be gone",)
    assert (end.coverage.walks, end.coverage.complete) == (2, False)


def test_a_driver_that_forgets_the_reply_is_told_so() -> None:
    """A pager of one's own fails loudly under a driver that sends nothing."""
    steps = ask(Call(path="/rows"))
    next(steps)
    with pytest.raises(TypeError, match="sends the reply"):
        next(steps)


def test_a_single_answer_is_its_own_first_page() -> None:
    """The one call of a list that comes whole."""
    call = Call(path="/rows")
    assert Single(call=call, opener=open_rows).first() is call


def test_a_redirect_to_what_is_no_address_is_described(way: Way) -> None:
    """Even a Location that cannot be parsed ends in a sentence."""
    server = FakeServer(lambda request: respond({}, status=300, headers={"location": "http://[::"}))
    listing = way.listing(Fake(), server, attempt=True)
    assert "an address that is none" in str(listing.error)


def test_hooks_are_called_whether_or_not_anything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Observers do not depend on the level of the log."""
    heard: list[str] = []

    class Mine(Hooks):
        def page(self, event: WireEvent) -> None:
            heard.append(event.vendor)

    caplog.set_level(logging.WARNING, "aggregator.events")
    tell(Mine(), "page", WireEvent(vendor="fake", account="a", operation="o"))
    assert heard == ["fake"]
    assert caplog.text == ""


def test_a_copy_that_is_not_installed_still_says_who_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a version there is the name alone."""

    def missing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", missing)
    assert wire_of(Fake()).headers()["User-Agent"] == "connection-aggregator"


def test_orders_that_an_adapter_does_not_read_are_refused() -> None:
    """An adapter that claims orders and has none says so, instead of an empty list."""
    with pytest.raises(Unsupported, match="reads no orders"):
        Fake().find_orders(OrderFilter(since=NOON))


def test_a_moment_without_a_time_zone_is_refused() -> None:
    """It could be hours off."""
    with pytest.raises(InvalidQuery, match="no time zone"):
        OrderFilter(since=NOON.replace(tzinfo=None))


EARLY, LATE = timezone(timedelta(hours=5)), timezone(timedelta(hours=-5))


@pytest.mark.parametrize("moment", [datetime(1, 1, 1, tzinfo=EARLY), datetime(9999, 12, 31, 23, tzinfo=LATE)])
def test_a_moment_that_is_none_in_utc_is_refused(moment: datetime) -> None:
    """The first and the last hours of the calendar lie outside it for some."""
    with pytest.raises(InvalidQuery, match="outside the calendar"):
        OrderFilter(until=moment)


@pytest.mark.parametrize("name", ["attempts", "token_attempts", "concurrency", "max_body"])
@pytest.mark.parametrize("value", [1.5, "3", True, None])
def test_what_is_counted_takes_whole_numbers_alone(name: str, value: object) -> None:
    """Half an attempt, or a text out of a settings file, is refused by name before anything is sent."""
    with pytest.raises(TypeError, match=f"{name} must be a whole number"):
        Options(**{name: value})  # type: ignore[arg-type]


def test_cookies_are_not_kept(way: Way) -> None:
    """A platform's cookies are not sent back, neither to it nor to its token endpoint."""
    login = ClientCredentials(
        token_url="https://vendor.test/token", client_id="c", client_secret=Secret("client-secret-99")
    )

    def answer(request: httpx.Request) -> httpx.Response:
        said = {"access_token": "token-with-cookies"} if request.url.path == "/token" else []
        return respond(said, headers={"Set-Cookie": "session=abc; Path=/"})

    server = FakeServer(answer)
    way.fetch(wire_of(Fake(given_login=login)), server, Call(path="/x"), Call(path="/y"))
    assert len(server.requests) == 3
    assert not any("cookie" in request.headers for request in server.requests)
