"""Peak memory of a process that iterates over 100,000 connections lazily."""

from __future__ import annotations

import json
import subprocess
import sys

from benchmarks.served import sandbox

PARTNERS = 128_500  # of which fabric knows about 100,000

_SCRIPT = """
import json, pathlib, re, resource, sys
from adapters.fabric import Fabric
from aggregator import Client
account = json.loads(sys.argv[1])
with Client(Fabric(**account)) as client:
    records = client.connections()
    count = sum(1 for _ in records)
assert records.coverage.complete, records.coverage
# What getrusage calls the peak includes that of the process this one was forked from; Linux knows its own.
status = pathlib.Path("/proc/self/status")
own = re.search(r"VmHWM:\\s+(\\d+)", status.read_text()) if status.exists() else None
print(count, own[1] if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def main() -> None:
    """Print the peak."""
    names = ("base_url", "client_id", "client_secret", "token_url", "retailer_id")
    with sandbox(partners=PARTNERS) as vendors:
        account = json.dumps({name: vendors["fabric"][name] for name in names})
        printed = subprocess.run(
            [sys.executable, "-c", _SCRIPT, account], check=True, capture_output=True, text=True
        ).stdout
    count, kibibytes = map(int, printed.split())
    print("Memory: iterating connections lazily (aim: 150 MB for 100,000)")
    print(f"  {'peak RSS':<38}{kibibytes / 1024:7.0f} MiB   {count:,} connections")
