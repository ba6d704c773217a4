"""Names in Greek or Cyrillic beside names in Latin letters, of which there are several for most of theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import numpy.typing as npt

_OF_ANOTHER_SCRIPT: Final = re.compile(r"[\u0370-\u03ff\u0400-\u052f\u1f00-\u1fff]")

_ONE_WAY: Final = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"[iyj]+", "i"),  # "Severnyi", "Severny" and "Severnij"
        (r"ou", "oi"),  # a Greek "ou" is letter by letter "oy"
        (r"i(?=[aeou])", ""),  # "Yakov", "Iakov" and "Jakov"
        (r"shch|sch|sh", "s"),  # "Shchuka" and "Schuka"
        (r"zh", "z"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"t[sz]|t?ch", "c"),  # "Tsement" and "Cement", "Chaika" and "Tchaika"
        (r"c(?![eih])", "k"),  # "Koka Kola" and "Coca Cola"
        (r"x", "ks"),  # "Yandeks" and "Yandex"
        (r"w", "v"),
        (r"([a-z])\1+", r"\1"),
    )
)
"""What is romanised in several ways and what stands for all of them, in this order."""


_SHORTEST: Final = 3
"""Letters, at the least, of a word that is known by how it sounds."""


def in_another_script(texts: Sequence[str]) -> list[int]:
    """Return the places of those of very many texts that are Greek or Cyrillic."""
    if _OF_ANOTHER_SCRIPT.search("".join(texts)) is None:
        return []
    return [place for place, text in enumerate(texts) if not text.isascii() and _OF_ANOTHER_SCRIPT.search(text)]


def as_in_latin(index: Mapping[str, int], foreign: Collection[int]) -> npt.NDArray[np.int32]:
    """For each word number the number of the same word as names in Latin letters have it: "yandeks" is their "yandex".

    Args:
        index: the words of the lists.
        foreign: the numbers of those that names in another script have.
    """
    meant = np.arange(len(index), dtype=np.int32)
    sounds = in_one_way("\n".join(index)).split("\n")  # as one, for that is far quicker
    wanted = {sounds[number] for number in foreign}
    alike = [word for word in zip(index, index.values(), sounds, strict=True) if word[2] in wanted]
    alike.sort(reverse=True)  # of several the first is written last
    latin = {sound: number for _, number, sound in alike if number not in foreign and len(sound) >= _SHORTEST}
    for number in foreign:
        meant[number] = latin.get(sounds[number], number)
    return meant


def in_two_scripts(one: str, other: str) -> bool:
    """Whether one of two names is Greek or Cyrillic and the other is not."""
    return bool(_OF_ANOTHER_SCRIPT.search(one)) is not bool(_OF_ANOTHER_SCRIPT.search(other))


def in_one_way(words: str) -> str:
    """Return words in small letters of ASCII as they are however they were romanised: "severnyi" is "severny"."""
    for pattern, instead in _ONE_WAY:
        words = pattern.sub(instead, words)
    return words
