"""A fault of what asks for a page: that nobody heeds it."""

import json
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aggregator.sandbox.faults.base import Situation, fault
from aggregator.sandbox.values import When


@fault
class IgnorePage:
    """The page that is asked for is ignored: always the first one."""

    name: ClassVar[str] = "ignore-page"
    summary: ClassVar[str] = "the page parameter is ignored: every page is the first"
    example: ClassVar[str] = ""
    needs_next: ClassVar[bool] = False

    def __init__(self, value: str) -> None:
        self.when = When.parse(value)

    def wrap(self, app: ASGIApp, situation: Situation) -> ASGIApp:
        """The application, which does not hear which page is wanted."""
        dice, parameters = situation.dice(self.when), situation.shape.page_parameters

        async def deaf(scope: Scope, receive: Receive, send: Send) -> None:
            if not situation.concerns(scope["path"]) or not dice.hit():
                await app(scope, receive, send)
                return
            query = parse_qsl(scope["query_string"].decode(), keep_blank_values=True)
            left = urlencode([(name, value) for name, value in query if name not in parameters])
            body = _without(await _whole(receive), parameters)
            await app({**scope, "query_string": left.encode()}, _given(body, receive), send)

        return deaf


async def _whole(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    return body


def _without(body: bytes, parameters: tuple[str, ...]) -> bytes:
    """A JSON body without these keys (Crux asks for a page in the body); any other body as it is."""
    try:
        document = json.loads(body)
    except ValueError:
        return body
    if not isinstance(document, dict):
        return body
    return json.dumps({key: value for key, value in document.items() if key not in parameters}).encode()


def _given(body: bytes, receive: Receive) -> Receive:
    """Receive this body, and after it whatever else comes."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def given() -> Message:
        return messages.pop() if messages else await receive()

    return given
