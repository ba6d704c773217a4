"""Rows of a CSV file, whoever wrote it: encodings, delimiters, quotes, and lines that are broken."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Final, NamedTuple

from adapters.table.columns import looks_like
from aggregator.errors import ConfigurationError

DELIMITERS: Final = (",", ";", "\t", "|")

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 20

csv.field_size_limit(1 << 24)


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


def read_text(path: Path, encoding: str | None) -> tuple[str, str]:
    """Return the text of a file and the encoding it was read in.

    Raises:
        ConfigurationError: It cannot be read, or not in the encoding that was given.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}.") from error
    problem = f"{path} cannot be read"
    for name in (encoding,) if encoding else _encodings(data):
        try:
            return data.decode(name), name
        except LookupError as error:
            raise ConfigurationError(f"There is no encoding {name!r}.", hint="Such as utf-8 or cp1252.") from error
        except UnicodeDecodeError as error:
            place = data.count(b"\n", 0, error.start) + 1
            problem = f"{path}, line {place}, cannot be read as {name}"
    raise ConfigurationError(f"{problem}.", hint="Name another encoding.")


def _encodings(data: bytes) -> tuple[str, ...]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return (name,)
    if b"\0" in data[:2000]:
        # Half of the bytes of UTF-16 that is mostly Latin are zero; which half tells the order.
        return ("utf-16-be",) if data[:1] == b"\0" else ("utf-16-le", "utf-8")
    return ("utf-8", "cp1252", "latin-1")


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
    """Return the delimiter that splits the first row into the most headings we know, and the others most alike.

    Decimal commas make a comma look frequent; they do not make it split headings.
    """
    lines = text[:20_000].splitlines()[:_SAMPLE]

    def worth(delimiter: str) -> tuple[int, int, int]:
        rows = list(csv.reader(lines, delimiter=delimiter))
        if not rows:
            return (0, 0, 0)
        alike = sum(len(row) == len(rows[0]) for row in rows)
        return looks_like(rows[0]), alike if len(rows[0]) > 1 else 0, len(rows[0])

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
