"""What a walk tells of itself: whose list it is, what each page is, why it ended and how it was counted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import frozen

from aggregator.adapter import Call, DriftCount, Malformed, Place, Reply
from aggregator.errors import ContractError, NetworkError, PaginationLoop
from aggregator.model import Connection, StopReason
from aggregator.wire import passes
from aggregator.wire.pagers import PageNumber, PageSteps, Rows, Single, Vanished, ask, open_object
from aggregator.wire.walk import walk
from tests.fakes import NOON, reply
from tests.wire.fake_vendor import Fake, FakeList, open_rows, play, read_row, rows

BY_NUMBER = PageNumber(path="/rows", opener=open_rows)
REQUEST = "GET https://vendor.test/"


def test_a_record_knows_whose_it_is_and_which_answer_it_stood_in() -> None:
    """Source and coverage name the platform, the account, the request, its time and the filter."""
    played = play(Fake(account="acme", pager=BY_NUMBER).steps("active"), FakeList(rows=rows(2)).by_number)
    source = played.pages[0].records[0].source
    assert (source.vendor, source.account, source.operation) == ("fake", "acme", "connections")
    assert (source.request, source.fetched_at, source.pointer) == (REQUEST, NOON, "/rows/0")
    assert played.end.coverage.scope == "active"


def test_a_record_that_comes_alone_stands_at_the_root() -> None:
    """Its pointer leads to the answer itself."""
    pager = Single(call=Call(path="/rows/1"), opener=open_object)
    played = play(Fake(pager=pager).steps(), lambda _: reply({"id": "r1"}))
    assert played.pages[0].records[0].source.pointer == ""


def test_a_rejected_row_names_the_request_that_brought_it() -> None:
    """So that somebody can look it up."""
    played = play(Fake(pager=BY_NUMBER).steps(), FakeList(rows=[{}]).by_number)
    assert [one.request for one in played.end.rejected] == [REQUEST]


def test_pages_are_numbered_within_numbered_walks() -> None:
    """Both begin at one, and each page carries what was declared up to then."""
    server = FakeList(rows=rows(5), size=3)
    server.mutate = lambda at: at.rows.append({"id": "late"}) if at.requests == 2 else None
    played = play(Fake(pager=BY_NUMBER).steps(), server.by_number)
    assert [(page.walk, page.number, page.declared) for page in played.pages] == [
        (1, 1, 5),
        (1, 2, 6),
        (2, 1, 6),
        (2, 2, 6),
    ]


def test_the_latest_total_is_the_declared_one() -> None:
    """Where it never stands still, too."""
    server = FakeList(rows=rows(5), size=3)
    server.mutate = lambda at: at.rows.append({"id": f"s{at.requests:05d}"})
    coverage = play(Fake(pager=BY_NUMBER).steps(), server.by_number).end.coverage
    assert not coverage.complete
    assert coverage.declared == len(server.rows)


def test_a_walk_knows_when_it_began_and_ended() -> None:
    """In aware times of our own clock."""
    before = datetime.now(UTC)
    coverage = play(Fake(pager=BY_NUMBER).steps(), FakeList(rows=rows(5)).by_number).end.coverage
    assert before <= coverage.started_at <= coverage.finished_at <= datetime.now(UTC)


def test_ids_are_counted_in_the_walks_that_agree_or_in_all() -> None:
    """A row of a first walk that two later ones no longer met is not on the list; if none agree, it may be."""

    def answers(*walks: list[Any]) -> Any:
        left = [one for walk_rows in walks for one in (walk_rows[:2], walk_rows[2:], walk_rows[:2])]
        return lambda call: reply({"rows": left.pop(0), "more": dict(call.query)["page"] == "1"})

    whole, fewer = rows(4), rows(3)
    agreed = play(Fake(pager=BY_NUMBER).steps(), answers(whole, fewer, fewer)).end.coverage
    assert (agreed.complete, agreed.walks, agreed.unique) == (True, 3, 3)
    other = [*rows(2), *rows(1, start=9)]
    never = play(Fake(pager=BY_NUMBER).steps(), answers(whole, fewer, other, fewer)).end.coverage
    assert (never.complete, never.walks, never.unique) == (False, 4, 5)


def test_without_a_total_one_page_and_an_empty_one_prove_the_list() -> None:
    """Two pages with rows would have to be walked twice, and the coverage says why."""
    single = play(Fake(pager=BY_NUMBER).steps(), FakeList(rows=rows(2), declares=frozenset()).by_number).end.coverage
    assert (single.complete, single.walks, single.pages, single.drift) == (True, 1, 2, ())
    several = play(Fake(pager=BY_NUMBER).steps(), FakeList(rows=rows(5), declares=frozenset()).by_number).end.coverage
    assert (several.complete, several.walks) == (True, 2)
    assert several.drift == ("no total is declared, so one walk alone proves nothing",)


def test_an_unreadable_row_on_the_first_page_is_no_sign_of_movement() -> None:
    """The second look at the first page passes over it as the first did, and counts nothing twice."""

    def counting(row: Any, place: Place, drift: DriftCount) -> Connection:
        drift.notes["a row"] += 1
        return read_row(row, place, drift)

    steps = walk(BY_NUMBER, counting, adapter=Fake(), operation="connections")
    end = play(steps, FakeList(rows=[{}, *rows(5)]).by_number).end
    assert (end.coverage.walks, end.coverage.drift) == (1, ())
    assert end.drift.notes == {"a row": 6}


def test_a_walk_that_was_cut_off_looks_at_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither at its cap nor where pages repeat does it matter what the first page is now."""
    monkeypatch.setattr(passes, "MOST_PAGES", 2)
    played = play(Fake(pager=BY_NUMBER).steps(), FakeList(rows=rows(9)).by_number)
    assert (played.end.coverage.stop, len(played.calls)) == (StopReason.LIMIT, 2)


