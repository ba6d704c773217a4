"""Orders are read on from where the last run ended, each once, and nothing is passed over."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from attrs import define, evolve, field

from adapters.crux import Crux
from aggregator.client import AsyncClient, Client, Watermark, new_orders
from aggregator.errors import AggregatorError, SnapshotError
from tests.adapters.crux_fakes import FakeCrux, order_row
from tests.fakes import FakeClock

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
ACCOUNT = Crux(account="acme", base_url="https://crux.test", token="good-token-0")


@define
class Shop:
    """A search for orders that heeds start_date, in UTC; `rows` can be added to and changed."""

    rows: list[dict[str, Any]] = field(factory=list)
    broken: bool = False
    in_tasks: bool = False
    clock: FakeClock = field(factory=lambda: FakeClock(elapsed=30 * 86400))
    date: datetime | None = None  # what the platform says of the time
    told: list[str] = field(factory=list)

    def add(self, number: int, hours: float) -> None:
        """One more order, created so many hours after noon."""
        at = NOON + timedelta(hours=hours)
        self.rows.append({**order_row(number), "created_date": at.isoformat()})

    def answer(self, request: httpx.Request) -> Any:
        """Answer one search."""
        body = httpx.Response(200, content=request.content).json()
        since = datetime.fromisoformat(body.get("start_date", "2000-01-01 00:00:00")).replace(tzinfo=UTC)
        found = sorted((one for one in self.rows if _is_since(one, since)), key=lambda one: str(one["created_date"]))
        if self.broken and body["start"]:
            return 403, {"detail": "You may not."}
        return {"total_results": len(self.rows), "orders": found[body["start"] : body["start"] + 2]}

    def read(self, mark: Watermark | None = None) -> tuple[list[str], Watermark]:
        """Read what is new since a mark; return the last digits of the ids, and the new mark."""
        return asyncio.run(self._read_in_tasks(mark)) if self.in_tasks else self._read_in_threads(mark)

    def _read_in_threads(self, mark: Watermark | None) -> tuple[list[str], Watermark]:
        with Client(ACCOUNT, transport=self.transport(), clock=self.clock, announce=self.told.append) as client:
            orders = new_orders(client, mark)
            try:
                came = [one.id[-2:] for one in orders]
            except AggregatorError:
                came = ["broken"]
            return came, orders.watermark

    async def _read_in_tasks(self, mark: Watermark | None) -> tuple[list[str], Watermark]:
        transport, tell = self.transport(), self.told.append
        async with AsyncClient(ACCOUNT, transport=transport, clock=self.clock, announce=tell) as client:
            orders = new_orders(client, mark)
            try:
                came = [one.id[-2:] async for one in orders]
            except AggregatorError:
                came = ["broken"]
            return came, orders.watermark

    def transport(self) -> httpx.MockTransport:
        """In the place of the network."""
        fake = FakeCrux(routes={"POST /timp/orders/": self.answer})

        def answer(request: httpx.Request) -> httpx.Response:
            response = fake(request)
            if self.date is not None:
                response.headers["Date"] = format_datetime(self.date, usegmt=True)
            return response

        return httpx.MockTransport(answer)


def _is_since(row: dict[str, Any], since: datetime) -> bool:
    """Whether the search finds a row; one whose date is none it always does."""
    try:
        return datetime.fromisoformat(row["created_date"]) >= since
    except ValueError:
        return True


@pytest.fixture(params=["threads", "tasks"])
def shop(request: pytest.FixtureRequest) -> Shop:
    """A shop that is read by the one client or by the other, to the same effect."""
    return Shop(in_tasks=request.param == "tasks")


def test_each_order_comes_once(shop: Shop) -> None:
    """The first run reads everything, the next ones only what has come since, the same second included."""
    for number, hours in enumerate((0, 30, 60, 60)):
        shop.add(number, hours)
    came, mark = shop.read()
    assert came == ["00", "01", "02", "03"]
    assert mark.until == NOON + timedelta(hours=60)
    assert len(mark.recent) == 2
    assert shop.read(mark)[0] == []
    shop.add(4, 60)
    shop.add(5, 50)  # an order that shows up late, within the overlap
    shop.add(6, 90)
    came, mark = shop.read(mark)
    assert sorted(came) == ["04", "05", "06"]
    assert shop.read(mark)[0] == []


def test_an_order_that_changed_lately_comes_again(shop: Shop) -> None:
    """Within the overlap, an order that says something else is new."""
    shop.add(0, 0)
    shop.add(1, 2)
    _, mark = shop.read()
    shop.rows[0]["is_allocated"] = True
    assert shop.read(mark)[0] == ["00"]


def test_a_run_that_breaks_off_is_run_again(shop: Shop) -> None:
    """The mark stays where it was until a list has come whole."""
    for number in range(5):
        shop.add(number, number)
    shop.broken = True
    came, mark = shop.read()
    assert came == ["broken"]
    assert mark.until is None
    shop.broken = False
    assert len(shop.read(mark)[0]) == 5


@pytest.mark.parametrize("every", [1, 2, 3])
def test_a_long_list_leaves_the_mark_of_a_short_one(shop: Shop, every: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often the run lets go of what is more than a day old, the mark remembers the last day, and it alone."""
    for number, hours in enumerate((0, 1, 30, 31, 40, 90, 91, 100, 113)):
        shop.add(number, hours)
    _, due = shop.read()
    monkeypatch.setattr("aggregator.client.incremental._SETTLE_EVERY", every)
    came, mark = shop.read()
    assert len(came) == 9
    assert mark == due
    assert sorted(one[-2:] for one in mark.recent) == ["05", "06", "07", "08"]
    assert shop.read(mark)[0] == []


