"""Two lists made from one list of real names: spelling habits that must cost nothing, look-alikes that must not match.

Labelled lists hold few of the rarer traps (a numbered series, a sister in another country, a brand one letter away); a
model that has not met them trusts such pairs too much.
"""

from __future__ import annotations

import zlib
from random import Random
from typing import TYPE_CHECKING, Final

from aggregator.reconcile.matching.profile import Profile
from tools.matcher_tasks import Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_FORMS: Final = (
    "Inc.",
    "Inc",
    "Incorporated",
    "Ltd",
    "Ltd.",
    "Limited",
    "LLC",
    "L.L.C.",
    "GmbH",
    "S.A.",
    "Corp.",
    "Co.",
)
_GENERIC: Final = ("Group", "Holdings", "Services", "International", "Solutions", "Foods", "Trading", "Systems")
_PLACES: Final = (
    "UK",
    "Germany",
    "France",
    "Canada",
    "Mexico",
    "India",
    "China",
    "Japan",
    "Europe",
    "Asia",
    "USA",
    "Chile",
)
_NUMBERS: Final = (
    ("One", "I", "1"), ("II", "2", "Two"), ("III", "3"), ("IV", "4"), ("V", "5"), ("VI", "6"), ("2019",), ("2020",),
    ("2021",),
)  # fmt: skip
_SHORT: Final = (
    ("Manufacturing", "Mfg"), ("International", "Intl"), ("Services", "Svcs"), ("University", "Univ"),
    ("Company", "Co"),
    ("Technologies", "Tech"), ("Brothers", "Bros"), ("Association", "Assoc"), ("Institute", "Inst"), (" and ", " & "),
    ("Management", "Mgmt"), ("Group", "Grp"), ("Engineering", "Eng"), ("Laboratories", "Labs"), ("National", "Natl"),
)  # fmt: skip


def corrupted(names: Sequence[str], *, seed: int = 3) -> Task:
    """A task of names alone: of each name a variant on the other side, a look-alike, or nothing.

    Args:
        names: real names, no two of one business.
        seed: which task.
    """
    random = Random(seed)
    sides: dict[int, tuple[str, str]] = {}
    same: set[int] = set()
    for number, name in enumerate(names):
        roll = random.random()
        if roll < 0.45:
            same.add(number)
            sides[number] = random.choice((name, varied(name, random))), varied(name, random)
        elif roll < 0.65:
            (trap,) = random.choices([*_TRAPS], [*_TRAPS.values()])
            sides[number] = trap(name, random)
        else:
            sides[number] = (name, "") if random.random() < 0.5 else ("", name)
    return _made("corrupted", sides, same)


def look_alikes(names: Sequence[str], *, seed: int = 4) -> Task:
    """A task of names alone: of each name a slip of the pen, or a look-alike that passes for one.

    Args:
        names: real names, no two of one business.
        seed: which task.
    """
    random = Random(seed)
    sides: dict[int, tuple[str, str]] = {}
    same: set[int] = set()
    for number, name in enumerate(names):
        first = name.split(maxsplit=1)[0]
        if not (first.isalpha() and len(first) >= _FEWEST_LETTERS):
            continue
        roll = random.random()
        if roll < 0.4:
            same.add(number)
        look = _slip if roll < 0.4 else _kindred if roll < 0.8 else _first_of_series
        pair = [name, look(name, random)]
        random.shuffle(pair)
        sides[number] = pair[0], pair[1]
    return _made("look-alikes", sides, same)


def _made(name: str, sides: Mapping[int, tuple[str, str]], same: Iterable[int]) -> Task:
    """A task of numbered pairs of names, either of which may be empty."""
    return Task(
        name=name,
        profiles=tuple(
            Profile(key=f"{side}:{number}", source=side, name=text)
            for number, pair in sides.items()
            for side, text in zip("ab", pair, strict=True)
            if text
        ),
        truth=frozenset((f"a:{number}", f"b:{number}") for number in same),
    )


def _slip(name: str, random: Random) -> str:
    """A first word that is mistyped or in the plural, or a name that is cut short."""
    first, *rest = name.split()
    typed = " ".join([_typed(first, random), *rest])
    return random.choice((typed, typed, " ".join([f"{first}s", *rest]), name[: -random.randrange(1, 4)]))


def _kindred(name: str, random: Random) -> str:
    first, *rest = name.split()
    return " ".join([f"{first.rstrip('aeiou')}{random.choice(_KINDRED)}", *rest])


def _first_of_series(name: str, random: Random) -> str:
    return f"{name} {random.choice(random.choice(_NUMBERS))}"


def varied(name: str, random: Random) -> str:
    for share, habit in _HABITS:
        if random.random() < share:
            name = habit(name, random)
    return name


def _form(name: str, random: Random) -> str:
    words = name.split()
    bare = words[:-1] if len(words) > 1 and words[-1] in _FORMS else words
    return " ".join(bare) if random.random() < 0.4 else " ".join([*bare, random.choice(_FORMS)])


