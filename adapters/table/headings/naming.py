"""Which of several columns holds the partners' names: what they hold decides, and whose name a heading says it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from adapters.table.headings.columns import naming, wanting
from adapters.table.headings.partners import ACCOUNTS, BRANDS, CUSTOMERS, SINGULARS, STAFF, one_of
from adapters.table.headings.words import HEADINGS, plain
from adapters.table.row import Row, filled_cells

_LETTER: Final = re.compile(r"[^\W\d_]")
_SEVERAL_WORDS: Final = re.compile(r"[^\W\d_][^\d\s]*(\s+[^\d\s]+)+")

# A customer's name may be a person's, a brand may be the shop's own, and an account is any business: these are no surer
# than "Company".
_WHO: Final = rf"{one_of(SINGULARS - CUSTOMERS - STAFF - BRANDS - ACCOUNTS)}|(trading|business) partner"
_PARTNERS_NAME: Final = re.compile(
    rf"({_WHO})( s|s)? ((registered|legal|business|company|organi[sz]ation|account|official|full|entity) )*name"
    rf"|(registered |legal )?name of (the )?({_WHO})"
    "|lieferantenname|handlername|nom (du )?fournisseur|nombre (del )?proveedor|nome (del )?fornitore"
    "|nome (do )?fornecedor|leveranciersnaam|leverantorsnamn|leverandornavn|gongyingshangmingcheng"
)
"""Headings that say that the name is a partner's; a "Name" may be a person's, a "Company" one's own."""

_PARTNER: Final = re.compile(rf"{_WHO}|{one_of(SINGULARS & CUSTOMERS)}")
"""Headings that say whose name it is if it is one; beside a name, it may be a number."""

_OTHER_NAMES: Final = frozenset((*HEADINGS["aliases"], "company", "company name", "corporate name"))

_NEARLY_ALL: Final = 0.9
_ON_EACH: Final = 5
"""Beside so many partners on the average, a "Company" is one's own: a group buys by several."""


def with_names(
    chosen: Mapping[str, int], headings: Sequence[str], rows: Sequence[Row], given: Iterable[str]
) -> dict[str, int]:
    """Return the columns with the one that holds names by what it holds too.

    "Partner" beside "Name 1" is the partner's number, and a "Company" that is the same in every row is one's own.

    Args:
        chosen: The column number of each field, as their headings say.
        headings: All headings.
        rows: All usable rows.
        given: The fields whose columns are not guessed.
    """
    partners = [at for at, heading in enumerate(headings) if _PARTNERS_NAME.fullmatch(plain(heading))]
    free, cells = _candidates(chosen, headings, rows, partners, {chosen[field] for field in given})
    if len(free) < 2:
        return dict(chosen)
    full = {at for at in free if 2 * len(cells[at]) >= len(rows)}
    # Names are words; where no column holds any, the headings alone decide.
    words = [at for at in free if _holds_words(cells[at]) and (at in full or at not in partners)]
    best = _fullest(words, cells) if words else chosen["name"]
    others = [at for at in words if at != best and at in full and not says_one(cells[at])]
    if not says_one(cells.get(best, ())):
        several = _ON_EACH * len(set(cells.get(best, ())))
        others = [at for at in others if _PARTNER.fullmatch(plain(headings[at])) and len(set(cells[at])) >= several]
    return _moved(chosen, next(iter(others), best), headings)


def _fullest(words: Sequence[int], cells: Mapping[int, Sequence[str]]) -> int:
    """Return the first column, or one that more rows fill and that tells as many apart: few have a legal name."""
    best = words[0]
    for at in words[1:]:
        if len(cells[best]) < _NEARLY_ALL * len(cells[at]) and len(set(cells[best])) <= len(set(cells[at])):
            best = at
    return best


def _candidates(
    chosen: Mapping[str, int], headings: Sequence[str], rows: Sequence[Row], partners: Sequence[int], held: set[int]
) -> tuple[list[int], dict[int, list[str]]]:
    """Return the numbers of the columns that may hold the name, best first, and what stands in each.

    No cell is looked at where no other column than the chosen one may hold it: there may be a million.
    """
    taken = {at for field, at in chosen.items() if field not in {"id", "name"} and at not in partners} | held
    free = [at for at in dict.fromkeys((*partners, *naming(headings), chosen["name"])) if at not in taken]
    others = taken - {chosen.get("aliases", -1)}
    spare = [at for at in wanting(headings) if at not in {*others, *free}]
    if len(free) + len(spare) < 2:
        return free, {}
    cells = {at: filled_cells(rows, at) for at in (*free, *spare)}
    if not any(2 * len(cells[at]) >= len(rows) for at in free):  # few are called so: what else they are called counts
        free += [at for at in spare if not says_one(cells[at])]
    return free, cells


def _moved(chosen: Mapping[str, int], at: int, headings: Sequence[str]) -> dict[str, int]:
    """Return the columns with this one for the name; what was taken for want of a name is another name again."""
    before = chosen["name"]
    rest = {field: place for field, place in chosen.items() if field in {"id", "name"} or place != at}
    if before != at and "aliases" not in rest and plain(headings[before]) in _OTHER_NAMES:
        rest["aliases"] = before
    return {**rest, "name": at}


def _holds_words(cells: Iterable[str]) -> bool:
    """Whether there are letters in most of the cells in which anything stands."""
    said = [_LETTER.search(cell) is not None for cell in cells]
    return 2 * sum(said) > len(said)


def holds_names(cells: Iterable[str]) -> bool:
    """Whether most of the cells are several words without a digit, as no codes are."""
    said = [cell for cell in cells if cell]
    return 2 * sum(_SEVERAL_WORDS.fullmatch(cell) is not None for cell in said) > len(said)


def says_one(cells: Sequence[str]) -> bool:
    """Whether one and the same stands in nearly every cell in which anything stands."""
    return len(cells) > 1 and Counter(cells).most_common(1)[0][1] >= _NEARLY_ALL * len(cells)
