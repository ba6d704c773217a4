"""The headings by which the columns of a table are known; the words are in `words.json`, beside this."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from itertools import chain
from typing import Any, Final

from adapters.table.headings.numbered import numbered_headings, without_known
from adapters.table.headings.partners import RETAILERS
from aggregator.reconcile.folding import folded

_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def plain(heading: str) -> str:
    """A heading without case, accents and punctuation, "CompanyName" and "company_name" in two words."""
    return folded(_HUMP.sub(" ", heading))


def _plain(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(plain, words)))


_WORDS: Final[Mapping[str, Any]] = json.loads(
    resources.files("adapters.table.headings").joinpath("words.json").read_text(encoding="utf-8")
)

_LISTED: Final[Mapping[str, tuple[str, ...]]] = {
    field: _plain(chain.from_iterable(groups.values())) for field, groups in _WORDS["headings"].items()
}
_ELSEWHERE: Final = frozenset(
    chain(*_LISTED.values(), _plain(_WORDS["codes"]), *(_plain(words) for words in _WORDS["for_want"].values()))
)


def _with_numbered(words: Iterable[str], what: str) -> tuple[str, ...]:
    """These words, and behind them those of two words that say nothing else."""
    return (*words, *without_known(_plain(numbered_headings(_WORDS["numbered"], what)), _ELSEWHERE))


HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    field: _with_numbered(words, field) if field in {"id", "account_number"} else words
    for field, words in _LISTED.items()
}
"""What a column can hold, with the headings by which it is known, best first; without case, accents and punctuation."""

CODES: Final = _with_numbered(_plain(_WORDS["codes"]), "codes")
"""Headings of a column that tells rows apart only if no two of them hold the same there: else it may be any code.

Beside the name, "Vendor" is the vendor's number.
"""

COUNTING: Final = frozenset(_plain(_WORDS["counting"]))
"""Headings of ids that often count the rows alone, and say nothing of the partners."""

ROW_LABELS: Final = frozenset(_plain(_WORDS["row_labels"]))
"""Headings of the first column of a pivot, which holds names if its cells do."""

NAME_GOES_ON: Final = _plain(_WORDS["name_goes_on"])
"""Headings of columns that hold what of a long name did not fit, as SAP writes it: "Stadtwerke", "München GmbH"."""

HOUSE_NUMBERS: Final = _plain(_WORDS["house_numbers"])
"""Headings of a column beside the street that holds the number alone."""

PAID_AT: Final = _plain(_WORDS["remit"])
"""What stands before the parts of an address to which payments go."""

NO_IDS: Final = frozenset(_plain(_WORDS["no_ids"]))
"""Words of headings below which numbers tell partners apart by chance alone."""

# What lists call those that they are about; beside a name, it may be a kind or a place.
_KINDS: Final = tuple(f"{kind}{name}" for name in (" name", "") for kind in _WORDS["kinds"])

FOR_WANT: Final[Mapping[str, tuple[str, ...]]] = {
    field: (*((*_KINDS, *HEADINGS["aliases"]) if field == "name" else ()), *_plain(words))
    for field, words in _WORDS["for_want"].items()
}
"""Headings that hold a field where no other column does: brands, dealers, somebody's mobile, Italy's certified mail."""

PLACES: Final = frozenset(_plain(_WORDS["places"]))
"""Headings of a column that holds a town if its cells look like towns; else a branch, a country or a whole address."""

NO_TOWNS: Final = frozenset(_plain(_WORDS["no_towns"]))
"""Words that a branch, a street or a whole continent ends or begins with."""

NO_TOWNS_ALONE: Final = NO_TOWNS | frozenset(_plain(_WORDS["no_towns_alone"]))
"""Words that are no town where nothing else is said."""

_LAST: Final = {which: frozenset(_plain(words)) for which, words in _WORDS["last_resort"].items()}

NAME_WORDS: Final = _LAST["name"]
"""Words for a name, which a heading begins or ends with."""

NAMED_OTHERS: Final = _LAST["others"]
"""Who and what else than a partner has a name: a contact, a file, a city."""

LAST_KINDS: Final = _LAST["kinds"]
"""What lists call those that they are about, where nothing else is known to hold a name; else they are other things."""

LAST_NAMES: Final = _LAST["last_names"]
FIRST_NAMES: Final = _LAST["first_names"]
"""Headings of the two parts of a person's name."""

PAID_BY: Final = _LAST["paid_by"]
"""Words beside which a bank is where a partner has its money, and no partner."""

_AS_WRITTEN: Final = frozenset(_plain(_WORDS["as_written"]))
"""Words that are others in plain letters: a Czech "strana" is a page, "Yr" a year."""

_AMONG: Final = {which: frozenset(_plain(words)) for which, words in _WORDS["among"].items()}

_BUYERS: Final = RETAILERS | {f"{buyer} name" for buyer in RETAILERS} | {"buyer company"}
_OF_A_BUYER: Final[Mapping[str, tuple[str, ...]]] = {
    "email": ("email", "e mail", "mail", "email address", "e mail address"),
    "phone": ("phone", "phone number", "phone no", "telephone", "tel"),
    "website": ("website", "web site", "url", "domain"),
    "contact": ("contact", "contact name", "contact person"),
    "street": ("address", "street"),
    "city": ("city",),
    "region": ("state", "region"),
    "postal_code": ("zip", "zip code", "postal code", "postcode"),
    "country": ("country",),
}

IN_COMPANY: Final[Mapping[str, tuple[tuple[str, frozenset[str]], ...]]] = {
    "billing code": (("postal_code", frozenset({"billing city"})),),  # Zoho
    "st": (("region", _AMONG["american"]),),
    "by": (("city", _AMONG["danish"]),),
    "il": (("city", _AMONG["turkish"]),),
    "cep": (("phone", _AMONG["turkish"]), ("postal_code", frozenset())),
    "pan": (("tax_id", _AMONG["indian"]),),
    "pan it no": (("tax_id", _AMONG["indian"]),),
    "konto": (("account_number", frozenset({"name adressattyp unternehmen", "eu ustid"})),),  # DATEV
    "contact name": (("name", _AMONG["xero"]),),
    "cty": (("country", frozenset({"city"})),),  # SAP
    # Of a list of suppliers, it is one's own buyer's.
    **{f"buyer {word}": ((field, _BUYERS),) for field, words in _OF_A_BUYER.items() for word in words},
}
"""Headings of two meanings, with the field that each is among certain others, or else (none are named)."""


_WITH_SIGN: Final = re.compile(r"(?<=\w)\s*#\s*$|#\s*(?=\w)")


@lru_cache(maxsize=16_384)
def written(heading: str) -> str:
    """A heading in plain letters, by which it is known; empty if it is a word of another language in these.

    "Dealer #" is a dealer's number, and no dealer; "Phone #" is known without its sign, if not with a number.
    """
    word = plain(heading)
    if "#" in heading and (numbered := plain(_WITH_SIGN.sub(" number ", heading))) != word:
        named = word in HEADINGS["name"] or word in FOR_WANT["name"]
        known = any(numbered in words for words in HEADINGS.values())
        word = numbered if named or known else word
    return "" if word in _AS_WRITTEN and heading.isascii() else word
