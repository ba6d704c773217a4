"""The vendors as real HTTP servers on loopback, in this process or for anybody's script."""

import asyncio
import json
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from importlib.metadata import entry_points
from types import MappingProxyType, TracebackType
from typing import Any, Self, TextIO, cast

from attrs import field, frozen
from starlette.types import ASGIApp

from aggregator.adapter.entry_point import load_entry_point
from aggregator.sandbox.dated import dated
from aggregator.sandbox.faults import Situation, Switch, switches
from aggregator.sandbox.pages import PATH, with_pages
from aggregator.sandbox.vendor import Clock, Site, VendorSandbox
from aggregator.sandbox.world import AS_OF, World


@frozen(kw_only=True)
class Vendor:
    """A vendor that is served: where, what lets one in, and its application for calls within the process.

    `record_page` is where a browser sees a partner, as adapters take it.
    """

    name: str
    base_url: str
    record_page: str
    credentials: Mapping[str, Any] = field(repr=False)
    app: ASGIApp = field(repr=False)


def installed_vendors() -> dict[str, VendorSandbox]:
    """Every vendor sandbox that is installed, by name (entry-point group `aggregator.sandbox`).

    Raises:
        ConfigurationError: One cannot be loaded.
    """
    found = entry_points(group="aggregator.sandbox")
    return {entry.name: cast("VendorSandbox", load_entry_point(entry, "sandbox")) for entry in found}


def in_process(
    world: World, *, faults: Iterable[str] = (), origins: Mapping[str, str] | None = None, clock: Clock = time.time
) -> Mapping[str, Vendor]:
    """The vendors as ASGI applications without a socket, under their documented origins unless others are given.

    Args:
        world: what they serve.
        faults: as on the command line, such as "fabric:latency=50ms".
        origins: scheme, host and port by vendor.
        clock: seconds since the epoch.

    Raises:
        UnknownFaultError: for a fault that does not exist.
    """
    sandboxes = installed_vendors()
    asked = switches(sandboxes, faults)
    origins = origins or {}
    return MappingProxyType(
        {
            name: _vendor(sandbox, world, asked[name], origins.get(name, sandbox.documented_origin), clock)
            for name, sandbox in sandboxes.items()
        }
    )


def _vendor(sandbox: VendorSandbox, world: World, asked: Switch, origin: str, clock: Clock) -> Vendor:
    records = world.records.get(sandbox.name, ())
    site = Site(world=world, records=records, origin=origin, clock=clock, switches=asked.options)
    app = sandbox.build(site)
    for text, fault, on_token in asked.faults:
        situation = Situation(
            site=site, shape=sandbox.shape, token_paths=sandbox.token_paths, seed=text, on_token=on_token
        )
        app = fault.wrap(app, situation)
    app = with_pages(dated(app, clock), sandbox.name, records)
    return Vendor(
        name=sandbox.name,
        base_url=f"{origin}{sandbox.base_path}",
        record_page=f"{origin}{PATH}{{organization_id}}",
        credentials=sandbox.credentials(site),
        app=app,
    )


