"""Shows how complete each listing is: first and impossible to miss, since everything else rests on it."""

from __future__ import annotations

from typing import Any, Final

from aggregator.cli.terminal import clean, output
from aggregator.model.converter import to_plain
from aggregator.model.listing import Listing
from aggregator.snapshot import Snapshot

_FIRST: Final = "listing"
_HEADINGS: Final = (_FIRST, "records", "declared", "pages", "walks", "complete")
_SPARED: Final = ("walks", "pages", "declared")
"""Columns that are left out where the terminal is too narrow for them, the least first."""
_GAP: Final = 2
"""Cells between two columns."""
_NAME: Final = 18
"""Cells that the name of a list gets at least."""


def print_coverage(snapshot: Snapshot) -> None:
    """Print a line for each listing, with what is missing and what differs from the documentation.

    On a narrow terminal the name is folded, and numbers that can be missed are left out: never whether a list is whole.
    """
    from rich.table import Table  # noqa: PLC0415 - keeps --help quick

    console = output()
    table = Table(box=None, pad_edge=False)
    listings = [_cells(listing) for listing in snapshot.listings]
    fitting = _fitting(listings, console.width)
    for heading, width in fitting.items():
        left = heading in {_FIRST, "complete"}
        table.add_column(heading, justify="left" if left else "right", width=width, overflow="fold")
    for cells in listings:
        table.add_row(*(cells[heading] for heading in fitting))
    console.print(table)
    for listing in snapshot.listings:
        for line in _remarks(listing):
            console.print(line, soft_wrap=True)


def _fitting(listings: list[dict[str, str]], width: int) -> dict[str, int | None]:
    """The columns that fit, with the width of each; that of the first is what the others leave."""
    widths = {one: max(len(one), *(len(cells[one]) for cells in listings), 0) for one in _HEADINGS}
    for left_out in ("", *_SPARED):
        widths.pop(left_out, None)
        if sum(widths.values()) - widths[_FIRST] + _GAP * (len(widths) - 1) + min(widths[_FIRST], _NAME) <= width:
            break
    return {**widths, _FIRST: None}


def _cells(listing: Listing[Any]) -> dict[str, str]:
    coverage = listing.coverage
    declared = "not said" if coverage.declared is None else f"{coverage.declared:,}"
    state = "yes" if coverage.complete else "NO"
    counts = (f"{len(listing):,}", declared, str(coverage.pages), str(coverage.walks))
    return dict(zip(_HEADINGS, (clean(str(listing.source)), *counts, state), strict=True))


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
