"""One token for everybody: fetched once, renewed early, replayed once, sent nowhere else."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from attrs import define, evolve, field, frozen

from aggregator.adapter import Call, ClientCredentials, Login, PasswordLogin, Rate, Reply, Token, WrongCredentials
from aggregator.errors import (
    AuthenticationError,
    ConfigurationError,
    ContractError,
    NetworkError,
    NotFound,
    RateLimited,
    VendorUnavailable,
)
from aggregator.secret import Secret
from aggregator.wire.clock import Clock
from aggregator.wire.line import ERRAND, Errand
from aggregator.wire.stop import Abandoned, Stop
from aggregator.wire.token import Held, TaskTokenAuth, ThreadTokenAuth, TokenStore
from tests.fakes import FakeClock
from tests.wire.fake_vendor import Fake, FakeServer, Pieces, Way, respond, wire_of

TOKEN_URL = "https://login.test/token"
CLIENT = ClientCredentials(token_url=TOKEN_URL, client_id="client-7", client_secret=Secret("client-secret-77"))
EVERY_ATTEMPT = 8


@define
class Platform:
    """Issues numbered tokens and accepts those that are not revoked.

    Attributes:
        lifetime: What it says of each token's lifetime.
        revoked: Tokens it no longer accepts.
        same: It hands out the same token for ever.
        refusal: Makes the answer to a token it does not accept.
        issue: Replaces the token endpoint's answer.
    """

    lifetime: int | None = 7200
    revoked: set[str] = field(factory=set)
    same: bool = False
    refusal: Callable[[], httpx.Response] = lambda: respond({"detail": "Invalid token."}, status=401)
    issue: Callable[[], Any] | None = None
    issued: int = 0

    def __call__(self, request: httpx.Request) -> Any:
        if request.url.host == "login.test":
            self.issued += 1
            if self.issue is not None:
                return self.issue()
            token = "token-number-1" if self.same else f"token-number-{self.issued}"
            return respond({"access_token": token, "expires_in": self.lifetime})
        scheme, _, token = request.headers["authorization"].partition(" ")
        return self.refusal() if token in self.revoked or scheme != "Bearer" else respond([])


def adapter(login: Login = CLIENT) -> Fake:
    return Fake(given_login=login)


@pytest.mark.parametrize(
    ("login", "sent"),
    [
        (Login(token=Secret("ready-made-1")), "Bearer ready-made-1"),
        (Login(scheme="Token", token=Secret("ready-made-2")), "Token ready-made-2"),
    ],
)
def test_a_ready_token_is_sent_as_it_is(way: Way, login: Login, sent: str) -> None:
    """A ready token goes into the Authorization header, and nobody is asked for another."""
    server = FakeServer(lambda request: respond([]))
    way.fetch(wire_of(adapter(login)), server)
    assert server.tokens == [sent]


def test_client_credentials_travel_as_a_form(way: Way) -> None:
    """The grant of RFC 6749 section 4.4 goes out as a form, without any Authorization header."""
    server = FakeServer(Platform())
    way.fetch(wire_of(adapter()), server)
    grant, call = server.requests
    assert grant.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(grant.content.decode()) == {
        "grant_type": ["client_credentials"],
        "client_id": ["client-7"],
        "client_secret": ["client-secret-77"],
    }
    assert "authorization" not in grant.headers
    assert call.headers["authorization"] == "Bearer token-number-1"


def test_client_credentials_travel_as_json_of_a_chosen_type(way: Way) -> None:
    """A platform that wants its grant as JSON of its own content type gets it so."""
    login = ClientCredentials(
        token_url=TOKEN_URL,
        client_id="client-7",
        client_secret=Secret("client-secret-77"),
        encoding="json",
        content_type="application/vnd.api+json",
    )
    server = FakeServer(Platform())
    way.fetch(wire_of(adapter(login)), server)
    grant = server.requests[0]
    assert grant.headers["content-type"] == "application/vnd.api+json"
    assert json.loads(grant.content)["grant_type"] == "client_credentials"


def test_a_user_logs_in_with_name_and_password(way: Way) -> None:
    """Name and password buy the token that the calls then carry, in the platform's own scheme."""
    login = PasswordLogin(
        scheme="Token", url=TOKEN_URL, username="nick", password=Secret("pass-word-0001"), token_field="auth_token"
    )

    def serve(request: httpx.Request) -> Any:
        return respond({"auth_token": "abc-123-def-456"} if request.url.host == "login.test" else [])

    server = FakeServer(serve)
    way.fetch(wire_of(adapter(login)), server)
    assert json.loads(server.requests[0].content) == {"username": "nick", "password": "pass-word-0001"}
    assert server.tokens == [None, "Token abc-123-def-456"]


