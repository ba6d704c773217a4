"""A platform that gives rows twice: either every record is there, or the list is not called complete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.adapter import Call, Reply
from aggregator.wire.cursor import Cursor
from aggregator.wire.pagers import Envelope, Keyset, PageNumber, Pager, Rows, StartLimit, StartLimitBody, give
from tests.fakes import reply
from tests.wire.fake_vendor import Fake, FakeList, Played, open_rows, play, rows

LIMIT = 4

BY_START = StartLimit(path="/rows", limit=LIMIT, opener=open_rows)
BY_BODY = StartLimitBody(path="/rows", body={}, limit=LIMIT, opener=open_rows, exact_total=True)
BY_NUMBER = PageNumber(path="/rows", opener=open_rows)
BY_KEY = Keyset(path="/rows", after_parameter="after", row_id=lambda row: row["id"], opener=open_rows, size=LIMIT)


def open_cursor(document: Reply) -> Envelope:
    body = document.json()
    return Envelope(rows=body["rows"], total=body.get("total"), cursor=body["cursor"])


BY_CURSOR = Cursor(path="/rows", opener=open_cursor)

Answer: TypeAlias = Callable[[Call], Reply]
Dress: TypeAlias = Callable[[list[Any]], list[Any]]


def by_cursor(server: FakeList) -> Answer:
    """Pages by a cursor that is the place of the next row."""

    def answer(call: Call) -> Reply:
        start = int(dict(call.query).get("cursor", "0"))
        body = server.by_start(Call(path="/rows", query=(("start", str(start)), ("limit", str(server.size))))).json()
        following = start + len(body["rows"])
        return reply({**body, "cursor": str(following) if following < len(server.rows) else None})

    return answer


DIALECTS: dict[str, tuple[Pager, Callable[[FakeList], Answer]]] = {
    "start": (BY_START, lambda server: server.by_start),
    "body": (BY_BODY, lambda server: server.by_start),
    "number": (BY_NUMBER, lambda server: server.by_number),
    "key": (BY_KEY, lambda server: server.by_key),
    "cursor": (BY_CURSOR, by_cursor),
}
OFFSETS = ("start", "body")


def dressed(answer: Answer, dress: Dress) -> Answer:
    """Answer with pages whose rows are changed once they are cut."""

    def changed(call: Call) -> Reply:
        body = answer(call).json()
        return reply({**body, "rows": dress(body["rows"])})

    return changed


def doubling(ids: frozenset[int]) -> Dress:
    """Each of these records stands on its page twice: the offset counts records, not rows."""
    twice = {f"r{number:05d}" for number in ids}
    return lambda page: [copy for row in page for copy in [row] * (1 + (row["id"] in twice))]


def replacing(places: Sequence[int]) -> Dress:
    """On each page in turn, the row at a place is another copy of the one before it, or after."""
    turn = iter(range(10**9))

    def dress(page: list[Any]) -> list[Any]:
        place = places[next(turn) % len(places)]
        if place < len(page) > 1:
            page[place] = page[place - 1 if place else 1]
        return page

    return dress


def listed_twice(count: int, ids: frozenset[int], *, in_place: bool) -> list[Any]:
    """Rows of which some stand on the list itself twice, beside the others or in the place of the next one."""
    held = rows(count)
    for number in sorted(ids, reverse=True):
        if number < count:
            held[number + 1 : number + 1 + in_place] = [held[number]]
    return held[:count] if in_place else held


def walked(dialect: str, server: FakeList, dress: Dress = list) -> Played:
    pager, answering = DIALECTS[dialect]
    return play(Fake(pager=pager).steps(), dressed(answering(server), dress))


def came(played: Played) -> set[str]:
    return {record.id for page in played.pages for record in page.records}


def whole(count: int) -> set[str]:
    return {row["id"] for row in rows(count)}


counts = st.integers(min_value=0, max_value=20)
sizes = st.integers(min_value=1, max_value=6)
some = st.frozensets(st.integers(min_value=0, max_value=19), max_size=5)
says = st.sampled_from([frozenset[str](), frozenset({"total"}), frozenset({"more"}), frozenset({"total", "more"})])
places = st.lists(st.integers(0, 5), min_size=1, max_size=3)


@pytest.mark.parametrize("dialect", DIALECTS)
@given(counts, sizes, says, some, st.booleans(), some, st.one_of(st.none(), places), st.booleans())
def test_a_list_with_repeats_is_whole_or_not_called_complete(
    dialect: str,
    count: int,
    size: int,
    declares: frozenset[str],
    listed: frozenset[int],
    in_place: bool,
    doubled: frozenset[int],
    replaced: list[int] | None,
    counts_rows: bool,
) -> None:
    """Whether repeats are counted or not, take another's place or not, and whatever is declared: no quiet loss."""
    held = listed_twice(count, listed, in_place=in_place)
    server = FakeList(rows=held, size=size, declares=declares, total=len(held) if counts_rows else count)

    def dress(page: list[Any]) -> list[Any]:
        return doubling(doubled)(page if swap is None else swap(page))

    swap = None if replaced is None else replacing(replaced)
    played = walked(dialect, server, dress)
    assert not played.end.coverage.complete or came(played) == whole(count)


