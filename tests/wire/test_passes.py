"""What one turn through the pages has seen, and the sentence that says why it proves nothing."""

from __future__ import annotations

from typing import Any

import pytest

from aggregator.adapter import Malformed
from aggregator.errors import NetworkError
from aggregator.model import Rejected, StopReason
from aggregator.wire.pagers import (
    Keyset,
    PageNumber,
    StartLimit,
    StartLimitBody,
    count_of,
    open_array,
    open_object,
    rows_of,
)
from aggregator.wire.passes import CAME_AGAIN, Pass, all_rejected, count_rejected, settled, why_incomplete
from tests.fakes import reply
from tests.wire.fake_vendor import Fake, FakeList, open_rows, play, rows

BAD = Rejected(page=1, request="GET /", pointer="/rows/0", errors=("an id was due @ $.id",))
WORSE = Rejected(page=2, request="GET /", pointer="/rows/1", errors=("an id was due @ $.id",))


def a_pass(*ids: str, **said: Any) -> Pass:
    """A turn that met these ids, each once."""
    return Pass(**{"number": 1, "ids": dict.fromkeys(ids), "received": len(ids), "pages": 1, **said})


def test_a_row_is_counted_once_and_its_repetitions_by_where_they_stand() -> None:
    """The first of an id counts; another on the same page is a duplicate, one on a later page a sign as well."""
    turn, here = Pass(number=1), dict[str, None]()
    assert turn.note_row("a", here) is True
    assert here == {"a": None}
    assert turn.note_row("a", here) is False
    assert (turn.duplicates, turn.moved, turn.signs) == (1, 0, {})
    assert turn.note_row("a", {}) is False
    assert (turn.duplicates, turn.moved, list(turn.signs)) == (2, 1, [CAME_AGAIN])
    assert turn.note_row("a", {}) is False
    assert (turn.duplicates, turn.moved, list(turn.ids)) == (3, 2, ["a"])
    assert CAME_AGAIN == "ids came again on a later page"


def test_pages_are_told_apart_by_their_ids_and_empty_ones_are_all_alike() -> None:
    """A page that came before is not new; one without rows always is, and those in a row are counted."""
    turn = Pass(number=1)
    assert turn.note_page(("a",), is_empty=False, reply=reply([1]))
    assert turn.note_page((), is_empty=True, reply=reply([]))
    assert turn.note_page((), is_empty=True, reply=reply([]))
    assert turn.empty_in_a_row == 2
    assert len(turn.fingerprints) == 1
    assert turn.note_page(("b",), is_empty=False, reply=reply([1]))
    assert turn.empty_in_a_row == 0
    assert not turn.note_page(("a",), is_empty=False, reply=reply([2]))
    assert turn.first_ids == ("a",)


def test_pages_without_a_readable_id_are_told_apart_by_their_bytes() -> None:
    """Two pages of rows that cannot be read are different pages, unless they are the same."""
    turn = Pass(number=1)
    assert turn.note_page((), is_empty=False, reply=reply([1]))
    assert turn.note_page((), is_empty=False, reply=reply([2]))
    assert not turn.note_page((), is_empty=False, reply=reply([1]))
    assert turn.first_ids == ()


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        (a_pass("a", "b"), None),
        (a_pass("a", "b", declared=2), None),
        (a_pass("a", declared=2), "2 declared, 1 came"),
        (a_pass("a", "b", declared=1), "1 declared, 2 came"),
        (a_pass("a", received=3, duplicates=1, declared=3), "3 declared, 2 came"),
        (a_pass(declared=0), None),
    ],
)
def test_a_shortfall_is_what_was_declared_against_the_rows_that_count(turn: Pass, said: str | None) -> None:
    """Rejected rows count as read, repeated ones do not."""
    assert turn.shortfall == said


def test_two_passes_agree_by_the_set_of_ids() -> None:
    """One is certain without a sign; of several, the last two must have met the same ids, and the last been whole."""
    disturbed = a_pass("a", signs={"x": None})
    assert settled([a_pass("a")])
    assert not settled([disturbed])
    assert settled([disturbed, a_pass("a", signs={"y": None})])
    assert settled([a_pass("b"), a_pass("a", "b"), a_pass("b", "a")])
    assert not settled([a_pass("a", "b"), a_pass("b"), a_pass("b", "a")])
    assert not settled([a_pass("a"), a_pass("a", cut=True)])


SIGNS = {"x": None, "y": None}
FAILURE = NetworkError("gone", vendor="v", account="a", operation="o")


