"""What a file holds, whatever its format is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from adapters.table.row import Row


class Contents(NamedTuple):
    """What a file holds.

    Attributes:
        rows: Its rows.
        doubt: What had to be guessed to read them, in words.
        lacking: Why they may not be the whole list; None if they are.
    """

    rows: Iterable[Row]
    doubt: str | None = None
    lacking: str | None = None
