"""From bytes to model objects, as a multiple of what json.loads takes on the same bytes."""

from __future__ import annotations

import json
import timeit
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import httpx

from adapters.commerce_layer import CommerceLayer
from adapters.crux import Crux
from adapters.fabric import Fabric
from aggregator import Client, Options
from aggregator.adapter import Ahead, Call, Page, Plan, Reply
from benchmarks.served import sandbox

PARTNERS = 1_500
REPEATS = 5


def _reply(content: bytes) -> Reply:
    now = datetime.now(UTC)
    return Reply(status=200, content=content, request="GET https://vendor.test/", requested_at=now, fetched_at=now)


def feed(plan: Plan[Any], replies: list[Reply]) -> int:
    """Drive a plan by hand with these replies, without any I/O; return how many records came."""
    steps, waiting, count = plan.start(), iter(replies), 0
    step = next(steps)
    try:
        while True:
            if isinstance(step, Call):
                step = steps.send(next(waiting))
            elif isinstance(step, Ahead):
                step = next(steps)
            elif isinstance(step, Page):
                count += len(step.records)
                step = next(steps)
    except StopIteration:
        return count


class _Recorder(httpx.BaseTransport):
    """Keeps the bodies that come by."""

    def __init__(self) -> None:
        self._inner = httpx.HTTPTransport()
        self.bodies: list[bytes] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._inner.handle_request(request)
        response.read()
        if "token" not in request.url.path and "login" not in request.url.path:
            self.bodies.append(response.content)
        return response


def _recorded(adapter: Any, plan: Plan[Any]) -> list[bytes]:
    recorder = _Recorder()
    with Client(adapter, transport=recorder, options=Options(concurrency=1)) as client:
        listing = client.listing(plan)
    assert listing.coverage.complete, listing.coverage
    return recorder.bodies


def _plans(vendors: dict[str, Any]) -> Iterator[tuple[str, Any, Plan[Any]]]:
    crux, fabric, layer = vendors["crux"], vendors["fabric"], vendors["commerce_layer"]
    one = Crux(base_url=crux["base_url"], token=crux["token"])
    yield "Crux connections", one, one.connections()
    names = ("base_url", "client_id", "client_secret", "token_url")
    two = Fabric(**{name: fabric[name] for name in names}, retailer_id=fabric["retailer_id"])
    yield "fabric connections", two, two.connections()
    three = CommerceLayer(**{name: layer[name] for name in names})
    yield "Commerce Layer organizations", three, three.organizations()


def _parsed(bodies: list[bytes]) -> list[object]:
    return [json.loads(body) for body in bodies]


def _best(run: Callable[[], object]) -> float:
    return min(timeit.repeat(run, number=1, repeat=REPEATS))


def main() -> None:
    """Print the ratio for each vendor; for Commerce Layer, what jsonapi-client alone takes as well."""
    print(f"Map: bytes to model objects, as a multiple of json.loads, best of {REPEATS} (aim: 8 x)")
    with sandbox(partners=PARTNERS) as vendors:
        for name, adapter, plan in _plans(vendors):
            bodies = _recorded(adapter, plan)
            replies = [_reply(body) for body in bodies]
            parse = _best(partial(_parsed, bodies))
            whole = _best(partial(feed, plan, replies))
            count = feed(plan, replies)
            print(f"  {name:<38}{whole / parse:7.2f} x   {whole / count * 1e6:6.0f} us a record, {count:,} records")
            if "Commerce" in name:
                _print_jsonapi(bodies, parse)


def _print_jsonapi(bodies: list[bytes], parse: float) -> None:
    from jsonapi_client import Session

    from adapters.commerce_layer.jsonapi import Resource

    documents = [json.loads(body) for body in bodies]
    ours = _best(lambda: [Resource(row) for one in documents for row in one["data"]])
    whole = _best(lambda: [Session().read(one, no_cache=True) for one in documents])
    print(f"  {'  of which jsonapi-client, as we use it':<38}{ours / parse:7.2f} x")
    print(f"  {'  jsonapi-client on whole documents':<38}{whole / parse:7.2f} x   beside it, for comparison")
