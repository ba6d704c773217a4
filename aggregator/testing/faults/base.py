"""What a fault is: something a platform, or the network before it, can do to an innocent client."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import define, field, frozen

from aggregator.adapter.base import Adapter
from aggregator.testing.profile import ListProfile
from aggregator.wire.http import httpx

if TYPE_CHECKING:
    from aggregator.testing.vendor import FakeVendor


class Expect(StrEnum):
    """What a single fault must end in; whatever it says, a quietly wrong list is a failure."""

    COMPLETE = "complete"  # everything is there: the fault is harmless, or heals
    HONEST = "honest"  # complete and right, or incomplete with the cause
    INCOMPLETE = "incomplete"  # nobody can know better, so it must not be called complete


@define(kw_only=True)
class Answer:
    """An answer that is about to be sent; a fault may change anything in it."""

    status: int = 200
    headers: dict[str, str] = field(factory=dict)
    document: Any = None
    body: bytes | None = None
    pieces: Iterable[bytes | Exception] | None = None


Instead: TypeAlias = "Answer | Exception | None"


class Behaviour:
    """What a fault does during one run; each method is asked at its moment and does nothing unless overridden."""

    def begin(self, vendor: FakeVendor) -> None:
        """Change the list before it is walked."""

    def between(self, vendor: FakeVendor, number: int) -> None:
        """Change the list, or the time, before the list request of this number is answered, from 1."""

    def ask(self, vendor: FakeVendor, asked: dict[str, Any], number: int) -> None:
        """Mishear what page is asked for."""

    def instead(self, vendor: FakeVendor, request: httpx.Request, number: int) -> Instead:
        """Answer a list request with something else."""

    def token(self, vendor: FakeVendor, number: int) -> Instead:
        """Answer a request for a token with something else."""

    def spoil(self, vendor: FakeVendor, answer: Answer, number: int) -> None:
        """Change the document of a list's answer."""

    def send(self, vendor: FakeVendor, answer: Answer, number: int) -> None:
        """Change the bytes of a list's answer."""


def always(profile: ListProfile, adapter: Adapter) -> bool:
    """A fault that any platform can have."""
    del profile, adapter
    return True


def paged(profile: ListProfile, adapter: Adapter) -> bool:
    """A fault of lists that come in pages."""
    del adapter
    return profile.is_paged


def totalled(profile: ListProfile, adapter: Adapter) -> bool:
    """A fault of lists that declare a total."""
    del adapter
    return profile.total_at is not None


def linked(profile: ListProfile, adapter: Adapter) -> bool:
    """A fault of lists whose pages say how to get the next one."""
    return paged(profile, adapter) and profile.next_at is not None


def with_login(profile: ListProfile, adapter: Adapter) -> bool:
    """A fault of token endpoints."""
    del profile
    return adapter.login.can_renew


Applies: TypeAlias = Callable[[ListProfile, Adapter], bool]


@frozen(kw_only=True)
class Fault:
    """One thing that can go wrong.

    Attributes:
        name: Its short name.
        group: Where it happens, for the matrix.
        summary: What happens, as a sentence.
        make: Makes the behaviour for one run.
        applies: Whether a list can have it at all.
        expect: What it must end in, by itself.
        cause: Words of which one must be in the reason given, whatever their case.
        lesson: The mistake that an adapter makes which does not survive it.
        moves: It changes the list while it is walked.
    """

    name: str
    group: str
    summary: str
    make: Callable[[], Behaviour] = field(repr=False)
    applies: Applies = field(default=always, repr=False)
    expect: Expect = Expect.HONEST
    cause: tuple[str, ...] = ()
    lesson: str = ""
    moves: bool = False


FAULTS: dict[str, Fault] = {}


def register(**details: Any) -> None:  # noqa: ANN401 - as Fault takes them
    """Add a fault to the catalogue."""
    fault = Fault(**details)
    assert fault.name not in FAULTS  # noqa: S101 - two faults of one name are a slip of ours
    FAULTS[fault.name] = fault


def second(vendor: FakeVendor) -> int:
    """The number of a request in mid-walk: the second of a paged list, the only one of another."""
    return 2 if vendor.profile.is_paged else 1


def problem(status: int, headers: Mapping[str, str] | None = None, body: bytes = b'{"detail":"Broken."}') -> Answer:
    """An error's answer."""
    return Answer(status=status, headers={"Content-Type": "application/json", **(headers or {})}, body=body)
