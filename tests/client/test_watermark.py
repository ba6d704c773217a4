"""Orders are read on from where the last run ended, each once, and nothing is passed over."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from attrs import define, field

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

    def add(self, number: int, hours: float) -> None:
        """One more order, created so many hours after noon."""
        at = NOON + timedelta(hours=hours)
        self.rows.append({**order_row(number), "created_date": at.isoformat()})

    def answer(self, request: httpx.Request) -> Any:
        """Answer one search."""
        body = httpx.Response(200, content=request.content).json()
        since = datetime.fromisoformat(body.get("start_date", "2000-01-01 00:00:00")).replace(tzinfo=UTC)
        found = sorted(
            (one for one in self.rows if datetime.fromisoformat(one["created_date"]) >= since),
            key=lambda one: str(one["created_date"]),
        )
        if self.broken and body["start"]:
            return 403, {"detail": "You may not."}
        return {"total_results": len(self.rows), "orders": found[body["start"] : body["start"] + 2]}

    def read(self, mark: Watermark | None = None) -> tuple[list[str], Watermark]:
        """Read what is new since a mark; return the last digits of the ids, and the new mark."""
        return asyncio.run(self._read_in_tasks(mark)) if self.in_tasks else self._read_in_threads(mark)

    def _read_in_threads(self, mark: Watermark | None) -> tuple[list[str], Watermark]:
        with Client(ACCOUNT, transport=self.transport(), clock=FakeClock()) as client:
            orders = new_orders(client, mark)
            try:
                came = [one.id[-2:] for one in orders]
            except AggregatorError:
                came = ["broken"]
            return came, orders.watermark

    async def _read_in_tasks(self, mark: Watermark | None) -> tuple[list[str], Watermark]:
        async with AsyncClient(ACCOUNT, transport=self.transport(), clock=FakeClock()) as client:
            orders = new_orders(client, mark)
            try:
                came = [one.id[-2:] async for one in orders]
            except AggregatorError:
                came = ["broken"]
            return came, orders.watermark

    def transport(self) -> httpx.MockTransport:
        """In the place of the network."""
        return httpx.MockTransport(FakeCrux(routes={"POST /timp/orders/": self.answer}))


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
