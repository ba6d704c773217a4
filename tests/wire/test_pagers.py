"""Every pager brings every row exactly once, whatever the platform does with sizes and ends."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.adapter import Ahead, Call, Malformed
from aggregator.errors import NotFound, PaginationLoop
from aggregator.wire.pagers import (
    MOST_PAGES_AHEAD,
    Keyset,
    PageNumber,
    Pager,
    Rows,
    Single,
    StartLimit,
    StartLimitBody,
    Vanished,
    count_of,
    open_array,
    open_object,
    rows_of,
)
from tests.fakes import reply
from tests.wire.fake_vendor import Fake, FakeList, Played, Reading, open_rows, play, rows

BY_NUMBER = PageNumber(path="/rows", opener=open_rows)
BY_KEY = Keyset(path="/rows", after_parameter="after", row_id=lambda row: row.get("id"), opener=open_rows)
BY_START = StartLimit(path="/rows", limit=4, opener=open_rows)

counts = st.integers(min_value=0, max_value=40)
sizes = st.integers(min_value=1, max_value=9)
declarations = st.frozensets(st.sampled_from(["total", "page_count", "more"]))


def of_body(limit: int) -> StartLimitBody:
    return StartLimitBody(path="/rows", body={"sort": "id"}, limit=limit, opener=open_rows, exact_total=True)


def walked(pager: Pager, answer: Any) -> Played:
    return play(Fake(pager=pager).steps(), answer)


def assert_whole(played: Played, count: int) -> None:
    """Every row came exactly once, in one walk, and the end knows it."""
    assert played.fresh == [row["id"] for row in rows(count)]
    assert played.end.coverage.complete, played.end.coverage
    # Where no total is declared, one walk through several pages proves nothing.
    assert played.end.coverage.walks == 1 or (played.end.coverage.declared is None and played.end.coverage.walks == 2)
    assert played.end.coverage.duplicates == 0


@given(counts, sizes, declarations)
def test_page_numbers_bring_every_row_once(count: int, size: int, declares: frozenset[str]) -> None:
    """Pages by number bring every row once for every size and whatever the platform says of the end."""
    assert_whole(walked(BY_NUMBER, FakeList(rows=rows(count), size=size, declares=declares).by_number), count)


@given(
    counts, sizes, st.sampled_from([{"page_count"}, {"more"}, {"total", "page_count"}, {"total", "more"}]), st.data()
)
def test_page_numbers_pass_over_empty_pages(count: int, size: int, declares: set[str], data: st.DataObject) -> None:
    """An empty page in the middle ends nothing where the platform says that more follows."""
    whole = -(-count // size)
    empties = data.draw(st.frozensets(st.integers(min_value=1, max_value=max(whole, 1)), max_size=3))
    server = FakeList(rows=rows(count), size=size, declares=frozenset(declares), empty_pages=empties)
    assert_whole(walked(BY_NUMBER, server.by_number), count)


def test_page_numbers_go_on_after_an_empty_page_while_the_total_announces_more() -> None:
    """Where a platform only declares a total, an empty page before the announced last one is not the end."""
    server = FakeList(rows=rows(9), size=3, declares=frozenset({"total"}), empty_pages=frozenset({2}))
    assert_whole(walked(BY_NUMBER, server.by_number), 9)


@given(counts, sizes, declarations)
def test_keyset_brings_every_row_once(count: int, size: int, declares: frozenset[str]) -> None:
    """A scan by key brings every row once for every size, with a total and without."""
    assert_whole(walked(BY_KEY, FakeList(rows=rows(count), size=size, declares=declares).by_key), count)


@given(counts, sizes, st.sampled_from([frozenset({"total"}), frozenset()]))
def test_start_and_limit_bring_every_row_once(count: int, size: int, declares: frozenset[str]) -> None:
    """Pages by offset stride by the rows received, so a smaller page than asked for loses nothing."""
    assert_whole(walked(BY_START, FakeList(rows=rows(count), size=size, declares=declares).by_start), count)


@given(counts, sizes, st.integers(1, 9), st.sampled_from(["count", "inclusive", "exclusive"]), declarations)
def test_posted_start_and_limit_bring_every_row_once(
    count: int, size: int, limit: int, reading: Reading, declares: frozenset[str]
) -> None:
    """Whether `limit` is a count, an inclusive or an exclusive end, clamped or not, every row comes once."""
    server = FakeList(rows=rows(count), size=size, reading=reading, declares=declares)
    assert_whole(walked(of_body(limit), server.by_start), count)


@given(counts)
def test_a_single_answer_is_the_whole_list(count: int) -> None:
    """A list that comes in one answer is complete when the answer is."""
    pager = Single(call=Call(path="/rows"), opener=open_array)
    assert_whole(walked(pager, lambda _: reply(rows(count))), count)


@pytest.mark.parametrize("pager", [BY_NUMBER, BY_KEY, BY_START, of_body(3)], ids=lambda one: type(one).__name__)
@given(st.data())
def test_whatever_comes_back_a_walk_ends(pager: Pager, data: st.DataObject) -> None:
    """Pages made of anything, with any totals and ends, never keep a walk from ending."""
    row = st.one_of(st.none(), st.builds(lambda n: {"id": f"r{n}"}, st.integers(0, 12)), st.integers())
    number = st.one_of(st.none(), st.integers(-3, 10**12), st.text(max_size=2))
    page = st.fixed_dictionaries(
        {"rows": st.lists(row, max_size=4)},
        optional={"total": number, "page_count": number, "more": st.booleans(), "next": st.integers(-2, 300)},
    )
    bodies = data.draw(st.lists(page, min_size=1, max_size=6))
    calls = iter(range(10**9))
    played = walked(pager, lambda _: reply(bodies[next(calls) % len(bodies)]))
    assert played.end.coverage.complete is (played.end.coverage.reason is None)


@pytest.mark.parametrize("total", [10**6, 10**15, 10**40])
def test_an_absurd_total_hints_at_a_bounded_number_of_pages(total: int) -> None:
    """A declared total beyond reason neither fills memory with hints nor keeps the walk from ending honestly."""
    played = walked(BY_NUMBER, FakeList(rows=rows(5), size=2, total=total, declares=frozenset({"total"})).by_number)
    assert all(len(hint.calls) < MOST_PAGES_AHEAD for hint in played.hints)
    assert not played.end.coverage.complete
    assert isinstance(played.end.error, PaginationLoop)
    assert len(played.ids) == 5


def test_hints_name_the_very_calls_that_follow() -> None:
    """The calls a pager announces are the ones it then makes, in that order."""
    played = walked(BY_NUMBER, FakeList(rows=rows(10), size=3).by_number)
    assert list(played.hints[0].calls) == played.calls[1:4]


def test_pages_are_planned_by_the_size_that_came() -> None:
    """The number of pages follows from the rows of the first page, not from the size asked for."""
    pager = PageNumber(path="/rows", query=(("size", "100"),), opener=open_rows)
    played = walked(pager, FakeList(rows=rows(10), size=2).by_number)
    assert len(played.hints[0].calls) == 4


def test_a_number_out_of_a_next_link_is_taken() -> None:
    """Where the platform names the next page, that is the page asked for next."""
    bodies = {"1": {"rows": rows(1), "more": True, "next": 7}, "7": {"rows": rows(1, start=1), "more": False}}
    played = walked(BY_NUMBER, lambda call: reply(bodies[dict(call.query)["page"]]))
    assert [dict(call.query)["page"] for call in played.calls] == ["1", "7", "1"] * 2


def test_pages_are_planned_where_the_platform_says_how_many_there_are() -> None:
    """By the number of pages if it declares one, by its total if it declares that, and else not at all."""
    planned = {}
    for declared in ("page_count", "total", "more"):
        server = FakeList(rows=rows(7), declares=frozenset({declared}))
        planned[declared] = {len(hint.calls) for hint in walked(BY_NUMBER, server.by_number).hints}
    assert planned == {"page_count": {2}, "total": {2}, "more": set()}


def test_an_empty_page_where_the_last_one_was_announced_is_the_end() -> None:
    """Nothing is asked for beyond what a total announces."""
    server = FakeList(rows=rows(6), total=7, declares=frozenset({"total"}))
    assert [dict(call.query)["page"] for call in walked(BY_NUMBER, server.by_number).calls][:3] == ["1", "2", "3"]
    assert all(dict(call.query)["page"] != "4" for call in walked(BY_NUMBER, server.by_number).calls)


def test_a_scan_by_key_stays_on_its_path() -> None:
    """Each page is asked for where the first was."""
    assert {call.path for call in walked(BY_KEY, FakeList(rows=rows(7)).by_key).calls} == {"/rows"}


def test_posted_pages_announce_the_one_that_comes_next() -> None:
    """A driver may ask for it while the rows at hand are read."""
    played = walked(of_body(3), FakeList(rows=rows(5)).by_start)
    assert [hint.calls for hint in played.hints] == [(one,) for one in played.calls[1:3]]


@pytest.mark.parametrize("following", [1, 2, 0, -5])
def test_a_next_page_that_points_back_is_a_loop(following: int) -> None:
    """A page that names itself or an earlier one as the next ends the walk with that as the cause."""
    bodies = {"1": {"rows": rows(1), "more": True}, "2": {"rows": rows(1, start=1), "more": True, "next": following}}
    played = walked(BY_NUMBER, lambda call: reply(bodies[dict(call.query)["page"]]))
    assert isinstance(played.end.error, PaginationLoop)
    assert played.ids == ["r00000", "r00001"]


def not_found() -> NotFound:
    return NotFound("gone", vendor="fake", account="default", operation="connections", status=404)


def test_the_first_page_not_found_is_an_error() -> None:
    """A list that is not there is no empty list."""
    played = walked(BY_NUMBER, lambda _: not_found())
    assert isinstance(played.end.error, NotFound)
    assert not played.end.coverage.complete


def test_a_later_page_not_found_is_a_list_that_became_shorter() -> None:
    """A page that was announced and is gone is reported as such, and ends the pages."""
    pages = BY_NUMBER.pages()
    next(pages)
    assert isinstance(pages.send(reply({"rows": rows(2), "total": 4})), Ahead)
    assert isinstance(next(pages), Rows)
    assert isinstance(next(pages), Call)
    assert isinstance(pages.throw(not_found()), Vanished)
    with pytest.raises(StopIteration):
        next(pages)


def test_keyset_goes_on_while_the_platform_announces_more() -> None:
    """A total that equals the page does not end a scan that is said to go on."""
    bodies = {"": {"rows": rows(2), "total": 2, "more": True}, "r00001": {"rows": rows(1, start=2), "more": False}}
    pager = Keyset(
        path="/rows", after_parameter="after", row_id=lambda row: row["id"], opener=open_rows, exact_total=False
    )
    played = walked(pager, lambda call: reply(bodies.get(dict(call.query).get("after", ""), {"rows": []})))
    assert played.ids == ["r00000", "r00001", "r00002"]


def test_keyset_passes_over_rows_without_an_id() -> None:
    """A row without an id at the end of a page neither stops the scan nor loses another row."""
    server = FakeList(rows=rows(6), size=3)

    def answer(call: Call) -> Any:
        body = server.by_key(call).json()
        return reply(
            {**body, "rows": [*body["rows"], {}], "total": body["total"] + 1} if len(call.query) == 0 else body
        )

    played = walked(BY_KEY, answer)
    assert played.ids == [row["id"] for row in rows(6)]
    assert len(played.end.rejected) == 1


@pytest.mark.parametrize("odd", [None, "a row", 7, []])
def test_keyset_passes_over_rows_of_another_shape(odd: Any) -> None:
    """What the adapter's own look for an id stumbles over is a row without one."""
    pager = Keyset(path="/rows", after_parameter="after", row_id=lambda row: row["id"], opener=open_rows)
    bodies = {"": {"rows": [*rows(2), odd]}, "r00001": {"rows": rows(1, start=2)}}
    played = walked(pager, lambda call: reply(bodies.get(dict(call.query).get("after", ""), {"rows": []})))
    assert played.ids == ["r00000", "r00001", "r00002"]
    assert [one.raw for one in played.end.rejected] == [odd]


