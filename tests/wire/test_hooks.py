"""Hooks hear of everything, and break nothing; OpenTelemetry sees a span for each request."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import pytest
from attrs import define, field

from aggregator.client import AsyncClient, Client
from aggregator.model import Connection, Listing
from aggregator.sandbox import Sandbox, World
from aggregator.wire.hooks import Hooks, WireEvent
from aggregator.wire.options import Options
from tests.fakes import FakeClock
from tests.vendors import fabric


@define
class Listening(Hooks):
    """Remembers what it hears."""

    heard: list[tuple[str, WireEvent]] = field(factory=list)

    def request(self, event: WireEvent) -> None:
        self.heard.append(("request", event))

    def retry(self, event: WireEvent) -> None:
        self.heard.append(("retry", event))

    def wait(self, event: WireEvent) -> None:
        self.heard.append(("wait", event))

    def page(self, event: WireEvent) -> None:
        self.heard.append(("page", event))

    def listing(self, event: WireEvent) -> None:
        self.heard.append(("listing", event))


class Raising(Hooks):
    """Breaks whenever it hears something."""

    def request(self, event: WireEvent) -> None:
        raise ValueError("a hook of the user's is broken")

    page = listing = retry = wait = request


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """fabric, whose second request for a list fails once."""
    with Sandbox(World.generate(40), faults=["fabric:503=at2", "fabric:page-size=10"]) as served:
        yield served


@pytest.mark.parametrize("way", ["threads", "tasks"])
def test_hooks_hear_of_everything(way: str, sandbox: Sandbox) -> None:
    """Each request, repetition, wait, page and listing is told, with the account it belongs to."""
    hooks = Listening()
    adapter = fabric(sandbox)
    if way == "threads":
        with Client(adapter, options=Options(hooks=hooks, concurrency=1), clock=FakeClock()) as client:
            listing = client.listing(adapter.connections())
    else:

        async def fetch() -> Listing[Connection]:
            async with AsyncClient(adapter, options=Options(hooks=hooks), clock=FakeClock()) as one:
                return await one.listing(adapter.connections())

        listing = asyncio.run(fetch())
    names = [name for name, _ in hooks.heard]
    assert listing.coverage.complete
    assert names.count("page") == listing.coverage.pages
    assert names[-1] == "listing"
    assert hooks.heard[-1][1].records == len(listing)
    assert {event.account for _, event in hooks.heard} == {"acme"}
    assert names.count("request") >= listing.coverage.pages


def test_a_broken_hook_breaks_nothing(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    """What a hook raises is logged under a name of its own, and the list comes whole."""
    adapter = fabric(sandbox)
    with Client(adapter, options=Options(hooks=Raising()), clock=FakeClock()) as client:
        assert client.listing(adapter.connections()).coverage.complete
    assert "hook_failed event=page" in caplog.text


def test_events_are_logged_under_stable_names(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    """Each event is a line of the logger aggregator.events that begins with its name."""
    adapter = fabric(sandbox)
    with (
        caplog.at_level(logging.DEBUG, logger="aggregator.events"),
        Client(adapter, clock=FakeClock()) as client,
    ):
        client.listing(adapter.connections())
    said = [record.getMessage() for record in caplog.records if record.name == "aggregator.events"]
    assert {line.partition(" ")[0] for line in said} >= {"request", "page", "listing"}


def test_opentelemetry_sees_each_request(sandbox: Sandbox) -> None:
    """opentelemetry-instrumentation-httpx needs no help of ours: each request is a span, without credentials."""
    tracing = pytest.importorskip("opentelemetry.sdk.trace")
    exporting = pytest.importorskip("opentelemetry.sdk.trace.export")
    in_memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")
    instrumentor = pytest.importorskip("opentelemetry.instrumentation.httpx").HTTPXClientInstrumentor()
    exporter, provider = in_memory.InMemorySpanExporter(), tracing.TracerProvider()
    provider.add_span_processor(exporting.SimpleSpanProcessor(exporter))
    instrumentor.instrument(tracer_provider=provider)
    try:
        adapter = fabric(sandbox)
        with Client(adapter, clock=FakeClock()) as client:
            listing = client.listing(adapter.connections())
    finally:
        instrumentor.uninstrument()
    spans = exporter.get_finished_spans()
    assert len(spans) >= listing.coverage.pages
    assert adapter.client_secret is not None
    assert adapter.client_secret.reveal() not in "".join(span.to_json() for span in spans)
