"""What programs put into a cell besides its value, taken out again where a column shows that it is so."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.table.cells.countries import with_letters
from adapters.table.cells.links import without_links
from adapters.table.cells.numbered import without_numbers


def with_bare_cells(columns: Mapping[str, list[str]], done: list[str]) -> dict[str, list[str]]:
    """Return the columns without links, footnotes and the numbers of partners in their names.

    Args:
        columns: The cells of each field.
        done: Where to say what was done to the names.
    """
    read = without_numbers(without_links(columns, done), done)
    if "country" in read:
        read["country"] = with_letters(read["country"])
    return read