@pytest.mark.parametrize(
    ("passes", "exact", "said"),
    [
        ([a_pass("a")], True, None),
        ([a_pass("a", failure=FAILURE, signs=SIGNS, declared=2)], True, str(FAILURE)),
        ([a_pass("a", stop=StopReason.LIMIT, pages=1234, signs=SIGNS)], True, "the walk was cut off after 1,234 pages"),
        ([a_pass(pages=0)], True, "not a single page was read"),
        ([a_pass("a", signs=SIGNS)], True, "1 walks never agreed: x; y"),
        ([a_pass("a"), a_pass("b")], True, "2 walks never agreed: the ids differ"),
        ([a_pass("a"), a_pass("a", declared=2)], True, "2 declared, 1 came, in 2 walks that agree"),
        ([a_pass("a"), a_pass("a", declared=2)], False, None),
        (
            [a_pass("a"), a_pass("a", moved=1, signs=SIGNS)],
            True,
            "x; y, in 2 walks that agree, and no declared total to compare them with",
        ),
        (
            [a_pass("a"), a_pass("a", ended_early=True, signs=SIGNS, declared=1)],
            False,
            "x; y, in 2 walks that agree, and no declared total to compare them with",
        ),
        ([a_pass("a"), a_pass("a", moved=1, signs=SIGNS, declared=1)], True, None),
        ([a_pass("a"), a_pass("a", signs=SIGNS)], True, None),
        (
            [a_pass("a"), a_pass("a", duplicates=2, moved=1, signs=SIGNS)],
            True,
            "x; y; ids came twice on one page, in 2 walks that agree, and no declared total to compare them with",
        ),
        (
            [a_pass("a", received=2, duplicates=1, declared=1)],
            False,
            "ids came twice on one page, and no declared total to compare them with",
        ),
        ([a_pass("a", received=2, duplicates=1, declared=1)], True, None),
        ([a_pass("a", received=2, rejected=[BAD, WORSE])], True, f"2 of 2 rows could not be read, first: {BAD}"),
    ],
)
def test_what_is_not_proven_is_said(passes: list[Pass], exact: bool, said: str | None) -> None:
    """The gravest reason comes first, with its figures; None means that the list is proven whole."""
    assert why_incomplete(passes, exact_total=exact, can_shift=True) == said


@pytest.mark.parametrize(("pages", "can_shift", "is_whole"), [(1, False, True), (2, False, False), (1, True, False)])
def test_a_repeat_takes_no_place_in_a_list_of_one_answer(pages: int, can_shift: bool, is_whole: bool) -> None:
    """An answer that is the whole list has room for every row; of a list in pages, only a total could tell."""
    turn = a_pass("a", received=2, duplicates=1, pages=pages)
    assert (why_incomplete([turn], exact_total=True, can_shift=can_shift) is None) is is_whole


def test_rejected_rows_are_those_of_the_last_pass_unless_it_does_not_speak_for_all() -> None:
    """Passes that agree reject the same rows; where they do not agree or did not end, each row is named once."""
    first, last = a_pass("a", rejected=[BAD, WORSE]), a_pass("a", rejected=[WORSE])
    assert all_rejected([first, last]) == (WORSE,)
    assert all_rejected([first, a_pass("b", rejected=[WORSE])]) == (BAD, WORSE)
    assert all_rejected([first, a_pass("a", rejected=[WORSE], stop=StopReason.FAILURE)]) == (BAD, WORSE)


def test_rejected_rows_that_are_not_kept_are_counted() -> None:
    """Those of the last pass, or as many as are certain where it does not speak for all."""
    first, last = a_pass("a", rejected=[BAD], not_kept=5), a_pass("a", rejected=[WORSE], not_kept=3)
    assert count_rejected([first, last]) == 4
    assert count_rejected([first, a_pass("b", rejected=[WORSE])]) == 6
    assert count_rejected([a_pass("a", rejected=[BAD]), a_pass("b", rejected=[WORSE])]) == 2


KINDS: list[tuple[Any, str]] = [
    ("x", "a text"), (True, "a boolean"), (None, "null"), (3, "a number"), (0.5, "a number"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "kind"), [*KINDS, ({}, "an object")])
def test_what_is_no_array_is_named(document: object, kind: str) -> None:
    """The message says what came and what was due."""
    with pytest.raises(Malformed) as caught:
        open_array(reply(document))
    assert str(caught.value) == f"{kind}, where an array was due"


