"""Many accounts become one snapshot, and one that fails never sinks the others."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from adapters.crux import Crux
from adapters.fabric import Fabric
from aggregator import Aggregator, AsyncAggregator, CollectFailed, Options, Progress, Snapshot
from aggregator.adapter import Adapter, Page
from aggregator.adapter.unready import Unready
from aggregator.errors import (
    ConfigurationError,
    InvalidQuery,
    NetworkError,
    SecretUnavailable,
    UsageError,
    VendorUnavailable,
)
from aggregator.model import StopReason
from aggregator.sandbox import Sandbox, World
from aggregator.sandbox.world.world import AS_OF
from tests.vendors import commerce_layer, crux, fabric

QUICK = Options(attempts=2, max_wait=1.0)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """The bundled vendors, well and with some pages to turn."""
    with Sandbox(World.generate(80)) as served:
        yield served


@pytest.fixture(scope="module")
def all_orders(sandbox: Sandbox) -> int:
    """How many orders there are at Crux, of all times."""
    listings = _in_threads([crux(sandbox)], orders=True).listings
    return sum(len(one) for one in listings if one.source.operation == "orders")


def _in_threads(adapters: list[Adapter], **how: Any) -> Snapshot:
    with Aggregator(adapters, options=QUICK) as aggregator:
        return aggregator.collect(**how)


def _in_tasks(adapters: list[Adapter], **how: Any) -> Snapshot:
    async def run() -> Snapshot:
        async with AsyncAggregator(adapters, options=QUICK) as aggregator:
            return await aggregator.collect(**how)

    return asyncio.run(run())


collected = pytest.mark.parametrize("collect", [_in_threads, _in_tasks])


@collected
def test_every_partner_of_every_account_is_in_the_snapshot(sandbox: Sandbox, collect: Any) -> None:
    """What each platform of the world knows arrives, each record once."""
    snapshot = collect([crux(sandbox), fabric(sandbox), commerce_layer(sandbox)])
    assert snapshot.complete
    found = {(one.source.vendor, one.source.id) for one in (*snapshot.connections, *snapshot.organizations)}
    known = {(one.platform, one.connection_id or one.native_id) for one in sandbox.world.truth()}
    assert known <= found
    assert len(found) == len(snapshot.connections) + len(snapshot.organizations)


@collected
def test_several_accounts_of_one_vendor_are_told_apart(sandbox: Sandbox, collect: Any) -> None:
    """Two accounts at one platform give two listings, each record knowing its own."""
    snapshot = collect([crux(sandbox, account="one"), crux(sandbox, account="two")])
    assert {record.source.account for record in snapshot.connections} == {"one", "two"}
    assert len({record.key for record in snapshot.connections}) == len(snapshot.connections)


def test_two_accounts_of_one_name_are_refused(sandbox: Sandbox) -> None:
    """Records could not be told apart, so it is an error before anything is sent."""
    with pytest.raises(UsageError, match="named 'acme'"):
        Aggregator([crux(sandbox), crux(sandbox)])


@collected
def test_one_failure_leaves_the_others_whole(sandbox: Sandbox, collect: Any) -> None:
    """A platform that cannot be reached gives an incomplete listing that says so; the others are complete."""
    snapshot = collect([crux(sandbox), fabric(sandbox, base_url="http://127.0.0.1:9")])
    by_vendor = {listing.source.vendor: listing for listing in snapshot.listings}
    assert by_vendor["crux"].coverage.complete
    broken = by_vendor["fabric"]
    assert not broken.coverage.complete
    assert isinstance(broken.error, NetworkError)
    assert broken.coverage.stop is StopReason.FAILURE
    assert broken.coverage.failure is not None
    assert broken.coverage.failure.code == "NetworkError"
    assert not snapshot.complete


@collected
def test_failures_can_be_made_to_raise_and_keep_what_came(sandbox: Sandbox, collect: Any) -> None:
    """With raise_if_any a failure raises an exception group that carries the snapshot."""
    adapters = [crux(sandbox), fabric(sandbox, base_url="http://127.0.0.1:9")]
    with pytest.raises(CollectFailed) as caught:
        collect(adapters, on_failure="raise_if_any")
    assert [type(one) for one in caught.value.exceptions] == [NetworkError]
    assert len(caught.value.snapshot.connections) > 0
    part = caught.value.subgroup(NetworkError)
    assert isinstance(part, CollectFailed)
    assert part.snapshot is caught.value.snapshot
    assert collect(adapters, on_failure="raise_if_all").connections


@collected
def test_raise_if_all_raises_only_when_nothing_worked(sandbox: Sandbox, collect: Any) -> None:
    """When every listing failed, there is nothing to go on with."""
    with pytest.raises(CollectFailed):
        collect([fabric(sandbox, base_url="http://127.0.0.1:9")], on_failure="raise_if_all")


@collected
def test_a_word_that_on_failure_does_not_know_is_refused(collect: Any) -> None:
    """A slip is told with the three words there are, before anything is fetched."""
    with pytest.raises(UsageError, match=r"'boom' cannot be.+'keep', 'raise_if_any', 'raise_if_all'"):
        collect([], on_failure="boom")


def test_an_aggregator_is_of_one_event_loop_until_it_is_closed() -> None:
    """In another loop it says so, instead of that an adapter is at fault; closed in its own, it begins anew."""
    aggregator = AsyncAggregator([])

    async def collect_and_close() -> Snapshot:
        async with aggregator:
            return await aggregator.collect()

    for _ in range(2):
        assert asyncio.run(collect_and_close()).complete
    assert asyncio.run(aggregator.collect()).complete
    with pytest.raises(UsageError, match=r"The aggregator belongs to another event loop.+Make a new one in each loop"):
        asyncio.run(aggregator.collect())


@collected
@pytest.mark.parametrize("orders", [90, timedelta(days=90), date(2026, 1, 31), datetime(2026, 1, 31, tzinfo=UTC)])
def test_orders_are_wanted_as_settings_say_it(sandbox: Sandbox, collect: Any, orders: Any) -> None:
    """Days, a span, a day or a moment: the listing of orders says from when on it is whole."""
    snapshot = collect([crux(sandbox)], orders=orders)
    (listing,) = [one for one in snapshot.listings if one.source.operation == "orders"]
    if isinstance(orders, date):
        assert listing.coverage.since == datetime(2026, 1, 31, tzinfo=UTC)
    else:
        assert listing.coverage.since == snapshot.taken_at - timedelta(days=90)


@collected
@pytest.mark.parametrize("orders", ["90", 0, -1, timedelta(), 1.5, 10**12])
def test_orders_that_are_no_time_are_refused(sandbox: Sandbox, collect: Any, orders: Any) -> None:
    """What cannot be a time is told as such, before anything is fetched."""
    with pytest.raises(InvalidQuery, match=r"is no time|outside the calendar"):
        collect([crux(sandbox)], orders=orders)


@collected
def test_a_proxy_that_cannot_be_used_is_told_by_itself(collect: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error comes bare, in tasks too, where a group would wrap it."""
    monkeypatch.setenv("HTTPS_PROXY", "ftp://proxy.test")
    with pytest.raises(ConfigurationError, match="HTTPS_PROXY names no proxy"):
        collect([Crux(token="any-token-0001", base_url="https://vendor.test")])


