"""Lists that change while somebody walks them."""

from random import Random
from typing import Any, TypeVar

from attrs import define, field

T = TypeVar("T")


@define
class Drift:
    """Changes a list a given number of times, once per call.

    A row goes; then it comes back in front and the last one moves there too; and so on.

    After that it keeps still, so that a walk that is repeated can succeed.
    """

    left: int
    rng: Random
    _gone: list[Any] = field(factory=list, init=False)

    def step(self, rows: list[T]) -> bool:
        """Change the list once more, unless it has settled; says whether it changed."""
        if not self.left or len(rows) < 3:
            return False
        self.left -= 1
        if self._gone:
            rows.insert(0, self._gone.pop())
            rows.insert(0, rows.pop())
        else:
            self._gone.append(rows.pop(self.rng.randrange(min(len(rows), 20))))
        return True