def test_many_who_need_a_token_fetch_one(way: Way) -> None:
    """However many calls begin at once, one of them fetches the token for all."""
    platform = Platform()
    replies = way.fetch_all(
        wire_of(adapter()), FakeServer(platform), [Call(path=f"/{n}") for n in range(EVERY_ATTEMPT)]
    )
    assert all(isinstance(one, Reply) for one in replies), replies
    assert platform.issued == 1


def test_many_that_are_refused_at_once_renew_once(way: Way) -> None:
    """After so many parallel refusals of one token, exactly one new token is fetched, and every call succeeds."""
    platform = Platform(revoked={"token-number-1"})
    # The login is the first request; all calls then meet at the platform before any is refused.
    renewal = EVERY_ATTEMPT + 2
    server = FakeServer(platform, at_once=EVERY_ATTEMPT, alone=frozenset({1, *range(renewal, 100)}))
    replies = way.fetch_all(wire_of(adapter()), server, [Call(path=f"/{n}") for n in range(EVERY_ATTEMPT)])
    assert all(isinstance(one, Reply) for one in replies), replies
    assert platform.issued == 2
    assert server.tokens.count("Bearer token-number-1") == EVERY_ATTEMPT
    assert server.tokens.count("Bearer token-number-2") == EVERY_ATTEMPT


@pytest.mark.parametrize(
    ("lifetime", "renew_before", "later", "issued"),
    [
        (7200, 600.0, 6599.0, 1),
        (7200, 600.0, 6601.0, 2),
        (60, 60.0, 29.0, 1),
        (60, 60.0, 31.0, 2),
        (None, 600.0, 10**9, 1),
    ],
)
def test_a_token_is_renewed_before_it_ages_out(
    way: Way, lifetime: int | None, renew_before: float, later: float, issued: int
) -> None:
    """A token is replaced so many seconds before its end, a short one at half its life, one without an end never."""
    clock, platform = FakeClock(), Platform(lifetime=lifetime)
    login = ClientCredentials(
        token_url=TOKEN_URL, client_id="c", client_secret=Secret("client-secret-77"), renew_before=renew_before
    )

    def serve(request: httpx.Request) -> Any:
        if request.url.path == "/first":
            clock.elapsed += later
        return platform(request)

    way.fetch(wire_of(adapter(login), clock=clock), FakeServer(serve), Call(path="/first"), Call(path="/second"))
    assert platform.issued == issued


def test_a_refused_token_is_replaced_and_the_call_sent_once_more(way: Way) -> None:
    """A call whose token was revoked succeeds with a new one, within a single attempt."""
    server = FakeServer(Platform(revoked={"token-number-1"}))
    reply = way.fetch(wire_of(adapter(), attempts=1), server)
    assert reply.status == 200
    assert [one for one in server.tokens if one] == ["Bearer token-number-1", "Bearer token-number-2"]


def test_a_call_is_replayed_only_once(way: Way) -> None:
    """A platform that refuses the new token as well is believed."""
    platform = Platform(revoked={f"token-number-{n}" for n in range(50)})
    server = FakeServer(platform)
    with pytest.raises(AuthenticationError, match="not accepted: Invalid token"):
        way.fetch(wire_of(adapter()), server)
    assert platform.issued == 2
    assert server.count("/x") == 2


