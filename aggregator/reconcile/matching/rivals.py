"""How a pair stands among its rivals: a business has one record on a platform, so another good candidate is a doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

CONTEXT_FEATURES: Final = (
    "base",  # log-odds by names and columns
    "gap_least",  # lead over the best rival, on the side where it is shorter
    "gap_most",
    "crowd",  # rivals nearly as good, on both sides
    "told",  # columns beside the names that both records fill
)
_CLIP: Final = 8.0
_NEAR: Final = 2.0


def context_features(
    left: Ints, right: Ints, logit: Floats, source: npt.NDArray[np.int32], twin: Ints, told: Ints
) -> npt.NDArray[np.float32]:
    """Place every pair of two sources among its rivals; returns (n, len(CONTEXT_FEATURES)).

    Args:
        left: record number of each pair.
        right: record number of each pair; of another source.
        logit: log-odds by names and columns.
        source: source number of each record.
        twin: group number of each record; records of one source that are one business share it and are no rivals.
        told: how many columns beside the names both records of each pair fill.
    """
    gap, crowd = _gap(left, right, logit, source, twin)
    gap_back, crowd_back = _gap(right, left, logit, source, twin)
    return np.stack(
        [
            np.clip(logit, -12, 12),
            np.clip(np.minimum(gap, gap_back), -_CLIP, _CLIP),
            np.clip(np.maximum(gap, gap_back), -_CLIP, _CLIP),
            np.minimum(crowd + crowd_back, 8),
            np.minimum(told, 5),
        ],
        axis=1,
    ).astype(np.float32)


def _gap(mine: Ints, theirs: Ints, logit: Floats, source: npt.NDArray[np.int32], twin: Ints) -> tuple[Floats, Floats]:
    """Lead of each pair over the best rival that its first record has in the source of the second."""
    if not mine.size:
        return np.zeros(0), np.zeros(0)
    seat = mine * (int(source.max()) + 1) + source[theirs]
    _, party = np.unique(seat * (int(twin.max()) + 1) + twin[theirs], return_inverse=True)
    best = np.full(int(party.max()) + 1, -np.inf)
    np.maximum.at(best, party, logit)
    where = np.zeros(best.size, np.int64)
    where[party] = seat
    order = np.lexsort((-best, where))
    starts = np.r_[True, where[order][1:] != where[order][:-1]]
    seats, seat_number = np.unique(where, return_inverse=True)
    first = order[starts]
    top = np.full((seats.size, 2), -np.inf)
    top[:, 0] = best[first]
    seconds = np.flatnonzero(np.r_[False, starts[:-1]] & ~starts)
    top[seat_number[order[seconds]], 1] = best[order[seconds]]
    number = seat_number[party]
    leader = np.zeros(best.size, bool)
    leader[first] = True
    rival = np.where(leader[party], top[number, 1], top[number, 0])
    near = np.bincount(number, logit >= top[number, 0] - _NEAR, seats.size)
    return logit - np.maximum(rival, -1e3), (near[number] - 1).astype(np.float64)
