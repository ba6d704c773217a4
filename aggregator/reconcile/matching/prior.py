"""How many records match at all differs between lists; the lists themselves say it, without labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.additive import probability_of

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

_STEPS: Final = 60
_CAUTION: Final = 100.0
"""Records' worth of trust in the training share: a short list cannot move it far."""
_BELIEVED: Final = 0.5
"""What lists say of their own share rests on the very probabilities that it moves, so half of it is believed."""
_FARTHEST: Final = 2.0
_COMPARED: Final = 1000


def prior_shift(left: Ints, right: Ints, logit: Floats, share: float) -> float:
    """Log-odds to add to every pair of two lists, so that the share of matched records agrees with itself.

    The share of the shorter list's records that have a partner is estimated by expectation-maximisation over the best
    pair of each record, starting from the share in training.

    Args:
        left: record of the first list, of each pair.
        right: record of the second list, of each pair.
        logit: log-odds of each pair under the training share.
        share: the training share.
    """
    if not logit.size:
        return 0.0
    # Of lists of one length neither may be preferred for coming first.
    best = min((_best(left, logit), _best(right, logit)), key=lambda found: (found.size, *found[:_COMPARED].tolist()))
    estimate, shift = share, 0.0
    for _ in range(_STEPS):
        mean = float(probability_of(best + shift).sum())
        estimate = min(max((mean + _CAUTION * share) / (best.size + _CAUTION), 1e-3), 1 - 1e-3)
        shift = float(np.log(estimate / (1 - estimate)) - np.log(share / (1 - share)))
    return float(np.clip(_BELIEVED * shift, -_FARTHEST, _FARTHEST))


def _best(record: Ints, logit: Floats) -> Floats:
    best = np.full(int(record.max()) + 1, -np.inf)
    np.maximum.at(best, record, logit)
    return np.sort(best[best > -np.inf])
