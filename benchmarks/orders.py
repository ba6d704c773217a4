"""100,000 orders of Crux Connect, walked in threads and in tasks, beside a bare httpx loop over the same pages."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

from benchmarks.served import sandbox

PARTNERS = 60
ORDERS = 2_750  # per connection, of which there are 37
ROUNDS = 5

_BEGIN = """
import asyncio, json, pathlib, re, resource, sys, time
account = json.loads(sys.argv[1])
"""

_END = """
# What getrusage calls the peak includes that of the process this one was forked from; Linux knows its own.
status = pathlib.Path("/proc/self/status")
own = re.search(r"VmHWM:\\s+(\\d+)", status.read_text()) if status.exists() else None
peak = int(own[1]) if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(count, time.perf_counter() - begun, time.process_time() - spent, peak)
"""

_THREADS = """
from adapters.crux import Crux
from aggregator import Client
begun, spent = time.perf_counter(), time.process_time()
with Client(Crux(**account)) as client:
    records = client.orders()
    count = sum(1 for _ in records)
assert records.coverage.complete, records.coverage
"""

_TASKS = """
from adapters.crux import Crux
from aggregator import AsyncClient
async def walk():
    count = 0
    async with AsyncClient(Crux(**account)) as client:
        records = client.orders()
        async for _ in records:
            count += 1
    assert records.coverage.complete, records.coverage
    return count
begun, spent = time.perf_counter(), time.process_time()
count = asyncio.run(walk())
"""

_BARE = """
import httpx
begun, spent, count = time.perf_counter(), time.process_time(), 0
headers = {"Authorization": f"Token {account['token']}"}
with httpx.Client(base_url=account["base_url"], headers=headers) as client:
    while True:
        body = {"start": count, "limit": 100, "sort": {"key": "date", "dir": "asc"}}
        rows = json.loads(client.post("/timp/orders/", json=body).content)["orders"]
        if not rows:
            break
        count += len(rows)
"""

_WAYS = {"bare httpx loop": _BARE, "Client.orders()": _THREADS, "AsyncClient.orders()": _TASKS}


class Run(NamedTuple):
    """What one process took: orders, seconds of wall and of processor time, KiB at its peak."""

    orders: int
    wall: float
    processor: float
    peak: int


def _run(script: str, account: dict[str, Any]) -> Run:
    command = [sys.executable, "-c", _BEGIN + script + _END, json.dumps(account)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return Run(int(printed[0]), float(printed[1]), float(printed[2]), int(printed[3]))


def _line(name: str, runs: Sequence[Run], bare: Sequence[Run]) -> str:
    ratios = [one.wall / other.wall for one, other in zip(runs, bare, strict=True)]
    wall = statistics.median(one.wall for one in runs)
    processor = statistics.median(one.processor for one in runs)
    return (
        f"  {name:<26}{wall:7.2f} s {statistics.median(ratios):6.2f} x, rounds {min(ratios):.2f} to {max(ratios):.2f}; "
        f"processor {processor:6.2f} s; peak {max(one.peak for one in runs) / 1024:.0f} MiB"
    )


def main() -> None:
    """Print wall time as a ratio to the bare loop, paired round by round, processor time and peak memory."""
    with sandbox(partners=PARTNERS, faults=(f"crux:orders={ORDERS}",)) as vendors:
        account = {name: vendors["crux"][name] for name in ("base_url", "token")}
        rounds = [{name: _run(script, account) for name, script in _WAYS.items()} for _ in range(ROUNDS)]
    bare = [one["bare httpx loop"] for one in rounds]
    print(f"Orders: {bare[0].orders:,} walked, {ROUNDS} rounds in turn (aim: 1.5 x wall time, 200 MB)")
    for name in _WAYS:
        print(_line(name, [one[name] for one in rounds], bare))
