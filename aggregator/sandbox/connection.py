"""uvicorn, with the one thing that it keeps from applications: the connection itself, for faults that break it."""

import asyncio

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from aggregator.sandbox.faults.wire import CONNECTION


class _Protocol(H11Protocol):
    """Puts the transport into every request's scope as an ASGI extension."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        served = self.app

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {})[CONNECTION] = transport
            await served(scope, receive, send)

        self.app = app


def server_for(app: ASGIApp) -> uvicorn.Server:
    """A server for one application: no log, no lifespan, no second opinion on headers."""
    config = uvicorn.Config(
        app,
        http=_Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=1,
        loop="asyncio",
    )
    return uvicorn.Server(config)
