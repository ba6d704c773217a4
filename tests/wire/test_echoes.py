"""A platform that gives back the credentials it was sent does not have them kept."""

from __future__ import annotations

import json

import httpx
import pytest

from aggregator.adapter.login import ClientCredentials, Login
from aggregator.secret import Secret, mask
from tests.wire.fake_vendor import Fake, FakeServer, Way, respond, wire_of

LONG = "a-ready/token-of-sixteen"
CLIENT_SECRET = "a-client-secret-of-4711"
ISSUED = "an-issued-token-of-4711"


@pytest.mark.parametrize("slash", [b"/", b"\\/"])
def test_a_credential_in_a_row_is_masked(way: Way, slash: bytes) -> None:
    """In the place of a name, a status and an unknown key, either way JSON may write it, *** is read instead."""
    body = json.dumps({"name": f"Acme {LONG}", "status": LONG, LONG: f"Bearer {LONG}"}).encode().replace(b"/", slash)
    reply = way.fetch(wire_of(Fake(given_login=Login(token=Secret(LONG)))), FakeServer(lambda request: respond(body)))
    assert reply.json() == {"name": "Acme ***", "status": "***", "***": "Bearer ***"}


def test_a_token_that_a_login_gives_again_is_still_used(way: Way) -> None:
    """The answer to a login is read as it came, also where the token in it is known already."""
    Secret(ISSUED)
    login = ClientCredentials(token_url="https://login.test/token", client_id="c", client_secret=Secret(CLIENT_SECRET))

    def answer(request: httpx.Request) -> httpx.Response:
        return respond({"access_token": ISSUED} if request.url.host == "login.test" else [])

    server = FakeServer(answer)
    way.fetch(wire_of(Fake(given_login=login)), server)
    assert server.tokens[-1] == f"Bearer {ISSUED}"


@pytest.mark.odd_credentials
def test_a_short_credential_leaves_data_alone(way: Way) -> None:
    """One that may be a part of an id or a name by accident garbles no record."""
    server = FakeServer(lambda request: respond({"rows": [{"id": "Acme-1", "name": "Acme-1"}]}))
    (record,) = way.listing(Fake(given_login=Login(token=Secret("Acme"))), server)
    assert record.id == "Acme-1"


def test_a_token_of_one_platform_leaves_anothers_data_alone(way: Way) -> None:
    """A platform that issues the name of a partner as a token takes it out of its own answers, and of no other's."""
    name = "VAXEZ TRADING EUROPE LLC"
    login = ClientCredentials(token_url="https://login.test/token", client_id="c", client_secret=Secret(CLIENT_SECRET))

    def answer(request: httpx.Request) -> httpx.Response:
        return respond({"access_token": name} if request.url.host == "login.test" else {"name": name})

    hostile = way.fetch(wire_of(Fake(given_login=login)), FakeServer(answer))
    assert hostile.json() == {"name": "***"}
    assert mask(name) == "***"  # for it is a token all the same
    assert way.fetch(wire_of(Fake()), FakeServer(answer)).json() == {"name": name}


def test_a_row_whose_id_is_a_credential_is_set_aside(way: Way) -> None:
    """Several rows may have become one by it: none is kept as ***, and the list is not called complete."""
    held = {"rows": [{"id": f"{LONG}{number}"} for number in range(2)] + [{"id": "b"}]}
    body = json.dumps(held).encode()
    listing = way.listing(Fake(given_login=Login(token=Secret(LONG))), FakeServer(lambda request: respond(body)))
    assert [record.id for record in listing] == ["b"]
    assert listing.coverage.rejected == 2
    assert not listing.coverage.complete
    assert "its id holds a credential" in str(listing.rejected[0])


def test_an_id_of_stars_is_an_id(way: Way) -> None:
    """A platform's own *** is no credential."""
    listing = way.listing(Fake(), FakeServer(lambda request: respond({"rows": [{"id": "***"}]})))
    assert [record.id for record in listing] == ["***"]
    assert listing.coverage.complete