def test_what_an_error_says_of_a_mapping_is_short() -> None:
    """However much an exception has to say."""

    def trip(row: Any, place: Place, drift: DriftCount) -> Connection:
        raise ValueError("x" * 1000)

    played = play(walk(BY_NUMBER, trip, adapter=Fake(), operation="connections"), FakeList(rows=rows(1)).by_number)
    said = "ValueError: " + "x" * (200 - len("ValueError: "))
    assert played.end.rejected[0].errors == (f"the mapping failed over it, {said} @ $",)


LOOP_HINT = "The platform seems to ignore the page parameter; what was read so far is kept."


@pytest.mark.parametrize(
    ("body", "can_shift", "what"),
    [
        ({"rows": [], "more": True}, True, "3 pages in a row hold no rows, and more are announced"),
        ({"rows": rows(2), "more": True}, False, "page 2 repeats an earlier page row by row"),
    ],
)
def test_a_loop_says_where_it_is_and_what_to_think_of_it(
    monkeypatch: pytest.MonkeyPatch, body: Any, can_shift: bool, what: str
) -> None:
    """The error has everything that an error of the wire has, and the cause in words."""
    monkeypatch.setattr(passes, "MOST_EMPTY_PAGES", 3)
    pager = PageNumber(path="/rows", opener=open_rows, can_shift=can_shift)
    error = play(Fake(account="acme", pager=pager).steps(), lambda _: reply(body)).end.error
    assert isinstance(error, PaginationLoop)
    assert (error.vendor, error.account, error.operation) == ("fake", "acme", "connections")
    assert (error.status, error.request, error.hint) == (200, REQUEST, LOOP_HINT)
    assert str(error).startswith(f"fake (acme), connections: {what}; the list cannot be turned further.")


CONTRACT_HINT = "Check base_url; if it is right, the platform answers with something it does not document."


@pytest.mark.parametrize(
    ("body", "kind", "what"),
    [
        ({"data": []}, ContractError, "an object with ['data'], where an object with an array 'rows' was due"),
        ({"rows": rows(1), "more": True, "next": 1}, PaginationLoop, "page 1 says that page 1 comes next"),
    ],
)
def test_an_answer_that_cannot_be_read_is_quoted(body: Any, kind: type[ContractError], what: str) -> None:
    """The error names the request and its status, quotes what came, and says what to do."""
    error = play(Fake(account="acme", pager=BY_NUMBER).steps(), lambda _: reply(body)).end.error
    assert type(error) is kind
    assert (error.vendor, error.account, error.operation) == ("fake", "acme", "connections")
    assert (error.status, error.request, error.hint) == (200, REQUEST, CONTRACT_HINT)
    assert error.excerpt == reply(body).content.decode()
    assert str(error).startswith(f"fake (acme), connections: the answer cannot be read: {what}.")


@frozen(kw_only=True)
class _Own:
    """A pager of an author's own."""

    steps: Any
    can_shift: bool = False
    exact_total: bool = True

    def first(self) -> Call:
        return Call(path="/rows")

    def open(self, document: Reply) -> Any:
        return open_rows(document)

    def pages(self) -> PageSteps:
        yield from self.steps(self)


def test_what_is_malformed_before_anything_came_has_no_answer_to_quote() -> None:
    """An author's pager that complains at once is told of without a request."""

    def at_once(pager: _Own) -> PageSteps:
        raise Malformed("nothing to begin with")
        yield

    error = play(Fake(pager=_Own(steps=at_once)).steps(), lambda _: reply({})).end.error
    assert isinstance(error, ContractError)
    assert (error.status, error.request, error.excerpt) == (None, "", "")


def test_a_walk_without_a_single_page_proves_nothing() -> None:
    """A pager that asks for nothing has not seen that the list is empty."""

    def nothing(pager: _Own) -> PageSteps:
        yield from ()

    coverage = play(Fake(pager=_Own(steps=nothing)).steps(), lambda _: reply({})).end.coverage
    assert (coverage.complete, coverage.reason) == (False, "not a single page was read")


def test_a_pager_may_go_on_after_a_page_that_is_gone() -> None:
    """What comes behind it is read all the same."""

    def past_it(pager: _Own) -> PageSteps:
        yield Vanished(what="page 1 is gone")
        answered = yield from ask(pager.first())
        yield Rows(envelope=pager.open(answered), reply=answered)

    played = play(Fake(pager=_Own(steps=past_it)).steps(), lambda _: reply({"rows": rows(2), "total": 2}))
    assert played.ids == ["r00000", "r00001"]
    assert played.end.coverage.drift == ("page 1 is gone",)


def test_an_error_of_the_wire_ends_the_walk_as_it_is() -> None:
    """It is not told in other words, and not blamed on the answer."""
    error = NetworkError("gone", vendor="fake", account="default", operation="connections")
    assert play(Fake(pager=BY_NUMBER).steps(), lambda _: error).end.error is error
