"""What each row of a table is called, so that it is called so in next month's table too."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from itertools import count
from typing import TYPE_CHECKING, Final

from adapters.table.fields import REGISTERED

if TYPE_CHECKING:
    from adapters.table.grid import Grid

_CALLED_BY: Final = ("account_number", "reference", "name")
"""What a row is known by where no column holds ids: never by its line, which is another's once a row is put in."""

_LASTING: Final = (
    "name", "account_number", "reference", *REGISTERED, "website", "street", "city", "postal_code", "country",
)  # fmt: skip
"""What tells rows of one id apart, in whatever order they stand; what often changes does not belong to it."""


def name_rows(grid: Grid) -> None:
    """Give each row of a table its id, where no column holds any, and a key that no other row has.

    Rows of one id lose nothing: a digest of what they say tells them apart. It hangs neither on the order of the rows
    nor on other rows, so that a decision about one of them is never taken for one about another. Where they say the
    same, the first goes on being called by the id.
    """
    ids = _ids(grid)
    times = Counter(ids)
    grid.keys = list(ids)
    if len(times) < len(ids):
        several = [number for number, one in enumerate(ids) if times[one] > 1]
        grid.repeated = len(several)
        said = {number: _digest(grid, number) for number in several}
        kinds = Counter(one for one, _ in {(ids[number], digest) for number, digest in said.items()})
        copied = {one for one, many in kinds.items() if many == 1}
        taken = set(ids) - copied
        for number in sorted(several, key=lambda one: [column[one] for column in grid.columns.values()]):
            plain = ids[number] in copied and ids[number] not in taken
            grid.keys[number] = key = _free(ids[number] if plain else f"{ids[number]} ({said[number]})", taken)
            taken.add(key)
    grid.columns["id"] = ids if grid.has_ids else list(grid.keys)


def _ids(grid: Grid) -> list[str]:
    given = grid.columns.get("id")
    if given and all(given):
        return given
    grid.unnumbered = given.count("") if given else 0
    # Numbers of another kind might be taken for another row's id.
    called_by = ("id", "name") if given else _CALLED_BY
    columns = [grid.columns[name] for name in called_by if name in grid.columns]
    return [
        next((cell for cell in cells if cell), "") or f"no name ({_digest(grid, number)})"
        for number, cells in enumerate(zip(*columns, strict=True))
    ]


def _free(key: str, taken: set[str]) -> str:
    """Rows that say the same are numbered: it does not matter which is which."""
    if key not in taken:
        return key
    return next(free for number in count(2) if (free := f"{key} {number}") not in taken)


def _digest(grid: Grid, number: int) -> str:
    said = "\n".join(grid.columns[name][number] if name in grid.columns else "" for name in _LASTING)
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=3).hexdigest()
