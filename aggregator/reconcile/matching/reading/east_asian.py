"""Names in scripts without blanks: words of trade, places and legal forms are parted, and kana are romanised."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import Final

import attrs

from aggregator.reconcile.matching.reading.vocabulary import load_list

_FIRST: Final = "\u2e80"
"""The first letter of these scripts, in the order of their codes: most alphabets come before it."""

# A word of katakana may begin a longer one, in which it is another: "ストア" is a store and begins "ストアハウス".
_WITHIN_KATAKANA: Final = "(?![ァ-ヺー])"
_KANA: Final = re.compile("[ぁ-ゖァ-ヺー]+")
_TO_KATAKANA: Final = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)} | {ord("ー"): None}
_DOUBLED: Final = re.compile("ッ+(ch)?(?=([a-z]?))")
_LONG_VOWEL: Final = re.compile("(?<=o)[ou]|(?<=u)u")

_ROWS: Final = (
    ("アイウエオ", "a i u e o"),
    ("カキクケコ", "ka ki ku ke ko"),
    ("ガギグゲゴ", "ga gi gu ge go"),
    ("サシスセソ", "sa shi su se so"),
    ("ザジズゼゾ", "za ji zu ze zo"),
    ("タチツテト", "ta chi tsu te to"),
    ("ダヂヅデド", "da ji zu de do"),
    ("ナニヌネノ", "na ni nu ne no"),
    ("ハヒフヘホ", "ha hi fu he ho"),
    ("バビブベボ", "ba bi bu be bo"),
    ("パピプペポ", "pa pi pu pe po"),
    ("マミムメモ", "ma mi mu me mo"),
    ("ヤユヨ", "ya yu yo"),
    ("ラリルレロ", "ra ri ru re ro"),
    ("ワヰヱヲンヴ", "wa i e o n vu"),
    ("ァィゥェォャュョヮヵヶ", "a i u e o ya yu yo wa ka ke"),
)
_SMALL_VOWELS: Final = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}
_SMALL_GLIDES: Final = {"ャ": "a", "ュ": "u", "ョ": "o"}
_BEFORE_VOWELS: Final = {
    "フ": "f", "ヴ": "v", "ウ": "w", "ツ": "ts", "テ": "t", "デ": "d", "ト": "t", "ド": "d", "チ": "ch", "シ": "sh",
    "ジ": "j", "ク": "kw", "グ": "gw", "イ": "y",
}  # fmt: skip


@attrs.frozen(slots=True, kw_only=True)
class _Parted:
    """What is read for each listed word, and the pattern that finds them, the longest first."""

    forms: dict[str, str]
    form: re.Pattern[str]
    words: dict[str, str]
    word: re.Pattern[str]


def part_words(line: str) -> str:
    """Return a line with the words of these scripts that are listed set apart in ASCII, and kana romanised.

    Args:
        line: a line whose letters are composed.
    """
    if max(line, default="") < _FIRST:
        return line
    listed = _listed()
    line = listed.form.sub(lambda found: listed.forms[found[0]], line)
    line = listed.word.sub(lambda found: listed.words[found[0]], line)
    return _KANA.sub(lambda found: _romanised(found[0]), line)


@cache
def _listed() -> _Parted:
    tables = load_list("east_asian.json")
    forms, words = (
        {native: f" {read} " for read, natives in tables[table].items() for native in natives}
        for table in ("forms", "words")
    )
    return _Parted(forms=forms, form=_pattern(forms), words=words, word=_pattern(words))


def _pattern(words: dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    whole = (re.escape(word) + (_WITHIN_KATAKANA if _KANA.fullmatch(word) else "") for word in longest_first)
    return re.compile("|".join(whole))


def _romanised(kana: str) -> str:
    """Kana in Hepburn's spelling without long vowels."""
    spelled = _syllable().sub(lambda found: _syllables()[found[0]], kana.translate(_TO_KATAKANA))
    spelled = _DOUBLED.sub(lambda found: "tch" if found[1] else found[2], spelled)
    return _LONG_VOWEL.sub("", spelled)


@cache
def _syllable() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_syllables(), key=len, reverse=True)))


@cache
def _syllables() -> dict[str, str]:
    single = dict(chain.from_iterable(zip(kana, spelled.split(), strict=True) for kana, spelled in _ROWS))
    glides = {
        kana + small: spelled[:-1] + ("" if spelled[:-1] in {"sh", "ch", "j"} else "y") + vowel
        for kana, spelled in single.items()
        if len(spelled) > 1 and spelled.endswith("i")
        for small, vowel in _SMALL_GLIDES.items()
    }
    loans = {
        kana + small: start + vowel
        for kana, start in _BEFORE_VOWELS.items()
        for small, vowel in _SMALL_VOWELS.items()
        if kana not in "チシジ" or small == "ェ"
    }
    pairs = {"テュ": "tyu", "デュ": "dyu", "フュ": "fyu", "ヴュ": "vyu"}
    return single | glides | loans | pairs
