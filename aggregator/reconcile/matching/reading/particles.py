"""Particles of other languages that are words of their own where they stand: "Kraft Van Lines", "Bantam Dell"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.reading.vocabulary import GENERIC, load_list, vocabulary
from aggregator.reconcile.matching.reading.word_numbers import among

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    import numpy.typing as npt

    from aggregator.reconcile.matching.reading.flat_words import FlatWords

    Mask = npt.NDArray[np.bool_]

_ENGLISH: Final = frozenset({"van", "den", "die", "do", "dell", "los", "las", "les"})
"""Particles that are words, names or letters of English names, too."""
_OF_ONE: Final = frozenset({"van", "den", "die", "do", "dell"})
"""Those of them that something has to follow, which "and" is not."""
_BEHIND_NOTHING: Final = frozenset({"die", "dell"})
"""Those that never end a name, even where its list turns names round: "Dijk, J. van"."""
_BEHIND_ENGLISH: Final = frozenset({"van", "den"})
"""Those that end one where an English word goes before: "Moving Van", "Wolf Den"."""
_FIRST: Final = frozenset({"do"})
"""Those that begin a name where they are words: "Couros do Vale" has the particle."""
_OF_SEVERAL: Final = frozenset({"los", "las", "les"})
"""Articles of what is in the plural: "Los Pollos", "Las Vegas", "Les Trois Monts"."""
_PLURALS: Final = ("s", "x", "z")
_ELIDED: Final = frozenset({"dell"})
"""Those before a vowel alone, and never first: "Agenzia dell' Emilia"."""
_A_PHRASE: Final = ""
_VOWELS: Final = tuple("aeiouh")


def telling_particles(words: FlatWords, written: npt.NDArray[np.int32], spelt: Sequence[str]) -> Mask:
    """Say which words that look like particles are words of their own: no particle of their language stands there.

    They are before an English word or before "and", or the name ends in them, or what follows is not what they need: an
    Italian "dell" has a vowel behind it, and a Spanish "los" a plural.

    Args:
        words: the words of the names.
        written: the number of each as it is written; -1 for a phrase.
        spelt: every word as it is written.
    """
    told = np.zeros(written.size, bool)
    asked = np.r_[among(spelt, _ENGLISH), False][written]
    here = np.flatnonzero(np.isin(words.row, words.row[asked]))
    if here.size:
        met, number = np.unique(written[here], return_inverse=True)
        known = [spelt[one] if one >= 0 else _A_PHRASE for one in met.tolist()]
        told[here] = asked[here] & _stand_otherwise(words.some(here), number, known)
    return told


def _stand_otherwise(words: FlatWords, number: npt.NDArray[np.int64], spelt: Sequence[str]) -> Mask:
    """Say which words of names, had they been particles, stand where none does."""

    def are(known: Collection[str]) -> Mask:
        return np.asarray(among(spelt, known)[number])

    def are_spelt(so: Callable[[str], bool]) -> Mask:
        """Nothing is known against a phrase."""
        return np.asarray(np.fromiter((word == _A_PHRASE or so(word) for word in spelt), bool, len(spelt))[number])

    last = _last_but_for_forms(words, are(vocabulary().forms.keys() - _ENGLISH))
    english = are(_english())
    several, first = are(_OF_SEVERAL), are(_FIRST)
    told = np.where(several, _behind(are(_trades()), words), _behind(english, words) & (words.first | ~first))
    told |= last & are(_BEHIND_NOTHING)
    told |= last & are(_BEHIND_ENGLISH) & np.r_[False, english[:-1]] & ~words.first
    told |= _behind(are({"and"}), words) & are(_OF_ONE) & (words.first | ~first)
    plural = are_spelt(lambda word: word.endswith(_PLURALS) or _is_number(word))
    told |= several & ~_behind(plural | _behind(plural, words), words) & ~last
    told |= are(_ELIDED) & (words.first | ~_behind(are_spelt(lambda word: word[0] in _VOWELS), words))
    return np.asarray(told)


def _is_number(word: str) -> bool:
    return vocabulary().same.get(word, word).isdigit()


@cache
def _trades() -> frozenset[str]:
    """Words of trade, as English writes them."""
    shipped = vocabulary()
    return frozenset(word for word, kind in shipped.kinds.items() if kind == GENERIC and word not in shipped.same)


@cache
def _english() -> frozenset[str]:
    """Those, and words of every day, some of which are Spanish or French, too: "Las Cases"."""
    return _trades() | frozenset(load_list("words.json")["everyday"])


def _behind(of: Mask, words: FlatWords) -> Mask:
    """For each word whether the one behind it in its name is one of these."""
    return np.asarray(np.r_[of[1:], False] & ~words.last)


def _last_but_for_forms(words: FlatWords, form: Mask) -> Mask:
    """Which words their names end in, but for legal forms: the "Die" of "Smith Tool & Die Co."."""
    last = words.last
    for _ in range(2):
        last = last | (_behind(last & form, words))
    return np.asarray(last & ~form)
