"""The `aggregator` command: arguments and exit codes, nothing else. One module for each command.

Exit codes:
    0       all well
    2       the call or the settings are wrong; nothing was sent
    3       a snapshot, a folder or a file cannot be read or written
    4       done, but at least one list is incomplete; what came is kept
    5       done, and the findings are as grave as --fail-on says
    10-13   credentials, rights, an address or a request are wrong: you can mend it
    20-24   the platform or the network failed: see the message
    70      a fault of this program: please report it
    130     interrupted
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from cyclopts import App, CycloptsError, Parameter

from aggregator.cli.streams import make_usable, print_no_more
from aggregator.cli.terminal import make_workable, say_error
from aggregator.version import version

UNUSABLE = 3
INCOMPLETE = 4
FINDINGS = 5
INTERNAL = 70
INTERRUPTED = 130

# Named by path, so that `aggregator --help` loads none of them.
_COMMANDS = {
    "demo": ("aggregator.cli.demo:demo", "See all of it work on three bundled vendors."),
    "doctor": ("aggregator.cli.doctor:doctor", "Check credentials, rights and clock."),
    "collect": ("aggregator.cli.collect:collect", "Fetch every partner of every account."),
    "orders": ("aggregator.cli.orders:orders", "Read purchase orders, all or what is new."),
    "reconcile": ("aggregator.cli.reconcile:reconcile", "Say who is who, and what disagrees."),
    "explain": ("aggregator.cli.explain:explain", "Say why two records are one business, or not."),
    "link": ("aggregator.cli.link:link", "Decide that two records are one business."),
    "unlink": ("aggregator.cli.link:unlink", "Decide that two records are two businesses."),
    "diff": ("aggregator.cli.diff:diff", "Say what changed between two snapshots."),
    "review": ("aggregator.cli.review:review", "Open a page to confirm and reject matches."),
    "vendors": ("aggregator.cli.vendors:vendors", "Show what each platform can do."),
    "sandbox": ("aggregator.cli.sandbox:sandbox", "Serve the three vendors on loopback."),
}


def _app(asked: str | None) -> App:
    """Return the command line. The command that is asked for is described by its docstring, the others by a line."""
    app = App(
        suppress_keyboard_interrupt=False,  # it would exit without a word
        name="aggregator",
        help="Collect trading partners from several platforms, and find out who is who and what disagrees.",
        help_epilogue="Exit codes: 0 well, 2 wrong call, settings or table, 3 a snapshot or file cannot be used, "
        "4 a list is incomplete, 5 findings, 10-13 yours to mend, 20-24 platform or network, 70 our fault.",
        # The overview holds no markup, and what reads markup is slow to load.
        help_format="markdown" if asked else "plaintext",
        version=lambda: version() or "unknown: not installed",  # by itself it would ask for one named as the package
        version_flags=["--version"],
        result_action="return_value",
        default_parameter=Parameter(json_list=False, json_dict=False),  # "[2026-11] partners.csv" is a file's name
    )
    for name, (path, line) in _COMMANDS.items():
        if name == asked:
            app.command(path, name=name)
        else:
            app.command(path, name=name, help=line)
    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit with its code; whatever goes wrong is said in one message, never as a traceback."""
    if isinstance(sys.stdout, TextIOWrapper):
        # A pipe may take few letters, as on Windows: a name in another script is no reason to say nothing at all.
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    make_usable()
    make_workable()
    _log_no_tracebacks()
    app = _app(next((word for word in words if not word.startswith("-")), None))
    try:
        code: int = app(words, exit_on_error=False, print_error=True) or 0
        sys.stdout.flush()  # here, where a disk that is full can be told; at exit, Python would complain of it
    except CycloptsError:
        return 2
    except KeyboardInterrupt:
        say_error("interrupted")
        return INTERRUPTED
    except OSError as error:
        # The system will not let us: no right to a folder, a full disk. Who knew more has said more already.
        if error.filename is None:
            print_no_more()  # what could not be printed would be tried again at exit
        say_error(f"{error.filename or 'The output'} cannot be used: {error.strerror or error}.")
        return UNUSABLE
    except Exception as error:
        from aggregator.errors import AggregatorError  # noqa: PLC0415 - keeps --help quick

        if isinstance(error, AggregatorError):
            say_error(error.message if not str(error) else str(error))
            return error.exit_code
        if os.environ.get("AGGREGATOR_DEBUG"):
            raise
        say_error(
            f"a fault of this program ({type(error).__name__}: {error}). Please report it; "
            "AGGREGATOR_DEBUG=1 shows where it happened."
        )
        return INTERNAL
    return code


def _log_no_tracebacks() -> None:
    """Without a handler, logging's last resort would print the traceback of a fault that is told in a sentence."""
    log = logging.getLogger("aggregator")
    if not (log.handlers or os.environ.get("AGGREGATOR_DEBUG")):
        log.addHandler(logging.NullHandler())
