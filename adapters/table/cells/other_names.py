"""Names that stand in several columns: one that goes on in the next, and what else a partner is called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from adapters.table.cells.nothing import said
from aggregator.reconcile.folding import folded

_SHARED: Final = 3
"""What so many partners of different names are also called is nobody's name: the shop's own brand, a group of goods."""


def split_names(cell: str) -> list[str]:
    """Return the names in a cell; several are parted by semicolons or bars."""
    return [part.strip() for part in cell.replace("|", ";").split(";") if part.strip()]


def with_other_names(columns: dict[str, list[str]], more: Mapping[str, Sequence[list[str]]]) -> dict[str, list[str]]:
    """Return the columns of a table with their further ones put together, and without other names that many share.

    A name that goes on is also known by its beginning, for what follows may be a remark, if nobody else begins so.

    Args:
        columns: The cells of each field.
        more: The cells of the further columns of a field.
    """
    others = [columns["aliases"]] if "aliases" in columns else []
    others += more.get("aliases", ())
    if "name" in more:
        first, columns = columns["name"], {**columns, "name": _joined(" ", [columns["name"], *more["name"]])}
        times = Counter(first)
        goes_on = zip(first, columns["name"], strict=True)
        others.append([begun if begun != whole and times[begun] == 1 else "" for begun, whole in goes_on])
    if not others:
        return columns
    names = columns["name"]
    return {**columns, "aliases": _joined("; ", [_told(cells, names) for cells in others])}


def with_first_names(columns: Mapping[str, list[str]], first: Sequence[str]) -> dict[str, list[str]]:
    """Return the columns with the first names before the last names that the name was taken from."""
    return {**columns, "name": _joined(" ", [[said(cell.strip()) for cell in first], columns["name"]])}


def _joined(mark: str, parts: Sequence[list[str]]) -> list[str]:
    return [mark.join(filter(None, cells)) for cells in zip(*parts, strict=True)]


def _told(cells: list[str], names: Iterable[str]) -> list[str]:
    """Return other names without those that very many partners share; where these are the most, none is a name."""
    called: dict[str, set[str]] = defaultdict(set)
    times: Counter[str] = Counter()
    for cell, name in zip(cells, names, strict=True):
        for other in map(folded, split_names(cell)) if cell else ():
            called[other].add(name)
            times[other] += 1
    shared = {other for other, several in called.items() if len(several) >= _SHARED}
    if not shared:
        return cells
    if 2 * sum(times[other] for other in shared) > times.total():
        return [""] * len(cells)
    return ["; ".join(one for one in split_names(cell) if folded(one) not in shared) for cell in cells]
