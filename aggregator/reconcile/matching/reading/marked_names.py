"""Which of very many names have one of some marks, looked for in all of them as one text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def with_marks(names: Sequence[str], marks: Iterable[str]) -> Iterator[int]:
    """Yield the places of the names in which one of the marks, in small letters, may stand; of each once, in order."""
    lines = "\n".join(names).lower()
    if lines.count("\n") >= len(names):  # a name has line breaks
        yield from range(len(names))
        return
    place, before, last = 0, 0, -1
    for at in sorted(at for mark in marks for at in _found(lines, mark)):
        place += lines.count("\n", before, at)
        before = at
        if place != last:
            yield place
        last = place


def _found(text: str, mark: str) -> Iterator[int]:
    at = text.find(mark)
    while at >= 0:
        yield at
        at = text.find(mark, at + 1)
