"""Logins: what goes out, what is taken for a token, and what never shows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from aggregator.adapter import ClientCredentials, Login, Malformed, PasswordLogin, Token, TokenRequest, read_token
from aggregator.errors import ConfigurationError
from aggregator.secret import Secret
from tests.adapter.test_steps import jsons
from tests.fakes import reply

CLIENT = ClientCredentials(token_url="https://login.test/t", client_id="c", client_secret=Secret("client-secret-1"))
PASSWORD = PasswordLogin(
    url="https://login.test/l", username="nick", password=Secret("pass-word-0002"), token_field="key"
)


@given(jsons)
def test_any_answer_is_a_token_or_malformed(document: Any) -> None:
    """A token endpoint may answer anything: what comes out is a token that fits into a header, or a complaint."""
    try:
        token = read_token(reply(document), name="t", lifetime="l")
    except Malformed:
        return
    assert token.value.reveal().isascii()


@pytest.mark.parametrize(
    ("lifetime", "seconds"),
    [
        (7200, 7200.0),
        ("7200", 7200.0),
        (0, None),
        (-5, None),
        (None, None),
        (True, 1.0),
        ("soon", None),
        ([], None),
        ({}, None),
        (10**400, None),
        ("inf", None),
        ("nan", None),
    ],
)
def test_a_lifetime_is_a_positive_number_of_seconds(lifetime: Any, seconds: float | None) -> None:
    """A lifetime that is none means that it is not known."""
    assert read_token(reply({"t": "abc", "l": lifetime}), name="t", lifetime="l").lifetime == seconds


def test_what_else_came_with_a_token_is_kept_without_it() -> None:
    """Details of the answer are there for the adapter; the token itself is not among them."""
    token = CLIENT.read(reply({"access_token": "abcd-efgh-ijkl", "expires_in": 5, "scope": "x"}))
    assert (token.details, token.lifetime) == ({"expires_in": 5, "scope": "x"}, 5.0)
    assert PASSWORD.read(reply({"key": "abcd-efgh-ijkl", "": 9})).lifetime is None


@pytest.mark.odd_credentials
@pytest.mark.parametrize("value", ["", " ", "abc\n", "abc\r\nHost: evil", "tökén", "a\x00b", "\ud800"])
def test_a_token_that_no_header_can_carry_is_refused_without_showing_it(value: str) -> None:
    """A line break at the end of a token is found before a library quotes the token in its complaint."""
    with pytest.raises(ConfigurationError) as caught:
        Login(token=Secret(value))
    assert not value.strip() or value not in str(caught.value)
    assert str(caught.value) == (
        "The token is empty, or holds a line break or a letter that no header can carry. "
        "Look for a line break at its end, where it was copied from a file."
    )


@pytest.mark.parametrize(
    "shown",
    [
        CLIENT,
        PASSWORD,
        Login(token=Secret("ready-made-3")),
        CLIENT.request(),
        Token(value=Secret("to-ken-000004"), details={"refresh_token": "re-fresh"}),
    ],
)
def test_no_login_shows_its_secret(shown: object) -> None:
    """Neither repr nor str of a login, its request or its token holds a credential."""
    text = f"{shown!r} {shown}"
    for secret in ("client-secret-1", "pass-word-0002", "ready-made-3", "to-ken-000004", "re-fresh"):
        assert secret not in text


def test_a_ready_token_cannot_be_fetched() -> None:
    """Asking a ready token for a request or an answer is a mistake of the caller."""
    login = Login(token=Secret("ready-made-3"))
    with pytest.raises(NotImplementedError, match=r"^a ready token is not fetched$"):
        login.request()
    with pytest.raises(NotImplementedError, match=r"^a ready token is not fetched$"):
        login.read(reply({}))


def test_what_a_login_asks_with() -> None:
    """Name and password as JSON, at the address of the login."""
    fields = {"username": "nick", "password": "pass-word-0002"}
    assert PASSWORD.request() == TokenRequest(url="https://login.test/l", fields=fields, encoding="json")


def test_only_renewable_logins_blame_the_token() -> None:
    """Without a way to a new token there is no use in blaming the old one."""
    refusal, token = reply({}, status=401), Token(value=Secret("abcd-efgh-ijkl"))
    assert CLIENT.blames_token(refusal, token=token, remaining=None)
    assert PASSWORD.blames_token(refusal, token=token, remaining=5.0)
    assert not Login(token=Secret("abcd-efgh-ijkl")).blames_token(refusal, token=token, remaining=None)


def test_identities_tell_credentials_apart() -> None:
    """Different tokens, clients and users are different identities; the absence of a token is one, too."""
    logins = [Login(token=Secret("aaaa-aaaa-aaaa")), Login(token=Secret("bbbb-bbbb-bbbb")), CLIENT, PASSWORD, Login()]
    assert len({login.identity for login in logins}) == len(logins)
