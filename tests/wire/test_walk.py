"""A walk says complete only where nothing speaks against it, and keeps what came whatever happens."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.adapter import Call, DriftCount, Place, Reply
from aggregator.errors import AggregatorError, ContractError, NetworkError, NotFound, PaginationLoop
from aggregator.model import Connection, StopReason
from aggregator.secret import Secret
from aggregator.wire import passes
from aggregator.wire.pagers import Keyset, PageNumber, Pager, Single, StartLimit, open_array
from aggregator.wire.walk import MOST_WALKS, walk
from tests.fakes import reply
from tests.wire.fake_vendor import Fake, FakeList, Played, open_rows, play, read_row, rows

BY_NUMBER = PageNumber(path="/rows", opener=open_rows)
BY_KEY = Keyset(path="/rows", after_parameter="after", row_id=lambda row: row["id"], opener=open_rows)
BY_START = StartLimit(path="/rows", limit=3, opener=open_rows)


def walked(answer: Callable[[Call], Reply | AggregatorError], pager: Pager = BY_NUMBER) -> Played:
    return play(Fake(pager=pager).steps(), answer)


def ids(count: int, *, start: int = 0) -> list[str]:
    return [row["id"] for row in rows(count, start=start)]


def fail(kind: type[Any] = NetworkError) -> Any:
    return kind("it broke.", vendor="fake", account="default", operation="connections")


def test_an_undisturbed_list_is_walked_once() -> None:
    """A list that stands still is complete after one walk, whose coverage counts what came."""
    end = walked(FakeList(rows=rows(7)).by_number).end
    coverage = end.coverage
    assert (coverage.complete, coverage.walks, coverage.pages, coverage.received, coverage.unique) == (True, 1, 3, 7, 7)
    assert (coverage.declared, coverage.duplicates, coverage.rejected, coverage.drift) == (7, 0, 0, ())
    assert coverage.stop is StopReason.END
    assert end.order == tuple(ids(7))


def test_duplicates_within_a_page_count_as_rows_and_come_once() -> None:
    """A row that stands twice on one page is counted, reported and handed out once; no further walk is made."""
    doubled = [*rows(2), rows(1)[0], *rows(2, start=2)]
    played = walked(lambda _: reply(doubled), Single(call=Call(path="/rows"), opener=open_array))
    assert played.ids == ids(4)
    assert (played.end.coverage.duplicates, played.end.coverage.received, played.end.coverage.walks) == (1, 5, 1)
    assert played.end.coverage.complete


def test_a_row_in_the_place_of_another_is_no_whole_list() -> None:
    """A page that holds one row twice instead of two rows meets the declared total, and proves nothing."""
    body = {"total": 5, "rows": [*rows(2), rows(1)[0], *rows(2, start=2)]}
    played = walked(lambda _: reply(body), Single(call=Call(path="/rows"), opener=open_rows))
    assert played.ids == ids(4)
    assert "5 declared, 4 came" in str(played.end.coverage.reason)
    assert not played.end.coverage.complete


def test_a_total_that_is_another_at_the_end_makes_us_walk_again() -> None:
    """A row that came behind the last page while it was read shows in the total of the first, and is fetched."""
    server = FakeList(rows=rows(7))
    calls = 0

    def answer(call: Call) -> Reply:
        nonlocal calls
        calls += 1
        if calls == 4:
            server.rows.append(rows(1, start=7)[0])
        return server.by_number(call)

    played = walked(answer)
    assert played.end.coverage.complete
    assert played.end.coverage.walks == 3  # until two in a row agree
    assert list(played.end.order or ()) == ids(8)


def test_an_id_on_two_pages_makes_a_second_walk() -> None:
    """A row that slips to the next page while the first is read is told from a lost one by walking again."""
    server = FakeList(rows=rows(8))
    server.mutate = lambda at: at.rows.insert(0, {"id": "new"}) if at.requests == 2 else None
    played = walked(server.by_number)
    assert played.end.coverage.complete
    assert sorted(played.ids) == sorted([*ids(8), "new"])
    assert played.end.coverage.walks == 3
    assert passes.CAME_AGAIN in played.end.coverage.drift


def test_a_changing_total_makes_a_second_walk() -> None:
    """A total that changes between two pages is a sign of movement, even where no id came twice."""
    server = FakeList(rows=rows(7))
    server.mutate = lambda at: at.rows.append({"id": "s-late"}) if at.requests == 2 else None
    played = walked(server.by_number)
    assert "the declared total changed during the walk" in played.end.coverage.drift
    assert played.end.coverage.walks >= 2
    assert (played.end.coverage.complete, len(played.ids)) == (True, 8)


def test_a_first_page_that_changed_makes_a_second_walk() -> None:
    """A row deleted from a page that was read already pulls another over the edge; the first page gives it away."""
    server = FakeList(rows=rows(9), declares=frozenset({"more"}))
    server.mutate = lambda at: at.rows.pop(0) if at.requests == 2 else None
    played = walked(server.by_number)
    assert "the first page changed during the walk" in played.end.coverage.drift
    assert set(played.ids) == set(ids(8, start=1))
    assert played.end.coverage.complete


def test_a_list_that_never_stands_still_is_incomplete_in_bounded_time() -> None:
    """A list that changes in every walk is given up after a few, keeps all that came, and says why."""
    server = FakeList(rows=rows(7))
    server.mutate = lambda at: at.rows.insert(0, {"id": f"n{at.requests}"})
    played = walked(server.by_number)
    assert not played.end.coverage.complete
    assert "walks never agreed" in str(played.end.coverage.reason)
    assert played.end.coverage.walks == MOST_WALKS
    assert set(ids(7)) <= set(played.ids)
    assert played.end.order is None


def test_ids_that_come_again_in_every_walk_are_no_proof() -> None:
    """Rows in no fixed order lose the same rows in each walk: without a total, two agreeing walks prove nothing."""
    pages = {"1": rows(3), "2": [*rows(1, start=2), *rows(2, start=4)], "3": []}
    played = walked(lambda call: reply({"rows": pages[dict(call.query)["page"]]}))
    assert not played.end.coverage.complete
    assert "no declared total" in str(played.end.coverage.reason)
    assert played.end.coverage.walks == 2


def test_ids_that_come_again_are_no_harm_where_the_total_is_met() -> None:
    """Where every declared row is there, a row that stands on two pages does not make the list incomplete."""
    pages = {"1": rows(3), "2": [*rows(1, start=2), *rows(2, start=3)]}
    played = walked(lambda call: reply({"rows": pages[dict(call.query)["page"]], "total": 5, "page_count": 2}))
    assert played.end.coverage.complete
    assert played.ids == ids(5)


def test_an_announced_page_that_is_always_missing_is_no_proof() -> None:
    """A list whose announced page is not found in either walk is not complete unless a total says so."""

    def answer(call: Call) -> Any:
        number = int(dict(call.query)["page"])
        return reply({"rows": rows(2, start=2 * number), "page_count": 5}) if number < 3 else fail(NotFound)

    played = walked(answer)
    assert not played.end.coverage.complete
    assert "page 3 was announced and is gone" in str(played.end.coverage.reason)


@pytest.mark.parametrize("total", [0, 3, 6, 8, 1000])
@pytest.mark.parametrize("pager", [BY_NUMBER, BY_KEY, BY_START], ids=lambda one: type(one).__name__)
def test_a_wrong_total_is_never_complete(total: int, pager: Pager) -> None:
    """A list that does not hold as many rows as declared is incomplete, and the reason gives both numbers."""
    server = FakeList(rows=rows(7), total=total, declares=frozenset({"total", "more"}))
    answer = {PageNumber: server.by_number, Keyset: server.by_key, StartLimit: server.by_start}[type(pager)]
    played = walked(answer, pager)
    assert not played.end.coverage.complete
    assert f"{total} declared, 7 came" in str(played.end.coverage.reason)
    assert played.ids == ids(7)


def test_a_total_that_is_no_count_of_this_list_is_not_compared() -> None:
    """Where the platform's total counts something else, it is noted and not held against the list."""
    pager = PageNumber(path="/rows", opener=open_rows, exact_total=False)
    played = walked(FakeList(rows=rows(7), total=99, declares=frozenset({"total", "more"})).by_number, pager)
    assert played.end.coverage.complete
    assert played.end.coverage.declared == 99