def test_a_refusal_that_the_token_is_not_to_blame_for_is_not_replayed(way: Way) -> None:
    """Where the login says that a 401 means something else, no token is fetched for it."""

    @frozen(kw_only=True)
    class Denied(ClientCredentials):
        def blames_token(self, reply: Reply, *, token: Token, remaining: float | None) -> bool:
            assert remaining == pytest.approx(7200)
            assert token.value.reveal() == "token-number-1"
            return "expired" in reply.content.decode()

    login = Denied(token_url=TOKEN_URL, client_id="c", client_secret=Secret("client-secret-77"))
    platform = Platform(revoked={"token-number-1"})
    with pytest.raises(AuthenticationError):
        way.fetch(wire_of(adapter(login)), FakeServer(platform))
    assert platform.issued == 1


@pytest.mark.parametrize("body", [b'{"detail": "Denied."}', b"x" * 3_000_000], ids=["short", "huge"])
def test_a_login_judges_a_refusal_by_all_that_came(way: Way, body: bytes) -> None:
    """Status, headers by their lower-case names, body and time are there; a body beyond reason is none."""
    heard: list[Reply] = []

    @frozen(kw_only=True)
    class Attentive(ClientCredentials):
        def blames_token(self, reply: Reply, *, token: Token, remaining: float | None) -> bool:
            heard.append(reply)
            return False

    login = Attentive(token_url=TOKEN_URL, client_id="c", client_secret=Secret("client-secret-77"))
    refusal = lambda: respond(body, status=401, headers={"X-Why": "denied"})  # noqa: E731 - a one-line answer
    clock, platform = FakeClock(elapsed=7.0), Platform(revoked={"token-number-1"}, refusal=refusal)
    with pytest.raises(AuthenticationError):
        way.fetch(wire_of(adapter(login), clock=clock), FakeServer(platform))
    (reply,) = heard
    assert (reply.status, reply.headers["x-why"], reply.request) == (401, "denied", "")
    assert reply.content == (body if len(body) < 100 else b"")
    assert (reply.requested_at, reply.fetched_at) == (clock.now(), clock.now())


def test_the_same_token_handed_back_is_not_tried_again(way: Way) -> None:
    """A platform that answers a renewal with the very token it refused gets no second call."""
    platform = Platform(same=True, revoked={"token-number-1"})
    server = FakeServer(platform)
    with pytest.raises(AuthenticationError):
        way.fetch(wire_of(adapter()), server)
    assert (platform.issued, server.count("/x")) == (2, 1)


def test_a_refused_ready_token_is_final(way: Way) -> None:
    """A ready token that is refused cannot be helped: one call, one error that says whom to ask."""
    server = FakeServer(lambda request: respond({}, status=401))
    with pytest.raises(AuthenticationError) as caught:
        way.fetch(wire_of(adapter(Login(token=Secret("ready-made-1")))), server)
    assert (len(server.requests), caught.value.who, caught.value.exit_code) == (1, "you", 10)


@pytest.mark.parametrize(
    "refusal",
    [
        lambda: respond(b"x" * 3_000_000, status=401),
        lambda: respond(b"?", status=401, headers={"content-encoding": "br"}),
        lambda: respond(b"", status=401),
    ],
    ids=["huge", "unasked coding", "empty"],
)
def test_a_refusal_with_an_odd_body_is_a_refusal(way: Way, refusal: Callable[[], httpx.Response]) -> None:
    """What stands in a 401 beyond reason is not read, and the token is replaced all the same."""
    server = FakeServer(Platform(revoked={"token-number-1"}, refusal=refusal))
    assert way.fetch(wire_of(adapter(), attempts=1), server).status == 200


def test_a_refusal_that_breaks_off_is_a_network_error(way: Way) -> None:
    """A 401 that never arrives whole is tried again like any broken answer."""
    body: list[bytes | Exception] = [b"{", httpx.ReadError("reset")]
    refusal = lambda: httpx.Response(401, stream=Pieces(body))  # noqa: E731 - a one-line answer
    with pytest.raises(NetworkError, match="broke off"):
        way.fetch(wire_of(adapter(), attempts=1), FakeServer(Platform(revoked={"token-number-1"}, refusal=refusal)))


