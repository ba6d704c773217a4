"""Rows of sums below a list or within it, which are nobody's."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from adapters.table.row import Row, filled_in
from aggregator.reconcile.folding import folded

_SUMS: Final = re.compile(
    r"(grand |overall |report |sub ?)?total(s|e|i|en)?( general| generale| \d+)?"
    r"|(gesamt|end|zwischen)?summe|(gesamt)?ergebnis|gesamt|insgesamt|sum|suma|somme|somma|soma|sommes|totaal"
    r"|summa|sammanlagt|celkem|razem"
    r"|itogo|vsego|he ji|zong ji|he ji jin e"
)
_OF_ALL: Final = re.compile(r"\b(grand|general|overall|report|gesamt(summe|ergebnis)|endsumme)\b")
"""Words for sums that are no name in any list, whatever they add up: subtotals are among the amounts above them."""

SUM: Final = "total|totale|totaal|gesamt|summe|ergebnis|suma|somme"
"""A sum, in a pattern: of what follows, or of what stands before."""

_OF_ONE: Final = re.compile(rf"(.+?)[ :]+({SUM}|subtotal)")
"""As Excel sums up each group: "Acme Total"."""

_OF_A_GROUP: Final = re.compile(rf"({_SUMS.pattern})( .*)?")
_STARS: Final = re.compile(r"\s*\*{1,9}\s*")
"""As SAP marks a sum, the more of them the more is summed up."""

_RECKONED: Final = re.compile(
    r"(record )?count|sum|average|avg|min(imum)?|max(imum)?|anzahl|summe|durchschnitt|mittelwert|nombre|somme|moyenne"
    r"|recuento|suma|promedio|conteggio|somma|media|contagem|soma|aantal|som|gemiddelde"
)
"""What is reckoned of a group, as reports say beside the word for a sum: "Subtotal, Count, 2"."""

_AMOUNT: Final = re.compile(r"(-?[\d.,]*?)(?:[.,](\d{1,2}))?")
"""Digits with marks between them, of which the last parts the fraction if one or two digits follow."""

_FEW_ROWS: Final = 2
"""Of fewer rows above, it shows nothing that all say something."""

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
    cells, words, amounts = _words_and_amounts(rows[-1])
    if _is_reckoned(cells, words, amounts):
        return True
    if len(words) > 1 or not amounts or (words and not _says_sums(cells[words[0]])):
        return False
    above = rows[:-1]
    if told := set(amounts).intersection(chosen.values()):
        return bool(words) and is_word_for_sums(cells[words[0]]) and all(_counts(above, at, cells[at]) for at in told)

    def adds_up(at: int) -> bool:
        return _add_up([row.cells[at] for row in above], cells[at])

    if not words:
        return all(map(adds_up, amounts))
    word, is_name = cells[words[0]], words[0] == chosen["name"]
    if is_name and not is_word_for_sums(word):  # "Total Produce" may be a partner
        return any(map(adds_up, amounts))
    if not is_name or word.endswith(":") or _OF_ALL.search(folded(word)):
        return True
    if any(not cells[at] and all(row.cells[at].strip() for row in above) for at in numbered):
        return True
    counted = len(amounts) == 1 and cells[amounts[0]] == str(len(above))
    return counted or any(map(adds_up, amounts))


def may_be_sums(rows: Sequence[Row], chosen: Mapping[str, int]) -> bool:
    """Whether the last row is called as sums are, has amounts, and lacks what all others say: they do not add up.

    Where rows are hidden, or amounts are rounded, they do not; and a partner may be called "Total".
    """
    cells, words, amounts = _words_and_amounts(rows[-1]) if rows else ([], [], [])
    if len(rows) <= _FEW_ROWS or words != [chosen["name"]] or not is_word_for_sums(cells[words[0]]) or not amounts:
        return False
    blank = (at for at, cell in enumerate(cells) if not cell)
    is_odd = any(all(row.cells[at].strip() for row in rows[:-1]) for at in blank)
    return is_odd and set(amounts).isdisjoint(chosen.values())


def is_sum_of_a_group(row: Row, name: int) -> bool:
    """Whether a row says outside the column of names that it is a sum, of whatever, and holds only amounts beside."""
    cells, words, amounts = _words_and_amounts(row)
    if _is_reckoned(cells, words, amounts):
        return True
    return bool(amounts) and len(words) == 1 and words[0] != name and _says_sums(cells[words[0]])


def is_word_for_sums(cell: str) -> bool:
    """Whether a cell says that its row holds sums, and not of what."""
    return bool(_SUMS.fullmatch(folded(cell)) or _STARS.fullmatch(cell))


def is_sum_by_number(row: Row, above: Row, chosen: Mapping[str, int], numbered: Collection[int]) -> bool:
    """Whether a row has no name, the number of the row above, and only amounts beside, as SAP sums up each vendor."""
    if row.cells[chosen["name"]].strip() or not above.cells[chosen["name"]].strip():
        return False
    filled = [at for at, cell in enumerate(row.cells) if cell.strip()]
    numbers = [at for at in filled if at in numbered]
    others = {at for at in filled if at not in numbered}
    if not numbers or not others or not others.isdisjoint(chosen.values()):
        return False
    same = all(row.cells[at].strip() == above.cells[at].strip() for at in numbers)
    return same and all(is_amount(row.cells[at]) for at in others)


def is_sum_of_the_above(row: Row, above: Row, name: int) -> bool:
    """Whether a row sums up the rows above it of one name: "Acme Total" below "Acme"."""
    cells = filled_in(row)
    found = _OF_ONE.fullmatch(row.cells[name].strip().casefold())
    if found is None or len(cells) < 2 or not all(map(is_amount, cells[1:])):
        return False
    return found[1] == above.cells[name].strip().casefold()


def says_much(row: Row, name: int) -> bool:
    """Whether a row without an id says a name and something more, which is not all amounts."""
    called = row.cells[name].strip()
    others = [cell for at, cell in enumerate(row.cells) if at != name and cell.strip()]
    return bool(called) and not is_word_for_sums(called) and not all(map(is_amount, others))


def says_whose(row: Row, width: int) -> bool:
    """Whether a row without an id is a partner's all the same: no sum, and no heading of a group within a wide list."""
    said = filled_in(row)
    return len(said) >= min(width - 1, 2) and not any(map(is_word_for_sums, said))


