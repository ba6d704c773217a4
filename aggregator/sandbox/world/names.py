"""How businesses are named: a surname and a trade, a coined word, a town, initials."""

from collections.abc import Callable
from random import Random

from aggregator.sandbox.world.vocabulary import Draw, Vocabulary


def coined(rng: Random, words: Vocabulary) -> str:
    """A made-up word such as "Veltona", as young brands have."""
    syllables = "".join(rng.choice(words.onsets) + rng.choice(words.vowels) for _ in range(rng.choice((1, 2, 2))))
    return (syllables + rng.choice((rng.choice(words.codas), rng.choice(words.endings)))).capitalize()


def initials(rng: Random) -> str:
    """Two or three capital letters, with or without stops or an ampersand."""
    letters = [rng.choice("ABCDEFGHJKLMNPRSTVW") for _ in range(rng.choice((2, 3, 3)))]
    return rng.choice(("", "", ".", "&")).join(letters)


def _surname_trade(rng: Random, words: Vocabulary, town: str) -> list[str]:
    del town
    return [words.surnames.one(rng), *_trade(rng, words)]


def _coined_trade(rng: Random, words: Vocabulary, town: str) -> list[str]:
    del town
    return [coined(rng, words), *_trade(rng, words)]


def _coined(rng: Random, words: Vocabulary, town: str) -> list[str]:
    del town
    return [coined(rng, words)]


def _image(rng: Random, words: Vocabulary, town: str) -> list[str]:
    del town
    first = words.adjectives.one(rng) if rng.random() < 0.5 else words.nouns.one(rng)
    return [first, words.nouns.one(rng), *(_trade(rng, words) if rng.random() < 0.6 else [])]


def _described(rng: Random, words: Vocabulary, town: str) -> list[str]:
    first = town if rng.random() < 0.4 else words.adjectives.one(rng)
    return [*first.split(), words.second_trades.one(rng), *_trade(rng, words)[-1:]]


def _partners(rng: Random, words: Vocabulary, town: str) -> list[str]:
    del town
    second = rng.choice((words.surnames.one(rng), words.surnames.one(rng), "Sons", "Co", "Brothers"))
    tail = _trade(rng, words) if rng.random() < 0.3 else []
    return [words.surnames.one(rng), "&", second, *tail]


def _person(rng: Random, words: Vocabulary, town: str) -> list[str]:
    del town
    tail = _trade(rng, words) if rng.random() < 0.5 else []
    return [words.first_names.one(rng), words.surnames.one(rng), *tail]


def _initials_trade(rng: Random, words: Vocabulary, town: str) -> list[str]:
    del town
    return [initials(rng), *_trade(rng, words)]


def _trade(rng: Random, words: Vocabulary) -> list[str]:
    trade = words.trades.one(rng)
    if rng.random() < 0.22:
        return [words.second_trades.one(rng), trade]
    return [trade, words.generic.one(rng)] if rng.random() < 0.14 else [trade]


_SHAPES: tuple[tuple[Callable[[Random, Vocabulary, str], list[str]], float], ...] = (
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


def core_name(rng: Random, words: Vocabulary, town: str) -> str:
    """A business name without its legal form."""
    pattern, _ = _SHAPES[int(_PATTERNS.one(rng))]
    return " ".join(pattern(rng, words, town))