def test_keyset_cannot_go_on_from_a_page_without_ids() -> None:
    """A page on which no row has an id ends the scan as an error that says so, and keeps the rows as rejected."""
    played = walked(BY_KEY, lambda _: reply({"rows": [{}, {}], "total": 9}))
    assert "without a single id" in str(played.end.error)
    assert len(played.end.rejected) == 2


def test_a_keyset_parameter_that_is_ignored_is_a_loop() -> None:
    """A platform that answers every key with the first page is found out at the second."""
    played = walked(BY_KEY, lambda _: reply({"rows": rows(3), "total": 9}))
    assert isinstance(played.end.error, PaginationLoop)
    assert len(played.calls) == 2


@pytest.mark.parametrize("body", [b"{}", b"3", b"null", b'"x"', b"true"])
def test_what_is_no_array_is_malformed(body: bytes) -> None:
    """A bare array is the only thing that opens as one, and the complaint names what came."""
    with pytest.raises(Malformed, match="an array was due"):
        open_array(reply(body))


@pytest.mark.parametrize("body", [b"[]", b"3", b"null", b'"x"', b"false"])
def test_what_is_no_object_is_malformed(body: bytes) -> None:
    """An object is the only thing that opens as a page of one row."""
    with pytest.raises(Malformed, match="an object was due"):
        open_object(reply(body))


