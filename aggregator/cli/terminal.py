"""What goes to the terminal: results to standard output, everything else to standard error."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING

from aggregator.secret import mask

if TYPE_CHECKING:
    from rich.console import Console


# What goes into a pipe or a file is not folded: a script reads it line by line.
_NO_LINE_IS_LONGER = 100_000


def clean(text: str) -> str:
    """Return a text that cannot move the cursor, change colours or hide others: partner names are anybody's input."""
    return "".join(
        one if one == "\n" or unicodedata.category(one)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for one in text
    )


def output() -> Console:
    """Return the console for results; it prints plain text, unfolded, where standard output is no terminal."""
    from rich.console import Console  # noqa: PLC0415 - keeps --help quick

    width = None if sys.stdout.isatty() else _NO_LINE_IS_LONGER
    return Console(highlight=False, markup=False, emoji=False, width=width)


def notes() -> Console:
    """Return the console for progress and notes."""
    from rich.console import Console  # noqa: PLC0415 - keeps --help quick

    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def say_error(message: str) -> None:
    """Print one error message to standard error."""
    sys.stderr.write(f"aggregator: {clean(mask(message))}\n")


def say_note(message: str) -> None:
    """Print one line that is no result to standard error."""
    sys.stderr.write(f"{clean(mask(message))}\n")
