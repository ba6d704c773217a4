"""The event loop that connections live and end with."""

from __future__ import annotations

import asyncio

from attrs import define

from aggregator.errors import UsageError


@define
class OneLoop:
    """The first event loop that something is used in, and the only one.

    Attributes:
        what: What is used, for messages.
    """

    what: str
    _loop: asyncio.AbstractEventLoop | None = None

    def enter(self) -> None:
        """Go on, or not.

        Raises:
            UsageError: Another event loop is running.
        """
        running = asyncio.get_running_loop()
        self._loop = self._loop or running
        if self._loop is not running:
            raise UsageError(
                f"The {self.what} belongs to another event loop, as its connections do.",
                hint="Make a new one in each loop, such as in each asyncio.run(), and close it there.",
            )
