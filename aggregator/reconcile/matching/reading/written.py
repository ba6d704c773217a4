"""Phones, mail addresses, postal codes, towns, countries and streets as they are compared, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from itertools import dropwhile, pairwise
from typing import Any, Final
from unicodedata import decimal, normalize

from aggregator.reconcile.matching.reading.folding import fold
from aggregator.reconcile.matching.reading.vocabulary import load_list, vocabulary

_CACHED: Final = 1 << 16

_ONLY_X: Final = re.compile("x*")
_DIGIT: Final = re.compile("[1-9]")
"""But for a zero, which is also typed for an O, no placeholder has one."""
_LONGEST_PLACEHOLDER: Final = 24


@cache
def placeholders() -> Mapping[str, frozenset[str]]:
    """Return what is written where there is nothing to say, folded, by what it stands in the place of."""
    lists = load_list("placeholders.json")
    return {kind: frozenset(lists[kind]) for kind in ("words", "desks", "mailboxes", "domains")}


def says_nothing(text: str) -> bool:
    """Whether a field holds what platforms and people write where they know nothing: "n/a", "-", "TBD", "x"."""
    if len(text) > _LONGEST_PLACEHOLDER or _DIGIT.search(text):
        return False
    (words,) = fold([text])
    return words in placeholders()["words"] or _ONLY_X.fullmatch(words) is not None


_ROUNDED: Final = re.compile(r"\s*\d[.,]\d+e\+?\d+\s*", re.IGNORECASE)


def is_rounded(number: str) -> bool:
    """Whether a long number is as spreadsheets write it ("4.01E+12"): its digits are lost, as those of others are."""
    return _ROUNDED.fullmatch(number) is not None


# People


@lru_cache(maxsize=_CACHED)
def plain_person(text: str) -> str:
    """Return a person's name folded; "" for whoever is on duty, for by a desk no business is known."""
    (name,) = fold([text])
    nothing = placeholders()
    return "" if name in nothing["desks"] or name in nothing["words"] else name


# Telephone numbers

_FEWEST_DIGITS: Final = 6
"""Fewer are an extension, an area code or a fragment."""

_BETWEEN_PHONES: Final = re.compile(r"\s*[;|,\n\r]\s*|\s+&\s+|\s*/\s*")

_AREA_CODE: Final = re.compile(r"\D*(?:(?:\+|00)\d{1,3}[\s.-]*)?(?:\(0\)\s*)?\(?0?\d{1,5}\)?")
"""An area code, with a country code or the trunk zero in front: "+49 33203" and "033203" have six digits and more."""

_INTERNATIONAL: Final = re.compile(r"^\D*00\s*(?=[1-9])")

_REMARK: Final = re.compile(r"((?:\d[^\w#]*){7,}?)(?:[^\W\d_]|#).*", re.DOTALL)
"""Seven digits and a letter: a remark, an extension. Vanity numbers ("1-800-FLOWERS") have fewer before the letters."""

_READ_OF_A_PHONE: Final = 60
_READ_OF_A_FIELD: Final = 1000

# Whoever must fill in a field and knows no number counts up or down. Numbers 555-0100 to 555-0199 are kept for stories
# and forms; with an area code in front they stand in samples and test systems, where they do tell partners apart.
_COUNTED: Final = ("1234567890", "9876543210")
_MADE_UP: Final = re.compile(r"55501\d\d|5551234|5551212")
_OF_AMERICA: Final = frozenset({"", "1"})
"""In Iceland, numbers of seven digits with 555 in front are somebody's."""


def phone_parts(text: str) -> tuple[str, ...]:
    """Return the numbers in one field, as they are written: "030 / 7654321" is one, for an area code is no number."""
    text = text[:_READ_OF_A_FIELD]
    parts: list[str] = []
    start = 0
    for mark in _BETWEEN_PHONES.finditer(text):
        if _parts_numbers(text[start : mark.start()], mark[0], text[mark.end() :]):
            parts.append(text[start : mark.start()])
            start = mark.end()
    return tuple(part for part in (one.strip() for one in (*parts, text[start:])) if part)


def _parts_numbers(before: str, mark: str, behind: str) -> bool:
    if _digits_in(before) < _FEWEST_DIGITS:
        return False
    if "/" not in mark:
        return True
    of_its_own = behind[:1] in {"0", "+", "("}
    if mark == "/" and _digits_in(_BETWEEN_PHONES.split(behind, maxsplit=1)[0]) < _FEWEST_DIGITS:
        return False
    return of_its_own or _AREA_CODE.fullmatch(before.strip()) is None


def _digits_in(text: str) -> int:
    return sum(map(str.isdigit, text))


@lru_cache(maxsize=_CACHED)
def phone_digits(text: str, country: str | None) -> tuple[str, str]:
    """Return the country's calling code, "" where nobody says it, and the number within the country.

    Args:
        text: One number, as it was written; a remark or an extension behind it is not read.
        country: Two letters of the country that a number without a calling code is in.

    Returns:
        Two empty texts if this is no number, or one that stands where none is known.
    """
    if is_rounded(text):
        return _NO_PHONE
    bare = _REMARK.sub(r"\1", text[:_READ_OF_A_PHONE])
    if _digits_in(bare) < _FEWEST_DIGITS and not any(map(str.isalpha, bare)):
        return _NO_PHONE
    code, number = _parsed(_INTERNATIONAL.sub("+", bare), country) or ("", _plain_digits(bare))
    return _NO_PHONE if _tells_nothing(code, number) else (code, number)


