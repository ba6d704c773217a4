"""When two ways of writing mean the same name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

from aggregator.reconcile.folding import folded
from aggregator.reconcile.matching.reading.folded_names import PROPRIETARY, transliterate
from aggregator.reconcile.matching.reading.romanised import in_one_way, in_two_scripts
from aggregator.reconcile.matching.reading.vocabulary import CORE, LEGAL, LEGAL_MARK, PLACE, STOP, vocabulary
from aggregator.reconcile.matching.suffixes import CHANNELS

_UMLAUT: Final = re.compile(r"([aou])e")
_LETTERS: Final = re.compile(r"(?<![A-Za-z0-9])[A-Za-z](?:[./][A-Za-z])+(?![A-Za-z0-9])")
_SPACED_LETTERS: Final = re.compile(r"(?<![a-z0-9])[a-z](?: [a-z](?![a-z0-9]))+")
_WITHIN_WORDS: Final = str.maketrans("", "", "'`^~\"\u2019\u02bc")
"""Marks that stand within a word: "Int'l" is one."""

_SHORT: Final = 2
"""Of a legal form that is written in pieces, one has no more letters: "S.\u00e0 r.l." is s, a and rl."""

_MOST_PIECES: Final = 6

_ARTICLE: Final = "the"

CHANNEL: Final = -1
"""The kind of a word that says what an account is for."""

_REGION: Final = frozenset({PLACE, STOP})
"""The kinds of words that make a region: "of the Americas"."""


@lru_cache(maxsize=1 << 16)
def plain_name(text: str) -> str:
    """Return a name without habits of writing: case, accents, umlauts spelled out, abbreviations, kinds of legal form.

    "Groessmann & Co. Limited" and "GROSSMANN AND COMPANY LTD" are one, and so are "G.M.B.H." and "GmbH".
    """
    return " ".join(written for written, _ in _read(text))


def name_everywhere(text: str) -> str:
    """Return a plain name without the region at its end and without channels: what all accounts of a house are called.

    "Acme Ltd. EU" and "ACME LIMITED - Dropship" are one; of "Boston Group" and "Houston Group", nothing is taken off.
    """
    return " ".join(written for written, _ in _of_all_accounts(text))


def accounts_of_one(one: str, other: str) -> bool:
    """Whether names are those of two accounts of a house: equal but for a region or a channel.

    Who writes a region or a channel may leave the legal form out: "Acme (Dropship)" may be an account of "Acme Ltd".
    """
    mine, theirs = name_everywhere(one), name_everywhere(other)
    if mine == theirs:
        return bool(mine)
    if (mine, theirs) == (plain_name(one), plain_name(other)) or name_in_letters(one) != name_in_letters(other):
        return False
    return not all(any(kind == LEGAL for _, kind in _of_all_accounts(name)) for name in (one, other))


def name_in_letters(text: str) -> str:
    """Return a name as a web domain has it: in one word, without its legal form, the region at its end and channels."""
    return "".join(written for written, kind in _of_all_accounts(text) if kind != LEGAL)


def name_without_form(text: str) -> str:
    """Return a name as `plain_name` does, without its legal form: in another country a business has another."""
    return " ".join(written for written, kind in _read(text) if kind != LEGAL)


@lru_cache(maxsize=1 << 10)
def _of_all_accounts(text: str) -> Sequence[tuple[str, int]]:
    words = list(_read(text))
    kept = [word for word in words if word[1] != CHANNEL]
    forms = [word for word in kept if word[1] == LEGAL]
    named = [word for word in kept if word[1] != LEGAL]
    while named and named[-1][1] in _REGION:
        named.pop()
    return [*named, *forms] if any(kind == CORE for _, kind in named) else words


def _read(text: str) -> Iterator[tuple[str, int]]:
    """Yield each word of a name without habits of writing, and what kind of word it is."""
    return ((usual, kind) for _, usual, kind in worded(text))


@lru_cache(maxsize=1 << 10)
def worded(text: str) -> Sequence[tuple[str, str, int]]:
    """Return each word of a name as it is written but for umlauts, as it usually is, and its kind; "and" is none."""
    return list(_worded(text))


def _worded(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield each word of a name as it is written but for umlauts, then as it usually is, and its kind."""
    words = vocabulary()
    joined = _joined(_undotted(text.replace("&", " and ")))
    for place, word in enumerate(joined):
        same = words.same.get(word, word)
        form = words.forms.get(same) or words.forms.get(word)
        if form is not None and (not form.last or 0 < place == len(joined) - 1):
            yield f"form{form.forms}", f"form{form.forms}", LEGAL
        elif same != "and":
            kind = CHANNEL if same in CHANNELS else words.kinds.get(same, CORE)
            yield _UMLAUT.sub(r"\1", word), _UMLAUT.sub(r"\1", same), kind


def _undotted(text: str) -> list[str]:
    """Return the folded words of a name, in which "S.p.A.", "A/S" and "J P Morgan" have become "spa", "as" and "jp"."""
    plain = (text if text.isascii() else transliterate(text)).translate(_WITHIN_WORDS)
    if "." in plain or "/" in plain:
        plain = PROPRIETARY.sub("Pty Ltd", plain)
        plain = _LETTERS.sub(lambda found: re.sub(r"[./]", "", found[0]), plain)
    words = folded(plain)
    if _SPACED_LETTERS.search(words):
        words = _SPACED_LETTERS.sub(lambda found: found[0].replace(" ", ""), words)
    return words.split()


