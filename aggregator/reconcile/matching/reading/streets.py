"""Streets as they are compared, however they are written: types, directions, and the numbers of houses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import dropwhile, pairwise
from typing import Any, Final

from aggregator.reconcile.matching.reading.folded_names import fold_names, folded_umlauts
from aggregator.reconcile.matching.reading.placeholders import says_nothing
from aggregator.reconcile.matching.reading.vocabulary import by_spelling, load_list

_CACHED: Final = 1 << 16

_AT_A_BANK: Final = re.compile(
    r"\b(?:lock\s?box|network pl(?:ace|\b)|collections? (?:center|ctr)(?: dr(?:ive|\b))?|caller (?:box|service)"
    r"|p\.?\s?o\.?\s?drawer)\b\.?",
    re.IGNORECASE,
)
_AS_WRITTEN: Final = (
    (re.compile(r"\bc/\s*(?!o\b)", re.IGNORECASE), "calle "),
    (re.compile(r"(?:^|(?<=,)|(?<=[\d,] ))[cr]\.\s*(?=d\w{1,2}\s|\w{3})", re.IGNORECASE), "calle "),
    (re.compile(r"\bu\.(?=\s*\d)", re.IGNORECASE), "utca "),
    # Where banks in Chicago and elsewhere take in what is owed to others: "29390 NETWORK PLACE", "LOCKBOX 776402".
    (_AT_A_BANK, " po box "),
    (re.compile(r"\bb-dul\b", re.IGNORECASE), "bdul"),
    (re.compile(r"\bv\.le\b", re.IGNORECASE), "viale"),
    (re.compile(r"\bp\.z?za\b", re.IGNORECASE), "piazza"),
    (re.compile(r"\bc\.so\b", re.IGNORECASE), "corso"),
    (re.compile(r"\bl\.go\b", re.IGNORECASE), "largo"),
    (re.compile(r"\b(?:d|l|dell|nell|all)['\u2019]\s*(?=\w)", re.IGNORECASE), ""),
)
"""Short forms that folding would tear apart or glue to the name."""

_NUMBER: Final = re.compile(r"(\d+)([a-z]|bis|ter|quater)?")
_BEHIND_A_NUMBER: Final = re.compile(r"[a-h]|bis|ter|quater")
_BEHIND: Final = frozenset(
    {"at", "between", "btw", "by", "near", "off", "on", "opposite", "corner", "cor", "cnr", "and"}
)
"""Words that say where along a street a house is: "60 W 55th St between 5th and 6th Ave" names no saint."""
_HOLY: Final = {"st": "saint", "ste": "sainte"}


class _StreetWords:
    """What the words of streets stand for."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.types: Mapping[str, str] = by_spelling(table["types"])
        numbers = {word: str(number) for number, word in enumerate(table["numbers"], start=1)}
        self.same: Mapping[str, str] = by_spelling(table["ordinals"]) | numbers
        self.directions = frozenset(table["directions"])
        self.beside = self.directions | frozenset(table["beside"])
        self.little = frozenset(table["little"])
        self.before_number = frozenset(table["before_number"])
        self.endings: Mapping[str, str] = by_spelling(table["endings"])
        self.ending = re.compile(rf"(\w{{3,}}?)({'|'.join(self.endings)})")
        phrases = by_spelling(table["phrases"])
        self.phrases: Mapping[str, str] = phrases
        self.phrase = re.compile(rf"\b(?:{'|'.join(sorted(phrases, key=len, reverse=True))})\b")


@cache
def _street_words() -> _StreetWords:
    return _StreetWords(load_list("streets.json"))


@lru_cache(maxsize=_CACHED)
def plain_street(text: str) -> str:
    """Return a street without habits of writing, its numbers in front: "Ermou 35" and "35 ERMOU STR" are one."""
    if says_nothing(text):
        return ""
    for short, long in _AS_WRITTEN:
        text = short.sub(long, text)
    known = _street_words()
    words = [known.same.get(word, word) for word in fold_names([text])[0].split()]
    numbers, named = _numbers_apart(words, known)
    told = [_plain_word(word, known) for word in _short_forms(named, known) if word not in known.little]
    phrased = known.phrase.sub(lambda found: known.phrases[found[0]], " ".join(filter(None, told)))
    return " ".join([*numbers, *([phrased] if phrased else _of_everyday_words(named, known))])


def _of_everyday_words(words: Sequence[str], known: _StreetWords) -> Sequence[str]:
    """Return what stands for streets of which nothing would be left: "The Street", "Calle 13"."""
    told = [known.types.get(word, word) or "st" for word in words if word not in known.little]
    return told or words


def house_and_street(plain: str) -> tuple[str, str]:
    """Return the first number of a plain street, "" where it has none, and the street without its numbers."""
    words = plain.split()
    street = [*dropwhile(_NUMBER.fullmatch, words)]
    return words[0] if len(street) < len(words) else "", " ".join(street)


def _numbers_apart(words: Sequence[str], known: _StreetWords) -> tuple[list[str], list[str]]:
    """Part the numbers of houses, with the letter that belongs to each, from the other words; "5th" is a word."""
    numbers: list[str] = []
    named: list[str] = []
    waiting = False
    for place, word in enumerate(words):
        last = place == len(words) - 1
        if (found := _NUMBER.fullmatch(word)) is not None:
            while named and named[-1] in known.before_number:
                named.pop()
            if named and named[-1] == "ste":
                named[-1] = "suite"
            numbers.append(word)
            waiting = found[2] is None
        elif waiting and _BEHIND_A_NUMBER.fullmatch(word) and (last or word not in known.directions):
            numbers[-1] += word
            waiting = False
        else:
            named.append(word)
            waiting = False
    return numbers, named


def _short_forms(words: Sequence[str], known: _StreetWords) -> Iterator[str]:
    """Yield each word in its short form, "" for an everyday street; "St" before a name is a saint."""
    kinds = [known.types.get(word, word) for word in words]
    streets = [word in known.types and kind not in known.beside for word, kind in zip(words, kinds, strict=True)]
    for place, (word, following) in enumerate(pairwise([*words, ""])):
        # Of "Rue St Denis" it is a saint, and of "Main St Springfield" the street that is not said otherwise.
        named = following and following not in _BEHIND and known.types.get(following, following) not in known.beside
        holy = word in _HOLY and named and (place == 0 or sum(streets) > streets[place])
        yield _HOLY[word] if holy else kinds[place]


def _plain_word(word: str, known: _StreetWords) -> str:
    plain = folded_umlauts(word)
    found = known.ending.fullmatch(plain)
    if found is None:
        return plain
    # "Berliner Str." and "Berlinerstr." are one; "Markt" and "Marktstr." are two.
    return found[1] if found[1].endswith("er") else found[1] + known.endings[found[2]]
