"""Tokens of the Provisioning API: what kind they are, how long they live, and what a 401 says of them."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from attrs import evolve, frozen

from aggregator.adapter import ClientCredentials, Malformed, Reply, Token, WrongCredentials
from aggregator.secret import Secret

SCOPE = "provisioning-api"

WRONG_KIND_HINT = (
    "The Provisioning API needs credentials of its own: in the dashboard, open the user menu, then Provisioning API."
)


def claims_of(token: Secret) -> Mapping[str, Any]:
    """Return the claims of a JSON Web Token (RFC 7519), unverified; empty where it is none that can be read."""
    parts = token.reveal().split(".")
    if len(parts) != 3:
        return {}
    try:
        claims = json.loads(urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return {}
    return claims if isinstance(claims, dict) else {}


def wrong_scope(scope: object) -> str | None:
    """Return the scope if it is that of another API; None if it is right, or not said."""
    words = scope.split() if isinstance(scope, str) else scope
    if not isinstance(words, list) or not words or SCOPE in words:
        return None
    return " ".join(map(str, words))


def has_expired(token: Secret, reply: Reply) -> bool:
    """Whether a token had expired when an answer was written, both by the platform's clock; ours may be wrong."""
    left = _seconds_left(token, reply)
    return left is not None and left <= 0


def codes_of(reply: Reply) -> frozenset[str]:
    """Return the codes of the errors in an answer.

    One stands at the top of the document or in each of its errors; `errors` may be a single object.
    """
    try:
        document = reply.json()
    except Malformed:
        return frozenset()
    holders = [document, *errors_in(document)]
    codes = (one.get("code") for one in holders if isinstance(one, dict))
    return frozenset(code for code in codes if isinstance(code, str))


def errors_in(document: object) -> list[dict[str, Any]]:
    """Return the error objects of a document; the token endpoint is known to send one alone, without an array."""
    errors = document.get("errors") if isinstance(document, dict) else None
    listed = errors if isinstance(errors, list) else [errors]
    return [one for one in listed if isinstance(one, dict)]


@frozen(kw_only=True)
class ProvisioningLogin(ClientCredentials):
    """Client credentials as JSON, without a scope: the credentials themselves decide it.

    A token lives two hours, and the same one is handed out until 900 seconds before its end; the official client
    replaces it at 600, which is when a new one can be had.
    """

    def read(self, reply: Reply) -> Token:
        """Return the token, with the lifetime it really has left.

        Raises:
            Malformed: There is none.
            WrongCredentials: It is for another API.
        """
        token = ClientCredentials.read(self, reply)
        claims = claims_of(token.value)
        scope = wrong_scope(token.details.get("scope") or claims.get("scope"))
        if scope is not None:
            raise WrongCredentials(
                f"these credentials give a Core API token (scope {scope!r}), which the Provisioning API refuses",
                hint=WRONG_KIND_HINT,
            )
        left = _seconds_left(token.value, reply)
        if left is not None and 0 < left < (token.lifetime or float("inf")):
            return evolve(token, lifetime=left)
        return token

    def blames_token(self, reply: Reply, *, token: Token, remaining: float | None) -> bool:
        """Whether a 401 is about the token's age: its code is also that of "you are not authorized to do this"."""
        codes = codes_of(reply)
        if "INVALID_TOKEN" in codes:
            return True
        is_over = (remaining is not None and remaining <= 0) or has_expired(token.value, reply)
        return is_over if "UNAUTHORIZED" in codes else True


def _seconds_left(token: Secret, reply: Reply) -> float | None:
    end, written = claims_of(token).get("exp"), _written_at(reply)
    if isinstance(end, bool) or not isinstance(end, int | float) or written is None:
        return None
    try:
        return end - written
    except OverflowError:
        return None


def _written_at(reply: Reply) -> float | None:
    try:
        return parsedate_to_datetime(reply.headers.get("date", "")).timestamp()
    except (ValueError, IndexError, OverflowError, TypeError):
        return None
