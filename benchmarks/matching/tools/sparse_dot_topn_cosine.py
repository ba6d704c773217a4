"""TF-IDF of character 3-grams, and sparse-dot-topn for the best right names of every left name above a cosine of .5."""

from __future__ import annotations

import re

import numpy as np
from pairs_io import Rows, read_sides, write_pairs
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn


def _plain(rows: Rows) -> list[str]:
    return [" " + re.sub(r"[^\w&]+", " ", row["name"].lower()).strip() + " " for row in rows]


def main() -> None:
    """Write the three best of every left name."""
    left, right = read_sides()
    names, others = _plain(left), _plain(right)
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(3, 3), lowercase=False, dtype=np.float32)
    vectors.fit(names + others)
    product = sp_matmul_topn(
        vectors.transform(names), vectors.transform(others).T.tocsr(), top_n=3, threshold=0.5, n_threads=2
    ).tocoo()
    write_pairs(
        (left[row]["id"], right[column]["id"], float(score))
        for row, column, score in zip(product.row.tolist(), product.col.tolist(), product.data.tolist(), strict=True)
    )


if __name__ == "__main__":
    main()
