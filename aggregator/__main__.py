"""The `aggregator` command, also as `python -m aggregator`, for where it is not on the path."""

from __future__ import annotations

import sys
from contextlib import suppress


def main() -> None:
    """Run the command; Ctrl-C is no traceback, also while what the command needs is still being loaded."""
    try:
        from aggregator.cli import main as command  # noqa: PLC0415 - this takes so long that somebody may interrupt it

        command()
    except KeyboardInterrupt:
        with suppress(AttributeError, OSError):  # closed, or not to be written to
            sys.stderr.write("aggregator: interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
