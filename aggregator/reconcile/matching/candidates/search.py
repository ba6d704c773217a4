"""Which pairs are worth comparing: those that share rare letter groups of a name, or an exact key; never all pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aggregator.reconcile.matching.candidates.first_look import related
from aggregator.reconcile.matching.candidates.grams import by_grams
from aggregator.reconcile.matching.candidates.keys import by_acronym, by_key, by_place, by_whole_name
from aggregator.reconcile.matching.pair_codes import each_once, packed_either_way, unpacked

if TYPE_CHECKING:
    import numpy.typing as npt

    from aggregator.reconcile.matching.features.lexicon import Lexicon
    from aggregator.reconcile.matching.reading.columns import Columns
    from aggregator.reconcile.matching.reading.names import Names

Pairs = tuple["npt.NDArray[np.int64]", "npt.NDArray[np.int64]"]


def find_pairs(
    names: Names, lexicon: Lexicon, columns: Columns, source: npt.NDArray[np.int32], *, strangers: bool
) -> Pairs:
    """Record pairs worth comparing, each once, in order, with the lower record number first.

    Args:
        names: the names of the records.
        lexicon: what their words are.
        columns: every other column.
        source: source number of each record; records of one source stand together.
        strangers: whether to return pairs whose names have nothing but letter groups in common, too.
    """
    alike = by_grams(names, source[names.owner])
    if not strangers:
        alike = alike[related(names, lexicon, *unpacked(alike))]
    by_name = [alike, *by_acronym(names, lexicon), by_whole_name(names)]
    owner = names.owner.astype(np.int64)
    if owner.size > source.size:  # else a row is a record
        by_name = [packed_either_way(*(owner[rows] for rows in unpacked(codes))) for codes in by_name]
    low, high = unpacked(each_once([*by_name, *by_key(columns), *by_place(names, columns)]))
    apart = low != high
    return (low, high) if apart.all() else (low[apart], high[apart])
