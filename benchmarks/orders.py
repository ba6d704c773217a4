"""100,000 orders of Crux Connect, walked lazily, beside a bare httpx loop over the same pages; with its peak memory."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from typing import Any

from benchmarks.served import sandbox

PARTNERS = 60
ORDERS = 2_600  # per connection, of which there are about 40
ROUNDS = 3

_OURS = """
import json, resource, sys, time
from adapters.crux import Crux
from aggregator import Client
account = json.loads(sys.argv[1])
begun = time.perf_counter()
with Client(Crux(**account)) as client:
    records = client.orders()
    count = sum(1 for _ in records)
assert records.coverage.complete, records.coverage
print(count, time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""

_BARE = """
import json, resource, sys, time
import httpx
account = json.loads(sys.argv[1])
begun, count = time.perf_counter(), 0
headers = {"Authorization": f"Token {account['token']}"}
with httpx.Client(base_url=account["base_url"], headers=headers) as client:
    while True:
        body = {"start": count, "limit": 100, "sort": {"key": "date", "dir": "asc"}}
        rows = json.loads(client.post("/timp/orders/", json=body).content)["orders"]
        if not rows:
            break
        count += len(rows)
print(count, time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def _run(script: str, account: dict[str, Any]) -> tuple[int, float, int]:
    command = [sys.executable, "-c", script, json.dumps(account)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return int(printed[0]), float(printed[1]), int(printed[2])


def main() -> None:
    """Print wall time as a ratio to the bare loop, paired round by round, and the peak."""
    with sandbox(partners=PARTNERS, faults=(f"crux:orders={ORDERS}",)) as vendors:
        account = {name: vendors["crux"][name] for name in ("base_url", "token")}
        rounds = [(_run(_BARE, account), _run(_OURS, account)) for _ in range(ROUNDS)]
    ratios = [ours[1] / bare[1] for bare, ours in rounds]
    count, peak = rounds[-1][1][0], max(ours[2] for _, ours in rounds)
    print("Orders: a lazy walk beside a bare httpx loop over the same pages (aim: 1.5 x, 200 MB)")
    print(f"  {'bare httpx loop':<38}{statistics.median(bare[1] for bare, _ in rounds):7.2f} s")
    print(
        f"  {'Client.orders()':<38}{statistics.median(ours[1] for _, ours in rounds):7.2f} s "
        f"{statistics.median(ratios):7.2f} x   {count:,} orders, ratios {min(ratios):.2f} to {max(ratios):.2f}"
    )
    print(f"  {'peak RSS':<38}{peak / 1024:7.0f} MiB")
