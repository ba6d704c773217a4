"""What a fault is, and the list of all of them."""

from typing import ClassVar, Protocol

from attrs import frozen
from starlette.types import ASGIApp

from aggregator.sandbox.chance import seeded
from aggregator.sandbox.values import Dice, When
from aggregator.sandbox.vendor import Shape, Site


@frozen(kw_only=True)
class Situation:
    """Where a fault happens: on which site, with which kind of lists, on which requests."""

    site: Site
    shape: Shape
    token_paths: tuple[str, ...]
    seed: str
    on_token: bool = False

    def concerns(self, path: str) -> bool:
        """Whether a request for this path can be hit: a resource, or the token endpoint when that is meant."""
        return (path in self.token_paths) == self.on_token

    def dice(self, when: When) -> Dice:
        """Dice of this fault's own, seeded."""
        return Dice(when, seeded(self.site.world.seed, self.seed))


class Fault(Protocol):
    """One thing that can go wrong; `wrap` puts it around an application."""

    name: ClassVar[str]
    summary: ClassVar[str]
    example: ClassVar[str]

    def __init__(self, value: str) -> None:
        """Read the text after the equals sign, or raise ValueError saying what may be written there."""

    def wrap(self, app: ASGIApp, situation: Situation) -> ASGIApp:
        """The application with the fault in it."""


FAULTS: dict[str, type[Fault]] = {}
"""Every fault by its name, in the order in which they wrap the application (the last one is nearest the wire)."""


def fault(kind: type[Fault]) -> type[Fault]:
    """Register a fault (a class decorator)."""
    FAULTS[kind.name] = kind
    return kind
