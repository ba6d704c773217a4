"""What stands below a list, and is nobody's: a row of sums, and remarks on where the list is from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import Final

from adapters.table.text import Row
from aggregator.reconcile.profiles import folded

_SUMS: Final = re.compile(
    r"(grand |sub ?)?total(s|e|i|en)?( general| generale| \d+)?"
    r"|(gesamt|end|zwischen)?summe|gesamt|insgesamt|sum|suma|somme|somma|soma|sommes|totaal|summa|sammanlagt|celkem|razem"
    r"|itogo|vsego|he ji|zong ji|he ji jin e"
)
_OF_A_GROUP: Final = re.compile(rf"({_SUMS.pattern})( .*)?")
_AMOUNT: Final = re.compile(r"(-?[\d.,]*?)(?:[.,](\d{1,2}))?")
"""Digits with marks between them, of which the last parts the fraction if one or two digits follow."""

_REMARK: Final = re.compile(
    r"(?i)confidential|copyright|\(c\)|©|generated|prepared|printed|exported|created (on|by)|report"
    r"|vertraulich|erstellt|gedruckt|exportiert|confidentiel|imprimé|généré|\d (rows|records|entries)\b|\d:\d\d\b"
)
_RECORDS: Final = (
    r"(rows?|records?|entries|lines?|items?|results?|partners?|suppliers?|vendors?|retailers?|customers?|merchants?"
    r"|brands?|accounts?|companies|zeilen|einträge|datensätze|lieferanten|kunden|partner|lignes?|fournisseurs?|clients?"
    r"|filas|proveedores|clientes|righe|fornitori)"
)
_FOOTER: Final = re.compile(
    r"(?i)(grand )?(total|summe|gesamt|anzahl|count|suma|totale|totaal)( (number )?(of )?\w+)?\s*[:=]"
    r"\s*\d[\d.,]*( \w+)?"
    rf"|((grand )?totals? )?\(?\d[\d.,]* {_RECORDS}( \w+)?( in total)?\)?\.?"
    r"|(page|seite|página|pagina|pag\.|p\.) \d+( ?(of|von|de|di|van|sur|/) ?\d+)?"
    r"|(source|quelle|fuente|fonte|bron|as of|stand|date|datum|exported|end of (report|list|file))\s*:.+"
    r"|-* ?end of (report|list|file) ?-*"
)
"""What is no partner's name, though every row of the list may hold a single cell."""

_COUNT: Final = re.compile(rf"(?i)\(?(\d[\d.,]*) {_RECORDS}.*")
_DATE: Final = r"(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d:\d\d)"
_MADE: Final = r"(generated|printed|exported|created|prepared|downloaded|extracted|erstellt|gedruckt|exportiert)"
_NOBODY: Final = re.compile(
    r"(?i).*\ball rights reserved\b.*"
    r"|(copyright|\(c\)|©).*\b(19|20)\d\d\b.*"
    r"|(strictly |company )?confidential\b.*(\bdo not\b|\bnot for\b|\binternal use\b).*"
    rf"|(this )?(report|list|file|export)( was)? {_MADE}\b.*"
    rf"|{_MADE}\b.*({_DATE}|:).*"
)
"""What nobody is called, even below a list without a blank row between: "Copyright (c) 2026 Acme, Inc."."""

_LONG_NAME: Final = 8
"""More words are a sentence."""

_FEW_LETTERS: Final = 3
"""Letters that an amount may have: a currency."""


def has_sums(rows: Sequence[Row], chosen: Mapping[str, int], numbered: Iterable[int]) -> bool:
    """Whether the last row holds sums: a word for them, and amounts in columns that say nothing of a partner.

    A partner may be called "Total": where that stands among the names, it is a sum only if every row above has a
    number and this one has none, or if the amounts add up. Where no word says so, they must.

    Args:
        rows: All usable rows.
        chosen: The column number of each field.
        numbered: Columns that may hold the number of a row.
    """
    if len(rows) < 2:
        return False
    cells = [cell.strip() for cell in rows[-1].cells]
    words = [at for at, cell in enumerate(cells) if cell and not _is_amount(cell)]
    amounts = [at for at, cell in enumerate(cells) if _is_amount(cell)]
    if len(words) > 1 or not amounts or not set(amounts).isdisjoint(chosen.values()):
        return False
    if words and not _SUMS.fullmatch(folded(cells[words[0]])):
        return False
    above = rows[:-1]
    if words and (words[0] != chosen["name"] or cells[words[0]].endswith(":")):
        return True
    if words and any(not cells[at] and all(row.cells[at].strip() for row in above) for at in numbered):
        return True
    return all(_add_up([row.cells[at] for row in above], cells[at]) for at in amounts)


