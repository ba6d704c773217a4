"""What Python's collector of cycles is kept from, and what it runs.

It takes half of the time among millions of new objects, which have no cycles. And it runs wherever memory is asked for,
so in any thread and beneath any lock: what it closes may wait for nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import local
from typing import Any


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Do without the cycle collector for a while; it is as it was afterwards, also where several do without at once.

    The first who is done turns it on again for all: where somebody always does without, it must have its turns.
    """
    if not gc.isenabled():  # whoever turned it off turns it on, or wants it to be off
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


_thread = local()


def is_collecting() -> bool:
    """Whether this thread is in the midst of a collection: whatever runs then is called by the collector."""
    return getattr(_thread, "collecting", False)


def _note(phase: str, _: dict[str, Any]) -> None:
    _thread.collecting = phase == "start"


gc.callbacks.append(_note)
