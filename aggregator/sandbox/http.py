"""Small parts that the vendors' applications share: JSON answers, tokens that expire, sliding rate windows."""

import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import define, field
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ExceptionHandler

from aggregator.sandbox.chance import seeded
from aggregator.sandbox.vendor import Clock


def dump(value: object) -> bytes:
    """JSON as the vendors write it: compact, UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def answer(
    value: object, status: int = 200, *, headers: Mapping[str, str] | None = None, media_type: str = "application/json"
) -> Response:
    """A JSON response; bytes are taken as JSON that is already written."""
    body = value if isinstance(value, bytes) else dump(value)
    return Response(body, status, headers=headers, media_type=media_type)


class Refused(HTTPException):
    """A documented refusal, raised anywhere below a handler; `body` is the vendor's error document."""

    def __init__(self, status: int, body: Any, *, headers: Mapping[str, str] | None = None) -> None:  # noqa: ANN401 - raw payload
        super().__init__(status, headers=headers)
        self.body = body


def application(
    routes: Sequence[BaseRoute],
    *,
    not_found: object,
    not_allowed: object,
    media_type: str = "application/json",
    slashes: bool,
) -> Starlette:
    """An application that answers errors in the vendor's own words.

    Args:
        routes: what it serves.
        not_found: the body of a 404 for a path that does not exist.
        not_allowed: the body of a 405.
        media_type: of every error.
        slashes: whether every path ends in one, and a missing one is answered with 301 (as Django does).
    """

    async def refuse(request: Request, error: Exception) -> Response:
        if isinstance(error, Refused):
            return answer(error.body, error.status_code, headers=error.headers, media_type=media_type)
        status = error.status_code if isinstance(error, HTTPException) else 500
        if slashes and status == 404 and not request.url.path.endswith("/"):
            query = f"?{request.url.query}" if request.url.query else ""
            return Response(status_code=301, headers={"Location": f"{request.url.path}/{query}"})
        return answer(not_allowed if status == 405 else not_found, status, media_type=media_type)

    handlers: Mapping[Any, ExceptionHandler] = {HTTPException: refuse}
    app = Starlette(routes=list(routes), exception_handlers=handlers)
    app.router.redirect_slashes = False
    return app


@define
class Tokens:
    """Tokens that are handed out, run out, and can be called back.

    Args:
        kind: enters every token, so that vendors' tokens differ.
        lifetime: seconds, or 0 for ever.
        reuse_until: a token with more than this many seconds left is handed out again instead of a new one;
            None always makes a new one.
        revoke_after: after this many uses, once, every token so far is refused; 0 is never.
    """

    kind: str
    clock: Clock
    lifetime: float
    reuse_until: float | None = None
    revoke_after: int = 0
    issued: dict[str, float] = field(factory=dict, init=False)
    uses: int = field(default=0, init=False)
    count: int = field(default=0, init=False)

    def issue(self, make: Callable[[int], str] | None = None) -> tuple[str, float]:
        """A token that is good now, with the time at which it was made."""
        now = self.clock()
        for token, made in self.issued.items():
            if self.reuse_until is not None and self.lifetime - (now - made) > self.reuse_until:
                return token, made
        self.count += 1
        token = make(self.count) if make else f"{seeded('token', self.kind, self.count).getrandbits(160):040x}"
        self.issued[token] = now
        return token, now

    def good(self, token: str) -> bool:
        """Whether the token opens the door now; counts as a use."""
        self.uses += 1
        if self.revoke_after and self.uses > self.revoke_after:
            self.issued.clear()
            self.revoke_after = 0
        made = self.issued.get(token)
        return made is not None and (not self.lifetime or self.clock() - made < self.lifetime)


@define
class Window:
    """A sliding window: at most so many calls in so many seconds."""

    limit: int
    seconds: float
    clock: Clock
    calls: deque[float] = field(factory=deque, init=False)

    def take(self) -> bool:
        """Count a call; False when it is one too many."""
        now = self.clock()
        while self.calls and now - self.calls[0] >= self.seconds:
            self.calls.popleft()
        if len(self.calls) >= self.limit:
            return False
        self.calls.append(now)
        return True

    @property
    def remaining(self) -> int:
        """How many calls are left in the window as of the last one."""
        return self.limit - len(self.calls)
