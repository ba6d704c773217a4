"""Credentials are checked as early as can be, tokens are replaced when they must be, and no secret is shown."""

from __future__ import annotations

import asyncio
import json
import pickle
import subprocess
import sys
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.commerce_layer import CommerceLayer
from adapters.commerce_layer.login import claims_of, wrong_scope
from aggregator.adapter import Token
from aggregator.client import AsyncClient
from aggregator.errors import AuthenticationError, ConfigurationError, ContractError, PermissionDenied, VendorError
from aggregator.secret import Secret
from tests.adapters.commerce_layer_fakes import (
    CLIENT_SECRET,
    READY,
    Server,
    account,
    buyer,
    client,
    error,
    jwt,
    organizations,
)
from tests.fakes import NOON, FakeClock, reply

DATE = {"date": format_datetime(NOON, usegmt=True)}
EXPIRED = NOON.timestamp() - 1


def dated(answer: httpx.Response) -> httpx.Response:
    """The answer, with the platform's own time in it."""
    answer.headers["date"] = DATE["date"]
    return answer


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"client_id": "me"},
        {"client_secret": CLIENT_SECRET},
        {"token": READY, "client_id": "me"},
        {"token": READY, "client_id": "me", "client_secret": CLIENT_SECRET},
        {"client_id": "", "client_secret": CLIENT_SECRET},
        {"token": ""},
        {"token": "two words"},
        {"token": "new\nline"},
        {"client_id": "me", "client_secret": "sécret"},
        {"token": READY, "base_url": "http://provisioning.commercelayer.io/api"},
        {"client_id": "me", "client_secret": CLIENT_SECRET, "base_url": "http://127.0.0.1:9/api"},
        {"client_id": "me", "client_secret": CLIENT_SECRET, "token_url": "http://auth.commercelayer.io/oauth/token"},
    ],
)
def test_settings_that_cannot_work_are_refused(settings: dict[str, str]) -> None:
    """Half of the credentials, two kinds at once, or a URL that would send them in clear: refused, with what to do."""
    with pytest.raises(ConfigurationError) as raised:
        CommerceLayer(**settings)
    assert raised.value.hint
    assert CLIENT_SECRET not in str(raised.value)


@pytest.mark.parametrize("scope", ["market:all", "market:id:x stock_location:id:y", ["market:all"]])
def test_a_ready_token_for_another_api_is_refused(scope: Any) -> None:
    """A Core API token, which says so itself, is refused before anything is sent."""
    with pytest.raises(ConfigurationError, match="Core API token") as raised:
        account(token=jwt(scope))
    assert "Provisioning API" in raised.value.hint


@pytest.mark.parametrize(
    "token", [jwt("provisioning-api"), jwt(["x", "provisioning-api"]), jwt(None), READY, "header.claims.sign"]
)
def test_tokens_that_may_be_right_are_taken(token: str) -> None:
    """A token of the right kind, and one that does not say its kind, are taken."""
    assert account(token=token).token == Secret(token)


def test_the_grant_is_json_without_a_scope() -> None:
    """The token request is the documented one, and the token goes out as a bearer."""
    server = Server(organizations(3))
    with client(buyer(), server) as commerce_layer:
        commerce_layer.list_organizations()
    (login,) = server.logins
    assert (login.method, str(login.url)) == ("POST", "https://auth.commercelayer.io/oauth/token")
    assert json.loads(login.content) == {
        "grant_type": "client_credentials",
        "client_id": "me",
        "client_secret": CLIENT_SECRET,
    }
    assert login.headers["content-type"] == "application/json"
    assert server.requests[0].headers["authorization"] == "Bearer bought-token-0001"


@pytest.mark.parametrize(
    "body",
    [
        {"access_token": jwt("market:all"), "expires_in": 7200},
        {"access_token": "opaque-core-token", "expires_in": 7200, "scope": "market:all"},
    ],
)
def test_credentials_of_another_api_are_one_clear_error(body: Any) -> None:
    """Client credentials of the Core API give one error that names the mistake, before any list is asked for."""
    server = Server(organizations(3), tokens=[body])
    with client(buyer(), server) as commerce_layer, pytest.raises(AuthenticationError, match="Core API token") as said:
        commerce_layer.list_organizations()
    assert "market:all" in str(said.value)
    assert "Provisioning API" in said.value.hint
    assert server.requests == []


