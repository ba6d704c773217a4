"""What a vendor's sandbox is: a description from which the server builds one ASGI application."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, Protocol

from attrs import field, frozen
from starlette.types import ASGIApp

from aggregator.sandbox.values import duration
from aggregator.sandbox.world import PartnerRecord, World

Clock = Callable[[], float]
"""Seconds since the epoch; a test hands in a clock of its own."""


@frozen(kw_only=True)
class Option:
    """A doubtful point of a vendor's behaviour that can be switched.

    `default` is what the documents say, or the likeliest reading where they contradict themselves.
    """

    name: str
    summary: str
    default: str = ""
    choices: tuple[str, ...] = ()
    kind: Literal["choice", "number", "duration"] = "choice"
    bare: str = "yes"
    """What the option means when it is named without a value."""

    def checked(self, value: str) -> str:
        """The value, if it is one.

        Raises:
            ValueError: saying what may be written.
        """
        value = value or self.bare
        if self.kind == "choice" and value not in self.choices:
            raise ValueError(f"{self.name} is one of {', '.join(self.choices)}")
        if self.kind == "number" and not value.isdecimal():
            raise ValueError(f"{self.name} is a whole number, not {value!r}")
        if self.kind == "duration":
            duration(value)
        return value


@frozen(kw_only=True)
class Shape:
    """Where a vendor's lists keep their rows, total and next link; paths of keys, tried in order.

    Faults that spoil records need to know; an empty path is the body itself.
    """

    rows: tuple[tuple[str, ...], ...]
    total: tuple[tuple[str, ...], ...] = ()
    next_link: tuple[str, ...] | None = None
    identifier: str = "id"
    status: tuple[str, ...] = ("status",)
    page_parameters: tuple[str, ...] = ()


@frozen(kw_only=True)
class Site:
    """What a vendor's application is built from: its part of the world, where it is served, and its switches."""

    world: World = field(repr=False)
    records: tuple[PartnerRecord, ...] = field(repr=False)
    origin: str
    clock: Clock = field(repr=False)
    switches: Mapping[str, str] = field(factory=dict)

    def text(self, option: str) -> str:
        """The option's value, or its default as text."""
        return self.switches[option]

    def flag(self, option: str) -> bool:
        """Whether the option is on."""
        return self.switches[option] not in {"", "no", "off", "false", "0"}

    def number(self, option: str) -> int:
        """The option's value as a whole number."""
        return int(self.switches[option])

    def seconds(self, option: str) -> float:
        """The option's value as seconds: "30s", "5m", "2h"."""
        return duration(self.switches[option])


class VendorSandbox(Protocol):
    """One vendor, as the entry-point group `aggregator.sandbox` names it."""

    name: str
    documented_origin: str
    base_path: str
    token_paths: tuple[str, ...]
    options: tuple[Option, ...]
    shape: Shape

    def build(self, site: Site) -> ASGIApp:
        """The vendor's application."""

    def credentials(self, site: Site) -> Mapping[str, Any]:
        """What an adapter must be given to be let in, besides its base URL."""
