"""What goes to the terminal: results to standard output, everything else to standard error."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from typing import TYPE_CHECKING, Final

from aggregator.secret import mask

if TYPE_CHECKING:
    from rich.console import Console


# What goes into a pipe or a file is not folded: a script reads it line by line.
_NO_LINE_IS_LONGER: Final = 100_000

_NARROWEST: Final = 20
"""Columns that a terminal is taken to have at least: in fewer, a page of help is never done."""

_SIZE: Final = re.compile(r"0*[1-9][0-9]{0,3}")


def clean(text: str) -> str:
    """Return a text that cannot move the cursor, change colours or hide others: partner names are anybody's input."""
    return "".join(
        one if one == "\n" or unicodedata.category(one)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for one in text
    )


def make_workable() -> None:
    """Let whatever prints take a terminal for one that something can be printed on.

    Its size is what the environment says, or else the terminal itself, which may say anything; what the environment
    says and cannot be is taken away.
    """
    for name in ("COLUMNS", "LINES"):
        if os.environ.get(name, "").isdigit() and not _SIZE.fullmatch(os.environ[name]):
            del os.environ[name]
    if _columns() < _NARROWEST:
        os.environ["COLUMNS"] = str(_NARROWEST)


def _columns() -> int:
    """How wide rich and cyclopts take the terminal to be: the first of the streams that is one says."""
    if said := os.environ.get("COLUMNS", ""):
        return int(said) if said.isdigit() else _NARROWEST
    for number in range(3):
        try:
            return os.get_terminal_size(number).columns or _NARROWEST
        except OSError:
            continue
    return _NARROWEST


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
