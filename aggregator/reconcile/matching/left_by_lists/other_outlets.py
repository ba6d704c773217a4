"""A name with a word more that has another street and another phone: "Nobu" and "Nobu Next Door"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.features.circumstance_codes import BACKING, KIND, SITE, Backing, KindOfNames, Site
from aggregator.reconcile.matching.features.field_features import FIELD_FEATURES, field_features
from aggregator.reconcile.matching.model.additive import columns_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.comparison import Records
    from aggregator.reconcile.matching.weighed import Weighed

    Ints = npt.NDArray[np.int64]

_DIFFERENT: Final = 1
"""The code of a column whose values differ."""


def other_outlets(records: Records, weighed: Weighed, across: Ints) -> Ints:
    """Return the places of the pairs of which one name has a word more, and street and phone are others.

    Args:
        records: the records.
        weighed: the pairs.
        across: places of pairs of two lists.
    """
    told = weighed.circumstances[across]
    against = (told[:, BACKING] == Backing.AGAINST) & (told[:, SITE] < Site.SAME_OF_FEW)
    across = across[(told[:, KIND] == KindOfNames.OWN_ON_ONE) & against]
    if not across.size:
        return across
    columns = columns_of(FIELD_FEATURES, field_features(records.columns, weighed.left[across], weighed.right[across]))
    return np.asarray(across[(columns["street"] == _DIFFERENT) & (columns["phone"] == _DIFFERENT)])
