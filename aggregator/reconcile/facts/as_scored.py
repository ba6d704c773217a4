"""What is told of the names of pairs: of those by which they were scored, and nothing that the score does not see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from aggregator.reconcile.facts.likeness import JOINED, NOTHING_SHARED
from aggregator.reconcile.facts.names import compare_closely, compare_names, with_known
from aggregator.reconcile.folding import folded
from aggregator.reconcile.matching.result import Initials, NamesCompared

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]


def compare_as_scored(called: NamesCompared, left: Sequence[int], right: Sequence[int]) -> list[str]:
    """Return what the names have in common by which two records of each pair were scored, and where they differ.

    Args:
        called: Which names these are.
        left: The number of the first record of each pair.
        right: The number of the second.
    """
    records = np.asarray(left, np.int64), np.asarray(right, np.int64)
    rows = called.rows(*records)
    names = called.texts(rows[0]), called.texts(rows[1])
    told = compare_names(*names)
    _tell_parted(told, called, rows, names)
    _tell_initials(told, called, rows, names)
    told = with_known(told, *names)
    for side, mine, whose in zip(("left", "right"), rows, records, strict=True):
        for place, name in called.others(mine, whose).items():
            told[place] = f"{side} is also called {name}; {told[place]}"
    return told


def _tell_parted(
    told: list[str], called: NamesCompared, rows: tuple[Ints, Ints], names: tuple[Sequence[str], Sequence[str]]
) -> None:
    """Tell words as left over that are one word together, and that the score leaves over."""
    places = np.array([place for place, words in enumerate(told) if JOINED in words], np.int64)
    if places.size:
        parted = places[~np.array(called.joined(*(side[places] for side in rows)))].tolist()
        mine, theirs = ([side[place] for place in parted] for side in names)
        for place, words in zip(parted, compare_closely(mine, theirs, may_join=False), strict=True):
            told[place] = words


def _tell_initials(
    told: list[str], called: NamesCompared, rows: tuple[Ints, Ints], names: tuple[Sequence[str], Sequence[str]]
) -> None:
    """Tell of names without a word in common that one is the initials of the other, or has a word that is."""
    places = np.array([place for place, words in enumerate(told) if words.startswith(NOTHING_SHARED)], np.int64)
    if places.size:
        found = called.initials(*(side[places] for side in rows))
        for place, initials in zip(places.tolist(), found, strict=True):
            if initials is Initials.WHOLE:
                told[place] = f"initials: {folded(min((side[place] for side in names), key=len))}"
            elif initials is Initials.WORD:
                told[place] = told[place].replace(NOTHING_SHARED, "a word of one is initials of the other's", 1)
