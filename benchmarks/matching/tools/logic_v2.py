"""nomenklatura's logic-v2 on ten candidates a name by shared 3-grams, for it scores pairs and finds none."""

from __future__ import annotations

import heapq
import re
from collections import defaultdict

from followthemoney import model
from nomenklatura.matching import get_algorithm
from pairs_io import Rows, read_sides, write_pairs

_CANDIDATES, _RAREST = 10, 8


def _grams(name: str) -> set[str]:
    text = " " + re.sub(r"[^\w]+", " ", name.lower()).strip() + " "
    return {text[at : at + 3] for at in range(max(1, len(text) - 2))}


def _candidates(left: Rows, right: Rows) -> list[list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(right):
        for gram in _grams(row["name"]):
            index[gram].append(place)
    found = []
    for row in left:
        rarest = heapq.nsmallest(_RAREST, sorted(_grams(row["name"]) & index.keys()), key=lambda gram: len(index[gram]))
        weights: defaultdict[int, float] = defaultdict(float)
        for gram in rarest:
            for place in index[gram]:
                weights[place] += 1 / (1 + len(index[gram]))
        found.append(heapq.nlargest(_CANDIDATES, weights, key=weights.__getitem__))
    return found


def _entity(row: dict[str, str], prefix: str) -> object:
    properties = {"name": [row["name"]]}
    if row.get("city"):
        address = ", ".join(filter(None, (row.get("street") or row.get("address"), row.get("postcode"), row["city"])))
        properties["address"] = [address]
    if row.get("website"):
        properties["website"] = [f"https://{row['website'].removeprefix('https://')}"]
    if row.get("phone"):
        properties["phone"] = [row["phone"]]
    # logic-v2 caches by entity id, so ids are never used twice.
    return model.get_proxy(
        {"id": f"{prefix}-{row['id']}", "schema": "Company", "properties": properties}, cleaned=False
    )


def main() -> None:
    """Score every candidate pair."""
    left, right = read_sides()
    algorithm = get_algorithm("logic-v2")
    config = algorithm.default_config()
    entities = [_entity(row, "b") for row in right]
    pairs = []
    for row, places in zip(left, _candidates(left, right), strict=True):
        mine = _entity(row, "a")
        for place in places:
            score = algorithm.compare(mine, entities[place], config).score
            if score > 0.3:
                pairs.append((row["id"], right[place]["id"], score))
    write_pairs(pairs)


if __name__ == "__main__":
    main()
