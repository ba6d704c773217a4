"""Pivots of several levels in one column: each row of the upper level is the sum of those below it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from adapters.table.row import Row
from adapters.table.rows.sums import amount
from aggregator.errors import ConfigurationError

_DEEPEST: Final = 4
_FEWEST: Final = 3


def require_one_level(rows: Sequence[Row], total: Row | None, where: str) -> None:
    """Make sure that no rows of a list are the sums of others: which of them are partners, nobody knows.

    They may be vendors below their groups, or articles below their vendors. That the grand total is but half of what
    all rows say, a third or a fourth, and that each sum comes right, is no chance.

    Args:
        rows: All rows above the sums.
        total: The sums below them; None if there are none.
        where: The table's name, for messages.

    Raises:
        ConfigurationError: Some rows are.
    """
    if total is None or len(rows) < _FEWEST:
        return
    for column, cell in enumerate(total.cells):
        whole = amount(cell)
        if whole and _levels([amount(row.cells[column]) for row in rows], whole) > 1:
            message = f"line {rows[0].line} is the sum of those below it, as are others"
            raise ConfigurationError(
                f"{where} has several levels in one column: {message}.",
                hint="Nobody knows which level is the partners: in a pivot, choose Report Layout, Show in Tabular "
                "Form; or delete the rows of the other levels.",
            )


def _levels(amounts: Sequence[Decimal | None], whole: Decimal) -> int:
    """Return of how many levels amounts are that add up to a whole on each."""
    numbers = [one for one in amounts if one is not None]
    if len(numbers) < len(amounts) or any(one <= 0 for one in numbers):
        return 1
    for depth in range(2, _DEEPEST + 1):
        if sum(numbers) == depth * whole and _is_of(numbers, depth):
            return depth
    return 1


def _is_of(numbers: Sequence[Decimal], depth: int) -> bool:
    at: int | None = 0
    while at is not None and at < len(numbers):
        at = _end(numbers, at, depth)
    return at is not None


def _end(numbers: Sequence[Decimal], at: int, depth: int) -> int | None:
    """Return where the parts of a sum end; None if they do not add up to it."""
    if depth == 1:
        return at + 1
    left, part = numbers[at], at + 1
    while left > 0 and part < len(numbers):
        left -= numbers[part]
        end = _end(numbers, part, depth - 1)
        if end is None:
            return None
        part = end
    return part if left == 0 else None