def test_a_token_request_has_time_outs_of_its_own(way: Way) -> None:
    """A request for a token carries its own time-outs; one made inside httpx's own flow would carry none."""
    server = FakeServer(Platform())
    way.fetch(wire_of(adapter(), token_timeout=3.0, connect_timeout=2.0, read_timeout=40.0), server)
    grant, call = server.requests
    assert (grant.extensions["timeout"]["read"], grant.extensions["timeout"]["connect"]) == (3.0, 2.0)
    assert (call.extensions["timeout"]["read"], call.extensions["timeout"]["connect"]) == (40.0, 2.0)


def test_a_login_that_fails_is_tried_so_often_and_no_oftener(way: Way) -> None:
    """The attempts of the login are not multiplied by those of the call that needs it."""
    platform = Platform(issue=lambda: respond({}, status=503))
    server = FakeServer(platform)
    with pytest.raises(VendorUnavailable) as caught:
        way.fetch(wire_of(adapter(), attempts=6, token_attempts=4), server)
    assert (platform.issued, server.count("/x")) == (4, 0)
    assert caught.value.operation == "log in"


def test_a_login_that_fails_at_first_is_tried_again(way: Way) -> None:
    """A token endpoint with a bad moment costs a retry, not the list."""
    answers = iter([httpx.ConnectError("down"), respond({}, status=500), respond({"access_token": "token-number-3"})])
    platform = Platform(issue=lambda: next(answers))
    assert way.fetch(wire_of(adapter()), FakeServer(platform)).status == 200
    assert platform.issued == 3


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (lambda: respond({"error": "invalid_client"}, status=400), AuthenticationError, "does not accept"),
        (lambda: respond({}, status=401), AuthenticationError, "does not accept"),
        (lambda: respond({}, status=422), AuthenticationError, "does not accept"),
        (lambda: respond({}, status=404), NotFound, "no token endpoint"),
        (lambda: respond({}, status=429), RateLimited, "too many requests"),
        (lambda: respond(b"<html>", status=200), ContractError, "HTML"),
        (lambda: respond({"access_token": ""}), ContractError, "no usable 'access_token'"),
        (lambda: respond({"access_token": "a\nb"}), ContractError, "no usable 'access_token'"),
        (lambda: respond([]), ContractError, "no usable 'access_token'"),
        (lambda: respond(b"", status=302, headers={"location": "https://evil.test/"}), ContractError, "redirect"),
    ],
)
def test_what_a_token_endpoint_can_answer(
    way: Way, answer: Callable[[], Any], kind: type[Exception], said: str
) -> None:
    """Every way a login can fail becomes one error that says so, and no call is made without a token."""
    server = FakeServer(Platform(issue=answer))
    with pytest.raises(kind, match=said):
        way.fetch(wire_of(adapter()), server)
    assert server.count("/x") == 0
    assert {request.url.host for request in server.requests} == {"login.test"}


def test_a_token_of_the_wrong_kind_is_the_users_to_mend(way: Way) -> None:
    """A login that refuses what it was given says what to do about it."""

    @frozen(kw_only=True)
    class Picky(ClientCredentials):
        def read(self, reply: Reply) -> Token:
            raise WrongCredentials("this is a token of another interface", hint="Make one of the right kind.")

    login = Picky(token_url=TOKEN_URL, client_id="c", client_secret=Secret("client-secret-77"))
    with pytest.raises(AuthenticationError, match=r"another interface.*Make one of the right kind"):
        way.fetch(wire_of(adapter(login)), FakeServer(Platform()))


def test_credentials_are_not_sent_in_clear(way: Way) -> None:
    """A token address without encryption is refused before anything is sent, but on loopback."""
    login = ClientCredentials(
        token_url="http://login.test/token", client_id="c", client_secret=Secret("client-secret-77")
    )
    server = FakeServer(Platform())
    with pytest.raises(ConfigurationError, match="unencrypted"):
        way.fetch(wire_of(adapter(login)), server)
    assert server.requests == []


