"""The Date header, from the site's own clock."""

from email.utils import formatdate

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aggregator.sandbox.vendor import Clock


def dated(app: ASGIApp, clock: Clock) -> ASGIApp:
    """The application with a Date on every answer that has none yet."""

    async def with_date(scope: Scope, receive: Receive, send: Send) -> None:
        async def stamped(message: Message) -> None:
            if message["type"] == "http.response.start" and not any(
                name.lower() == b"date" for name, _ in message["headers"]
            ):
                message["headers"] = [*message["headers"], (b"date", formatdate(clock(), usegmt=True).encode())]
            await send(message)

        await app(scope, receive, stamped)

    return with_date
