"""Collect again and again from faulty platforms over real sockets: `python -m tools.soak [collects]`.

Threads and tasks take turns. Each collect must end in the right partners, or say that it is incomplete; at the end
nothing may be left behind.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
import time
from pathlib import Path

from adapters.commerce_layer import CommerceLayer
from adapters.crux import Crux
from adapters.fabric import Fabric
from aggregator.collect import Aggregator, AsyncAggregator
from aggregator.sandbox import Sandbox, World
from aggregator.snapshot import Snapshot

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


def left_in_the_end(begun: tuple[int, int]) -> tuple[int, int]:
    """Return what is left once the sandbox, which lives in this process too, has closed its side of each connection."""
    ended = left_behind()
    for _ in range(300):
        if ended[0] <= begun[0] and ended[1] <= begun[1]:
            break
        time.sleep(0.1)
        ended = left_behind()
    return ended


def accounts(sandbox: Sandbox) -> list[Crux | Fabric | CommerceLayer]:
    """Return an account on each platform."""
    crux, fabric, commerce = (sandbox.vendors[name] for name in ("crux", "fabric", "commerce_layer"))
    keys = ("retailer_id", "client_id", "client_secret", "token_url")
    return [
        Crux(base_url=crux.base_url, token=crux.credentials["token"]),
        Fabric(base_url=fabric.base_url, **{key: fabric.credentials[key] for key in keys}),
        CommerceLayer(base_url=commerce.base_url, **commerce.credentials),
    ]


def in_threads(sandbox: Sandbox) -> Snapshot:
    """Collect once in threads."""
    with Aggregator(accounts(sandbox)) as aggregator:
        return aggregator.collect()


def in_tasks(sandbox: Sandbox) -> tuple[Snapshot, int]:
    """Collect once in tasks; also return how many tasks were left."""

    async def run() -> tuple[Snapshot, int]:
        async with AsyncAggregator(accounts(sandbox)) as aggregator:
            snapshot = await aggregator.collect()
        return snapshot, len(asyncio.all_tasks()) - 1

    return asyncio.run(run())


def ids_of(snapshot: Snapshot) -> dict[str, set[str]]:
    """Return the ids on each list."""
    return {one.source.vendor + one.source.operation: {record.id for record in one} for one in snapshot.listings}


def judged(snapshot: Snapshot, right: dict[str, set[str]]) -> list[str]:
    """Return what is quietly wrong in a snapshot."""
    wrong: list[str] = []
    for listing in snapshot.listings:
        ids, known = {one.id for one in listing}, right[listing.source.vendor + listing.source.operation]
        if (listing.coverage.complete and ids != known) or not ids <= known:
            wrong.append(f"{listing} is not the list")
        if not listing.coverage.complete and not listing.coverage.reason:
            wrong.append(f"{listing} gives no reason")
    return wrong


def soak(collects: int) -> list[str]:
    """Return what is wrong after so many collects; print figures as it goes."""
    world, wrong, memory = World.generate(60, 1), list[str](), list[float]()
    complete = total = tasks = 0
    with Sandbox(world) as calm:
        right = ids_of(in_threads(calm))
    with Sandbox(world, faults=FAULTS) as sandbox:
        begun = left_behind()
        for number in range(1, collects + 1):
            snapshot, left = (in_threads(sandbox), 0) if number % 2 else in_tasks(sandbox)
            tasks += left
            total += len(snapshot.listings)
            complete += sum(listing.coverage.complete for listing in snapshot.listings)
            wrong.extend(f"collect {number}: {one}" for one in judged(snapshot, right))
            if number % max(1, collects // 8) == 0:
                gc.collect()
                memory.append(resident())
                print(f"after {number} collects: {memory[-1]:.1f} MiB", flush=True)
        ended = left_in_the_end(begun)
    grown = memory[-1] - memory[len(memory) // 4]
    print(f"{collects} collects, {total} listings, {complete} complete, {len(wrong)} wrong")
    print(f"memory grew by {grown:.1f} MiB since the first quarter")
    print(f"threads {begun[0]} -> {ended[0]}, files {begun[1]} -> {ended[1]}, tasks left {tasks}")
    # The first collects fill caches and pools: only a long run tells growth from that.
    if collects >= 50 and grown > 20:
        wrong.append(f"memory grew by {grown:.1f} MiB")
    if ended[0] > begun[0] or ended[1] > begun[1] or tasks:
        wrong.append("threads, tasks or files were left behind")
    return wrong


if __name__ == "__main__":
    found = soak(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
    print("\n".join(found))
    sys.exit(1 if found else 0)
