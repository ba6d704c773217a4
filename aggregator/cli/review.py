"""`aggregator review`: a page on this machine to confirm and reject matches."""

from __future__ import annotations

import secrets
import socket
from typing import Annotated

from cyclopts import Parameter

from aggregator.cli.link import user_name
from aggregator.cli.places import Place
from aggregator.cli.progress import shown_work
from aggregator.cli.terminal import say_note
from aggregator.errors import ConfigurationError

_EVERY_ADDRESS = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - to tell what was asked for  # nosec B104
FULL_WORDS = "everybody-on-this-network-may-decide"


def review(
    report: Place,
    *,
    decisions: Annotated[
        tuple[Place, ...], Parameter(name=["--decisions", "-d"], negative=(), show_default=False)
    ] = (),
    by: str | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
    i_understand: str = "",
) -> int:
    """Open a review of REPORT: a page where y, n, s and u say which records are one business.

    Every answer is added to the decisions file at once and obeyed by every later run. The page is served on this
    machine alone, to whoever has the address that is printed. Ctrl-C ends it and writes the report anew, if there are
    decisions that it does not tell yet.

    Parameters
    ----------
    report: Path
        A folder that `aggregator reconcile --out` wrote.
    decisions: Path
        Files that hold decisions, if not those that the report obeys; answers are added to the first, and what was
        decided on the report counts beside them. Name a colleague's file second to see where you contradict each other.
    by: str
        Who decides; the user of this computer if not given.
    host: str
        The address to serve on. Any other than loopback is refused, unless --i-understand says so in full words.
    port: int
        The port; 0 for any that is free.
    i_understand: str
        "everybody-on-this-network-may-decide", to serve on an address that is not loopback.
    """
    try:
        import jinja2  # noqa: F401, PLC0415 - an extra, which is loaded when a page is asked for, and then it is too late

        from aggregator.report.review.server import LOOPBACK, make_app  # noqa: PLC0415 - an extra
        from aggregator.report.review.session import Session  # noqa: PLC0415
    except ImportError as error:
        raise ConfigurationError(
            f"A review needs {error.name}.", hint="Install it: pip install 'connection-aggregator[review]'"
        ) from error
    if host not in LOOPBACK and i_understand != FULL_WORDS:
        raise ConfigurationError(
            f"{host} is not this machine alone: whoever reaches it could decide.",
            hint=f"Leave --host out, or add --i-understand {FULL_WORDS}.",
        )
    with shown_work("Opening the review"):
        session = Session(report, by=user_name() if by is None else by, decisions=decisions)
    token = secrets.token_urlsafe(24)
    with _listening(host, port) as listening:
        where = listening.getsockname()[1]
        names = _names(host)
        hosts = frozenset(f"{name}:{where}" for name in names)
        print(f"http://{names[0]}:{where}/?token={token}", flush=True)  # noqa: T201 - the result
        say_note(f"Answers are kept in {session.file}. Ctrl-C ends the review.")
        _serve(make_app(session, token=token, hosts=hosts), listening)
    if not session.stale:
        say_note("Nothing was decided that the report does not tell already.")
        return 0
    say_note("Writing the report anew; Ctrl-C leaves it as it was, and your answers are kept.")
    try:
        with shown_work("Writing the report anew"):
            session.write()
    except KeyboardInterrupt:
        say_note(f"The report is as it was. aggregator reconcile {report / 'snapshot'} --out {report} writes it anew.")
        return 0
    say_note(f"The report is written anew: {report / 'index.html'}")
    return 0


def _names(host: str) -> list[str]:
    """What a browser may call this server, the name that is printed first."""
    own = [host]
    if host in {"127.0.0.1", "::1", "localhost"}:
        own.append("localhost")
    elif host in _EVERY_ADDRESS:  # nobody can ask for these; this machine is asked by its name or an address
        name = socket.gethostname()
        own = [name, socket.getfqdn(), *_addresses(name), "localhost", "127.0.0.1", "::1"]
    return list(dict.fromkeys(f"[{one}]" if ":" in one else one for one in own))


def _addresses(name: str) -> list[str]:
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(name, None)]
    except OSError:
        return []


def _listening(host: str, port: int) -> socket.socket:
    if not 0 <= port < 1 << 16:
        raise ConfigurationError(f"There is no port {port}.", hint="Leave --port out, or name one from 1024 to 65535.")
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise ConfigurationError(
            f"{host}:{port} cannot be served: {error.strerror}.", hint="Leave --port out."
        ) from error


def _serve(app: object, listening: socket.socket) -> None:
    import uvicorn  # noqa: PLC0415 - an extra

    config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off")  # type: ignore[arg-type]
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        return