@pytest.mark.parametrize("dialect", OFFSETS)
@given(counts, sizes, some)
def test_repeats_that_the_offset_does_not_count_cost_no_record(
    dialect: str, count: int, size: int, doubled: frozenset[int]
) -> None:
    """Where the offset counts records, an exact total proves the list whole in one walk, capped pages or not."""
    played = walked(dialect, FakeList(rows=rows(count), size=size, declares=frozenset({"total"})), doubling(doubled))
    assert came(played) == whole(count)
    assert played.end.coverage.complete, played.end.coverage
    assert played.end.coverage.walks == 1


@pytest.mark.parametrize("dialect", OFFSETS)
@given(counts, st.integers(2, 6), some)
def test_repeats_that_the_offset_counts_cost_no_record(
    dialect: str, count: int, size: int, listed: frozenset[int]
) -> None:
    """Where the offset counts rows, some are read again, none is passed over, and an exact total proves the list."""
    held = listed_twice(count, listed, in_place=False)
    played = walked(dialect, FakeList(rows=held, size=size, total=count, declares=frozenset({"total"})))
    assert came(played) == whole(count)
    assert played.end.coverage.complete, played.end.coverage


@pytest.mark.parametrize("dialect", DIALECTS)
def test_without_a_total_a_repeat_leaves_the_list_unproven(dialect: str) -> None:
    """All records came, and nobody can know it: the repeat may stand where another record should."""
    server = FakeList(rows=rows(10), size=3, declares=frozenset({"more"}))
    played = walked(dialect, server, doubling(frozenset({1})))
    assert came(played) == whole(10)
    assert played.end.coverage.reason is not None
    assert "ids came twice on one page" in played.end.coverage.reason


@pytest.mark.parametrize("dialect", OFFSETS)
def test_the_next_page_begins_after_the_records_that_came(dialect: str) -> None:
    """A row that stands on its page twice does not push the next page's beginning over a record."""
    server = FakeList(rows=rows(7), size=3, declares=frozenset())
    played = walked(dialect, server, doubling(frozenset({1})))
    asked = [dict(call.query).get("start") if call.body is None else str(call.body["start"]) for call in played.calls]
    assert asked[:3] == ["0", "3", "6"]


def test_a_pager_that_is_told_nothing_counts_rows() -> None:
    """A driver of one's own that only asks for the next step is taken to have read every row as a record."""
    page = Rows(envelope=Envelope(rows=[1, 1, 2]), reply=reply([]))
    steps = give(page)
    assert next(steps) is page
    with pytest.raises(StopIteration) as end:
        next(steps)
    assert end.value.value == 3
