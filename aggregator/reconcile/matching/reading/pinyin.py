"""Syllables of Chinese names, which tell: "Li Da Electric" has no Italian "da", and "Meihua" is no "Meihuo"."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.reading.places import plain_city, plain_country
from aggregator.reconcile.matching.reading.vocabulary import load_list, vocabulary
from aggregator.reconcile.matching.reading.word_numbers import among

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from aggregator.reconcile.matching.profile import Profile
    from aggregator.reconcile.matching.reading.flat_words import FlatWords

    Mask = npt.NDArray[np.bool_]
    Numbers = npt.NDArray[np.int32]

_CACHED: Final = 1 << 16
_COUNTRIES: Final = frozenset({"cn", "hk", "mo", "sg", "tw"})


@cache
def syllables() -> frozenset[str]:
    """Every syllable of pinyin, without tones."""
    table: dict[str, str] = load_list("pinyin.json")["syllables"]
    return frozenset(initial + final for initial, finals in table.items() for final in finals.split())


@cache
def _places() -> frozenset[str]:
    return frozenset(load_list("pinyin.json")["places"])


def is_chinese(profile: Profile) -> bool:
    """Whether a record says a country or a city whose businesses are named in Chinese."""
    countries = (profile.country, *(address.country for address in profile.addresses))
    if any(plain_country(country) in _COUNTRIES for country in countries if country):
        return True
    cities = (address.city for address in profile.addresses)
    return any(plain_city(city) in _places() for city in cities if city)


def are_of_china(profiles: Sequence[Profile]) -> Mask:
    """Say which records are Chinese."""
    asked = (bool(profile.country or profile.addresses) and is_chinese(profile) for profile in profiles)
    return np.fromiter(asked, bool, len(profiles))


def names_a_place(words: Sequence[str], grid: Numbers) -> Mask:
    """Say which names have a place in China among their words.

    Args:
        words: every word.
        grid: the numbers of those of each name, -1 where it ended.
    """
    place = np.r_[among(words, _places()), False]
    return np.asarray(place[grid].any(axis=1) if place.any() else np.zeros(len(grid), bool))


def are_other_syllables(one: str, other: str) -> bool:
    """Whether two words of Chinese names are two: both are whole syllables, and other ones.

    "Meihua" is no misspelt "Meihuo". A word may still be another one and a syllable more, a misspelt city is one, and a
    v is how some write the u with two dots.
    """
    if not {one, other}.isdisjoint(_places()) or one.replace("v", "u") == other.replace("v", "u"):
        return False
    short, long = sorted((one, other), key=len)
    more = long.startswith(short) and _in_syllables(long[len(short) :])
    return not more and _in_syllables(one) and _in_syllables(other)


@lru_cache(maxsize=_CACHED)
def _in_syllables(word: str) -> bool:
    return _pattern().fullmatch(word) is not None


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(sorted(syllables()))})+")


def telling_syllables(words: FlatWords, written: Numbers, spelt: Sequence[str], small: Mask, in_china: Mask) -> Mask:
    """Say which words that look small are syllables of a Chinese name.

    They stand beside other syllables, and the name says a place in China or its record does; or they stand between two
    that are no words elsewhere; or others write both as one ("Lida"); or they stand beside the same syllable as one
    that is told so. "Casa de Li" has none: what goes before "de" is neither a syllable nor a place.

    Args:
        words: the words of the names.
        written: the number of each as it is written; -1 for a phrase.
        spelt: every word as it is written.
        small: which of the words look small.
        in_china: of each name, whether its record is Chinese.
    """
    syllable = np.r_[_long_enough(spelt) & among(spelt, syllables()), False][written]
    asked: Mask = small & syllable
    if not asked.any():
        return asked
    before, after = _before(syllable, words), _after(syllable, words)
    place = np.r_[among(spelt, _places()), False][written]
    asked &= (before | after) & (before | words.first | _before(place, words))
    strange = syllable & ~np.r_[_met_elsewhere(spelt), False][written]
    linking = np.isin(written, np.flatnonzero([vocabulary().same.get(word, word) == "and" for word in spelt]))
    told = asked & _before(strange, words) & _after(strange, words) & ~linking
    told |= asked & np.isin(words.row, words.row[place])
    known = set(spelt) if (asked & ~told).any() else set()
    for at in np.flatnonzero(asked & ~told).tolist():
        beside = [at] * bool(before[at]) + [at + 1] * bool(after[at])
        joined = (spelt[written[last - 1]] + spelt[written[last]] for last in beside)
        told[at] = not known.isdisjoint(joined) or bool(in_china[words.row[at]])
    return np.asarray(told | (asked & _beside_the_same(written, told, before, after, len(spelt))))


def _long_enough(spelt: Sequence[str]) -> Mask:
    """Which words are no single letters: these are initials."""
    return np.fromiter(map(len, spelt), np.int64, len(spelt)) > 1


def _met_elsewhere(spelt: Sequence[str]) -> Mask:
    """Which words are listed as words of other languages: "man", "pan", "sun"."""
    shipped = vocabulary()
    return among(spelt, shipped.same.keys() | shipped.kinds.keys() | _everyday())


@cache
def _everyday() -> frozenset[str]:
    return frozenset(load_list("words.json")["everyday"])


def _before(of: Mask, words: FlatWords) -> Mask:
    """For each word whether the one before it in its name is one of these."""
    return np.asarray(np.r_[False, of[:-1]] & ~words.first)


def _after(of: Mask, words: FlatWords) -> Mask:
    """For each word whether the one behind it in its name is one of these."""
    return np.asarray(np.r_[of[1:], False] & ~words.last)


def _beside_the_same(written: Numbers, told: Mask, before: Mask, after: Mask, count: int) -> Mask:
    """Which words stand before or behind the same syllable as one that is told to be one."""
    number = written.astype(np.int64)
    behind = np.where(before, np.r_[0, number[:-1]] * count + number, -1)
    ahead = np.where(after, number * count + np.r_[number[1:], 0], -1)
    return np.asarray((before & np.isin(behind, behind[told & before])) | (after & np.isin(ahead, ahead[told & after])))
