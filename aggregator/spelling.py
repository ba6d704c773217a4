"""What a word that is not known was probably meant to be, for the hint of an error."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the question after the known word that is most like one, and a blank after it; "" where none is like it.

    Args:
        word: as it was written.
        known: what it could have been.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only for a mistake, and importing stays light

    close = get_close_matches(word, [str(one) for one in known], n=1)
    return f"Did you mean {close[0]!r}? " if close else ""
