"""Entity Matching Model: its default indexers, and its classifier trained on noised copies of the right-hand list.

No trained classifier ships with it, so this is what its user without labels can do. With "indexers" as the fourth
argument the score is the best cosine of its indexers, and nothing is trained.
"""

from __future__ import annotations

import logging
import sys

import pandas as pd
from emm import PandasEntityMatching
from emm.data.noiser import create_noiser
from pairs_io import Rows, read_sides, write_pairs

_TRAINED_ON = 2000


def _frame(rows: Rows) -> pd.DataFrame:
    return pd.DataFrame({"id": range(len(rows)), "name": [row["name"] for row in rows]})


def _noised(right: pd.DataFrame) -> pd.DataFrame:
    some = right.sample(min(_TRAINED_ON, len(right)), random_state=1).copy()
    noiser = create_noiser(some["name"], noise_level=0.5, noise_type="all", random_seed=1)
    some["name"] = [noiser.noise(name) for name in some["name"]]
    return some


def main() -> None:
    """Fit on the right-hand list, and write the candidates of every left name."""
    left, right = read_sides()
    known, trained = _frame(right), len(sys.argv) < 5 or sys.argv[4] != "indexers"
    model = PandasEntityMatching(name_only=True, supervised_on=False)
    model.fit(known)
    if trained:
        model.fit_classifier(_noised(known), create_negative_sample_fraction=0.5)
    found = model.transform(_frame(left))
    found = found[found["gt_entity_id"].notna() & found["entity_id"].notna()]
    scores = found["nm_score"] if trained else found[["score_0", "score_1"]].max(axis=1)
    write_pairs(
        (left[int(one)]["id"], right[int(other)]["id"], float(score))
        for one, other, score in zip(found["entity_id"], found["gt_entity_id"], scores.fillna(0), strict=True)
    )


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    main()
