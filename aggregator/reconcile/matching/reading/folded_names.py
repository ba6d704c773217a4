"""Names as words of plain letters: case, accents, scripts and punctuation taken away, and what letters stand for."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from anyascii import anyascii

from aggregator.reconcile.matching.reading.east_asian import part_words
from aggregator.reconcile.matching.reading.numerals import with_numerals_joined
from aggregator.reconcile.matching.reading.vocabulary import PLACE, STOP, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST: Final = 300
"""Characters of a name that are read; no business name is longer, hostile input is."""

# "S.p.A. a socio unico": the letters of one are dotted, with blanks between none of them, or before the first of them
# ("s. r.o."), or between all ("J. P. Morgan"), and one without its dot is the last ("S.p.A", "U. S. A").
_DOTTED = re.compile(
    r"(?<![a-z0-9])(?=(?:[a-z]\. ?){2})(?:[a-z]\. )*(?:[a-z]\.)*(?:(?<=\.)[a-z](?![a-z0-9])|(?<= )[a-z](?! ?[a-z0-9]))?"
)
_BETWEEN_DOTS = re.compile(r"\.\s?[a-z]\.")
"""Is in all that is dotted so, and quicker looked for."""
# "SiemensAG", "AcmeInc": a capital form after small letters is a form of its own. Looking back from its first capital
# lets the search jump from one such capital to the next.
_GLUED = re.compile(
    r"[ABCGIKLNOPS](?<=[a-z]{2}(?<!Ban)"
    r"(?=(?:AG|SE|SA|AB|BV|NV|KG|Oy|OY|AS|SL|LLC|LLP|PLC|GmbH|GMBH|Inc|INC|Ltd|LTD|Corp)\b).)"
)
# "TheVitaminShopper", and neither "Thermo" nor "THEOS".
_LEADING_ARTICLE: Final = re.compile(r"The(?<=\bThe)(?=[A-Z][a-z])")
# "ABERCROMBIE & FITCH CO /DE/", "PROGRESSIVE CORP/OH/", "CHUBB CORP /NEW": a register of securities says where a
# company was founded, or that it took the name of another.
_REGISTER_TAG = re.compile(r"/[A-Z]{2,3}/$|(?<= )/(?:NEW|DE|NV|NY|OH|PA|MA|NJ|TX|VA|WI|MN|FL|GA)$", re.MULTILINE)
# A zero among letters is an o that was scanned or mistyped ("Th0rnlow", "Audi0").
_ZERO = re.compile(r"0(?:(?<=[a-z]0)(?=[a-z])|(?<=\b0)(?=[a-z]{3})|(?<=[a-z]{3}0)\b)")
# "PG&E" and "AT and T" are initials, and no two words.
_AND_BEFORE_LAST: Final = re.compile(r"(?:&| and )(?=[A-Z](?![\w&]))")
_FIRST_INITIALS: Final = re.compile(r"(?<![\w&])[A-Z]{2,4}\Z")
# "UNIV N TEXAS", "S. Dakota": before a place, a letter that is nobody's initial is a direction.
_COMPASS_LETTER: Final = re.compile(r"[ \n]([nsew])\.? (?=([a-z]{3,}))")
_OF_INITIALS: Final = re.compile(r"[ \n](?:[a-z]\.?|and) ?$")
# "AMERICAN NB", "FIRST NB OF PANA", "NAVY FCU": registers of banks write what they are in letters.
_BANK_LETTERS: Final = re.compile(r" (?:nb|f?cu)(?= of | and |$)", re.MULTILINE)
_BANKS: Final = {" nb": " national bank", " cu": " credit union", " fcu": " federal credit union"}
# "FIRST ST BK", "OHIO ST UNIV", "Boise St. U": nobody has a saint or a street there, but for the streets listed.
_STATE: Final = re.compile(
    r"st(?<=[ \n]st)\.? (?=(?:bk|bank|univ|university|college|coll)(?![a-z0-9])|u\.?(?: |$))", re.MULTILINE
)
_STREETS: Final = re.compile(
    r"(?:\A|[ \n])(?:\d+(?:st|nd|rd|th)|bank|bay|broad|elm|front|high|main|market|oak|pine|wall|water) \Z"
)
_LONGEST_STREET: Final = 10
_LONE_U: Final = re.compile(r"u(?![a-z])")
# "Rock n Roll" is "Rock and Roll".
_SHORT_AND = re.compile(r" n (?<=[a-z]{3} n )(?=[a-z]{3})")
# Before "P/L" is "p l", which may be initials: it is an Australian form at the end of a name.
PROPRIETARY: Final = re.compile(r"(?<=[^\S\n])p/l\.?$", re.MULTILINE | re.IGNORECASE)
_PROPRIETARY: Final = re.compile(r"p/l(?<=[^\S\n]p/l)\.?$", re.MULTILINE)
"""The same in small letters, by which the search can jump from one to the next."""
# "M/s Sharma & Sons", in India, is "Messrs".
_MESSRS: Final = re.compile(r"^m/s\b\.?", re.MULTILINE)
_SPELLED_UMLAUT: Final = re.compile(r"(?<!q)([aou])e")
_JOINERS = "'`^~\""
_KEEP = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "\n")}


def fold_names(texts: Iterable[str]) -> list[str]:
    """Fold each text to lower-case ASCII words separated by single spaces."""
    return [" ".join(words) for words in words_of_names(list(texts))]


def words_of_names(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text, in lower-case ASCII; all texts are folded as one, for that is far quicker."""
    if not texts:
        return []
    joined = "\n".join(_plain_lines(texts))
    joined = _REGISTER_TAG.sub("", joined) if "/" in joined else joined
    joined = _AND_BEFORE_LAST.sub(_inside_initials, joined)
    joined = _LEADING_ARTICLE.sub(r"\g<0> ", joined)
    joined = with_numerals_joined(_GLUED.sub(r" \g<0>", joined).lower())
    joined = _PROPRIETARY.sub("pty ltd", joined)
    joined = _MESSRS.sub("", joined) if "m/s" in joined else joined
    joined = joined.replace("&amp;", " and ").replace("&", " and ").replace("+", " and ")
    # "Int'l" and "O'Reilly" are one word, "S.A." and "J.P. Morgan" carry one abbreviation.
    for joiner in _JOINERS:
        joined = joined.replace(joiner, "")
    joined = _COMPASS_LETTER.sub(_direction, f"\n{joined}")[1:]
    joined = _STATE.sub(_of_state, f"\n{joined}")[1:]
    joined = _BANK_LETTERS.sub(lambda found: _BANKS[found[0]], joined)
    joined = _SHORT_AND.sub(" and ", _ZERO.sub("o", joined))
    lines = [
        _DOTTED.sub(_undotted, line) if line.count(".") > 1 and _BETWEEN_DOTS.search(line) else line
        for line in joined.split("\n")
    ]
    return [line.split() for line in "\n".join(lines).translate(_KEEP).split("\n")]


