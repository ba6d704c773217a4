"""What a pair of names tells, as numbers: one column a feature, the same for left and right exchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from rapidfuzz.distance import OSA, Indel, JaroWinkler, Prefix
from rapidfuzz.process import cpdist

from aggregator.reconcile.matching.features.acronyms import WHOLE_ACRONYM, acronym_letters
from aggregator.reconcile.matching.features.alignment import LEAST_CREDIT, Alignment, align
from aggregator.reconcile.matching.features.cut_names import fits_a_cut
from aggregator.reconcile.matching.features.lexicon import Lexicon
from aggregator.reconcile.matching.features.places_and_numbers import relation_of_numbers, relation_of_places
from aggregator.reconcile.matching.reading.vocabulary import CORE, GENERIC, LEGAL, NUMBER, PLACE, STOP
from aggregator.reconcile.matching.reading.word_likeness import cut

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.reading.names import Names

NAME_FEATURES: Final = (
    "shared",  # rarity of the shared words, natural log units
    "overlap",  # share of both names' weight that is shared
    "least_left",  # weight left over on the side with less left over
    "most_left",
    "least_cover",  # share of the worse covered side
    "most_cover",
    "rarest_shared",  # rarest shared word
    "rarest_left_least",  # rarest word left over, on the side where it is less rare
    "rarest_left_most",
    "extra",  # kind of the words left over on either side, as a code
    "spelling",  # likeness of the joined words
    "opening",  # Jaro-Winkler of the joined words
    "sorted_spelling",  # likeness of the words in order of the alphabet
    "edits",  # edits between the joined words, at most 12
    "prefix",  # shared opening as a share of the shorter
    "forms",  # relation of legal forms, as a code
    "numbers",  # relation of numbers, as a code
    "places",  # relation of places, as a code
    "acronym",  # letters of an acronym that one name is of the other
    "first_word",  # likeness of the first words
    "fuzz",  # weight lost in words that are alike but not equal
    "substance",  # weight of the lighter name
    "words",  # words of the shorter name
    "joined",
    "misspelt",  # how much rarer the rarer spellings of words that are alike are than the commoner ones
    "held",  # how often one source says the rarest shared word
    "cut",  # what a word lacks of its like on the other side, as a code
    "left_place",  # where the heavier rest of a name stands: 0 none, 1 behind the shared words, 2 before, 3 among them
    "cut_off",  # whether its list cut one of the names, and whether the other goes on so, as a code
    "trade",  # whether both say a generic word that is the same
    "coined",  # whether both say a word that hardly any name has but those of one business
)


def name_features(
    names: Names, lexicon: Lexicon, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]
) -> npt.NDArray[np.float32]:
    """Compare name rows pair by pair; returns (n, len(NAME_FEATURES))."""
    aligned = align(names, lexicon, left, right)
    acronym = acronym_letters(names, lexicon, aligned, left, right)
    columns: dict[str, npt.NDArray[Any]] = {
        **_weights(lexicon, aligned),
        **_strings(names, left, right),
        "forms": _forms(names, left, right),
        "numbers": relation_of_numbers(lexicon, aligned, left, right),
        "places": relation_of_places(lexicon, aligned, left, right, acronym > WHOLE_ACRONYM),
        "acronym": acronym,
        "joined": aligned.joined,
        "cut_off": fits_a_cut(lexicon.cut, left, right),
    }
    matrix = np.empty((len(NAME_FEATURES), left.size), np.float32)
    for place, name in enumerate(NAME_FEATURES):
        matrix[place] = columns[name]
    return matrix.T


def _weights(lexicon: Lexicon, aligned: Alignment) -> dict[str, npt.NDArray[np.float32]]:
    (credit, credit_back), (weight, weight_back) = aligned.credit, aligned.weight
    shared = ((credit * weight).sum(axis=0) + (credit_back * weight_back).sum(axis=0)) / 2
    lost = [(1 - c) * w for c, w in zip(aligned.credit, aligned.weight, strict=True)]
    open_words = [np.where(c < LEAST_CREDIT, w, 0) for c, w in zip(aligned.credit, aligned.weight, strict=True)]
    left = [o.sum(axis=0) for o in open_words]
    total = [w.sum(axis=0) for w in aligned.weight]
    cover = [1 - one.sum(axis=0) / np.maximum(whole, 1e-6) for one, whole in zip(lost, total, strict=True)]
    rarest = [o.max(axis=0) for o in open_words]
    kinds = [_left_kind(lexicon, words, o) for words, o in zip((aligned.left, aligned.right), open_words, strict=True)]
    near = [np.where(c >= LEAST_CREDIT, one, 0).sum(axis=0) for c, one in zip(aligned.credit, lost, strict=True)]
    return {
        "shared": shared,
        "overlap": 2 * shared / np.maximum(total[0] + total[1], 1e-6),
        "least_left": np.minimum(*left),
        "most_left": np.maximum(*left),
        "least_cover": np.minimum(*cover),
        "most_cover": np.maximum(*cover),
        "rarest_shared": (credit * weight).max(axis=0),
        "held": _held(lexicon, aligned),
        "cut": np.maximum(*(cut(side).max(axis=0) for side in aligned.credit)),
        "rarest_left_least": np.minimum(*rarest),
        "rarest_left_most": np.maximum(*rarest),
        "extra": np.maximum(*kinds) * 5 + np.minimum(*kinds),
        "first_word": np.minimum(credit[0], credit_back[0]),
        "fuzz": (near[0] + near[1]) / 2,
        "misspelt": _misspelt(lexicon, aligned),
        "left_place": _left_place(open_words, left, aligned),
        "substance": np.minimum(*total),
        "trade": _trade(lexicon, aligned),
        "coined": _coined(lexicon, aligned),
        "words": np.minimum((aligned.left >= 0).sum(axis=0), (aligned.right >= 0).sum(axis=0)),
    }


def _trade(lexicon: Lexicon, aligned: Alignment) -> npt.NDArray[np.bool_]:
    sides = zip((aligned.left, aligned.right), aligned.credit, strict=True)
    said = [((lexicon.kind[words] == GENERIC) & (credit >= LEAST_CREDIT)).any(axis=0) for words, credit in sides]
    return np.asarray(np.logical_or.reduce(said))


def _coined(lexicon: Lexicon, aligned: Alignment) -> npt.NDArray[np.bool_]:
    """Whether either side has such a word that the other has, too: a common word that is misspelt on one is none."""
    sides = zip((aligned.left, aligned.right), aligned.credit, strict=True)
    said = [(lexicon.coined[words] & (credit >= LEAST_CREDIT)).any(axis=0) for words, credit in sides]
    return np.asarray(np.logical_and.reduce(said))


def _held(lexicon: Lexicon, aligned: Alignment) -> npt.NDArray[np.float32]:
    """How often one source says the rarest shared word, in the spelling of the two that is the commoner one."""
    most = np.zeros(aligned.left.shape[1], np.float32)
    pairs = np.arange(most.size)
    for words, credit, weight in zip((aligned.left, aligned.right), aligned.credit, aligned.weight, strict=True):
        told = credit * weight
        rarest = told.argmax(axis=0)
        found = np.where(told[rarest, pairs] > 0, lexicon.held[words[rarest, pairs]], 0)
        most = np.maximum(most, found)
    return most


def _misspelt(lexicon: Lexicon, aligned: Alignment) -> npt.NDArray[np.float32]:
    """What the words of either side weigh less for being taken for commoner ones, on the side where it is more."""
    sides = zip((aligned.left, aligned.right), aligned.weight, strict=True)
    lightened = [(lexicon.weight[words] - weight).sum(axis=0) for words, weight in sides]
    return np.asarray(np.maximum(*lightened))


def _left_place(
    open_words: list[npt.NDArray[np.float32]], left: list[npt.NDArray[np.float32]], aligned: Alignment
) -> npt.NDArray[np.int8]:
    one, other = (
        _place(rest > 0, (words >= 0) & (rest == 0))
        for words, rest in zip((aligned.left, aligned.right), open_words, strict=True)
    )
    return np.where(left[0] == left[1], np.maximum(one, other), np.where(left[0] > left[1], one, other))


def _place(rest: npt.NDArray[np.bool_], shared: npt.NDArray[np.bool_]) -> npt.NDArray[np.int8]:
    """Where some words of a name stand among its others, as the codes of "left_place"."""
    none = np.zeros(rest.shape[1], bool)
    some_rest, some_shared, shared_behind, rest_behind = none, none, none, none
    for left, common in zip(rest, shared, strict=True):
        shared_behind = shared_behind | (some_rest & common)
        rest_behind = rest_behind | (some_shared & left)
        some_rest, some_shared = some_rest | left, some_shared | common
    return np.select([~some_rest, ~shared_behind, ~rest_behind], [0, 1, 2], 3).astype(np.int8)


_GRAVITY: Final = {STOP: 1, GENERIC: 2, PLACE: 3, CORE: 4, NUMBER: 4}


_GRAVE: Final = np.array([_GRAVITY.get(kind, 4) for kind in range(LEGAL + 1)], np.int8)


def _left_kind(lexicon: Lexicon, words: npt.NDArray[np.int32], left: npt.NDArray[np.float32]) -> npt.NDArray[np.int8]:
    """Gravest kind of word left over: 0 none, 1 stop, 2 generic, 3 place, 4 any other."""
    return np.asarray(np.where(left > 0, _GRAVE[lexicon.kind[words]], 0).max(axis=0))


_NEAR: Final = 4096
"""Pairs whose letters are compared together: all that is told of them is told while the processor still holds them."""


def _strings(
    names: Names, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]
) -> dict[str, npt.NDArray[np.float32]]:
    starts = range(0, max(left.size, 1), _NEAR)
    parts = [_letters(names, left[start : start + _NEAR], right[start : start + _NEAR]) for start in starts]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _letters(
    names: Names, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]
) -> dict[str, npt.NDArray[np.float32]]:
    one, other = names.squashed[left].tolist(), names.squashed[right].tolist()
    one_sorted, other_sorted = names.ordered[left].tolist(), names.ordered[right].tolist()
    shortest = np.minimum(names.length[left], names.length[right])
    return {
        "spelling": cpdist(one, other, scorer=Indel.normalized_similarity, dtype=np.float32),
        "opening": cpdist(one, other, scorer=JaroWinkler.normalized_similarity, dtype=np.float32),
        "sorted_spelling": cpdist(one_sorted, other_sorted, scorer=Indel.normalized_similarity, dtype=np.float32),
        "edits": np.minimum(cpdist(one, other, scorer=OSA.distance, dtype=np.int32), 12).astype(np.float32),
        "prefix": cpdist(one, other, scorer=Prefix.similarity, dtype=np.int32) / np.maximum(shortest, 1),
    }


def _forms(names: Names, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """0 neither says one, 1 the same, 2 one says none, 3 one says more, 4 a translation, 5 different."""
    one, other = names.forms[left], names.forms[right]
    families, families_back = names.families[left], names.families[right]
    both = one & other
    conditions = [
        (one | other) == 0,
        one == other,
        (one == 0) | (other == 0),
        (both == one) | (both == other),
        (families & families_back) > 0,
    ]
    return np.select(conditions, [0, 1, 2, 3, 4], 5).astype(np.float32)
