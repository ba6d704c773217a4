"""10,000 connections over loopback with 50 ms latency, 8 pages at a time, beside a bare loop and beside dlt."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from adapters.fabric import Fabric
from aggregator import AsyncClient, Client, Options
from benchmarks import bare
from benchmarks.served import sandbox

WIDTH = 8
ROUNDS = 5
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
        paginator=PageNumberPaginator(base_page=1, total_path="count", stop_after_empty_page=False),
        data_selector="results",
    )
    path = f"/v1/retailers/{account['retailer_id']}/connections/"
    return sum(len(page) for page in client.paginate(path))


def _timed(run: Callable[[], int]) -> tuple[float, int]:
    begun = time.perf_counter()
    rows = run()
    return time.perf_counter() - begun, rows


def main() -> None:
    """Print the wall time of each as a ratio to the bare loop, paired round by round."""
    with sandbox(partners=PARTNERS, faults=("fabric:latency=50ms",)) as vendors:
        account = vendors["fabric"]
        runs: dict[str, Callable[[], int]] = {
            "bare asyncio loop": lambda: asyncio.run(bare.fetch(account, width=WIDTH)),
            "AsyncClient": lambda: asyncio.run(_tasks(account)),
            "Client (threads)": lambda: _sync(account),
        }
        times: dict[str, list[float]] = {name: [] for name in runs}
        rows = {name: _timed(run)[1] for name, run in runs.items()}  # a round to warm up
        for _ in range(ROUNDS):
            for name, run in runs.items():
                times[name].append(_timed(run)[0])
        _print(rows, times)
        if find_spec("dlt") is None:
            print("  dlt's rest_client is not installed; try: pip install dlt")
        else:
            seconds, came = _timed(lambda: _dlt(account))
            ratio = seconds / statistics.median(times["bare asyncio loop"])
            print(
                f"  {'dlt rest_client (one page at a time)':<38}{seconds:7.2f} s {ratio:7.2f} x   {came:,} rows, once"
            )


def _print(rows: dict[str, int], times: dict[str, list[float]]) -> None:
    bare_times = times["bare asyncio loop"]
    print(f"Fetch: fabric connections, 50 ms latency, {WIDTH} at a time, {ROUNDS} rounds (aim: 1.3 x)")
    for name, seconds in times.items():
        ratios = [mine / base for mine, base in zip(seconds, bare_times, strict=True)]
        print(
            f"  {name:<38}{statistics.median(seconds):7.2f} s {statistics.median(ratios):7.2f} x "
            f"  {rows[name]:,} rows, ratios {min(ratios):.2f} to {max(ratios):.2f}"
        )
