"""rapidfuzz after cleanco: the best right name of every left name; the fourth argument names the scorer."""

from __future__ import annotations

import sys

import cleanco
import numpy as np
from pairs_io import Rows, read_sides, write_pairs
from rapidfuzz import fuzz, process, utils

_CHUNK = 500


def _cleaned(rows: Rows) -> list[str]:
    # cleanco empties some names (AMBA, COOP): then the name stays as it is.
    return [utils.default_process(cleanco.basename(row["name"]) or row["name"]) for row in rows]


def main() -> None:
    """Score every left name against all right names, and write the best."""
    left, right = read_sides()
    scorer = {"token_sort": fuzz.token_sort_ratio, "wratio": fuzz.WRatio}[sys.argv[4]]
    names, others = _cleaned(left), _cleaned(right)
    pairs = []
    for begin in range(0, len(names), _CHUNK):
        scores = process.cdist(names[begin : begin + _CHUNK], others, scorer=scorer, dtype=np.uint8, workers=-1)
        best = scores.argmax(axis=1)
        pairs += [
            (left[begin + row]["id"], right[column]["id"], scores[row, column] / 100)
            for row, column in enumerate(best.tolist())
        ]
    write_pairs(pairs)


if __name__ == "__main__":
    main()