def test_an_unreadable_row_is_set_aside() -> None:
    """A row that cannot be read sinks nothing: it is kept with place and reason, and the list is not called whole."""
    held: list[Any] = [*rows(2), {"name": "no id"}, None, *rows(2, start=2)]
    played = walked(FakeList(rows=held).by_number)
    assert played.ids == ids(4)
    assert [(one.page, one.pointer, one.raw) for one in played.end.rejected] == [
        (1, "/rows/2", {"name": "no id"}),
        (2, "/rows/0", None),
    ]
    assert not played.end.coverage.complete
    assert played.end.coverage.rejected == 2
    assert "2 of 6 rows could not be read" in str(played.end.coverage.reason)


def test_of_rows_that_cannot_be_read_the_first_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are they take little memory, and each is counted."""
    monkeypatch.setattr("aggregator.wire.passes.MOST_REJECTED", 2)
    played = walked(FakeList(rows=[*rows(2), *[{"no": "id"}] * 5]).by_number)
    assert [(one.page, one.pointer) for one in played.end.rejected] == [(1, "/rows/2"), (2, "/rows/0")]
    assert played.end.coverage.rejected == 5
    assert played.end.coverage.received == len(played.ids) + 5
    assert "5 of 7 rows could not be read" in str(played.end.coverage.reason)


def test_a_mapping_that_trips_over_a_row_sets_it_aside() -> None:
    """An exception out of an adapter's own mapping costs one row, not the list, and shows no secret."""
    secret = Secret("sekret-value-77")

    def trip(row: Any, place: Place, drift: DriftCount) -> Connection:
        if row["id"] == "r00001":
            raise KeyError(secret.reveal())
        return read_row(row, place, drift)

    adapter = Fake(pager=BY_NUMBER)
    played = play(walk(BY_NUMBER, trip, adapter=adapter, operation="connections"), FakeList(rows=rows(4)).by_number)
    assert played.ids == ["r00000", "r00002", "r00003"]
    assert "KeyError" in str(played.end.rejected[0])
    assert secret.reveal() not in str(played.end.rejected[0])


