"""How many records match at all differs between lists; the lists themselves say it, without labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.model.additive import probability_of

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

_STEPS: Final = 60
_EXPECTED: Final = 0.6
"""Share of the shorter list's records that have a partner, before the lists say anything of it."""
_CAUTION: Final = 30.0
"""Records' worth of trust in that: what a list of ten says of its share is little."""
_FARTHEST: Final = 2.0
_STEP: Final = 0.25
"""What the tables are told of the share is in steps: to the last digit it would be a list's own."""
_COMPARED: Final = 1000


def told_share(left: Ints, right: Ints, logit: Floats, share: float) -> float:
    """Log-odds that a record of the shorter list has a partner, beside those in training, in steps of a quarter.

    The share of its records that have one is estimated by expectation-maximisation over the best pair of each record.

    Args:
        left: record of the first list, of each pair.
        right: record of the second list, of each pair.
        logit: log-odds of each pair by names and columns.
        share: the training share.
    """
    if not logit.size:
        return 0.0
    # Of lists of one length neither may be preferred for coming first.
    best = min((_best(left, logit), _best(right, logit)), key=lambda found: (found.size, *found[:_COMPARED].tolist()))
    estimate, trained = _EXPECTED, float(np.log(share / (1 - share)))
    shift = float(np.log(estimate / (1 - estimate))) - trained
    for _ in range(_STEPS):
        mean = float(probability_of(best + shift).sum())
        estimate = min(max((mean + _CAUTION * _EXPECTED) / (best.size + _CAUTION), 1e-3), 1 - 1e-3)
        shift = float(np.log(estimate / (1 - estimate))) - trained
    # A pair that is compared alone is of no lists.
    told = min(max(shift, -_FARTHEST), _FARTHEST) * (1 - 1 / best.size)
    return round(told / _STEP) * _STEP


def _best(record: Ints, logit: Floats) -> Floats:
    best = np.full(int(record.max()) + 1, -np.inf)
    np.maximum.at(best, record, logit)
    return np.sort(best[best > -np.inf])