@pytest.mark.parametrize(("document", "kind"), [*KINDS, ([], "an array")])
def test_what_is_no_object_is_named(document: object, kind: str) -> None:
    """The message says what came and what was due."""
    with pytest.raises(Malformed) as caught:
        open_object(reply(document))
    assert str(caught.value) == f"{kind}, where an object was due"
    with pytest.raises(Malformed) as caught:
        rows_of(document, "rows")
    assert str(caught.value) == f"{kind}, where an object with an array 'rows' was due"


def test_an_object_without_its_array_is_described_by_its_keys() -> None:
    """At most eight keys of forty characters each: enough to see what it is, too little to flood a log."""
    document = {f"{number}{'k' * 60}": 1 for number in range(9)}
    with pytest.raises(Malformed) as caught:
        rows_of(document, "rows")
    shown = [f"{number}{'k' * 39}" for number in range(8)]
    assert str(caught.value) == f"an object with {shown}, where an object with an array 'rows' was due"
    with pytest.raises(Malformed, match="where an object with an array 'rows' was due"):
        rows_of({"rows": {}}, "rows")


def test_a_whole_document_announces_no_more() -> None:
    """An array is a page of rows, an object a page of one; either is the only page."""
    array, one = open_array(reply([1, 2])), open_object(reply({"id": 1}))
    assert (array.rows, array.more, array.is_single, array.pointer) == ([1, 2], False, False, "")
    assert (one.rows, one.more, one.is_single) == ([{"id": 1}], False, True)


@pytest.mark.parametrize(
    ("value", "count"),
    [(0, 0), (1, 1), (True, None), (False, None), (-1, None), ("1", None), (1.0, None), (None, None)],
)
def test_a_count_is_a_whole_number_from_nought(value: object, count: int | None) -> None:
    """Anything else declares nothing."""
    assert count_of({"total": value}, "total") == count
    assert count_of({}, "total") is None


def test_what_each_pager_asks_for_first() -> None:
    """The path, the query of every page and the place to begin are in the first call."""
    query = (("size", "3"),)
    number = PageNumber(path="/rows", query=query, opener=open_rows).first()
    keyset = Keyset(path="/rows", query=query, after_parameter="after", row_id=str, opener=open_rows).first()
    start = StartLimit(path="/rows", query=query, limit=4, opener=open_rows).first()
    body = StartLimitBody(path="/rows", body={"sort": "id"}, limit=4, opener=open_rows, exact_total=True).first()
    assert (number.method, number.path, number.query) == ("GET", "/rows", (*query, ("page", "1")))
    assert (keyset.method, keyset.path, keyset.query) == ("GET", "/rows", query)
    assert (start.method, start.path, start.query) == ("GET", "/rows", (*query, ("start", "0"), ("limit", "4")))
    assert (body.method, body.path, body.body) == ("POST", "/rows", {"sort": "id", "start": 0, "limit": 4})


def test_a_list_by_start_and_limit_in_its_body_is_asked_for_as_a_count_first() -> None:
    """Counts are asked for until an answer is empty; only then the other reading is tried, and kept if it works."""
    pager = StartLimitBody(path="/rows", body={}, limit=4, opener=open_rows, exact_total=True)
    asked = {}
    for reading in ("count", "exclusive"):
        held = FakeList(rows=rows(10), size=9, reading=reading)
        calls = play(Fake(pager=pager).steps(), held.by_start).calls
        asked[reading] = [(call.body["start"], call.body["limit"]) for call in calls if call.body is not None]
    assert asked["count"] == [(0, 4), (4, 4), (8, 4), (10, 4), (10, 14), (0, 4)]
    assert asked["exclusive"] == [(0, 4), (4, 4), (4, 8), (8, 12), (10, 14), (0, 4)]


@pytest.mark.parametrize(("size", "total", "declares"), [(4, 4, {"total"}), (3, 3, {"total", "more"})])
def test_a_total_that_is_too_low_ends_no_walk(size: int, total: int, declares: set[str]) -> None:
    """On a full page, or where more is announced, the declared total is no sign of the end."""
    held = FakeList(rows=rows(8), size=size, total=total, declares=frozenset(declares))
    start = StartLimit(path="/rows", limit=4, opener=open_rows)
    keyset = Keyset(path="/rows", after_parameter="after", row_id=lambda row: row["id"], opener=open_rows, size=4)
    for pager, answer in ((start, held.by_start), (keyset, held.by_key)):
        played = play(Fake(pager=pager).steps(), answer)
        assert {record.id for page in played.pages for record in page.records} == {row["id"] for row in rows(8)}
