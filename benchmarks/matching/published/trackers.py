"""Companies whose scripts other websites load, joined by the domain of the script."""

from __future__ import annotations

import json
import re

from benchmarks.matching.published.fetching import Package
from benchmarks.matching.published.records import Record, Sides

# Who loads slowly on others' pages, and whom Ghostery blocks there.
THIRD_PARTIES = Package("npm", "third-party-web", "0.30.0")
GHOSTERY = Package("npm", "@ghostery/trackerdb", "1.0.945")


def trackers() -> Sides:
    """Companies with their websites, but for a website that is a domain of their scripts, too: it would be the key."""
    left = []
    # {"company": "Google", "homepage": "https://...", "domains": ["adservice.google.com", "*.2mdn.net"], ...}
    for row in json.loads(THIRD_PARTIES.text("dist/entities-nostats.json")):
        domains = [domain.removeprefix("*.") for domain in row["domains"]]
        columns = (("website", _website(row.get("homepage"), domains)),)
        left += [Record(domain, row.get("company") or row["name"], columns) for domain in domains]
    return left, _blocked()


def _blocked() -> list[Record]:
    # {"domains": {"mmtro.com": "1000mercis"}, "patterns": {"1000mercis": {"organization": ..., "domains": [...]}},
    # "organizations": {"1000mercis": {"name": ..., "website_url": "https://www.1000mercis.com/", "country": "FR"}}}
    data = json.loads(GHOSTERY.text("dist/trackerdb.json"))
    found = []
    for domain, name in data["domains"].items():
        pattern = data["patterns"][name]
        if owner := data["organizations"].get(pattern["organization"]):
            website = _website(owner["website_url"], pattern["domains"])
            columns = (("website", website), ("country", owner["country"] or ""))
            found.append(Record(domain, owner["name"], columns))
    return found


def _website(address: str | None, domains: list[str]) -> str:
    host = re.sub(r"^[a-z]+://(www\.)?|[/:].*$", "", (address or "").strip().lower())
    return "" if host in domains else host