@collected
def test_no_account_gives_an_empty_snapshot(collect: Any) -> None:
    """Nothing to collect is no error."""
    assert collect([], on_failure="raise_if_all").listings == ()


@collected
def test_progress_counts_each_listing_to_its_end(sandbox: Sandbox, collect: Any) -> None:
    """Progress begins at nothing, grows page by page, and ends with the finished listing."""
    told: list[Progress] = []
    lock = threading.Lock()

    def on_progress(progress: Progress) -> None:
        with lock:
            told.append(progress)

    snapshot = collect([fabric(sandbox)], on_progress=on_progress)
    assert told[0].records == 0
    assert [one.records for one in told] == sorted(one.records for one in told)
    assert told[-1].done
    (listing,) = snapshot.listings
    assert told[-2].declared == listing.coverage.unique
    assert told[-1].listing is listing


@collected
def test_a_progress_callback_that_raises_costs_nothing(
    sandbox: Sandbox, collect: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """It is named for what it is, is not called again, and every list is whole: no adapter is blamed for it."""
    told: list[Progress] = []

    def on_progress(progress: Progress) -> None:
        told.append(progress)
        raise ZeroDivisionError("a slip of the caller's")

    snapshot = collect([fabric(sandbox)], on_progress=on_progress)
    assert snapshot.complete
    assert len(told) == 1
    assert "on_progress_failed" in caplog.text
    assert "a slip of the caller's" in caplog.text
    assert "adapter_failed" not in caplog.text


class _Careless(Fabric):
    """An adapter with a fault of its own."""

    def listings(self) -> Any:
        def start() -> Any:
            raise ZeroDivisionError("a slip")
            yield

        return (self.plan("connections", start),)


@collected
def test_a_fault_of_an_adapter_is_its_own(sandbox: Sandbox, collect: Any, caplog: pytest.LogCaptureFixture) -> None:
    """What no adapter should raise is kept as an incomplete listing that asks to be reported; the others are whole."""
    careless = _Careless(account="careless", brand_id=1, token="any-token-0001")
    snapshot = collect([careless, crux(sandbox)])
    assert "Please report it" in (snapshot.listings[0].coverage.reason or "")
    assert all(listing.coverage.complete for listing in snapshot.listings[1:])
    assert "adapter_failed" in caplog.text


class _Hopeless(Fabric):
    """An adapter that cannot even say what it lists."""

    def listings(self) -> Any:
        raise ZeroDivisionError("a slip")


class _TrippedUp(Fabric):
    """An adapter that slips after its second page."""

    def listings(self) -> Any:
        (plan,) = super().listings()

        def start() -> Any:
            steps, pages = plan.start(), 0
            step = next(steps)
            while True:
                answer = yield step
                pages += isinstance(step, Page)
                if pages == 2:
                    raise ZeroDivisionError("a slip")
                step = steps.send(answer) if answer is not None else next(steps)

        return (evolve(plan, start=start),)


@collected
def test_an_adapter_that_cannot_say_what_it_lists_sinks_nobody(sandbox: Sandbox, collect: Any) -> None:
    """Its account has one incomplete listing that says so; the other accounts are whole."""
    snapshot = collect([_Hopeless(account="hopeless", brand_id=1, token="any-token-0001"), crux(sandbox)])
    assert snapshot.listings[0].source.account == "hopeless"
    assert "Please report it" in (snapshot.listings[0].coverage.reason or "")
    assert all(listing.coverage.complete for listing in snapshot.listings[1:])


@collected
def test_what_came_before_an_adapters_fault_is_kept(collect: Any) -> None:
    """The pages that were read before an adapter slipped are in the listing, which is incomplete."""
    with Sandbox(World.generate(60), faults=("fabric:page-size=5",)) as served:
        known = fabric(served)
        names = ("base_url", "retailer_id", "client_id", "client_secret", "token_url")
        tripped = _TrippedUp(account="acme", **{name: getattr(known, name) for name in names})
        (listing,) = collect([tripped]).listings
    assert len(listing) == listing.coverage.unique == 10
    assert not listing.coverage.complete


@collected
def test_a_failure_in_mid_walk_keeps_what_came(collect: Any) -> None:
    """When a later page fails for good, the earlier pages stay, in a listing that carries the error."""
    with Sandbox(World.generate(150), faults=("fabric:500=0.5", "fabric:page-size=5")) as served:
        listing = collect([fabric(served)]).listings[0]
    assert isinstance(listing.error, VendorUnavailable)
    assert not listing.coverage.complete
    assert listing.coverage.pages >= 1
    assert len(listing) == listing.coverage.unique > 0


@collected
@pytest.mark.parametrize("as_moment", [False, True])
def test_orders_are_fetched_where_they_are_wanted_and_there_are_any(
    sandbox: Sandbox, collect: Any, all_orders: int, *, as_moment: bool
) -> None:
    """By a length of time or a moment come the orders since then; a platform without orders has its other lists."""
    moment = AS_OF - timedelta(days=45)  # counted from the present of the world, not from ours
    since = moment if as_moment else datetime.now(UTC) - moment
    snapshot = collect([crux(sandbox), fabric(sandbox)], orders=since)
    operations = [(one.source.vendor, one.source.operation) for one in snapshot.listings]
    assert operations.count(("crux", "orders")) == 1
    assert ("fabric", "connections") in operations
    assert ("fabric", "orders") not in operations
    (orders,) = (one for one in snapshot.listings if one.source.operation == "orders")
    assert orders.coverage.complete
    assert 0 < len(orders) < all_orders


def test_a_snapshot_of_all_vendors_survives_the_disk(sandbox: Sandbox, tmp_path: Path) -> None:
    """Everything that was collected is read back equal, and still explains itself."""
    snapshot = _in_threads([crux(sandbox), fabric(sandbox), commerce_layer(sandbox)])
    again = Snapshot.load(snapshot.save(tmp_path / "one"))
    assert [listing.records for listing in again.listings] == [listing.records for listing in snapshot.listings]
    assert again.connections[0].explain("status") == snapshot.connections[0].explain("status")


def test_no_thread_is_left_behind(sandbox: Sandbox) -> None:
    """After collecting, the threads there are were there before."""
    before = set(threading.enumerate())
    _in_threads([crux(sandbox), fabric(sandbox)])
    assert {one for one in threading.enumerate() if one.name.startswith("aggregator")} <= before


@collected
def test_a_snapshot_knows_where_people_see_the_records(sandbox: Sandbox, collect: Any) -> None:
    """Of each account whose settings say it."""
    snapshot = collect([crux(sandbox, record_page="https://x.test/{id}"), fabric(sandbox)])
    assert [(one.vendor, one.pages[0].template) for one in snapshot.record_pages] == [("crux", "https://x.test/{id}")]


class _Speechless(Fabric):
    """An adapter that cannot say what it lists before its secret is there."""

    def listings(self) -> tuple[Any, ...]:
        """Raise, as an adapter may that reads its lists from its credentials."""
        raise UsageError("Which lists there are stands in the token.")


@pytest.mark.parametrize(
    ("said", "operations"),
    [
        (Fabric, ["connections"]),
        (_Speechless, ["listings"]),
        (None, ["listings"]),
    ],
)
@collected
def test_an_account_without_its_secret_is_incomplete_and_the_others_are_whole(
    sandbox: Sandbox, collect: Any, said: type[Fabric] | None, operations: list[str]
) -> None:
    """Its lists are in the snapshot as failed, or one for all of them where nobody can say which there are."""
    error = SecretUnavailable("The token of shop cannot be had.")
    described = None if said is None else said(token="a-stand-in-for-the-token", retailer_id=1, account="shop")
    unready = Unready(adapter=Fabric, account="shop", error=error, described=described)
    snapshot = collect([unready, crux(sandbox)])
    shop = [one for one in snapshot.listings if one.source.account == "shop"]
    assert [(one.source.vendor, one.source.operation) for one in shop] == [("fabric", name) for name in operations]
    assert all(one.coverage.stop is StopReason.FAILURE and not one.coverage.complete for one in shop)
    assert all(one.coverage.complete for one in snapshot.listings if one.source.account != "shop")


@pytest.mark.parametrize("aggregator", [Aggregator, AsyncAggregator])
@pytest.mark.parametrize("said", [[3], "aggregator.toml", [Crux]])
def test_what_is_no_account_is_refused(aggregator: Any, said: Any) -> None:
    """The message shows what was given, and says what to give."""
    with pytest.raises(UsageError, match=r"is no account\. Give a list of adapters.+from_config"):
        aggregator(said)
