"""Rows of a CSV text, whoever wrote it: delimiters, quotes, and lines that are broken."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from io import StringIO
from itertools import islice, pairwise
from typing import Final

from adapters.table.headings.columns import looks_like
from adapters.table.headings.heading_rows import DEEPEST, MOST_TITLES
from adapters.table.row import Row

_DELIMITERS: Final = (",", ";", "\t", "|")

_NONE: Final = "\x1f"
"""Parts the cells of a list of names alone, where a comma belongs to the name: nobody types it."""

_INNER: Final = re.compile(r'\\"')
"""A quote that may be one of the text."""

_SAMPLE: Final = 20

_ENOUGH: Final = 200
"""So many rows show how many cells a row has."""

# The whole file is in memory already: a long cell costs nothing more, and is no reason to give up.
csv.field_size_limit((1 << 31) - 1)


def read_rows(text: str, delimiter: str | None) -> Iterator[Row]:
    """Return the rows of a CSV text; a broken line is a row with an error, the next is read again.

    Args:
        text: The whole file.
        delimiter: None to guess it.
    """
    skipped = 0
    if text[:4].casefold() == "sep=" and len(text) > 5 and text[5] in "\r\n":  # Excel's own hint
        delimiter = delimiter or text[4]
        skipped, text = 1, text[text.index("\n") + 1 :] if "\n" in text else ""
    rows = _rows(text, delimiter or _guess_delimiter(text), skipped)
    return rows if text.endswith(("\n", "\r")) else _cut_short(rows)


def _guess_delimiter(text: str) -> str:
    """Return the delimiter that splits a row into the most headings we know, and the others most alike.

    Decimal commas make a comma look frequent; they do not make it split headings. Titles may stand above them.
    """
    begun = text[:20_000].splitlines()
    best, known = _likeliest(begun[:_SAMPLE], MOST_TITLES + 1)
    if known < 2 and len(begun) > MOST_TITLES + 1:  # reports say first what they were asked for
        deep, more = _likeliest(begun[:DEEPEST], DEEPEST)
        best = deep if more > 2 else best
    return best


def _likeliest(lines: Sequence[str], most: int) -> tuple[str, int]:
    """Return the likeliest delimiter, and how many headings it parts that are known, of so many rows."""
    parted = {one: list(csv.reader(lines, delimiter=one)) for one in _DELIMITERS}

    def worth(delimiter: str) -> tuple[int, int, int]:
        rows = parted[delimiter]
        if not rows:
            return (0, 0, 0)
        headings = max(rows[:most], key=looks_like)
        alike = sum(len(row) == len(headings) for row in rows)
        return looks_like(headings), alike if len(headings) > 1 else 0, len(headings)

    best = max(_DELIMITERS, key=worth)
    known, _, width = worth(best)
    return _NONE if width == 1 and any(map(_is_one_column, parted.values())) else best, known


def _is_one_column(rows: list[list[str]]) -> bool:
    """Whether a delimiter that does not part the headings stands in some of the rows alone: then it parts nothing.

    Where it parts all of the others, the table lacks headings, and its rows are set aside rather than misread.
    """
    widths = [len(row) for row in rows[1:] if row]
    return any(width > 1 for width in widths) and min(widths) == 1


def _swallows(lines: Sequence[str], delimiter: str, usual: Callable[[], int]) -> bool:
    """Whether lines that quotes make one row of are rows of their own: each is parted into as many cells as others are.

    A text of several lines, such as an address, has other commas, and blanks behind them. A name of two lines in a
    middle column may have as many delimiters before it as behind it, but then each line has half of a row's.

    Args:
        lines: The lines.
        delimiter: What parts their cells.
        usual: How many cells most rows of the file have.
    """
    filled = [line for line in lines if line.strip()]
    parts = {len(re.findall(rf"{re.escape(delimiter)}(?! )", line)) for line in filled}
    return len(filled) > 1 and len(parts) == 1 and 0 not in parts and parts == {usual() - 1}


def _usual_width(lines: list[str], delimiter: str, escape: str | None) -> int:
    """Return how many cells most of the first rows have, of those that are parted and stand on one line; 0 if none.

    Titles are rows too: of two widths that are as frequent, the wider is that of the list.
    """
    begun = islice(_quoted(lines, delimiter, 0, escape, may_swallow=False), _ENOUGH)
    widths = Counter(
        len(row.cells)
        for row, following in pairwise(begun)
        if row.error is None and len(row.cells) > 1 and following.line == row.line + 1
    )
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _swallowed(lines: Sequence[str], first: int) -> Iterator[Row]:
    """Yield the lines between two stray quotes as rows that cannot be used.

    Where a cell holds what looks like rows, nobody knows which it is: a partner of half an address would be missing
    elsewhere, and partners within a cell are missing here.
    """
    why = f"a quote that opens in line {first} and closes in line {first + len(lines) - 1} makes one cell of rows"
    for at, line in enumerate(lines):
        if text := line.rstrip("\r\n"):
            yield Row(first + at, [text], f"{why}; take it away, or write it twice within quotes")


def _cut_short(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield rows; the last, which has no line end, cannot be used if it has fewer cells than any other.

    A download that broke off looks like this, and whoever stood below would be missing. Below a blank row it may be
    a remark.
    """
    before, last, fewest = None, None, 0
    for row in rows:
        if last is not None:
            yield last
            fewest = min(fewest or len(last.cells), len(last.cells) or fewest)
        before, last = last, row
    if before is not None and last is not None:
        cut = last.error is None and len(last.cells) < fewest and any(map(str.strip, before.cells))
        last = last._replace(error="the file breaks off in it; fetch it anew") if cut else last
    if last is not None:
        yield last