def test_a_later_run_that_breaks_off_goes_on_from_the_last_whole_one(shop: Shop) -> None:
    """What came before the breaking off comes again, what was read in the last whole run does not."""
    for number in range(3):
        shop.add(number, number)
    _, first = shop.read()
    for number in range(3, 8):
        shop.add(number, 20 + number)
    shop.broken = True
    came, mark = shop.read(first)
    assert came == ["broken"]
    assert mark == first
    shop.broken = False
    came, mark = shop.read(mark)
    assert came == ["03", "04", "05", "06", "07"]
    assert shop.read(mark)[0] == []


def test_a_mark_survives_its_file(tmp_path: Path) -> None:
    """What is saved is what is loaded; no file is a fresh start; any other file is refused with a reason."""
    shop, path = Shop(), tmp_path / "acme.json"
    shop.add(0, 0)
    _, mark = shop.read(Watermark.load(path, vendor="crux", account="acme"))
    mark.save(path)
    assert Watermark.load(path, vendor="crux", account="acme") == mark
    with pytest.raises(SnapshotError, match="watermark of crux"):
        Watermark.load(path, vendor="crux", account="other")
    for text in ("", "[]", '{"format": 1}', "\x00", '{"vendor": "crux", "account": "acme", "until": "soon"}'):
        path.write_text(text)
        with pytest.raises(SnapshotError, match="no watermark"):
            Watermark.load(path, vendor="crux", account="acme")


def test_an_order_from_the_future_hides_none_that_come_after(shop: Shop) -> None:
    """The mark stays at the newest order before it; it comes once itself, and is told of once."""
    shop.add(0, 0)
    shop.add(1, 24 * 365 * 70)
    came, mark = shop.read()
    assert came == ["00", "01"]
    assert mark.until == NOON
    (said,) = shop.told
    assert said.startswith("crux (acme): an order is dated 2096-01-14T12:00:00+00:00, in the future")
    shop.add(2, 30)
    came, mark = shop.read(mark)
    assert came == ["02"]
    assert len(shop.told) == 1
    assert shop.read(mark)[0] == []


def test_where_all_orders_are_from_the_future_each_comes_once(shop: Shop) -> None:
    """The mark is then the time of the run; hours, which a time zone can make, are not worth a word."""
    shop.clock = FakeClock(elapsed=16 * 86400)
    for number, hours in enumerate((23, 30, 40)):
        shop.add(number, hours)
    came, mark = shop.read()
    assert (sorted(came), mark.until) == (["00", "01", "02"], shop.clock.now())
    assert len(shop.told) == 1
    assert shop.read(mark)[0] == []


