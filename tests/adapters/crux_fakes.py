"""A Crux Connect in a few lines: it answers calls without a socket, and reads `limit` in whichever way it is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import httpx
from attrs import define, field

from aggregator.adapter.steps import Call, Page, Plan, Reply, WalkEnd
from aggregator.model.record import Record
from tests.adapters.crux_samples import JOE, RETAILER_ID, first_connection, first_order
from tests.fakes import reply

R = TypeVar("R", bound=Record)


def drive(plan: Plan[R], answer: Callable[[Call], Reply]) -> tuple[list[R], WalkEnd]:
    """Run a plan to its end; return the records of its last walk, and the end."""
    steps, walks = plan.start(), {0: list[R]()}
    try:
        step = next(steps)
        while True:
            if isinstance(step, Page):
                walks.setdefault(step.walk, []).extend(step.records)
            step = steps.send(answer(step)) if isinstance(step, Call) else next(steps)
    except StopIteration as stop:
        return walks[max(walks)], stop.value


def uuid_of(number: int) -> str:
    """A uuid that ends in a number."""
    return f"00000000-0000-4000-8000-{number:012d}"


def order_row(number: int) -> dict[str, Any]:
    """An order that differs from others by its uuid."""
    return {**first_order(), "uuid": uuid_of(number)}


@define
class OrderBook:
    """The search for orders, in any reading of `limit`.

    Attributes:
        count: How many orders there are.
        reading: "count", "inclusive" or "exclusive".
        clamp: At most so many rows a page; None for no such cap.
        calls: The bodies that were posted.
    """

    count: int
    reading: str = "count"
    clamp: int | None = None
    calls: list[dict[str, Any]] = field(factory=list)

    def answer(self, call: Call) -> Reply:
        """Answer one search."""
        body = dict(call.body or {})
        self.calls.append(body)
        return reply(self.page(body))

    def page(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return one page, as a document."""
        start, limit = body["start"], body["limit"]
        end = {"count": start + limit, "inclusive": limit + 1, "exclusive": limit}[self.reading]
        if self.clamp is not None:
            end = min(end, start + self.clamp)
        rows = [order_row(number) for number in range(start, min(end, self.count))]
        return {"total_results": self.count, "orders": rows}


@define
class FakeCrux:
    """A handler for httpx.MockTransport that knows a few routes, and whom it lets in.

    Attributes:
        routes: Method and path, to a status and a document, or to something that makes an answer of the request.
        tokens: The tokens that are good; a login adds one.
        password: What the login wants.
        requests: Everything that was asked.
    """

    routes: dict[str, Any] = field(factory=dict)
    tokens: set[str] = field(factory=lambda: {"good-token-0"})
    password: str = "correct horse"
    requests: list[httpx.Request] = field(factory=list)
    logins: int = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.url.path.endswith("/user-login/"):
            return self._log_in(request)
        if request.headers.get("authorization", "").removeprefix("Token ") not in self.tokens:
            return httpx.Response(401, json={"detail": "Invalid token."})
        found = self.routes.get(f"{request.method} {request.url.path}", (404, {"detail": "Not found."}))
        answer = found(request) if callable(found) else found
        if isinstance(answer, httpx.Response):
            return answer
        status, document = answer if isinstance(answer, tuple) else (200, answer)
        return httpx.Response(
            status, content=document if isinstance(document, bytes) else json.dumps(document).encode()
        )

    def _log_in(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        if body != {"username": "nick@retailer.test", "password": self.password}:
            return httpx.Response(401, json={"detail": "Unable to log in with provided credentials."})
        self.logins += 1
        self.tokens = {f"fresh-token-{self.logins}"}
        return httpx.Response(200, json={"auth_token": f"fresh-token-{self.logins}", "org_uuid": RETAILER_ID})

    def paths(self) -> list[str]:
        """What was asked, as method and path."""
        return [f"{request.method} {request.url.path}" for request in self.requests]


def own_organization(org_type: str = "RETAILER") -> dict[str, Any]:
    """The own organization, as its address answers."""
    return {**first_connection()["retailer"]["organization"], "org_type": org_type, "account_manager": {"person": JOE}}
