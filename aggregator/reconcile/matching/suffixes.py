"""Names that are equal but for a region or a channel: "Acme EU" and "Acme - Dropship" may be accounts of one house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from aggregator.reconcile.matching.batches import by_batches
from aggregator.reconcile.matching.features.alignment import LEAST_CREDIT, align
from aggregator.reconcile.matching.reading.vocabulary import CORE, PLACE, STOP

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.comparison import Records

    Ints = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]

CHANNELS: Final = frozenset({
    "account", "b2b", "b2c", "d2c", "demo", "deprecated", "direct", "dropship", "dropshipping", "inactive",
    "marketplace", "old", "online", "outlet", "sandbox", "test", "wholesale",
})  # fmt: skip
"""What an account is for, or what became of it; not what a business does: "Acme Logistics" may be a sister."""


def suffixed(records: Records, one: Ints, other: Ints) -> Mask:
    """Say of pairs of name rows whether only words of a region or a channel are left over, and others are shared.

    Args:
        records: the records.
        one: a name row of each pair.
        other: its counterpart.
    """
    kind = records.lexicon.kind
    channel = np.fromiter((word in CHANNELS for word in [*records.names.words, ""]), bool, kind.size)
    beside = (kind == PLACE) | (kind == STOP) | channel
    found = np.zeros(one.size, bool)

    def look(here: Ints) -> None:
        aligned = align(records.names, records.lexicon, one[here], other[here])
        fits = np.ones(here.size, bool)
        for side, credit in zip((aligned.left, aligned.right), aligned.credit, strict=True):
            shared = credit >= LEAST_CREDIT
            fits &= (shared | beside[side]).all(axis=0) & (shared & (kind[side] == CORE)).any(axis=0)
        found[here] = fits

    by_batches(records.names, one, other, look)
    return found
