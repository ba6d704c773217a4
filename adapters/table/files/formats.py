"""What Excel shows of a whole number: zeros, marks and letters of a format such as 000-000, which belong to an id."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_SECTION: Final = re.compile(r'(?:"[^"]*"|\\.|\[[^]]*\]|[^;"\\[])*')
_COLOURS: Final = r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)\]"
_PART: Final = re.compile(rf'{_COLOURS}|"([^"]*)"|\\(.)|(0)|([-+() :])', re.IGNORECASE)


def shown(number: int, number_format: str) -> str | None:
    """Return a whole number as a format of zeros and fixed text shows it; None if there is nothing to show but digits.

    Amounts, days and numbers below zero are left to others.
    """
    parts = _parts(number_format)
    if number < 0 or parts is None:
        return None
    digits = list(str(number).zfill(parts.count(None)))
    text: list[str] = []
    # Digits are put in from the right; those that find no place stand before the first.
    left = parts.count(None)
    for part in reversed(parts):
        if part is not None:
            text.append(part)
            continue
        left -= 1
        text.append(digits.pop() if left else "".join(digits))
    return "".join(reversed(text)).strip()


@lru_cache(maxsize=256)
def _parts(number_format: str) -> tuple[str | None, ...] | None:
    """Return the fixed texts of a format in their order, None for each digit; nothing if it is of another kind."""
    found = _SECTION.match(number_format)  # those behind it are for numbers below zero, and for text
    section, at = found[0] if found else "", 0
    parts: list[str | None] = []
    while at < len(section):
        part = _PART.match(section, at)
        if part is None:
            return None
        if part.lastindex is not None:
            parts.append(None if part[3] else part[part.lastindex])
        at = part.end()
    digits = parts.count(None)
    # A single digit with words behind it is an amount: 5 kg.
    return tuple(parts) if digits > 1 or (digits == 1 and len(parts) > 1 and parts[-1] is None) else None
