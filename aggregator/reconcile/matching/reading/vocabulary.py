"""The shipped words: legal forms of many countries, abbreviations, words that say little, places, number words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Final

import attrs

CORE: Final = 0
GENERIC: Final = 1
PLACE: Final = 2
STOP: Final = 3
NUMBER: Final = 4
LEGAL: Final = 5

LEGAL_MARK: Final = "\N{SECTION SIGN}"
"""Stands before a legal form, to tell it from a word."""

FAMILIES: Final = ("corporation", "company", "limited", "stock", "partnership", "cooperative", "association")


@attrs.frozen(slots=True, kw_only=True)
class LegalForm:
    """One legal form as bit masks: what it says ("Co., Ltd." says two), and the families of forms that translate it.

    Attributes:
        forms: What it says; nothing, of what stands beside forms and is none: "in liquidation", "a socio unico".
        families: The families that it is of.
        loose: Whether it is a form only at an end of a name.
        last: Whether it is one only behind a name: "Nilsson HB" has one and "HB Fuller" has none.
    """

    forms: int
    families: int
    loose: bool
    last: bool


@attrs.frozen(slots=True, kw_only=True)
class Vocabulary:
    """Every shipped word list, indexed for lookup by folded spelling.

    Attributes:
        same: The word that a spelling stands for.
        kinds: Class of each word that is not of the core.
        forms: The legal forms of one word.
        phrases: The word that several words stand for.
        kin: Number of the words that a word is one of which nearly stand for each other.
        short_for: The words that an abbreviation of several, as it is read, may stand for.
        compass: Words of a direction, of which one more is another place.
        behind_compass: Words before which a letter is a direction, as it is before any place: "N Carolina".
        surnames: Of which none is another misspelt more likely than not: "Hansen" and "Jensen".
        towns: Names of towns and counties beside the places: of two of them, none is the other misspelt or cut.
    """

    same: dict[str, str]
    kinds: dict[str, int]
    forms: dict[str, LegalForm]
    phrases: dict[tuple[str, ...], str]
    kin: dict[str, int]
    short_for: dict[str, tuple[str, ...]]
    compass: frozenset[str]
    behind_compass: frozenset[str]
    surnames: frozenset[str]
    towns: frozenset[str]


def load_list(name: str) -> dict[str, Any]:
    """Return a shipped list as its file has it."""
    text = resources.files("aggregator.reconcile.matching").joinpath("data", name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def by_spelling(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the word that each spelling stands for, of a table with the spellings of each word."""
    return {spelling: canonical for canonical, spellings in table.items() for spelling in spellings}


def _synonyms(words: dict[str, Any]) -> tuple[dict[str, str], dict[tuple[str, ...], str]]:
    same: dict[str, str] = {}
    phrases: dict[tuple[str, ...], str] = {}
    for table in (words["same"], words["place_same"], words["numbers"]):
        for canonical, spellings in table.items():
            for spelling in spellings:
                parts = tuple(spelling.split())
                if len(parts) > 1:
                    phrases[parts] = canonical
                # A lone letter is more often an initial than the article or the conjunction it could be.
                elif len(spelling) > 1:
                    same.setdefault(spelling, canonical)
    return same, phrases


def _legal(table: dict[str, Any]) -> tuple[dict[str, LegalForm], dict[tuple[str, ...], str]]:
    forms: dict[str, LegalForm] = {}
    phrases: dict[tuple[str, ...], str] = {}
    said = {part for canonical, entry in table["forms"].items() for part in entry.get("says", [canonical])}
    every = {canonical: 1 << bit for bit, canonical in enumerate(sorted(said))}
    for canonical, entry in sorted(table["forms"].items()):
        form = LegalForm(
            forms=sum(every[part] for part in entry.get("says", [canonical])),
            families=sum(1 << FAMILIES.index(family) for family in entry["family"].split()),
            loose=bool(entry.get("loose")),
            last=False,
        )
        forms[f"{LEGAL_MARK}{canonical}"] = attrs.evolve(form, loose=False)
        for spelling in entry["spellings"]:
            parts = tuple(spelling.split())
            if len(parts) > 1:
                phrases[parts] = f"{LEGAL_MARK}{canonical}"
            else:
                forms[spelling] = attrs.evolve(form, last=spelling in entry.get("last", ()))
    return forms, phrases


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary, read once."""
    words = load_list("words.json")
    same, phrases = _synonyms(words)
    forms, legal_phrases = _legal(load_list("legal_forms.json"))
    kinds = dict.fromkeys(words["place"], PLACE) | dict.fromkeys(words["generic"], GENERIC)
    kinds |= dict.fromkeys(words["stop"], STOP)
    kin = {
        word: number
        for number, (place, adjectives) in enumerate(words["kin"].items(), start=1)
        for word in (place, *adjectives)
    }
    return Vocabulary(
        same=same,
        kinds=kinds,
        forms=forms,
        phrases=phrases | legal_phrases,
        kin=kin,
        short_for={short: tuple(meant) for short, meant in words["short_for"].items()},
        compass=frozenset(words["compass"]),
        behind_compass=frozenset(words["behind_compass"]),
        surnames=frozenset(words["surnames"]),
        towns=frozenset(words["town"]),
    )


def is_legal_form(words: Sequence[str]) -> bool:
    """Whether folded words are one legal form: "gmbh", or "sp", "z" and "oo"."""
    shipped = vocabulary()
    return (shipped.phrases.get(tuple(words)) or " ".join(words)) in shipped.forms


def without_forms(words: Sequence[str]) -> list[str]:
    """Return folded words but for those that are legal forms by themselves; none at all if each is."""
    return [word for word in words if not is_legal_form([word])]


@attrs.frozen(slots=True, kw_only=True)
class Background:
    """What names in general are made of.

    Attributes:
        shares: How often a common word is met in a name, as a share of names; a word that is not listed is rare.
        known: Words that are spelt rightly: "Virology" is no misspelt "Biology".
    """

    shares: dict[str, float]
    known: frozenset[str]


@cache
def background() -> Background:
    """The shipped background, read once."""
    loaded = load_list("background.json")
    return Background(shares=loaded["shares"], known=frozenset(loaded["known"]))
