"""10,000 connections over loopback with 50 ms latency, 8 pages at a time, beside a bare loop and beside dlt."""

from __future__ import annotations

import asyncio
import resource
import statistics
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from attrs import frozen

from adapters.fabric import Fabric
from aggregator import AsyncClient, Client, Options
from benchmarks import bare
from benchmarks.served import sandbox

WIDTH = 8
BARE = "bare asyncio loop"
ROUNDS = 5
# On a busy machine there are fewer rounds, so that an answer comes within a minute and a half.
LEAST_ROUNDS = 2
PATIENCE = 25.0
PAGES_OF_DLT = 80
PARTNERS = 12_900  # of which fabric knows about 10,000


def _adapter(account: dict[str, Any]) -> Fabric:
    names = ("base_url", "client_id", "client_secret", "token_url", "retailer_id")
    return Fabric(account="bench", **{name: account[name] for name in names})


def _sync(account: dict[str, Any]) -> int:
    with Client(_adapter(account), options=Options(concurrency=WIDTH)) as client:
        listing = client.list_connections()
    assert listing.coverage.complete, listing.coverage
    return len(listing)


async def _tasks(account: dict[str, Any]) -> int:
    async with AsyncClient(_adapter(account), options=Options(concurrency=WIDTH)) as client:
        listing = await client.list_connections()
    assert listing.coverage.complete, listing.coverage
    return len(listing)


def _dlt(account: dict[str, Any]) -> int:
    from dlt.sources.helpers.rest_client import RESTClient
    from dlt.sources.helpers.rest_client.auth import OAuth2ClientCredentials
    from dlt.sources.helpers.rest_client.paginators import PageNumberPaginator

    client = RESTClient(
        base_url=account["base_url"],
        auth=OAuth2ClientCredentials(
            access_token_url=account["token_url"],
            client_id=account["client_id"],
            client_secret=account["client_secret"],
        ),
        paginator=PageNumberPaginator(base_page=1, total_path=None, maximum_page=PAGES_OF_DLT),
        data_selector="results",
    )
    path = f"/v1/retailers/{account['retailer_id']}/connections/"
    return sum(len(page) for page in client.paginate(path))


@frozen
class Spent:
    """What one run took.

    Attributes:
        wall: Seconds by the clock on the wall, the vendor's and everybody else's included.
        processor: Seconds of processor time, in this process alone: a busy machine changes it little.
    """

    wall: float
    processor: float


def _processor() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _timed(run: Callable[[], int]) -> tuple[Spent, int]:
    begun, busy = time.perf_counter(), _processor()
    rows = run()
    return Spent(time.perf_counter() - begun, _processor() - busy), rows


def main() -> None:
    """Print what each took as a ratio to the bare loop, paired round by round."""
    with sandbox(partners=PARTNERS, faults=("fabric:latency=50ms",)) as vendors:
        account = vendors["fabric"]
        runs: dict[str, Callable[[], int]] = {
            BARE: lambda: asyncio.run(bare.fetch(account, width=WIDTH)),
            "AsyncClient": lambda: asyncio.run(_tasks(account)),
            "Client (threads)": lambda: _sync(account),
        }
        spent: dict[str, list[Spent]] = {name: [] for name in runs}
        rows = {name: _timed(run)[1] for name, run in runs.items()}  # a round to warm up
        begun = time.perf_counter()
        while len(spent[BARE]) < LEAST_ROUNDS or (len(spent[BARE]) < ROUNDS and time.perf_counter() - begun < PATIENCE):
            for name, run in runs.items():
                spent[name].append(_timed(run)[0])
        _print(rows, spent)
        _print_dlt(account, statistics.median(one.wall for one in spent[BARE]) / rows[BARE])


def _print(rows: dict[str, int], spent: dict[str, list[Spent]]) -> None:
    rounds = len(spent[BARE])
    print(f"Fetch: fabric connections, 50 ms latency, {WIDTH} at a time, {rounds} rounds (aim: 1.3 x wall time)")
    for name, took in spent.items():
        walls = [mine.wall / base.wall for mine, base in zip(took, spent[BARE], strict=True)]
        busy = statistics.median(mine.processor / base.processor for mine, base in zip(took, spent[BARE], strict=True))
        print(
            f"  {name:<38}{statistics.median(one.wall for one in took):7.2f} s {statistics.median(walls):7.2f} x   "
            f"{rows[name]:,} rows, rounds {min(walls):.2f} to {max(walls):.2f}; "
            f"processor {statistics.median(one.processor for one in took):.2f} s, {busy:.2f} x"
        )


def _print_dlt(account: dict[str, Any], bare_row: float) -> None:
    """Print what dlt takes for a row, since all of them one page at a time would take a minute."""
    if find_spec("dlt") is None:
        print("  dlt's rest_client is not installed; try: pip install dlt")
        return
    took, came = _timed(lambda: _dlt(account))
    name = "dlt rest_client (one page at a time)"
    print(f"  {name:<38}{took.wall:7.2f} s {took.wall / came / bare_row:7.2f} x   {came:,} rows, once; by rows")