def _case(name: str, random: Random) -> str:
    return random.choice((name.upper(), name.lower(), name.replace(".", "").replace(",", ""), name.replace("-", " ")))


def _shortened(name: str, _random: Random) -> str:
    for long, short in _SHORT:
        name = name.replace(long, short)
    return name


def _typed(name: str, random: Random) -> str:
    words = name.split()
    longest = max(range(len(words)), key=lambda place: len(words[place]), default=0)
    if not words or len(words[longest]) < 5:
        return name
    word = words[longest]
    at = random.randrange(1, len(word) - 1)
    spoilt = random.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + random.choice("aeiourstln") + word[at + 1 :],
        )
    )
    return " ".join([*words[:longest], spoilt, *words[longest + 1 :]])


def _turned(name: str, random: Random) -> str:
    words = name.split()
    return f"{words[-1]}, {' '.join(words[:-1])}" if len(words) in {2, 3} and random.random() < 0.5 else f"The {name}"


def _widened(name: str, random: Random) -> str:
    words = name.split()
    if len(words) > 2 and words[-1] in _GENERIC:
        return " ".join(words[:-1])
    return f"{name} {random.choice(_GENERIC)}"


def _joined(name: str, _random: Random) -> str:
    words = name.split()
    return " ".join([words[0] + words[1].lower(), *words[2:]]) if len(words) > 1 else name


_HABITS: Final[Sequence[tuple[float, Callable[[str, Random], str]]]] = (
    (0.08, _shortened), (0.05, _turned), (0.06, _widened), (0.04, _joined), (0.08, _typed), (0.35, _form),
    (0.30, _case),
)  # fmt: skip


_FIRST: Final = 8
"""Of so many pairs of one series one is of the first, which has no number yet."""


def _series(name: str, random: Random) -> tuple[str, str]:
    one, other = map(random.choice, random.sample(_NUMBERS, 2))
    kind = random.choice(("", " Fund", " Partners", " Trust", " Plant"))
    first = f"{name}{kind}" if zlib.crc32(name.encode()) % _FIRST == 0 else f"{name}{kind} {one}"
    return first, varied(f"{name}{kind} {other}", random)


def _sisters(name: str, random: Random) -> tuple[str, str]:
    one, other = random.sample(_PLACES, 2)
    return f"{name} {one}", varied(random.choice((f"{name} {other}", f"{name} ({other})")), random)


def _branches(name: str, random: Random) -> tuple[str, str]:
    one, other = random.sample(_GENERIC, 2)
    return f"{name} {one}", varied(f"{name} {other}", random)


def _wider(name: str, random: Random) -> tuple[str, str]:
    """A word more: as often a sister as another spelling ("Acme Foods" and "Acme Foods Services")."""
    return name, _form(f"{name} {random.choice(_GENERIC)}", random)


def _initials(name: str, random: Random) -> tuple[str, str]:
    one, other = random.sample("ABCDEFGHKLMNPRSTW", 2)
    rest = " ".join(name.split()[1:]) or random.choice(_GENERIC)
    return f"{one} {rest}", f"{other} {rest}"


def _neighbours(name: str, random: Random) -> tuple[str, str]:
    brand = name.split(maxsplit=1)[0][:5]
    at = random.randrange(len(brand))
    other = brand[:at] + random.choice("bcdfgklmnprstvz") + brand[at + 1 :]
    tail = random.choice((*_GENERIC, ""))
    return f"{brand} {tail}".strip(), f"{other} {tail}".strip()


def _namesakes(name: str, random: Random) -> tuple[str, str]:
    rest = " ".join(name.split()[1:]) or random.choice(_GENERIC)
    one, other = random.sample(_SURNAMES, 2)
    return f"{one} {rest}", f"{other} {rest}"


_FEWEST_LETTERS: Final = 5
"""Of a word that may be a surname."""

_KINDRED: Final = (
    "i", "er", "ini", "etti", "elli", "one", "ov", "ova", "ski", "son", "sen", "mann", "el", "en", "a", "o", "ie",
    "ard", "ez", "es",
)  # fmt: skip
"""What surnames are made of others with: Rossi and Rossini, Stein and Steiner, Hart and Hartmann."""

_SURNAMES: Final = (
    "Berg",
    "Carter",
    "Dubois",
    "Evans",
    "Fischer",
    "Garcia",
    "Hughes",
    "Ito",
    "Jensen",
    "Kowalski",
    "Larsen",
)
_TRAPS: Final[Mapping[Callable[[str, Random], tuple[str, str]], float]] = {
    _series: 1, _sisters: 1, _branches: 1, _wider: 0.5, _initials: 1, _neighbours: 1, _namesakes: 1,
}  # fmt: skip
"""The look-alikes, each with how often it is taken beside the others."""
