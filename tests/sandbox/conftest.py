"""The vendors without sockets, and visitors who are already let in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

import httpx
import pytest

from aggregator.sandbox import Vendor, World, in_process


class Ticks:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


class Visit(Protocol):
    """`async with visit("crux", "crux:clamp=3") as client`: a client that has logged in."""

    def __call__(
        self, name: str, *faults: str, world: World | None = None
    ) -> AbstractAsyncContextManager[httpx.AsyncClient]: ...


@pytest.fixture
def ticks() -> Ticks:
    """The sandbox's clock."""
    return Ticks()


@pytest.fixture(scope="session")
def world() -> World:
    """A world of the usual size."""
    return World.generate(60, 1)


@pytest.fixture
def visit(world: World, ticks: Ticks) -> Visit:
    """Enter a vendor that serves the usual world, or another one."""
    usual = world

    def enter(name: str, *faults: str, world: World | None = None) -> AbstractAsyncContextManager[httpx.AsyncClient]:
        return visiting(in_process(world or usual, faults=faults, clock=ticks)[name])

    return enter


@asynccontextmanager
async def visiting(vendor: Vendor) -> AsyncIterator[httpx.AsyncClient]:
    """A client of one vendor that has logged in."""
    transport = httpx.ASGITransport(vendor.app)
    async with httpx.AsyncClient(transport=transport, base_url=vendor.base_url) as client:
        client.headers["Authorization"] = await login(client, vendor)
        yield client


async def login(client: httpx.AsyncClient, vendor: Vendor) -> str:
    """The Authorization header that the vendor's own way of logging in gives."""
    own = vendor.credentials
    if vendor.name == "crux":
        user = {"username": own["username"], "password": own["password"]}
        answer = await client.post("/organizations/user-login/", json=user)
        return f"Token {answer.json()['auth_token']}"
    body = {"grant_type": "client_credentials", "client_id": own["client_id"], "client_secret": own["client_secret"]}
    if vendor.name == "fabric":
        return f"Bearer {(await client.post(own['token_url'], data=body)).json()['access_token']}"
    client.headers["Accept"] = "application/vnd.api+json"
    return f"Bearer {(await client.post(own['token_url'], json=body)).json()['access_token']}"
