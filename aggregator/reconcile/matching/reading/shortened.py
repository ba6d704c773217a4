"""What two lists show to be short for several words: "iFood Pago IP" and "iFood Pago Instituição de Pagamento".

That letters are the initials of some words says little by itself. That one list has the letters where another has the
words, beside the same rest, time and again, says what they stand for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.pair_codes import ODD, mixed
from aggregator.reconcile.matching.reading.initials import first_letters, packed_words
from aggregator.reconcile.matching.reading.vocabulary import PLACE, STOP, vocabulary
from aggregator.reconcile.matching.reading.word_numbers import among

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Numbers = npt.NDArray[np.int32]
    Codes = npt.NDArray[np.uint64]
    Mask = npt.NDArray[np.bool_]

_LONGEST: Final = 6
"""Words, at the most, that letters stand for; small words between them are passed over."""
_LEAST: Final = 3
"""Names, at the least, that two lists have alike but for the short form."""
_SHARE: Final = 0.2
"""Of the names that have the words, and of those that have the letters, how many at the least are alike so."""
_PLAINLY: Final = 3
"""How many times as many those must be as the names that one list has with the words and with the letters; and as those
that show other words for the letters: "RC" is no rowing club where it is a rugby club as well."""

_LONE: Final = frozenset("aeioy")
"""Small words of one letter: "Títulos e Valores", "Gas y Petróleo", "Instituto o Escuela"."""

_BITS: Final = 5
_NARROW: Final = 5
"""Letters, at the most, that are looked up in a table; of more words there are few stretches."""


@attrs.frozen(slots=True, kw_only=True, eq=False)
class Listed:
    """The words of the names of some lists.

    Attributes:
        spelt: Every word as it is written.
        read: The number of each of them, whichever of its spellings it is.
        written: The place in `spelt` of each word of each name, one name after the other.
        row: The name of each of them.
        source: The list of each name; -1 of a name that no list has.
    """

    spelt: Sequence[str]
    read: Numbers
    written: Numbers
    row: Numbers
    source: Numbers


@attrs.frozen(slots=True, kw_only=True, eq=False)
class Shortened:
    """The words of the names, with letters where there were the words that they are short for.

    Attributes:
        written: The place of each word among all, one name after the other.
        row: The name of each of them.
        rows: The names in which there were such words.
        meant: The words that letters stand for, by the place of the letters in `spelt`, as numbers of `read`.
    """

    written: Numbers
    row: Numbers
    rows: Ints
    meant: Mapping[int, tuple[int, ...]]


@attrs.frozen(slots=True, kw_only=True, eq=False)
class _Met:
    """Short forms, or stretches of words, by the first word and the last: what they are and what they stand beside."""

    first: Ints
    last: Ints
    letters: Ints
    phrase: Codes
    rest: Codes
    source: Numbers

    def some(self, chosen: Mask | Ints) -> _Met:
        return _Met(**{field.name: getattr(self, field.name)[chosen] for field in attrs.fields(_Met)})


def shortened(listed: Listed) -> Shortened:
    """Return the words of all names, with letters for the words that the lists show them to be short for.

    Args:
        listed: the names.
    """
    told = _Told(listed)
    letters = _letters(listed, told)
    long = _stretches(listed, told, letters)
    long = long.some(_are_taught(long, _short_forms(listed, told, letters, long)))
    return _replaced(listed, letters, _apart(long))


def stretch_of(meant: Sequence[str], words: Sequence[tuple[str, str]]) -> str:
    """Return how a name writes the words that letters stand for, with the small words between; nothing if it has none.

    Args:
        meant: the words, as they are read.
        words: of each word of the name how it is read, and how it is written.
    """
    told = [place for place, (_, written) in enumerate(words) if written not in _small_words()]
    for begin in range(len(told) - len(meant) + 1):
        here = told[begin : begin + len(meant)]
        if all(words[place][0] == word for place, word in zip(here, meant, strict=True)):
            return " ".join(written for _, written in words[here[0] : here[-1] + 1])
    return ""


@cache
def _small_words() -> frozenset[str]:
    return _LONE | _in_any_spelling(_of_kind(STOP))


@cache
def _places() -> frozenset[str]:
    """Words that say where a business is: of two places none is short for the other, however their letters fall."""
    return _in_any_spelling(_of_kind(PLACE) | vocabulary().compass)


def _of_kind(kind: int) -> frozenset[str]:
    return frozenset(word for word, its in vocabulary().kinds.items() if its == kind)


def _in_any_spelling(words: frozenset[str]) -> frozenset[str]:
    return words | {spelling for spelling, word in vocabulary().same.items() if word in words}


def _letters(listed: Listed, told: _Told) -> Ints:
    """Of every word that may be short for several its letters, packed; else -1."""
    size = np.fromiter(map(len, listed.spelt), np.int64, len(listed.spelt))
    able = (size > 1) & (size <= _LONGEST) & (np.bincount(listed.written, minlength=size.size) >= _LEAST)
    able &= ~told.small & ~told.legal
    return np.where(able, packed_words(listed.spelt), -1)


class _Told:
    """The words of the names as codes, whose sums tell names apart.

    Small words are passed over; legal forms are words of a stretch, and nothing that a name has beside it.
    """

    def __init__(self, listed: Listed) -> None:
        self.small = among(listed.spelt, _small_words())
        self.legal = among(listed.spelt, vocabulary().forms)
        self.code = mixed(listed.read.astype(np.uint64))
        beside = np.where(self.small | self.legal, np.uint64(0), self.code)
        self._row = listed.row
        self._sums = np.r_[np.uint64(0), np.cumsum(beside[listed.written])]
        bounds = np.searchsorted(listed.row, np.arange(listed.source.size + 1))
        self._whole = self._sums[bounds[1:]] - self._sums[bounds[:-1]]

    def rest(self, first: Ints, last: Ints) -> Codes:
        """What else the names have than the words from the first to the last; 0 where that is nothing."""
        return np.asarray(self._whole[self._row[first]] - (self._sums[last + 1] - self._sums[first]))


def _stretches(listed: Listed, told: _Told, letters: Ints) -> _Met:
    """Stretches of words whose initials are some letters, and of which enough are the same."""
    known = np.unique(letters[letters > 0])
    table = np.zeros(1 << _BITS * _NARROW, bool)
    table[known[known < table.size]] = True
    places = np.flatnonzero(~told.small[listed.written])
    written, row = listed.written[places], listed.row[places]
    initials = np.where(among(listed.spelt, _places()), 0, first_letters(listed.spelt)).astype(np.int64)
    initial, code = initials[written], told.code[written]
    words = np.bincount(row, minlength=1)[row]
    begin = np.flatnonzero(initial > 0)
    spelt, phrase = initial[begin], code[begin]
    found: list[tuple[Ints, Ints, Ints, Codes]] = []
    for size in range(2, _LONGEST + 1):
        # A name that has no other word has nothing to be known by.
        inside = np.flatnonzero((begin <= places.size - size) & (words[begin] > size))
        begin, spelt, phrase = begin[inside], spelt[inside], phrase[inside]
        end = begin + size - 1
        inside = np.flatnonzero((row[begin] == row[end]) & (initial[end] > 0))
        begin, end = begin[inside], end[inside]
        spelt, phrase = (spelt[inside] << _BITS) | initial[end], phrase[inside] * ODD + code[end]
        hits = np.flatnonzero(table[spelt] if size <= _NARROW else np.isin(spelt, known))
        found.append((places[begin[hits]], places[end[hits]], spelt[hits], phrase[hits]))
    first, last, spelt, phrase = (np.concatenate(column) for column in zip(*found, strict=True))
    _, which, counts = np.unique(phrase, return_inverse=True, return_counts=True)
    often = np.flatnonzero(counts[which] >= _LEAST)
    return _met(listed, told, first[often], last[often], spelt[often], phrase[often])


def _short_forms(listed: Listed, told: _Told, letters: Ints, long: _Met) -> _Met:
    """The words that are the letters of any of the stretches."""
    places = np.flatnonzero(((letters > 0) & np.isin(letters, long.letters))[listed.written])
    written = listed.written[places]
    return _met(listed, told, places, places, letters[written], told.code[written])


def _met(listed: Listed, told: _Told, first: Ints, last: Ints, letters: Ints, phrase: Codes) -> _Met:
    source = listed.source[listed.row[first]]
    return _Met(first=first, last=last, letters=letters, phrase=phrase, rest=told.rest(first, last), source=source)


def _are_taught(long: _Met, short: _Met) -> Mask:
    """Say of stretches whether other lists have their letters beside the same rest often enough."""
    short = short.some((short.rest != 0) & (short.source >= 0))
    usable = (long.rest != 0) & (long.source >= 0)
    here, anywhere = _are_short(long, short)
    phrases, phrase = np.unique(long.phrase, return_inverse=True)

    def names(some: Mask) -> Ints:
        return np.bincount(phrase[some][_each_once(long.phrase[some], long.rest[some])], minlength=phrases.size)

    with_words, with_both, alike = names(usable), names(usable & here), names(usable & anywhere & ~here)
    spelt = np.sort(short.letters[_each_once(short.letters.astype(np.uint64), short.rest)])
    meant = np.zeros(phrases.size, np.int64)
    meant[phrase] = long.letters
    with_letters = np.searchsorted(spelt, meant, side="right") - np.searchsorted(spelt, meant)
    enough = np.maximum(_LEAST, _SHARE * np.maximum(with_words, with_letters))
    _, letters = np.unique(meant, return_inverse=True)
    spoken_for = np.bincount(letters, weights=alike)[letters]
    plainly = (alike >= _PLAINLY * with_both) & (alike >= _PLAINLY * (spoken_for - alike))
    return np.asarray(((alike >= enough) & plainly)[phrase])


def _are_short(long: _Met, short: _Met) -> tuple[Mask, Mask]:
    """Say of stretches whether their own list, and whether any, has their letters beside the same rest."""
    wanted, known = (mixed(met.letters.astype(np.uint64), met.rest) for met in (long, short))
    here = np.isin(mixed(wanted, long.source.astype(np.uint64)), mixed(known, short.source.astype(np.uint64)))
    return here, np.isin(wanted, known)


def _each_once(kind: Codes, rest: Codes) -> Ints:
    """Where each rest stands first beside each kind."""
    _, first = np.unique(mixed(kind, rest), return_index=True)
    return first


def _apart(met: _Met) -> _Met:
    """Of stretches that overlap the longest, and of those the first."""
    used: set[int] = set()
    kept = []
    for place in np.lexsort((met.first, met.first - met.last)).tolist():
        stretch = range(int(met.first[place]), int(met.last[place]) + 1)
        if used.isdisjoint(stretch):
            used.update(stretch)
            kept.append(place)
    return met.some(np.array(kept, np.int64))


def _replaced(listed: Listed, letters: Ints, met: _Met) -> Shortened:
    word = {code: number for number, code in enumerate(letters.tolist()) if code > 0} if met.first.size else {}
    written, kept = listed.written.copy(), np.ones(listed.written.size, bool)
    meant = {}
    for first, last, code in zip(met.first.tolist(), met.last.tolist(), met.letters.tolist(), strict=True):
        meant[word[code]] = first, last + 1
        written[first] = word[code]
        kept[first + 1 : last + 1] = False
    small = _small_words()
    return Shortened(
        written=written[kept],
        row=listed.row[kept],
        rows=np.unique(listed.row[met.first]),
        meant={
            letters: tuple(
                int(listed.read[one]) for one in listed.written[slice(*where)] if listed.spelt[one] not in small
            )
            for letters, where in meant.items()
        },
    )