def test_the_future_begins_by_the_clock_of_the_platform(shop: Shop) -> None:
    """Orders are dated by the platform, so its clock decides where ours is behind."""
    shop.clock = FakeClock()
    shop.date = NOON + timedelta(hours=3)
    shop.add(0, 2)
    came, mark = shop.read()
    assert (came, mark.until) == (["00"], NOON + timedelta(hours=2))
    assert not shop.told


def test_a_mark_in_the_future_is_begun_anew(shop: Shop) -> None:
    """What came since it was set has not been read, so all is, but for what it remembers."""
    for number in range(3):
        shop.add(number, number)
    _, before = shop.read()
    poisoned = evolve(before, until=NOON + timedelta(days=25_000), recent={"gone": "", **_first(before.recent)})
    came, mark = shop.read(poisoned)
    assert len(came) == 2
    assert mark == before
    assert "lies in the future, so all orders are read again" in shop.told[0]


def _first(recent: Mapping[str, str]) -> dict[str, str]:
    return dict(list(recent.items())[:1])


@pytest.mark.parametrize("every", [1, 500])
def test_an_order_without_a_date_comes_once(shop: Shop, every: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is remembered as long as the platform lists it, and comes again if it changes."""
    monkeypatch.setattr("aggregator.client.incremental._SETTLE_EVERY", every)
    for number in range(3):
        shop.add(number, number)
    shop.rows[0]["created_date"] = "2026/11/30 whenever"
    came, mark = shop.read()
    assert sorted(came) == ["00", "01", "02"]
    came, mark = shop.read(mark)
    assert came == []
    shop.rows[0]["is_allocated"] = True
    came, mark = shop.read(mark)
    assert came == ["00"]
    assert len(mark.recent) == 3
    del shop.rows[0]
    assert len(shop.read(mark)[1].recent) == 2


def test_orders_that_all_have_no_date_come_once(shop: Shop) -> None:
    """There is no mark then, so everything is asked for again, and nothing is new."""
    shop.add(0, 0)
    shop.rows[0]["created_date"] = "whenever"
    came, mark = shop.read()
    assert (came, mark.until) == (["00"], None)
    assert shop.read(mark)[0] == []


def test_a_mark_that_cannot_be_read_is_not_to_be_removed(tmp_path: Path) -> None:
    """What the system refuses is told as such: the mark may be a good one."""
    with pytest.raises(SnapshotError) as caught:
        Watermark.load(tmp_path, vendor="crux", account="acme")
    assert str(caught.value) == f"{tmp_path} cannot be read: Is a directory."


def test_a_mark_may_be_named_by_a_text(tmp_path: Path) -> None:
    """A path is given as everywhere: as text too."""
    mark, path = Watermark(vendor="crux", account="acme", until=NOON), str(tmp_path / "acme.json")
    mark.save(path)
    assert Watermark.load(path, vendor="crux", account="acme") == mark


@pytest.mark.parametrize(
    ("until", "why"),
    [("2026-01-31T12:00:00", "has no time zone"), ("0001-01-01T00:00:00+00:00", "is no day of any order")],
)
def test_a_mark_that_is_no_moment_is_refused_with_its_file(tmp_path: Path, until: str, why: str) -> None:
    """The message names the file, what stands in it, and what to do."""
    path = tmp_path / "acme.json"
    path.write_text(f'{{"format": 1, "vendor": "crux", "account": "acme", "until": "{until}"}}')
    with pytest.raises(SnapshotError) as caught:
        Watermark.load(path, vendor="crux", account="acme")
    assert str(caught.value).startswith(f"{path} holds no watermark: its until, {until}, {why}.")
    assert "Remove it to read everything again" in str(caught.value)


async def test_a_run_in_tasks_can_be_stopped() -> None:
    """What was declared is known while reading; a run that is left keeps its mark."""
    shop = Shop()
    for number in range(5):
        shop.add(number, number)
    async with AsyncClient(ACCOUNT, transport=shop.transport(), clock=FakeClock()) as client:
        orders = new_orders(client)
        await anext(orders)
        assert orders.declared == 5
        await orders.aclose()
        assert not orders.coverage.complete
        assert orders.watermark == orders.mark