def test_a_single_object_stands_at_the_root() -> None:
    """The pointer of a record that comes alone leads to itself."""
    envelope = open_object(reply({"id": "1"}))
    assert (envelope.rows, envelope.pointer, envelope.is_single, envelope.more) == ([{"id": "1"}], "", True, False)


def test_a_missing_array_is_malformed_in_few_words() -> None:
    """The complaint names what stood there instead, but never quotes a key without end."""
    with pytest.raises(Malformed) as caught:
        rows_of({"x" * 10_000: 1}, "rows")
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("value", [None, "5", True, -1, 1.5, []])
def test_what_is_no_count_is_none(value: Any) -> None:
    """Only a whole number from 0 is a declared count."""
    assert count_of({"count": value}, "count") is None


def test_a_driver_must_answer() -> None:
    """A driver that sends nothing for a call is told so, rather than read as an empty page."""
    pages = BY_NUMBER.pages()
    next(pages)
    with pytest.raises(TypeError, match=r"^a driver sends the reply to a call$"):
        next(pages)


@pytest.mark.parametrize("pager", [BY_NUMBER, BY_KEY, BY_START, of_body(3)], ids=lambda one: type(one).__name__)
def test_the_first_call_is_the_one_a_walk_begins_with(pager: Pager) -> None:
    """What is asked for again at the end of a walk is what was asked for at its beginning."""
    first, begun = pager.first(), next(pager.pages())
    assert isinstance(begun, Call)
    assert (first.path, first.query, first.body) == (begun.path, begun.query, begun.body)
