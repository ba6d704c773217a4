"""Names in Greek or Cyrillic beside names in Latin letters, of which there are several for most of theirs."""

from __future__ import annotations

import re
from typing import Final

_OF_ANOTHER_SCRIPT: Final = re.compile(r"[\u0370-\u03ff\u0400-\u052f\u1f00-\u1fff]")

_ONE_WAY: Final = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"[iyj]+", "i"),  # "Severnyi", "Severny" and "Severnij"
        (r"i(?=[aeou])", ""),  # "Yakov", "Iakov" and "Jakov"
        (r"shch|sch|sh", "s"),  # "Shchuka" and "Schuka"
        (r"zh", "z"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"t[sz]|ch", "c"),  # "Tsement" and "Cement"
        (r"c(?![eih])", "k"),  # "Koka Kola" and "Coca Cola"
        (r"x", "ks"),  # "Yandeks" and "Yandex"
        (r"w", "v"),
        (r"([a-z])\1+", r"\1"),
    )
)
"""What is romanised in several ways and what stands for all of them, in this order."""


def in_two_scripts(one: str, other: str) -> bool:
    """Whether one of two names is Greek or Cyrillic and the other is not."""
    return bool(_OF_ANOTHER_SCRIPT.search(one)) is not bool(_OF_ANOTHER_SCRIPT.search(other))


def in_one_way(word: str) -> str:
    """Return a word in small letters of ASCII as it is however it was romanised: "severnyi" and "severny" are one."""
    for pattern, instead in _ONE_WAY:
        word = pattern.sub(instead, word)
    return word
