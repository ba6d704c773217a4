"""The shipped words: legal forms of many countries, abbreviations, words that say little, places, number words."""

from __future__ import annotations

import json
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

FAMILIES: Final = ("corporation", "company", "limited", "stock", "partnership", "cooperative", "association")


@attrs.frozen(slots=True, kw_only=True)
class LegalForm:
    """One legal form: its place in the bit mask of a name, and the family of forms that translate it."""

    bit: int
    family: int
    loose: bool


@attrs.frozen(slots=True, kw_only=True)
class Vocabulary:
    """Every shipped word list, indexed for lookup by folded spelling."""

    same: dict[str, str]
    kinds: dict[str, int]
    forms: dict[str, LegalForm]
    phrases: dict[tuple[str, ...], str]


def _load(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


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
    for bit, (canonical, entry) in enumerate(sorted(table["forms"].items())):
        form = LegalForm(bit=bit, family=FAMILIES.index(entry["family"]), loose=bool(entry.get("loose")))
        forms[f"\N{SECTION SIGN}{canonical}"] = attrs.evolve(form, loose=False)
        for spelling in entry["spellings"]:
            parts = tuple(spelling.split())
            if len(parts) > 1:
                phrases[parts] = f"\N{SECTION SIGN}{canonical}"
            else:
                forms[spelling] = form
    return forms, phrases


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary, read once."""
    words = _load("words.json")
    same, phrases = _synonyms(words)
    forms, legal_phrases = _legal(_load("legal_forms.json"))
    kinds = dict.fromkeys(words["place"], PLACE) | dict.fromkeys(words["generic"], GENERIC)
    kinds |= dict.fromkeys(words["stop"], STOP)
    return Vocabulary(same=same, kinds=kinds, forms=forms, phrases=phrases | legal_phrases)


@cache
def background() -> dict[str, float]:
    """How often a common word is met in a name, as a share of names; a word that is not listed is rare."""
    shares: dict[str, float] = _load("background.json")["shares"]
    return shares