def _says_sums(cell: str) -> bool:
    """Whether a cell says that its row holds sums, of whatever."""
    return bool(_OF_A_GROUP.fullmatch(folded(cell)) or _STARS.fullmatch(cell))


def _is_reckoned(cells: Sequence[str], words: Sequence[int], amounts: Sequence[int]) -> bool:
    """Whether a row says in two cells, and nothing else, that its amounts are reckoned: "Subtotal, Count, 2"."""
    if len(words) != 2 or not amounts or not is_word_for_sums(cells[words[0]]):
        return False
    return _RECKONED.fullmatch(folded(cells[words[1]])) is not None


def _counts(rows: Sequence[Row], column: int, total: str) -> bool:
    """Whether a cell below a column of words says in how many rows something stands."""
    said = [cell for row in rows if (cell := row.cells[column].strip())]
    return total == str(len(said)) and not any(map(is_amount, said))


def _words_and_amounts(row: Row) -> tuple[list[str], list[int], list[int]]:
    """Return the cells of a row, and which of those that say something are words and which are amounts."""
    cells = [cell.strip() for cell in row.cells]
    words = [at for at, cell in enumerate(cells) if cell and not is_amount(cell)]
    return cells, words, [at for at, cell in enumerate(cells) if is_amount(cell)]


def _add_up(cells: Iterable[str], total: str) -> bool:
    amounts = [amount(cell) for cell in (*cells, total) if cell.strip()]
    *several, whole = amounts
    if not several or not whole or None in several:  # of nothing, everything is the sum
        return False
    return abs(sum(filter(None, several)) - whole) * 2 <= _last_place(whole)


def _last_place(number: Decimal) -> Decimal:
    """What a step in the last digit of an amount is: sums are rounded."""
    return Decimal(1).scaleb(min(int(number.as_tuple().exponent), 0))


def amount(cell: str) -> Decimal | None:
    """Return the amount in a cell, with or without a currency; None if there is none."""
    found = _AMOUNT.fullmatch(re.sub(r"[^\d.,-]", "", cell)) if is_amount(cell) else None
    if found is None:
        return None
    whole = re.sub("[.,]", "", found[1]) or "0"
    return Decimal(f"{whole}.{found[2]}" if found[2] else whole)


def is_amount(cell: str) -> bool:
    """Whether a cell holds a number, with or without a currency."""
    return any(map(str.isdigit, cell)) and sum(map(str.isalpha, cell)) <= _FEW_LETTERS
