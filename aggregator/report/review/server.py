"""The review over HTTP, for one person on this machine.

Whoever asks must name this very server as Host and Origin, and know the token of this run, so that no other page in
the same browser can decide anything.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from hmac import compare_digest
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from aggregator.errors import AggregatorError
from aggregator.model.converter import dump_json, load_json
from aggregator.report.page import assets, digest, render
from aggregator.report.review.session import Session

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_LARGEST: Final = 64 * 1024
_TOO_LONG: Final = "The request is too long."

_POLICY: Final = (
    "default-src 'none'; script-src {script}; style-src {style}; img-src data:; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


class _Plain(JSONResponse):
    """Plain values as ASCII, which can name half a character too."""

    def render(self, content: Any) -> bytes:  # noqa: ANN401 - plain JSON values
        return dump_json(content).encode("ascii")


def make_app(session: Session, *, token: str, hosts: frozenset[str]) -> ASGIApp:
    """Return the application.

    Args:
        session: The review.
        token: What every request must carry.
        hosts: What a browser may call this server, with the port: "127.0.0.1:8642".
    """
    script, style = assets("review")
    policy = _POLICY.format(script=digest(script), style=digest(style))

    async def page(_: Request) -> Response:
        return HTMLResponse(render("review.html.jinja", script=script, style=style), headers={
            "Content-Security-Policy": policy,
        })  # fmt: skip

    async def state(_: Request) -> Response:
        return _Plain(await run_in_threadpool(session.state))

    routes = [Route("/", page), Route("/state", state)]
    for name, act in _ACTIONS.items():
        routes.append(Route(f"/{name}", _endpoint(session, act), methods=["POST"]))
    return Guard(Starlette(routes=routes), token=token, hosts=hosts)


def _score(session: Session, asked: Mapping[str, Any]) -> dict[str, Any]:
    return session.score(_text(asked, "left"), _text(asked, "right"))


def _answer(session: Session, asked: Mapping[str, Any]) -> dict[str, Any]:
    session.answer(
        _text(asked, "left"), _text(asked, "right"), _text(asked, "word"), _text({"why": "", **asked}, "why")
    )
    return session.state()


def _undo(session: Session, _: Mapping[str, Any]) -> dict[str, Any]:
    undone = session.undo()
    return {**session.state(), "undone": undone}


def _take_back(session: Session, asked: Mapping[str, Any]) -> dict[str, Any]:
    one, other = sorted((_text(asked, "left"), _text(asked, "right")))
    session.take_back([(one, other)])
    return session.state()


def _write(session: Session, _: Mapping[str, Any]) -> dict[str, Any]:
    session.write_meanwhile()
    return session.state()


_Act = Callable[[Session, Mapping[str, Any]], dict[str, Any]]
_ACTIONS: Final[Mapping[str, _Act]] = {
    "score": _score,
    "answer": _answer,
    "undo": _undo,
    "take-back": _take_back,
    "write": _write,
}


def _endpoint(session: Session, act: _Act) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            body = await _body(request)
            if len(body) > _LARGEST:
                return PlainTextResponse(_TOO_LONG, status_code=403)
            asked = load_json(body.decode()) if body else {}
            return _Plain(await run_in_threadpool(act, session, asked))
        except AggregatorError as error:
            return _Plain({"error": str(error)}, status_code=409)
        except (ValueError, KeyError, TypeError, ClientDisconnect):  # nothing is done of a request that is cut short
            return _Plain({"error": "The request cannot be read."}, status_code=400)

    return endpoint


async def _body(request: Request) -> bytes:
    """What a request holds; of one that is too long, whatever length it says, no more than shows it."""
    held = bytearray()
    async for piece in request.stream():
        held += piece
        if len(held) > _LARGEST:
            break
    return bytes(held)


def _text(asked: Mapping[str, Any], name: str) -> str:
    if not isinstance(asked[name], str):
        raise TypeError(f"{name} is no text")
    return str(asked[name])


class Guard:
    """Lets nobody in but the page of this run."""

    def __init__(self, app: ASGIApp, *, token: str, hosts: frozenset[str]) -> None:
        self._app = app
        self._token = token
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        refusal = self._refusal(request)
        if refusal:
            await PlainTextResponse(refusal, status_code=403)(scope, receive, send)
            return

        async def hardened(message: Any) -> None:  # noqa: ANN401 - an ASGI message
            if message["type"] == "http.response.start":
                message["headers"] += [
                    (b"cache-control", b"no-store"),
                    (b"referrer-policy", b"no-referrer"),
                    (b"x-content-type-options", b"nosniff"),
                    (b"cross-origin-resource-policy", b"same-origin"),
                    (b"cross-origin-opener-policy", b"same-origin"),
                ]
            await send(message)

        await self._app(scope, receive, hardened)

    def _refusal(self, request: Request) -> str:
        if request.headers.get("host") not in self._hosts:
            return "This server answers only on its own address."
        origin = request.headers.get("origin")
        if origin is None and request.method == "POST":
            return "A decision must come from this server's own page."
        if origin is not None and origin.removeprefix("http://") not in self._hosts:
            return "Another page may not ask this server."
        given = request.headers.get("x-token") or request.query_params.get("token", "")
        if not compare_digest(given.encode(), self._token.encode()):
            return "The token of this run is missing: open the address that the command printed."
        if not request.headers.get("content-length", "0").isdecimal():
            return "The length of the request is no number."
        if int(request.headers.get("content-length", "0")) > _LARGEST:
            return _TOO_LONG
        return ""
