"""Under which topic a table of the model is told, so that a topic on which the names say nothing weighs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from aggregator.reconcile.matching.model.additive import AdditiveModel

    Columns = Mapping[str, npt.NDArray[np.float32]]
    Floats = npt.NDArray[np.float64]

_TOPICS: Final = {
    "words": ("shared", "rarest_shared", "overlap", "most_cover", "substance", "words", "held", "trade", "coined"),
    "left": ("least_left", "most_left", "least_cover", "rarest_left_least", "rarest_left_most", "extra", "left_place"),
    "spelling": (
        "spelling",
        "opening",
        "sorted_spelling",
        "edits",
        "prefix",
        "first_word",
        "fuzz",
        "joined",
        "misspelt",
        "cut",
    ),
    "forms": ("forms",),
    "numbers": ("numbers",),
    "places": ("places",),
    "acronym": ("acronym",),
    "cut_off": ("cut_off",),
}
_TOPIC: Final = {feature: topic for topic, features in _TOPICS.items() for feature in features}
# What is said of a pair of features: of the two, the plainer one.
_ORDER: Final = ("forms", "numbers", "acronym", "places", "cut_off", "left", "words", "spelling")


_SILENT: Final = frozenset({"forms", "numbers", "places", "acronym", "cut_off"})
"""Features that are 0 where the names say nothing of the kind. Each is the only one of its topic."""


def weights_by_topic(names: AdditiveModel, columns: Columns) -> dict[str, Floats]:
    """Return what the names of each pair add under each topic; with the constant, which is under "start", all of it.

    A table of two features is split where one of them may be silent: what it adds where that one says nothing is told
    under the topic of the other, and under its own only the rest. So "no numbers in the names" weighs nothing.

    Args:
        names: the tables of the names.
        columns: the features of each pair.
    """
    size = next(iter(columns.values())).size
    topics = {topic: np.zeros(size) for topic in _ORDER} | {"start": np.full(size, names.constant)}
    bins = names.bins(columns)
    unsaid = bins | names.bins({feature: np.zeros(size, np.float32) for feature in _SILENT & names.edges.keys()})
    for number, term in enumerate(names.terms):
        whole = names.added(number, bins).astype(np.float64)
        speaking = [feature for feature in term.features if feature not in _SILENT]
        if len(speaking) == len(term.features):
            topics[_topic_of(speaking)] += whole
            continue
        silent = sorted(_SILENT.intersection(term.features), key=_ORDER.index)
        rest = names.added(number, unsaid).astype(np.float64)
        topics[_topic_of(speaking) if speaking else "start"] += rest
        # Where both may be silent and only the second speaks, it is that one's.
        first = columns[silent[0]] != 0
        topics[silent[0]] += (whole - rest) * first
        topics[silent[-1]] += (whole - rest) * ~first
    return topics


def _topic_of(features: Sequence[str]) -> str:
    return min((_TOPIC[feature] for feature in features), key=_ORDER.index)
