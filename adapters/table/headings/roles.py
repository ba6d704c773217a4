"""Columns of a kind, in which the cells show whether it is a side of the trade or another kind of business."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from adapters.table.headings.loosely import loosened
from adapters.table.headings.partners import PARTNERS, role_of
from adapters.table.headings.words import written
from adapters.table.row import Row, filled_cells
from aggregator.model import Role
from aggregator.reconcile.folding import folded

_OF_ANYTHING: Final = frozenset({"type", "org type", "side"})
"""Headings that as often say what a restaurant cooks or who runs a school."""


def without_kinds(
    chosen: Mapping[str, int], headings: Sequence[str], rows: Sequence[Row], given: Collection[str]
) -> dict[str, int]:
    """Return the columns without a role that is another kind: half of its cells or more are no words for partners.

    Args:
        chosen: The column number of each field.
        headings: All headings.
        rows: All usable rows.
        given: The fields whose columns are not guessed.
    """
    if "role" not in chosen or "role" in given:
        return dict(chosen)
    heading = headings[chosen["role"]]
    cells = filled_cells(rows, chosen["role"])
    is_open = written(heading) in _OF_ANYTHING or loosened(heading) in _OF_ANYTHING
    if not is_open or 2 * sum(count for cell, count in Counter(cells).items() if _says_role(cell)) > len(cells):
        return dict(chosen)
    return {field: at for field, at in chosen.items() if field != "role"}


def _says_role(cell: str) -> bool:
    """Whether a cell is a word for partners; a distributor is one, though of either side."""
    return role_of(cell) is not None or folded(cell) in {*PARTNERS, Role.TENANT}