_NO_PHONE: Final = ("", "")


def _parsed(text: str, country: str | None) -> tuple[str, str] | None:
    import phonenumbers  # noqa: PLC0415 - heavy, and most lists have no telephone numbers

    region = country.upper() if country and len(country) == 2 else None
    try:
        found = phonenumbers.parse(text, "GB" if region == "UK" else region)
    except phonenumbers.NumberParseException:
        return None
    return str(found.country_code), str(found.national_number)


def _plain_digits(text: str) -> str:
    return "".join(str(decimal(letter)) for letter in re.findall(r"\d", text)).lstrip("0")


def _tells_nothing(code: str, number: str) -> bool:
    return (
        len(number) < _FEWEST_DIGITS
        or len(set(number)) == 1
        or any(counted.startswith(digits) for counted in _COUNTED for digits in (number, code + number))
        or (code in _OF_AMERICA and _MADE_UP.fullmatch(number) is not None)
    )


# E-mail addresses

BETWEEN_ADDRESSES: Final = re.compile(r"[\s,;|<>()\[\]\"']+")
"""What parts several addresses in one field, or an address from a name: "Ann <ann@acme.com>"."""


def mail_addresses(text: str) -> tuple[str, ...]:
    """Return the e-mail addresses in one field, without the names beside them, their domains as people read them."""
    words = BETWEEN_ADDRESSES.split(normalize("NFKC", text).lower())
    return tuple(dict.fromkeys(found for found in map(_mail_address, words) if found))


def _mail_address(word: str) -> str:
    mailbox, _, domain = word.removeprefix("mailto:").split("?", 1)[0].rpartition("@")
    domain = domain.strip(".")
    return f"{mailbox}@{readable_host(domain)}" if mailbox and domain else ""


def readable_host(host: str) -> str:
    """Return a host as people read it, out of punycode."""
    if "xn--" in host:
        with suppress(UnicodeError):
            return host.encode("ascii").decode("idna")
    return host


# Postal codes

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
    (words,) = fold([_COUNTRY_APART.sub("", text.strip().lower(), count=1)])
    added = _ADDED_DIGITS.fullmatch(words)
    bare = words.replace(" ", "") if added is None else added[1] or added[2]
    return _COUNTRY_IN_FRONT.sub("", bare).lstrip("0")


# Towns

_UMLAUT: Final = re.compile(r"(?<!q)([aou])e")
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
    (words,) = fold([text])
    town = " ".join(_OF_TOWNS.get(word, word) for word in _BESIDE_A_TOWN.sub("", words).split())
    plain = _UMLAUT.sub(r"\1", town)
    return _towns().get(town) or _towns().get(plain, plain)


@cache
def _towns() -> Mapping[str, str]:
    table: Mapping[str, Sequence[str]] = load_list("towns.json")["same"]
    return _spellings({town: (town, *names) for town, names in table.items()})


def _spellings(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {spelling: canonical for canonical, spellings in table.items() for spelling in spellings}


# Countries


@lru_cache(maxsize=_CACHED)
def plain_country(text: str) -> str:
    """Return the two letters of a country, whatever it is called: "DE", "deu", "Germany" and "Deutschland" are "de".

    So is "Germany (DE)". What is no country that we know of is returned without case and accents.
    """
    if says_nothing(text):
        return ""
    (words,) = fold([text])
    parts = words.split()
    found = _country_called(parts) or (_country_called_twice(parts) if len(parts) > 1 else None)
    return found or words.removeprefix("the ")


def _country_called(parts: Sequence[str]) -> str | None:
    called = tuple(parts[1:] if parts[:1] == ["the"] else parts)
    words = " ".join(called)
    named = vocabulary().same.get(words) or vocabulary().phrases.get(called) or words
    return _countries().get(words) or _countries().get(named)


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
    return _spellings(lists) | {code: code for code in lists} | {"uk": "gb"}


# Streets

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
        self.types: Mapping[str, str] = _spellings(table["types"])
        numbers = {word: str(number) for number, word in enumerate(table["numbers"], start=1)}
        self.same: Mapping[str, str] = _spellings(table["ordinals"]) | numbers
        self.directions = frozenset(table["directions"])
        self.beside = self.directions | frozenset(table["beside"])
        self.little = frozenset(table["little"])
        self.before_number = frozenset(table["before_number"])
        self.endings: Mapping[str, str] = _spellings(table["endings"])
        self.ending = re.compile(rf"(\w{{3,}}?)({'|'.join(self.endings)})")
        phrases = _spellings(table["phrases"])
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
    words = [known.same.get(word, word) for word in fold([text])[0].split()]
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
    plain = _UMLAUT.sub(r"\1", word)
    found = known.ending.fullmatch(plain)
    if found is None:
        return plain
    # "Berliner Str." and "Berlinerstr." are one; "Markt" and "Marktstr." are two.
    return found[1] if found[1].endswith("er") else found[1] + known.endings[found[2]]
