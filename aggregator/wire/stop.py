"""Calls off what is under way, together with everything that depends on it."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Event, RLock
from typing import Protocol, TypeVar
from weakref import WeakSet

T = TypeVar("T")


class Abandoned(Exception):  # noqa: N818 - a message to the driver that asked for it, seen by nobody else
    """The request was given up, before it was sent or before its answer was here."""


class Stoppable(Protocol):
    """Something that can be called off."""

    def set(self) -> None:
        """Call it off; once is enough."""


class Stop(Event):
    """An event that calls off all that hangs on it as well; what is hung on one that is set already, at once."""

    def __init__(self, parent: Stop | None = None) -> None:
        super().__init__()
        self._lock = RLock()
        self._children: WeakSet[Stoppable] = WeakSet()
        if parent is not None:
            parent.adopt(self)

    def adopt(self, child: Stoppable) -> None:
        """Call the child off together with this."""
        with self._lock:
            self._children.add(child)
        if self.is_set():
            child.set()

    def release(self, child: Stoppable) -> None:
        """Leave the child alone from now on."""
        with self._lock:
            self._children.discard(child)

    def set(self) -> None:
        """Call it off."""
        super().set()
        with self._lock:  # so that nothing is called off once it is released
            for child in self._children:
                child.set()

    def check(self) -> None:
        """Go on, or not.

        Raises:
            Abandoned: This was called off.
        """
        if self.is_set():
            raise Abandoned

    def result(self, future: Future[T]) -> T:
        """Return what a future brings.

        Raises:
            Abandoned: This was called off; whoever works on the future may go on for a while.
        """
        either = Stop(self)
        future.add_done_callback(lambda _: either.set())
        either.wait()
        self.check()
        return future.result()
