"""What stands between the rows of a list that is set out in groups: their headings and their sums."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from adapters.table.text import Row
from adapters.table.totals import is_sum_of_a_group

_OF_MANY: Final = frozenset({"city", "region", "country", "role", "status"})
"""Fields by which a list may be set out in groups; the others are a partner's own."""


def without_groups(
    rows: Sequence[Row], chosen: Mapping[str, int], numbered: Collection[int], *, summed: bool
) -> list[Row]:
    """Return the rows without headings and sums of groups, which are no partners.

    A heading fills one column, which no partner fills: "North" above the suppliers there. It says where or of what kind
    they are, or nothing that is known, and one stands above them all. A sum says so outside the names, and has nothing
    else but amounts: "Subtotal North, 2".

    Args:
        rows: All usable rows.
        chosen: The column number of each field.
        numbered: Columns that may hold the number of a row.
        summed: Whether sums stood below them all.
    """
    name = chosen["name"]
    ends = [row for row in (*rows[:1], *rows[-1:]) if not row.unsolved]
    # Looked through whole only if its first or last row is of that kind: there may be a million rows.
    if not (summed or any(_is_alone(row) or is_sum_of_a_group(row, name) for row in ends)):
        return list(rows)
    filled = [[at for at, cell in enumerate(row.cells) if cell.strip()] for row in rows]
    sums = {at for at, row in enumerate(rows) if not row.unsolved and is_sum_of_a_group(row, name)}
    alone = {at: places[0] for at, places in enumerate(filled) if len(places) == 1 and not rows[at].unsolved}
    others = {place for at, places in enumerate(filled) if at not in alone and at not in sums for place in places}
    own = {at for field, at in chosen.items() if field not in _OF_MANY}
    heading = alone.get(0, name)
    grouped = heading not in {name, *others, *own, *numbered}
    return [row for at, row in enumerate(rows) if at not in sums and not (grouped and alone.get(at) == heading)]


def _is_alone(row: Row) -> bool:
    return sum(bool(cell.strip()) for cell in row.cells) == 1
