"""Guards by which a spreadsheet keeps a value as it is, where a CSV file holds them: ="00100230", '+44 20 …."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from adapters.table.row import Row

_FORMULA: Final = '="'
_APOSTROPHE: Final = re.compile(r"'\+?\d")

# ="00100230", and ="Acme ""Best"" Foods"
_QUOTED: Final = re.compile(r'\s*="((?:[^"]|"")*)"\s*')
# '654100230 and '+44 20 7946 0000; "'47" may be a name, and "'s-Hertogenbosch" is a town
_MARKED: Final = re.compile(r"\s*'(\+?\d(?:[\s()./-]*\d){2,})\s*")

# ="Acme, Inc." and =HYPERLINK("https://acme.example";"Acme"), whose marks would part the cell
_OPEN: Final = re.compile(
    r'=(?<![^,;\t|\r\n]=)(?:"([^"\r\n]*)"|(?i:HYPERLINK)\("([^"\r\n]*)"([,;])"([^"\r\n]*)"\))(?![^,;\t|\r\n])'
)


def in_quotes(text: str) -> str:
    """Return a text with guards whole that stand without quotes around them, so that no mark within parts them."""
    return _OPEN.sub(_quoted, text) if _FORMULA in text or '("' in text else text


def _quoted(found: re.Match[str]) -> str:
    if found[1] is not None:
        return f'"{found[1]}"'
    return f'"=HYPERLINK(""{found[2]}""{found[3]}""{found[4]}"")"'


def unguarded(text: str, rows: Iterable[Row]) -> Iterable[Row]:
    """Return the rows of a text with their cells as a spreadsheet shows them.

    Args:
        text: The whole file; no cell is looked at where it holds no guard, for there may be millions.
        rows: Its rows.
    """
    return _bare(rows) if _FORMULA in text or _APOSTROPHE.search(text) else rows


def _bare(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        if row.error is None:
            for at, cell in enumerate(row.cells):
                if _FORMULA in cell and (found := _QUOTED.fullmatch(cell)):
                    row.cells[at] = found[1].replace('""', '"')
                elif "'" in cell and (found := _MARKED.fullmatch(cell)):
                    row.cells[at] = found[1]
        yield row
