"""Halves of characters (a lone surrogate, which JSON can name) and that no file of text can hold them."""

from __future__ import annotations

import codecs
import re
from typing import Final

_HALF: Final = re.compile("[\ud800-\udfff]")

WHOLE: Final = "aggregator.whole"
"""How files of text are opened and texts encoded (`errors`), so that U+FFFD stands for each half of a character."""


def whole(text: str) -> str:
    """Return a text that every file can hold: U+FFFD stands for each half of a character."""
    return text if text.isascii() else _HALF.sub("\N{REPLACEMENT CHARACTER}", text)


def _replaced(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "\N{REPLACEMENT CHARACTER}".encode() * (error.end - error.start), error.end


codecs.register_error(WHOLE, _replaced)
