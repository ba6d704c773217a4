"""Calls off what is under way, together with everything that depends on it."""

from __future__ import annotations

from threading import Event, Lock
from weakref import WeakSet


class Stop(Event):
    """An event that sets all stops made from it as well; one made from a stop that is set already is set at once."""

    def __init__(self, parent: Stop | None = None) -> None:
        super().__init__()
        self._lock = Lock()
        self._children: WeakSet[Stop] = WeakSet()
        if parent is not None:
            parent._adopt(self)  # noqa: SLF001 - of its own kind

    def _adopt(self, child: Stop) -> None:
        with self._lock:
            self._children.add(child)
        if self.is_set():
            child.set()

    def set(self) -> None:
        """Call it off."""
        super().set()
        with self._lock:
            children = list(self._children)
        for child in children:
            child.set()
