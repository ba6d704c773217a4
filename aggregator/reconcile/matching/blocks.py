"""Work on very many pairs, part by part and two parts at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_WORKERS: Final = 2

_Part = TypeVar("_Part")


def two_at_once(work: Callable[[_Part], None], parts: Iterable[_Part]) -> None:
    """Do the work on every part, on two at a time.

    Args:
        work: takes a part; its time goes into code that lets go of the interpreter, and it writes to places of its own.
        parts: what the work is done on.
    """
    with ThreadPoolExecutor(_WORKERS) as workers:
        list(workers.map(work, parts))  # raises what a part raised
