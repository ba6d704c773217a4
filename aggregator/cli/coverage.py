"""Shows how complete each listing is: first and impossible to miss, since everything else rests on it."""

from __future__ import annotations

from typing import Any

from aggregator.cli.terminal import clean, output
from aggregator.model.converter import to_plain
from aggregator.model.listing import Listing
from aggregator.snapshot import Snapshot


def print_coverage(snapshot: Snapshot) -> None:
    """Print a line for each listing, with what is missing and what differs from the documentation."""
    from rich.table import Table  # noqa: PLC0415 - keeps --help quick

    table = Table(box=None, pad_edge=False)
    for heading in ("listing", "records", "declared", "pages", "walks", "complete"):
        table.add_column(heading, justify="right" if heading not in {"listing", "complete"} else "left", no_wrap=True)
    for listing in snapshot.listings:
        table.add_row(*_cells(listing))
    console = output()
    console.print(table)
    for listing in snapshot.listings:
        for line in _remarks(listing):
            console.print(line, soft_wrap=True)


def _cells(listing: Listing[Any]) -> tuple[str, ...]:
    coverage = listing.coverage
    declared = "not said" if coverage.declared is None else f"{coverage.declared:,}"
    state = "yes" if coverage.complete else "NO"
    counts = (f"{len(listing):,}", declared, str(coverage.pages), str(coverage.walks))
    return (clean(str(listing.source)), *counts, state)


def _remarks(listing: Listing[Any]) -> list[str]:
    name, coverage = clean(str(listing.source)), listing.coverage
    lines = [] if coverage.complete else [f"! {name} is INCOMPLETE: {clean(coverage.reason or '')}"]
    lines += [f"  {name}: walked again, because {clean(sign)}" for sign in coverage.drift]
    lines += [f"  {name}: set aside {clean(str(one))}" for one in listing.rejected[:5]]
    drift = listing.drift
    counted = {**drift.unknown_values, **drift.unknown_keys, **drift.notes}
    if counted:
        shown = ", ".join(f"{clean(what)} ({count})" for what, count in list(counted.items())[:5])
        more = f" and {len(counted) - 5} more" if len(counted) > 5 else ""
        lines.append(f"  {name}: not in the documentation: {shown}{more}")
    return lines


def plain_coverage(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return the coverage of each listing as plain values, for scripts."""
    return [
        {
            "vendor": listing.source.vendor,
            "account": listing.source.account,
            "operation": listing.source.operation,
            "records": len(listing),
            "coverage": to_plain(listing.coverage),
            "drift": to_plain(listing.drift),
        }
        for listing in snapshot.listings
    ]