def _rows(text: str, delimiter: str, skipped: int) -> Iterator[Row]:
    first = 1 + skipped
    # Not splitlines(): it also breaks lines at characters that a cell may hold.
    source = StringIO(text, newline="")
    if '"' not in text:
        for line, cells in enumerate(csv.reader(source, delimiter=delimiter, quoting=csv.QUOTE_NONE), start=first):
            yield Row(line, cells)
        return
    lines = list(source)
    if _INNER.search(text):
        yield from _escaped_or_not(lines, delimiter, first)
    else:
        yield from _quoted(lines, delimiter, first)


def _escaped_or_not(lines: list[str], delimiter: str, first: int) -> Iterator[Row]:
    r"""Yield rows whose quotes may be written as \", as databases do: where that alone makes sense of every row."""
    plain = list(_quoted(lines, delimiter, first))
    if any(row.error is not None for row in plain):
        escaped = list(_quoted(lines, delimiter, first, escape="\\"))
        if not any(row.error is not None for row in escaped):
            return iter(escaped)
    return iter(plain)


def _quoted(
    lines: list[str], delimiter: str, first: int, escape: str | None = None, *, may_swallow: bool = True
) -> Iterator[Row]:
    usual = cache(partial(_usual_width, lines, delimiter, escape))
    begun = 0
    while begun < len(lines):
        start = begun
        reader = csv.reader(
            map(lines.__getitem__, range(start, len(lines))),
            delimiter=delimiter,
            strict=True,
            escapechar=escape,
        )
        try:
            for cells in reader:
                end = start + reader.line_num
                if end - begun > 1 and may_swallow and _swallows(lines[begun:end], delimiter, usual):
                    yield from _swallowed(lines[begun:end], begun + first)
                else:
                    yield Row(begun + first, cells)
                begun = end
        except csv.Error as error:
            # A quote that is never closed would swallow the rest of the file: give up this line alone.
            yield Row(begun + first, [lines[begun].rstrip("\r\n")], f"broken quotes: {error}")
            begun += 1
