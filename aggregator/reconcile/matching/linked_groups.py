"""Groups of records that pairs hold together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]


def linked_groups(records: int, left: Ints, right: Ints) -> Ints:
    """Number the groups that pairs lead through, for each of so many records; one in no pair is its own group."""
    if not left.size:
        return np.arange(records, dtype=np.int64)
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - it loads all of linear algebra

    graph = sparse.coo_matrix((np.ones(left.size, np.int8), (left, right)), shape=(records, records))
    return np.asarray(connected_components(graph, directed=False)[1], np.int64)


def groups_of_pairs(records: int, pairs: Iterable[tuple[int, int]]) -> Ints:
    """The same of pairs that come one by one."""
    return linked_groups(records, *two_columns(pairs))


def two_columns(pairs: Iterable[tuple[int, int]]) -> tuple[Ints, Ints]:
    """Return the first and the second of each pair."""
    one, other = np.array(list(pairs), np.int64).reshape(-1, 2).T
    return one, other
