"""Which column of a table holds ids: what it holds decides, too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from adapters.table.fields import OWN_NUMBERS
from adapters.table.headings.columns import Identifying
from adapters.table.headings.naming import holds_names
from adapters.table.row import Row

_TELLING: Final = 0.8
"""Share of the rows that a "code" must tell apart to be an id: one that is met twice, or left out, is still one."""

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


def _is_of_many(column: int, name: int, rows: Sequence[Row]) -> bool:
    """Whether an id is the same for partners of many names: it is one's own company's, and tells nobody apart."""
    pairs = {(row.cells[column].strip(), row.cells[name].strip()) for row in rows}
    names = Counter(one for one, called in pairs if one and called)
    return len(names.keys()) > 0 and names.total() >= (2 if len(names) == 1 else _MANY_NAMES * len(names))
