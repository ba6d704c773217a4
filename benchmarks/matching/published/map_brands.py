"""Brands and operators of a map: as OpenStreetMap's mappers agreed to write them, and as Wikidata labels them.

Both are in one package, joined by Wikidata's number. Three sets of it, and no number is in two.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from benchmarks.matching.published.fetching import Package
from benchmarks.matching.published.records import Record, Sides

INDEX = Package("npm", "name-suggestion-index", "8.0.20260918")

_SHOPS = re.compile(r"brands/(shop|craft|office|leisure|tourism)/")
_SERVICES = re.compile(r"(brands/(amenity|healthcare)|transit)/")
_OPERATORS = re.compile(r"operators/")
# A number that is of two sets goes to the first.
_IN_ORDER = (_SHOPS, _SERVICES, _OPERATORS)


def shops() -> Sides:
    """Brands of shops, offices and places of leisure."""
    return _sides(_SHOPS)


def services() -> Sides:
    """Brands of restaurants, banks, pharmacies and the like, and who runs buses and trains."""
    return _sides(_SERVICES)


def operators() -> Sides:
    """Who runs schools, post offices, pipelines; where one side has the council, the other may have the town."""
    return _sides(_OPERATORS)


def _sides(wanted: re.Pattern[str]) -> Sides:
    groups = json.loads(INDEX.text("dist/json/nsi.min.json"))["nsi"]
    earlier = {record.key for one in _IN_ORDER[: _IN_ORDER.index(wanted)] for record in _suggested(groups, one)}
    left = [record for record in _suggested(groups, wanted) if record.key not in earlier]
    numbers = {record.key for record in left}
    # {"Q16": {"label": "Canada", "officialWebsites": ["https://www.canada.ca"], ...}, ...}
    labels = json.loads(INDEX.text("dist/wikidata/wikidata.min.json"))["wikidata"]
    right = [
        Record(number, said["label"], (("website", next(iter(said.get("officialWebsites", ())), "")),))
        for number, said in labels.items()
        if number in numbers and said.get("label")
    ]
    return left, right


def _suggested(groups: dict[str, Any], wanted: re.Pattern[str]) -> Iterator[Record]:
    """The names of the groups whose path is wanted, with the country of those that are in one alone.

    {"brands/shop/bakery": {"items": [{"tags": {"brand": "Paul", "brand:wikidata": "Q3370417", ...},
    "locationSet": {"include": ["fr"]}, ...}, ...]}, ...}
    """
    for path, group in groups.items():
        if wanted.match(path):
            tag = "brand" if path.startswith("brands/") else "operator"
            for item in group["items"]:
                number, name = item["tags"].get(f"{tag}:wikidata"), item["tags"].get(tag)
                if number and name:
                    yield Record(number, name, (("country", _country(item["locationSet"].get("include", []))),))


def _country(places: list[Any]) -> str:
    """The one country, if it is one: others are "001" for the world, a file of borders, or a point."""
    return str(places[0]).upper() if len(places) == 1 and re.fullmatch("[a-z]{2}", str(places[0])) else ""
