"""The word lists of `vocabulary.toml`, ready to draw from."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from random import Random
from typing import Any, cast

from attrs import frozen


@frozen
class Draw:
    """Words with the weight of each; `one(rng)` draws one."""

    words: tuple[str, ...]
    cumulative: tuple[float, ...]

    @classmethod
    def zipf(cls, words: Sequence[str], exponent: float = 0.65) -> "Draw":
        """Words in order of frequency: the n-th has a weight of 1/n to the power of the exponent."""
        return cls.weighted({word: (rank + 1) ** -exponent for rank, word in enumerate(dict.fromkeys(words))})

    @classmethod
    def weighted(cls, weights: Mapping[str, float]) -> "Draw":
        """Words with weights of their own."""
        return cls(tuple(weights), tuple(accumulate(weights.values())))

    def one(self, rng: Random) -> str:
        """One word."""
        return rng.choices(self.words, cum_weights=self.cumulative)[0]


@frozen
class Vocabulary:
    """Everything that names are made of."""

    trades: Draw
    second_trades: Draw
    generic: Draw
    adjectives: Draw
    nouns: Draw
    surnames: Draw
    foreign_surnames: Draw
    surname_heads: Draw
    surname_tails: Draw
    first_names: Draw
    countries: Draw
    towns: Mapping[str, Draw]
    forms: Mapping[str, Draw]
    form_spellings: Mapping[str, Sequence[str]]
    abbreviations: Mapping[str, str]
    cyrillic: Mapping[str, str]
    calling_codes: Mapping[str, str]
    phones: Mapping[str, tuple[tuple[str, ...], int]]
    domains: Mapping[str, str]
    streets: Mapping[str, Sequence[str]]
    job_titles: Sequence[str]
    onsets: Sequence[str]
    vowels: Sequence[str]
    codas: Sequence[str]
    endings: Sequence[str]
    free_mail: Draw
    agencies: Draw
    regions: Draw
    call_centres: Sequence[str]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    raw = tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8"))
    words, shared = raw["words"], raw["shared"]
    drawn = {name: Draw.zipf(words[name].split()) for name in _DRAWN}
    letters = {name: tuple(words[name].split()) for name in _LETTERS}
    return Vocabulary(
        **cast("Any", drawn | letters),
        countries=Draw.weighted(raw["weights"]),
        towns={country: Draw.zipf(towns.split("|"), 0.6) for country, towns in raw["places"].items()},
        forms={country: Draw.weighted(forms) for country, forms in raw["forms"].items()},
        form_spellings=raw["form_spellings"],
        abbreviations=raw["abbreviations"],
        cyrillic=raw["cyrillic"],
        calling_codes=raw["calling_codes"],
        phones={country: (tuple(plan["areas"].split()), plan["digits"]) for country, plan in raw["phones"].items()},
        domains=raw["domains"],
        streets={country: tuple(streets.split("|")) for country, streets in raw["streets"].items()},
        job_titles=tuple(words["job_titles"].split("|")),
        free_mail=Draw.zipf(shared["free_mail"].split()),
        agencies=Draw.zipf(shared["agencies"].split()),
        regions=Draw.zipf(shared["regions"].split("|"), 0.4),
        call_centres=tuple(shared["call_centres"].split()),
    )


_LETTERS = ("onsets", "vowels", "codas", "endings")
_DRAWN = (
    "trades",
    "second_trades",
    "generic",
    "adjectives",
    "nouns",
    "surnames",
    "foreign_surnames",
    "surname_heads",
    "surname_tails",
    "first_names",
)
