"""The words of names in general: how often each is met in a name, and which are spelt rightly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from rapidfuzz.distance import OSA

from aggregator.reconcile.matching.reading.names import read_names
from aggregator.reconcile.matching.reading.vocabulary import Background, load_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.matcher_tasks import Task

_COMMON: Final = 8
"""Names that must hold a word before its share is shipped: what is rarer is anybody's name."""

_KNOWN: Final = 4
"""Names that must hold a word before it is known to be spelt rightly."""

_MISSPELT: Final = 10
"""A word is misspelt if another, one letter away, is so many times as common."""


def read_background(tasks: Sequence[Task]) -> Background:
    """Count the words of the names of some tasks."""
    texts = sorted({profile.name for task in tasks for profile in task.profiles})
    # What is known is found here: what was known before may not bear on it.
    names = read_names(texts, np.arange(len(texts), dtype=np.int32), known=())
    ordered = np.sort(names.grid, axis=1)
    first = np.c_[np.ones(len(texts), bool), ordered[:, 1:] != ordered[:, :-1]] & (ordered >= 0)
    counted = np.bincount(ordered[first], minlength=len(names.words)).tolist()
    count = {word: met for word, met in zip(names.words, counted, strict=True) if met >= _KNOWN and word.isalpha()}
    shares = {word: float(f"{met / len(texts):.3g}") for word, met in count.items() if met >= _COMMON}
    known = {
        word
        for word, met in count.items()
        if not any(other >= _MISSPELT * met and OSA.distance(word, near) == 1 for near, other in count.items())
    }
    known.update(load_list("words.json")["everyday"])
    return Background(shares=dict(sorted(shares.items())), known=frozenset(known))
