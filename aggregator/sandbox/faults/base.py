"""What a fault is, and the list of all of them."""

from typing import ClassVar, Protocol

from attrs import frozen
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
    """One thing that can go wrong; `wrap` puts it around an application.

    `needs_next` says that it only makes sense for a vendor whose lists have a next link.
    """

    name: ClassVar[str]
    summary: ClassVar[str]
    example: ClassVar[str]
    needs_next: ClassVar[bool]

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


class Sometimes:
    """A fault that hits some of the requests: `strike` says what happens to one that is hit."""

    name: ClassVar[str]
    summary: ClassVar[str]
    example: ClassVar[str] = "0.1"
    needs_next: ClassVar[bool] = False

    def __init__(self, value: str) -> None:
        self.when = When.parse(value)

    def wrap(self, app: ASGIApp, situation: Situation) -> ASGIApp:
        """The application, where some requests meet something else."""
        dice = situation.dice(self.when)

        async def struck(scope: Scope, receive: Receive, send: Send) -> None:
            if situation.concerns(scope["path"]) and dice.hit():
                await self.strike(app, situation, scope, receive, send)
            else:
                await app(scope, receive, send)

        return struck

    async def strike(self, app: ASGIApp, situation: Situation, scope: Scope, receive: Receive, send: Send) -> None:
        """What happens to a request that is hit."""
        raise NotImplementedError


def elsewhere(value: str, usual: str) -> tuple[str, str]:
    """The origin that a value gives, always; or the usual one, on the requests that the value says."""
    return (value.rstrip("/"), "") if value.startswith(("http://", "https://")) else (usual, value)


Headers = tuple[tuple[bytes, bytes], ...]


async def respond(send: Send, status: int, body: bytes, headers: Headers = ()) -> None:
    """Answer a request whole, as JSON unless the headers say otherwise."""
    known = {name.lower() for name, _ in headers}
    standard = ((b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()))
    everything = [*headers, *(header for header in standard if header[0] not in known)]
    await send({"type": "http.response.start", "status": status, "headers": everything})
    await send({"type": "http.response.body", "body": body})


async def captured(app: ASGIApp, scope: Scope, receive: Receive) -> tuple[int, Headers, bytes]:
    """The application's whole answer, without its Content-Length: status, headers, body."""
    start: Message = {}
    chunks: list[bytes] = []

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            chunks.append(message.get("body", b""))

    await app(scope, receive, keep)
    headers = tuple((name, value) for name, value in start["headers"] if name.lower() != b"content-length")
    return start["status"], headers, b"".join(chunks)


def replaced(headers: Headers, name: bytes, value: bytes) -> Headers:
    """Headers with one of them set."""
    return (*(header for header in headers if header[0].lower() != name), (name, value))
