"""Collect again and again from faulty platforms over real sockets: `python -m tools.soak [collects]`.

Each collect must end in the right partners, or say that it is incomplete; at the end nothing may be left behind.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from pathlib import Path

from adapters.commerce_layer import CommerceLayer
from adapters.crux import Crux
from adapters.fabric import Fabric
from aggregator.collect import Aggregator
from aggregator.sandbox import Sandbox, World
from aggregator.wire.options import Options

FAULTS = (
    "503=0.03", "429=0.02", "retry-after=0", "reset=0.03", "reset-body=0.02", "cut=0.02", "truncate=0.01", "html=0.01",
    "bom=0.1", "new-keys=0.1", "fabric:revoke-after=40", "fabric:page-size=10", "commerce_layer:clamp=10",
    "commerce_layer:rate-limits=no",
)  # fmt: skip


def resident() -> float:
    """Return the mebibytes of memory in use."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def left_behind() -> tuple[int, int]:
    """Return how many threads and open files there are."""
    gc.collect()
    return threading.active_count(), sum(1 for _ in Path("/proc/self/fd").iterdir())


def accounts(sandbox: Sandbox) -> list[Crux | Fabric | CommerceLayer]:
    """Return an account on each platform."""
    crux, fabric, commerce = (sandbox.vendors[name] for name in ("crux", "fabric", "commerce_layer"))
    keys = ("retailer_id", "client_id", "client_secret", "token_url")
    return [
        Crux(base_url=crux.base_url, token=crux.credentials["token"]),
        Fabric(base_url=fabric.base_url, **{key: fabric.credentials[key] for key in keys}),
        CommerceLayer(base_url=commerce.base_url, **commerce.credentials),
    ]


def soak(collects: int) -> list[str]:
    """Return what is wrong after so many collects; print figures as it goes."""
    world, wrong, complete, total = World.generate(60, 1), [], 0, 0
    with Sandbox(world) as calm, Aggregator(accounts(calm)) as aggregator:
        right = {listing.source.operation + listing.source.vendor: {one.id for one in listing}
                 for listing in aggregator.collect().listings}  # fmt: skip
    with Sandbox(world, faults=FAULTS) as sandbox:
        begun, memory = left_behind(), 0.0
        for number in range(1, collects + 1):
            with Aggregator(accounts(sandbox), options=Options(read_timeout=5)) as aggregator:
                for listing in aggregator.collect().listings:
                    total += 1
                    complete += listing.coverage.complete
                    ids = {one.id for one in listing}
                    known = right[listing.source.operation + listing.source.vendor]
                    if (listing.coverage.complete and ids != known) or not ids <= known:
                        wrong.append(f"collect {number}: {listing} is not the list")
                    if not listing.coverage.complete and not listing.coverage.reason:
                        wrong.append(f"collect {number}: {listing} gives no reason")
            if number == max(1, collects // 4):
                memory = resident()
        ended = left_behind()
    grown = resident() - memory
    print(f"{collects} collects, {total} listings, {complete} complete, {len(wrong)} wrong")
    print(f"memory grew by {grown:.1f} MiB since the first quarter")
    print(f"threads {begun[0]} -> {ended[0]}, files {begun[1]} -> {ended[1]}")
    # The first collects fill caches and pools: only a long run tells growth from that.
    if collects >= 50 and grown > 20:
        wrong.append(f"memory grew by {grown:.1f} MiB")
    # The sandbox lives in this process too: it closes its side of a connection a moment later.
    if ended[0] > begun[0] or ended[1] > begun[1] + 8:
        wrong.append("threads or files were left behind")
    return wrong


if __name__ == "__main__":
    found = soak(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
    print("\n".join(found))
    sys.exit(1 if found else 0)
