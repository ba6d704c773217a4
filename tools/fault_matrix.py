"""Write docs/fault-matrix.md from a run of the conformance kit: `python -m tools.fault_matrix`."""

from __future__ import annotations

from pathlib import Path

from aggregator.testing.conformance import cases, judged, suite_of
from aggregator.testing.faults import FAULTS
from aggregator.testing.profile import WireProfile
from aggregator.testing.run import Driver
from tests.conformance.profiles import PROFILES

PAGE = Path(__file__).parent.parent / "docs" / "fault-matrix.md"

_HEAD = """# Fault matrix

What each bundled adapter's lists end in under each fault of the conformance kit, by itself. This page is written by
`python -m tools.fault_matrix` from a run; a test compares the two. Every run is held to one rule: the right records
and `complete`, or an incomplete list or an error that names the cause. Where the lists of a platform end differently,
each way is named. A blank cell is a fault that the platform's lists cannot have.

- *complete*: every record came, and the listing says so, perhaps after another attempt, login or walk.
- *incomplete*: what came is kept, and `coverage.reason` says why it is not all; the name is the error that ended it.

"""

_TAIL = """
{cases:,} cases are run for the three adapters: {faults} faults, each of their lists that can have the fault, and three
drivers (threads one request at a time, threads at once, tasks). Besides, a state machine draws several faults at a time
from a seed.

## What no client can see

- A row deleted and another added between the same two pages, both behind the page that is being read: the total stays
  what it was and no row comes twice, so there is no sign that another walk is needed. Scans by id are immune.
- A platform that leaves rows out and declares a total that agrees.
- A body cut short where it still is JSON; its length on the wire gives it away, unless that agrees too.
"""


def outcomes(wire: WireProfile) -> dict[str, str]:
    """Return what each fault ends in, over all lists of an adapter."""
    found: dict[str, dict[str, None]] = {}
    for case in cases(wire):
        if case.driver is Driver.THREADS:
            found.setdefault(case.faults[0].name, {})[judged(case).outcome] = None
    return {name: " / ".join(sorted(ends)) for name, ends in found.items()}


def page() -> str:
    """Return the page as a run of now makes it."""
    columns = {name: outcomes(wire) for name, wire in PROFILES.items()}
    lines = [f"| fault | what happens | {' | '.join(columns)} |", f"| --- | --- | {'--- | ' * len(columns)}".rstrip()]
    for fault in FAULTS.values():
        ends = (column.get(fault.name, "") for column in columns.values())
        lines.append(f"| {fault.name} | {fault.summary} | {' | '.join(ends)} |")
    count = sum(sum(1 for _ in cases(wire)) for wire in PROFILES.values())
    faults = len({fault.name for wire in PROFILES.values() for fault in suite_of(wire)})
    return _HEAD + "\n".join(lines) + "\n" + _TAIL.format(cases=count, faults=faults)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
