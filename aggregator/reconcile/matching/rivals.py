"""How a pair stands among its rivals: a business has one record on a platform, so another good candidate is a doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.batches import two_at_once
from aggregator.reconcile.matching.features.circumstance_codes import CIRCUMSTANCES

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

CONTEXT_FEATURES: Final = (
    "base",  # log-odds by names and columns
    "gap_least",  # lead over the best rival, on the side where it is shorter
    "gap_most",
    "crowd",  # rivals nearly as good, on both sides
    "share",  # log-odds that a record of the two lists has a partner, beside those in training
    "telling",  # how much likelier two records of the two lists are to be so alike than two of one, see `telling`
    "names",  # log-odds by the names alone
    *CIRCUMSTANCES,
)
OF_RIVALS: Final = ("gap_least", "gap_most", "crowd", "share", "telling")
"""Those that are 0 of a pair of lists of one record each."""

_CLIP: Final = 8.0
_EACH_DOUBLING: Final = 1.6
"""How much longer a lead may be for each doubling of the list of the rivals: to lead in a list of one says nothing."""
_STRANGER: Final = -6.0
"""Log-odds of whoever shares no word: a worse rival, or none, is as good as a stranger, who is no candidate."""

_SURE: Final = 12.0
_NEAR: Final = 2.0
_BLOCK: Final = 32_768
"""Records whose pairs are looked at together, which bounds the memory."""


def standings(
    left: Ints, right: Ints, logit: Floats, source: npt.NDArray[np.int32], twin: Ints
) -> npt.NDArray[np.float32]:
    """Place every pair of two sources among its rivals; returns (3, n): the shorter lead, the longer, the crowd.

    Args:
        left: record number of each pair.
        right: record number of each pair; of another source.
        logit: log-odds by names and columns.
        source: source number of each record.
        twin: group number of each record; records of one source that are one business share it and are no rivals.
    """
    most = np.minimum(_CLIP, _EACH_DOUBLING * np.log2(np.maximum(np.bincount(source), 1))).astype(np.float32)
    placed = np.empty((3, left.size), np.float32)  # filled bit by bit: of a million records there are millions of pairs
    placed[0], placed[2] = _gap(left, right, logit, source, twin)
    placed[1], crowd = _gap(right, left, logit, source, twin)
    placed[2] = np.minimum(placed[2] + crowd, 8)
    for gap, theirs in ((placed[0], right), (placed[1], left)):
        np.clip(gap, -_CLIP, most[source[theirs]], out=gap)
    least = np.minimum(placed[0], placed[1])
    np.maximum(placed[0], placed[1], out=placed[1])
    placed[0] = least
    return placed


def context_columns(
    base: Floats,
    standing: npt.NDArray[np.float32],
    share: npt.NDArray[np.floating],
    likeness: npt.NDArray[np.int8],
    names: npt.NDArray[np.floating],
    circumstances: npt.NDArray[np.int8],
) -> dict[str, npt.NDArray[np.float32]]:
    """Return what the last tables read of some pairs, a column for each of CONTEXT_FEATURES.

    Args:
        base: log-odds by names and columns.
        standing: what `standings` says of them.
        share: what `told_share` says of their two lists.
        likeness: what `telling` says of them.
        names: log-odds by the names alone.
        circumstances: one row a pair, one column for each of CIRCUMSTANCES.
    """
    told = (*standing, share, likeness, np.clip(names, -_SURE, _SURE), *circumstances.T)
    columns = (np.clip(base, -_SURE, _SURE), *told)
    return {name: column.astype(np.float32, copy=False) for name, column in zip(CONTEXT_FEATURES, columns, strict=True)}


def _gap(
    mine: Ints, theirs: Ints, logit: Floats, source: npt.NDArray[np.int32], twin: Ints
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int32]]:
    """Lead of each pair over the best rival that its first record has in the source of the second; and the rivals."""
    lead, crowd = np.empty(mine.size, np.float32), np.empty(mine.size, np.int32)

    def look(start: int) -> None:
        here = np.flatnonzero((mine >= start) & (mine < start + _BLOCK))
        if here.size:
            lead[here], crowd[here] = _gap_of(mine[here] - start, theirs[here], logit[here], source, twin)

    two_at_once(look, range(0, int(mine.max(initial=-1)) + 1, _BLOCK))
    return lead, crowd


def _gap_of(
    mine: Ints, theirs: Ints, logit: Floats, source: npt.NDArray[np.int32], twin: Ints
) -> tuple[Floats, npt.NDArray[np.int32]]:
    twins = int(twin.max()) + 1
    code = (mine * (int(source.max()) + 1) + source[theirs]) * twins + twin[theirs]
    order = np.argsort(code)
    code = code[order]
    party = np.flatnonzero(np.r_[True, code[1:] != code[:-1]])
    parties = np.diff(np.r_[party, code.size])
    ordered = logit[order]
    best = np.maximum.reduceat(ordered, party)
    where = code[party] // twins
    seat = np.flatnonzero(np.r_[True, where[1:] != where[:-1]])
    seats = np.diff(np.r_[seat, where.size])
    top = np.repeat(np.maximum.reduceat(best, seat), seats)
    leader = _first_of(np.flatnonzero(best == top), seat)
    beside = best.copy()
    beside[leader] = -np.inf
    rival = top.copy()
    rival[leader] = np.maximum.reduceat(beside, seat)
    near = np.add.reduceat(ordered >= np.repeat(top - _NEAR, parties), party[seat], dtype=np.int32)
    lead, crowd = np.empty(mine.size), np.empty(mine.size, np.int32)
    lead[order] = ordered - np.repeat(np.maximum(rival, _STRANGER), parties)
    crowd[order] = np.repeat(np.repeat(near - 1, seats), parties)
    return lead, crowd


def _first_of(places: Ints, starts: Ints) -> Ints:
    """Of ascending places the first in each stretch that begins at one of the starts."""
    stretch = np.searchsorted(starts, places, side="right")
    return places[np.r_[True, stretch[1:] != stretch[:-1]]]