@pytest.mark.parametrize("errors", [list, dict])
def test_refused_credentials(errors: type) -> None:
    """The token endpoint's error is told, whether it comes in an array or alone."""
    one = {"title": "invalid_client", "detail": "Unknown client.", "code": "UNAUTHORIZED", "status": 401}
    body = {"errors": [one] if errors is list else one}
    server = Server([], tokens=[httpx.Response(401, json=body)])
    with client(buyer(), server) as commerce_layer, pytest.raises(AuthenticationError, match="Unknown client") as said:
        commerce_layer.list_organizations()
    assert said.value.vendor_code == "UNAUTHORIZED"
    assert CLIENT_SECRET not in str(said.value)


def test_a_token_endpoint_that_gives_no_token() -> None:
    """An answer without a token is the platform's fault, and told as such."""
    with (
        client(buyer(), Server([], tokens=[{"hello": "there"}])) as commerce_layer,
        pytest.raises(ContractError, match="no usable 'access_token'"),
    ):
        commerce_layer.list_organizations()


def test_a_rejected_token_is_replaced_once() -> None:
    """A token called invalid is replaced, the request is sent again, and the list is whole."""
    tokens = [{"access_token": f"bought-token-{number}", "expires_in": 7200} for number in (1, 2)]
    server = Server(organizations(60), tokens=tokens)
    server.broken = [None, error(401, "INVALID_TOKEN", "Expired.")]
    with client(buyer(), server) as commerce_layer:
        assert commerce_layer.list_organizations().coverage.complete
    assert len(server.logins) == 2
    assert server.requests[2].headers["authorization"] == "Bearer bought-token-2"


def test_the_same_token_again_is_not_sent_again() -> None:
    """Where the platform hands out the token that it has just rejected, the request is not repeated for ever."""
    server = Server(organizations(3))
    server.broken = [error(401, "INVALID_TOKEN", "Expired.")] * 3
    with client(buyer(), server) as commerce_layer, pytest.raises(AuthenticationError):
        commerce_layer.list_organizations()
    assert (len(server.requests), len(server.logins)) == (1, 2)


def test_a_denial_is_not_answered_with_a_new_token() -> None:
    """UNAUTHORIZED with a token in its prime means "you may not": no login is wasted on it."""
    server = Server(organizations(3), tokens=[{"access_token": jwt(), "expires_in": 7200}])
    server.broken = [dated(error(401, "UNAUTHORIZED", "You are not authorized to perform this action."))]
    with client(buyer(), server) as commerce_layer, pytest.raises(PermissionDenied, match="not authorized"):
        commerce_layer.list_organizations()
    assert len(server.logins) == 1


def test_an_aged_token_is_replaced_whatever_the_code() -> None:
    """UNAUTHORIZED with a token that is over by the platform's own clock is answered with a new one."""
    tokens = [{"access_token": jwt(exp=EXPIRED)}, {"access_token": jwt(n=2)}]
    server = Server(organizations(3), tokens=tokens)
    server.broken = [dated(error(401, "UNAUTHORIZED", "You are not authorized."))]
    with client(buyer(), server) as commerce_layer:
        assert commerce_layer.list_organizations().coverage.complete
    assert len(server.logins) == 2


@pytest.mark.parametrize(
    ("code", "exp", "remaining", "blamed"),
    [
        ("INVALID_TOKEN", 4e9, 5000.0, True),
        ("UNAUTHORIZED", 4e9, 5000.0, False),
        ("UNAUTHORIZED", 4e9, 0.0, True),
        ("UNAUTHORIZED", 4e9, None, False),
        ("UNAUTHORIZED", EXPIRED, 5000.0, True),
        ("SOMETHING_ELSE", 4e9, 5000.0, True),
    ],
)
def test_what_a_401_says_of_the_token(code: str, exp: float, remaining: float | None, blamed: bool) -> None:
    """The token is to blame if it is called invalid or is over; the clock of this machine has no say in it."""
    token = Token(value=Secret(jwt(exp=exp)))
    for body in ({"errors": [{"code": code}]}, {"errors": {"code": code}}, {"code": code}):
        answer = reply(body, status=401, headers=DATE)
        assert buyer().login.blames_token(answer, token=token, remaining=remaining) is blamed


def test_a_401_that_is_no_document_is_laid_to_the_token() -> None:
    """A 401 in HTML, as a proxy writes it, is worth one new token."""
    answer = reply(b"<html>401</html>", status=401)
    assert buyer().login.blames_token(answer, token=Token(value=Secret(READY)), remaining=5000.0)


