"""Single pairs of names, each scored on its own: `python name_pairs.py pairs.csv - out.csv SCORER`.

For the matchers that can score two names without lists; the id of a pair is its row.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

from pairs_io import Rows, read, write_pairs

Scorer = Callable[[str, str], float]


def _ratio(name: str) -> Scorer:
    import cleanco
    from rapidfuzz import fuzz, utils

    score = fuzz.token_sort_ratio if name == "token_sort" else fuzz.WRatio

    def clean(text: str) -> str:
        return utils.default_process(cleanco.basename(text) or text)

    return lambda one, other: score(clean(one), clean(other)) / 100


def _cosine(rows: Rows) -> Scorer:
    from sklearn.feature_extraction.text import TfidfVectorizer

    def plain(name: str) -> str:
        return " " + re.sub(r"[^\w&]+", " ", name.lower()).strip() + " "

    vectors = TfidfVectorizer(analyzer="char", ngram_range=(3, 3), lowercase=False)
    vectors.fit([plain(row[column]) for row in rows for column in ("name1", "name2")])
    return lambda one, other: float(vectors.transform([plain(one)]).multiply(vectors.transform([plain(other)])).sum())


def _logic_v2() -> Scorer:
    import itertools

    from followthemoney import model
    from nomenklatura.matching import get_algorithm

    algorithm, ids = get_algorithm("logic-v2"), itertools.count()
    config = algorithm.default_config()

    def entity(name: str) -> object:
        data = {"id": f"n{next(ids)}", "schema": "Company", "properties": {"name": [name]}}
        return model.get_proxy(data, cleaned=False)

    return lambda one, other: float(algorithm.compare(entity(one), entity(other), config).score)


def _ours() -> Scorer:
    from aggregator.reconcile.matching import Profile, match

    def score(one: str, other: str) -> float:
        found = match([Profile(key="a", source="a", name=one), Profile(key="b", source="b", name=other)])
        return found.explain("a", "b")[0]

    return score


def main() -> None:
    """Score every pair."""
    rows, name = read(sys.argv[1]), sys.argv[4]
    makers: dict[str, Callable[[], Scorer]] = {
        "ours": _ours,
        "cosine": lambda: _cosine(rows),
        "logic_v2": _logic_v2,
    }
    score = makers.get(name, lambda: _ratio(name))()
    write_pairs((str(place), str(place), score(row["name1"], row["name2"])) for place, row in enumerate(rows))


if __name__ == "__main__":
    main()