def test_a_page_parameter_that_is_ignored_is_a_loop() -> None:
    """The same page for every number ends as a loop, after one more try, with the page's rows kept once."""
    server = FakeList(rows=rows(9))
    played = walked(lambda _: server.by_number(Call(path="/rows", query=(("page", "1"),))))
    assert isinstance(played.end.error, PaginationLoop)
    assert played.ids == ids(3)
    assert not played.end.coverage.complete
    assert len(played.calls) <= 6


def test_a_list_that_moves_by_a_whole_page_is_no_loop() -> None:
    """As many rows inserted in front as a page holds make a page come again once; the next walk sees them all."""
    server = FakeList(rows=rows(4), size=1)
    server.mutate = lambda at: at.rows.insert(0, {"id": "new"}) if at.requests == 2 else None
    played = walked(server.by_number)
    assert played.end.coverage.complete
    assert sorted(played.ids) == sorted([*ids(4), "new"])


def test_unreadable_pages_that_repeat_are_a_loop() -> None:
    """Pages whose every row is unreadable still count as repeating."""
    played = walked(lambda _: reply({"rows": [{"x": 1}], "more": True}))
    assert isinstance(played.end.error, PaginationLoop)
    assert len(played.calls) <= 6


def test_empty_pages_without_end_are_a_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """A platform that announces more and more empty pages is not followed for ever."""
    monkeypatch.setattr(passes, "MOST_EMPTY_PAGES", 5)
    played = walked(lambda _: reply({"rows": [], "more": True}))
    assert isinstance(played.end.error, PaginationLoop)
    assert len(played.calls) == 6