def _inside_initials(found: re.Match[str]) -> str:
    """Nothing, if initials go before the sign; looked for from the sign, for letters are everywhere."""
    return "" if _FIRST_INITIALS.search(found.string, max(found.start() - 5, 0), found.start()) else found[0]


_DIRECTIONS: Final = {"n": "north", "s": "south", "e": "east", "w": "west"}


def _direction(found: re.Match[str]) -> str:
    """The direction that a letter stands for, if a place follows and no initial goes before."""
    start = found.start()
    before = found.string[max(start - 5, 0) : start]
    initials = found[0][0] == " " and _OF_INITIALS.search(before)
    return found[0] if initials or not _has_parts(found[2]) else f"{found[0][0]}{_DIRECTIONS[found[1]]} "


def _of_state(found: re.Match[str]) -> str:
    """State, unless the word before it is a street's, as in "Main St Bank", or nothing goes before a lone "U"."""
    start = found.start()
    street = _STREETS.search(found.string[max(start - _LONGEST_STREET, 0) : start])
    lone = found.string[start - 1] == "\n" and _LONE_U.match(found.string, found.end())
    return found[0] if street or lone else "state "


@cache
def _has_parts(word: str) -> bool:
    """Whether a word is a place that has a north and a south."""
    shipped = vocabulary()
    listed = shipped.same.get(word, word)
    place = shipped.kinds.get(listed) == PLACE and listed not in shipped.compass
    return place or listed in shipped.behind_compass


def _plain_lines(texts: Sequence[str]) -> list[str]:
    """Each text as one line of ASCII, with single spaces and no longer than is read."""
    if "".join(texts).isprintable() and len(max(texts, key=len)) <= LONGEST:  # no blanks but spaces, and no line ends
        lines = [" ".join(text.split()) if "  " in text else text.strip() for text in texts]
    else:
        lines = [" ".join(text[: 4 * LONGEST].split())[:LONGEST] for text in texts]
    return [line if line.isascii() else transliterate(line) for line in lines]


def _undotted(found: re.Match[str]) -> str:
    word = found[0].replace(".", "").replace(" ", "")
    return f" {' '.join(word) if _is_small(word) else word} "


_TITLES: Final = frozenset({"dr", "mt", "st"})


@cache
def _is_small(word: str) -> bool:
    """Whether a word is a small one or a title, so that with dots it is somebody's initials: "D.A. Brown"."""
    shipped = vocabulary()
    small = shipped.kinds.get(shipped.same.get(word, word)) == STOP or word in _TITLES
    return small and word not in shipped.forms


_SIGNS: Final = dict.fromkeys(map(ord, "\u2122\u2120\u00ae\u00a9"), " ")
"""Signs of a trade mark and the like, which would be read as the letters they are made of: "Acme\u2122" as "acmetm"."""


def folded_umlauts(words: str) -> str:
    """Return folded words, each umlaut that is spelled out as the letter that it is folded to: "koeln" is "koln"."""
    return _SPELLED_UMLAUT.sub(r"\1", words)


class _WithoutAccents(dict[int, str | None]):
    """What stands for each character in ASCII: nothing for accents that combine, and asked for once."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        self[code] = found = None if unicodedata.combining(letter) else anyascii(letter)
        return found


_WITHOUT_ACCENTS: Final = _WithoutAccents()


def transliterate(line: str) -> str:
    """Return a line in ASCII, gibberish mended and listed East Asian words set apart from the name."""
    line = _repair(line).translate(_SIGNS)
    composed = part_words(unicodedata.normalize("NFKC", line).casefold())
    decomposed = unicodedata.normalize("NFKD", composed)
    return " ".join(decomposed.translate(_WITHOUT_ACCENTS).split())[:LONGEST]


def _repair(line: str) -> str:
    """Undo UTF-8 that was once or twice read as Windows-1252: "Universit\u00c3\u00a9" was "Universit\u00e9"."""
    for _ in range(2):
        if "\u00c3" not in line and "\u00c2" not in line:
            break
        try:
            line = line.encode("cp1252").decode("utf-8")
        except UnicodeError:
            break
    return line
