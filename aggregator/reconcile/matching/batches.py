"""Work on very many pairs, part by part and two parts at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy.typing as npt

    from aggregator.reconcile.matching.reading.names import Names

    Ints = npt.NDArray[np.int64]

_BATCH: Final = 32_768
"""Pairs looked at together, which bounds the memory."""

_WORKERS: Final = 2

_Part = TypeVar("_Part")


def batches(size: int) -> Iterator[slice]:
    """Yield the places of so many pairs, batch by batch."""
    return (slice(start, start + _BATCH) for start in range(0, size, _BATCH))


def two_at_once(work: Callable[[_Part], None], parts: Iterable[_Part]) -> None:
    """Do the work on every part, on two at a time.

    Args:
        work: takes a part; its time goes into code that lets go of the interpreter, and it writes to places of its own.
        parts: what the work is done on.
    """
    with ThreadPoolExecutor(_WORKERS) as workers:
        list(workers.map(work, parts))  # raises what a part raised


def by_batches(
    names: Names, left: npt.NDArray[np.integer], right: npt.NDArray[np.integer], look: Callable[[Ints], None]
) -> None:
    """Look at the places of all pairs of name rows, a batch at a time and two batches at once.

    Args:
        names: the names.
        left: row of each pair.
        right: row of each pair.
        look: takes the places of some pairs, and writes what it finds to no places but theirs.
    """
    words = (names.grid >= 0).sum(axis=1, dtype=np.int8)
    # Pairs of short names stand together: a batch costs the square of its longest name.
    order = np.argsort(np.maximum(words[left], words[right]), kind="stable")
    two_at_once(look, (order[some] for some in batches(order.size)))
