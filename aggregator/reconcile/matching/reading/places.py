"""Postal codes, towns and countries as they are compared, however they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

from aggregator.reconcile.matching.reading.folded_names import LONGEST, fold_names, folded_umlauts
from aggregator.reconcile.matching.reading.placeholders import says_nothing
from aggregator.reconcile.matching.reading.vocabulary import by_spelling, load_list, vocabulary

_CACHED: Final = 1 << 16

_ADDED_DIGITS: Final = re.compile(r"(\d{4,5}) \d{4}|(\d{5})\d{4}")
_COUNTRY_APART: Final = re.compile(r"^(?:[a-z]{1,2}|est|fin|irl|slo)(?:\s*-\s*|\s+(?=\d{3}))(?=.*\d)")
_COUNTRY_IN_FRONT: Final = re.compile(
    r"^(?:(?:[a-z]{1,2}|est|fin|irl|slo)(?=\d{4,7}$)|nl(?=\d{4}[a-z]{2}$)|ca(?=(?:[a-z]\d){3}$)"
    r"|(?:gb|uk)(?=[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}$))"
)
"""Three letters are a country's on cars alone: in "VLT 1234", they are the town's."""


@lru_cache(maxsize=_CACHED)
def plain_postal_code(text: str) -> str:
    """Return a postal code without case, blanks, a country in front, the four digits that America adds, and zeros lost.

    "D-01067" and "1067" are one, for spreadsheets drop a zero in front.
    """
    if says_nothing(text):
        return ""
    (words,) = fold_names([_COUNTRY_APART.sub("", text.strip().lower(), count=1)])
    added = _ADDED_DIGITS.fullmatch(words)
    bare = words.replace(" ", "") if added is None else added[1] or added[2]
    return _COUNTRY_IN_FRONT.sub("", bare).lstrip("0")


_BESIDE_A_TOWN: Final = re.compile(r"^\d{3,} (?=\D)| cedex\b.*| \d+(?: ?(?:e|er|eme|nd|arrondissement))*$")
_OF_TOWNS: Final = {
    "st": "saint",
    "sankt": "saint",
    "sint": "saint",
    "ste": "sainte",
    "ft": "fort",
    "mt": "mount",
}


@lru_cache(maxsize=_CACHED)
def plain_city(text: str) -> str:
    """Return a town without habits of writing, by one of its names: "Cologne", "KOELN" and "Köln" are one."""
    if says_nothing(text):
        return ""
    (words,) = fold_names([text])
    town = " ".join(_OF_TOWNS.get(word, word) for word in _BESIDE_A_TOWN.sub("", words).split())
    plain = folded_umlauts(town)
    return _towns().get(town) or _towns().get(plain, plain)


@cache
def _towns() -> Mapping[str, str]:
    table: Mapping[str, Sequence[str]] = load_list("towns.json")["same"]
    return by_spelling({town: (town, *names) for town, names in table.items()})


@lru_cache(maxsize=_CACHED)
def plain_country(text: str) -> str:
    """Return the two letters of a country, whatever it is called: "DE", "deu", "Germany" and "Deutschland" are "de".

    So are "Germany (DE)" and "Germany / Deutschland", and "GRE" is "gr". Two or three letters that are no country's say
    nothing, for they may be those of any; what else is none that we know of is returned without case and accents.
    """
    if says_nothing(text):
        return ""
    said = text.strip()[:LONGEST]
    parted = (_country_in_each(between.split(said)) for between in (_BETWEEN_LANGUAGES, _AROUND_ANOTHER_NAME))
    found = _country_said(said) or next(filter(None, parted), None)
    if found is None and _LETTERS.fullmatch(said):
        return _of_sports().get(said.lower(), "")
    return found or fold_names([text])[0].removeprefix("the ")


_LETTERS: Final = re.compile(r"[A-Za-z]{2,3}")


# "Austria/Österreich", "Suisse / Schweiz / Svizzera", "Belgique - België": without blanks around it, a hyphen is a part
# of a name, as in "Guinea-Bissau".
_BETWEEN_LANGUAGES: Final = re.compile(r"[/|;]|\s[-\u2013\u2014]\s")
# "Germany (Deutschland)"
_AROUND_ANOTHER_NAME: Final = re.compile(r"[,()\[\]]")


def _country_in_each(parts: Sequence[str]) -> str | None:
    """Return the country that every part says: in "India/Pakistan" and "Georgia/Atlanta" there is none."""
    said = [part.strip() for part in parts if part.strip()]
    found = {_country_said(part) for part in said} if len(said) > 1 else set()
    return found.pop() if len(found) == 1 else None


def _country_said(text: str) -> str | None:
    native = _natives().get(unicodedata.normalize("NFC", text).casefold())
    return native or next(filter(None, map(_country_in_words, _written_out(text))), None)


# "Korea, Republic of", "Ireland (Republic)", "Congo, Democratic Republic of the", "Guinea, Equatorial"
_TURNED: Final = re.compile(r"([^,()\[\]]+)[,(\[]([^,()\[\]]+)[)\]]?")


def _written_out(text: str) -> Iterator[str]:
    """The ways to read a text, folded: as it stands, and, where a part is put behind, with this in front.

    Whatever is read is looked up as a whole: what is left out of "Guinea, Equatorial" would make it another country.
    """
    yield from _with_republic(text)
    turned = _TURNED.fullmatch(text)
    if turned is not None:
        behind, front = turned.groups()
        for between in (" ", " of ", " of the "):
            yield from _with_republic(f"{front.strip()}{between}{behind.strip()}")


_REPUBLICS: Final = ("republic", "republica", "republik", "republique", "repubblica")
"""What "Rep." is short for: "Czech Rep.", "Rep. Dominicana"."""


def _with_republic(text: str) -> Iterator[str]:
    (words,) = fold_names([text])
    yield words
    parts = words.split()
    if "rep" in parts:
        yield from (" ".join(republic if part == "rep" else part for part in parts) for republic in _REPUBLICS)


# The Republic of China is Taiwan, or what its writer takes for China: it is left as it stands.
_KIND_OF_STATE: Final = re.compile(
    r"(?:the )?(?:(?:(?:federal|islamic|socialist) )?republic|kingdom|(?:grand )?duchy|principality|sultanate) "
    r"(?!(?:of )?(?:the )?china$)(?:of )?"
)


def _country_in_words(words: str) -> str | None:
    """Return the country that folded words are, with its letters beside it or its kind of state before it."""
    parts = words.split()
    found = _country_called(parts) or (_country_called_twice(parts) if len(parts) > 1 else None)
    kind = None if found else _KIND_OF_STATE.match(words)
    return found if kind is None else _country_called(words[kind.end() :].split())


def _country_called(parts: Sequence[str]) -> str | None:
    called = tuple(parts[1:] if parts[:1] == ["the"] else parts)
    words = " ".join(called)
    named = vocabulary().same.get(words) or vocabulary().phrases.get(called) or words
    return _countries().get(words) or _countries().get(named)


@lru_cache(maxsize=_CACHED)
def country_called(text: str) -> str | None:
    """Return the two letters of the country that is called so, by a name and not by two letters; None if none is."""
    (words,) = fold_names([text])
    return _country_called(words.split()) if len(words) > len("de") or words in _TWO_LETTERS else None


_TWO_LETTERS: Final = frozenset({"uk", "us"})
"""Those by which names say their country: "IT" and "CO" are words of other things, too."""


def may_end_a_country(word: str) -> bool:
    """Whether the name of a country may end with a word; quicker told than which."""
    plain = word.lower().strip(".,;:)]")
    return not plain.isascii() or plain in _ends_of_countries()


@cache
def _ends_of_countries() -> frozenset[str]:
    same, phrases, countries = vocabulary().same, vocabulary().phrases, _countries()
    spelt = [*countries, *(word for word, meant in same.items() if meant in countries)]
    spelt += [" ".join(words) for words, meant in phrases.items() if meant in countries]
    return frozenset(name.rsplit(maxsplit=1)[-1] for name in spelt if len(name) > len("de") or name in _TWO_LETTERS)


def _country_called_twice(parts: Sequence[str]) -> str | None:
    """Return a country that is said by its letters and its name alike: "Germany (DE)", "DE - Germany", a flag."""
    for letters, name in ((parts[0], parts[1:]), (parts[-1], parts[:-1])):
        found = _country_called([letters]) if len(letters) in {2, 3} else None
        if found is not None and found == _country_called(name):
            return found
    return None


@cache
def _countries() -> Mapping[str, str]:
    lists = load_list("countries.json")["same"]
    return by_spelling(lists) | {code: code for code in lists} | {"uk": "gb"}


@cache
def _of_sports() -> Mapping[str, str]:
    """Letters that sports write for a country, which are words of other things too: a "Den" is no Denmark in a name."""
    return by_spelling(load_list("countries.json")["sports"])


@cache
def _natives() -> Mapping[str, str]:
    """Names by which only their own letters tell a country: folded, the Arabic for Egypt is the code of Montserrat."""
    return by_spelling(load_list("countries.json")["native"])
