"""How many of some records are strangers to each other by their names: the brands of an agency, say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aggregator.reconcile.matching.reading.vocabulary import CORE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    from aggregator.reconcile.matching.reading.names import Names

_ENOUGH: Final = 24
"""So many records are looked at: of more who share a value, some are strangers."""


def strangers(names: Names, first_name: npt.NDArray[np.int64], records: Sequence[int]) -> int:
    """Count the groups of records whose names have a word of their own in common, or are each other's initials.

    "Rushmoor Textiles", "Textiles, Rushmoor" and "RT Limited" are one; "Otis Leather" and "Tallow Candles" are two.

    Args:
        names: the names.
        first_name: the row of each record's first name.
        records: some records.
    """
    groups: list[set[str]] = []
    for record in records[:_ENOUGH]:
        signs = _signs(names, int(first_name[record]))
        joined = [group for group in groups if not group.isdisjoint(signs)]
        groups = [group for group in groups if group.isdisjoint(signs)]
        groups.append(signs.union(*joined))
    return len(groups)


def _signs(names: Names, row: int) -> set[str]:
    numbers = [number for number in names.grid[row].tolist() if number >= 0]
    own = {names.words[number] for number in numbers if names.kind[number] == CORE}
    initials = "".join(names.words[number][:1] for number in numbers)
    return (own or {names.words[number] for number in numbers}) | ({initials} if len(initials) > 1 else set())
