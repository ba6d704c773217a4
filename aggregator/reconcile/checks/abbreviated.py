"""Names in which initials stand for words of another: "HHS" for "U.S. Department of Health & Human Services".

Both are read alike: as the initials, and what else tells them apart. The words that are left count for nothing, so that
two names whose readings are equal may be one business.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from aggregator.reconcile.checks.names import CHANNEL, worded
from aggregator.reconcile.matching.reading.places import country_called
from aggregator.reconcile.matching.reading.vocabulary import GENERIC, LEGAL, PLACE, STOP

_FEWEST: Final = 2
_MOST: Final = 6
"""Letters of initials that are looked for. Longer ones are rare, and the matcher knows them."""

_ALONE: Final = 3
"""Initials of fewer letters stand for too much, unless another word agrees."""

_BESIDE_A_NUMBER: Final = frozenset({"chapter", "local", "lodge", "no", "nr", "number", "post", "union"})
"""Words that only say what a number counts: "Local 332" is the "Local Union No. 332"."""

_SAYING_LITTLE: Final = frozenset({GENERIC, STOP, LEGAL, CHANNEL})

_NO_LETTER: Final = "-"
"""What a number gives to initials: none have it."""


class _Word(NamedTuple):
    """A word of a name as it is written and as it usually is, its kind, and what it gives to initials."""

    written: str
    usual: str
    kind: int
    letter: str

    @property
    def tells(self) -> bool:
        """Whether two names cannot be one where only one of them has it."""
        return self.kind not in _SAYING_LITTLE and not self.country

    @property
    def country(self) -> str | None:
        """The country that it says."""
        return country_called(self.usual) if self.kind == PLACE else None


def as_initials(name: str) -> Iterator[str]:
    """Yield how a name reads if one of its words is initials, for each that can be."""
    words = _words(name)
    for at, word in enumerate(words):
        if _may_be_initials(word) and (reading := _reading(word.written, [*words[:at], *words[at + 1 :]])):
            yield reading


def as_spelled_out(name: str, among: Collection[str]) -> Iterator[str]:
    """Yield how a name reads if some of its words are written as their initials, for each run of them.

    Args:
        name: The name.
        among: The initials that are looked for.
    """
    for initials, _, rest in _runs(name, among):
        if reading := _reading(initials, rest):
            yield reading


def letters_spelled_out(name: str) -> str:
    """Return the letters of which the initials are that a name may spell out."""
    return " ".join("".join(word.letter for word in some) for some in _spelled(name))


def has_initials(letters: str, among: Collection[str]) -> bool:
    """Whether any of some initials are among the letters that names spell out: quicker told than which."""
    return any(letters[at : at + size] in among for at in range(len(letters)) for size in range(_FEWEST, _MOST + 1))


def initials_of(short: str, long: str) -> tuple[str, str] | None:
    """Return the initials in one name and the words of another that they may stand for, as both are written.

    None if the names cannot be one: they say two countries, or each a common word that the other lacks.
    """
    words = _words(short)
    for at, word in enumerate(words):
        others = [*words[:at], *words[at + 1 :]]
        if not _may_be_initials(word) or not (reading := _reading(word.written, others)):
            continue
        for initials, run, rest in _runs(long, (word.written,)):
            if _reading(initials, rest) == reading and _go_together(others, rest, [*run, *rest]):
                return _as_written(short, [word]), _as_written(long, run)
    return None


def _may_be_initials(word: _Word) -> bool:
    return word.tells and word.written.isalpha() and _FEWEST <= len(word.written) <= _MOST


def _reading(initials: str, rest: Sequence[_Word]) -> str | None:
    """The initials with what else tells the name from others; None if that is too little to know it by."""
    counted = any(word.usual.isdecimal() for word in rest)
    telling = {word.usual for word in rest if word.tells and not (counted and word.usual in _BESIDE_A_NUMBER)}
    return " ".join((initials, *sorted(telling))) if telling or len(initials) >= _ALONE else None


def _runs(name: str, among: Collection[str]) -> Iterator[tuple[str, Sequence[_Word], Sequence[_Word]]]:
    """Yield initials of words of a name that stand together, these words, and the others."""
    for some in _spelled(name):
        for start in range(len(some)):
            initials = some[start].letter
            for end in range(start + 1, len(some)):
                initials += some[end].letter
                if len(initials) > _MOST or _NO_LETTER in initials:
                    break
                if initials in among:
                    yield initials, some[start : end + 1], [*some[:start], *some[end + 1 :]]


def _spelled(name: str) -> Sequence[Sequence[_Word]]:
    """Return the words of a name but for legal forms, without small words and with them.

    The letters of small words are among initials or are not: "DOT" is a department of transportation, and "DT" as well.
    """
    words = [word for word in _words(name) if word.kind != LEGAL]
    told = [word for word in words if word.kind != STOP]
    return (told, words) if len(told) < len(words) else (words,)


def _go_together(mine: Sequence[_Word], theirs: Sequence[_Word], long: Sequence[_Word]) -> bool:
    """Whether only one of two names says more, and none another country than the other."""
    common = [{word.usual for word in some if word.kind == GENERIC} for some in (mine, long)]
    said = [{word.country for word in some} - {None} for some in (mine, long)]
    spare = {word.usual for word in theirs if word.kind == GENERIC} - common[0]
    return not (common[0] - common[1] and spare) and (not said[0] or not said[1] or not said[0].isdisjoint(said[1]))


def _as_written(name: str, words: Sequence[_Word]) -> str:
    """The part of a name that says these words; all of it where it cannot be cut there."""
    parts = name.split()
    spans = ((start, end) for start in range(len(parts)) for end in range(start + 1, len(parts) + 1))
    for start, end in sorted(spans, key=lambda span: span[1] - span[0]):
        part = " ".join(parts[start:end])
        if [word for word in _words(part) if word in words] == list(words):
            return part if "(" in part and ")" in part else part.strip(",;()")
    return name


@lru_cache(maxsize=1 << 10)
def _words(name: str) -> Sequence[_Word]:
    return [_Word(written, usual, kind, _letter(written, kind)) for written, usual, kind in worded(name)]


def _letter(word: str, kind: int) -> str:
    """What a word gives to initials: "USPS" has two letters of the United States."""
    if kind == PLACE and word in {"uk", "us", "usa"}:
        return word[:2]
    return word[0] if word[0].isalpha() else _NO_LETTER
