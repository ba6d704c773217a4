"""What a failed exchange becomes: one of our errors, saying who must act and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import frozen

from aggregator.adapter.base import Adapter, Problem
from aggregator.adapter.steps import Reply
from aggregator.errors import (
    EXCERPT_CHARACTERS,
    AuthenticationError,
    BodyTooLarge,
    ContractError,
    NetworkError,
    NotFound,
    OriginViolation,
    PermissionDenied,
    RateLimited,
    RequestRejected,
    VendorError,
    VendorUnavailable,
)
from aggregator.secret import mask
from aggregator.wire.body import NotAsked, TooLarge, TooSlow
from aggregator.wire.http import httpx
from aggregator.wire.retry import parse_retry_after
from aggregator.wire.transport import LeavesOrigin

LOG_IN = "log in"

# A token endpoint says 400 (RFC 6749 section 5.2, invalid_client) as well as 401 when it means "not these credentials".
_REFUSED_LOGIN = frozenset({400, 401, 403, 422})

# As much of a text as is searched for secrets before it is cut for printing.
_MASKED_BYTES = 100_000
_MOST_POINTERS = 20

_REQUEST_ID_HEADERS = ("x-request-id", "x-correlation-id", "x-amzn-requestid", "cf-ray")


@frozen(kw_only=True)
class Context:
    """Who asked whom for what; every error begins with it."""

    adapter: Adapter
    operation: str
    request: str = ""
    host: str = ""

    def error(self, kind: type[VendorError], message: str, **details: Any) -> VendorError:  # noqa: ANN401
        """Return an error of this kind."""
        adapter = self.adapter
        return kind(
            mask(message),
            vendor=adapter.vendor,
            account=adapter.account,
            operation=self.operation,
            request=self.request,
            **details,
        )


def from_exception(context: Context, error: Exception) -> VendorError:
    """Return what an exception of the transport means."""
    host = context.host or "the platform"
    if isinstance(error, LeavesOrigin):
        return context.error(
            OriginViolation,
            f"a request was about to leave the configured origin: {error}.",
            hint="It was not sent. Please report this.",
        )
    if isinstance(error, TooLarge):
        return context.error(
            BodyTooLarge, f"the answer has {error}.", hint="Raise Options.max_body if a list can really be that large."
        )
    if isinstance(error, NotAsked):
        return context.error(ContractError, f"{error}.", hint="Only gzip and deflate are asked for, each by itself.")
    if isinstance(error, TooSlow):
        return context.error(NetworkError, f"{error}.", hint="Raise Options.answer_timeout if that is normal.")
    if isinstance(error, httpx.DecodingError):
        return context.error(
            NetworkError,
            f"the answer's compression is broken: {error}.",
            hint="It was cut short or garbled on its way; try again later.",
        )
    if isinstance(error, httpx.TimeoutException):
        return context.error(
            NetworkError,
            f"no answer from {host} in time ({type(error).__name__}).",
            hint="Try again later, or raise the time-outs in Options.",
        )
    if isinstance(error, httpx.ConnectError):
        return context.error(
            NetworkError,
            f"{host} cannot be reached: {error}.",
            hint="Check base_url, your network and your proxy settings.",
        )
    return context.error(
        NetworkError,
        f"the exchange with {host} broke off: {str(error) or type(error).__name__}.",
        hint="Try again later.",
    )


def safe_cause(error: Exception) -> Exception | None:
    """Return the exception, or None if it, or what lies behind it, quotes a credential: tracebacks print causes too."""
    one: BaseException | None = error
    while one is not None:
        if mask(str(one)) != str(one):
            return None
        one = one.__cause__ or one.__context__
    return error


def from_reply(context: Context, reply: Reply, *, now: datetime) -> VendorError | None:
    """Return what a reply's status means; None if it is a success."""
    if 200 <= reply.status < 300:
        return None
    problem = _problem(context.adapter, reply)
    said = f": {problem.detail}" if problem.detail else ""
    kind, message, hint = _judge_login(reply) if context.operation == LOG_IN else _judge(reply, problem)
    return context.error(
        kind,
        f"{message}{said}.",
        hint=hint,
        status=reply.status,
        request_id=next((_line(reply.headers[name]) for name in _REQUEST_ID_HEADERS if name in reply.headers), None),
        vendor_code=problem.code,
        pointers=problem.pointers,
        excerpt=excerpt(reply),
        retry_after=parse_retry_after(reply.headers, now),
    )


def excerpt(reply: Reply) -> str:
    """Return the beginning of an answer. It is masked before it is cut: half a secret would not be recognised."""
    return mask(reply.content[:_MASKED_BYTES].decode("utf-8", "replace"))[:EXCERPT_CHARACTERS]


def _problem(adapter: Adapter, reply: Reply) -> Problem:
    """Read what the platform says, into lines that can be printed, and never fail over it."""
    try:
        problem = adapter.read_problem(reply)
    except Exception:  # noqa: BLE001 - an error's body can hold anything, and the status says enough
        return Problem()
    return Problem(
        detail=_line(problem.detail).rstrip("."),
        code=None if problem.code is None else _line(problem.code),
        pointers=tuple(_line(one) for one in problem.pointers[:_MOST_POINTERS]),
        denied=problem.denied,
    )


def _line(text: str) -> str:
    printable = "".join(one if one.isprintable() else " " for one in mask(text[:_MASKED_BYTES]))
    return " ".join(printable.split())[:EXCERPT_CHARACTERS]


def _judge_login(reply: Reply) -> tuple[type[VendorError], str, str]:
    if reply.status in _REFUSED_LOGIN:
        return AuthenticationError, "the platform does not accept these credentials", "Check them, and the login URL."
    if reply.status == 404:
        return NotFound, "there is no token endpoint at this address", "Check the login URL."
    return _judge(reply, Problem())


def _judge(reply: Reply, problem: Problem) -> tuple[type[VendorError], str, str]:
    status = reply.status
    if status == 401 and problem.denied:
        return PermissionDenied, "the credentials are good but may not do this", _DENIED_HINT
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if 300 <= status < 400:
        return ContractError, f"a redirect to {_target(reply.headers)}, which is not followed", _REDIRECT_HINT
    if status >= 500:
        return VendorUnavailable, f"the platform failed with status {status}", "Try again later."
    return RequestRejected, f"the request was refused with status {status}", "See what the platform says of it."


_DENIED_HINT = "Check the ids you gave; if they are right, ask the platform's administrator for access."
_REDIRECT_HINT = "Redirects could carry credentials elsewhere; set base_url to where the platform really is."

_BY_STATUS: Mapping[int, tuple[type[VendorError], str, str]] = {
    401: (
        AuthenticationError,
        "the credentials were not accepted",
        "Check them, that they have not expired, and that they are for this base_url.",
    ),
    403: (PermissionDenied, "the credentials may not do this", _DENIED_HINT),
    404: (NotFound, "there is nothing at this address", "Check the id and base_url."),
    429: (RateLimited, "too many requests", "Wait, then try again; other programs may share the limit."),
}


def _target(headers: Mapping[str, str]) -> str:
    location = headers.get("location", "")
    try:
        return httpx.URL(location).host or location.split("?")[0] or "nowhere"
    except httpx.InvalidURL:
        return "an address that is none"
