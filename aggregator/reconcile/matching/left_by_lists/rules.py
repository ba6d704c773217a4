"""Pairs that their lists leave to a person: of rows that nothing tells apart, of looser names, of other outlets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from aggregator.reconcile.matching.left_by_lists.exacter_names import looser
from aggregator.reconcile.matching.left_by_lists.indistinct import indistinct
from aggregator.reconcile.matching.left_by_lists.other_outlets import other_outlets

if TYPE_CHECKING:
    from aggregator.reconcile.matching.comparison import Compared, Records
    from aggregator.reconcile.matching.in_context import InContext
    from aggregator.reconcile.matching.weighed import Weighed

_LEAST: Final = -1.0
"""Log-odds from which on a pair is looked at: less likely ones are joined by nothing that a person may still say."""


def with_left_by_lists(records: Records, compared: Compared, weighed: Weighed, context: InContext) -> Weighed:
    """Return the pairs, and which of them their lists leave to a person.

    Args:
        records: the records.
        compared: the pairs, and the names by which they were compared.
        weighed: the pairs.
        context: how likely they are, and whose.
    """
    held = context.houses.large[weighed.left] & (context.house[weighed.left] == context.house[weighed.right])
    likely = np.flatnonzero((context.logit >= _LEAST) & ~held)
    inside = weighed.inside[likely]
    left = weighed.left_by_lists.copy()
    left[other_outlets(records, weighed, likely[~inside])] = True
    for rule in (indistinct, looser) if inside.any() else ():
        left[rule(records, compared, weighed, likely[inside], likely[~inside])] = True
    return attrs.evolve(weighed, left_by_lists=left)
