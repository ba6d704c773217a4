"""How many threads the search may use: a forked process that asks OpenMP for a second one waits for it for ever."""

from __future__ import annotations

import os
from typing import Final

_THREADS: Final = 2

_forked = False


def allowed() -> int:
    """Return how many threads a search may use in this process."""
    return 1 if _forked else _THREADS


def _note_fork() -> None:
    global _forked  # noqa: PLW0603 - a fact about the whole process
    _forked = True


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_note_fork)
