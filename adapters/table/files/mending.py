"""Texts whose letters were encoded twice: "MÃ¼ller" is "Müller"."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category

_MARK: Final = re.compile("Ã|Â|â€")
_RUN: Final = re.compile(r"[^\x00-\x7f]+")

_UNASSIGNED: Final = {code: bytes([code]) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
"""Bytes that Windows-1252 has no sign for; programs keep them: "Ã\\x81" is "Á"."""

_NO_TEXT: Final = frozenset({"Cc", "Cn", "Co"})

_LETTER_AND_BLANK: Final = frozenset({"Ã\xa0"})
"""What may be a letter and a blank that does not break: "IRMÃ\\xa0LTDA"; by itself no sign of anything."""


def mended(text: str) -> str | None:
    """Return a text with its letters encoded once; None if they are, or if that is not sure.

    Every "Ã", "Â" and "â€" must be part of a letter that was encoded twice: "SÃO PAULO" is none. What is no such letter
    stays, for the lines of a file may be of several hands.
    """
    if text.isascii() or _MARK.search(text) is None:
        return None
    runs = {run: _once(run) for run in set(_RUN.findall(text))}
    marked = {run for run in runs if _MARK.search(run)}
    if any(runs[run] is None for run in marked) or marked <= _LETTER_AND_BLANK:
        return None
    return _RUN.sub(lambda found: runs[found[0]] or found[0], text).removeprefix("\ufeff")


def _once(run: str) -> str | None:
    """Return what a run of letters is if it was encoded twice; None if it was not."""
    try:
        data = b"".join(_UNASSIGNED.get(ord(letter)) or letter.encode("cp1252") for letter in run)
        read = data.decode("utf-8")
    except UnicodeError:
        return None
    return None if any(category(letter) in _NO_TEXT for letter in read) else read
