"""A postal code and a town in one cell, as in "PLZ/Ort": "10115 Berlin"; a street and its number in two."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from adapters.table.headings.words import HEADINGS, written
from adapters.table.row import Row, filled_cells

_CODES: Final = frozenset(HEADINGS["postal_code"])
_TOWNS: Final = frozenset((*HEADINGS["city"], "by"))
"""Beside a postal code, "By" is a town."""

_AND: Final = frozenset({"und", "u", "and", "et", "e", "y", "en", "og", "och", "i", "a"})

_DUTCH: Final = re.compile(r"(\d{4} ?[A-Z]{2})[ ,]+([^\W\d_].*)")
_BEGINS: Final = re.compile(
    r"(?:(?!L[TV]-)[A-Z]{1,3}[- ])?((?:L[TV]-)?(?:\d{3,6}|\d{3} \d{2}|\d{5}-\d{3}|\d{4}-\d{3}|\d{2}-\d{3}))"
    r"[ ,]+([^\W\d_].*)"
)
"""Letters before it are the country's; in Latvia and Lithuania they belong to it."""

_ENDS: Final = re.compile(r"([^\W\d_][^\d]*?)[ ,]+([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4,6}|\d{5}-\d{3,4})")


def _say_both(heading: str) -> bool:
    """Whether a heading names a postal code and a town."""
    words = [word for word in written(heading).split() if word not in _AND]
    halves = ({" ".join(words[:at]), " ".join(words[at:])} for at in range(1, len(words)))
    return any(half & _CODES and half & _TOWNS for half in halves)


def with_places(chosen: dict[str, int], headings: Sequence[str], rows: Sequence[Row]) -> dict[str, int]:
    """Choose a column for the postal code and the town alike, where no other holds them and most cells say both."""
    if "postal_code" in chosen or "city" in chosen:
        return chosen
    for at, heading in enumerate(headings):
        if at in chosen.values() or not _say_both(heading):
            continue
        cells = filled_cells(rows, at)
        if 2 * sum(bool(code and town) for code, town in _parted(cells)) > len(cells):
            return {**chosen, "postal_code": at, "city": at}
    return chosen


def with_house_numbers(streets: list[str], numbers: list[str], *, before: bool) -> list[str]:
    """Return streets with the number from another column, where they hold none themselves."""

    def joined(street: str, number: str) -> str:
        if not (street and number) or any(map(str.isdigit, street)):
            return street
        return f"{number} {street}" if before else f"{street} {number}"

    return list(map(joined, streets, numbers))


def part_places(columns: Mapping[str, list[str]], chosen: Mapping[str, int]) -> dict[str, list[str]]:
    """Return the columns, the postal code parted from the town where one column holds both.

    A cell that is not sure to hold both is the town, if it holds no digit, else neither.
    """
    if "city" not in chosen or chosen["city"] != chosen.get("postal_code"):
        return dict(columns)
    parted = _parted(columns["city"])
    return {**columns, "postal_code": [code for code, _ in parted], "city": [town for _, town in parted]}


def _parted(cells: Sequence[str]) -> list[tuple[str, str]]:
    # "3011 AB Rotterdam" is Dutch where most are written so; "1310 LA Hulpe" is not.
    filled = [cell for cell in cells if cell]
    dutch = 2 * sum(_DUTCH.fullmatch(cell) is not None for cell in filled) > len(filled)
    return [_part(cell, dutch=dutch) for cell in cells]


def _part(cell: str, *, dutch: bool) -> tuple[str, str]:
    found = (_DUTCH.fullmatch(cell) if dutch else None) or _BEGINS.fullmatch(cell)
    if found is not None:
        return found[1], found[2]
    if (found := _ENDS.fullmatch(cell)) is not None:
        return found[2], found[1]
    return "", "" if any(map(str.isdigit, cell)) else cell
