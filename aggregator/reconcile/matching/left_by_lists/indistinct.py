"""Rows of one name in both lists of which nothing tells which is which: twelve times "First National Bank"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.houses.houses import denied_by_columns, of_one_name, placed
from aggregator.reconcile.matching.linked_groups import linked_groups
from aggregator.reconcile.matching.reading.folded_names import fold_names
from aggregator.reconcile.matching.reading.word_numbers import numbers_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.comparison import Compared, Records
    from aggregator.reconcile.matching.weighed import Weighed

    Ints = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]

_CROWD: Final = 3
"""Rows of one list that are several businesses rather than one that was opened again."""


def indistinct(records: Records, compared: Compared, weighed: Weighed, inside: Ints, across: Ints) -> Ints:
    """Return the places of the pairs of rows of one name of which nothing says which is which.

    So it is where one list has the name three times, or both have it twice, and no column tells the rows of a list
    apart or together. One row beside two is a business that was opened again.

    Args:
        records: the records.
        compared: the pairs, and the names by which they were compared.
        weighed: the pairs.
        inside: places of pairs of one list.
        across: places of pairs of two lists.
    """
    fellows = inside[_untold(weighed.circumstances[inside])]
    fellows = fellows[_spelt_alike(records, compared, fellows)]
    if not fellows.size:
        return fellows
    count = _rows_of_one_name(weighed, fellows, inside)
    pairs = across[_untold(weighed.circumstances[across])]
    one, other = count[weighed.left[pairs]], count[weighed.right[pairs]]
    crowded = pairs[(np.maximum(one, other) >= _CROWD) | (np.minimum(one, other) > 1)]
    touched = np.zeros(weighed.source.size, bool)
    touched[weighed.left[crowded]] = touched[weighed.right[crowded]] = True
    beside = touched[weighed.left[fellows]] & touched[weighed.right[fellows]]
    return np.asarray(np.concatenate((crowded, fellows[beside])))


def _untold(told: npt.NDArray[np.int8]) -> Mask:
    """Say of pairs of one name whether no column ties the two together, and none keeps them apart."""
    return np.asarray(of_one_name(told) & placed(told) & ~denied_by_columns(told))


def _spelt_alike(records: Records, compared: Compared, places: Ints) -> Mask:
    rows = np.r_[compared.left_name[places], compared.right_name[places]].tolist()
    spelling = numbers_of(list(fold_names([records.spelled[row] for row in rows])))
    return np.asarray(spelling[: places.size] == spelling[places.size :])


def _rows_of_one_name(weighed: Weighed, fellows: Ints, inside: Ints) -> Ints:
    """Count for each record the rows of its list that are called so, those once that a column ties together."""
    size = weighed.source.size
    ties = inside[~placed(weighed.circumstances[inside])]
    business = linked_groups(size, weighed.left[ties], weighed.right[ties])
    both = np.r_[fellows, ties[of_one_name(weighed.circumstances[ties])]]
    name = linked_groups(size, weighed.left[both], weighed.right[both])
    once = np.unique(np.stack([name, business]), axis=1)[0]
    return np.asarray(np.bincount(once, minlength=size)[name])
