"""Which row of a table holds its headings, and where they are over two rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Final

from attrs import frozen

from adapters.table.headings.columns import are_headings, has_a_name, looks_like
from adapters.table.headings.loosely import FIELDS, loosened
from adapters.table.headings.partners import PLURALS, one_of
from adapters.table.headings.words import ROW_LABELS, plain, written
from adapters.table.row import Row, filled_in
from aggregator.errors import ConfigurationError

MOST_TITLES: Final = 10
"""So many rows above the headings may hold a title and nothing else."""

DEEPEST: Final = 60
"""So many rows are looked at where those hold no headings: reports say first what they were asked for."""

_SURE: Final = 3
"""So many headings are known of a row that stands so deep: what stands above may be partners."""


@frozen(kw_only=True)
class Headings:
    """The headings of a table.

    Attributes:
        titles: How many rows stand above them.
        cells: The headings.
        below: The rows below.
        above: What the rows above them say, as `shape` gives it.
        more: Whether not all rows were looked at that may hold them.
    """

    titles: int
    cells: list[str]
    below: Iterator[Row]
    above: frozenset[str]
    more: bool


_TITLE: Final = re.compile(rf"(?i)\b(list|export|report|master|as of|liste|stand|{one_of(PLURALS)})\b|\b(19|20)\d\d\b")
"""What a title above a list of one column says; else the row below it may be the second partner."""


def find_headings(stream: Iterator[Row], where: str, given: Mapping[str, str]) -> Headings:
    """Find the headings of a table, and leave the rows below them.

    Titles, dates and names of groups of columns may stand above: the headings are the row of the first few in which
    most cells are known to be one, or that row and its neighbour where more are known of both together.

    Raises:
        ConfigurationError: There are no rows, or the row cannot be read.
    """
    begun: list[Row] = []
    filled: list[int] = []
    _begin(stream, begun, filled, MOST_TITLES + 1)
    if not filled:
        raise ConfigurationError(f"{where} is empty.", hint="Its first row must be headings, one of them 'name'.")
    wanted = set(given.values())
    number = likeliest([begun[at].cells for at in filled], wanted)
    cells = begun[filled[number]].cells
    if wanted.isdisjoint(cells) and not are_headings(cells):
        _begin(stream, begun, filled, DEEPEST)
        number = likeliest([begun[at].cells for at in filled], wanted)
    at, last, cells = filled[number], filled[number], begun[filled[number]].cells
    for upper in (at - 1, at):
        both = _joined(begun[upper : upper + 2]) if upper >= 0 else None
        if both is not None and wanted.intersection(cells) <= set(both) and looks_like(both) > looks_like(cells):
            at, last, cells = upper, upper + 1, both
    row = begun[at]
    if row.error is not None:
        raise ConfigurationError(f"{where}, line {row.line}: {row.error}.", hint="It should hold the headings.")
    below = chain(begun[last + 1 :], stream)
    titles = [begun[one] for one in filled if one < at]
    above = frozenset(map(shape, titles))
    return Headings(titles=len(titles), cells=cells, below=below, above=above, more=len(filled) > MOST_TITLES)


def _begin(stream: Iterator[Row], begun: list[Row], filled: list[int], most: int) -> None:
    """Take rows from the stream until so many of them are filled."""
    for row in stream:
        if any(cell.strip() for cell in row.cells):
            filled.append(len(begun))
        elif row.error is None and not row.unsolved:
            row.cells.clear()  # there may be a million of them, formatted and blank
        begun.append(row)
        if len(filled) >= most:
            break


def likeliest(rows: Sequence[Sequence[str]], given: AbstractSet[str]) -> int:
    """Return which row holds the headings: one that was given, else most that are known, a name among them.

    Rows so deep that those above may be partners are looked at only where no other holds two headings that are known.
    """
    filled = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    best = _of_the_first(filled[: MOST_TITLES + 1], given)
    if best is None or (_may_be_a_setting(filled[best]) and given.isdisjoint(filled[best])):
        deep = (at for at, cells in enumerate(filled) if at > MOST_TITLES and _says_much(cells, given))
        best = next(deep, best)
    if best is not None:
        return best
    pivot = (number for number, cells in enumerate(filled) if not ROW_LABELS.isdisjoint(map(plain, cells)))
    return next(chain(pivot, (number for number, cells in enumerate(filled) if len(cells) > 1)), 0)


def _may_be_a_setting(cells: Sequence[str]) -> bool:
    """Whether a row may say what a report was asked for: "Company, Acme Corp". A single heading is that of a list."""
    return len(cells) == 2 and not are_headings(cells)


def _says_much(cells: Sequence[str], given: AbstractSet[str]) -> bool:
    """Whether a row is one of headings wherever it stands."""
    known = looks_like(cells)
    return not given.isdisjoint(cells) or (known >= _SURE and known * 2 >= len(cells) and has_a_name(cells))


def _of_the_first(filled: Sequence[Sequence[str]], given: AbstractSet[str]) -> int | None:
    """Return which of the first rows holds headings; None if none does."""
    best, most = None, 0
    for number, cells in enumerate(filled):
        if not given.isdisjoint(cells):
            return number
        known = looks_like(cells) if has_a_name(cells) else 0
        # A single word that is known may be a partner's name, "Supplier, Inc.", and counts only if it is the first.
        is_first = number == 0 or (
            best is None
            and all(len(above) == 1 for above in filled[:number])
            and (len(cells) > 1 or all(_TITLE.search(above[0]) for above in filled[:number]))
        )
        # Below headings, a partner may be told in words that are headings too: "Bolt GmbH, Company, Supplier".
        wider = (
            best is None or len(cells) > len(filled[best]) or (known == len(cells) and 2 * most <= len(filled[best]))
        )
        if (known > max(most, 1) and wider) or (known and is_first):
            best, most = number, known
    return best


def shape(row: Row) -> str:
    """What a row says whatever its numbers are: titles come again on each page of a report, and count the pages."""
    return re.sub(r"\d+", "0", " ".join(filled_in(row)).casefold())


def meanings(cell: str) -> frozenset[str]:
    """Return the fields that a heading may hold; none if it is not known."""
    return FIELDS.get(written(cell)) or FIELDS.get(loosened(cell)) or frozenset()


def _joined(rows: Sequence[Row]) -> list[str] | None:
    """Return the headings that two rows are together; None if the lower one is no row of headings.

    A heading above several columns holds for each of them: "Contact" above "Name" is the contact's name. One
    that is merged with the cell below it stands alone. Some cell of the upper row is left blank by that, or the same as
    its neighbour: below headings that are each for one column stands the first partner, whatever words it is told in
    ("Acme, No, No").
    """
    if len(rows) < 2 or rows[1].line != rows[0].line + 1 or any(row.error for row in rows):
        return None
    width = max(len(row.cells) for row in rows)
    upper, lower = ([*(cell.strip() for cell in row.cells), *[""] * (width - len(row.cells))] for row in rows)
    told, above = [], ""
    known = 0
    for high, low in zip(upper, lower, strict=True):
        above = high or (above if low else "")
        heading = _together(high, low, above)
        known += bool(low) and heading != high and _is_known(heading)
        told.append(heading)
    said = [cell for cell in lower if cell]
    merged = any((not high or high == upper[at - 1]) and lower[at] for at, high in enumerate(upper) if at)
    if not merged or len(said) < 2 or known * 3 < len(said) * 2 or not has_a_name(told):
        return None
    return told


def _together(high: str, low: str, above: str) -> str:
    """The heading of a column of two rows: the first that is known of both, the lower and the upper one."""
    if not (above and low):
        return low or high
    return next((one for one in (f"{above} {low}", low, high) if one and _is_known(one)), f"{high} {low}".strip())


def _is_known(heading: str) -> bool:
    return bool(looks_like([heading])) or has_a_name([heading])
