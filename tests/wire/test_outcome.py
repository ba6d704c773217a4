"""Every way an exchange can fail becomes one error that says who must act and what to do."""

from __future__ import annotations

import traceback
from typing import Any

import httpx
import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from aggregator.adapter import Call, Problem, Reply
from aggregator.errors import (
    AuthenticationError,
    ContractError,
    NetworkError,
    NotFound,
    PermissionDenied,
    RateLimited,
    RequestRejected,
    VendorError,
    VendorUnavailable,
)
from aggregator.secret import Secret
from aggregator.wire.outcome import LOG_IN, Context, excerpt, from_exception, from_reply
from tests.fakes import NOON, reply
from tests.wire.fake_vendor import Fake, FakeServer, Way, respond, wire_of

CONTEXT = Context(adapter=Fake(account="acme"), operation="connections", request="GET https://vendor.test/x")


def judged(status: int, body: Any = None, *, context: Context = CONTEXT, **headers: str) -> VendorError:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    error = from_reply(context, reply({} if body is None else body, status=status, headers=named), now=NOON)
    assert error is not None
    return error


@pytest.mark.parametrize(
    ("status", "kind", "who", "retryable", "exit_code"),
    [
        (300, ContractError, "vendor", False, 23),
        (304, ContractError, "vendor", False, 23),
        (400, RequestRejected, "you", False, 13),
        (401, AuthenticationError, "you", False, 10),
        (402, RequestRejected, "you", False, 13),
        (403, PermissionDenied, "you", False, 11),
        (404, NotFound, "you", False, 12),
        (405, RequestRejected, "you", False, 13),
        (406, RequestRejected, "you", False, 13),
        (409, RequestRejected, "you", False, 13),
        (415, RequestRejected, "you", False, 13),
        (422, RequestRejected, "you", False, 13),
        (423, RequestRejected, "you", False, 13),
        (429, RateLimited, "nobody", True, 21),
        (500, VendorUnavailable, "vendor", True, 20),
        (502, VendorUnavailable, "vendor", True, 20),
        (503, VendorUnavailable, "vendor", True, 20),
        (504, VendorUnavailable, "vendor", True, 20),
        (599, VendorUnavailable, "vendor", True, 20),
    ],
)
def test_every_status_has_its_error(
    status: int, kind: type[VendorError], who: str, retryable: bool, exit_code: int
) -> None:
    """A status decides the kind of error, who must act, whether later helps, and the exit code; and there is a hint."""
    error = judged(status, {"detail": "Because."})
    assert type(error) is kind
    assert (error.who, error.retryable, error.exit_code, error.status) == (who, retryable, exit_code, status)
    assert error.hint.endswith(".")
    assert str(error).startswith("fake (acme), connections: ")
    assert ": Because. " in str(error)


@given(st.integers(200, 299))
def test_a_success_is_no_error(status: int) -> None:
    """Whatever stands in a successful answer is for the pager to judge."""
    assert from_reply(CONTEXT, reply(b"<html>", status=status), now=NOON) is None


@given(st.integers(100, 999).filter(lambda status: not 200 <= status < 300), st.binary(max_size=200))
def test_any_other_status_is_an_error(status: int, body: bytes) -> None:
    """No status outside the two hundreds passes for a success, and no body makes the judging fail."""
    assert isinstance(judged(status, body), VendorError)


def test_what_a_denied_token_means_is_the_adapters_to_say() -> None:
    """A 401 that the platform uses for "you may not" is a matter of rights, not of credentials."""

    @frozen(kw_only=True)
    class Denying(Fake):
        def read_problem(self, reply: Reply) -> Problem:
            return Problem(detail="not yours", code="UNAUTHORIZED", pointers=("/data",), denied=True)

    error = judged(401, context=Context(adapter=Denying(), operation="connections"))
    assert isinstance(error, PermissionDenied)
    assert (error.vendor_code, error.pointers) == ("UNAUTHORIZED", ("/data",))


def test_an_adapter_that_trips_over_an_error_body_does_not_hide_the_status() -> None:
    """The status is told even where the platform's words cannot be read."""

    @frozen(kw_only=True)
    class Tripping(Fake):
        def read_problem(self, reply: Reply) -> Problem:
            raise KeyError("errors")

    assert isinstance(judged(404, context=Context(adapter=Tripping(), operation="connections")), NotFound)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, AuthenticationError), (401, AuthenticationError), (403, AuthenticationError), (404, NotFound)],
)
def test_a_refused_login_is_about_credentials(status: int, kind: type[VendorError]) -> None:
    """At a login, every refusal means the credentials, and 404 the address."""
    assert type(judged(status, context=Context(adapter=Fake(), operation=LOG_IN))) is kind


