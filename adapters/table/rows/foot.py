"""What stands below a list: sums and remarks, in whatever order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from adapters.table.headings.columns import choose_columns, identifying, told_apart
from adapters.table.headings.heading_rows import find_headings
from adapters.table.headings.id_column import numbered
from adapters.table.row import Row, filled_in, trimmed
from adapters.table.rows.remarks import is_remark_in_parts, take_remarks
from adapters.table.rows.sums import has_sums


class Foot(NamedTuple):
    """What stood below a list.

    Attributes:
        total: The row of sums that did, the last of several; None if none did.
        remarks: What the remarks say.
    """

    total: Row | None
    remarks: list[str]


def take_foot(rows: list[Row], chosen: Mapping[str, int], numbers: Collection[int], blanks: Sequence[int]) -> Foot:
    """Take away the sums and the remarks below the list, and return what they were.

    Args:
        rows: All usable rows, from which they are taken away.
        chosen: The column number of each field.
        numbers: Columns that may hold the number of a row.
        blanks: The lines of the blank rows.
    """
    total: Row | None = None
    said: list[str] = []
    columns = sorted({*numbers} - {chosen["name"]})
    while rows:
        if has_sums(rows, chosen, columns):
            total = rows.pop()
        elif len(rows) > 1 and is_remark_in_parts(rows[-1], chosen, numbers, len(rows) - 1):
            said.insert(0, ", ".join(filled_in(rows.pop())))
        elif more := take_remarks(rows, blanks):
            said = [*more, *said]
        else:
            break
    return Foot(total, said)


def without_foot(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of one of several sheets without the sums and the remarks below its list."""
    found = find_headings(iter(rows), "", {})
    below = [row for row in found.below if any(cell.strip() for cell in row.cells)]
    chosen = choose_columns(told_apart(trimmed(found.cells)), {}, "")
    if not below or "name" not in chosen:
        return list(rows)
    width = max(len(row.cells) for row in (*below, Row(0, found.cells)))
    for row in below:
        row.cells.extend([""] * (width - len(row.cells)))
    kept = list(below)
    numbers = numbered(chosen, identifying(found.cells))
    take_foot(kept, chosen, numbers, [row.line for row in rows if not any(cell.strip() for cell in row.cells)])
    gone = {row.line for row in below} - {row.line for row in kept}
    return [row for row in rows if row.line not in gone]
