"""Columns that are called a website or an e-mail, and hold none, or none of the partner's."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from adapters.table.headings.loosely import loosened
from adapters.table.headings.naming import says_one
from adapters.table.headings.partners import SUPPLIERS
from adapters.table.headings.words import HEADINGS, written
from adapters.table.row import Row, filled_cells

_PLACES: Final = frozenset({"site", "sites"})
"""Headings that as often say of which place a partner is."""

_HOST: Final = re.compile(r"\S\.[^\W\d_]{2}")
_MAILS: Final = frozenset(HEADINGS["email"])
_NOBODY: Final = frozenset({"anonymous", "anonym", "anonyme", "anonimo"})
"""What Microsoft's forms say for an address where nobody has to sign in."""


def without_false_addresses(
    chosen: Mapping[str, int], headings: Sequence[str], rows: Sequence[Row], given: Collection[str]
) -> dict[str, int]:
    """Return the columns without those whose cells are no addresses, or a buyer's in a list of suppliers.

    Args:
        chosen: The column number of each field, as their headings say.
        headings: All headings.
        rows: All usable rows.
        given: The fields whose columns are not guessed.
    """
    ours = _of_a_buyer(chosen, headings)
    kept = {field: at for field, at in chosen.items() if field in given or at not in ours}
    if "website" in kept and "website" not in given and _is_no_website(headings[kept["website"]], kept, rows):
        del kept["website"]
    if "email" in kept and "email" not in given:
        cells = filled_cells(rows, kept["email"])
        if cells and not any("@" in cell for cell in cells):
            _mail_elsewhere(kept, headings, rows, cells)
    return kept


def _of_a_buyer(chosen: Mapping[str, int], headings: Sequence[str]) -> set[int]:
    """Return the columns that say something of a buyer where the names are those of suppliers."""
    if SUPPLIERS.isdisjoint(written(headings[chosen["name"]]).split()):
        return set()
    return {at for field, at in chosen.items() if field != "name" and written(headings[at]).startswith("buyer ")}


def _is_no_website(heading: str, chosen: Mapping[str, int], rows: Sequence[Row]) -> bool:
    """Whether a website is no address and the same everywhere, the one they signed up on; or a "Site" is a place."""
    cells = filled_cells(rows, chosen["website"])
    if written(heading) in _PLACES and not any(map(_HOST.search, cells)):
        return True
    return not any("." in cell for cell in cells) and says_one(cells)


def _mail_elsewhere(chosen: dict[str, int], headings: Sequence[str], rows: Sequence[Row], cells: Sequence[str]) -> None:
    """Choose another column of e-mails that holds some, or none where nobody's is said in all."""
    taken = chosen.values()
    others = (at for at, heading in enumerate(headings) if at not in taken and _says_mail(heading))
    found = next((at for at in others if any("@" in cell for cell in filled_cells(rows, at))), None)
    if found is not None:
        chosen["email"] = found
    elif _NOBODY.issuperset(cell.casefold() for cell in cells):
        del chosen["email"]


def _says_mail(heading: str) -> bool:
    return written(heading) in _MAILS or loosened(heading) in _MAILS