def test_a_ready_token_that_is_over_is_no_denial() -> None:
    """An expired ready token is a matter of credentials, one in its prime a matter of rights."""
    body = {"errors": [{"code": "UNAUTHORIZED", "detail": "No."}]}
    answer = reply(body, status=401, headers=DATE)
    assert account(token=jwt()).read_problem(answer).denied
    assert not account(token=jwt(exp=EXPIRED)).read_problem(answer).denied


@pytest.mark.parametrize(
    ("expires_in", "left", "lifetime"),
    [(7200, 901, 901), (7200, 7200, 7200), (100, 7200, 100), (7200, -5, 7200), (None, 7000, 7000)],
)
def test_a_token_lives_as_long_as_it_says(expires_in: int | None, left: float, lifetime: float) -> None:
    """A token that was issued a while ago and is handed out again has only the rest of its life before it."""
    body = {"access_token": jwt(exp=NOON.timestamp() + left), "expires_in": expires_in}
    assert buyer().login.read(reply(body, headers=DATE)).lifetime == pytest.approx(lifetime)


@pytest.mark.parametrize("exp", ["soon", None, True, 10**400, float("nan"), float("inf")])
def test_an_end_that_is_none_is_passed_over(exp: Any) -> None:
    """A token whose claims name no real end lives as long as the endpoint says."""
    body = {"access_token": jwt(exp=exp), "expires_in": 7200}
    assert buyer().login.read(reply(body, headers=DATE)).lifetime == 7200


def test_tokens_are_replaced_ten_minutes_before_their_end() -> None:
    """A new token is bought when fewer than 600 seconds are left, and not before."""
    clock = FakeClock()
    tokens = [{"access_token": f"bought-token-{number}", "expires_in": 7200} for number in (1, 2)]
    server = Server(organizations(1), tokens=tokens)
    with client(buyer(), server, clock=clock) as commerce_layer:
        for seconds in (0, 6599, 2):
            clock.elapsed += timedelta(seconds=seconds).total_seconds()
            commerce_layer.list_organizations()
    used = [request.headers["authorization"].removeprefix("Bearer ") for request in server.requests]
    assert used == ["bought-token-1", "bought-token-1", "bought-token-2"]


async def test_many_tasks_buy_one_token() -> None:
    """Tasks that all miss a token fetch it once between them."""
    server = Server(organizations(3))
    async with AsyncClient(buyer(), transport=httpx.MockTransport(server), clock=FakeClock()) as commerce_layer:
        await asyncio.gather(*(commerce_layer.list_organizations() for _ in range(8)))
    assert len(server.logins) == 1


@pytest.mark.parametrize("adapter", [account(token=jwt(n=7)), buyer()])
def test_no_secret_is_shown(adapter: CommerceLayer) -> None:
    """Neither the adapter's repr, nor its login's, nor an error shows a token or a secret, and neither is pickled."""
    secrets = [secret.reveal() for secret in (adapter.token, adapter.client_secret) if secret is not None]

    def handler(request: httpx.Request) -> httpx.Response:
        echo = request.headers.get("authorization", "") + request.content.decode()
        return error(400, "BAD_REQUEST", f"What is {echo}?")

    with client(adapter, handler) as commerce_layer, pytest.raises(VendorError) as raised:
        commerce_layer.list_organizations()
    shown = repr(adapter) + repr(adapter.login) + repr(vars(raised.value)) + str(raised.value)
    assert secrets
    assert not any(secret in shown for secret in secrets)
    with pytest.raises(TypeError):
        pickle.dumps(adapter)


@pytest.mark.odd_credentials
@given(st.text())
def test_any_text_can_be_asked_for_its_claims(text: str) -> None:
    """Whatever a token looks like, its claims are read or there are none."""
    for token in (text, f"a.{text}.c"):
        assert isinstance(claims_of(Secret(token)), dict)


@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_any_scope_can_be_judged(scope: Any) -> None:
    """Whatever stands for a scope, it is right, wrong or not said."""
    assert wrong_scope(scope) is None or "provisioning-api" not in str(wrong_scope(scope)).split()


def test_importing_the_adapter_stays_light() -> None:
    """The document parser is imported when a walk begins, not when the adapter is."""
    code = "import sys, adapters.commerce_layer; sys.exit('jsonapi_client' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