def test_a_list_of_too_many_pages_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cap on pages ends a walk as a limit, which is never complete."""
    monkeypatch.setattr(passes, "MOST_PAGES", 4)
    played = walked(FakeList(rows=rows(100)).by_number)
    assert played.end.coverage.stop is StopReason.LIMIT
    assert not played.end.coverage.complete
    assert "cut off after 4 pages" in str(played.end.coverage.reason)
    assert played.ids == ids(12)


@pytest.mark.parametrize("failing", range(1, 6))
def test_a_failure_keeps_what_came(failing: int) -> None:
    """An error at any call, the last look at the first page included, ends an incomplete list that carries it."""
    server, error = FakeList(rows=rows(9)), fail()
    calls = iter(range(1, 100))
    played = walked(lambda call: error if next(calls) == failing else server.by_number(call))
    if failing == 5:  # three pages and the look at the first again: there is no fifth call
        assert played.end.coverage.complete
        return
    assert played.end.error is error
    assert played.end.coverage.stop is StopReason.FAILURE
    assert played.end.coverage.failure is not None
    assert not played.end.coverage.complete
    assert played.ids == ids(min(9, 3 * (failing - 1)))


def test_a_failure_in_a_second_walk_keeps_the_first() -> None:
    """Records and rejected rows of a first walk survive the failure of the second."""
    server = FakeList(rows=[*rows(5), {"no": "id"}])
    server.mutate = lambda at: at.rows.append({"id": "late"}) if at.requests == 2 else None
    played = walked(lambda call: fail() if server.requests >= 5 else server.by_number(call))
    assert played.end.coverage.walks == 2
    assert played.end.coverage.failure is not None
    assert set(ids(5)) <= set(played.ids)
    assert len(played.end.rejected) == played.end.coverage.rejected == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "an empty body"),
        (b"<html>busy</html>", "HTML"),
        (b'{"rows": [', "cannot be read"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"rows": [1e99999999999999999999]}', "beyond all bounds"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"data": []}', "'rows'"),
    ],
)
@pytest.mark.parametrize("page", [1, 2])
def test_a_body_that_cannot_be_read_is_the_platforms_fault(body: bytes, said: str, page: int) -> None:
    """A page that is no page ends the walk as a contract error that says what came instead."""
    server = FakeList(rows=rows(5))
    played = walked(lambda call: reply(body) if dict(call.query)["page"] == str(page) else server.by_number(call))
    assert isinstance(played.end.error, ContractError)
    assert said in str(played.end.error)
    assert played.ids == ids(3 * (page - 1))


def test_an_excerpt_is_masked_before_it_is_cut() -> None:
    """Half a secret at the edge of an excerpt is as little to be seen as a whole one."""
    secret = Secret("abcdefghijklmnopqrstuvwxyz")
    played = walked(lambda _: reply(b"x" * 290 + secret.reveal().encode()))
    assert isinstance(played.end.error, ContractError)
    assert "abcdef" not in played.end.error.excerpt
    assert len(played.end.error.excerpt) <= 300


def test_the_first_page_is_looked_at_again_only_where_rows_can_move() -> None:
    """A scan by key, and a list of one page, are not asked for again at the end."""
    assert len(walked(FakeList(rows=rows(2)).by_number).calls) == 1
    assert len(walked(FakeList(rows=rows(7)).by_key, BY_KEY).calls) == 3
    assert len(walked(FakeList(rows=rows(7)).by_number).calls) == 4


def test_unknown_things_are_counted_once_however_often_the_list_is_walked() -> None:
    """What an adapter counts during a repeated walk is the count of the last walk."""

    def counting(row: Any, place: Place, drift: DriftCount) -> Connection:
        drift.notes["a row"] += 1
        return read_row(row, place, drift)

    server = FakeList(rows=rows(5))
    server.mutate = lambda at: at.rows.append({"id": "late"}) if at.requests == 2 else None
    played = play(walk(BY_NUMBER, counting, adapter=Fake(), operation="connections"), server.by_number)
    assert played.end.coverage.walks > 1
    assert played.end.drift.notes == {"a row": 6}


def test_a_source_tells_page_request_and_pointer() -> None:
    """Every record knows where it stood."""
    played = walked(FakeList(rows=rows(5)).by_number)
    last = played.pages[-1].records[-1].source
    assert (last.page, last.pointer, last.operation, last.account) == (2, "/rows/1", "connections", "default")


@given(
    count=st.integers(0, 30),
    size=st.integers(1, 6),
    declares=st.frozensets(st.sampled_from(["total", "more", "page_count"])),
    seed=st.integers(0, 10**6),
    busy=st.integers(0, 25),
    rate=st.floats(0.0, 0.8),
    pager=st.sampled_from([BY_NUMBER, BY_KEY, BY_START]),
)
def test_a_complete_list_that_stood_still_for_two_walks_is_the_right_one(
    count: int, size: int, declares: frozenset[str], seed: int, busy: int, rate: float, pager: Pager
) -> None:
    """However a list is changed while it is walked: if it stood still at last, complete means exactly its ids."""
    chance, changed_at = random.Random(seed), [0]
    server = FakeList(rows=rows(count), size=size, declares=declares)

    def mutate(at: FakeList) -> None:
        if at.requests > busy or chance.random() > rate:
            return
        changed_at[0] = at.requests
        match chance.randrange(3):
            case 0:
                at.rows.insert(chance.randint(0, len(at.rows)), {"id": f"n{at.requests:05d}"})
            case 1 if at.rows:
                at.rows.pop(chance.randrange(len(at.rows)))
            case _:
                chance.shuffle(at.rows)

    server.mutate = mutate
    answers = {PageNumber: server.by_number, Keyset: server.by_key, StartLimit: server.by_start}
    played = walked(answers[type(pager)], pager)
    coverage = played.end.coverage
    assert coverage.walks <= MOST_WALKS
    assert coverage.complete is (coverage.reason is None)
    still = changed_at[0] < _start_of_last_walks(played, 2)
    if coverage.complete and still:
        assert sorted(played.ids) == sorted(row["id"] for row in server.rows)
    if not coverage.complete:
        assert coverage.reason


def _start_of_last_walks(played: Played, how_many: int) -> int:
    """The number of the request with which the last so many walks began, to the safe side; 1 if there were fewer."""
    first = played.end.coverage.walks - how_many + 1
    before = [page for page in played.pages if page.walk < first]
    return 1 if first <= 1 else len(before) + 1
