"""Runs every benchmark, or those named: `python -m benchmarks startup mapping`."""

from __future__ import annotations

import sys

from benchmarks import fetch, mapping, memory, orders, report, startup

_ALL = {
    "startup": startup.main,
    "mapping": mapping.main,
    "fetch": fetch.main,
    "memory": memory.main,
    "orders": orders.main,
    "report": report.main,
}

for chosen in sys.argv[1:] or _ALL:
    _ALL[chosen]()
