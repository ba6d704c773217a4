"""Which column holds the names where none is known or likely to: the only one that is called a name or a business."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from adapters.table.headings.columns import identifying, looks_like, shortened
from adapters.table.headings.likely_name import hold_names
from adapters.table.headings.loosely import FIELDS
from adapters.table.headings.naming import says_one
from adapters.table.headings.words import (
    FIRST_NAMES,
    LAST_KINDS,
    LAST_NAMES,
    NAME_WORDS,
    NAMED_OTHERS,
    PAID_BY,
    plain,
    written,
)
from adapters.table.row import Row, filled_cells

_NAMES: Final = frozenset({"name", "aliases"})
_RUN_TOGETHER: Final = tuple(word for word in NAME_WORDS if len(word) > 3)
"""Of shorter words, too many others end with the same letters; "NM" counts in capitals."""

_SHORTEST: Final = 3
_LONG: Final = tuple(word for word in NAMED_OTHERS if len(word) > 4)
"""Words that others may be written together with: "ACCOUNTMANAGERNAME"; an airline is no line."""

_FEW_WORDS: Final = 4
_NUMBER: Final = re.compile(r"\d+")
_OF_A_KIND: Final = 2
_NAMESAKES: Final = 5
"""So many partners on the average may have one name: where it is more, the column is a kind, a sector or a team."""

_SHORT: Final = frozenset({"short", "abbr", "abbreviation", "alt", "old", "former", "other"})
_BANKS: Final = frozenset({"bank", "banque", "banco", "banca", "kreditinstitut"})


def with_last_resort(
    chosen: Mapping[str, int], headings: Sequence[str], rows: Sequence[Row], done: list[str]
) -> dict[str, int]:
    """Choose the only column that is called a name or a business, or else a last name, beside its first name.

    Of several, none is chosen: a person knows which.

    Args:
        chosen: The column number of each field, none of them the name.
        headings: All headings.
        rows: All usable rows.
        done: Where to say what was chosen so.
    """
    found = last_candidates(headings, rows, chosen.values())
    if len(found) > 1:
        found = [at for at in found if _SHORT.isdisjoint(plain(headings[at]).split())]
    if len(found) == 1:
        done.append(f"the name is taken from {shortened(headings[found[0]])} for want of another")
        return {**chosen, "name": found[0]}
    last = _only(headings, LAST_NAMES)
    if found or last is None or not hold_names(rows, last):
        return dict(chosen)
    rest = {field: at for field, at in chosen.items() if at != last} | {"name": last}
    first = first_names(headings, rest)
    if first is None:
        return dict(chosen)
    both = f"{shortened(headings[first])} and {shortened(headings[last])}"
    done.append(f"the name is put together from {both} for want of another")
    return rest


def last_candidates(headings: Sequence[str], rows: Sequence[Row], taken: Collection[int]) -> list[int]:
    """Return the numbers of the columns that are called a name or a business, and hold names of several partners.

    Where no heading is known, the row may be the first partner of a list without any: "Big Name, London".
    """
    unsure = not looks_like(headings) and not any(identifying(headings))
    passed = {*taken, *_where_paid(headings)}
    found = []
    for at, heading in enumerate(headings):
        on_each = 0 if at in passed else _on_each(heading, unsure=unsure)
        if on_each and hold_names(rows, at) and _tell_apart(filled_cells(rows, at), on_each):
            found.append(at)
    return found


def names_of_others(headings: Sequence[str]) -> set[int]:
    """Return the numbers of the columns that are called the name of somebody or something else: a file, a city."""
    named = {at: _named(heading, written(heading).split()) for at, heading in enumerate(headings)}
    return {
        at
        for at, several in named.items()
        if several and not any(map(_is_of_nobody_else, several)) and written(headings[at]) not in LAST_NAMES
    }


def first_names(headings: Sequence[str], chosen: Mapping[str, int]) -> int | None:
    """Return the number of the column of first names, where the name is a last name; None if there is none."""
    if written(headings[chosen["name"]]) not in LAST_NAMES:
        return None
    first = _only(headings, FIRST_NAMES)
    return None if first in chosen.values() else first


def _only(headings: Sequence[str], words: Collection[str]) -> int | None:
    """Return the number of the only column that is called so; None if there is none or several."""
    found = [at for at, heading in enumerate(headings) if written(heading) in words]
    return found[0] if len(found) == 1 else None


def _where_paid(headings: Sequence[str]) -> set[int]:
    """Return the numbers of the columns of banks, where others say by which account a partner is paid."""
    if not any(PAID_BY & _runs(written(heading).split()) for heading in headings):
        return set()
    return {at for at, heading in enumerate(headings) if not _BANKS.isdisjoint(plain(heading).split())}


def _on_each(heading: str, *, unsure: bool) -> int:
    """Return how many partners one name may have on the average, by what its heading is; 0 if it is no name's.

    A "Paper" or a "Team" may be a kind; what is called a name is more often one, though namesakes have it.
    """
    text = written(heading)
    words = text.split()
    if text in LAST_KINDS:
        return _OF_A_KIND
    if not 0 < len(words) <= _FEW_WORDS or text in LAST_NAMES | FIRST_NAMES:
        return 0
    if unsure and "_" not in heading and not (heading.isupper() and len(words) == 1):
        return 0
    named = _named(heading, words)
    return _NAMESAKES if any(" ".join(one) in LAST_KINDS or _is_of_nobody_else(one) for one in named) else 0


def _tell_apart(cells: Sequence[str], on_each: int) -> bool:
    return on_each * len(set(cells)) >= len(cells) and not says_one(cells)


def _named(heading: str, words: Sequence[str]) -> list[list[str]]:
    """Return what is left of a heading without the word for a name, before it or behind it."""
    if len(words) == 1:
        ends = (*_RUN_TOGETHER, "nm") if heading.isupper() else _RUN_TOGETHER
        rests = (words[0].removesuffix(end) for end in ends if words[0].endswith(end))
        return [[rest] for rest in rests if len(rest) >= _SHORTEST]
    found = [words[:-1]] if words[-1:] and words[-1] in NAME_WORDS else []
    found += [words[1:]] if words[:1] and words[0] in NAME_WORDS else []
    return [list(whose) for whose in found if whose]


def _is_of_nobody_else(whose: Sequence[str]) -> bool:
    """Whether none of these words is of somebody or something else than a partner, in one word with another or not."""
    runs = _runs(whose)
    if any(run in NAMED_OTHERS or not FIELDS.get(run, _NAMES) & _NAMES for run in runs):
        return False
    if any(_NUMBER.fullmatch(word) for word in whose):
        return False
    return not (len(whose) == 1 and (whose[0].startswith(_LONG) or whose[0].endswith(_LONG)))


def _runs(words: Sequence[str]) -> set[str]:
    """Return the words, and those that stand side by side."""
    sizes = range(1, len(words) + 1)
    return {" ".join(words[at : at + size]) for size in sizes for at in range(len(words) - size + 1)}
