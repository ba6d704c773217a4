"""Which column of a table holds what: given by the user, or guessed from its heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Final, NamedTuple

from adapters.table.headings.loosely import loosened
from adapters.table.headings.paid_at import with_paid_at
from adapters.table.headings.words import (
    CODES,
    FOR_WANT,
    HEADINGS,
    HOUSE_NUMBERS,
    IN_COMPANY,
    NAME_GOES_ON,
    plain,
    written,
)
from aggregator.errors import ConfigurationError
from aggregator.spelling import did_you_mean

_KNOWN: Final = frozenset(word for words in HEADINGS.values() for word in words)
_NAMES: Final = frozenset((*HEADINGS["name"], *FOR_WANT["name"]))

_NAME_BEGINS: Final = ("name", "name 1", "name1")

_OF_ONE: Final = " What holds for one of several tables is written TABLE:name=HEADING."

_LONGEST: Final = 60
"""So much of a heading is shown."""


def choose_columns(headings: Sequence[str], given: Mapping[str, str], where: str) -> dict[str, int]:
    """Return the number of the column that holds each field, as given, and guessed for fields that were not.

    Args:
        headings: The first row of the table.
        given: Field and heading; they are never guessed otherwise.
        where: The table's name, for messages.

    Raises:
        ConfigurationError: A field or heading that was given is not known.
    """
    known = [plain(heading) for heading in headings]
    chosen: dict[str, int] = {}
    for field, heading in given.items():
        option = f"which --column {field}={heading} names"
        _require(field, HEADINGS, f"{where}: a table has no field {field!r}, {option}")
        if plain(heading) not in known:
            _require(heading, headings, f"{where} has no column {heading!r}, {option}", _OF_ONE)
        chosen[field] = known.index(plain(heading))
    return _guessed(headings, chosen)


def no_name(headings: Sequence[str], where: str, likely: Sequence[str], advice: str) -> ConfigurationError:
    """Return the error for a table of which no column holds names.

    Args:
        headings: Its headings.
        where: Its name.
        likely: The headings of columns that may hold them, best first.
        advice: What else to try.
    """
    shown = ", ".join(map(shortened, headings[:20])) or "none"
    meant = f"; {' or '.join(map(shortened, likely))} may hold names" if likely else ""
    return ConfigurationError(
        f"{where} has no column that looks like a partner's name; its columns are {shown}{meant}.",
        hint="Its first row must be headings, one of them 'name'; or say which it is: "
        f"--column name={repr(likely[0]) if likely else 'HEADING'}{advice}.",
    )


def _guessed(headings: Sequence[str], given: Mapping[str, int]) -> dict[str, int]:
    """Return the columns that were given and those that are known: first by headings as they are written."""
    chosen = dict(given)
    spellings = (list(map(written, headings)), list(map(loosened, headings)))
    firsts = [*map(_firsts, spellings)]
    for place, field in _in_company(spellings[0]):
        if field == "name" and place not in given.values():  # Xero's contacts are businesses; few have a legal name
            chosen.setdefault(field, place)
    for known in firsts:
        for field, words in HEADINGS.items():
            at = _known_by(words, known, chosen)
            if field not in chosen and at is not None:
                chosen[field] = at
    for at, field in _in_company(spellings[0]):
        if field not in chosen and at not in given.values():
            chosen = _moved(chosen, field, at)
    for known, (field, words) in product(firsts, FOR_WANT.items()):
        if field not in chosen and (at := _known_by(words, known, {})) is not None:
            chosen = _moved(chosen, field, at)
    chosen = with_paid_at(chosen, headings)
    return {field: chosen[field] for field in (*given, *HEADINGS) if field in chosen}


def told_apart(headings: Sequence[str]) -> list[str]:
    """Return the headings without repetition, those that say nothing by their place."""
    seen: Counter[str] = Counter()
    told = []
    for at, heading in enumerate(headings):
        name = heading or f"column {at + 1}"
        seen[name] += 1
        told.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return told


def shortened(heading: str) -> str:
    """Return a heading in quotes, cut where it is so long that it is hardly one."""
    return repr(heading if len(heading) <= _LONGEST else f"{heading[: _LONGEST - 1]}…")


class Identifying(NamedTuple):
    """Numbers of columns that may hold ids.

    Attributes:
        sure: Those whose headings say so.
        possible: Those whose headings leave it open.
    """

    sure: list[int]
    possible: list[int]


def identifying(headings: Sequence[str]) -> Identifying:
    """Return the numbers of the columns whose headings say that they tell rows apart, and of those that may."""
    return Identifying(_known_as(HEADINGS["id"], headings), _known_as(CODES, headings))


def beside(headings: Sequence[str], chosen: Mapping[str, int], given: Mapping[str, str]) -> dict[str, list[int]]:
    """Return the numbers of further columns of a field: aliases, a name that goes on, a house number."""
    known = list(map(written, headings))
    words = {"aliases": HEADINGS["aliases"], "name": NAME_GOES_ON, "street": HOUSE_NUMBERS}
    if any(word in _NAME_BEGINS and at != chosen["name"] for at, word in enumerate(known)):
        words["name"] = ()  # it is a contact's name that goes on
    found = {
        field: [at for at, word in enumerate(known) if word in words[field] and at not in chosen.values()]
        for field in words
        if field in chosen and field not in given
    }
    return {field: several for field, several in found.items() if several}


def naming(headings: Sequence[str]) -> list[int]:
    """Return the numbers of the columns whose headings say that they may hold the name, best first."""
    return _known_as(HEADINGS["name"], headings)


def wanting(headings: Sequence[str]) -> list[int]:
    """Return the numbers of the columns that may hold the name for want of one that does, best first."""
    return _known_as(FOR_WANT["name"], headings)


def are_headings(cells: Sequence[str]) -> bool:
    """Whether a row says what the columns below it hold: two headings that are known, or more, and a name."""
    return looks_like(cells) > 1 and has_a_name(cells)


def has_a_name(headings: Sequence[str]) -> bool:
    """Whether one of these headings is known to hold a name."""
    beside_others = _in_company(list(map(written, headings)))
    return not _NAMES.isdisjoint(_words(headings)) or any(field == "name" for _, field in beside_others)


def looks_like(headings: Sequence[str]) -> int:
    """Return how many of these headings are known: the higher, the likelier they were split in the right places.

    One that is repeated counts once: "Vendor, Vendor" is the name of a group of columns.
    """
    return len(_KNOWN.intersection(_words(headings)))


def _firsts(known: Sequence[str]) -> dict[str, int]:
    """Return where each heading stands first."""
    return {word: at for at, word in reversed([*enumerate(known)])}


def _known_by(words: Iterable[str], firsts: Mapping[str, int], chosen: Mapping[str, int]) -> int | None:
    free = (firsts[word] for word in words if word in firsts and firsts[word] not in chosen.values())
    return next(free, None)


def _known_as(words: Iterable[str], headings: Sequence[str]) -> list[int]:
    """Return the numbers of the columns that are known by these words, those before others that are written so."""
    words = tuple(words)
    spelt = (list(map(written, headings)), list(map(loosened, headings)))
    return [known.index(word) for known in spelt for word in words if word in known]


def _words(headings: Iterable[str]) -> set[str]:
    return {word for heading in headings for word in (written(heading), loosened(heading))}


def _in_company(known: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the columns whose headings have several meanings, with the field that each is beside these others."""
    all_known = frozenset(known)
    for at, word in enumerate(known):
        for field, others in IN_COMPANY.get(word, ()):
            if not others or not others.isdisjoint(all_known):
                yield at, field
                break


def _moved(chosen: Mapping[str, int], field: str, at: int) -> dict[str, int]:
    """Return the columns with one that holds this field, and nothing else."""
    return {other: place for other, place in chosen.items() if place != at} | {field: at}


def _require(word: str, known: Sequence[str] | Mapping[str, object], message: str, more: str = "") -> None:
    if word not in known:
        hint = f"{did_you_mean(word, known)}There are: {', '.join(known)}.{more}"
        raise ConfigurationError(f"{message}.", hint=hint)
