"""Cells that are merged downwards: what stands in the first of several rows holds for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from adapters.table.headings.columns import shortened
from adapters.table.row import Row
from aggregator.reconcile.wording import counted


def filled_down(rows: Iterable[Row], filled: Counter[int]) -> Iterator[Row]:
    """Yield the rows with what the cells above them hold that they are merged with.

    What is merged with a heading is none of its column; and a row in which nothing else stands is a blank one.

    Args:
        rows: The rows below the headings.
        filled: Where to count how many rows of each column were filled so.
    """
    held: dict[int, tuple[int, str]] = {}
    for row in rows:
        if row.merged:
            _hold(row, held)
            if any(cell.strip() for cell in row.cells):
                _fill(row, held, filled)
        yield row


def said_of(filled: Counter[int], headings: Sequence[str]) -> list[str]:
    """Say which columns were filled, and in how many rows."""
    return [
        f"{shortened(headings[at])} is merged over several rows, and holds for {counted(filled[at], 'further row')}"
        for at in sorted(filled)
        if at < len(headings)
    ]


def _hold(row: Row, held: dict[int, tuple[int, str]]) -> None:
    for one in row.merged:
        if not one.above:
            held[one.column] = row.line, row.cells[one.column] if one.column < len(row.cells) else ""


def _fill(row: Row, held: dict[int, tuple[int, str]], filled: Counter[int]) -> None:
    for one in row.merged:
        line, text = held.get(one.column, (0, ""))
        if one.above and line == row.line - one.above and text.strip():
            row.cells.extend([""] * (one.column + 1 - len(row.cells)))
            if not row.cells[one.column].strip():
                row.cells[one.column] = text
                filled[one.column] += 1
