"""One request and its answer, the same for threads and for tasks but for the waiting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import quote, unquote

from attrs import define, field

from aggregator.adapter.base import clean_url
from aggregator.adapter.login import Token, TokenRequest, WrongCredentials
from aggregator.adapter.steps import Call, Malformed, Reply
from aggregator.errors import AuthenticationError, ContractError, InvalidQuery, UsageError, VendorError
from aggregator.secret import mask
from aggregator.wire.body import ACCEPTED_CODINGS
from aggregator.wire.budget import Budget
from aggregator.wire.hooks import WireEvent, tell
from aggregator.wire.http import httpx
from aggregator.wire.outcome import LOG_IN, Context, from_reply
from aggregator.wire.retry import Patience, http_date
from aggregator.wire.stop import Stop
from aggregator.wire.wire import Wire

# Waits shorter than this are nobody's business.
WORTH_SAYING = 3.0


@define(kw_only=True)
class Exchange:
    """The state of one request over its attempts.

    Attributes:
        wire: The account.
        context: What errors begin with.
        build: Makes the request anew.
        first: The request as it goes out first, where it is made already; each later attempt makes its own.
        patience: When to try again.
        budget: Who shares the rate limit.
        stop: Set when nobody wants the answer any more.
    """

    wire: Wire
    context: Context
    build: Callable[[], httpx.Request]
    patience: Patience
    budget: Budget
    stop: Stop
    first: httpx.Request | None = None
    requested_at: datetime = field(init=False)

    def wait(self) -> float:
        """Return how long to wait before the request may go out; 0.0 takes it out of the budget.

        Raises:
            Abandoned: Nobody wants the answer any more.
        """
        self.stop.check()
        if (due := self.patience.take_due()) > 0:
            return due
        seconds = self.budget.reserve(self.wire.clock.monotonic())
        if seconds > 0:
            tell(self.wire.options.hooks, "wait", self._event(seconds=seconds, reason="rate limit"))
        if seconds >= WORTH_SAYING:
            self.wire.announce(f"waiting {seconds:.0f} s for {self.wire.adapter.title}: rate limit")
        return seconds

    def _event(self, *, seconds: float, reason: str | None = None, status: int | None = None) -> WireEvent:
        adapter, context = self.wire.adapter, self.context
        return WireEvent(
            vendor=adapter.vendor,
            account=adapter.account,
            operation=context.operation,
            request=context.request,
            status=status,
            seconds=seconds,
            reason=reason,
        )

    def begin(self) -> httpx.Request:
        """Return the request for this attempt."""
        self.requested_at = self.wire.clock.now()
        first, self.first = self.first, None
        return first or self.build()

    def settle(self, response: httpx.Response, content: bytes) -> Reply:
        """Return the reply.

        Raises:
            VendorError: It is no success.
        """
        now = self.wire.clock.now()
        # A login may give its token again, and that is to be used.
        safe = content if self.context.operation == LOG_IN else self.wire.own.mask(content)
        reply = Reply(
            status=response.status_code,
            headers={name.lower(): value for name, value in response.headers.items()},
            content=safe,
            is_masked=safe != content,
            request=self.context.request,
            requested_at=self.requested_at,
            fetched_at=now,
        )
        if (date := http_date(reply.headers.get("date", ""))) is not None:
            self.wire.vitals.clock_offset = (date - now).total_seconds()
        took = (now - self.requested_at).total_seconds()
        tell(self.wire.options.hooks, "request", self._event(seconds=took, status=reply.status))
        error = from_reply(self.context, reply, now=now)
        if error is not None:
            raise error
        return reply

    def cap(self) -> tuple[int, float]:
        """Return how many bytes the answer may have, and until when it must be here."""
        options = self.wire.options
        return options.max_body, self.wire.clock.monotonic() + options.answer_timeout


def ensure_open(client: httpx.Client | httpx.AsyncClient) -> None:
    """Go on, or not.

    Raises:
        UsageError: The client is closed.
    """
    if client.is_closed:
        raise UsageError("The client is closed.", hint="Read to the end before closing it, or make a new one.")


def call_exchange(
    wire: Wire, client: httpx.Client | httpx.AsyncClient, call: Call, operation: str, stop: Stop | None = None
) -> Exchange:
    """Return the exchange for one call of an operation.

    Raises:
        InvalidQuery: The call holds what no URL or body can carry.
        UsageError: The client is closed.
    """
    ensure_open(client)

    def build() -> httpx.Request:
        return client.build_request(call.method, call.path, params=call.query or None, json=_plain(call.body))

    try:
        first = build()
    except (httpx.InvalidURL, ValueError) as error:  # a lone surrogate or a control character in an id or a filter
        what = mask(repr((call.path, call.query)))
        raise InvalidQuery(f"{what} cannot be put into a request.", hint="Check the ids and filters.") from error
    context = Context(adapter=wire.adapter, operation=operation, request=describe(first), host=first.url.host)
    budget = wire.budget()
    return Exchange(
        wire=wire,
        context=context,
        build=build,
        first=first,
        budget=budget,
        stop=stop or wire.stop,
        patience=Patience(
            operation=operation,
            attempts=wire.options.attempts,
            max_wait=wire.options.max_wait,
            may_repeat=call.is_query,
            on_wait=_on_wait(wire, budget),
        ),
    )


def token_exchange(
    wire: Wire, client: httpx.Client | httpx.AsyncClient, asked: TokenRequest, stop: Stop | None = None
) -> Exchange:
    """Return the exchange that gets a token; asking twice does no harm, so it may be repeated.

    Raises:
        ConfigurationError: The address is no URL, or would take the credentials along unencrypted.
    """
    clean_url(asked.url)
    headers = {"Accept": "application/json", "Accept-Encoding": ACCEPTED_CODINGS}
    if asked.content_type:
        headers["Content-Type"] = asked.content_type
    budget = wire.token_budget(asked.url)

    def build() -> httpx.Request:
        if asked.encoding == "form":
            return client.build_request("POST", asked.url, data=dict(asked.fields), headers=headers)
        return client.build_request("POST", asked.url, json=dict(asked.fields), headers=headers)

    return Exchange(
        wire=wire,
        context=Context(
            adapter=wire.adapter, operation=LOG_IN, request=mask(f"POST {asked.url}"), host=httpx.URL(asked.url).host
        ),
        build=build,
        budget=budget,
        stop=stop or wire.stop,
        patience=Patience(
            operation=LOG_IN,
            attempts=wire.options.token_attempts,
            max_wait=wire.options.max_wait,
            on_wait=_on_wait(wire, budget),
        ),
    )


def read_token_reply(wire: Wire, reply: Reply) -> Token:
    """Return the token in the reply.

    Raises:
        ContractError: There is none.
        AuthenticationError: It is of a kind that the platform refuses.
    """
    context = Context(adapter=wire.adapter, operation=LOG_IN, request=reply.request)
    try:
        token = wire.adapter.login.read(reply)
    except WrongCredentials as error:
        raise context.error(AuthenticationError, f"{error}.", status=reply.status, hint=error.hint) from error
    except Malformed as error:
        raise context.error(
            ContractError,
            f"the token endpoint's answer cannot be used: {error}.",
            status=reply.status,
            hint="Check the token or login URL.",
        ) from error
    wire.own.add(token.value)
    return token


def _on_wait(wire: Wire, budget: Budget) -> Callable[[VendorError, float], None]:
    def on_wait(error: VendorError, seconds: float) -> None:
        if error.retry_after is not None:
            budget.pause(wire.clock.monotonic(), seconds)
        event = WireEvent(
            vendor=error.vendor,
            account=error.account,
            operation=error.operation,
            request=error.request,
            status=error.status,
            seconds=seconds,
            reason=error.message,
        )
        tell(wire.options.hooks, "retry", event)
        tell(wire.options.hooks, "wait", event)
        if seconds >= WORTH_SAYING:
            wire.announce(f"waiting {seconds:.0f} s for {wire.adapter.title}: {error.message}")

    return on_wait


def _plain(body: Mapping[str, object] | None) -> dict[str, object] | None:
    return None if body is None else dict(body)


def describe(request: httpx.Request) -> str:
    """Return method and URL for people to read: unquoted, but for what would disturb a line of text."""
    url = "".join(one if one.isprintable() else quote(one, safe="") for one in unquote(str(request.url)))
    return mask(f"{request.method} {url}")