def test_the_platforms_request_id_is_kept_for_its_support() -> None:
    """The id a platform gives a request is in the error and in its text."""
    error = judged(500, x_request_id="abc-1")
    assert error.request_id == "abc-1"
    assert "[request id abc-1]" in str(error)
    assert judged(500).request_id is None


def test_nothing_a_platform_says_can_break_a_line_or_a_terminal() -> None:
    """Control characters and pages of text in an answer become one printable line of bounded length."""
    noise = "\x1b[31mred\x1b[0m\r\nnext\u202eline " + "long " * 100_000
    error = judged(400, {"detail": noise}, x_request_id=noise)
    assert len(str(error)) < 1200
    assert "\x1b" not in str(error)
    assert "\n" not in str(error)
    assert "\u202e" not in str(error)


def test_no_secret_stands_in_any_part_of_an_error() -> None:
    """A platform that echoes a credential anywhere is not echoed by us."""
    secret = Secret("s3cr3t/with+odd chars")
    echo = f"bad token {secret.reveal()} given"
    body = {"detail": echo, secret.reveal(): [echo]}
    error = judged(400, body, x_request_id=echo, retry_after=echo, location=echo)
    for part in (str(error), repr(error), error.excerpt, str(error.request_id), *error.pointers, str(vars(error))):
        assert secret.reveal() not in part
    assert "***" in error.excerpt


@given(st.integers(0, 320), st.text(max_size=300))
def test_an_excerpt_never_ends_in_half_a_secret(before: int, after: str) -> None:
    """Wherever the cut falls, no beginning of a secret is left."""
    secret = Secret("Zq7-half-a-secret-Zq7")
    cut = excerpt(reply(b"." * before + secret.reveal().encode() + after.encode("utf-8", "replace")))
    assert len(cut) <= 300
    assert "Zq7-" not in cut


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (httpx.ConnectError("Name or service not known"), "vendor.test cannot be reached"),
        (httpx.ConnectTimeout("t"), "no answer from vendor.test in time (ConnectTimeout)"),
        (httpx.ReadTimeout(""), "no answer from vendor.test in time (ReadTimeout)"),
        (httpx.WriteError("broken pipe"), "broke off: broken pipe"),
        (httpx.RemoteProtocolError(""), "broke off: RemoteProtocolError"),
        (httpx.ProxyError("503 from the proxy"), "broke off: 503 from the proxy"),
        (httpx.UnsupportedProtocol("no"), "broke off"),
    ],
)
def test_every_network_failure_is_told(way: Way, raised: Exception, said: str) -> None:
    """What the network did is said with the host's name, and can be tried again later."""
    with pytest.raises(NetworkError) as caught:
        way.fetch(wire_of(Fake(), attempts=1), FakeServer(lambda request: raised))
    assert said in str(caught.value)
    assert (caught.value.who, caught.value.retryable, caught.value.exit_code) == ("network", True, 22)
    assert caught.value.request == "GET https://vendor.test/x"


def test_an_error_before_any_request_still_has_words() -> None:
    """An exchange whose host is not known yet is told without one."""
    context = Context(adapter=Fake(), operation="connections")
    assert "the platform" in str(from_exception(context, httpx.ReadTimeout("")))


def test_a_request_is_told_in_one_printable_line_without_secrets(way: Way) -> None:
    """Method and address stand in a reply unquoted for people, but for what would break the line or tell a secret."""
    Secret("filter-secret-1")
    query = (("q", "a b\tç"), ("n", "1\n2"), ("token", "filter-secret-1"))
    found = way.fetch(wire_of(Fake()), FakeServer(lambda request: respond([])), Call(path="/x", query=query))
    assert found.request == "GET https://vendor.test/x?q=a+b%09ç&n=1%0A2&token=***"


def test_a_traceback_shows_no_secret(way: Way) -> None:
    """Not even the whole chain of exceptions of a failed exchange holds a credential."""
    adapter = Fake()
    secret = adapter.given_login.token
    assert secret is not None

    def serve(request: httpx.Request) -> Any:
        return httpx.RemoteProtocolError(f"illegal header {request.headers['authorization']!r}")

    with pytest.raises(NetworkError) as caught:
        way.fetch(wire_of(adapter, attempts=1), FakeServer(serve))
    assert secret.reveal() not in str(caught.value)
    assert secret.reveal() not in "".join(traceback.format_exception(caught.value))
