"""A row of a table, and what stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

SAVE_IT: Final = "open the workbook in a spreadsheet program and save it"
"""What gives formulas their results."""


class Unsolved(NamedTuple):
    """A formula without a result.

    Attributes:
        column: The number of its column, from 0.
        cell: Where it stands, such as "B2".
    """

    column: int
    cell: str


class Merged(NamedTuple):
    """A cell of a row that is merged with others.

    Attributes:
        column: The number of its column, or of the first of several, from 0.
        above: How many rows above it belong to it.
        below: How many rows below it do.
        width: Over how many columns it goes.
    """

    column: int
    above: int
    below: int
    width: int


class Row(NamedTuple):
    """A row that was read.

    Attributes:
        line: The line it begins on, from 1.
        cells: Its cells.
        error: Why it cannot be used, if it cannot.
        unsolved: Its cells that hold a formula without a result, and so nothing.
        merged: Its cells that are merged with others, of a workbook.
    """

    line: int
    cells: list[str]
    error: str | None = None
    unsolved: tuple[Unsolved, ...] = ()
    merged: tuple[Merged, ...] = ()


def filled_in(row: Row) -> list[str]:
    """Return the cells of a row in which anything stands, without blanks around them."""
    return [cell for one in row.cells if (cell := one.strip())]


def filled_cells(rows: Iterable[Row], column: int) -> list[str]:
    """Return the cells of a column in which anything stands, without blanks around them."""
    return [cell for row in rows if (cell := row.cells[column].strip())]


def trimmed(cells: Sequence[str]) -> list[str]:
    """Return the cells of a row without blanks around them and without empty ones at its end."""
    bare = [cell.strip() for cell in cells]
    while bare and not bare[-1]:
        bare.pop()
    return bare