def test_the_token_endpoint_has_a_budget_of_its_own(way: Way) -> None:
    """Logins are paced by the token endpoint's own limit, whatever made them necessary."""
    login = ClientCredentials(
        token_url=TOKEN_URL,
        client_id="c",
        client_secret=Secret("client-secret-77"),
        rates=(Rate(limit=2, seconds=60),),
    )
    clock, platform = FakeClock(), Platform(revoked={"token-number-1"})

    def serve(request: httpx.Request) -> Any:
        if request.url.path == "/second":
            platform.revoked.add("token-number-2")
        return platform(request)

    way.fetch(wire_of(adapter(login), clock=clock), FakeServer(serve), Call(path="/first"), Call(path="/second"))
    assert platform.issued == 3
    assert clock.elapsed == pytest.approx(60, abs=0.1)


def test_tokens_stay_with_their_origin(way: Way) -> None:
    """Neither endpoint ever sees what belongs to the other, and nobody else sees anything."""
    server = FakeServer(Platform())
    way.fetch(wire_of(adapter()), server)
    for request in server.requests:
        text = f"{request.url} {request.headers.raw} {request.content!r}"
        assert ("client-secret-77" in text) == (request.url.host == "login.test")
        assert ("token-number-1" in text) == (request.url.host == "vendor.test")


# --- one store, whoever asks


