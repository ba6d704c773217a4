"""How an account on fabric is described, and what is said of a description that cannot work."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import has

import adapters.fabric
from adapters.fabric import PRODUCTION, Fabric, wire
from aggregator.adapter import ClientCredentials, load_adapter
from aggregator.errors import ConfigurationError
from aggregator.model import Role

CREDENTIALS = {"client_id": "me", "client_secret": "s3cret-s3cret", "token_url": "https://auth.test/oauth/token/"}


def test_found_by_its_name() -> None:
    """The adapter is found as "fabric"."""
    assert load_adapter("fabric") is Fabric


def test_production_is_the_default() -> None:
    """Without a base URL, the documented production server is asked."""
    assert Fabric(brand_id=1, token="abcdefgh-0123").base_url == PRODUCTION == "https://marketplace-api.fabric.inc"


@pytest.mark.parametrize(
    ("side", "role"),
    [({"brand_id": 500}, Role.SUPPLIER), ({"brand_id": " 500 "}, Role.SUPPLIER), ({"retailer_id": "7"}, Role.RETAILER)],
)
def test_sides(side: dict[str, Any], role: Role) -> None:
    """A brand's account is a supplier's, a retailer's a retailer's; the id may be a number or its digits."""
    assert Fabric(token="abcdefgh-0123", **side).own_role is role


WRONG = [
    ({"token": "abcdefgh-0123"}, "exactly one of brand_id and retailer_id"),
    ({"token": "abcdefgh-0123", "brand_id": 1, "retailer_id": 1}, "exactly one of brand_id and retailer_id"),
    ({"token": "abcdefgh-0123", "brand_id": "acme"}, "whole number"),
    ({"token": "abcdefgh-0123", "brand_id": "1/../2"}, "whole number"),
    ({"token": "abcdefgh-0123", "brand_id": True}, "whole number"),
    ({"token": "abcdefgh-0123", "brand_id": 1.5}, "whole number"),
    ({"token": "", "brand_id": 1}, "empty"),
    ({"token": "ab\ncdefgh", "brand_id": 1}, "cannot be sent"),
    ({"token": "äöü-äöü", "brand_id": 1}, "cannot be sent"),
    ({"brand_id": 1}, "client_id and client_secret and token_url are missing"),
    ({"brand_id": 1, "client_id": "me", "client_secret": "s3cret-s3cret"}, "Authentication URL"),
    ({"brand_id": 1, "client_id": "me", "client_secret": "s3cret-s3cret"}, "Settings > API Clients"),
    ({"brand_id": 1, "token": "abcdefgh-0123", **CREDENTIALS}, "either a token, or"),
    ({"brand_id": 1, **CREDENTIALS, "token_url": "http://auth.test/"}, "unencrypted"),
    ({"brand_id": 1, **CREDENTIALS, "token_url": "auth"}, "URL"),
    ({"brand_id": 1, "token": "abcdefgh-0123", "base_url": "ftp://x"}, "URL"),
]


@pytest.mark.parametrize(("settings", "words"), WRONG)
def test_settings_that_cannot_work(settings: dict[str, Any], words: str) -> None:
    """Settings that cannot work are refused with what to do, and without repeating a secret."""
    with pytest.raises(ConfigurationError, match=words) as caught:
        Fabric(**settings)
    for secret in (settings.get("token"), settings.get("client_secret")):
        assert not secret or secret not in f"{caught.value!r} {caught.value}"


def test_token_as_it_was_pasted() -> None:
    """Blanks and a line break around a token do not go onto the wire."""
    token = Fabric(brand_id=1, token=" abcdefgh-0123\n").token
    assert token is not None
    assert token.reveal() == "abcdefgh-0123"


def test_client_credentials_travel_as_a_form() -> None:
    """Client credentials are sent in a form to the client's own URL, its trailing slash kept."""
    login = Fabric(brand_id=1, **CREDENTIALS).login
    assert isinstance(login, ClientCredentials)
    request = login.request()
    assert (request.encoding, request.url) == ("form", "https://auth.test/oauth/token/")
    assert login.can_renew
    assert not Fabric(brand_id=1, token="abcdefgh-0123").login.can_renew


def test_secrets_are_not_printed() -> None:
    """Neither an account nor its login shows a secret."""
    for adapter in (Fabric(brand_id=1, **CREDENTIALS), Fabric(brand_id=1, token="t0ken-t0ken-01")):
        shown = f"{adapter!r} {adapter} {adapter.login!r} {adapter.login}"
        assert "s3cret" not in shown
        assert "t0ken" not in shown


def test_every_no_has_a_reason() -> None:
    """What the platform cannot do, or may be able to, says why."""
    for name, _, capability in Fabric.capabilities:
        assert capability.support == "yes" or capability.reason, name


def test_listings_are_unfiltered() -> None:
    """What is collected by default is the whole list of connections."""
    plans = Fabric(brand_id=1, token="abcdefgh-0123").listings()
    assert [(plan.operation, plan.scope) for plan in plans] == [("connections", None)]


def test_public_names() -> None:
    """Every class of fabric's own words can be imported from the package."""
    classes = {name for name, value in vars(wire).items() if isinstance(value, type) and has(value)}
    assert set(adapters.fabric.__all__) == classes | {"Fabric", "PRODUCTION"}
