"""What a platform can and cannot do, declared once and used by the code, the documentation and the tests."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from attrs import field, fields, frozen

from aggregator.errors import Unsupported


class Support(StrEnum):
    """Whether a platform can do something. UNKNOWN: no document says, and nobody has tried."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@frozen
class Capability:
    """One answer, with the reason for it where it is not a plain yes."""

    support: Support
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.support}: {self.reason}" if self.reason else str(self.support)


YES = Capability(Support.YES)


def yes(how: str) -> Capability:
    """The platform can, in the way described."""
    return Capability(Support.YES, how)


def no(reason: str) -> Capability:
    """The platform cannot, for this reason."""
    return Capability(Support.NO, reason)


def unknown(reason: str) -> Capability:
    """Nobody knows whether the platform can; the reason says what was looked for."""
    return Capability(Support.UNKNOWN, reason)


def _capability(meaning: str) -> Capability:
    declared: Capability = field(metadata={"meaning": meaning})
    return declared


@frozen(kw_only=True)
class Capabilities:
    """Everything an adapter must answer for. There are no defaults: silence is not an answer."""

    connections: Capability = _capability("list of connections")
    connection: Capability = _capability("one connection by its id")
    connection_requests: Capability = _capability("list of connections asked for and not yet confirmed")
    organizations: Capability = _capability("list of organizations")
    organization: Capability = _capability("one organization by its id, or the caller's own")
    memberships: Capability = _capability("people of the organizations")
    roles: Capability = _capability("what members may do")
    orders: Capability = _capability("list of purchase orders")
    order: Capability = _capability("one purchase order by its id")
    declared_total: Capability = _capability("says how many records a list holds")
    concurrent_pages: Capability = _capability("pages of a list can be fetched at once")
    stable_walk: Capability = _capability("a list can be walked in an order that insertions do not disturb")
    server_side_filters: Capability = _capability("lists can be filtered by the platform")
    token_renewal: Capability = _capability("a rejected or ageing token can be replaced without a person")

    def require(self, name: str, *, vendor: str) -> None:
        """Do nothing if the platform can, or may be able to, do `name`.

        Raises:
            Unsupported: The platform cannot; the message carries the declared reason.
        """
        capability: Capability = getattr(self, name)
        if capability.support is Support.NO:
            raise Unsupported(f"{vendor} has no {name.replace('_', ' ')}: {capability.reason}.")

    def __iter__(self) -> Iterator[tuple[str, str, Capability]]:
        """Yield name, meaning and answer of each capability, in the order of the declaration."""
        for declared in fields(type(self)):
            yield declared.name, declared.metadata["meaning"], getattr(self, declared.name)