class _Fetch:
    """Gets a token when told to; counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.begun, self.go_on = Event(), Event()

    def __call__(self, stop: Stop) -> Token:
        self.asked += 1
        self.begun.set()
        assert self.go_on.wait(timeout=60)
        return Token(value=Secret(f"shared-token-{self.asked}"))

    async def in_task(self) -> Token:
        self.asked += 1
        self.begun.set()
        while not self.go_on.is_set():  # noqa: ASYNC110 - it is set from another thread
            await asyncio.sleep(0)
        return Token(value=Secret(f"shared-token-{self.asked}"))


def _drive(auth: ThreadTokenAuth, stop: Stop | None = None) -> str:
    request = httpx.Request("GET", "https://vendor.test/x", extensions={ERRAND: Errand(stop or Stop())})
    flow = auth.sync_auth_flow(request)
    sent = next(flow)
    flow.close()
    return sent.headers["authorization"]


async def _drive_async(auth: TaskTokenAuth) -> str:
    request = httpx.Request("GET", "https://vendor.test/x")
    flow = auth.async_auth_flow(request)
    sent = await anext(flow)
    await flow.aclose()
    return sent.headers["authorization"]


def _auths(fetch: _Fetch) -> tuple[ThreadTokenAuth, TaskTokenAuth]:
    store, clock = TokenStore(60.0), Clock()
    return (
        ThreadTokenAuth(login=CLIENT, store=store, fetch=fetch, clock=clock),
        TaskTokenAuth(login=CLIENT, store=store, fetch=fetch.in_task, clock=clock),
    )


@pytest.mark.parametrize("leader", ["thread", "task"])
def test_threads_and_tasks_share_one_flight(leader: str) -> None:
    """Threads and tasks on one store wait for the same token, whichever of them went to fetch it."""
    fetch = _Fetch()
    in_threads, in_tasks = _auths(fetch)

    async def tasks() -> list[str]:
        waiting = [asyncio.create_task(_drive_async(in_tasks)) for _ in range(4)]
        await asyncio.sleep(0)
        if leader == "task":
            started.set()
        fetch.go_on.set()
        return await asyncio.gather(*waiting)

    started = Event()
    with ThreadPoolExecutor(4) as pool:
        if leader == "thread":
            sent = [pool.submit(_drive, in_threads) for _ in range(4)]
            assert fetch.begun.wait(timeout=60)
            by_tasks = asyncio.run(tasks())
        else:
            runner = Thread(target=lambda: by_task.extend(asyncio.run(tasks())))
            by_task: list[str] = []
            runner.start()
            assert started.wait(timeout=60)
            sent = [pool.submit(_drive, in_threads) for _ in range(4)]
            runner.join(timeout=60)
            by_tasks = by_task
        assert {one.result(timeout=60) for one in sent} | set(by_tasks) == {"Bearer shared-token-1"}
    assert fetch.asked == 1


def test_when_the_leader_is_cancelled_another_takes_over() -> None:
    """A task that is cancelled while it fetches the token for all leaves the errand to the next."""
    fetch = _Fetch()
    _, auth = _auths(fetch)

    async def run() -> list[str]:
        leader = asyncio.create_task(_drive_async(auth))
        await asyncio.sleep(0)
        others = [asyncio.create_task(_drive_async(auth)) for _ in range(3)]
        await asyncio.sleep(0)
        leader.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leader
        fetch.go_on.set()
        return await asyncio.gather(*others)

    assert set(asyncio.run(run())) == {"Bearer shared-token-2"}
    assert fetch.asked == 2


def test_when_a_waiting_task_is_cancelled_the_others_still_get_the_token() -> None:
    """Cancelling one of those who wait does not cancel the flight."""
    fetch = _Fetch()
    _, auth = _auths(fetch)

    async def run() -> list[str]:
        flight = [asyncio.create_task(_drive_async(auth)) for _ in range(3)]
        for _ in range(3):
            await asyncio.sleep(0)
        flight[1].cancel()
        await asyncio.sleep(0)
        fetch.go_on.set()
        return list(await asyncio.gather(flight[0], flight[2]))

    assert set(asyncio.run(run())) == {"Bearer shared-token-1"}
    assert fetch.asked == 1


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, Abandoned])
def test_when_a_leading_thread_is_interrupted_another_takes_over(interruption: type[BaseException]) -> None:
    """Ctrl-C in the thread that fetches the token, or that nobody wants its call, does not fail those that wait."""
    asked, begun, interrupt = [0], Event(), Event()

    def fetch(stop: Stop) -> Token:
        asked[0] += 1
        if asked[0] == 1:
            begun.set()
            assert interrupt.wait(timeout=60)
            raise interruption
        return Token(value=Secret("shared-token-2"))

    store = TokenStore(60.0)
    auth = ThreadTokenAuth(login=CLIENT, store=store, fetch=fetch, clock=Clock())
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(_drive, auth)
        assert begun.wait(timeout=60)
        second = pool.submit(_drive, auth)
        interrupt.set()
        with pytest.raises(interruption):
            first.result(timeout=60)
        assert second.result(timeout=60) == "Bearer shared-token-2"


def test_a_login_belongs_to_the_call_that_began_it() -> None:
    """Whoever calls the call off calls off its login, the first one and one in the middle of a list."""
    stop, told = Stop(), list[Stop]()

    def fetch(stop: Stop) -> Token:
        told.append(stop)
        return Token(value=Secret(f"shared-token-{len(told)}"))

    auth = ThreadTokenAuth(login=CLIENT, store=TokenStore(60.0), fetch=fetch, clock=Clock())
    flow = auth.sync_auth_flow(httpx.Request("GET", "https://vendor.test/x", extensions={ERRAND: Errand(stop)}))
    next(flow)
    assert flow.send(respond({}, status=401)).headers["authorization"] == "Bearer shared-token-2"
    assert told == [stop, stop]


def test_a_thread_that_is_called_off_waits_for_nobodys_login() -> None:
    """Whoever went to fetch the token goes on, for the others."""
    fetch, stop = _Fetch(), Stop()
    auth, _ = _auths(fetch)
    with ThreadPoolExecutor(2) as pool:
        leader = pool.submit(_drive, auth)
        assert fetch.begun.wait(timeout=60)
        follower = pool.submit(_drive, auth, stop)
        stop.set()
        with pytest.raises(Abandoned):
            follower.result(timeout=60)
        fetch.go_on.set()
        assert leader.result(timeout=60) == "Bearer shared-token-1"
    assert fetch.asked == 1


def test_a_failed_login_fails_all_who_waited_and_none_who_come_later(way: Way) -> None:
    """Everybody who waited for a login learns that it failed; the next call tries anew."""
    answers = iter([respond({}, status=401)])
    platform = Platform(issue=lambda: next(answers, None) or respond({"access_token": "token-number-9"}))
    assert isinstance(
        way.fetch_all(wire_of(adapter()), FakeServer(platform), [Call(path="/x")])[0], AuthenticationError
    )
    assert way.fetch(wire_of(adapter()), FakeServer(platform)).status == 200


def _failing() -> tuple[_Fetch, NetworkError]:
    """A fetch that waits for its word and then fails, and how."""
    error = NetworkError("gone", vendor="fake", account="a", operation="log in")

    class Failing(_Fetch):
        def __call__(self, stop: Stop) -> Token:
            super().__call__(stop)
            raise error

        async def in_task(self) -> Token:
            await super().in_task()
            raise error

    return Failing(), error


def test_who_waits_in_a_thread_for_a_login_that_fails_learns_why() -> None:
    """The flight ends with the very error of whoever went, and nobody goes again for its sake."""
    fetch, error = _failing()
    auth, _ = _auths(fetch)
    with ThreadPoolExecutor(1) as pool:
        leader = pool.submit(_drive, auth)
        assert fetch.begun.wait(timeout=60)
        flight = auth.store.claim(0.0, None)
        fetch.go_on.set()
        assert isinstance(flight, Future)
        assert flight.exception(timeout=60) is leader.exception(timeout=60) is error
    assert fetch.asked == 1


def test_who_waits_in_a_task_for_a_login_that_fails_learns_why() -> None:
    """As in threads."""
    fetch, error = _failing()
    _, auth = _auths(fetch)

    async def run() -> list[BaseException | str]:
        drives = [asyncio.create_task(_drive_async(auth)) for _ in range(3)]
        for _ in range(3):
            await asyncio.sleep(0)
        fetch.go_on.set()
        return await asyncio.gather(*drives, return_exceptions=True)

    assert asyncio.run(run()) == [error] * 3
    assert fetch.asked == 1


def test_what_is_left_of_a_token_counts_from_when_it_arrived() -> None:
    """Where its lifetime is known; else nobody knows."""
    token = Token(value=Secret("any-token-0001"), lifetime=100.0)
    assert Held(token=token, since=10.0).remaining(30.0) == 80.0
    assert Held(token=evolve(token, lifetime=None), since=10.0).remaining(30.0) is None


def test_a_token_is_due_when_less_is_left_than_it_is_renewed_before() -> None:
    """Not at the very moment, and half of its life for a short one."""
    long, short = (
        Token(value=Secret("long-token-01"), lifetime=200.0),
        Token(value=Secret("short-token-1"), lifetime=90),
    )
    due = [Held(token=long, since=0.0).is_due(now, 60.0) for now in (139.0, 140.0, 140.5)]
    assert due == [False, False, True]
    assert [Held(token=short, since=10.0).is_due(now, 60.0) for now in (55.0, 55.5)] == [False, True]


def test_a_rejected_token_that_was_replaced_meanwhile_is_not_replaced_again() -> None:
    """Who was refused with an old token takes the one that is there now."""
    store, old, new = TokenStore(60.0), Token(value=Secret("old-token-01")), Token(value=Secret("new-token-01"))
    held = store.land(Held(token=old, since=0.0))
    replaced = store.land(Held(token=new, since=0.0))
    assert store.claim(0.0, held) is replaced
    assert store.claim(0.0, replaced) is None


def test_a_crash_without_a_flight_changes_nothing() -> None:
    """Telling a store of a failure that nobody waits for is harmless."""
    store = TokenStore(60.0)
    store.crash(RuntimeError())
    assert store.claim(0.0, None) is None


def test_fresh_tokens_are_masked_in_every_log(way: Way, caplog: pytest.LogCaptureFixture) -> None:
    """A token that was issued a moment ago is in no log record, nor the secret that bought it, at the lowest level."""
    caplog.set_level(logging.DEBUG)
    platform = Platform(revoked={"token-number-1"})

    def serve(request: httpx.Request) -> Any:
        logging.getLogger("httpcore.http11").debug("headers %r", request.headers.raw)
        logging.getLogger("httpx").info("HTTP Request: %s %s?t=%s", request.method, request.url, "client-secret-77")
        return platform(request)

    way.fetch(wire_of(adapter()), FakeServer(serve))
    assert "headers" in caplog.text
    for secret in ("token-number-1", "token-number-2", "client-secret-77"):
        assert secret not in caplog.text