class Sandbox:
    """All vendors, each on a port of its own; use it as a context manager.

    It serves from a thread; inside the `with` block every socket accepts, after it none is left.

    Args:
        world: what they serve; a small default world when none is given.
        faults: as on the command line, such as "fabric:latency=50ms".
        host: a loopback address.
        ports: by vendor; any free port where none is given.
        clock: seconds since the epoch.

    Raises:
        UnknownFaultError: for a fault that does not exist.
        ValueError: for a host that is not on loopback.
        OSError: when a port is taken.
    """

    def __init__(
        self,
        world: World | None = None,
        *,
        faults: Iterable[str] = (),
        host: str = "127.0.0.1",
        ports: Mapping[str, int] | None = None,
        clock: Clock = time.time,
    ) -> None:
        if host not in {"127.0.0.1", "::1", "localhost"}:
            raise ValueError(f"the sandbox serves on loopback only, not on {host}")
        self.world = world if world is not None else World.generate()
        self._faults, self._host, self._ports, self._clock = tuple(faults), host, dict(ports or {}), clock
        switches(installed_vendors(), self._faults)
        self.vendors: Mapping[str, Vendor] = MappingProxyType({})
        self._running: _Running | None = None

    def start(self) -> Self:
        """Serve, and return when every socket accepts."""
        sockets = _bound(self._host, {name: self._ports.get(name, 0) for name in installed_vendors()})
        host = f"[{self._host}]" if ":" in self._host else self._host
        origins = {name: f"http://{host}:{listening.getsockname()[1]}" for name, listening in sockets.items()}
        try:
            self.vendors = in_process(self.world, faults=self._faults, origins=origins, clock=self._clock)
            self._running = _Running([(self.vendors[name].app, sockets[name]) for name in sockets])
        except BaseException:
            _close(sockets.values())
            raise
        self._running.start()
        return self

    def stop(self) -> None:
        """Stop serving; returns when thread and sockets are gone."""
        if self._running is not None:
            self._running.stop()
            self._running = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _bound(host: str, ports: Mapping[str, int]) -> dict[str, socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sockets: dict[str, socket.socket] = {}
    try:
        for name, port in ports.items():
            # With the protocol named, asyncio switches Nagle off; without, every answer waits 40 ms for an ACK.
            sockets[name] = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
            sockets[name].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sockets[name].bind((host, port))
            sockets[name].listen(512)
    except OSError:
        _close(sockets.values())
        raise
    return sockets


def _close(sockets: Iterable[socket.socket]) -> None:
    for opened in sockets:
        opened.close()


class _Running:
    """A thread with an event loop in which one uvicorn server per vendor runs."""

    def __init__(self, served: Sequence[tuple[ASGIApp, socket.socket]]) -> None:
        # Imported here: uvicorn is not needed for calls within the process.
        from aggregator.sandbox.connection import server_for  # noqa: PLC0415

        self._servers = [(server_for(app), listening) for app, listening in served]
        self._thread = threading.Thread(target=self._run, name="aggregator-sandbox", daemon=True)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        await asyncio.gather(*(server.serve(sockets=[listening]) for server, listening in self._servers))

    def start(self) -> None:
        self._thread.start()
        while not all(server.started for server, _ in self._servers):
            if not self._thread.is_alive():
                raise RuntimeError("the sandbox's server thread ended before it served")
            time.sleep(0.005)

    def stop(self) -> None:
        for server, _ in self._servers:
            server.should_exit = True
        self._thread.join()
        _close(listening for _, listening in self._servers)


def serve(
    *,
    partners: int = 60,
    seed: int = 1,
    faults: Sequence[str] = (),
    json_line: bool = False,
    host: str = "127.0.0.1",
    ports: Mapping[str, int] | None = None,
    as_of: datetime = AS_OF,
    out: TextIO | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM; say where on standard output, as one JSON line if asked.

    Args:
        partners: how many businesses the world has.
        seed: which world.
        faults: as on the command line.
        json_line: whether to say it as one line of JSON.
        host: a loopback address.
        ports: by vendor; any free port where none is given.
        as_of: the present of the world; orders lie before it.
        out: where to say it, standard output unless given.

    Raises:
        UnknownFaultError: for a fault that does not exist.
        ValueError: for fewer than no partners, or a host that is not on loopback.
        OSError: when a port is taken.
    """
    out = out or sys.stdout
    ended = threading.Event()
    before = {number: signal.signal(number, lambda *_: ended.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with Sandbox(World.generate(partners, seed, as_of=as_of), faults=faults, host=host, ports=ports) as sandbox:
            out.write(as_json(sandbox) if json_line else as_text(sandbox))
            out.flush()
            ended.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def as_json(sandbox: Sandbox) -> str:
    """One line: vendor -> base_url, record_page and the credentials that its adapter takes."""
    return json.dumps({name: _told(vendor) for name, vendor in sandbox.vendors.items()}) + "\n"


def as_text(sandbox: Sandbox) -> str:
    """The same for people."""
    lines = []
    for name, vendor in sandbox.vendors.items():
        lines += [name, *(f"  {key:<14}{value}" for key, value in _told(vendor).items())]
    return "\n".join([*lines, "", "Serving a made-up world on loopback. End with Ctrl-C.", ""])


def _told(vendor: Vendor) -> dict[str, Any]:
    return {"base_url": vendor.base_url, "record_page": vendor.record_page, **vendor.credentials}
