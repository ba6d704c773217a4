"""Rows of a CSV text, whoever wrote it: delimiters, quotes, and lines that are broken."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Final, NamedTuple

from adapters.table.columns import MOST_TITLES, looks_like

DELIMITERS: Final = (",", ";", "\t", "|")

_SAMPLE: Final = 20

# The whole file is in memory already: a long cell costs nothing more, and is no reason to give up.
csv.field_size_limit((1 << 31) - 1)


class Row(NamedTuple):
    """A row that was read.

    Attributes:
        line: The line it begins on, from 1.
        cells: Its cells.
        error: Why it cannot be used, if it cannot.
    """

    line: int
    cells: list[str]
    error: str | None = None


def read_rows(text: str, delimiter: str | None) -> tuple[str, Iterator[Row]]:
    """Return the delimiter and the rows of a CSV text; a broken line is a row with an error, the next is read again.

    Args:
        text: The whole file.
        delimiter: None to guess it.
    """
    skipped = 0
    if text[:4].casefold() == "sep=" and len(text) > 5 and text[5] in "\r\n":  # Excel's own hint
        delimiter = delimiter or text[4]
        skipped, text = 1, text[text.index("\n") + 1 :] if "\n" in text else ""
    chosen = delimiter or guess_delimiter(text)
    return chosen, _rows(text, chosen, skipped)


def guess_delimiter(text: str) -> str:
    """Return the delimiter that splits a row into the most headings we know, and the others most alike.

    Decimal commas make a comma look frequent; they do not make it split headings. Titles may stand above them.
    """
    lines = text[:20_000].splitlines()[:_SAMPLE]

    def worth(delimiter: str) -> tuple[int, int, int]:
        rows = list(csv.reader(lines, delimiter=delimiter))
        if not rows:
            return (0, 0, 0)
        headings = max(rows[: MOST_TITLES + 1], key=looks_like)
        alike = sum(len(row) == len(headings) for row in rows)
        return looks_like(headings), alike if len(headings) > 1 else 0, len(headings)

    return max(DELIMITERS, key=worth)


def _rows(text: str, delimiter: str, skipped: int) -> Iterator[Row]:
    first = 1 + skipped
    # Not splitlines(): it also breaks lines at characters that a cell may hold.
    source = StringIO(text, newline="")
    if '"' not in text:
        for line, cells in enumerate(csv.reader(source, delimiter=delimiter, quoting=csv.QUOTE_NONE), start=first):
            yield Row(line, cells)
        return
    lines = list(source)
    begun = 0
    while begun < len(lines):
        start = begun
        reader = csv.reader((lines[at] for at in range(start, len(lines))), delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                yield Row(begun + first, cells)
                begun = start + reader.line_num
        except csv.Error as error:
            # A quote that is never closed would swallow the rest of the file: give up this line alone.
            yield Row(begun + first, [lines[begun].rstrip("\r\n")], f"broken quotes: {error}")
            begun += 1
