"""The row of sums below a list, which is nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from adapters.table.text import Row
from aggregator.reconcile.profiles import folded

_SUMS: Final = re.compile(
    r"(grand |sub )?total(s|e|i|en)?( general| generale| \d+)?"
    r"|(gesamt|end|zwischen)?summe|gesamt|insgesamt|sum|suma|somme|somma|soma|sommes|totaal|summa|sammanlagt|celkem|razem"
    r"|itogo|vsego|he ji|zong ji|he ji jin e"
)
_AMOUNT: Final = re.compile(r"(-?[\d.,]*?)(?:[.,](\d{1,2}))?")
"""Digits with marks between them, of which the last parts the fraction if one or two digits follow."""

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


def _add_up(cells: Iterable[str], total: str) -> bool:
    amounts = [_amount(cell) for cell in (*cells, total) if cell.strip()]
    return len(amounts) > 1 and None not in amounts and sum(filter(None, amounts[:-1])) == amounts[-1]


def _amount(cell: str) -> Decimal | None:
    """Return the amount in a cell, with or without a currency; None if there is none."""
    found = _AMOUNT.fullmatch(re.sub(r"[^\d.,-]", "", cell)) if _is_amount(cell) else None
    return None if found is None else Decimal(f"{re.sub('[.,]', '', found[1]) or 0}.{found[2] or 0}")


def _is_amount(cell: str) -> bool:
    return any(map(str.isdigit, cell)) and sum(map(str.isalpha, cell)) <= _FEW_LETTERS
