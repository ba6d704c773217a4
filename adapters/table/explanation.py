"""What is said of how a table was read: which column holds what, and which rows are no partners."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from adapters.table.grid import Grid
from adapters.table.headings.columns import shortened
from adapters.table.headings.loosely import resembled
from adapters.table.headings.words import HEADINGS
from aggregator.reconcile.wording import counted

_SHOWN: Final = 30
"""So many headings that are not used are named."""


def explain_columns(grid: Grid) -> str:
    """Say in one line which column holds what, which are not used, and what had to be guessed."""
    unnumbered = f"{counted(grid.unnumbered, 'row')} without an id, known by name"
    shared = f"{grid.repeated:,} rows share their ids with others"
    said = (
        ("no ids: a row is known by its number or name", not grid.has_ids),
        (unnumbered, grid.unnumbered),
        (shared, grid.has_ids and grid.repeated),
        *_rows_passed_over(grid),
        (grid.doubt or "", grid.doubt),
    )
    return "; ".join([*_used_or_not(grid), *grid.done, *(text for text, holds in said if holds)])


def notes_on_rows(grid: Grid) -> Iterator[tuple[str, int]]:
    """Yield what is noted of rows that are passed over or told apart, and of how many."""
    yield "a blank row, passed over", grid.blank
    yield "the headings once more, passed over", grid.headed
    yield "a heading or sum of a group of rows, passed over", grid.grouped
    yield "a row that goes on with the partner above it, passed over", grid.further_lines
    yield "a remark below the list, passed over", len(grid.remarks)
    yield "the sums in the last row, passed over", int(grid.summed)
    yield "a row with an id that another row has; a digest of what it says tells it apart", grid.repeated


def _rows_passed_over(grid: Grid) -> Iterator[tuple[str, object]]:
    """Yield what is said of rows that are no partners, and whether there are such."""
    yield f"above the headings: {counted(grid.titles, 'row')}, passed over", grid.titles
    yield f"the headings once more in {counted(grid.headed, 'row')}, passed over", grid.headed
    yield f"headings or sums of groups in {counted(grid.grouped, 'row')}, passed over", grid.grouped
    further = f"{counted(grid.further_lines, 'row')} without name and number, of the partner above, passed over"
    yield further, grid.further_lines
    more = f" and {len(grid.remarks) - 1} more" if len(grid.remarks) > 1 else ""
    yield f"below the list: {shortened(next(iter(grid.remarks), ''))}{more}, passed over", grid.remarks
    yield "the last row holds sums, and is passed over", grid.summed


def _used_or_not(grid: Grid) -> list[str]:
    """Say which column holds what, which are not used, and which of these a person may know a use of."""
    used = {field: (at, *grid.further.get(field, ())) for field, at in grid.chosen.items()}
    shown = {field: " and ".join(shortened(grid.headings[at]) for at in several) for field, several in used.items()}
    parts = [", ".join(f"{field} = {headings}" for field, headings in shown.items())]
    other = [heading for at, heading in enumerate(grid.headings) if at not in chain(*used.values())]
    if other:
        more = f" and {len(other) - _SHOWN} more" if len(other) > _SHOWN else ""
        parts.append(f"not used: {', '.join(map(shortened, other[:_SHOWN]))}{more}")
    lacking = HEADINGS.keys() - grid.chosen.keys()
    meant = [f"{shortened(one)} may be {field}" for one in other if (field := resembled(one, lacking)) is not None]
    if meant:
        parts.append(f"{', '.join(meant[:_SHOWN])}: if so, say --column FIELD=HEADING")
    return parts
