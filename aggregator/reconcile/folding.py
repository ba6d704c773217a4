"""Text without case, accents, punctuation and script, to see whether two mean the same.

The matcher has a folding of its own (`matching.reading.folded_names`), which also reads what names abbreviate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from anyascii import anyascii

_WORD: Final = re.compile(r"[a-z0-9]+")
_APART: Final = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "\n"}


class _InAscii(dict[int, str]):
    """What stands for each character in ASCII, also for accents that combine, asked for once."""

    def __missing__(self, code: int) -> str:
        self[code] = found = anyascii(chr(code))
        return found


_IN_ASCII: Final = _InAscii()


def folded(text: str) -> str:
    """Return a text without case, accents, punctuation and script, to see whether two mean the same."""
    plain = text if text.isascii() else text.translate(_IN_ASCII)
    return " ".join(_WORD.findall(plain.lower()))


def folded_words(texts: Iterable[str]) -> list[list[str]]:
    """Return the words of each folded text; all are folded as one, for that is far quicker."""
    plain = [text if text.isascii() else text.translate(_IN_ASCII) for text in texts]
    joined = "\n".join(plain).lower()
    if joined.count("\n") >= len(plain) or not joined.isascii():
        return [folded(text).split() for text in plain]
    return [line.split() for line in joined.translate(_APART).split("\n")]