def is_sum_of_a_group(row: Row, name: int) -> bool:
    """Whether a row says outside the column of names that it is a sum, of whatever, and holds only amounts beside."""
    cells = [cell.strip() for cell in row.cells]
    words = [at for at, cell in enumerate(cells) if cell and not _is_amount(cell)]
    amounts = any(map(_is_amount, cells))
    return amounts and len(words) == 1 and words[0] != name and bool(_OF_A_GROUP.fullmatch(folded(cells[words[0]])))


def says_whose(row: Row, width: int) -> bool:
    """Whether a row without an id is a partner's all the same: no sum, and no heading of a group within a wide list."""
    said = _filled(row)
    return len(said) >= min(width - 1, 2) and not any(_SUMS.fullmatch(folded(cell)) for cell in said)


def take_remarks(rows: list[Row], blanks: Sequence[int]) -> list[str]:
    """Take away the rows at the end that are remarks and no part of the list, and return what they say.

    They stand below a blank row and fill a single cell each, where every row of the list fills several, and one of them
    at least reads like a remark: "Confidential", "Generated by Ann". A partner may be known by its name alone. What
    reads like nothing else, "Page 1 of 1", is a remark below any list. Where every row of the list fills several cells,
    what nobody is called needs no blank row above it.

    Args:
        rows: All usable rows, from which remarks are taken away.
        blanks: The lines of the blank rows.
    """
    said = [cells[0] for cells in takewhile(lambda cells: len(cells) == 1, map(_filled, reversed(rows)))]
    above = [_filled(row) for row in rows[: len(rows) - len(said)]] if said else []
    wide = sum(len(cells) > 1 for cells in above)
    if wide and all(len(cells) > 1 or _is_nobody(cells[0], wide) for cells in above):
        remarks = _below_a_blank(rows, said, blanks) if any(map(_is_remark, said)) else []
        remarks = remarks or _taken(rows, list(takewhile(lambda text: _is_nobody(text, wide), said)))
        if remarks:
            return remarks
    return _below_a_blank(rows, list(takewhile(_FOOTER.fullmatch, said)), blanks)


def _below_a_blank(rows: list[Row], said: Sequence[str], blanks: Sequence[int]) -> list[str]:
    """Take away the last rows, which say this, if a blank row parts them from the list."""
    above, below = rows[: len(rows) - len(said)], rows[len(rows) - len(said) :]
    if not (above and below) or not any(above[-1].line < blank < below[0].line for blank in blanks):
        return []
    return _taken(rows, said)


def _taken(rows: list[Row], said: Sequence[str]) -> list[str]:
    del rows[len(rows) - len(said) :]
    return list(said[::-1])


def _is_nobody(text: str, wide: int) -> bool:
    """Whether a text is no partner's name where so many rows say more, of which one may be sums."""
    count = _COUNT.fullmatch(text)
    if count:
        return re.sub("[.,]", "", count[1]) in {str(wide), str(wide - 1)}
    return bool(_FOOTER.fullmatch(text) or _NOBODY.fullmatch(text))


def _is_remark(text: str) -> bool:
    return bool(_REMARK.search(text) or _FOOTER.fullmatch(text)) or len(text.split()) > _LONG_NAME


def _filled(row: Row) -> list[str]:
    return [cell.strip() for cell in row.cells if cell.strip()]


def _add_up(cells: Iterable[str], total: str) -> bool:
    amounts = [_amount(cell) for cell in (*cells, total) if cell.strip()]
    return len(amounts) > 1 and None not in amounts and sum(filter(None, amounts[:-1])) == amounts[-1]


def _amount(cell: str) -> Decimal | None:
    """Return the amount in a cell, with or without a currency; None if there is none."""
    found = _AMOUNT.fullmatch(re.sub(r"[^\d.,-]", "", cell)) if _is_amount(cell) else None
    return None if found is None else Decimal(f"{re.sub('[.,]', '', found[1]) or 0}.{found[2] or 0}")


def _is_amount(cell: str) -> bool:
    return any(map(str.isdigit, cell)) and sum(map(str.isalpha, cell)) <= _FEW_LETTERS
