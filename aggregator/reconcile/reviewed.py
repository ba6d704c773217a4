"""The scored pairs, with those that a person has looked at and could not decide: these wait whatever their score is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from aggregator.reconcile.matching import Decision, MatchResult, PairTable
from aggregator.reconcile.matching.pair_codes import packed_each, packed_either_way

if TYPE_CHECKING:
    import numpy.typing as npt


def with_undecided(
    result: MatchResult, undecided: Iterable[tuple[str, str]]
) -> tuple[PairTable, npt.NDArray[np.bool_]]:
    """Return the scored pairs with those of these keys among them, and which of them those are.

    They are to be reviewed, but for those that are one business anyway. The matcher may not have thought of them.

    Args:
        result: The scored pairs.
        undecided: Two keys each; those that no record has are passed over.
    """
    table = result.table
    wanted = _numbers(result, undecided)
    if not wanted:
        return table, np.zeros(table.left.size, np.bool_)
    named, codes = np.array(wanted, np.int64), packed_each(wanted)
    held = packed_either_way(table.left, table.right)
    more = named[~np.isin(codes, held)]
    told = result.explain_all((result.keys[one], result.keys[other]) for one, other in more.tolist())
    left, right = np.r_[table.left, more[:, 0]], np.r_[table.right, more[:, 1]]
    probability = np.r_[table.probability, [chance for chance, _ in told]]
    waits = np.r_[np.isin(held, codes), np.ones(len(more), np.bool_)]
    decision = np.r_[table.decision, np.full(len(more), Decision.NO.code, np.int8)]
    decision[waits] = np.maximum(decision[waits], Decision.REVIEW.code)
    order = np.lexsort((right, left, -probability))
    columns = {"left": left, "right": right, "probability": probability, "decision": decision}
    return PairTable(**{name: column[order] for name, column in columns.items()}), waits[order]


def _numbers(result: MatchResult, pairs: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
    """The numbers of the records, the lower first; each pair once."""
    pairs = list(pairs)
    wanted = {key for pair in pairs for key in pair}
    place = {key: number for number, key in enumerate(result.keys) if key in wanted}
    found = [(place[one], place[other]) for one, other in pairs if one in place and other in place]
    return sorted({(min(pair), max(pair)) for pair in found})
