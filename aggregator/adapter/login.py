"""How a platform wants to be shown who we are, described without doing any of it.

`aggregator.wire.token` does it: once for all threads and tasks, again before a token ages out, and once more when
a platform rejects a token that is really the cause.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from attrs import field, frozen
from attrs.validators import optional

from aggregator.adapter.rate import Rate
from aggregator.adapter.steps import Malformed, Reply
from aggregator.errors import ConfigurationError
from aggregator.secret import Secret


class WrongCredentials(Exception):  # noqa: N818 - it becomes an AuthenticationError once vendor and account are known
    """The login worked, but what it gave is of no use here: only the user can put that right.

    Attributes:
        hint: What to do, as a sentence.
    """

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@frozen(kw_only=True)
class Token:
    """A token as it was issued.

    Attributes:
        value: What goes into the Authorization header.
        lifetime: Seconds it is good for from when it arrived; None if the platform did not say.
        details: What else the platform said along with it, without the token.
    """

    value: Secret
    lifetime: float | None = None
    details: Mapping[str, Any] = field(factory=dict, repr=False)


@frozen(kw_only=True)
class TokenRequest:
    """The request that gets a token. It goes to its own origin, with nothing else in it.

    Attributes:
        url: Absolute URL of the token endpoint.
        fields: What is sent.
        encoding: Whether the fields travel as a form or as JSON.
        content_type: Overrides the encoding's usual content type.
    """

    url: str
    fields: Mapping[str, str] = field(repr=False)
    encoding: Literal["form", "json"]
    content_type: str | None = None


def _fits_a_header(login: object, attribute: object, token: Secret) -> None:
    del login, attribute
    value = token.reveal()
    if not value.strip() or not value.isascii() or not value.isprintable():
        # The libraries below would quote the whole token in their complaint.
        raise ConfigurationError(
            "The token is empty, or holds a line break or a letter that no header can carry.",
            hint="Look for a line break at its end, where it was copied from a file.",
        )


@frozen(kw_only=True)
class Login:
    """A ready token: sent as it is, and nothing can be done when it is rejected.

    Attributes:
        scheme: The word before the token in the Authorization header.
        token: The token, or None where a subclass fetches one.
        renew_before: Seconds before the end of its lifetime at which a token is replaced.
        rates: Rate limits of the token endpoint.
    """

    scheme: str = "Bearer"
    token: Secret | None = field(default=None, validator=optional(_fits_a_header))
    renew_before: float = 60.0
    rates: tuple[Rate, ...] = ()

    @property
    def can_renew(self) -> bool:
        """Whether a new token can be had without a person."""
        return False

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells these credentials from others: they share one rate limit."""
        return (self.token.reveal(),) if self.token is not None else ()

    def authorization(self, token: Token) -> str:
        """Return the value of the Authorization header."""
        return f"{self.scheme} {token.value.reveal()}"

    def request(self) -> TokenRequest:
        """Return the request that gets a token."""
        raise NotImplementedError("a ready token is not fetched")

    def read(self, reply: Reply) -> Token:
        """Return the token that came.

        Raises:
            Malformed: There is none in the reply.
            WrongCredentials: It is of a kind that this platform refuses.
        """
        raise NotImplementedError("a ready token is not fetched")

    def blames_token(self, reply: Reply, *, token: Token, remaining: float | None) -> bool:
        """Whether a 401 means that the token is no longer good, so that a new one can help.

        Args:
            reply: The answer with status 401.
            token: The token it was given for.
            remaining: Seconds the token should still be good for; None if its lifetime is not known.
        """
        del reply, token, remaining
        return self.can_renew


@frozen(kw_only=True)
class ClientCredentials(Login):
    """OAuth 2.0 client credentials (RFC 6749 section 4.4), as a form or as JSON."""

    token_url: str
    client_id: str
    client_secret: Secret
    encoding: Literal["form", "json"] = "form"
    content_type: str | None = None

    @property
    def can_renew(self) -> bool:
        """Always: the secret buys a new token at any time."""
        return True

    @property
    def identity(self) -> tuple[str, ...]:
        """The client, at its token endpoint."""
        return (self.token_url, self.client_id)

    def request(self) -> TokenRequest:
        """Return the grant request."""
        return TokenRequest(
            url=self.token_url,
            encoding=self.encoding,
            content_type=self.content_type,
            fields={
                "grant_type": "client_credentials",
                "client_id": self.client_id,
                "client_secret": self.client_secret.reveal(),
            },
        )

    def read(self, reply: Reply) -> Token:
        """Return the token of an RFC 6749 section 5.1 response."""
        return read_token(reply, name="access_token", lifetime="expires_in")


@frozen(kw_only=True)
class PasswordLogin(Login):
    """A user name and a password, sent as JSON to a login endpoint that answers with a token."""

    url: str
    username: str
    password: Secret
    token_field: str

    @property
    def can_renew(self) -> bool:
        """Always: logging in again gives a new token."""
        return True

    @property
    def identity(self) -> tuple[str, ...]:
        """The user, at its login endpoint."""
        return (self.url, self.username)

    def request(self) -> TokenRequest:
        """Return the login request."""
        fields = {"username": self.username, "password": self.password.reveal()}
        return TokenRequest(url=self.url, encoding="json", fields=fields)

    def read(self, reply: Reply) -> Token:
        """Return the token of the login response."""
        return read_token(reply, name=self.token_field)


def read_token(reply: Reply, *, name: str, lifetime: str | None = None) -> Token:
    """Return the token in a JSON object.

    Args:
        reply: The token endpoint's answer.
        name: The key that holds the token.
        lifetime: The key that holds its lifetime in seconds, if the platform has one.

    Raises:
        Malformed: The answer is not a JSON object, or holds no token.
    """
    document = reply.json()
    value = document.get(name) if isinstance(document, dict) else None
    if not isinstance(value, str) or not value.strip() or not value.isascii() or not value.isprintable():
        raise Malformed(f"no usable {name!r} in the token endpoint's answer")
    details = {key: item for key, item in document.items() if key != name}
    seconds = None if lifetime is None else _seconds(document.get(lifetime))
    return Token(value=Secret(value), lifetime=seconds, details=details)


def _seconds(value: object) -> float | None:
    if not isinstance(value, str | int | Decimal):
        return None
    try:
        seconds = float(value)
    except (ValueError, OverflowError):
        return None
    return seconds if 0 < seconds < float("inf") else None
