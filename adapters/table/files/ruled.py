"""Text reports whose columns a line of dashes marks, as sqlcmd, SQL*Plus and AS/400 print them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import islice, pairwise
from typing import Final, NamedTuple
from unicodedata import east_asian_width

from adapters.table.headings.columns import are_headings, looks_like
from adapters.table.headings.heading_rows import shape
from adapters.table.row import Row
from adapters.table.rows.remarks import is_footer
from aggregator.errors import ConfigurationError

# VENDOR   VENDOR NAME            CITY
# NUMBER
# -------- ---------------------- ---------
#   100023 ACME FOODS INC         BOSTON
_RULER: Final = re.compile(r" *(-+( +-+)+|=+( +=+)+|_+( +_+)+) *")
_DASHES: Final = re.compile(r"[-=_]+")
_BLANKS: Final = re.compile(r"(?<=\S) {2,}(?=\S)")
_FAR: Final = " " * 3
_PARTS: Final = re.compile("[,;\t|]")
_LOOKED_AT: Final = 60
_BEGUN: Final = 20_000
_MOST_LINES: Final = 3
"""Over so many lines headings are broken at most."""

_EXPORT: Final = "export it as CSV or .xlsx"


class Ruled(NamedTuple):
    """Where the columns of a report are.

    Attributes:
        line: The line of the dashes, from 0.
        spans: Where each column begins and ends.
        headings: Its headings, of one line or several.
        lines: On how many lines they stand.
    """

    line: int
    spans: list[tuple[int, int]]
    headings: list[str]
    lines: int


def read_report(text: str, where: str) -> Iterator[Row] | None:
    """Return the rows of a text if its columns are of a fixed width; None if marks part its cells.

    Args:
        text: The whole file.
        where: Its name, for messages.

    Raises:
        ConfigurationError: Its columns are of a fixed width, and nothing says of which.
    """
    columns = ruled(text)
    if columns is not None:
        return read_ruled(text, columns)
    _refuse_unruled(text, where)
    return None


def ruled(text: str) -> Ruled | None:
    """Return where the columns of a text are if a line of dashes below its headings says so; else None."""
    lines = _begin(text)
    for at, line in enumerate(lines):
        if at and _RULER.fullmatch(line):
            spans = [found.span() for found in _DASHES.finditer(line)]
            found = _headings(lines[:at], spans)
            if found is not None and _fit(lines[at + 1 :], spans):
                return Ruled(at, spans, *found)
    return None


def _fit(below: Sequence[str], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether most of the first lines below the dashes stand in their columns: else they underline a title."""
    filled = [line for line in below if line.strip()]
    return not filled or 2 * sum(_cells(line, spans) is not None for line in filled) >= len(filled)


def read_ruled(text: str, columns: Ruled) -> Iterator[Row]:
    """Yield the rows of a report; what does not stand in its columns is a row with an error, titles have one cell.

    Args:
        text: The whole file.
        columns: Where its columns are.
    """
    first = columns.line - columns.lines
    above, below = [], StringIO(text)
    for number, line in enumerate(islice(below, columns.line + 1), start=1):
        above.append(line.strip())
        if number <= first:
            yield Row(number, [line.strip()])
    yield Row(first + 1, list(columns.headings))
    titles = {shape(Row(0, [line])) for line in above[:first] if line}
    again = {line: columns.headings if at == columns.line - 1 else [] for at, line in enumerate(above) if at >= first}
    for number, line in enumerate(below, start=columns.line + 2):
        said = line.strip()
        if said in again:  # each page begins so
            yield Row(number, list(again[said]))
        elif is_footer(said) or shape(Row(0, [said])) in titles:
            yield Row(number, [said])
        else:
            yield _row(number, line.rstrip().lstrip("\f"), columns.spans)


def _refuse_unruled(text: str, where: str) -> None:
    """Make sure that no headings of a text stand in columns of a fixed width, with blanks alone between them.

    How wide these are, whoever wrote it knows: where a cell is blank, or a name has two blanks in it, a guess would be
    wrong and nobody would see it.

    Raises:
        ConfigurationError: They do.
    """
    for line in _begin(text):
        said = line.strip()
        if _PARTS.search(said) or _FAR not in said:
            continue
        cells = _BLANKS.split(said)
        if are_headings(cells):
            raise ConfigurationError(
                f"{where} is a report in columns of a fixed width, which nothing parts.",
                hint="Export it as CSV or .xlsx; or have a line of dashes below each heading, as wide as its column.",
            )


def _begin(text: str) -> list[str]:
    return [line.rstrip() for line in islice(StringIO(text[:_BEGUN]), _LOOKED_AT)]


def _headings(above: Sequence[str], spans: Sequence[tuple[int, int]]) -> tuple[list[str], int] | None:
    """Return the headings above a line of dashes and on how many lines they stand; None if there are none.

    They stand on the line above it, and on as many more as make more of them known.
    """
    best: tuple[list[str], int] | None = None
    several: list[list[str]] = []
    for line in above[: -_MOST_LINES - 1 : -1]:
        cells = _cells(line, spans) if line.strip() else None
        if cells is None:
            break
        several.insert(0, cells)
        joined = [" ".join(filter(None, parts)) for parts in zip(*several, strict=True)]
        if best is None or looks_like(joined) > looks_like(best[0]):
            best = joined, len(several)
    return best if best and sum(map(bool, best[0])) > 1 else None


def _row(number: int, line: str, spans: Sequence[tuple[int, int]]) -> Row:
    if "\t" in line or (not line.isascii() and any(east_asian_width(letter) in "WF" for letter in line)):
        return Row(number, [line.strip()], f"it holds a tab, or letters as wide as two; {_EXPORT}")
    cells = _cells(line, spans)
    if cells is None:
        return Row(number, [line.strip()], f"it does not stand in the columns that the line of dashes marks; {_EXPORT}")
    return Row(number, cells)


def _cells(line: str, spans: Sequence[tuple[int, int]]) -> list[str] | None:
    """Return the cells of a line; None if something stands between its columns."""
    gaps = [(0, spans[0][0]), *((one[1], other[0]) for one, other in pairwise(spans))]
    if any(line[begin:end].strip() for begin, end in gaps):
        return None
    *others, (last, _) = spans
    return [line[begin:end].strip() for begin, end in others] + [line[last:].strip()]
