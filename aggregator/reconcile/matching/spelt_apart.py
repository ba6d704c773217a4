"""Names that are read as one, of which both lists have both: "Tetra Tech" and "Tetra Technologies" are two then.

One list that says "Tech" and one that says "Technologies" may mean the same business. A list that says both means two,
where the other list has each of them, spelt so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

from aggregator.reconcile.matching.houses.houses import NAMED_APART, each_has_its_own, of_one_name, placed
from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.vocabulary import without_forms
from aggregator.reconcile.matching.reading.word_numbers import numbers_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.comparison import Records
    from aggregator.reconcile.matching.weighed import Weighed

    Ints = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]


def with_spelt_apart(records: Records, weighed: Weighed) -> Weighed:
    """Return the pairs, those apart whose names are read as one and spelt as two that both lists have.

    A column that one business has for itself, and is the same, makes them one nevertheless.

    Args:
        records: the records.
        weighed: the scored pairs.
    """
    told = weighed.circumstances
    alike = of_one_name(told)
    inside = np.flatnonzero(alike & weighed.inside & placed(weighed.circumstances))
    if not inside.size:
        return weighed
    asked = np.zeros(weighed.source.size, bool)
    asked[weighed.left[inside]] = asked[weighed.right[inside]] = True
    across = np.flatnonzero(alike & ~weighed.inside)
    across = across[asked[weighed.left[across]] | asked[weighed.right[across]]]
    inside, across, straight = _by_how_spelt(records, weighed, inside, across)
    if not inside.size or not straight.size:
        return weighed
    apart = inside[each_has_its_own(weighed, inside, straight, np.ones(inside.size, bool))]
    across = across[placed(weighed.circumstances[across])]
    base = weighed.base.copy()
    for places in (apart, across[_are_crossed(weighed, across, straight)]):
        base[places] = np.minimum(base[places], NAMED_APART)
    return attrs.evolve(weighed, base=base)


def _by_how_spelt(records: Records, weighed: Weighed, inside: Ints, across: Ints) -> tuple[Ints, Ints, Ints]:
    """Pairs of one list that are spelt otherwise, pairs across that are, and pairs across that are spelt alike."""
    both = np.r_[inside, across]
    owners, where = np.unique(np.r_[weighed.left[both], weighed.right[both]], return_inverse=True)
    texts = [records.spelled[row] for row in records.first_name[owners].tolist()]
    spelling = numbers_of([*map(_without_forms, fold_names(texts))])[where]
    same = spelling[: both.size] == spelling[both.size :]
    return inside[~same[: inside.size]], across[~same[inside.size :]], across[same[inside.size :]]


def _without_forms(name: str) -> str:
    """Return a folded name without its legal forms, in whatever order its words stand."""
    words = name.split()
    return " ".join(sorted(without_forms(words)) or words)


def _are_crossed(weighed: Weighed, across: Ints, straight: Ints) -> Mask:
    """Say of pairs whether each of their records has one that is spelt alike in the list of the other."""
    sources = int(weighed.source.max()) + 1
    has = np.zeros((weighed.source.size, sources), bool)
    for mine, theirs in ((weighed.left, weighed.right), (weighed.right, weighed.left)):
        has[mine[straight], weighed.source[theirs[straight]]] = True
    left, right = weighed.left[across], weighed.right[across]
    return np.asarray(has[left, weighed.source[right]] & has[right, weighed.source[left]])
