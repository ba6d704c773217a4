"""How businesses are named: a surname and a trade, a coined word, a town, initials."""

from collections.abc import Callable
from random import Random

from attrs import frozen

from aggregator.sandbox.world.vocabulary import Draw, Vocabulary

_ENGLISH = frozenset({"US", "GB", "CA", "AU"})


@frozen(kw_only=True)
class Place:
    """Where a business is named: names follow the language of the country."""

    country: str
    town: str


def surname(rng: Random, words: Vocabulary, country: str) -> str:
    """A family name that is likely in a country."""
    if rng.random() < (0.15 if country in _ENGLISH else 0.8):
        return words.foreign_surnames.one(rng)
    if rng.random() < 0.4:
        return words.surname_heads.one(rng) + words.surname_tails.one(rng)
    return words.surnames.one(rng)


def coined(rng: Random, words: Vocabulary) -> str:
    """A made-up word such as "Veltona", as young brands have."""
    syllables = "".join(rng.choice(words.onsets) + rng.choice(words.vowels) for _ in range(rng.choice((1, 2, 2))))
    return (syllables + rng.choice((rng.choice(words.codas), rng.choice(words.endings)))).capitalize()


def initials(rng: Random) -> str:
    """Two or three capital letters, with or without stops or an ampersand."""
    letters = [rng.choice("ABCDEFGHJKLMNPRSTVW") for _ in range(rng.choice((2, 3, 3)))]
    return rng.choice(("", "", ".", "&")).join(letters)


def _surname_trade(rng: Random, words: Vocabulary, place: Place) -> list[str]:
    return [surname(rng, words, place.country), *_trade(rng, words)]


def _coined_trade(rng: Random, words: Vocabulary, _place: Place) -> list[str]:
    return [coined(rng, words), *_trade(rng, words)]


def _coined(rng: Random, words: Vocabulary, _place: Place) -> list[str]:
    return [coined(rng, words)]


def _image(rng: Random, words: Vocabulary, _place: Place) -> list[str]:
    first = words.adjectives.one(rng) if rng.random() < 0.5 else words.nouns.one(rng)
    return [first, words.nouns.one(rng), *(_trade(rng, words) if rng.random() < 0.6 else [])]


def _described(rng: Random, words: Vocabulary, place: Place) -> list[str]:
    first = place.town if rng.random() < 0.4 else words.adjectives.one(rng)
    return [*first.split(), words.second_trades.one(rng), *_trade(rng, words)[-1:]]


def _partners(rng: Random, words: Vocabulary, place: Place) -> list[str]:
    second = surname(rng, words, place.country) if rng.random() < 0.4 else rng.choice(("Sons", "Co", "Brothers"))
    tail = _trade(rng, words) if rng.random() < 0.3 else []
    return [surname(rng, words, place.country), "&", second, *tail]


def _person(rng: Random, words: Vocabulary, place: Place) -> list[str]:
    tail = _trade(rng, words) if rng.random() < 0.5 else []
    return [words.first_names.one(rng), surname(rng, words, place.country), *tail]


def _initials_trade(rng: Random, words: Vocabulary, _place: Place) -> list[str]:
    return [initials(rng), *_trade(rng, words)]


def _trade(rng: Random, words: Vocabulary) -> list[str]:
    trade = words.trades.one(rng)
    if rng.random() < 0.22:
        return [words.second_trades.one(rng), trade]
    return [trade, words.generic.one(rng)] if rng.random() < 0.14 else [trade]


_SHAPES: tuple[tuple[Callable[[Random, Vocabulary, Place], list[str]], float], ...] = (
    (_surname_trade, 24),
    (_coined_trade, 24),
    (_coined, 13),
    (_image, 14),
    (_described, 8),
    (_partners, 8),
    (_person, 4),
    (_initials_trade, 5),
)
_PATTERNS = Draw.weighted({str(index): weight for index, (_, weight) in enumerate(_SHAPES)})


def core_name(rng: Random, words: Vocabulary, place: Place) -> str:
    """A business name without its legal form."""
    pattern, _ = _SHAPES[int(_PATTERNS.one(rng))]
    return " ".join(pattern(rng, words, place))