def _joined(words: list[str]) -> list[str]:
    """Return the words, with those that make a form together, such as "private limited", in its usual ones."""
    same, phrases = vocabulary().same, _phrases()
    usual = [same.get(word, word) for word in words]
    short = len(words) > 1 and (min(map(len, words)) <= _SHORT or words[-1] in _pieces())
    if not short and phrases.keys().isdisjoint(usual):
        return words
    joined: list[str] = []
    at = 0
    while at < len(words):
        known = phrases.get(usual[at], ())
        parts, instead = next((one for one in known if usual[at : at + len(one[0])] == one[0]), ([], ()))
        if not parts and short:
            parts, instead = _form_in_pieces(words, at)
        joined += instead or (words[at],)
        at += max(1, len(parts))
    return joined


def _form_in_pieces(words: list[str], at: int) -> tuple[list[str], tuple[str, ...]]:
    """Return the words that make a legal form there, written in other pieces than usual, and how it usually is.

    So are "sa rl" of "S.\u00e0 r.l.", "spol s ro" of "spol. s r.o.", and "FZLLC"; "UG" alone says what the whole form
    does.
    """
    pieces, forms = _pieces(), vocabulary().forms
    for end in range(min(len(words), at + _MOST_PIECES), at + 1, -1):
        parts = words[at:end]
        joined = "".join(parts)
        if joined in pieces and min(map(len, parts)) <= _SHORT:
            return parts, (pieces[joined],)
        if end == len(words) and max(map(len, parts)) <= _SHORT < len(joined) and joined in forms:
            return parts, (joined,)
    last = words[at]
    if 0 < at == len(words) - 1 and last in pieces and last not in forms and last not in vocabulary().same:
        return [last], (pieces[last],)
    return [], ()


@cache
def _pieces() -> Mapping[str, str]:
    """Return the form of every phrase that is one, by its letters in one piece, and by its name where it begins so."""
    found: dict[str, str] = {}
    for phrase, canonical in sorted(vocabulary().phrases.items()):
        if canonical in vocabulary().forms:
            found["".join(phrase)] = canonical
            if phrase[0] == canonical.lstrip(LEGAL_MARK):
                found[phrase[0]] = canonical
    return found


@cache
def _phrases() -> Mapping[str, Sequence[tuple[list[str], tuple[str, ...]]]]:
    """Return phrases by their first word, the longest first, each with what is written instead."""
    words = vocabulary()
    found: dict[str, list[tuple[list[str], tuple[str, ...]]]] = defaultdict(list)
    for phrase, canonical in sorted(words.phrases.items(), key=lambda one: (-len(one[0]), one)):
        parts = [words.same.get(part, part) for part in phrase]
        # "Private Limited" is spelled out, so that it says more than "Limited" and does not contradict it.
        forms = tuple(canonical.lstrip(LEGAL_MARK).split())
        spelled_out = len(forms) > 1 and all(words.same.get(one, one) in words.forms for one in forms)
        found[parts[0]].append((parts, forms if spelled_out else (canonical,)))
    return found


def names_agree(one: str, other: str) -> bool:
    """Whether two names do not contradict: equal however their words are joined, or one only says more.

    Where one of them is Greek or Cyrillic, the other may be in any of the ways to write that in Latin letters.
    """
    mine, theirs = _substance(one), _substance(other)
    if _words_agree(mine, theirs):
        return True
    return in_two_scripts(one, other) and _words_agree(_romanised(mine), _romanised(theirs))


def _words_agree(mine: Sequence[tuple[str, str]], theirs: Sequence[tuple[str, str]]) -> bool:
    if any("".join(word[way] for word in mine) == "".join(word[way] for word in theirs) for way in (0, 1)):
        return True
    # "Auto" is "Automotive", so that "AutoZone" has to be looked for in the words as they are written.
    said = {usual for _, usual in _joined_as_in(theirs, mine)}, {usual for _, usual in _joined_as_in(mine, theirs)}
    return said[0] <= said[1] or said[1] <= said[0]


@lru_cache(maxsize=1 << 10)
def _substance(name: str) -> Sequence[tuple[str, str]]:
    """Return each word of a name as it is written and as it usually is, without the article and zeros in front."""
    words = [(_unpadded(written), _unpadded(usual)) for written, usual, _ in worded(name)]
    return [word for word in words if word[1] != _ARTICLE] or words


def _unpadded(word: str) -> str:
    """A branch is called 0124 by who fills up its number, and 124 by others."""
    return word.lstrip("0") or "0" if word.isdecimal() else word


def _romanised(words: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return words in one of the ways to write another script in Latin letters."""
    return [(in_one_way(written), in_one_way(usual)) for written, usual in words]


def _joined_as_in(other: Sequence[tuple[str, str]], words: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the words, with those as one that the other name writes as one."""
    known = dict(other)
    joined: list[tuple[str, str]] = []
    at = 0
    while at < len(words):
        spans = (
            "".join(word for word, _ in words[at:end]) for end in range(at + 2, min(len(words), at + _MOST_PIECES) + 1)
        )
        pieces, span = next(((size, one) for size, one in enumerate(spans, start=2) if one in known), (1, ""))
        joined.append((span, known[span]) if span else words[at])
        at += pieces
    return joined
