"""Which column of a table holds ids: what it holds decides, too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from adapters.table.fields import OWN_NUMBERS
from adapters.table.headings.columns import Identifying, shortened
from adapters.table.headings.naming import holds_names
from adapters.table.headings.words import COUNTING, written
from adapters.table.row import Row

_TELLING: Final = 0.8
"""Share of the rows that a "code" must tell apart to be an id: one that is met twice, or left out, is still one."""

_COUNT: Final = re.compile(r"\s*([0-9]{1,7})[.)]?\s*")
_FEWEST: Final = 3
"""Fewer rows may have the first numbers by chance."""

_MANY_NAMES: Final = 3
"""On the average; an id that stands on several rows of one business is still its id."""


def numbered(chosen: Mapping[str, int], identifying: Identifying) -> set[int]:
    """Return the columns that may hold the number of a row: those chosen for one, and those whose headings say so."""
    return {at for field, at in chosen.items() if field in OWN_NUMBERS}.union(*identifying)


def with_id(chosen: Mapping[str, int], identifying: Identifying, rows: Sequence[Row]) -> dict[str, int]:
    """Choose the column that holds ids by what it holds too.

    In a list of connections "retailer id" may be one and the same in every row, and "code" may be a currency.
    """
    sure, possible = identifying
    taken = {at for field, at in chosen.items() if field != "id"}
    rest = {field: at for field, at in chosen.items() if field != "id"}
    distinct = {at: {row.cells[at].strip() for row in rows} - {""} for at in (*sure, *possible) if at not in taken}
    found = [at for at in sure if at not in taken and len(distinct[at]) * 2 > len(rows)]
    alone = (at for at in possible if at not in taken and len(distinct[at]) >= _TELLING * len(rows))
    found += [at for at in alone if not holds_names(distinct[at])]  # beside a "Company", a "Vendor" may be a name
    further = (at for at in sure if at not in taken and not _is_of_many(at, chosen["name"], rows))
    at = found[0] if found else next(further, None)
    return rest if at is None else {"id": at, **rest}


def without_counts(
    identifying: Identifying, headings: Sequence[str], rows: Sequence[Row], done: list[str]
) -> Identifying:
    """Return the columns that may hold ids without those that only count the rows: "No." 1, 2, 3.

    Such a number is another partner's as soon as a row is put in above, and so is what was decided about it.

    Args:
        identifying: The columns whose headings say that they may hold ids.
        headings: All headings.
        rows: The partners' rows.
        done: Where to say what is no id.
    """
    columns = {at for several in identifying for at in several if written(headings[at]) in COUNTING}
    counting = {at for at in columns if counts(rows, at)}
    shown = (shortened(headings[at]) for at in sorted(counting))
    done += (f"{one} counts the rows, and is no id: if it is one, say --column id={one}" for one in shown)
    return Identifying(*([at for at in several if at not in counting] for several in identifying))


def counts(rows: Sequence[Row], column: int) -> bool:
    """Whether a column counts the rows from 1, or those of each group, whatever stood between them."""
    before: tuple[int, int] | None = None
    for row in rows:
        found = _COUNT.fullmatch(row.cells[column])
        number = int(found[1]) if found else 0
        if before is None:
            expected = {1}
        else:
            line, count = before
            expected = {1, count + 1, count + row.line - line}
        if number not in expected:
            return False
        before = row.line, number
    return len(rows) >= _FEWEST


def _is_of_many(column: int, name: int, rows: Sequence[Row]) -> bool:
    """Whether an id is the same for partners of many names: it is one's own company's, and tells nobody apart."""
    pairs = {(row.cells[column].strip(), row.cells[name].strip()) for row in rows}
    names = Counter(one for one, called in pairs if one and called)
    return len(names.keys()) > 0 and names.total() >= (2 if len(names) == 1 else _MANY_NAMES * len(names))
